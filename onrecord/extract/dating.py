"""When an event happened, by all that its dispatch says of it.

Each event is offered the times of its sentence, the heading that it stands under, the dates of the other mentions, and
what the trained reader points to. What speaks for and against each is added up with the weights of dating.toml; the
date whose chance, beside those of the other dates and of none, is high enough is taken. First come the dates that the
events' own sentences give, then those that they pass on: "the offensive" of the next paragraph, "killed in the strike".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log, log1p

from onrecord.extract.events.found import Found
from onrecord.extract.events.hanging import Tree, hanging
from onrecord.extract.events.told import Marks, Told, form_of, marks
from onrecord.extract.parts import TimeExpression
from onrecord.extract.times.calendar import moved
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When
from onrecord.reader.read import Word

# Chosen on the development part of the gold annotation, as the reader has seen the training part.
READER = 4.0  # nats for a date that the trained reader is certain of
SURE = 0.35  # chance from which on a date is taken
OWN_SURE = 0.4  # chance from which on a date of the event's own sentence is passed on to other mentions
_DATING = frozenset({"point", "since", "duration"})
_LEAD = 1  # sentences of the lead: the first two
_YEAR, _MONTH = 365, 30  # days of which dating counts lengths
_PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A date that an event may have, with what speaks for and against it, and where it comes from."""

    when: When
    marks: Marks
    reason: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A dispatch as dating sees it: its times by sentence, its words, and when it was published."""

    times: Mapping[int, list[TimeExpression]]
    tree: Tree
    published: str | None

    @classmethod
    def of(
        cls, found: Sequence[Found], times: Sequence[TimeExpression], words: Sequence[Word], published: str | None
    ) -> Scene:
        """Return the times of the sentences that tell of events."""
        spans = {item.view.sentence.index: item.view.sentence.span for item in found}
        here = {i: [t for t in times if t.kind in _DATING and span.holds(t.span)] for i, span in spans.items()}
        return cls(here, Tree(words), published)

    def of_sentence(self, item: Found) -> list[tuple[TimeExpression, When, str]]:
        """Return the times of an event's sentence that have a beginning, with what they mean to it and their kind."""
        given = []
        for time in self.times[item.view.sentence.index]:
            when = time.when if time.when.start else _since(item, time, self.published)
            if when.start:
                given.append((time, when, time.kind if time.when.start else "lasting"))
        return given


def dated(
    found: Sequence[Found],
    times: Sequence[TimeExpression],
    words: Sequence[Word] = (),
    published: str | None = None,
) -> list[Found]:
    """Return the events with their dates, in the same order.

    `words` are the dispatch's as the trained reader parses them, `published` the day of publication.
    """
    scene = Scene.of(found, times, words, published)
    own = [list(own_choices(item, scene)) for item in found]
    seen = [_by_reader(item, times) for item in found]
    passed = passed_on(found, own, seen, scene)
    return [_with(*each) for each in zip(found, own, passed, seen, strict=True)]


def _with(item: Found, own: Sequence[Choice], passed: Sequence[Choice], seen: Mapping[When, float]) -> Found:
    """Return an event with the likeliest date, undated where none is likely enough."""
    choice, chance = best((*own, *passed), seen)
    if choice is None or chance < SURE:
        return replace(item, when=When())
    return replace(item, when=choice.when, reasons=(*item.reasons, f"date: {choice.reason} ({chance:.0%})"))


def best(choices: Sequence[Choice], seen: Mapping[When, float]) -> tuple[Choice | None, float]:
    """Return the likeliest date and its chance: all that begin together count together, beside others and none."""
    given = {choice.when.start for choice in choices}
    alone = [Choice(when, {"reader alone": 1.0}, "the trained reader's") for when in seen if when.start not in given]
    scored = [(score(choice.marks), choice) for choice in (*choices, *alone)]
    scored.sort(key=lambda one: (-one[0], one[1].when.start or "", one[1].when.end or "", one[1].reason))
    likely: dict[str, float] = {}
    for points, choice in scored:
        start = choice.when.start or ""
        likely[start] = likely.get(start, 0.0) + exp(points)
    for start in likely:
        likely[start] *= exp(READER * sum(chance for when, chance in seen.items() if when.start == start))
    top = max(likely, key=lambda start: (likely[start], start), default="")
    shown = next((choice for _, choice in scored if choice.when.start == top), None)
    return shown, likely[top] / (1 + sum(likely.values())) if shown else 0.0


