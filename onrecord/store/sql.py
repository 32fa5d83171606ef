"""The store in a database: one SQLite file for a person, the same tables elsewhere for a team."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, literal, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from onrecord.model.errors import JudgementError, NotFoundError, StoreError
from onrecord.model.records import Dispatch, Judgement, Reading, Record, SetAside
from onrecord.model.sweeps import no_sweeps
from onrecord.store.base import Added
from onrecord.store.migrations import STEPS, form_of, migrate
from onrecord.store.rows import described, packed, record_of, unpacked, whole
from onrecord.store.saving import Saved
from onrecord.store.tables import (
    DISPATCHES,
    GIVEN,
    JUDGEMENTS,
    LINEAGE,
    MENTIONS,
    READINGS,
    RECORD_TABLES,
    REDATED,
    SET_ASIDE,
    SIGHTINGS,
    STATE,
)

BATCH = 500  # rows fetched at a time: a few MB of text
NOTICE_S = 0.5  # after this a wait is told, so that it does not look like a hang
PATIENCE_S = 60.0  # how long a writer waits for another: longer than one dispatch takes, shorter than a person's

LOG = logging.getLogger("onrecord")


class Logs:
    """Dispatches and readings by id, as they stood when the log had this number; `None` before they were read."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.dispatches: dict[str, Dispatch] = {}
        self.readings: dict[str, Reading] = {}

    def note(self, number: int, item: Dispatch | Reading | None = None) -> None:
        """Take in what was written as this number of the log, unless another process wrote in between."""
        if self.number is None:
            return
        if self.number != number - 1:
            self.number = None
            return
        self.number = number
        if isinstance(item, Reading):
            self.readings[item.dispatch] = item
        elif item is not None:
            self.dispatches[item.id] = item
            self.readings.pop(item.id, None)

    def ordered(self) -> Logs:
        """Return this with both in the order of the dispatches' ids."""
        self.dispatches = dict(sorted(self.dispatches.items()))
        self.readings = dict(sorted(self.readings.items()))
        return self


