"""Accounts that give no day or no town, joined to the one event that they can mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from onrecord.reconcile.blocks import ASKS, GIVES
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import (
    FINE_DAYS,
    Telling,
    actors_in_common,
    frequent,
    other_agents,
    other_counts,
    same_counts,
    small_place,
    whole,
)

_NEWS_DAYS = 3  # an undated account is of the day of its report or of the few before it
_MONTH = 31  # days: what is told of a month may be the one event of its sort there
_SHARED = 1.0  # an agent or a target in common

Group = tuple[Telling, ...]


def home(group: Group, firm: Sequence[Iterable[Group]], facts: Facts) -> int | None:
    """Return the number of the one event that a group without a day or a town can mean, of dated and placed ones.

    Within one report that is the one event of its sort of which it tells ("The capture came after …"). Across reports
    it is the one of that town in the days before publication, or, of what is seldom, in the month that is told with an
    actor in common, or the one of which the same number is told; or, where only a province is told, the one of that
    day with an actor or a number in common. What fits several alike stays alone: an account that might mean either
    means neither for sure. Each of `firm` is a dated and placed group with the vague ones that joined it before.
    """
    reports = set(map(_report, group))
    own: dict[int, Group] = {}
    others: dict[int, Group] = {}
    for number, (first, *joined) in enumerate(map(list, firm)):
        of_report = not reports.isdisjoint(map(_report, first))
        (own if of_report else others)[number] = tuple(chain(first, *joined))
    fitting = [n for n, told in own.items() if _fits(group, told, facts)]
    if len(fitting) > 1 and all(map(_bare, group)):
        fitting = [max(fitting, key=lambda n: _told_before(group, own[n]))]
    if not fitting:
        found = {n: points for n, told in others.items() if (points := _across(group, told, facts)) is not None}
        fitting = [n for n, points in found.items() if points == max(found.values())]
        if not any(t.days for t in group):  # a report that gives no day tells of the latest
            last = max((_day(others[n]) for n in fitting), default=None)
            fitting = [n for n in fitting if _day(others[n]) == last]
    return fitting[0] if len(fitting) == 1 else None


def keys_of(group: Sequence[Telling], facts: Facts) -> Mapping[Hashable, int]:
    """Return the keys under which a vague group looks for a home, or under which it is found as one."""
    if is_vague(group, facts):
        return dict.fromkeys((key for t in group for key in (_report(t), *_vague_keys(t, facts))), ASKS)
    return dict.fromkeys((key for t in group for key in _firm_keys(t, facts)), GIVES)


def is_vague(group: Sequence[Telling], facts: Facts) -> bool:
    """Tell whether no account of the group gives both a day and a town, and all tell of what is or is denied."""
    told = all(t.real or t.denied for t in group)
    return told and not any(t.fine and t.claim.place and not facts.wide(t.claim.place) for t in group)


def _firm_keys(telling: Telling, facts: Facts) -> Iterator[tuple[object, ...]]:
    kind = telling.claim.type
    yield _report(telling)
    if telling.claim.place and telling.days and telling.fine:
        for place in facts.chain(telling.claim.place):
            yield (kind, place)
            yield from ((kind, place, day) for day in _each(telling.days))
            yield from ((kind, place, measure, amount.low) for measure, amount in telling.counts)


def _report(telling: Telling) -> tuple[object, ...]:
    return (telling.claim.type, telling.lineage)


def _vague_keys(telling: Telling, facts: Facts) -> Iterator[tuple[object, ...]]:
    kind = telling.claim.type
    for place in _around(telling, facts):
        yield from ((kind, place, day) for day in _each(_window(telling), longest=_MONTH))
        yield from ((kind, place, measure, amount.low) for measure, amount in telling.counts)
        if _window(telling) is None:
            yield (kind, place)


def _across(group: Sequence[Telling], firm: Sequence[Telling], facts: Facts) -> float | None:
    """Return how much speaks for one event of two groups of different reports; `None` where too little does."""
    pairs = [(one, other) for one in group for other in firm]
    if any(_against(one, other, facts) for one, other in pairs):
        return None
    return max((points for pair in pairs if (points := _evidence(*pair, facts)) is not None), default=None)


def _evidence(one: Telling, other: Telling, facts: Facts) -> float | None:
    place, window = one.claim.place, _window(one)
    if not place or not other.claim.place or not other.fine:
        return None
    counts, actors = same_counts(one, other), actors_in_common(one, other, facts)
    near = window is not None and (window[1] - window[0]).days <= FINE_DAYS
    if facts.wide(place):
        enough = one.fine and one.days == other.days and (actors >= _SHARED or counts)
    else:
        told = one.days is not None or window is None  # of a month, or of no time at all
        enough = near or counts or (told and actors >= _SHARED and _rare(one, facts))
    return 2.0 * counts + max(actors, 0.0) + near if enough else None


def _rare(telling: Telling, facts: Facts) -> bool:
    """Tell whether a month sees few events of the sort: in one building or quarter, or of a type that is seldom."""
    return small_place(telling, facts) or telling.claim.type not in frequent()


def _day(group: Sequence[Telling]) -> date:
    """Return the day on which the event of a dated group began, by most accounts."""
    days = Counter(t.days[0] for t in group if t.days and t.fine)
    return min(days, key=lambda d: (-days[d], d))


def _around(telling: Telling, facts: Facts) -> list[str]:
    """Return the places under which an account's event is found: its own, and the town around a part of it."""
    chain = facts.chain(telling.claim.place) if telling.claim.place else ()
    return [p for p in chain if p == telling.claim.place or not facts.wide(p)]


