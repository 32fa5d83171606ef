"""Accounts that fit an event but for one slip: a day too early or too late, or a word for another sort of attack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from onrecord.lexicon.lexicon import table
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import Telling, actors_in_common, other_counts, same_counts, small_place

_DAY = timedelta(days=1)
_SHARED = 1.0  # an agent or a target in common
_Key = tuple[Any, ...]  # what is alike, and the day


def with_slips(groups: Sequence[list[Telling]], facts: Facts) -> list[list[Telling]]:
    """Return the groups, each of one report only that fits one other group but for a slip joined to that one.

    The two share an actor, and no number speaks against it. Either place and day are the same, and the types such as
    desks take for one another ("shelling" for an air strike); or place and type are the same, the days follow each
    other, and the same exact number is told, or the place is one building or quarter; or the day, the type and the
    number are the same, and the places are two. What fits two groups stays alone.
    """
    held = {number: list(group) for number, group in enumerate(groups)}
    index: defaultdict[_Key, dict[int, None]] = defaultdict(dict)
    for number, group in held.items():
        for key in dict.fromkeys(k for t in group for k in _spots(t, facts)):
            index[key][number] = None
    for number in [n for n, group in held.items() if len({t.lineage for t in group}) == 1]:
        fitting = [n for n in _near(held[number], index, facts) if n in held and n != number]
        homes = [n for n in fitting if _is_slip(held[number], held[n], facts)]
        if len(homes) == 1:
            held[homes[0]].extend(held.pop(number))
    return list(held.values())


def _spots(telling: Telling, facts: Facts) -> Iterator[_Key]:
    """Yield the place and the day of an account that gives one day and no wide place."""
    place, days = telling.claim.place, telling.days
    if place and days and days[1] - days[0] == _DAY and not facts.wide(place):
        yield place, days[0]
        yield from ((telling.claim.type, m, a.low, days[0]) for m, a in telling.counts if a.low == a.high)


def _near(group: Sequence[Telling], index: Mapping[_Key, dict[int, None]], facts: Facts) -> list[int]:
    spots = dict.fromkeys(key for t in group for key in _spots(t, facts))
    near = [*spots, *((*k[:-1], k[-1] + n * _DAY) for k in spots for n in (-1, 1))]
    return sorted({number for key in near for number in index.get(key, ())})


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
    return frozenset((one.claim.type, other.claim.type)) in _siblings()


@cache
def _siblings() -> frozenset[frozenset[str]]:
    return frozenset(map(frozenset, table("reconcile")["mistaken"]["pairs"]))