def score(given: Marks) -> float:
    """Return the sum of the weights of what speaks for and against a date."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in given.items())


@cache
def weights() -> dict[str, float]:
    """Return the weights of dating.toml by name."""
    return {name: float(value) for part in table("dating").values() for name, value in part.items()}


def _by_reader(item: Found, times: Sequence[TimeExpression]) -> dict[When, float]:
    """Return the trained reader's chance of each date."""
    known = {(time.span.start, time.span.end): time.when for time in times}
    chances: dict[When, float] = {}
    for argument in (*item.seen.arguments, *item.seen.others) if item.seen else ():
        when = known.get((argument.start, argument.end), When()) if argument.role == "time" else When()
        if when.start:
            chances[when] = chances.get(when, 0.0) + argument.score
    return chances


def own_choices(item: Found, scene: Scene) -> Iterator[Choice]:
    """Yield the dates that an event's own sentence or heading gives."""
    given = scene.of_sentence(item)
    event = item.view.span(item.trigger.first, item.trigger.after)
    ruled = item.when.start
    form = form_of(item) if item.trigger.verbal else "noun"
    for time, when, kind in given:
        at = item.view.token_at(time.span.start)
        rule = "same" if ruled == when.start else "other" if ruled else "none"
        hung = hanging(scene.tree, event, time.span)
        found = {
            "own": 1.0, f"hangs {hung}": 1.0, f"rule {rule}": 1.0, kind: 1.0, f"own {item.status}": 1.0,
            f"own form {form}": 1.0, "words between": log1p(abs(at - item.trigger.first)),
        }  # fmt: skip
        found |= {"opens": float(at <= 1), "several": float(len(given) > 1)}
        if kind == "lasting":
            found["length of it"] = float(_right_before(item, time))
        yield Choice(when, found, "a time of its sentence")
    if ruled and all(when.start != ruled for _, when, _ in given):
        found = {"heading": 1.0, f"heading {item.status}": 1.0, "heading own": float(bool(given))}
        yield Choice(item.when, found, "that of the heading above")


def _right_before(item: Found, time: TimeExpression) -> bool:
    return 0 <= item.trigger.first - item.view.token_at(time.span.end) <= 1


def _since(item: Found, time: TimeExpression, published: str | None) -> When:
    """Return when "a four-year battle" began, if it lasts to the day of publication."""
    amount = time.amount
    if time.kind != "duration" or amount is None or amount.low is None or amount.low != amount.high:
        return When()
    if item.trigger.verbal or not _right_before(item, time):
        return When()
    if amount.low % _YEAR == 0:
        return When(moved(published, -round(amount.low / _YEAR), "year"), None)
    return When(moved(published, -round(amount.low / _MONTH), "month"), None) if amount.low % _MONTH == 0 else When()


def passed_on(
    found: Sequence[Found], own: Sequence[Sequence[Choice]], seen: Sequence[Mapping[When, float]], scene: Scene
) -> list[list[Choice]]:
    """Return for each event the dates that other mentions pass on to it."""
    told = [Told.of(item) for item in found]
    first = [best(choices, chances) for choices, chances in zip(own, seen, strict=True)]
    anchors = {i: choice for i, (choice, chance) in enumerate(first) if choice and chance >= OWN_SURE}
    often = Counter(choice.when.start for choice in anchors.values())
    out: list[list[Choice]] = []
    for i, item in enumerate(found):
        mine = _mine(item, told[i], scene)
        choices = []
        for j, choice in anchors.items():
            if j != i:
                its = {
                    _PRECISION[len(choice.when.start or "")]: 1.0, "from the lead": float(told[j].sentence <= _LEAD),
                    "share": often[choice.when.start] / len(anchors), "dates": log(len(often)),
                    "chance": first[j][1], "between": float(_between(scene, told[i], told[j], choice.when)),
                }  # fmt: skip
                reason = f"that of “{found[j].trigger.lemma}”, told elsewhere"
                choices.append(Choice(choice.when, mine | its | marks(told[i], told[j]), reason))
        out.append(choices)
    return out


def _mine(item: Found, told: Told, scene: Scene) -> Marks:
    """Return what of an event itself speaks for or against a date from elsewhere."""
    return {
        f"told {told.status}": 1.0,
        "another time": float(bool(scene.of_sentence(item))),
        "in the lead": float(told.sentence <= _LEAD),
        "undated dispatch": float(scene.published is None),
    }


def _between(scene: Scene, one: Told, other: Told, when: When) -> bool:
    """Tell whether a sentence between two mentions gives another date."""
    first, last = sorted((one.sentence, other.sentence))
    return any(t.when.start not in (None, when.start) for i in range(first + 1, last) for t in scene.times.get(i, ()))
