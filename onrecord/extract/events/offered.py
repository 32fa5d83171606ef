"""The dates that each event of a dispatch may have: those of its sentence, its heading, and those of other mentions.

What speaks for and against each is told by marks, which `dates.onnx` weighs; what each is called is what the weights
know it by. Shared with `training.dating`, so that what is learnt is what is run.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log1p

import numpy as np

from onrecord.extract.events.found import Found
from onrecord.extract.events.hanging import Tree, hanging
from onrecord.extract.events.told import SAME_SORT, Marks, Told, marks
from onrecord.extract.parts import TimeExpression
from onrecord.extract.times.calendar import moved
from onrecord.model.values import Span, When
from onrecord.reader.read import Floats, Read

_MANY = 40  # dated events on either side that may pass their date on; newspaper reports have fewer, timelines hundreds
_DATING = frozenset({"point", "since", "duration"})
_LEAD = 1  # the sentences of the lead: the first two
_YEAR, _MONTH = 365, 30  # days as which docs/vocabulary.md counts them
_PRECISION = {4: "year", 7: "month", 10: "day"}
_AGO = ((1, "yesterday"), (7, "days ago"), (31, "weeks ago"), (366, "months ago"))  # at most so many days


@dataclass(frozen=True, slots=True)
class Offer:
    """A date that an event, by its number, may have by its own sentence or heading, and where the date comes from."""

    event: int
    when: When
    marks: Marks
    reason: str

    @property
    def start(self) -> str:
        """When it begins; dates that begin together count together."""
        return self.when.start or ""


@dataclass(frozen=True, slots=True)
class Tie:
    """An event and another that may pass its dates on to it, by their numbers."""

    one: int
    other: int
    marks: Marks


@dataclass(frozen=True, slots=True)
class Scene:
    """A dispatch as dating sees it: its events, the times of their sentences, its tree, and when it was published."""

    found: Sequence[Found]
    told: list[Told]
    spans: list[Span]
    times: Mapping[int, list[TimeExpression]]
    tree: Tree
    said: list[bool]
    vectors: Floats
    published: str | None

    @classmethod
    def of(cls, found: Sequence[Found], times: Sequence[TimeExpression], seen: Read, published: str | None) -> Scene:
        """Return the scene of events in the order of the text, `seen` as the trained reader has it."""
        sentences = {item.view.sentence.index: item.view.sentence.span for item in found}
        dating = [time for time in times if time.kind in _DATING]
        here = {i: [time for time in dating if span.holds(time.span)] for i, span in sentences.items()}
        spans = [item.view.span(item.trigger.first, item.trigger.after) for item in found]
        said = [any(c.start <= s.start and s.end <= c.end for c in seen.claims) for s in spans]
        ends = [word.end for word in seen.words]
        rows = [bisect_right(ends, s.start) for s in spans]
        return cls(found, list(map(Told.of, found)), spans, here, Tree(seen.words), said, seen.vectors[rows], published)

    def given(self, item: Found) -> list[tuple[TimeExpression, When, str]]:
        """Return the times of an event's sentence that begin on the calendar, what they mean to it, and their kind."""
        found = []
        for time in self.times[item.view.sentence.index]:
            when = time.when if time.when.start else _since(item, time, self.published)
            if when.start:
                found.append((time, when, time.kind if time.when.start else "lasting"))
        return found


def _since(item: Found, time: TimeExpression, published: str | None) -> When:
    """Return when "a four-year battle" began, if it lasts to the day of publication."""
    amount = time.amount
    if time.kind != "duration" or amount is None or amount.low is None or amount.low != amount.high:
        return When()
    if item.trigger.verbal or not 0 <= item.trigger.first - item.view.token_at(time.span.end) <= 1:
        return When()
    if amount.low % _YEAR == 0:
        return When(moved(published, -round(amount.low / _YEAR), "year"), None)
    return When(moved(published, -round(amount.low / _MONTH), "month"), None) if amount.low % _MONTH == 0 else When()


def events(scene: Scene) -> list[Marks]:
    """Return of each event what speaks for and against its having a date at all."""
    often = Counter(told.kind for told in scene.told)
    return [
        {
            f"type {told.kind}": 1.0,
            f"status {told.status}": 1.0,
            f"form {told.form}": 1.0,
            "a time": float(bool(scene.given(item))),
            "verb": float(item.trigger.verbal),
            "title": float(item.view.sentence.headline),
            "lead": float(told.sentence <= _LEAD),
            "later": log1p(told.sentence) / 3,
            "said": float(said),
            "often": log1p(often[told.kind]) / 2,
            "agent": float(bool(told.agents)),
            "target": float(bool(told.targets)),
            "place": float(bool(told.place)),
            "undated dispatch": float(scene.published is None),
        }
        for item, told, said in zip(scene.found, scene.told, scene.said, strict=True)
    ]


