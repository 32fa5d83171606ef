"""A record and all that one does with it: the same verbs that the command line has, for Python."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from shutil import copyfile
from types import TracebackType
from typing import Any

from onrecord.exports.formats import FORMATS
from onrecord.exports.tables import TABLES, Row
from onrecord.extract.parts import Kit
from onrecord.extract.read import read, standard_kit
from onrecord.lexicon import gazetteer
from onrecord.model.errors import JudgementError, NotFoundError, OnrecordError, StoreError
from onrecord.model.records import (
    VERDICTS,
    Claim,
    Dispatch,
    Entity,
    Event,
    Figure,
    Judgement,
    Reading,
    Record,
    Statement,
    events_by_id,
    figures_by_id,
    judgement_id,
)
from onrecord.model.values import When, first_day
from onrecord.pipeline import Progress, Report, quiet, run
from onrecord.reader.neural import Reader
from onrecord.reconcile.record import Knowledge, Reconciler
from onrecord.scale.local import processes
from onrecord.sources.open import SourceOptions, read_source
from onrecord.store.base import Store
from onrecord.store.memory import MemoryStore
from onrecord.store.sql import open_sqlite

Found = Dispatch | Claim | Statement | Event | Figure | Entity | Judgement


@dataclass(frozen=True, slots=True)
class StandardReader:
    """Reads with the parts that ship and the user's own gazetteer files; light to send to another process."""

    places: tuple[Path, ...] = ()

    @property
    def version(self) -> str:
        """The reader's version, and a mark of the user's gazetteer files where there are some."""
        version = kit(self.places).version
        if not self.places:
            return version
        mark = sha256(b"".join(path.read_bytes() for path in self.places)).hexdigest()[:8]
        return f"{version}+{mark}"

    def __call__(self, dispatch: Dispatch) -> Reading:
        """Return the reading of a dispatch."""
        return replace(read(dispatch, kit(self.places)), reader=self.version)


@cache
def rule_kit(places: tuple[Path, ...] = ()) -> Kit:
    """Return the parts without the trained reader, made once a process: all that concluding and judging need."""
    return standard_kit(places, trained=False)


@cache
def kit(places: tuple[Path, ...] = ()) -> Kit:
    """Return the parts for reading, made once a process."""
    return replace(rule_kit(places), reader=Reader())


