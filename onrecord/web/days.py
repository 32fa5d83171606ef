"""The record day by day: which events and whose control a map shows on each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from onrecord.model.values import day_after, first_day
from onrecord.web.lanes import shades_of
from onrecord.web.queries import Index, name_of

_MOST = 366 * 30  # days that a slider runs over; what lies before stands at its beginning


@lru_cache(maxsize=2)
def days_of(ix: Index) -> dict[str, Any]:
    """Return the first day, the number of days after it, and by place the days of its events and its holders.

    Events are [first, last] and stretches of control [first, last, colour, holder, state, disputed], in days from the
    first; an open side is null. What has no date is left out.
    """
    events = [e for e in ix.timeline if e.when.first and e.place]
    spells = [c for c in ix.record.control if c.since or c.until]
    sides = [first_day(e.when.start or "") for e in events]
    sides += [first_day(side) for c in spells for side in (c.since, c.until) if side]
    if not sides:
        return {"first": None, "days": 0, "events": {}, "control": {}}
    last = max(sides)
    first = max(min(sides), date.fromordinal(max(1, last.toordinal() - _MOST)))
    shown: dict[str, list[list[int]]] = {}
    for event in events:
        span = [_at(event.when.start, first), _end(event.when.end or event.when.start, first)]
        shown.setdefault(str(event.place), []).append(span)
    held: dict[str, list[list[object]]] = {}
    for c in spells:
        words = name_of(ix, c.holder) or "nobody named"
        since = _at(c.since, first) if c.since else None
        until = _end(c.until, first) if c.until else None
        held.setdefault(c.place, []).append(
            [since, until, shades_of(ix).get(c.holder or "", 0), words, c.state, c.disputed]
        )
    return {"first": first.isoformat(), "days": (last - first).days, "events": shown, "control": held}


def _at(iso: str | None, first: date) -> int:
    return max(0, (first_day(iso or "") - first).days)


def _end(iso: str | None, first: date) -> int:
    return max(0, (day_after(iso or "") - first).days - 1)
