"""When an event happened, by all that its dispatch says of it.

Each event is offered the times of its sentence, the heading that it stands under, and the dates of the other events of
the dispatch. What speaks for and against each is added up with the weights of dating.toml, and the likeliest is taken
where its chance, beside the other dates and none, is high enough. First come the dates that the events' own sentences
give, then those that they pass on: "the offensive" of a later paragraph, "killed in the strike".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log, log1p

from onrecord.extract.events.found import Found
from onrecord.extract.events.hanging import Tree, hanging
from onrecord.extract.events.told import SAME_SORT, Marks, Told, form_of, marks
from onrecord.extract.parts import TimeExpression
from onrecord.extract.times.calendar import moved
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When
from onrecord.reader.read import Word

# Held out (training/dating.py; 235 dispatches), P, R and F1 with SURE of 0.3 are 62.9, 47.5 and 54.1, of 0.35 66.7,
# 45.4 and 54.0, of 0.4 69.7, 43.2 and 53.3; with OWN_SURE of 0.5 F1 is 53.6. The trained reader's own choice of a time
# has no say: with 1 to 4 nats for one that it is certain of, the development part of the gold lost up to 3 points.
SURE = 0.35  # chance from which on a date is taken
OWN_SURE = 0.4  # chance from which on a date of the event's own sentence is passed on to other mentions
FINER = 0.1  # share of a date's chance that a finer one within it needs, among mentions of the same sort, to replace it
_MANY = 40  # dated events on either side that may pass their date on; newspaper reports have fewer, timelines hundreds
_DATING = frozenset({"point", "since", "duration"})
_LEAD = 1  # the sentences of the lead: the first two
_YEAR, _MONTH = 365, 30  # days as which docs/vocabulary.md counts them
_PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A date that an event may have, what speaks for and against it and how much, and where the date comes from."""

    when: When
    marks: tuple[Marks, ...]
    points: float
    reason: str

    @property
    def start(self) -> str:
        """When it begins; dates that begin together count together."""
        return self.when.start or ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A dispatch as dating sees it: the times of its sentences, its tree, its date, and what weighs how much."""

    times: Mapping[int, list[TimeExpression]]
    tree: Tree
    published: str | None
    weights: Mapping[str, float]

    @classmethod
    def of(
        cls, found: Sequence[Found], times: Sequence[TimeExpression], words: Sequence[Word], published: str | None
    ) -> Scene:
        """Return the times of the sentences that tell of events, and the rest."""
        spans = {item.view.sentence.index: item.view.sentence.span for item in found}
        dating = [time for time in times if time.kind in _DATING]
        here = {i: [time for time in dating if span.holds(time.span)] for i, span in spans.items()}
        return cls(here, Tree(words), published, weights())

    def points(self, some: Marks) -> float:
        """Return the sum of the weights of what speaks for and against a date."""
        return sum(self.weights.get(name, 0.0) * value for name, value in some.items())

    def given(self, item: Found) -> list[tuple[TimeExpression, When, str]]:
        """Return the times of an event's sentence that begin on the calendar, what they mean to it, and their kind."""
        found = []
        for time in self.times[item.view.sentence.index]:
            when = time.when if time.when.start else _since(item, time, self.published)
            if when.start:
                found.append((time, when, time.kind if time.when.start else "lasting"))
        return found


@cache
def weights() -> dict[str, float]:
    """Return the weights of dating.toml by name."""
    return {name: float(value) for name, value in table("dating")["weights"].items()}


def dated(
    found: Sequence[Found], times: Sequence[TimeExpression], words: Sequence[Word] = (), published: str | None = None
) -> list[Found]:
    """Return the events with their dates, in the same order.

    `words` are the dispatch's as the trained reader parses them, `published` the day of publication.
    """
    return in_scene(found, Scene.of(found, times, words, published))


def in_scene(found: Sequence[Found], scene: Scene) -> list[Found]:
    """Return the events of a scene with their dates."""
    own = [list(own_choices(item, scene)) for item in found]
    passed = passed_on(found, own, scene)
    return [_with(item, (*own[i], *passed[i])) for i, item in enumerate(found)]


def _with(item: Found, choices: Sequence[Choice]) -> Found:
    """Return an event with the likeliest date, undated where none is likely enough."""
    choice, chance = best(choices)
    if choice is None or chance < SURE:
        return replace(item, when=When())
    choice = finer(choice, choices)
    return replace(item, when=choice.when, reasons=(*item.reasons, f"date: {choice.reason} ({chance:.0%})"))


def best(choices: Sequence[Choice]) -> tuple[Choice | None, float]:
    """Return the likeliest date and its chance beside the others and none, whose points are 0."""
    likely: dict[str, float] = {}
    for choice in choices:
        likely[choice.start] = likely.get(choice.start, 0.0) + exp(choice.points)
    if not likely:
        return None, 0.0
    top = max(likely, key=lambda start: (likely[start], start))
    shown = max((c for c in choices if c.start == top), key=lambda c: (c.points, c.when.end or "", c.reason))
    return shown, likely[top] / (1 + sum(likely.values()))


