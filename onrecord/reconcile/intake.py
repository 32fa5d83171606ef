"""What is given: dispatches with their readings, dated as a person or a copy of them dates them, and their lineages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from onrecord.model.records import Dispatch, Reading
from onrecord.reconcile.judgements import Decisions, redated
from onrecord.reconcile.lineage import Lineages
from onrecord.reconcile.sightings import Read, sightings

T = TypeVar("T")


class Intake:
    """The dispatches by id, with and without their readings (`reads`), and who is whose copy (`lineages`)."""

    def __init__(self) -> None:
        self.reads: dict[str, Read] = {}
        self.dispatches: dict[str, Dispatch] = {}
        self.lineages = Lineages()
        self._given: dict[str, Dispatch] = {}  # as a person dates them

    def found(self, dispatches: Iterable[Dispatch], readings: Iterable[Reading]) -> dict[str, Read]:
        """Return each text once under its best description, by id, with its reading and the names in it.

        Of several readings of one dispatch that of the last reader by name counts. The names of a reading are looked
        for once.
        """
        once = _once(dispatches)
        last = _last(readings, once)
        return {i: self._read(d, last.get(i) or Reading(i, "")) for i, d in once.items()}

    def update(self, found: Mapping[str, Read], decided: Decisions) -> tuple[dict[str, Read | None], set[str]]:
        """Take in what was found; return the dispatches that changed and those of other lineages than before.

        A dispatch that is gone stands as `None`.
        """
        given = {i: redated(r.dispatch, decided.dated.get(i)) for i, r in found.items()}
        relined = self.lineages.update(differing(self._given, given), decided.copies, decided.originals)
        self._given = given
        dated = {i: _dated_by_copy(d, given[self.lineages.of[i]]) for i, d in given.items()}
        reads = {i: Read(dated[i], r.reading, r.sightings) for i, r in found.items()}
        changed = differing(self.reads, reads)
        renew(self.reads, changed)
        renew(self.dispatches, {i: read.dispatch if read else None for i, read in changed.items()})
        return changed, relined

    def _read(self, dispatch: Dispatch, reading: Reading) -> Read:
        known = self.reads.get(dispatch.id)
        seen = known.sightings if known and known.reading == reading else tuple(sightings([reading]))
        return Read(dispatch, reading, seen)


def differing(old: Mapping[str, T], new: Mapping[str, T]) -> dict[str, T | None]:
    """Return what came or changed, by id, with `None` for what went."""
    gone: dict[str, T | None] = dict.fromkeys(old.keys() - new.keys())
    return gone | {i: item for i, item in new.items() if i not in old or old[i] != item}


def renew(held: dict[str, T], changed: Mapping[str, T | None]) -> None:
    """Put in what came or changed, take away what is `None`."""
    for name, item in changed.items():
        held.pop(name, None)
        if item is not None:
            held[name] = item


def _once(dispatches: Iterable[Dispatch]) -> dict[str, Dispatch]:
    found: dict[str, Dispatch] = {}
    for dispatch in dispatches:
        if dispatch.id not in found or dispatch.precedes(found[dispatch.id]):
            found[dispatch.id] = dispatch
    return dict(sorted(found.items()))


def _last(readings: Iterable[Reading], dispatches: Mapping[str, Dispatch]) -> dict[str, Reading]:
    last: dict[str, Reading] = {}
    for reading in readings:
        known = last.get(reading.dispatch)
        if reading.dispatch in dispatches and (known is None or known.reader <= reading.reader):
            last[reading.dispatch] = reading
    return last


def _dated_by_copy(dispatch: Dispatch, oldest: Dispatch) -> Dispatch:
    """Return an undated dispatch with the date of the oldest copy of it."""
    return dispatch if dispatch.published else redated(dispatch, oldest.published)
