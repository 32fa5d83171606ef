"""Compiles the gazetteer's sources into one SQLite file in the user's cache folder, once."""

from __future__ import annotations

import logging
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from hashlib import sha256
from math import cos, hypot, radians
from pathlib import Path
from shutil import copyfile
from typing import Any

import platformdirs

from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.gazetteer_divisions import divisions, divisions_state
from onrecord.lexicon.gazetteer_sources import (
    Row,
    Supplement,
    article_keys,
    bare_name,
    countries,
    key_names,
    package_version,
    supplement,
    supplement_bytes,
    towns,
)
from onrecord.lexicon.gazetteer_users import Heard, UsersFile, unheard
from onrecord.model.errors import DataError

_FORMAT = 6  # raise it when the tables or what goes into them change
# A town of ours and one of GeoNames with a name in common are the same within this reach: of 420 such pairs all but six
# lie within 4 km of each other, and the next town of the same name is further off than this.
_SAME_TOWN_KM = 15.0
_KEPT = 3  # compiled files beside the newest, 40 MB each: one of an earlier version, and those of two records

LOG = logging.getLogger("onrecord")

_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lon REAL NOT NULL,
    lat REAL NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT, population INTEGER NOT NULL,
    within TEXT, geonames INTEGER, rough INTEGER NOT NULL);
CREATE TABLE name (folded TEXT NOT NULL, place INTEGER NOT NULL, common INTEGER NOT NULL,
    PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE sound (skeleton TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (skeleton, place)) WITHOUT ROWID;
"""
_INDEX = """
CREATE INDEX place_lat ON place (lat);
CREATE INDEX place_country ON place (country) WHERE kind = 'country';
"""
_QUICK = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # a file that breaks is made anew
_ADD_PLACE = "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
_ADD_NAME = "INSERT INTO name VALUES (?,?,?)"
_ADD_SOUND = "INSERT OR IGNORE INTO sound VALUES (?,?)"


def compiled(extra: tuple[Path, ...], cache: Path | None, heard: Heard = unheard) -> Path:
    """Return the path of the compiled gazetteer, which is made first where it is not there.

    A user's own files are put into a copy of the compiled gazetteer, which takes a moment. Two processes may do so at
    once: each writes a file of its own and moves it into place whole. `heard` is told how far each file of the user's
    is read. Raises DataError, and where the folder cannot be written.
    """
    folder = (cache or _cache_folder()).absolute()
    digest = _digest(f"{_FORMAT}".encode(), supplement_bytes(), divisions_state())
    base = folder / f"gazetteer-{package_version()}-{digest}.sqlite"
    users = [UsersFile(path) for path in extra]
    digests = [file.digest() for file in users]
    if not base.exists():
        LOG.info("Preparing the gazetteer, once: about a quarter of a minute…")
        _make(base, lambda aside: _build(aside, supplement()))
    if not users:
        return base
    target = base.with_stem(f"{base.stem}-{_digest(*digests)}")
    if not target.exists():
        _make(target, lambda aside: _extend(base, aside, users, heard))
    return target


def check_extra(path: Path, heard: Heard = unheard) -> int:
    """Return how many places a user's file holds. Raises DataError that names the file and the entry or line."""
    count = sum(1 for _ in UsersFile(path).rows(heard))
    if not count:
        raise DataError(f"{path} holds no place that the gazetteer can use")
    return count


def _cache_folder() -> Path:
    named = os.environ.get("ONRECORD_CACHE")
    return Path(named) if named else platformdirs.user_cache_path("onrecord", appauthor=False)


def _digest(*contents: bytes) -> str:
    return sha256(b"".join(sha256(content).digest() for content in contents)).hexdigest()[:16]


def _make(target: Path, fill: Callable[[Path], None]) -> None:
    """Make a file aside and move it into place, then drop what earlier versions left in the folder."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="gazetteer-", suffix=".part", dir=target.parent)
    except OSError as error:
        advice = "name a folder that you may write to in the variable ONRECORD_CACHE"
        raise DataError(f"the gazetteer cannot be kept in {target.parent} ({error.strerror}); {advice}") from error
    os.close(handle)
    aside = Path(name)
    try:
        fill(aside)
        _put(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    _drop_old(target)


def _drop_old(newest: Path) -> None:
    """Remove compiled files but for the newest few, which other versions or records may be using in turn."""
    others = [path for path in newest.parent.glob("gazetteer-*.sqlite") if path != newest]
    with suppress(OSError):  # another process may be doing the same, or have one open (Windows)
        for path in sorted(others, key=lambda p: (p.stat().st_mtime, p.name), reverse=True)[_KEPT:]:
            path.unlink(missing_ok=True)


def _put(aside: Path, target: Path) -> None:
    """Move the file into place; where another process was first and has it open, theirs is as good (Windows)."""
    try:
        aside.replace(target)
    except PermissionError:
        if not target.exists():
            raise


def _build(path: Path, ours: Supplement) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_QUICK + _TABLES)
        writer = _Writer(database, ours.transliterated)
        known = _Known(ours)
        for town in towns():
            if not known.takes(town):
                writer.add(town)
        for row in (*known.rows(), *divisions().rows):
            writer.add(row)
        writer.settle_within()
        database.executescript(_INDEX)
        database.commit()


def _extend(base: Path, path: Path, users: list[UsersFile], heard: Heard) -> None:
    """Write a copy of the compiled gazetteer with the user's places, each in the stead of the one that it is."""
    copyfile(base, path)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_QUICK)
        known = supplement().transliterated.union(*(file.transliterated for file in users))
        writer = _Writer(database, known)
        for file in users:
            for row in file.rows(heard):
                writer.put(row)
        writer.settle_within()
        database.commit()