def finer(choice: Choice, choices: Sequence[Choice]) -> Choice:
    """Return the day or month that another event of the same sort gives within a date, else the date itself.

    An attack "last month" that the next paragraph tells to have been on 10 January was on that day.
    """
    within = [c for c in choices if len(c.start) > len(choice.start) and c.start.startswith(choice.start)]
    other, _ = best([c for c in within if any(SAME_SORT & set(some) for some in c.marks)])
    if other is None:
        return choice
    whole, part = (sum(exp(c.points) for c in choices if c.start == one.start) for one in (choice, other))
    return other if part >= FINER * whole else choice


def own_choices(item: Found, scene: Scene) -> Iterator[Choice]:
    """Yield the dates that an event's own sentence gives, its heading, or what "the attack" points back to."""
    given = scene.given(item)
    event = item.view.span(item.trigger.first, item.trigger.after)
    form = form_of(item) if item.trigger.verbal else "noun"
    ruled = item.when.start
    for time, when, kind in given:
        at = item.view.token_at(time.span.start)
        found: Marks = {
            "own": 1.0,
            f"own {kind}": 1.0,
            f"own {item.status}": 1.0,
            f"own form {form}": 1.0,
            f"hangs {hanging(scene.tree, event, time.span)}": 1.0,
            f"rule {'same' if ruled == when.start else 'other' if ruled else 'none'}": 1.0,
            "words between": log1p(abs(at - item.trigger.first)),
            "opens": float(at <= 1),
            "several": float(len(given) > 1),
        }
        yield Choice(when, (found,), scene.points(found), "a time of its sentence")
    if ruled and all(when.start != ruled for _, when, _ in given):
        found = {"heading": 1.0, f"heading {item.status}": 1.0, "heading own": float(bool(given))}
        headed = any("heading" in reason for reason in item.reasons)
        reason = "that of the heading above" if headed else "as told of it before"
        yield Choice(item.when, (found,), scene.points(found), reason)


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


def passed_on(found: Sequence[Found], own: Sequence[Sequence[Choice]], scene: Scene) -> list[list[Choice]]:
    """Return for each event the dates that other events pass on to it."""
    told = [Told.of(item) for item in found]
    first = [best(choices) for choices in own]
    given = {i: choice for i, (choice, chance) in enumerate(first) if choice and chance >= OWN_SURE}
    often = Counter(choice.start for choice in given.values())
    anchors = [
        _Anchor.of(i, told[i], choice, scene, {"share": often[choice.start] / len(given), "dates": log(len(often))})
        for i, choice in given.items()
    ]
    reasons = {i: f"that of “{found[i].trigger.lemma}”, told elsewhere" for i in given}
    out: list[list[Choice]] = []
    for i, item in enumerate(found):
        mine = _mine(item, told[i], scene)
        points = scene.points(mine)
        choices = []
        at = bisect_left(anchors, i, key=lambda anchor: anchor.number)
        for anchor in anchors[max(0, at - _MANY) : at + _MANY]:
            if anchor.number != i:
                between = marks(told[i], anchor.told) | anchor.between(told[i].sentence)
                whole = points + anchor.points + scene.points(between)
                choices.append(Choice(anchor.when, (mine, anchor.marks, between), whole, reasons[anchor.number]))
        out.append(choices)
    return out


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A dated event that may pass its date on, and the nearest sentences on either side that give another date."""

    number: int
    told: Told
    when: When
    marks: Marks
    points: float
    before: int
    after: int

    @classmethod
    def of(cls, number: int, told: Told, choice: Choice, scene: Scene, shared: Marks) -> _Anchor:
        """Return an event with what of it speaks for and against passing its date on."""
        precision = _PRECISION[len(choice.start)]
        some = shared | {precision: 1.0, "from the lead": float(told.sentence <= _LEAD)}
        others = [i for i, times in scene.times.items() if any(t.when.start not in (None, choice.start) for t in times)]
        before = max((i for i in others if i < told.sentence), default=-1)
        after = min((i for i in others if i > told.sentence), default=told.sentence + 10**6)
        return cls(number, told, choice.when, some, scene.points(some), before, after)

    def between(self, sentence: int) -> Marks:
        """Tell whether a sentence between this one and its own gives another date."""
        return {"between": float(self.before > sentence or self.after < sentence)}


def _mine(item: Found, told: Told, scene: Scene) -> Marks:
    """Return what of an event itself speaks for and against a date from elsewhere."""
    return {
        f"told {told.status}": 1.0,
        "another time": float(bool(scene.given(item))),
        "in the lead": float(told.sentence <= _LEAD),
        "undated dispatch": float(scene.published is None),
    }