def _fits(group: Sequence[Telling], firm: Sequence[Telling], facts: Facts) -> bool:
    """Tell whether a group fits one of its own report: nothing speaks against it, and something for it."""
    pairs = [(one, other) for one in group for other in firm]
    if any(_against(one, other, facts) or (_bare(one) and other_agents(one, other, facts)) for one, other in pairs):
        return False
    # A headline without an actor may be of anything; what follows ("The capture came after …") refers back.
    return any(_follows(one, other) or actors_in_common(one, other, facts) >= _SHARED for one, other in pairs)


def _bare(telling: Telling) -> bool:
    """Tell whether an account says neither where nor when."""
    return telling.claim.place is None and telling.days is None


def _against(one: Telling, other: Telling, facts: Facts) -> bool:
    a, b = one.claim.place, other.claim.place
    if a and b and a != b and (not facts.related(a, b) or one.claim.type in whole()):
        return True
    mine, theirs = _window(one), _window(other)
    told = one.days is not None or not same_counts(one, other)  # an assumed window gives way to an equal number
    if told and mine and theirs and not (mine[0] < theirs[1] and theirs[0] < mine[1]):
        return True
    if one.lineage == other.lineage and one.origin == other.origin and one.denied != other.denied:
        return True
    return other_counts(one, other) or actors_in_common(one, other, facts) < 0


def _told_before(group: Sequence[Telling], firm: Sequence[Telling]) -> int:
    """Return where a report last told of an event before it spoke of one without saying which; -1 for nowhere."""
    pairs = ((t.claim.trigger, f.claim.trigger) for t in group for f in firm if t.claim.dispatch == f.claim.dispatch)
    return max((before.start for after, before in pairs if before < after), default=-1)


def _follows(one: Telling, other: Telling) -> bool:
    return one.claim.dispatch == other.claim.dispatch and one.claim.trigger > other.claim.trigger


def _window(telling: Telling) -> tuple[date, date] | None:
    """Return the days that an account gives, else those of its report and the few before; `None` without any date."""
    if telling.days or not telling.told:
        return telling.days
    return telling.told - timedelta(days=_NEWS_DAYS), telling.told + timedelta(days=1)


def _each(days: tuple[date, date] | None, *, longest: int = FINE_DAYS) -> Iterator[date]:
    """Yield each day of a stretch that is no longer than so many."""
    if days and (days[1] - days[0]).days <= longest:
        yield from (days[0] + timedelta(days=n) for n in range((days[1] - days[0]).days))