def offers(scene: Scene) -> list[Offer]:
    """Return the dates that the events' own sentences and headings give, with how many offer the same."""
    found = [offer for i in range(len(scene.found)) for offer in _own(i, scene)]
    often = Counter(offer.start for offer in found)
    for offer in found:
        offer.marks["share"] = often[offer.start] / len(found)
        offer.marks["dates"] = log1p(len(often))
    return found


def _own(number: int, scene: Scene) -> Iterator[Offer]:
    """Yield the dates that an event's own sentence gives, its heading, or what "the attack" points back to."""
    item = scene.found[number]
    given = scene.given(item)
    ruled = item.when.start
    for time, when, kind in given:
        at = item.view.token_at(time.span.start)
        found: Marks = {
            f"time {kind}": 1.0,
            f"hangs {hanging(scene.tree, scene.spans[number], time.span)}": 1.0,
            f"rule {'same' if ruled == when.start else 'other' if ruled else 'none'}": 1.0,
            "words between": log1p(abs(at - item.trigger.first)),
            "opens": float(at <= 1),
            "several": float(len(given) > 1),
        }
        yield Offer(number, when, found | _about(when, item, scene.published), "a time of its sentence")
    if ruled and all(when.start != ruled for _, when, _ in given):
        found = {"heading": 1.0, "heading and time": float(bool(given))}
        headed = any("heading" in reason for reason in item.reasons)
        reason = "that of the heading above" if headed else "as told of it before"
        yield Offer(number, item.when, found | _about(item.when, item, scene.published), reason)


def _about(when: When, item: Found, published: str | None) -> Marks:
    """Return how precise a date is and how it lies to the day of publication, also beside the event's status."""
    start = when.start or ""
    lies = lying(start, published)
    side = lies if lies in {"ahead", "today", "undated"} else "past"
    return {_PRECISION[len(start)]: 1.0, f"lies {lies}": 1.0, f"{side} {item.status}": 1.0}


def lying(start: str, published: str | None) -> str:
    """Return how a date lies to the day of publication: today, yesterday, days ago, this month, last year, ahead."""
    if published is None:
        return "undated"
    start = start[: len(published)]
    own = published[: len(start)]
    unit = _PRECISION[len(start)]
    if start >= own:
        return "ahead" if start > own else "today" if unit == "day" else f"this {unit}"
    if unit == "day":
        days = (date.fromisoformat(published[:10]) - date.fromisoformat(start)).days
        return next((name for most, name in _AGO if days <= most), "years ago")
    return f"last {unit}" if moved(own, -1, unit) == start else f"{unit}s ago"


def ties(scene: Scene, offered: Sequence[Offer]) -> list[Tie]:
    """Return for each event the dated events near it, with what speaks for and against their telling of one day."""
    dated = sorted({offer.event for offer in offered})
    likeness = _likeness(scene.vectors)
    found = []
    for i, told in enumerate(scene.told):
        at = bisect_left(dated, i)
        before, after = dated[max(0, at - _MANY) : at][::-1], [j for j in dated[at : at + _MANY] if j != i]
        here = [*_one_side(i, before, scene), *_one_side(i, after, scene)]
        most = max((float(likeness[i, tie.other]) for tie in here), default=0.0)
        for tie in here:
            like = float(likeness[i, tie.other])
            tie.marks.update({"like": like, "most like": float(like == most), "same word": 0.0})
            tie.marks["same word"] = float(told.word == scene.told[tie.other].word)
        found += here
    return found


def _one_side(number: int, others: Sequence[int], scene: Scene) -> Iterator[Tie]:
    """Yield the ties of an event with dated ones before or after it, the nearest first."""
    one = scene.told[number]
    side, passed = "before" if others and others[0] < number else "after", False
    for between, j in enumerate(others):
        other = scene.told[j]
        found = marks(one, other)
        akin = bool(SAME_SORT & set(found))
        found |= {
            "sentences": log1p(abs(one.sentence - other.sentence)),
            "dated between": log1p(between),
            "akin between": float(passed),
            f"statuses {one.status} {other.status}": 1.0,
            f"said {scene.said[number]:d}{scene.said[j]:d}": 1.0,
        }
        if not between:
            found[f"nearest {side}"] = 1.0
        if akin and not passed:
            found[f"nearest akin {side}"] = 1.0
        if one.sentence == other.sentence:
            found[f"hangs {hanging(scene.tree, scene.spans[number], scene.spans[j])}"] = 1.0
        passed = passed or akin
        yield Tie(number, j, found)


def _likeness(vectors: Floats) -> Floats:
    """Return the cosines between the words of the triggers, as they differ from their mean."""
    apart = vectors - vectors.mean(0)
    apart /= np.linalg.norm(apart, axis=1, keepdims=True) + 1e-6
    found: Floats = apart @ apart.T
    return found
