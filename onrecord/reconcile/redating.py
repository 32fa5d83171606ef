"""Reads dispatches again under a date that the record found for them, so that "on Sunday" means a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from onrecord.model.records import Claim, Dating, Dispatch, Reading
from onrecord.model.values import When
from onrecord.reconcile.intake import differing, renew
from onrecord.reconcile.judgements import redated
from onrecord.reconcile.sightings import Read
from onrecord.reconcile.tellings import is_fine

Reread = Callable[[Dispatch], Reading | None]
PRECISIONS = (10, 7, 4)  # characters of a day, a month and a year


def published_in(between: When) -> str | None:
    """Return the ISO date that covers the days between which a dispatch was published, cut where the two differ."""
    return _common(between.start, between.end)


def dated_outright(
    found: Mapping[str, Read], after: Mapping[str, Dispatch], judged: Mapping[str, str], lineage: Mapping[str, str]
) -> dict[str, Dating]:
    """Return the datings of the dispatches that a person or a copy of them dated."""
    dated = {}
    for name, dispatch in after.items():
        if dispatch.published and dispatch.published != found[name].dispatch.published:
            why = "a person gave this date" if name in judged else f"a copy of it, {lineage[name]}, has this date"
            dated[name] = Dating(name, When(dispatch.published, dispatch.published), (why,))
    return dated


def _estimated(dispatch: Dispatch, dating: Dating | None) -> Dispatch:
    """Return an undated dispatch with the date that covers its dating, if one does."""
    date = published_in(dating.between) if dating and not dispatch.published else None
    return redated(dispatch, date)


class Redating:
    """Dispatches as others of the same events date them too, and what those that gained a date are read as under it.

    `reread` is pure; where it returns `None` the reading stays as it is, its times open.
    """

    def __init__(self, reread: Reread | None) -> None:
        self.dispatches: dict[str, Dispatch] = {}
        self.again: dict[str, Reading] = {}
        self._reread = reread
        self._asked: dict[str, tuple[Reading, Dispatch, tuple[str, ...]]] = {}

    def update(
        self, found: Mapping[str, Read], dispatches: Mapping[str, Dispatch], datings: Mapping[str, Dating]
    ) -> set[str]:
        """Date dispatches, and read them again, anew where something changed; return those that are now other.

        `found` are the dispatches as they were read, `dispatches` as a person or a copy dates them.
        """
        dated = {i: _estimated(d, datings.get(i)) for i, d in dispatches.items()}
        changed = differing(self.dispatches, dated)
        renew(self.dispatches, changed)
        asked = {i: a for i, d in dated.items() if self._reread and (a := _asked(found[i], d, datings.get(i)))}
        other = differing(self._asked, asked)
        renew(self._asked, other)
        renew(self.again, {i: self._read_again(*a) if a else None for i, a in other.items()})
        return changed.keys() | other.keys()

    def _read_again(self, reading: Reading, dispatch: Dispatch, days: Iterable[str]) -> Reading | None:
        """Return the reading under these dates: what comes out the same every time is so, and the rest covers all."""
        made = [self._reread(replace(dispatch, published=day)) for day in days] if self._reread else []
        read = [r for r in made if r is not None]
        if len(read) < len(made):
            return reading
        return _agreed(read[0], read[-1]) if len(read) > 1 else read[0]


def _asked(found: Read, dispatch: Dispatch, dating: Dating | None) -> tuple[Reading, Dispatch, tuple[str, ...]] | None:
    """Return what is to be read again and the dates under which: of several days of a week the first and the last."""
    if dispatch.published is None or dispatch.published == found.dispatch.published or not found.reading.reader:
        return None
    fine = dating is not None and is_fine(dating.between)
    days = (dating.between.start, dating.between.end) if dating and fine else (dispatch.published,)
    return found.reading, dispatch, tuple(dict.fromkeys(day for day in days if day))


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
