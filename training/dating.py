"""Fit the weights of dating: `python -m training.dating GOLD SHARED > onrecord/lexicon/data/dating.toml`.

Reads the training part of GOLD and the annotations of ours whose texts lie in SHARED, and finds the weights under which
the dates of the annotation are likeliest, of each event's own sentence and of the other mentions. The trained reader
has seen these dispatches, so what it says of dates is left out here. Prints to standard error how well dispatches are
dated by weights that were fitted without them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.extract import dating
from onrecord.extract.events.found import Found
from onrecord.extract.events.told import Marks
from onrecord.extract.meeting import Learned, met
from onrecord.extract.parts import Kit
from onrecord.extract.read import by_rule, standard_kit
from onrecord.model.records import Dispatch, dispatch_id
from training.dispatches import Texts, place_of

ANNOTATIONS = Path(__file__).parent / "annotations"
FOLDS, RIDGE, STEPS, RATE = 4, 3.0, 400, 0.05
LEAST = 0.08  # weights nearer to nothing are left out
# Texts made of entries or sentences that have nothing to do with one another: a date passed on there is chance.
APART = ("event-place", "syria-timeline")
HEAD = """# What speaks for and against a date of an event, as natural logarithms of odds: a weight of 0.7 doubles them.
#
# Made by training/dating.py from annotated dispatches; `python -m onrecord why` shows which date was taken and how
# sure it was. What each name means stands in extract/dating.py, events/hanging.py and events/told.py.
"""
_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated event: the start that it should have, if any, and the dates offered to it with their marks."""

    right: str | None
    offered: list[tuple[str, Marks]]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A dispatch: the events found in it, its scene, and for those that were annotated the start that they have."""

    name: str
    found: list[Found]
    scene: dating.Scene
    right: dict[int, str | None]


def annotated(gold: Path, shared: Path) -> Iterator[Annotated]:
    """Yield the dispatches of the training part and those of ours."""
    kit = standard_kit()
    split = json.loads((gold / "split.json").read_text(encoding="utf-8"))
    for path in sorted((gold / "gold").glob("*.json")):
        about = split[path.stem]
        if about["part"] == "train" and not path.stem.startswith(APART):
            text = (gold / "docs" / f"{path.stem}.txt").read_text(encoding="utf-8")
            yield _read(json.loads(path.read_text(encoding="utf-8")), text, about["published"], kit)
    texts = Texts(shared)
    for path in sorted(ANNOTATIONS.glob("*.json")):
        if not path.stem.startswith(APART):
            given = json.loads(path.read_text(encoding="utf-8"))
            yield _read(given, *texts.of(given), kit)


def _read(gold: dict[str, Any], text: str, published: str | None, kit: Kit) -> Annotated:
    dispatch = Dispatch(id=dispatch_id(text), text=text, published=published)
    ruled = by_rule(dispatch, kit)
    assert kit.reader
    read = kit.reader.read(text, ruled.known)
    found = met(ruled.found, Learned.of(read, ruled.mentions), ruled.views, ruled.times, kit.actors, ruled.led)
    scene = dating.Scene.of(found, ruled.times, read.words, published)
    right: dict[int, str | None] = {}
    for event in gold["events"]:
        start, end = place_of(text, event, "trigger")
        for i, item in enumerate(found):
            span = item.view.span(item.trigger.first, item.trigger.after)
            if i not in right and item.kind == event["type"] and span.start < end and start < span.end:
                right[i] = event["start"]
                break
    return Annotated(str(gold["doc"]), found, scene, right)


def own_cases(one: Annotated) -> list[Case]:
    """Return the events of a dispatch with the dates that their own sentences give."""
    return [Case(start, _offered(dating.own_choices(one.found[i], one.scene))) for i, start in one.right.items()]


def all_cases(one: Annotated, weights: dict[str, float]) -> list[Case]:
    """Return the events of a dispatch with all dates that are offered to them, those of others by these weights."""
    scene = replace(one.scene, weights=weights)
    own = [list(dating.own_choices(item, scene)) for item in one.found]
    passed = dating.passed_on(one.found, own, scene)
    return [Case(start, _offered((*own[i], *passed[i]))) for i, start in one.right.items()]


def _offered(choices: Iterator[dating.Choice] | Sequence[dating.Choice]) -> list[tuple[str, Marks]]:
    return [(c.start, {name: value for some in c.marks for name, value in some.items()}) for c in choices]


def fitted(cases: Sequence[Case]) -> dict[str, float]:
    """Return the weights under which the right dates, or none, are likeliest; all offers of one date count together.

    Found by gradient descent with steps scaled as Kingma and Ba (2015) do; the ridge keeps rare marks near nothing.
    """
    names = sorted({name for case in cases for _, marks in case.offered for name in marks})
    column = {name: i for i, name in enumerate(names)}
    rows = [(k, date == case.right, marks) for k, case in enumerate(cases) for date, marks in case.offered]
    table = np.zeros((len(rows), len(names)))
    for i, (_, _, marks) in enumerate(rows):
        table[i, [column[name] for name in marks]] = list(marks.values())
    event = np.array([k for k, _, _ in rows])
    good = np.array([right for _, right, _ in rows])
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = table.T @ _slope(table @ weights, event, good, len(cases)) + RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


def _slope(points: _Vector, event: NDArray[np.int64], good: NDArray[np.bool_], events: int) -> _Vector:
    """Return how the loss changes with the points of each offer: what it is given less what it should have."""
    power = np.exp(points)
    whole = 1 + np.bincount(event, power, events)
    right = np.bincount(event, power * good, events)
    share = np.where(good, power / np.maximum(right, 1e-12)[event], 0.0)
    return power / whole[event] - share


def dated_right(one: Annotated, weights: dict[str, float]) -> tuple[int, int, int]:
    """Return how many events of a dispatch get the right date, have one, and get one."""
    hits = given = wanted = 0
    found = dating.in_scene(one.found, replace(one.scene, weights=weights))
    for i, start in one.right.items():
        when = found[i].when.start
        hits, wanted, given = hits + bool(start and when == start), wanted + bool(start), given + bool(when)
    return hits, wanted, given


def both(some: Sequence[Annotated]) -> dict[str, float]:
    """Return the weights of own dates and of those passed on, which are found from the former."""
    own = fitted([case for one in some for case in own_cases(one)])
    return fitted([case for one in some for case in all_cases(one, own)])


def held_out(some: Sequence[Annotated]) -> tuple[float, float, float]:
    """Return precision, recall and F1 in per cent of dispatches dated by weights that were fitted without them."""
    total = np.zeros(3)
    for fold in range(FOLDS):
        weights = both([one for i, one in enumerate(some) if i % FOLDS != fold])
        total += sum(np.array(dated_right(one, weights)) for i, one in enumerate(some) if i % FOLDS == fold)
    hits, wanted, given = total
    return 100 * hits / given, 100 * hits / wanted, 200 * hits / (wanted + given)


def main() -> None:
    """Print the weights as TOML."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("shared", type=Path)
    args = parser.parse_args()
    some = list(annotated(args.gold, args.shared))
    sys.stderr.write("held out: precision {:.1f}, recall {:.1f}, F1 {:.1f}\n".format(*held_out(some)))
    print(HEAD + "\n[weights]")
    for name, weight in both(some).items():
        if abs(weight) >= LEAST:
            print(f"{json.dumps(name)} = {weight:.2f}")


if __name__ == "__main__":
    main()
