"""Teach the choice of dates on what finished weights see: `python -m training.dating SHARED [--weights FOLDER]`.

Reads the training part of the gold and the annotations of ours, and learns what speaks for the dates that
`onrecord.extract.events.offered` offers to each event, and for passing them on to others (`events.tied`). The encoder
is held still: two minutes of one processor to read the texts, and ten seconds for what ships. Writes `dates.onnx` to
the folder of weights. `--check` also prints how well dispatches are dated by weights that were taught without them:
half a minute more.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from onrecord.extract.dating import Question, with_date
from onrecord.extract.events.found import Found
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.told import Marks
from onrecord.extract.learned import Learned
from onrecord.extract.meeting import met
from onrecord.extract.parts import Kit
from onrecord.extract.read import standard_kit
from onrecord.reader.dates import Dates, Weighed, table
from onrecord.reader.network import WEIGHTS
from training.dateweights import Mean, Weights
from training.dispatches import Annotated, of_gold, of_ours, place_of
from training.export import save

ANNOTATIONS = Path(__file__).parent / "annotations"
FOLDS, ROUNDS, RATE, STEP, SEEDS = 4, 8, 2e-3, 4, 3
MOST = 15.0  # nats beyond which nothing speaks for or against a date
LENGTH = 60  # events whose mean loss makes a step of full length
OWN = 0.5  # how much the dates of an event's own sentence count by themselves
LEAST = 5  # times that a mark must occur in what is taught
# Texts made of entries or sentences that have nothing to do with one another: a date passed on there is chance.
APART = ("event-place", "syria-timeline")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch: the events found in it, what is asked about their dates, and what is right of those annotated."""

    name: str
    found: list[Found]
    question: Question
    right: dict[int, str | None]


def dispatches(some: Iterable[Annotated], kit: Kit) -> Iterator[Dispatch]:
    """Yield what is asked about each dispatch; those in which no event was found are left out."""
    assert kit.reader
    for one in some:
        if str(one.gold["doc"]).startswith(APART):
            continue
        ruled = one.ruled(kit)
        seen = kit.reader.read(one.text, ruled.known)
        found = met(ruled.found, Learned.of(seen, ruled.mentions), ruled.views, ruled.times, kit.actors, ruled.led)
        if found:
            question = Question.of(Scene.of(found, ruled.times, seen, one.published))
            yield Dispatch(str(one.gold["doc"]), found, question, _right(found, one))


def _right(found: Sequence[Found], one: Annotated) -> dict[int, str | None]:
    """Return the date of each event, by its number, that is annotated with the same type."""
    right: dict[int, str | None] = {}
    for event in one.gold["events"]:
        start, end = place_of(one.text, event, "trigger")
        for i, item in enumerate(found):
            span = item.view.span(item.trigger.first, item.trigger.after)
            if i not in right and item.kind == event["type"] and span.start < end and start < span.end:
                right[i] = event["start"]
                break
    return right


@dataclass(frozen=True, slots=True)
class Columns:
    """The marks that the weights know, in order."""

    events: list[str]
    offers: list[str]
    ties: list[str]

    @classmethod
    def of(cls, some: Iterable[Dispatch]) -> Columns:
        """Return those that occur often enough."""
        asked = [one.question.asked() for one in some]
        rows: tuple[list[Marks], ...] = ([], [], [])
        for one in asked:
            for kept, marked in zip(rows, (one.events, one.offers, one.ties), strict=True):
                kept.extend(map(dict, marked))
        return cls(*(_often(marked) for marked in rows))

    def inputs(self, asked: Dates) -> tuple[Tensor, ...]:
        """Return what `Weights` takes."""
        given = ((asked.events, self.events), (asked.offers, self.offers), (asked.ties, self.ties))
        tables = [torch.tensor(table(rows, names)) for rows, names in given]
        numbers = [torch.tensor(list(some), dtype=torch.long) for some in (asked.whose, asked.one, asked.other)]
        return torch.tensor(asked.vectors.astype(np.float32)), *tables, *numbers