class _Known:
    """The places of the supplement, which take up the names of the towns that they are."""

    def __init__(self, ours: Supplement) -> None:
        self._rows = {(row.country, row.name if row.geonames is None else row.key): row for row in ours.rows}
        self._numbers = {row.geonames: at for at, row in self._rows.items() if row.geonames is not None}
        self._named: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for at, row in self._rows.items():
            if row.kind == "town":
                for name in key_names(row):
                    self._named[row.country, name].append(at)

    def rows(self) -> Iterator[Row]:
        """Yield our places, the countries with GeoNames' number, name and population."""
        facts = countries()
        for row in self._rows.values():
            about = facts.get(row.country) if row.kind == "country" else None
            yield _merged(row, _country(row, about)) if about else row

    def takes(self, town: Row) -> bool:
        """Tell whether GeoNames' town is one of ours; if so ours takes its number, names and population."""
        at = self._numbers.get(town.geonames or 0)
        if at is None:
            alike = (a for name in key_names(town) for a in self._named.get((town.country, name), ()))
            at = next((a for a in alike if self._is(a, town)), None)
        if at is None:
            return False
        self._rows[at] = _merged(self._rows[at], town)
        return True

    def _is(self, at: tuple[str, str], town: Row) -> bool:
        ours = self._rows[at]
        return ours.geonames is None and _kilometres(ours, town) <= _SAME_TOWN_KM


def _merged(ours: Row, town: Row) -> Row:
    """Return our place with what GeoNames adds; a rough point of ours gives way to theirs."""
    taken = town if ours.rough else ours
    return replace(
        ours,
        lat=taken.lat,
        lon=taken.lon,
        rough=False,
        aliases=(*ours.aliases, town.name),
        others=(*ours.others, *town.aliases, *town.others),
        geonames=town.geonames,
        admin1=ours.admin1 or town.admin1,
        population=ours.population or town.population,
    )


def _country(row: Row, about: dict[str, Any]) -> Row:
    """Return what GeoNames' list says of a country, which gives no coordinates."""
    return Row(
        name=about["name"],
        lat=row.lat,
        lon=row.lon,
        kind="country",
        country=about["iso"],
        population=about["population"],
        geonames=about["geonameid"],
    )


