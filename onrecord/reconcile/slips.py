"""Accounts that fit an event but for one slip: a day too early or too late, or a word for another sort of attack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon.lexicon import table
from onrecord.reconcile.blocks import ASKS, GIVES
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import Telling, actors_in_common, other_counts, same_counts, small_place

_DAY = timedelta(days=1)
_SHARED = 1.0  # an agent or a target in common


@dataclass(frozen=True, slots=True)
class Keyed:
    """A group with the keys under which it looks, if of one report, for the one it slipped from, or is found as one."""

    group: tuple[Telling, ...]
    keys: Mapping[Hashable, int]


def keyed(group: tuple[Telling, ...], facts: Facts) -> Keyed:
    """Return a group with its keys."""
    keys: dict[Hashable, int] = {}
    alone = len({t.lineage for t in group}) == 1
    for telling in group:
        if (spot := _spot(telling, facts)) is not None:
            keys |= {key: keys.get(key, 0) | GIVES for key in _given(telling, *spot)}
            if alone:
                keys |= {key: keys.get(key, 0) | ASKS for key in _asked(telling, *spot, facts)}
    return Keyed(group, keys)


def with_slips(groups: Sequence[Keyed], facts: Facts) -> list[list[Telling]]:
    """Return the groups, each of one report only that fits one other group but for a slip joined to that one.

    The two share an actor, and no number speaks against it. Either place and day are the same, and the types such as
    desks take for one another ("shelling" for an air strike); or place and type are the same, the days follow each
    other, and the same exact number is told, or the place is one building or quarter; or the day, the type and the
    number are the same, and the places are two. What fits two groups stays alone.
    """
    held = {number: list(each.group) for number, each in enumerate(groups)}
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, each in enumerate(groups):
        for key in (k for k, use in each.keys.items() if use & GIVES):
            found[key].append(number)
    for number, each in enumerate(groups):
        fitting = {n for key, use in each.keys.items() if use & ASKS for n in found.get(key, ())} - {number}
        homes = [n for n in sorted(fitting & held.keys()) if _is_slip(held[number], held[n], facts)]
        if len(homes) == 1:
            held[homes[0]].extend(held.pop(number))
    return list(held.values())


def _spot(telling: Telling, facts: Facts) -> tuple[str, date] | None:
    """Return the place and the day of an account that gives one day and no wide place."""
    place, days = telling.claim.place, telling.days
    fine = place and days and days[1] - days[0] == _DAY and not facts.wide(place)
    return (place, days[0]) if place and days and fine else None


def _given(telling: Telling, place: str, day: date) -> Iterator[Hashable]:
    yield ("there", telling.claim.type, place, day)
    yield from (("number", telling.claim.type, m, a.low, day) for m, a in telling.counts)


def _asked(telling: Telling, place: str, day: date, facts: Facts) -> Iterator[Hashable]:
    yield from (("there", kind, place, day) for kind in _siblings_of(telling.claim.type))
    for near in (day - _DAY, day, day + _DAY):
        yield from (("number", telling.claim.type, m, a.low, near) for m, a in telling.counts)
        if small_place(telling, facts):
            yield ("there", telling.claim.type, place, near)


def _is_slip(one: Sequence[Telling], other: Sequence[Telling], facts: Facts) -> bool:
    pairs = [(a, b) for a in one for b in other]
    if not all(t.real for t in one) or {t.lineage for t in one} & {t.lineage for t in other}:
        return False
    if any(other_counts(a, b) or actors_in_common(a, b, facts) < 0 for a, b in pairs):
        return False
    if one[0].claim.type != other[0].claim.type:
        return _are_siblings(one[0], other[0]) and any(_alike(a, b, facts) for a, b in pairs)
    shared = any(actors_in_common(a, b, facts) >= _SHARED for a, b in pairs)
    return shared and any(_nearly(a, b, facts) for a, b in pairs)


def _nearly(one: Telling, other: Telling, facts: Facts) -> bool:
    """Tell whether two accounts of one type differ by a day or by the town, and what else they say makes them one."""
    if one.claim.place == other.claim.place:
        return same_counts(one, other) or small_place(one, facts)
    return one.days == other.days and same_counts(one, other)


def _alike(one: Telling, other: Telling, facts: Facts) -> bool:
    """Tell whether two accounts of two types give one place, one day and an actor or an exact number in common."""
    if one.claim.place != other.claim.place or one.days != other.days or one.days is None:
        return False
    return actors_in_common(one, other, facts) >= _SHARED or same_counts(one, other)


def _are_siblings(one: Telling, other: Telling) -> bool:
    return other.claim.type in _siblings_of(one.claim.type)


@cache
def _siblings_of(kind: str) -> tuple[str, ...]:
    """Return the types that desks take for this one."""
    pairs = [pair for pair in table("reconcile")["mistaken"]["pairs"] if kind in pair]
    return tuple(sorted({other for pair in pairs for other in pair} - {kind}))
