"""When an event happened, by all that its dispatch says of it.

The trained reader looks for the time expression that dates an event, in its sentence and beyond; the rules have a say.
What has no date of its own is dated by another mention of the same event ("the offensive" of the next paragraph), or by
the attack that its sentence tells with it ("killed in the strike").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.carried import MEANS, POINTING
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk
from onrecord.extract.parts import TimeExpression
from onrecord.model.values import When

# Chosen on the development part of the gold annotation.
RULE_DATE = 0.2  # the say of the rules, beside the reader's chance of each date
SURE = 0.4  # what both together must give a date
ELSEWHERE = 0.6  # how much a date of another sentence counts where its own has one
ALIKE = 1.5  # how alike another mention must be to date an event
POINTED = 0.6  # how much "the", "this" before it says that it was told before
_FAR = 0.05  # how much less alike for each sentence between
_DATED = frozenset({"happened", "ongoing"})  # what is ahead, denied or doubtful is dated by its own words only
_FAMILY = {"offensive": "fight", "armed_clash": "fight", "air_strike": "fire", "shelling": "fire"}
_EFFECTS = frozenset({"killing", "injury", "destruction", "displacement"})
_Choice = Callable[[Found, Sequence[Found]], Found | None]


def dated(found: Sequence[Found], times: Iterable[TimeExpression]) -> list[Found]:
    """Return the events with their dates, in the same order."""
    known = {(time.span.start, time.span.end): time for time in times}
    own = [_by_own_words(item, known) for item in found]
    again = _filled(own, _same_event, "date: as told of it elsewhere in the dispatch")
    return _filled(again, _with_it, "date: that of what its sentence tells with it")


def _by_own_words(item: Found, known: Mapping[tuple[int, int], TimeExpression]) -> Found:
    """Return an event with the date that the reader and the rules give it together."""
    total: dict[When, float] = {item.when: RULE_DATE} if item.when.known else {}
    for argument in (*item.seen.arguments, *item.seen.others) if item.seen else ():
        time = known.get((argument.start, argument.end)) if argument.role == "time" else None
        if time and time.when.known:
            away = not item.view.sentence.span.holds(time.span)
            chance = argument.score * (ELSEWHERE if away and item.when.known else 1.0)
            total[time.when] = total.get(time.when, 0.0) + chance
    best = max(total, key=lambda when: (total[when], when.start or "", when.end or ""), default=When())
    if total.get(best, 0.0) < SURE:
        return replace(item, when=When())
    if best == item.when:
        return item
    return replace(item, when=best, reasons=(*item.reasons, f"date: the trained reader's ({total[best]:.0%})"))


def _filled(found: Sequence[Found], choose: _Choice, reason: str) -> list[Found]:
    """Date what has no date by the event that `choose` finds among the dated ones."""
    told = [item for item in found if item.when.start]
    filled = []
    for item in found:
        other = choose(item, told) if not item.when.known and _is_dated(item) else None
        filled.append(replace(item, when=other.when, reasons=(*item.reasons, reason)) if other else item)
    return filled


def _is_dated(item: Found) -> bool:
    """Tell whether an event has happened or goes on, by what both have it to be or by the trained reader alone."""
    return item.status in _DATED or (item.seen is not None and item.seen.status in _DATED)


def _same_event(item: Found, told: Sequence[Found]) -> Found | None:
    """Return the dated mention that most likely tells of the same event, `None` where none is alike enough."""
    best = max(told, key=lambda other: _likeness(item, other), default=None)
    return best if best and _likeness(item, best) >= ALIKE else None


def _likeness(one: Found, other: Found) -> float:
    """Return how alike two mentions are: type, place, who and whom, and how near they stand."""
    if _FAMILY.get(one.kind, one.kind) != _FAMILY.get(other.kind, other.kind):
        return -1.0
    score = float(one.kind == other.kind) - (0.0 if one.status == other.status else 0.3)
    if one.place and other.place:
        score += 1.0 if one.place.name == other.place.name else -1.0
    score += POINTED if one.view.word(one.trigger.first - 1) in POINTING else 0.0
    score += _shared(one.agents, other.agents, same=1.0, else_=-1.5)
    score += _shared(one.targets, other.targets, same=0.7, else_=-0.7)
    return score - _FAR * abs(one.view.sentence.index - other.view.sentence.index)


def _shared(one: Sequence[Chunk], other: Sequence[Chunk], *, same: float, else_: float) -> float:
    if not one or not other:
        return 0.0
    return same if {c.mention.name for c in one} & {c.mention.name for c in other} else else_


def _with_it(item: Found, told: Sequence[Found]) -> Found | None:
    """Return the nearest dated cause or effect in the same sentence."""
    if item.kind not in _EFFECTS | MEANS:
        return None
    here = [o for o in told if o.view.sentence.index == item.view.sentence.index and o.kind in _EFFECTS | MEANS]
    here = [o for o in here if _is_dated(o)]
    return min(here, key=lambda o: (abs(o.trigger.first - item.trigger.first), o.trigger.first), default=None)
