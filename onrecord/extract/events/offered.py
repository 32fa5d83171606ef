"""The dates that each event of a dispatch may have by itself: those of its sentence, of its heading, and beside it.

What speaks for and against each is told by marks, which `dates.onnx` weighs; what each is called is what the weights
know it by. Shared with `training.dating`, so that what is learnt is what is run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import log1p

from onrecord.extract.events.found import Found
from onrecord.extract.events.hanging import hanging
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.told import Marks
from onrecord.extract.events.within import between, governor, standing
from onrecord.extract.parts import TimeExpression
from onrecord.extract.times.calendar import moved
from onrecord.model.values import When

_ASIDE = 3  # sentences before an event in which a time may stand that dates no other
_LEAD = 1  # the sentences of the lead: the first two
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


def events(scene: Scene) -> list[Marks]:
    """Return of each event what speaks for and against its having a date at all."""
    often = Counter(told.kind for told in scene.told)
    first = {told.family: i for i, told in reversed([*enumerate(scene.told)])}
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
            "first of its sort": float(first[told.family] == i),
            "undated dispatch": float(scene.published is None),
        }
        for i, (item, told, said) in enumerate(zip(scene.found, scene.told, scene.said, strict=True))
    ]


def offers(scene: Scene) -> list[Offer]:
    """Return the dates that the events' own sentences and headings give, with how many offer the same."""
    found = [offer for i in range(len(scene.found)) for offer in _own(i, scene)]
    often = Counter(offer.start for offer in found)
    sorts = [scene.told[offer.event].family for offer in found]
    sort_often = Counter(zip(sorts, (offer.start for offer in found), strict=True))
    sort_dates, sort_offers = Counter(sort for sort, _ in sort_often), Counter(sorts)
    for offer, sort in zip(found, sorts, strict=True):
        offer.marks["share"] = often[offer.start] / len(found)
        offer.marks["dates"] = log1p(len(often))
        offer.marks["share of its sort"] = sort_often[sort, offer.start] / sort_offers[sort]
        offer.marks["dates of its sort"] = log1p(sort_dates[sort])
    return found


def _own(number: int, scene: Scene) -> Iterator[Offer]:
    """Yield the dates that an event's own sentence gives or one beside it, its heading, or what it points back to."""
    item = scene.found[number]
    given = scene.given(item)
    ruled = item.when.start
    for time, when, kind in given:
        found: Marks = {
            f"time {kind}": 1.0,
            f"hangs {hanging(scene.tree, scene.spans[number], time.span)}": 1.0,
            f"rule {'same' if ruled == when.start else 'other' if ruled else 'none'}": 1.0,
            "several": float(len(given) > 1),
            governor(number, time.span, scene): 1.0,
            **standing(scene.tree, scene.spans[number], time.span),
            **between(number, time.span, scene),
        }
        yield Offer(number, when, found | _about(when, item, scene.published), "a time of its sentence")
    if not given and (aside := _aside(number, scene)):
        gap, time = aside
        found = {f"aside {time.kind}": 1.0, "aside ruled": float(bool(ruled)), "aside gap": float(gap)}
        yield Offer(number, time.when, found | _about(time.when, item, scene.published), "a time told just before")
    if ruled and all(when.start != ruled for _, when, _ in given):
        found = {"heading": 1.0, "heading and time": float(bool(given))}
        headed = any("heading" in reason for reason in item.reasons)
        reason = "that of the heading above" if headed else "as told of it before"
        yield Offer(number, item.when, found | _about(item.when, item, scene.published), reason)


def _aside(number: int, scene: Scene) -> tuple[int, TimeExpression] | None:
    """Return the last time of the sentences before an event that tell of no event, and how many sentences before."""
    words = scene.tree.within(scene.spans[number])
    if not words:
        return None
    sentence = scene.tree.words[words[0]].sentence
    gaps = [(sentence - scene.tree.words[word].sentence, time) for word, time in scene.aside]
    near = [(gap, time) for gap, time in gaps if 0 <= gap <= _ASIDE]
    return min(near, key=lambda one: (one[0], -one[1].span.start), default=None)


def _about(when: When, item: Found, published: str | None) -> Marks:
    """Return how precise a date is and how it lies to the day of publication, also beside the event's status."""
    start = when.start or ""
    lies = lying(start, published)
    side = lies if lies in {"ahead", "today", "undated"} else "past"
    open_ = float(when.end is None)
    return {_PRECISION[len(start)]: 1.0, f"lies {lies}": 1.0, f"{side} {item.status}": 1.0, "open": open_}


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
