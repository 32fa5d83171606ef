"""When an event happened, by all that its dispatch says of it.

Each event is offered the times of its sentence, the heading that it stands under, and the dates of the other events of
the dispatch (`events/offered`). What speaks for each is weighed by the trained reader, and the likeliest date is taken
where its chance, beside the other dates and none, is high enough. What an event passes on is as likely as it itself has
that date: "the offensive" of a later paragraph, "killed in the strike".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log
from operator import mul

from onrecord.extract.events.found import Found
from onrecord.extract.events.offered import Offer, events, offers
from onrecord.extract.events.scene import Scene, until_told
from onrecord.extract.events.tied import Tie, ties
from onrecord.extract.events.told import SAME_SORT, Marks
from onrecord.extract.parts import TimeExpression
from onrecord.model.values import When
from onrecord.reader.dates import Dates, Weighed
from onrecord.reader.neural import Reader
from onrecord.reader.read import Read

# Held out (training/dating.py --check; 232 dispatches), F1 with 0.25 and 0.4 is 61.7, with 0.3 62.2, with 0.35 62.1.
SURE = 0.3  # chance from which on a date is taken
FAINT = 1e-4  # what speaks less than this for a date, where no date has 1, is passed over
FINER = 0.1  # share of a date's chance that a finer one within it needs, among mentions of the same sort, to replace it
GOING_ON = frozenset({"offensive", "siege"})  # what has the date of one of these happened from then on


@dataclass(frozen=True, slots=True)
class Choice:
    """A date that an event may have, how much speaks for it, and why; `akin` events of one sort pass it on."""

    when: When
    power: float
    reason: str
    akin: bool = False

    @property
    def start(self) -> str:
        """When it begins; dates that begin together count together."""
        return self.when.start or ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about the dates of a dispatch."""

    scene: Scene
    events: list[Marks]
    offers: list[Offer]
    ties: list[Tie]

    @classmethod
    def of(cls, scene: Scene) -> Question:
        """Return what is asked about a scene."""
        offered = offers(scene)
        return cls(scene, events(scene), offered, ties(scene, offered))

    def asked(self) -> Dates:
        """Return what the trained reader is asked."""
        return Dates(
            self.scene.vectors,
            self.events,
            [offer.marks for offer in self.offers],
            [offer.event for offer in self.offers],
            [tie.marks for tie in self.ties],
            [tie.one for tie in self.ties],
            [tie.other for tie in self.ties],
        )

    def choices(self, weighed: Weighed) -> list[list[Choice]]:
        """Return for each event the dates that it may have: its own, those passed on to it, and those handed on."""
        found: list[list[Choice]] = [[] for _ in self.events]
        for offer, points in zip(self.offers, weighed.own.tolist(), strict=True):
            found[offer.event].append(Choice(offer.when, exp(points), offer.reason))
        passing = self._passing(weighed, [1 + sum(choice.power for choice in some) for some in found])
        for tie, points, wants in zip(self.ties, weighed.tied.tolist(), weighed.wants.tolist(), strict=True):
            for offer, more, suits in passing.get(tie.other, ()):
                power = exp(points + more + sum(map(mul, wants, suits)))
                if power >= FAINT:
                    found[tie.one].append(self._passed(tie, offer.when, power))
        likely = {i: shares(some) for i, some in enumerate(found) if i not in passing}
        for tie, points in zip(self.ties, weighed.tied.tolist(), strict=True):
            for choice, chance in likely.get(tie.other, ()):
                if exp(points) * chance >= FAINT:
                    found[tie.one].append(self._passed(tie, choice.when, exp(points) * chance))
        return found

    def _passing(self, weighed: Weighed, whole: Sequence[float]) -> dict[int, list[tuple[Offer, float, list[float]]]]:
        """Return by event what it passes on: the offers made to it, what speaks for each, and what each suits."""
        found: dict[int, list[tuple[Offer, float, list[float]]]] = defaultdict(list)
        points = (weighed.own + weighed.passing).tolist()
        for offer, more, suits in zip(self.offers, points, weighed.suits.tolist(), strict=True):
            found[offer.event].append((offer, more - log(whole[offer.event]), suits))
        return found

    def _passed(self, tie: Tie, when: When, power: float) -> Choice:
        other, akin = self.scene.found[tie.other], not SAME_SORT.isdisjoint(tie.marks)
        when = until_told(when, self.scene.published) if other.kind in GOING_ON and not akin else when
        return Choice(when, power, f"that of “{other.trigger.lemma}”, told elsewhere", akin)


def dated(
    found: Sequence[Found], times: Sequence[TimeExpression], seen: Read, published: str | None, reader: Reader
) -> list[Found]:
    """Return the events with their dates, in the same order.

    `seen` is the dispatch as the trained reader has it, `published` the day of publication.
    """
    question = Question.of(Scene.of(found, times, seen, published)) if found else None
    if question is None or not question.offers:
        return [replace(item, when=When()) for item in found]
    weighed = reader.dates(question.asked())
    return [with_date(item, some) for item, some in zip(found, question.choices(weighed), strict=True)]


def with_date(item: Found, choices: Sequence[Choice]) -> Found:
    """Return an event with the likeliest date, undated where none is likely enough."""
    choice, chance = best(choices)
    if choice is None or chance < SURE:
        return replace(item, when=When())
    choice = finer(choice, choices)
    return replace(item, when=choice.when, reasons=(*item.reasons, f"date: {choice.reason} ({chance:.0%})"))


def shares(choices: Sequence[Choice]) -> list[tuple[Choice, float]]:
    """Return each date, as what speaks most for it has it, and its chance beside the others and none, whose power is 1.

    The likeliest come first.
    """
    groups: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        groups[choice.start].append(choice)
    whole = 1 + sum(choice.power for choice in choices)
    found = [
        (max(some, key=lambda c: (c.power, c.when.end or "", c.reason)), sum(c.power for c in some) / whole)
        for some in groups.values()
    ]
    return sorted(found, key=lambda one: (one[1], one[0].start), reverse=True)


def best(choices: Sequence[Choice]) -> tuple[Choice | None, float]:
    """Return the likeliest date and its chance beside the others and none."""
    return next(iter(shares(choices)), (None, 0.0))


def finer(choice: Choice, choices: Sequence[Choice]) -> Choice:
    """Return the day or month that another event of the same sort gives within a date, else the date itself.

    An attack "last month" that the next paragraph tells to have been on 10 January was on that day.
    """
    within = [c for c in choices if len(c.start) > len(choice.start) and c.start.startswith(choice.start)]
    other, _ = best([c for c in within if c.akin])
    if other is None:
        return choice
    whole, part = (sum(c.power for c in choices if c.start == one.start) for one in (choice, other))
    return other if part >= FINER * whole else choice
