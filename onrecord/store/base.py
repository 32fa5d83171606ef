"""What a store of the two logs and the record must do; memory, SQLite and PostgreSQL pass one contract test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from onrecord.model.records import Dispatch, Judgement, Reading, Record, SetAside

Added = Literal["added", "known", "sighted"]


class Store(Protocol):
    """The logs of what was read and judged and which ids were given out, and the record that follows from them.

    Each call is atomic: it is done whole or not at all, and killed at any moment leaves a store that opens.
    """

    def add(self, dispatch: Dispatch) -> Added:
        """Add a dispatch by its id: `added`, `known`, or `sighted` (the same text under another file or address).

        Every sighting is kept; the one that `Dispatch.precedes` puts first describes the dispatch, whatever the
        order in which they came. Where that changes the description, the reading is dropped, to be made again.
        """
        ...

    def dispatch(self, dispatch_id: str) -> Dispatch:
        """Return a dispatch. Raises NotFoundError."""
        ...

    def dispatches(self) -> Iterator[Dispatch]:
        """Yield all dispatches in the order of their ids."""
        ...

    def sightings(self, dispatch_id: str) -> tuple[Dispatch, ...]:
        """Return each form under which a text was offered, the describing one first."""
        ...

    def unread(self, reader: str) -> Iterator[Dispatch]:
        """Yield the dispatches that have no reading by this reader and version."""
        ...

    def save_reading(self, reading: Reading) -> None:
        """Keep a reading in place of an older one of the same dispatch."""
        ...

    def readings(self) -> Iterator[Reading]:
        """Yield all readings in the order of their dispatches' ids."""
        ...

    def save_redated(self, published: str, reading: Reading) -> None:
        """Keep what a dispatch was read as under a date that it does not have itself, in place of an older one."""
        ...

    def redated(self, dispatch_id: str, published: str, reader: str) -> Reading | None:
        """Return the reading of a dispatch under this date by this reader and version, `None` where there is none."""
        ...

    def set_aside(self, item: SetAside) -> None:
        """Note what could not be read; the same name and reason are noted once."""
        ...

    def set_asides(self) -> tuple[SetAside, ...]:
        """Return what was set aside, by name."""
        ...

    def clear_set_aside(self, name: str) -> None:
        """Forget that this was set aside, once it has been read after all."""
        ...

    def judge(self, judgement: Judgement) -> None:
        """Append a judgement; the same id again changes nothing."""
        ...

    def withdraw(self, judgement_id: str, at: str, by: str | None = None) -> Judgement:
        """Mark a judgement as withdrawn, and by whom. Raises NotFoundError; JudgementError if it was before."""
        ...

    def judgements(self) -> tuple[Judgement, ...]:
        """Return all judgements, withdrawn ones too, by time and id."""
        ...

    def give(self, ids: Iterable[str]) -> None:
        """Note that these ids of the record were given out; each is noted once, the first time."""
        ...

    def given(self) -> tuple[str, ...]:
        """Return the ids that were given out, in that order."""
        ...

    def save_record(self, record: Record) -> None:
        """Keep this record in place of the last one; it stays `stale` where a judgement is in the log that it lacks."""
        ...

    def record(self) -> Record:
        """Return the record last saved, an empty one where none was."""
        ...

    def stale(self) -> bool:
        """Tell whether anything was read or judged since the record was saved."""
        ...

    def version(self) -> int:
        """Return a number that grows with every saved record, for caches."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Hold the store for one writing run. Raises StoreError that names the wait where another process holds it."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...
