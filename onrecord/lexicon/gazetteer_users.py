"""Reads a user's own places: TOML of our form, or a country file of GeoNames, line by line as it is or in its zip."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.lexicon.gazetteer_sources import Row, Supplement, is_degrees, is_latin_name, parsed
from onrecord.model.errors import DataError

# Hears how many bytes of a file are done and how many there are.
Heard = Callable[[int, int], None]

_ADVICE = "give a country file of download.geonames.org as it is or in its .zip, or a .toml file"
_COLUMNS = 19
_TELL_EVERY = 5000  # lines
_LARGEST = 4_000_000_000  # bytes of a file in a zip: all countries together have 1.7 GB
_COUNTRY = re.compile(r"[A-Z]{2}")
_CODES = {
    "ADM1": "admin1", "ADM2": "admin2", "PPLX": "quarter", "DSRT": "desert", "CMP": "camp", "CMPRF": "camp",
    "STLMT": "town", "CMPLA": "camp", "CMPMN": "camp", "CMPL": "camp", "LK": "lake", "LKS": "lake", "RSV": "lake",
    "STM": "river", "STMI": "river", "WAD": "river", "CNL": "river", "STMD": "river", "STMX": "river",
    "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "HLLS": "mountain", "RDGE": "mountain", "PK": "mountain",
}  # fmt: skip
_CLASSES = {"P": "town", "S": "facility", "L": "region", "R": "road"}


def unheard(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class UsersFile:
    """A file of a user's own places; nothing of it is read before it is asked for."""

    path: Path

    @property
    def transliterated(self) -> frozenset[str]:
        """The countries whose names reach English in many spellings, as a TOML file may say."""
        return self._toml().transliterated if self._is_toml else frozenset()

    def rows(self, heard: Heard = unheard) -> Iterator[Row]:
        """Yield the places, one at a time; `heard` is told how far the file is read.

        Raises DataError that names the file and the entry or line, also where the file cannot be read.
        """
        if self._is_toml:
            yield from self._toml().rows
        else:
            yield from _dump(self.path, heard)

    def digest(self) -> bytes:
        """Return the SHA-256 of the file. Raises DataError where it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").digest()
        except OSError as error:
            raise DataError(f"{self.path} cannot be read: {error.strerror}; {_ADVICE}") from None

    @property
    def _is_toml(self) -> bool:
        return self.path.suffix == ".toml"

    def _toml(self) -> Supplement:
        try:
            return parsed(str(self.path), self.path.read_bytes())
        except OSError as error:
            raise DataError(f"{self.path} cannot be read: {error.strerror}; {_ADVICE}") from None


def _dump(path: Path, heard: Heard) -> Iterator[Row]:
    """Yield the places of a GeoNames file; features of no use here (wells, capes, lower divisions) are passed over."""
    with _opened(path) as (raw, total):
        lines = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="\n")
        for number, line in enumerate(lines, start=1):
            if number % _TELL_EVERY == 0:
                heard(raw.tell(), total)
            row = _row(line.rstrip("\r\n"), f"{path}, line {number}")
            if row is not None:
                yield row
    heard(total, total)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file, or the one table in a zip, with its size. Raises DataError."""
    try:
        if path.suffix != ".zip":
            with path.open("rb") as file:
                yield file, path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            member = _table_in(archive, path)
            with archive.open(member) as inner:
                yield cast("BinaryIO", inner), member.file_size
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}; {_ADVICE}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # broken, cut short, or with a password
        raise DataError(f"{path} cannot be unpacked: {error}; {_ADVICE}") from None


def _table_in(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    tables = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()]
    if len(tables) != 1:
        raise DataError(f"{path} holds {len(tables)} tables (.txt) instead of one; {_ADVICE}")
    if tables[0].file_size > _LARGEST:
        raise DataError(f"{path} unpacks to more than {_LARGEST // 10**9} GB; {_ADVICE}")
    return tables[0]


def _row(line: str, where: str) -> Row | None:
    """Return the place of a line, `None` for an empty one and for what is of no use here. Raises DataError."""
    if not line:
        return None
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise DataError(f"{where}: {len(cells)} columns instead of {_COLUMNS}; {_ADVICE}")
    kind = _kind(cells[6], cells[7])
    try:
        row = _dumped(cells, kind) if kind else None
    except ValueError as error:
        raise DataError(f"{where}: {error}; a number stands wrong") from None
    if row is None:
        return None
    if not (is_degrees(row.lat, 90) and is_degrees(row.lon, 180)):
        raise DataError(f"{where}: {row.lat}, {row.lon} is no latitude and longitude in degrees")
    if not row.name.strip() or not (_COUNTRY.fullmatch(row.country) or not row.country):
        raise DataError(f"{where}: a place needs a name and a country code of two capitals; {_ADVICE}")
    return row


def _kind(feature_class: str, code: str) -> str | None:
    if code.startswith("PCL"):
        return "country"
    return _CODES.get(code) or _CLASSES.get(feature_class)


def _dumped(cells: list[str], kind: str) -> Row:
    return Row(
        name=cells[1],
        lat=float(cells[4]),
        lon=float(cells[5]),
        kind=kind,
        country=cells[8],
        aliases=(cells[2],) if is_latin_name(cells[2]) else (),
        others=tuple(a for a in cells[3].split(",") if is_latin_name(a)),
        admin1=cells[10] or None,
        population=int(cells[14] or 0),
        geonames=int(cells[0]),
    )