def _often(rows: Iterable[Marks]) -> list[str]:
    times = Counter(name for marks in rows for name, value in marks.items() if value)
    return sorted(name for name, count in times.items() if count >= LEAST)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A dispatch as tensors: what `Weights` takes, the date of each offer, and for each event annotated the right one.

    Dates are numbered; after them come none, and, in `right`, what no offer gives, which counts as none.
    """

    inputs: tuple[Tensor, ...]
    date: Tensor
    dates: int
    event: Tensor
    right: Tensor
    passed: Tensor  # (rows, 2): a tie, and an offer that it passes on

    @classmethod
    def of(cls, one: Dispatch, columns: Columns) -> Lesson:
        """Return a dispatch as tensors."""
        offers, ties = one.question.offers, one.question.ties
        number = {start: i for i, start in enumerate(sorted({offer.start for offer in offers}))}
        made: dict[int, list[int]] = {}
        for k, offer in enumerate(offers):
            made.setdefault(offer.event, []).append(k)
        passed = [(t, k) for t, tie in enumerate(ties) for k in made.get(tie.other, ())]
        right = [number.get(start or "", len(number)) for start in one.right.values()]
        return cls(
            columns.inputs(one.question.asked()),
            torch.tensor([number[offer.start] for offer in offers], dtype=torch.long),
            len(number),
            torch.tensor(list(one.right), dtype=torch.long),
            torch.tensor(right, dtype=torch.long),
            torch.tensor(passed, dtype=torch.long).reshape(-1, 2),
        )

    @classmethod
    def together(cls, some: Sequence[Lesson]) -> Lesson:
        """Return several dispatches as one, in which no event is tied to one of another dispatch."""
        sizes = [(len(one.inputs[1]), len(one.inputs[2]), len(one.inputs[3]), one.dates) for one in some]
        ends = np.cumsum([(0, 0, 0, 0), *sizes], axis=0)
        dates = int(ends[-1, 3])
        moved = [one._after(*before, dates) for one, before in zip(some, ends[:-1].tolist(), strict=True)]
        inputs = tuple(torch.cat(column) for column in zip(*(one.inputs for one in moved), strict=True))
        date, event, right, passed = (
            torch.cat([getattr(one, name) for one in moved]) for name in ("date", "event", "right", "passed")
        )
        return cls(inputs, date, dates, event, right, passed)

    def _after(self, events: int, offers: int, ties: int, dates: int, whole: int) -> Lesson:
        """Return it numbered from so many of others on, of so many dates in all."""
        *marks, whose, one, other = self.inputs
        return Lesson(
            (*marks, whose + events, one + events, other + events),
            self.date + dates,
            whole,
            self.event + events,
            torch.where(self.right == self.dates, whole, self.right + dates),
            self.passed + torch.tensor([ties, offers]),
        )

    def loss(self, weights: Weights) -> Tensor:
        """Return the loss of the right dates, or none, of all events; all ways to one date count together."""
        given = weights(*self.inputs)
        whose, one, other = self.inputs[4:]
        power = given[0].clamp(-MOST, MOST)
        alone = torch.zeros(len(self.inputs[1]), self.dates)
        alone = alone.index_put((whose, self.date), power.exp(), accumulate=True)
        tie, offer = self.passed.T
        chance = power[offer] - (1 + alone.sum(1))[whose[offer]].log()
        points = given[2][tie] + given[1][offer] + (given[4][tie] * given[3][offer]).sum(1) + chance
        told = alone.index_put((one[tie], self.date[offer]), points.clamp(-MOST, MOST).exp(), accumulate=True)
        undated = torch.ones(len(told), dtype=torch.bool).index_fill(0, whose, value=False)
        handed = undated[other].nonzero()[:, 0]
        chances = (told / (1 + told.sum(1, keepdim=True)))[other[handed]]
        again = told.index_add(0, one[handed], given[2][handed].clamp(-MOST, MOST).exp()[:, None] * chances)
        return self._loss(again) + OWN * self._loss(alone)

    def _loss(self, power: Tensor) -> Tensor:
        asked = torch.cat([power[self.event], torch.ones(len(self.event), 1)], 1)
        right = asked[range(len(self.right)), self.right]
        return (asked.sum(1).log() - (right + 1e-9).log()).sum()


def taught(some: Sequence[Dispatch], columns: Columns, seed: int) -> Weights:
    """Return weights taught on some dispatches from one beginning."""
    torch.manual_seed(seed)
    lessons = [Lesson.of(one, columns) for one in some if one.question.offers and one.right]
    weights = Weights(lessons[0].inputs[0].shape[1], len(columns.events), len(columns.offers), len(columns.ties))
    optimizer = torch.optim.AdamW(weights.parameters(), lr=RATE, weight_decay=0.02, fused=True)
    order = [i for _ in range(ROUNDS) for i in torch.randperm(len(lessons)).tolist()]
    steps = len(order) // STEP
    for step in range(steps):
        lesson = Lesson.together([lessons[i] for i in order[step * STEP : (step + 1) * STEP]])
        (lesson.loss(weights) / LENGTH).backward()
        nn.utils.clip_grad_norm_(weights.parameters(), 2.0)
        for group in optimizer.param_groups:
            group["lr"] = RATE * min((step + 1) / 20, max(0.02, 1 - step / steps))
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return weights.eval()


def mean_of(some: Sequence[Dispatch], columns: Columns, seeds: int = SEEDS) -> Mean:
    """Return the mean of several beginnings."""
    return Mean([taught(some, columns, seed) for seed in range(seeds)]).eval()


def weighed(weights: Mean, columns: Columns, one: Dispatch) -> Weighed:
    """Return what the weights make of a dispatch."""
    with torch.no_grad():
        return Weighed(*(column.numpy() for column in weights(*columns.inputs(one.question.asked()))))


def dated_right(one: Dispatch, given: Weighed) -> tuple[int, int, int]:
    """Return how many events of a dispatch get the right date, have one, and get one."""
    choices = one.question.choices(given)
    starts = {i: (with_date(one.found[i], choices[i]).when.start, start) for i, start in one.right.items()}
    hits = sum(bool(start) and start == found for found, start in starts.values())
    return hits, sum(bool(start) for _, start in starts.values()), sum(bool(found) for found, _ in starts.values())


def scores(some: Iterable[tuple[Dispatch, Weighed]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 in per cent."""
    hits, wanted, given = np.sum([dated_right(one, weights) for one, weights in some], 0).tolist()
    return 100 * hits / max(given, 1), 100 * hits / max(wanted, 1), 200 * hits / max(wanted + given, 1)


