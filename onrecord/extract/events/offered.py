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
from onrecord.extract.events.told import SAME_SORT, Marks, Told, kinship, marks
from onrecord.extract.events.within import between, governor, standing
from onrecord.extract.parts import TimeExpression
from onrecord.extract.times.calendar import moved
from onrecord.model.values import Span, When
from onrecord.reader.read import Floats, Read

_MANY = 40  # dated events on either side that may pass their date on; newspaper reports have fewer, timelines hundreds
_DATING = frozenset({"point", "since", "duration"})
_ASIDE = 3  # sentences before an event in which a time may stand that dates no other
_LEAD = 1  # the sentences of the lead: the first two
_JOINING = frozenset({"since", "during", "after", "before", "in", "as", "when", "while", "of", "by", "to", "and"})
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
    word: int | None = None

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
    triggers: Mapping[int, int]
    mates: Mapping[int, list[int]]
    loose: list[tuple[int, TimeExpression]]
    named: Mapping[int, frozenset[str]]
    naming: Mapping[str, int]

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
        tree = Tree(seen.words)
        triggers = {word: i for i, span in reversed([*enumerate(spans)]) for word in tree.within(span)}
        mates: dict[int, list[int]] = {}
        for item in found:
            mates.setdefault(item.view.sentence.index, []).append(item.trigger.first)
        for some in mates.values():
            some.sort()
        inside = {id(time) for some in here.values() for time in some}
        loose = [
            (seen.words[words[0]].sentence, time)
            for time in dating
            if id(time) not in inside and time.when.start and (words := tree.within(time.span))
        ]
        named = {item.view.sentence.index: frozenset(c.mention.name for c in item.view.chunks) for item in found}
        naming = Counter(name for some in named.values() for name in some)
        return cls(
            found, list(map(Told.of, found)), spans, here, tree, said, seen.vectors[rows], published, triggers, mates, loose, named, naming
        )

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
    first = {told.family: i for i, told in reversed([*enumerate(scene.told)])}
    return [
        {
            "first of its sort": float(first[told.family] == i),
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
        for i, (item, told, said) in enumerate(zip(scene.found, scene.told, scene.said, strict=True))
    ]


def offers(scene: Scene) -> list[Offer]:
    """Return the dates that the events' own sentences and headings give, with how many offer the same."""
    found = [offer for i in range(len(scene.found)) for offer in _own(i, scene)]
    often = Counter(offer.start for offer in found)
    sorts = [scene.told[offer.event].family for offer in found]
    same = Counter((sort, offer.start) for sort, offer in zip(sorts, found, strict=True))
    dates = Counter(sort for sort, _ in same)
    whole = Counter(sorts)
    first = {told.family: i for i, told in reversed([*enumerate(scene.told)])}
    for offer, sort in zip(found, sorts, strict=True):
        offer.marks["share of its sort"] = same[sort, offer.start] / whole[sort]
        offer.marks["dates of its sort"] = log1p(dates[sort])
        offer.marks["first of its sort"] = float(first[sort] == offer.event)
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
            governor(scene.tree, number, time.span, scene.triggers, scene.told): 1.0,
            **standing(scene.tree, scene.spans[number], time.span),
            **between(item.view, item.trigger.first, time.span, scene.mates[item.view.sentence.index]),
        }
        about = found | _about(when, item, scene.published)
        yield Offer(number, when, about, "a time of its sentence", next(iter(scene.tree.path(time.span)), None))
    if not given and (near := _nearby(number, scene)):
        gap, time = near
        found = {f"aside {time.kind}": 1.0, "aside": 1.0, "aside ruled": float(bool(ruled)), "gap": float(gap)}
        yield Offer(number, time.when, found | _about(time.when, item, scene.published), "a time of a sentence near it")
    if ruled and all(when.start != ruled for _, when, _ in given):
        found = {"heading": 1.0, "heading and time": float(bool(given))}
        headed = any("heading" in reason for reason in item.reasons)
        reason = "that of the heading above" if headed else "as told of it before"
        yield Offer(number, item.when, found | _about(item.when, item, scene.published), reason)


