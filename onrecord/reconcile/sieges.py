"""Sieges as stretches of a place's timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from onrecord.model.records import Claim, Control, Event
from onrecord.model.values import first_day
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.timeline import holder_at, moment

_AFTER_DAYS = 31  # reports of the weeks after a fall still call the place besieged


def sieges(
    events: Iterable[Event], stretches: list[Control], claims: Mapping[str, Claim], facts: Facts
) -> list[Control]:
    """Return the stretches over which a place was besieged, in order; `stretches` are those of its holders.

    A siege ends on the day on which the place changes hands. Sieges between two such days are one, whose beginning is
    the earliest that is told.
    """
    listed = sorted((e for e in events if e.status in ("happened", "ongoing")), key=lambda e: e.id)
    found: dict[str | None, Control] = {}
    for event in listed:
        siege = _siege(event, stretches, claims, facts)
        known = found.get(siege.until)
        found[siege.until] = _joined(known, siege) if known else siege
    return [found[until] for until in sorted(found, key=lambda u: u or "9999")]


def _siege(event: Event, stretches: list[Control], claims: Mapping[str, Claim], facts: Facts) -> Control:
    """Return the stretch of one siege."""
    told = [m for c in map(claims.get, event.claims) if c and (m := moment(c, facts))]
    when, seen = event.when, max(told, default=None)
    on_that_day = event.status == "ongoing" and when.start == when.end and len(when.start or "") == 10
    since = None if on_that_day else when.start
    held = next(iter(facts.holders(event.targets)), None)
    falls = _falls(stretches, since or min(told, default=None), held, facts)
    ended = when.end if event.status == "happened" and when.end and when.end != when.start else None
    return Control(
        place=event.place or "",
        holder=held or _besieged(holder_at(stretches, seen), event, facts),
        state="besieged",
        since=since,
        until=min(filter(None, (ended, falls)), default=None),
        share=None,
        claims=event.claims,
        disputed=event.grade == "contested",
    )


def _besieged(holder: str | None, event: Event, facts: Facts) -> str | None:
    """Return who holds the place as the side besieged in it, unless that side is the one that besieges."""
    return None if holder and any(facts.related(holder, agent) for agent in event.agents) else holder


def _falls(stretches: list[Control], seen: str | None, held: str | None, facts: Facts) -> str | None:
    """Return the day on which the besieged place changed hands: after this moment, or before where it was held then.

    A report of the day after the fall still speaks of the siege; the side that it names as besieged had lost the place.
    """
    lost = [s.until for s in stretches if s.state == "holds" and s.until and s.holder]
    ends = [s.until for s in stretches if held and s.until and s.holder and facts.related(held, s.holder)]
    later = [day for day in lost if seen and first_day(day) >= first_day(seen)]
    before = [day for day in lost if seen and first_day(seen) - first_day(day) <= timedelta(days=_AFTER_DAYS)]
    return min(later, default=max(ends or before, default=None))


def _joined(one: Control, other: Control) -> Control:
    """Return two accounts of one siege as one stretch."""
    starts = [s.since for s in (one, other) if s.since]
    return replace(
        one,
        holder=one.holder or other.holder,
        since=min(starts, default=None),
        claims=tuple(dict.fromkeys([*one.claims, *other.claims])),
        disputed=one.disputed or other.disputed,
    )