class Table:
    """One of the record's flat tables: iterate over its rows, or take it into pandas."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> Any:
        """Return the table as a pandas DataFrame. Raises OnrecordError where pandas is not installed."""
        try:
            from pandas import DataFrame  # noqa: PLC0415 -- an optional library
        except ImportError:
            raise OnrecordError("tables as DataFrames need pandas: pip install 'onrecord[tables]'") from None
        return DataFrame(self.rows)


class Project:
    """A record file, open. Use it in a `with` block, or `close` it."""

    def __init__(self, store: Store, *, places: Path | None = None) -> None:
        self.store = store
        self._places = places
        self._desk: tuple[tuple[Path, ...], Reconciler] | None = None

    def __enter__(self) -> Project:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the record file."""
        self.store.close()

    # -------------------------------------------------------------------------------------- dispatches in

    def add(
        self,
        *sources: str | Path,
        options: SourceOptions | None = None,
        workers: int = 1,
        progress: Progress = quiet,
    ) -> Report:
        """Read files, folders, archives, feeds or addresses into the record and bring it up to date.

        What cannot be read is set aside in the report and the rest is read. Raises SourceError where a source does
        not exist, before anything is read.
        """
        chosen = options or SourceOptions()
        streams = [read_source(str(source), options=chosen) for source in sources]
        return self._run(chain.from_iterable(streams), workers=workers, progress=progress)

    def rebuild(self, *, workers: int = 1, progress: Progress = quiet) -> Report:
        """Make the record anew from the logs; the same logs give the same record, byte for byte."""
        self._desk = None
        return self._run((), workers=workers, progress=progress, anew=True)

    def _run(self, items: Any, *, workers: int = 1, progress: Progress = quiet, anew: bool = False) -> Report:
        return run(
            items,
            self.store,
            read=StandardReader(self.gazetteer_files),
            reconcile=partial(self._reconcile(), given=self.store.given()),
            mapper=map if workers == 1 else processes(workers),
            progress=progress,
            anew=anew,
        )

    def _conclude(self) -> None:
        logs = self.store.dispatches(), self.store.readings(), self.store.judgements(), self.store.given()
        made = self._reconcile()(*logs)
        self.store.save_record(made)

    def _reconcile(self) -> Reconciler:
        """Return what makes the record; while the project is open it remembers, so that little is made twice."""
        files = self.gazetteer_files
        if self._desk is None or self._desk[0] != files:
            parts = rule_kit(files)
            self._desk = (files, Reconciler(Knowledge(actors=parts.actors, gazetteer=parts.gazetteer)))
        return self._desk[1]

    # ---------------------------------------------------------------------------------------- the record

    @property
    def record(self) -> Record:
        """The record as last brought up to date."""
        return self.store.record()

    def find(self, key: str) -> Found:
        """Return what goes by this id, an id's beginning, or (for an entity) one of its names. Raises NotFoundError."""
        return found_in(self.record, key)

    # -------------------------------------------------------------------------------------- judgements

    def judge(
        self, verdict: str, about: str, value: str | None = None, *, note: str | None = None, by: str | None = None
    ) -> Judgement:
        """Append a judgement and bring the record up to date. Raises JudgementError, NotFoundError."""
        _check(verdict, value)
        subject, quote, within = self._subject(verdict, about)
        if verdict in ("same", "different"):
            value, _, _ = self._subject(verdict, str(value))
        if subject == value:
            raise JudgementError(f"{about!r} is called {value!r} already; a judgement needs two names")
        who, at = by or _user(), _now()
        name = judgement_id(verdict, subject, value, who, at)
        judgement = Judgement(
            id=name, verdict=verdict, about=subject, by=who, at=at, value=value or within, quote=quote, note=note
        )
        with self.store.alone():
            self.store.judge(judgement)
            self._conclude()
        return judgement

    def withdraw(self, key: str) -> Judgement:
        """Take a judgement back and bring the record up to date. Raises NotFoundError, JudgementError."""
        found = self.find(key)
        if not isinstance(found, Judgement):
            raise NotFoundError(f"{key!r} is not a judgement; `onrecord judge list` shows them")
        with self.store.alone():
            judgement = self.store.withdraw(found.id, _now())
            self._conclude()
        return judgement

    def _subject(self, verdict: str, about: str) -> tuple[str, str | None, str | None]:
        """Return what a judgement is about, and for a claim its words and dispatch: a new reading may change its id."""
        found = self.find(about)
        if verdict == "wrong":
            if not isinstance(found, Claim):
                raise JudgementError(f"{about!r} is not a claim; `onrecord show` gives the ids of claims (c…)")
            return found.id, self.store.dispatch(found.dispatch).quote(found.trigger), found.dispatch
        if verdict == "dated":
            if not isinstance(found, Dispatch):
                raise JudgementError(f"{about!r} is not a dispatch; `onrecord status --dispatches` lists them")
            return found.id, None, None
        if not isinstance(found, Entity):
            raise JudgementError(f"{about!r} is not a person, group, organisation or place of the record")
        if verdict == "different":  # one of its spellings may be what is to be taken from it
            return (
                next((name for name in _spellings(found) if name.casefold() == about.casefold()), found.name),
                None,
                None,
            )
        return found.name, None, None

    # ------------------------------------------------------------------------------------------ tables out

    def export(self, name: str, path: str | Path | None = None) -> str | list[Path]:
        """Return an export as text, or write it and return the paths. Raises OnrecordError on an unknown format."""
        form = FORMATS.get(name)
        if form is None:
            raise OnrecordError(f"there is no format {name!r}; there are: {', '.join(FORMATS)}")
        if form.text is None:
            if path is None or form.folder is None:
                raise OnrecordError(f"{name} writes several files; say where with --output FOLDER")
            self.give_ids()
            return form.folder(self.record, Path(path))
        self.give_ids()
        text = form.text(self.record)
        if path is None:
            return text
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8", newline="")
        return [Path(path)]

    def give_ids(self) -> None:
        """Note that the ids of the record are given out: what has them keeps them, whatever is added later.

        An export does so by itself. In a record that one may not write nothing is noted.
        """
        record = self.record
        with suppress(StoreError):
            self.store.give(item.id for part in (record.events, record.figures, record.entities) for item in part)

    def __getattr__(self, name: str) -> Table:
        """Give `events`, `figures`, `statements`, `entities` and `control` as tables."""
        if name in TABLES:
            return Table(TABLES[name](self.record))
        raise AttributeError(name)

    # ------------------------------------------------------------------------------------------- gazetteer

    @property
    def gazetteer_files(self) -> tuple[Path, ...]:
        """The user's own gazetteer files, kept in a folder beside the record."""
        if self._places is None or not self._places.is_dir():
            return ()
        return tuple(sorted(p for p in self._places.iterdir() if p.is_file()))

    def add_gazetteer(self, path: str | Path) -> int:
        """Keep a copy of a gazetteer file beside the record and return how many places it holds. Raises DataError."""
        if self._places is None:
            raise OnrecordError("a record in memory keeps no gazetteer files; open one in a file")
        given, kept = Path(path), self._places / Path(path).name
        count = gazetteer.check_extra(given)
        others = (other for other in self.gazetteer_files if other != kept)
        # Tried with the others before it is kept: a file that does not fit would fail every later command.
        gazetteer.open_gazetteer(sorted([*others, given], key=lambda file: file.name)).close()
        self._places.mkdir(exist_ok=True)
        copyfile(given, kept)
        return count


