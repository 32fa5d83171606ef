"""A record and all that one does with it: the same verbs that the command line has, for Python."""

from __future__ import annotations

import getpass
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Unpack

from onrecord import sharing
from onrecord.additions import Additions
from onrecord.deciding import Decider
from onrecord.exports.compare import Comparison, compare
from onrecord.exports.compare_page import write as write_comparison
from onrecord.exports.conventions import Conventions
from onrecord.exports.losses import Losses
from onrecord.exports.material import Help, Material
from onrecord.exports.places import GazetteerDivisions
from onrecord.exports.selection import Selection
from onrecord.exports.tables import TABLES, Row
from onrecord.exports.write import Asked, packed, text_export, write_export
from onrecord.finding import Found, found_in
from onrecord.kits import Rereader, StandardReader, known_actors, rule_kit
from onrecord.lexicon.actors import Actors, changed_names, holds_any
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.lexicon.gazetteer_users import Heard, unheard
from onrecord.lexicon.ownactors import OwnActor
from onrecord.model.errors import NotFoundError, OnrecordError, StoreError
from onrecord.model.records import Judgement, Record, SetAside, Standing
from onrecord.model.vocabulary import RULES, Rule
from onrecord.pipeline import Progress, Report, quiet, run
from onrecord.reconcile.record import Knowledge, Reconciler
from onrecord.scale.local import processes
from onrecord.sources.open import SourceOptions, read_source
from onrecord.store.base import Store
from onrecord.store.memory import MemoryStore
from onrecord.store.sql import open_sqlite


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file of judgements: how many were added, known, or withdrawn as they are in the file.

    `standings` say what became of each of the file's judgements here, `aside` which lines were none.
    """

    added: int
    known: int
    withdrawn: int
    standings: tuple[tuple[Judgement, Standing], ...]
    aside: tuple[SetAside, ...]


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

    def to_geopandas(self) -> Any:
        """Return the table as a GeoDataFrame with points in WGS 84, none where no place is known.

        Raises OnrecordError where geopandas is not installed, or the table has no places.
        """
        if self.rows and "longitude" not in self.rows[0]:
            raise OnrecordError("this table has no places; events, figures, entities and control have")
        try:
            from geopandas import GeoDataFrame, GeoSeries  # noqa: PLC0415 -- an optional library
            from shapely import Point  # noqa: PLC0415 -- comes with geopandas
        except ImportError:
            raise OnrecordError("tables with points need geopandas: pip install 'onrecord[maps]'") from None
        pairs = [(row["longitude"], row["latitude"]) for row in self.rows]
        points = [None if None in pair else Point(pair) for pair in pairs]
        return GeoDataFrame(self.to_pandas(), geometry=GeoSeries(points, crs="EPSG:4326"), crs="EPSG:4326")


class Project:
    """A record file, open. Use it in a `with` block, or `close` it."""

    def __init__(self, store: Store, additions: Additions | None = None) -> None:
        self.store = store
        self._additions = additions or Additions()
        self._reconciler: tuple[object, Reconciler] | None = None  # with what was added beside the record

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
        self._reconciler = None
        return self._run((), workers=workers, progress=progress, anew=True)

    def _run(self, items: Any, *, workers: int = 1, progress: Progress = quiet, anew: bool = False) -> Report:
        return run(
            items,
            self.store,
            read=StandardReader(self._additions.extras),
            reconcile=partial(self._reconcile(), given=self.store.given()),
            mapper=map if workers == 1 else processes(workers),
            progress=progress,
            anew=anew,
        )

    def _conclude(self) -> None:
        logs = self.store.dispatches(), self.store.readings(), self.store.judgements(), self.store.given()
        self.store.save_record(self._reconcile()(*logs))

    def _reconcile(self) -> Reconciler:
        """Return what makes the record; while the project is open it remembers, so that little is made twice."""
        beside = self._additions.settings, self._additions.extras
        if self._reconciler is None or self._reconciler[0] != beside:
            self._reconciler = (beside, self._reconciler_under(self._additions.settings.figures))
        return self._reconciler[1]

    def _reconciler_under(self, rule: Rule) -> Reconciler:
        chosen, extras = self._additions.settings, self._additions.extras
        parts = rule_kit(extras)
        return Reconciler(
            Knowledge(actors=parts.actors, gazetteer=parts.gazetteer),
            rule=rule,
            grades=chosen.grades,
            reread=Rereader(StandardReader(extras), self.store),
        )

    # ---------------------------------------------------------------------------------------- the record

    @property
    def record(self) -> Record:
        """The record as last brought up to date."""
        return self.store.record()

    def find(self, key: str) -> Found:
        """Return what goes by this id, an id's beginning, or (for an entity) one of its names. Raises NotFoundError."""
        return found_in(self.record, key)

    # -------------------------------------------------------------------------------------- judgements

    @property
    def judgements(self) -> tuple[tuple[Judgement, Standing | None], ...]:
        """All judgements with what became of each; `None` where the record was not made since."""
        record = self.record
        found = {s.judgement: s for s in record.standings}
        return tuple((j, found.get(j.id)) for j in record.judgements)

    def judge(
        self, verdict: str, about: str, value: str | None = None, *, note: str | None = None, by: str | None = None
    ) -> Judgement:
        """Append a judgement and bring the record up to date. Raises JudgementError, NotFoundError."""
        with self.store.alone():
            judgement = self.note(self.record, verdict, about, value, note=note, by=by)
            self._conclude()
        return judgement

    def note(
        self,
        record: Record,
        verdict: str,
        about: str,
        value: str | None = None,
        *,
        note: str | None = None,
        by: str | None = None,
    ) -> Judgement:
        """Append a judgement on this record, the one that its maker saw, and leave it to `catch_up` to follow it.

        Waits for no run that holds the record. Raises JudgementError, NotFoundError.
        """
        decider = Decider(record, rule_kit(self._additions.extras))
        taken = {j.id for j in self.store.judgements() if j.withdrawn}
        moments = (_now(seconds) for seconds in itertools.count())
        made = (decider.judgement(verdict, about, value, by=by or user(), at=at, note=note) for at in moments)
        judgement = next(j for j in made if j.id not in taken)  # the same again after it was taken back is another
        self.store.judge(judgement)
        return judgement

    def catch_up(self) -> None:
        """Bring the record up to date with all that was read and judged, also with what comes in meanwhile."""
        while self.store.stale():
            with self.store.alone():
                if self.store.stale():
                    self._conclude()

    def withdraw(self, key: str, *, by: str | None = None) -> Judgement:
        """Take a judgement back and bring the record up to date. Raises NotFoundError, JudgementError."""
        found = self.find(key)
        if not isinstance(found, Judgement):
            raise NotFoundError(f"{key!r} is not a judgement; `onrecord judgements` shows them")
        with self.store.alone():
            judgement = self.store.withdraw(found.id, _now(), by or user())
            self._conclude()
        return judgement

    def export_judgements(self, path: str | Path | None = None) -> str | Path:
        """Return all judgements as JSON Lines, withdrawn ones too, or write them to a file and return its path."""
        dispatches = {d.id: d for d in self.store.dispatches()}
        text = "".join(sharing.lines(self.store.judgements(), dispatches))
        if path is None:
            return text
        return _written(Path(path), text)

    def import_judgements(self, path: str | Path) -> Imported:
        """Take in judgements that `export_judgements` wrote, and bring the record up to date.

        What is known already stays as it is, but a judgement withdrawn there is withdrawn here. What is about nothing
        in this record is kept and set aside (`adrift`) until that is there. Raises SourceError.
        """
        items = list(sharing.read_lines(Path(path)))
        given = {i.id: i for i in items if isinstance(i, Judgement)}
        with self.store.alone():
            known = {j.id: j for j in self.store.judgements()}
            taken_back = [i for n, i in given.items() if i.withdrawn and n in known and not known[n].withdrawn]
            for judgement in given.values():
                self.store.judge(judgement)
            for judgement in taken_back:
                self.store.withdraw(judgement.id, str(judgement.withdrawn), judgement.withdrawn_by)
            if self.store.stale():
                self._conclude()
        standings = tuple((j, s) for j, s in self.judgements if j.id in given and s)
        aside = tuple(i for i in items if isinstance(i, SetAside))
        new = len(given.keys() - known.keys())
        return Imported(new, len(given) - new, len(taken_back), standings, aside)

    # ------------------------------------------------------------------------------------------ tables out

    def export(
        self,
        name: str,
        path: str | Path | None = None,
        *,
        rule: Rule | None = None,
        losses: Losses | None = None,
        texts: bool = True,
        **asked: Unpack[Asked],
    ) -> str | list[Path]:
        """Return an export as text, or write it and return the paths; what it cannot say goes to `losses.csv` beside.

        A folder that is there, or a path that ends in a slash, gets a format of one file by its usual name.
        `since`, `until` (ISO dates), `place` (a name or id) and `grades` choose a part of the record; `rule` is the one
        under which figures are concluded. `losses` hears of what is lost, too; `texts` is for a bundle. Raises
        OnrecordError on an unknown format, rule or grade, or where a library is not installed; NotFoundError on an
        unknown place.
        """
        self.give_ids()
        record = self._under(rule)
        selection, aid = Selection(**asked), self.export_help(texts=texts)
        if path is None:
            return text_export(name, record, selection=selection, aid=aid, losses=losses)
        return write_export(name, record, path, selection=selection, aid=aid, losses=losses)

    def packed(
        self, name: str, record: Record | None = None, *, rule: Rule | None = None, **asked: Unpack[Asked]
    ) -> bytes:
        """Return all files of an export as one zip; of a `record` at hand, else as last brought up to date.

        Raises as `export` does.
        """
        self.give_ids(record)
        chosen = self._under(rule) if rule or record is None else record
        return packed(name, chosen, selection=Selection(**asked), aid=self.export_help())

    def compare(self, table: str | Path, output: str | Path) -> tuple[Comparison, list[Path]]:
        """Hold the record against a CSV of ACLED, UCDP GED or Airwars; write a page and a table, and return the paths.

        Raises SourceError where the file is no such table, OnrecordError where the output would be written over it.
        """
        if any(Path(output).with_suffix(end).absolute() == Path(table).absolute() for end in (".html", ".csv")):
            raise OnrecordError(f"{output} would be written over {table}; give --output another name")
        material = Material(self.record, self.export_help())
        found = compare(material, Path(table))
        return found, write_comparison(material, found, Path(output))

    def export_help(self, *, texts: bool = True) -> Help:
        """Return what exports are helped by: the user's conventions and actors, and where places lie."""
        extras = self._additions.extras
        divisions = GazetteerDivisions(lambda: rule_kit(extras).gazetteer)
        return Help(Conventions(self._additions.conventions), known_actors(extras.actors), divisions, texts)

    def _under(self, rule: Rule | None) -> Record:
        """Return the record with its figures concluded under a rule; it is kept as it was."""
        if rule is None or rule == self._additions.settings.figures:
            return self.record
        if rule not in RULES:
            raise OnrecordError(f"there is no rule {rule!r}; rules are {', '.join(RULES)}")
        logs = self.store.dispatches(), self.store.readings(), self.store.judgements(), self.store.given()
        return self._reconciler_under(rule)(*logs)

    def give_ids(self, record: Record | None = None) -> None:
        """Note that the ids of the record are given out: what has them keeps them, whatever is added later.

        An export does so by itself; a `record` at hand need not be read again. In a record that one may not write
        nothing is noted.
        """
        record = record or self.record
        with suppress(StoreError):
            self.store.give(item.id for part in (record.events, record.figures, record.entities) for item in part)

    def __getattr__(self, name: str) -> Table:
        """Give `events`, `figures`, `statements`, `entities` and `control` as tables."""
        if name in TABLES:
            return Table(TABLES[name](self.record))
        raise AttributeError(name)

    # --------------------------------------------------------------------------- places and actors of one's own

    @property
    def gazetteer(self) -> Gazetteer:
        """The places that this record knows: those that ship, and the user's own."""
        return rule_kit(self._additions.extras).gazetteer

    @property
    def actors_known(self) -> Actors:
        """The actors that this record knows: those that ship, and the user's own."""
        return rule_kit(self._additions.extras).actors

    @property
    def gazetteer_files(self) -> tuple[Path, ...]:
        """The user's own gazetteer files, kept in a folder beside the record."""
        return self._additions.files

    def add_gazetteer(self, path: str | Path, *, heard: Heard = unheard) -> int:
        """Keep a copy of a gazetteer file beside the record and return how many places it holds.

        `heard` is told how many bytes of it are read. The dispatches are read again with it by the next `rebuild`.
        Raises DataError, OnrecordError.
        """
        return self._additions.add_gazetteer(Path(path), heard)

    def remove_gazetteer(self, name: str) -> None:
        """Drop the gazetteer file of this name, as far as the next `rebuild` is concerned. Raises NotFoundError."""
        self._additions.remove_gazetteer(name)

    @property
    def actors(self) -> tuple[OwnActor, ...]:
        """The user's own actors, kept in a file beside the record."""
        return self._additions.actors

    def add_actors(self, path: str | Path) -> tuple[OwnActor, ...]:
        """Take in the actors of a TOML or CSV file and return those that are new or changed. Raises DataError.

        Of the dispatches, only those that hold one of their names are read again by the next `rebuild`.
        """
        with self._other_actors():
            return self._additions.add_actors(Path(path))

    def remove_actor(self, name: str) -> OwnActor:
        """Drop an own actor, likewise. Raises NotFoundError, OnrecordError."""
        with self._other_actors():
            return self._additions.remove_actor(name)

    @contextmanager
    def _other_actors(self) -> Iterator[None]:
        """Sign the readings that a change of actors leaves as they are with the reader that knows of it."""
        before, known = self._additions.extras, known_actors(self._additions.own)
        yield
        after, now = self._additions.extras, known_actors(self._additions.own)
        if before == after:
            return
        names, old, new = changed_names(known, now), StandardReader(before).version, StandardReader(after).version
        with self.store.alone():
            for reading in self.store.readings():
                same = reading.reader == old and not holds_any(self.store.dispatch(reading.dispatch).text, names)
                if same:
                    self.store.save_reading(replace(reading, reader=new))


def open_project(path: str | Path = "record.db", *, create: bool = True, patience_s: float = 60.0) -> Project:
    """Open the record at `path`, made where it is absent; ":memory:" keeps it in memory. Raises StoreError."""
    if str(path) == ":memory:":
        return Project(MemoryStore())
    where = Path(path)
    return Project(open_sqlite(where, create=create, patience_s=patience_s), Additions.beside(where))


def _written(path: Path, text: str) -> Path:
    """Write a text to a file, whose folder is made where it is not there, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def user() -> str:
    """Return who decides where nobody is named: ONRECORD_USER, else the login name."""
    with suppress(OSError, KeyError, ImportError):
        return os.environ.get("ONRECORD_USER") or getpass.getuser()
    return "unknown"


def _now(seconds: int = 0) -> str:
    """Return this moment, or one so many seconds later, in UTC to the second."""
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