def _nearby(number: int, scene: Scene) -> tuple[int, TimeExpression] | None:
    """Return the last time of the sentences before an event that tell of no event, and how many sentences before."""
    words = scene.tree.within(scene.spans[number])
    if not words:
        return None
    here = scene.tree.words[words[0]].sentence
    near = [(here - sentence, time) for sentence, time in scene.loose if 0 <= here - sentence <= _ASIDE]
    return min(near, key=lambda one: (one[0], -one[1].span.start), default=None)


def _about(when: When, item: Found, published: str | None) -> Marks:
    """Return how precise a date is and how it lies to the day of publication, also beside the event's status."""
    start = when.start or ""
    lies = lying(start, published)
    side = lies if lies in {"ahead", "today", "undated"} else "past"
    open_ = {"open": float(when.end is None)}
    return {_PRECISION[len(start)]: 1.0, f"lies {lies}": 1.0, f"{side} {item.status}": 1.0} | open_


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
    joined = _joined(scene)
    for i, told in enumerate(scene.told):
        at = bisect_left(dated, i)
        before, after = dated[max(0, at - _MANY) : at][::-1], [j for j in dated[at : at + _MANY] if j != i]
        here = [*_one_side(i, before, scene), *_one_side(i, after, scene)]
        most = max((float(likeness[i, tie.other]) for tie in here), default=0.0)
        for tie in here:
            mate = joined[i].get(scene.told[tie.other].family)
            if mate is not None and mate[0] != tie.other:
                tie.marks["mate"] = 1.0
                tie.marks[f"mate {mate[1]}"] = 1.0
                tie.marks[f"mate by {mate[2]}"] = 1.0
            like = float(likeness[i, tie.other])
            tie.marks.update({"like": like, "most like": float(like == most), "same word": 0.0})
            tie.marks["same word"] = float(told.word == scene.told[tie.other].word)
        found += here
    return found


def _joined(scene: Scene) -> list[dict[str, tuple[int, str, str]]]:
    """Return for each event the undated others of its sentence by their family: their number, kinship and preposition.

    "Killed since the offensive began": what is told elsewhere of when an offensive began may date those killed.
    """
    sentences: dict[int, list[int]] = {}
    for i, told in enumerate(scene.told):
        sentences.setdefault(told.sentence, []).append(i)
    found: list[dict[str, tuple[int, str, str]]] = []
    for i, (item, told) in enumerate(zip(scene.found, scene.told, strict=True)):
        mine: dict[str, tuple[int, str, str]] = {}
        for j in sentences[told.sentence]:
            if j != i:
                other = scene.told[j]
                at = scene.found[j].trigger.first
                before = [w for w in item.view.words[max(0, at - 5) : at] if w in _JOINING]
                mine.setdefault(other.family, (j, kinship(told, other), before[-1] if before else "none"))
        found.append(mine)
    return found


def _one_side(number: int, others: Sequence[int], scene: Scene) -> Iterator[Tie]:
    """Yield the ties of an event with dated ones before or after it, the nearest first."""
    one = scene.told[number]
    here = scene.found[number].view.sentence
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
            "same paragraph": float(here.paragraph == scene.found[j].view.sentence.paragraph),
            **_named_in_both(one, other, scene),
        }
        if not between:
            found[f"nearest {side}"] = 1.0
        if akin and not passed:
            found[f"nearest akin {side}"] = 1.0
        if one.sentence == other.sentence:
            found[f"hangs {hanging(scene.tree, scene.spans[number], scene.spans[j])}"] = 1.0
        passed = passed or akin
        yield Tie(number, j, found)


def _named_in_both(one: Told, other: Told, scene: Scene) -> Marks:
    """Return whether the sentences of two events name the same, and how rarely what they name is named elsewhere."""
    if one.sentence == other.sentence:
        return {}
    both = scene.named[one.sentence] & scene.named[other.sentence]
    if not both:
        return {"none named in both": 1.0}
    return {"named in both": log1p(len(both)), "rarest in both": 1 / min(scene.naming[name] for name in both)}


def _likeness(vectors: Floats) -> Floats:
    """Return the cosines between the words of the triggers, as they differ from their mean."""
    apart = vectors - vectors.mean(0)
    apart /= np.linalg.norm(apart, axis=1, keepdims=True) + 1e-6
    found: Floats = apart @ apart.T
    return found