def found_in(record: Record, key: str) -> Found:
    """Return what of a record goes by an id, its beginning, or a file's or entity's name. Raises NotFoundError."""
    kinds: tuple[tuple[Found, ...], ...] = (
        record.dispatches, record.claims, record.statements, record.events, record.figures, record.entities,
        record.judgements,
    )  # fmt: skip
    everything = list(chain.from_iterable(kinds))
    exact = [item for item in everything if item.id == key]
    named = [e for e in record.entities if key.casefold() in _names(e)]
    filed = [d for d in record.dispatches if d.file and key in (d.file, d.file.rsplit("/", 1)[-1])]
    begun = [item for item in everything if item.id.startswith(key)] if len(key) >= 4 else []
    for found in (exact, filed, named, begun):
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"{key!r} may mean {_choices(found)}; give one of these ids")
    earlier: dict[str, Found] = {**events_by_id(record), **figures_by_id(record)}
    if key in earlier:  # an id that it had before older dispatches of it were added
        return earlier[key]
    raise NotFoundError(f"nothing in the record goes by {key!r}; `onrecord status` shows what there is")


def open_project(path: str | Path = "record.db", *, create: bool = True, patience_s: float = 60.0) -> Project:
    """Open the record at `path`, made where it is absent; ":memory:" keeps it in memory. Raises StoreError."""
    if str(path) == ":memory:":
        return Project(MemoryStore())
    where = Path(path)
    return Project(open_sqlite(where, create=create, patience_s=patience_s), places=where.with_suffix(".gazetteer"))


def _check(verdict: str, value: str | None) -> None:
    if verdict not in VERDICTS:
        raise JudgementError(f"{verdict!r} is no verdict; use one of {', '.join(VERDICTS)}")
    if verdict != "wrong" and not value:
        raise JudgementError(f"the verdict {verdict!r} needs a value: a name, a date, or longitude,latitude")
    if verdict == "dated":
        try:
            first_day(str(value))
            When(value, value)
        except ValueError as error:
            raise JudgementError(f"{value!r} is no date; write 2017, 2017-10 or 2017-10-18") from error


def _spellings(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *(alias for alias, _ in entity.aliases))


def _names(entity: Entity) -> set[str]:
    return {name.casefold() for name in _spellings(entity)}


def _choices(found: list[Any]) -> str:
    named = (f"{item.id} ({item.name})" if isinstance(item, Entity) else item.id for item in found[:5])
    return ", ".join(named) + (" and others" if len(found) > 5 else "")


def _user() -> str:
    with suppress(OSError, KeyError, ImportError):
        return os.environ.get("ONRECORD_USER") or getpass.getuser()
    return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
