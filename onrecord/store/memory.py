"""The store in memory, for tests, notebooks and one-off runs; it is gone with the process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from onrecord.model.errors import JudgementError, NotFoundError
from onrecord.model.records import Dispatch, Judgement, Reading, Record, SetAside
from onrecord.store.base import Added


class MemoryStore:
    """A store of plain dictionaries."""

    def __init__(self) -> None:
        self._dispatches: dict[str, Dispatch] = {}
        self._sightings: dict[str, list[Dispatch]] = {}
        self._readings: dict[str, Reading] = {}
        self._redated: dict[tuple[str, str], Reading] = {}
        self._aside: dict[tuple[str, str], SetAside] = {}
        self._judgements: dict[str, Judgement] = {}
        self._given: dict[str, None] = {}
        self._record = Record()
        self._log = self._version = self._record_of_log = 0

    def add(self, dispatch: Dispatch) -> Added:
        """See Store.add."""
        kept = self._dispatches.get(dispatch.id)
        seen = self._sightings.setdefault(dispatch.id, [])
        if dispatch in seen:
            return "known"
        seen.append(dispatch)
        if kept is None or dispatch.precedes(kept):
            self._dispatches[dispatch.id] = dispatch
            self._readings.pop(dispatch.id, None)
            self._log += 1
        return "added" if kept is None else "sighted"

    def dispatch(self, dispatch_id: str) -> Dispatch:
        """See Store.dispatch."""
        try:
            return self._dispatches[dispatch_id]
        except KeyError:
            raise NotFoundError(f"the record holds no dispatch {dispatch_id}") from None

    def dispatches(self) -> Iterator[Dispatch]:
        """See Store.dispatches."""
        for key in sorted(self._dispatches):
            yield self._dispatches[key]

    def sightings(self, dispatch_id: str) -> tuple[Dispatch, ...]:
        """See Store.sightings."""
        describing = self.dispatch(dispatch_id)
        rest = (d for d in self._sightings[dispatch_id] if d != describing)
        return (describing, *sorted(rest, key=lambda d: (d.file or "", d.url or "", d.outlet or "")))

    def unread(self, reader: str) -> Iterator[Dispatch]:
        """See Store.unread."""
        for dispatch in list(self.dispatches()):
            reading = self._readings.get(dispatch.id)
            if reading is None or reading.reader != reader:
                yield dispatch

    def save_reading(self, reading: Reading) -> None:
        """See Store.save_reading."""
        self._readings[reading.dispatch] = reading
        self._log += 1

    def readings(self) -> Iterator[Reading]:
        """See Store.readings."""
        for key in sorted(self._readings):
            yield self._readings[key]

    def save_redated(self, published: str, reading: Reading) -> None:
        """See Store.save_redated."""
        self._redated[reading.dispatch, published] = reading

    def redated(self, dispatch_id: str, published: str, reader: str) -> Reading | None:
        """See Store.redated."""
        reading = self._redated.get((dispatch_id, published))
        return reading if reading and reading.reader == reader else None

    def set_aside(self, item: SetAside) -> None:
        """See Store.set_aside."""
        self._aside[item.name, item.reason] = item

    def set_asides(self) -> tuple[SetAside, ...]:
        """See Store.set_asides."""
        return tuple(self._aside[key] for key in sorted(self._aside))

    def clear_set_aside(self, name: str) -> None:
        """See Store.clear_set_aside."""
        for key in [key for key in self._aside if key[0] == name]:
            del self._aside[key]

    def judge(self, judgement: Judgement) -> None:
        """See Store.judge."""
        if judgement.id not in self._judgements:
            self._judgements[judgement.id] = judgement
            self._log += 1

    def withdraw(self, judgement_id: str, at: str, by: str | None = None) -> Judgement:
        """See Store.withdraw."""
        judgement = self._judgements.get(judgement_id)
        if judgement is None:
            raise NotFoundError(f"there is no judgement {judgement_id}; `onrecord judgements` shows them")
        if judgement.withdrawn:
            raise JudgementError(f"judgement {judgement_id} was withdrawn at {judgement.withdrawn} already")
        self._judgements[judgement_id] = replace(judgement, withdrawn=at, withdrawn_by=by)
        self._log += 1
        return self._judgements[judgement_id]

    def judgements(self) -> tuple[Judgement, ...]:
        """See Store.judgements."""
        return tuple(sorted(self._judgements.values(), key=lambda j: (j.at, j.id)))

    def give(self, ids: Iterable[str]) -> None:
        """See Store.give."""
        self._given |= dict.fromkeys(ids)

    def given(self) -> tuple[str, ...]:
        """See Store.given."""
        return tuple(self._given)

    def save_record(self, record: Record) -> None:
        """See Store.save_record."""
        self._record = record
        self._record_of_log = self._log - len(set(self._judgements.values()) - set(record.judgements))
        self._version += 1

    def record(self) -> Record:
        """See Store.record."""
        return replace(self._record, judgements=self.judgements())

    def stale(self) -> bool:
        """See Store.stale."""
        return self._log != self._record_of_log

    def version(self) -> int:
        """See Store.version."""
        return self._version

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See Store.alone; a store in memory has one user."""
        yield

    def close(self) -> None:
        """See Store.close."""