def _kilometres(one: Row, other: Row) -> float:
    """Return the distance on a flat map, good enough for a few tens of kilometres."""
    return 111.2 * hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(one.lat)))


class _Writer:
    """Writes places and their names into the tables."""

    def __init__(self, database: sqlite3.Connection, transliterated: frozenset[str]) -> None:
        self._database = database
        self._transliterated = transliterated | {""}
        self._count = database.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0]
        self._held: list[tuple[int, Row]] = []

    def add(self, row: Row) -> None:
        self._count += 1
        self._database.execute(_ADD_PLACE, self._cells(row))
        is_heard = row.country in self._transliterated
        keys = key_names(row) | (article_keys(row) if is_heard else {})
        self._database.executemany(_ADD_NAME, ((name, self._count, common) for name, common in keys.items()))
        if is_heard:
            sounds = filter(None, map(skeleton, row.names))
            self._database.executemany(_ADD_SOUND, ((sound, self._count) for sound in sounds))
        if row.within is not None:
            self._held.append((self._count, row))

    def put(self, row: Row) -> None:
        """Add a user's place; where the gazetteer has it, the user's point and name go before, and all names stay."""
        old = self._same(row)
        if old is None:
            self.add(row)
            return
        number, geonames, admin1, population, old_key = old
        merged = replace(
            row,
            geonames=row.geonames or geonames,
            admin1=row.admin1 or admin1,
            population=row.population or population,
        )
        self._database.execute("DELETE FROM place WHERE id = ?", (number,))
        self.add(merged)
        for table in ("name", "sound"):
            self._database.execute(f"UPDATE OR IGNORE {table} SET place = ? WHERE place = ?", (self._count, number))  # noqa: S608
            self._database.execute(f"DELETE FROM {table} WHERE place = ?", (number,))  # noqa: S608
        self._database.execute("UPDATE place SET within = ? WHERE within = ?", (merged.key, old_key))

    def _same(self, row: Row) -> tuple[int, int | None, str | None, int, str] | None:
        """Return what the gazetteer has of a user's place: by its number or key, else as the town of a name near by."""
        columns = "place.id, geonames, admin1, population, key, lat, lon"
        by_key = f"SELECT {columns} FROM place WHERE key = ?"  # noqa: S608 - the column list is ours
        found = self._database.execute(by_key, (row.key,)).fetchone()
        if found is None and row.geonames is None:
            by_name = (
                f"SELECT DISTINCT {columns} FROM name JOIN place ON place.id = name.place "  # noqa: S608
                "WHERE folded = ? AND country = ? AND kind = ? ORDER BY population DESC, key"
            )
            named = (r for n in key_names(row) for r in self._database.execute(by_name, (n, row.country, row.kind)))
            found = next((r for r in named if self._is_near(row, r[5], r[6])), None)
        return found[:5] if found else None

    def _is_near(self, row: Row, lat: float, lon: float) -> bool:
        return _kilometres(row, replace(row, lat=lat, lon=lon)) <= _SAME_TOWN_KM

    def _cells(self, row: Row) -> tuple[object, ...]:
        point = (row.lon, row.lat)
        rest = (row.admin1, row.population, None, row.geonames, row.rough)
        return (self._count, row.key, bare_name(row.name), *point, row.kind, row.country, *rest)

    def settle_within(self) -> None:
        """Turn the name of the place around each place into its key. Raises DataError where there is none."""
        for number, row in self._held:
            key = self._around(row)
            self._database.execute("UPDATE place SET within = ? WHERE id = ?", (key, number))

    def _around(self, row: Row) -> str:
        query = (
            "SELECT place.key FROM name JOIN place ON place.id = name.place WHERE folded = ? AND country IN (?, '')"
            " AND place.key != ? ORDER BY kind = 'country', population DESC, place.key LIMIT 1"
        )
        found = self._database.execute(query, (fold(bare_name(row.within or "")), row.country, row.key)).fetchone()
        if found is None:
            raise DataError(f"{row.name!r} ({row.country}) lies within {row.within!r}, which no place there is called")
        return str(found[0])
