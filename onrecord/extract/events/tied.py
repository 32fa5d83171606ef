"""Which events of a dispatch may have the dates of which others: "the offensive" of a later paragraph, its dead.

Dates are passed on by events that are offered one, and handed on by those that are not to what is told beside them.
What speaks for and against each tie is told by marks, which `dates.onnx` weighs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np

from onrecord.extract.events.hanging import hanging
from onrecord.extract.events.offered import Offer
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.told import SAME_SORT, Marks, kinship, marks
from onrecord.reader.read import Floats

_MANY = 40  # dated events on either side that may pass their date on; newspaper reports have fewer, timelines hundreds
_JOINING = frozenset({"since", "during", "after", "before", "in", "as", "when", "while", "of", "by", "to", "and"})
_JOINED = 5  # words before a trigger in which what joins it to the rest of the sentence stands


@dataclass(frozen=True, slots=True)
class Tie:
    """An event and another that may pass its dates on to it, by their numbers."""

    one: int
    other: int
    marks: Marks


def ties(scene: Scene, offered: Sequence[Offer]) -> list[Tie]:
    """Return for each event the dated events near it and the undated ones beside it, with what speaks for each."""
    dated = sorted({offer.event for offer in offered})
    given = frozenset(dated)
    likeness = _likeness(scene.vectors)
    found = []
    for i, mates in enumerate(_mates(scene)):
        at = bisect_left(dated, i)
        before, after = dated[max(0, at - _MANY) : at][::-1], [j for j in dated[at : at + _MANY] if j != i]
        beside = [j for j in _beside(i, scene) if j not in given]
        sentence = scene.told[i].sentence
        near = {scene.told[j].sentence for j in (*before, *after, *beside)}
        named = {other: _named_in_both(sentence, other, scene) for other in near}
        here = [*_one_side(i, before, scene, named), *_one_side(i, after, scene, named)]
        most = max((float(likeness[i, tie.other]) for tie in here), default=0.0)
        for tie in here:
            tie.marks["most like"] = float(likeness[i, tie.other] == most)
            number, mate = mates.get(scene.told[tie.other].family, (tie.other, {}))
            tie.marks.update(mate if number != tie.other else {})
        handed = [tie for j in beside for tie in _one_side(i, [j], scene, named)]
        for tie in handed:
            tie.marks["handed on"] = 1.0
        for tie in (*here, *handed):
            tie.marks["like"] = float(likeness[i, tie.other])
        found += [*here, *handed]
    return found


def _beside(number: int, scene: Scene) -> Iterator[int]:
    """Yield the other events of the sentence of an event, and those of the sentences next to it."""
    sentence = scene.told[number].sentence
    for near in (0, 1, -1):
        yield from (j for j in scene.beside.get(sentence + near, ()) if j != number)


def _mates(scene: Scene) -> list[Mapping[str, tuple[int, Marks]]]:
    """Return for each event the others of its sentence by their families: their numbers, kinship and what joins them.

    "Killed since the offensive began": what is told elsewhere of when an offensive began may date those killed.
    """
    found: list[Mapping[str, tuple[int, Marks]]] = []
    for i, (item, told) in enumerate(zip(scene.found, scene.told, strict=True)):
        mine: dict[str, tuple[int, Marks]] = {}
        for j in scene.beside[told.sentence]:
            at = scene.found[j].trigger.first
            joining = [word for word in item.view.words[max(0, at - _JOINED) : at] if word in _JOINING] or ["nothing"]
            mate = {f"mate {kinship(told, scene.told[j])}": 1.0, f"mate by {joining[-1]}": 1.0}
            if j != i:
                mine.setdefault(scene.told[j].family, (j, mate))
        found.append(mine)
    return found


def _one_side(number: int, others: Sequence[int], scene: Scene, named: Mapping[int, Marks]) -> Iterator[Tie]:
    """Yield the ties of an event with others before or after it, the nearest first."""
    side, passed = "before" if others and others[0] < number else "after", False
    for between, j in enumerate(others):
        tie = _tie(number, j, scene, named)
        tie.marks.update({"dated between": log1p(between), "akin between": float(passed)})
        akin = not SAME_SORT.isdisjoint(tie.marks)
        if not between:
            tie.marks[f"nearest {side}"] = 1.0
        if akin and not passed:
            tie.marks[f"nearest akin {side}"] = 1.0
        passed = passed or akin
        yield tie


def _tie(number: int, j: int, scene: Scene, named: Mapping[int, Marks]) -> Tie:
    one, other = scene.told[number], scene.told[j]
    here, there = scene.found[number].view.sentence, scene.found[j].view.sentence
    found = marks(one, other)
    found["same word"] = float(one.word == other.word)
    found["sentences"] = log1p(abs(one.sentence - other.sentence))
    found[f"statuses {one.status} {other.status}"] = 1.0
    found[f"said {scene.said[number]:d}{scene.said[j]:d}"] = 1.0
    found["same paragraph"] = float(here.paragraph == there.paragraph)
    if one.sentence == other.sentence:
        found[f"hangs {hanging(scene.tree, scene.spans[number], scene.spans[j])}"] = 1.0
    else:
        found.update(named[other.sentence])
    return Tie(number, j, found)


def _named_in_both(one: int, other: int, scene: Scene) -> Marks:
    """Return whether two sentences name the same, and how rarely what they name is named elsewhere."""
    both = scene.named[one] & scene.named[other]
    if not both:
        return {"none named in both": 1.0}
    return {"named in both": log1p(len(both)), "rarest in both": 1 / min(scene.naming[name] for name in both)}


def _likeness(vectors: Floats) -> Floats:
    """Return the cosines between the words of the triggers, as they differ from their mean."""
    apart = vectors - vectors.mean(0)
    apart /= np.linalg.norm(apart, axis=1, keepdims=True) + 1e-6
    found: Floats = apart @ apart.T
    return found
