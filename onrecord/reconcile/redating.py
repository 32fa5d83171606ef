"""Reads dispatches again under a date that the record found for them, so that "on Sunday" means a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from onrecord.model.records import Claim, Dating, Dispatch, Reading
from onrecord.model.values import When
from onrecord.reconcile.judgements import redated
from onrecord.reconcile.tellings import is_fine

Reread = Callable[[Dispatch], Reading | None]
PRECISIONS = (10, 7, 4)  # characters of a day, a month and a year


def published_in(between: When) -> str | None:
    """Return the ISO date that covers the days between which a dispatch was published, cut where the two differ."""
    return _common(between.start, between.end)


def given(
    before: Mapping[str, Dispatch], after: Mapping[str, Dispatch], judged: Mapping[str, str], lineage: Mapping[str, str]
) -> dict[str, Dating]:
    """Return the datings of the dispatches that a person or a copy of them dated."""
    found = {}
    for name, dispatch in after.items():
        if dispatch.published and dispatch.published != before[name].published:
            why = "a person gave this date" if name in judged else f"a copy of it, {lineage[name]}, has this date"
            found[name] = Dating(name, When(dispatch.published, dispatch.published), (why,))
    return found


def estimated(dispatch: Dispatch, dating: Dating | None) -> Dispatch:
    """Return an undated dispatch with the date that covers its dating, if one does."""
    date = published_in(dating.between) if dating and not dispatch.published else None
    return redated(dispatch, date)


class Rereadings:
    """Readings under the date that a dispatch has now, each made once; `reread` is pure."""

    def __init__(self, reread: Reread | None) -> None:
        self._reread = reread
        self._made: dict[str, tuple[tuple[Reading, Dispatch, tuple[str, ...]], Reading]] = {}

    def of(self, reading: Reading, before: Dispatch, after: Dispatch, dating: Dating | None) -> Reading:
        """Return the reading, that of a dispatch which gained another date read again under it.

        `before` is the dispatch as it was read, `after` as it is dated now. One that was published on one of several
        days of a week is read under the first and the last: what comes out the same both times is so, and the rest
        covers both. Where `reread` returns `None` the reading stays as it is, its times open.
        """
        days = _days(before, after, dating) if self._reread else ()
        made = self._made.pop(reading.dispatch, None)
        if self._reread is None or not days:
            return reading
        asked = (reading, after, days)
        again = made[1] if made and made[0] == asked else _again(reading, after, days, self._reread)
        self._made[reading.dispatch] = (asked, again)
        return again


def _days(before: Dispatch, after: Dispatch, dating: Dating | None) -> tuple[str, ...]:
    """Return the dates under which a dispatch is to be read again, which may be none."""
    if after.published is None or after.published == before.published:
        return ()
    fine = dating is not None and is_fine(dating.between)
    days = (dating.between.start, dating.between.end) if dating and fine else (after.published,)
    return tuple(dict.fromkeys(day for day in days if day))


def _again(reading: Reading, after: Dispatch, days: Iterable[str], reread: Reread) -> Reading:
    made = [reread(replace(after, published=day)) for day in days]
    read = [r for r in made if r is not None]
    if len(read) < len(made):
        return reading
    return _agreed(read[0], read[-1]) if len(read) > 1 else read[0]


def _agreed(one: Reading, other: Reading) -> Reading:
    """Return the first reading with times that hold in both."""
    others = {c.id: c for c in other.claims}
    return replace(one, claims=tuple(_both(c, others.get(c.id, c)) for c in one.claims))


def _both(one: Claim, other: Claim) -> Claim:
    return replace(one, when=_hull(one.when, other.when), as_of=_common(one.as_of, other.as_of))


def _hull(one: When, other: When) -> When:
    """Return the stretch that covers both; a side that one leaves open stays open."""
    starts, ends = [one.start, other.start], [one.end, other.end]
    return When(
        start=None if None in starts else min(s for s in starts if s),
        end=None if None in ends else max(e for e in ends if e),
    )


def _common(one: str | None, other: str | None) -> str | None:
    """Return what two ISO dates have in common, cut at a precision."""
    if one is None or other is None:
        return None
    return next((one[:n] for n in PRECISIONS if one[:n] == other[:n] and len(one) >= n), None)