def held_out(some: Sequence[Dispatch], columns: Columns) -> list[tuple[Dispatch, Weighed]]:
    """Return each dispatch with what weights that were taught without it make of it."""
    found = []
    for fold in range(FOLDS):
        weights = mean_of([one for i, one in enumerate(some) if i % FOLDS != fold], columns)
        found += [(one, weighed(weights, columns, one)) for i, one in enumerate(some) if i % FOLDS == fold]
    return found


def write(weights: Mean, columns: Columns, example: Dates, out: Path) -> None:
    """Write what was taught to a folder of weights."""
    inputs = columns.inputs(example)
    free = [{0: name} for name in ("events", "events", "offers", "ties", "offers", "ties", "ties")]
    path = out / "dates.onnx"
    save(weights, inputs, free, path)
    model = onnx.load(path)
    names = {"events": columns.events, "offers": columns.offers, "ties": columns.ties}
    onnx.helper.set_model_props(model, {name: "\n".join(some) for name, some in names.items()})
    onnx.save(model, path)
    about = json.loads((out / "reader.json").read_text(encoding="utf-8"))
    about["sha256"]["dates.onnx"] = sha256(path.read_bytes()).hexdigest()
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (out / "reader.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def main(argv: list[str] | None = None) -> None:
    """Teach, and write what was taught."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/, gold/ and dispatches/")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="a folder that training.export has written")
    parser.add_argument("--check", action="store_true", help="print the scores of dispatches that were held out")
    args: Any = parser.parse_args(argv)
    torch.set_num_threads(1)  # the matrices are small
    kit = standard_kit()
    read = [*of_gold(args.shared / "gold", "train"), *of_ours(ANNOTATIONS, args.shared)]
    some = list(dispatches(read, kit))
    sys.stderr.write(f"{len(some)} dispatches with events\n")
    columns = Columns.of(some)
    if args.check:
        held = held_out(some, columns)
        gold = {str(one.gold["doc"]) for one in of_gold(args.shared / "gold", "train")}
        for name, part in (("all", held), ("gold", [one for one in held if one[0].name in gold])):
            line = "held out, {}: precision {:.1f}, recall {:.1f}, F1 {:.1f}\n"
            sys.stderr.write(line.format(name, *scores(part)))
    example = max((one.question.asked() for one in some), key=lambda asked: len(asked.ties))
    write(mean_of(some, columns), columns, example, args.weights)


if __name__ == "__main__":
    main()