class SqlStore:
    """A store in one SQLite file. Use `open_sqlite`, which checks that the file is one."""

    def __init__(self, engine: Engine, lock: FileLock) -> None:
        self._engine = engine
        self._lock = lock
        self._logs = Logs()
        self._saved = Saved()
        self._given: tuple[int, tuple[str, ...]] = (0, ())  # the ids given out, and the number of the last
        self._record: tuple[int, Record] | None = None  # the record saved last, and its number
        with self._reading() as connection:
            current = form_of(connection) == len(STEPS)
        if not current:  # so that one may look through a record that one may not write
            with self._writing() as connection:
                migrate(connection)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
                yield connection
        except BaseException as error:
            self._logs.number = None  # what was noted is perhaps not in the file
            if isinstance(error, OperationalError):
                raise StoreError(_unwritten(self._lock.lock_file, str(error.orig))) from error
            raise

    def _reading(self) -> Connection:
        return self._engine.connect()

    # ------------------------------------------------------------------------------------------ dispatches

    def add(self, dispatch: Dispatch) -> Added:
        """See Store.add."""
        body = described(dispatch)
        with self._writing() as connection:
            kept = connection.execute(select(DISPATCHES.c.body).where(DISPATCHES.c.id == dispatch.id)).scalar()
            if kept is None:
                connection.execute(insert(DISPATCHES).values(id=dispatch.id, text=dispatch.text, body=body))
                connection.execute(insert(SIGHTINGS).values(dispatch=dispatch.id, body=body))
                self._logs.note(_grow(connection, "log"), dispatch)
                return "added"
            if self._seen(connection, dispatch.id, body):
                return "known"
            connection.execute(insert(SIGHTINGS).values(dispatch=dispatch.id, body=body))
            if dispatch.precedes(unpacked(kept, Dispatch)):
                connection.execute(update(DISPATCHES).where(DISPATCHES.c.id == dispatch.id).values(body=body))
                connection.execute(delete(READINGS).where(READINGS.c.dispatch == dispatch.id))
                self._logs.note(_grow(connection, "log"), dispatch)
            return "sighted"

    def _seen(self, connection: Connection, dispatch_id: str, body: str) -> bool:
        seen = select(literal(1)).where(SIGHTINGS.c.dispatch == dispatch_id, SIGHTINGS.c.body == body)
        return connection.execute(seen).scalar() is not None

    def dispatch(self, dispatch_id: str) -> Dispatch:
        """See Store.dispatch."""
        with self._reading() as connection:
            row = connection.execute(select(DISPATCHES).where(DISPATCHES.c.id == dispatch_id)).first()
        if row is None:
            raise NotFoundError(
                f"the record holds no dispatch {dispatch_id}; `onrecord status --dispatches` lists them"
            )
        return whole(row.body, row.text)

    def dispatches(self) -> Iterator[Dispatch]:
        """See Store.dispatches."""
        yield from self._all().dispatches.values()

    def sightings(self, dispatch_id: str) -> tuple[Dispatch, ...]:
        """See Store.sightings."""
        describing = self.dispatch(dispatch_id)
        with self._reading() as connection:
            bodies = connection.execute(select(SIGHTINGS.c.body).where(SIGHTINGS.c.dispatch == dispatch_id)).scalars()
            found = [whole(body, describing.text) for body in bodies]
        rest = sorted((d for d in found if d != describing), key=lambda d: (d.file or "", d.url or "", d.outlet or ""))
        return (describing, *rest)

    def unread(self, reader: str) -> Iterator[Dispatch]:
        """See Store.unread."""
        read = select(READINGS.c.dispatch).where(READINGS.c.reader == reader)
        for row in self._pages(select(DISPATCHES).where(DISPATCHES.c.id.not_in(read))):
            yield whole(row.body, row.text)

    def _pages(self, query: Any) -> Iterator[Any]:
        """Yield the rows of a query over dispatches by id, a batch at a time, with no cursor held between batches.

        Readings are saved while this goes on: the next batch starts after the last id seen, so nothing is skipped.
        """
        last = ""
        while True:
            page = query.where(DISPATCHES.c.id > last).order_by(DISPATCHES.c.id).limit(BATCH)
            with self._reading() as connection:
                rows = connection.execute(page).all()
            yield from rows
            if len(rows) < BATCH:
                return
            last = rows[-1].id

    # -------------------------------------------------------------------------------------------- readings

    def save_reading(self, reading: Reading) -> None:
        """See Store.save_reading."""
        body = packed(reading)
        with self._writing() as connection:
            connection.execute(delete(READINGS).where(READINGS.c.dispatch == reading.dispatch))
            values = {"dispatch": reading.dispatch, "reader": reading.reader, "body": body}
            connection.execute(insert(READINGS).values(values))
            # As it will be read from the file: there 275 is a number with a fraction, as its type says.
            self._logs.note(_grow(connection, "log"), unpacked(body, Reading))

    def readings(self) -> Iterator[Reading]:
        """See Store.readings."""
        yield from self._all().readings.values()

    def _all(self) -> Logs:
        """Return all dispatches and readings: from memory, unless another process wrote since they were read."""
        with self._reading() as connection:
            number = _number(connection, "log")
        if self._logs.number != number:
            texts = self._pages(select(DISPATCHES))
            read = self._pages(select(DISPATCHES.c.id, READINGS.c.body).join(READINGS))
            self._logs.dispatches = {row.id: whole(row.body, row.text) for row in texts}
            self._logs.readings = {row.id: unpacked(row.body, Reading) for row in read}
            self._logs.number = number
        return self._logs.ordered()

    def save_redated(self, published: str, reading: Reading) -> None:
        """See Store.save_redated."""
        with self._writing() as connection:
            old = (REDATED.c.dispatch == reading.dispatch) & (REDATED.c.published == published)
            connection.execute(delete(REDATED).where(old))
            values = {"dispatch": reading.dispatch, "reader": reading.reader, "body": packed(reading)}
            connection.execute(insert(REDATED).values(published=published, **values))

    def redated(self, dispatch_id: str, published: str, reader: str) -> Reading | None:
        """See Store.redated."""
        same = (REDATED.c.dispatch == dispatch_id, REDATED.c.published == published, REDATED.c.reader == reader)
        with self._reading() as connection:
            body = connection.execute(select(REDATED.c.body).where(*same)).scalar()
        return unpacked(body, Reading) if body is not None else None

    def set_aside(self, item: SetAside) -> None:
        """See Store.set_aside."""
        with self._writing() as connection:
            connection.execute(
                delete(SET_ASIDE).where(SET_ASIDE.c.name == item.name, SET_ASIDE.c.reason == item.reason)
            )
            connection.execute(insert(SET_ASIDE).values(name=item.name, reason=item.reason, advice=item.advice))

    def set_asides(self) -> tuple[SetAside, ...]:
        """See Store.set_asides."""
        with self._reading() as connection:
            rows = connection.execute(select(SET_ASIDE).order_by(SET_ASIDE.c.name, SET_ASIDE.c.reason)).all()
        return tuple(SetAside(name=r.name, reason=r.reason, advice=r.advice) for r in rows)

    def clear_set_aside(self, name: str) -> None:
        """See Store.clear_set_aside."""
        with self._writing() as connection:
            connection.execute(delete(SET_ASIDE).where(SET_ASIDE.c.name == name))

    # ------------------------------------------------------------------------------------------ judgements

    def judge(self, judgement: Judgement) -> None:
        """See Store.judge."""
        with self._writing() as connection:
            known = select(literal(1)).where(JUDGEMENTS.c.id == judgement.id)
            if connection.execute(known).scalar() is None:
                values = {"id": judgement.id, "at": judgement.at, "body": packed(judgement)}
                connection.execute(insert(JUDGEMENTS).values(values))
                self._logs.note(_grow(connection, "log"))

    def withdraw(self, judgement_id: str, at: str, by: str | None = None) -> Judgement:
        """See Store.withdraw."""
        with self._writing() as connection:
            body = connection.execute(select(JUDGEMENTS.c.body).where(JUDGEMENTS.c.id == judgement_id)).scalar()
            if body is None:
                raise NotFoundError(f"there is no judgement {judgement_id}; `onrecord judgements` shows them")
            judgement = unpacked(body, Judgement)
            if judgement.withdrawn:
                raise JudgementError(f"judgement {judgement_id} was withdrawn at {judgement.withdrawn} already")
            judgement = replace(judgement, withdrawn=at, withdrawn_by=by)
            change = update(JUDGEMENTS).where(JUDGEMENTS.c.id == judgement_id)
            connection.execute(change.values(body=packed(judgement)))
            self._logs.note(_grow(connection, "log"))
        return judgement

    def judgements(self) -> tuple[Judgement, ...]:
        """See Store.judgements."""
        with self._reading() as connection:
            bodies = connection.execute(select(JUDGEMENTS.c.body).order_by(JUDGEMENTS.c.at, JUDGEMENTS.c.id)).scalars()
            return tuple(unpacked(body, Judgement) for body in bodies)

    # -------------------------------------------------------------------------------------------- the record

    def give(self, ids: Iterable[str]) -> None:
        """See Store.give."""
        wanted = dict.fromkeys(ids)
        if wanted.keys() <= set(self.given()):
            return
        with self._writing() as connection:
            known = set(connection.execute(select(GIVEN.c.id)).scalars())
            connection.execute(insert(GIVEN), [{"id": name} for name in wanted if name not in known])

    def given(self) -> tuple[str, ...]:
        """See Store.given."""
        with self._reading() as connection:
            last = connection.execute(select(GIVEN.c.number).order_by(GIVEN.c.number.desc()).limit(1)).scalar() or 0
            if last != self._given[0]:
                found = connection.execute(select(GIVEN.c.id).order_by(GIVEN.c.number)).scalars()
                self._given = (last, tuple(found))
        return self._given[1]

    def save_record(self, record: Record) -> None:
        """See Store.save_record. Over a record that this process saved, only what is other is written."""
        try:
            with self._writing() as connection:
                before = _number(connection, "record")
                self._saved.write(connection, record, known=self._record is not None and self._record[0] == before)
                number = _grow(connection, "record")
                bodies = connection.execute(select(JUDGEMENTS.c.body)).scalars()
                late = {unpacked(body, Judgement) for body in bodies} - set(record.judgements)
                # A person may decide while the record is made: then it stands for a log before that decision.
                log = _number(connection, "log") - len(late)
                connection.execute(update(STATE).where(STATE.c.name == "record_of_log").values(number=log))
        except BaseException:
            self._record = None
            raise
        self._record = (number, record)

    def record(self) -> Record:
        """See Store.record."""
        if self._record is not None and self._record[0] == self.version():
            return replace(self._record[1], judgements=self.judgements())
        with no_sweeps():
            return self._read_record()

    def _read_record(self) -> Record:
        with self._reading() as connection, connection.begin():
            bodies = {
                t.name: list(connection.execute(select(t.c.body).order_by(t.c.ord)).scalars())
                for t in RECORD_TABLES
                if t is not LINEAGE
            }
            owners = list(connection.execute(select(MENTIONS.c.entity).order_by(MENTIONS.c.ord)).scalars())
            joined = select(DISPATCHES, LINEAGE).join(LINEAGE).order_by(LINEAGE.c.ord)
            rows = connection.execute(joined).all()
        dispatches = tuple(replace(whole(r.body, r.text), published=r.published, published_basis=r.basis) for r in rows)
        lineage = {r.id: r.origin for r in rows}
        return record_of(bodies, owners, dispatches=dispatches, lineage=lineage, judgements=self.judgements())

    def stale(self) -> bool:
        """See Store.stale."""
        with self._reading() as connection:
            return _number(connection, "log") != _number(connection, "record_of_log")

    def version(self) -> int:
        """See Store.version."""
        with self._reading() as connection:
            return _number(connection, "record")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See Store.alone."""
        self._wait()
        try:
            yield
        finally:
            self._lock.release()

    def _wait(self) -> None:
        """Take the lock of the record, and say so where another process has it."""
        record = self._lock.lock_file.removesuffix(".lock")
        patience = self._lock.timeout
        try:
            self._lock.acquire(timeout=min(NOTICE_S, patience))
        except Timeout:
            LOG.info("Another process is writing %s; waiting up to %.0f seconds for it…", record, patience)
            try:
                self._lock.acquire(timeout=patience)
            except Timeout as error:
                raise StoreError(_busy(self._lock.lock_file)) from error
        except OSError as error:
            raise StoreError(_unwritten(self._lock.lock_file, error.strerror or str(error))) from error

    def close(self) -> None:
        """See Store.close."""
        self._engine.dispose()


def open_sqlite(path: Path, *, patience_s: float = PATIENCE_S, create: bool = True) -> SqlStore:
    """Open or create the record file at `path`, waiting up to `patience_s` seconds for another writer.

    Raises StoreError where the file is not a record, cannot be written, or does not exist and `create` is off.
    """
    if not create and not path.exists():
        raise StoreError(f"there is no record at {path}; `onrecord add PATH` makes one, `--record` names another")
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file in it with --record, for example {path / 'record.db'}")
    if not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent} to keep {path.name} in; make it first")
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": patience_s})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        return SqlStore(engine, FileLock(f"{path}.lock", timeout=patience_s))
    except StoreError:
        engine.dispose()
        raise
    except DatabaseError as error:
        engine.dispose()
        raise StoreError(f"{path} cannot be opened as a record: {error.orig}; name another with --record") from error


def _prepare(connection: Any, _: object) -> None:
    """Set a new SQLite connection up; transactions are begun by `_begin`, not by the driver."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once where a transaction will write, so that two writers queue and never deadlock."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _grow(connection: Connection, name: str) -> int:
    connection.execute(update(STATE).where(STATE.c.name == name).values(number=STATE.c.number + 1))
    return _number(connection, name)


def _number(connection: Connection, name: str) -> int:
    return int(connection.execute(select(STATE.c.number).where(STATE.c.name == name)).scalar_one())


def _busy(lock_file: str) -> str:
    record = lock_file.removesuffix(".lock")
    return f"another process has been writing {record} for a while; wait until it is done, then run this again"


def _unwritten(lock_file: str, why: str) -> str:
    """Say why a record file cannot be written, in the words of the database or the system, and what to do."""
    record = lock_file.removesuffix(".lock")
    if "locked" in why:
        return _busy(lock_file)
    if "full" in why:
        return f"the disk that holds {record} is full; make room, then run this again: it goes on where it stopped"
    return (
        f"{record} cannot be written ({why}); it and its folder must be yours to write, or name another with --record"
    )
