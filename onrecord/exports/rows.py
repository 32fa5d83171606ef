"""Rows of a convention as CSV: fixed columns, numbers that users' tools can hold, cells that no spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from onrecord.exports.tables import Value, cell
from onrecord.model.errors import DataError

Row = dict[str, Value]
MADE: Final = 1_000_000_000


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> Path:
    """Write rows as CSV after RFC 4180 with line feeds, row by row, and return the path; each row has every column."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([cell(row[name]) for name in columns])
    return path


def number_of(key: str) -> int:
    """Return a whole number that stands for an id: the same each time, and exact in R, Excel and JavaScript.

    53 bits, the whole numbers of a double: under one chance in a million of a clash among a hundred thousand.
    """
    return int.from_bytes(sha256(key.encode()).digest()[:7], "big") >> 3


def short_number_of(key: str) -> int:
    """Return a number of ten digits that stands for one of few things, such as a side: it fits into 32 bits.

    From `MADE` on, so that nobody takes it for the number of a project that counts from 1.
    """
    return MADE + number_of(key) % (2**31 - MADE)


def whole(number: float | None) -> int | float | None:
    """Return a number without ".0"."""
    return int(number) if number is not None and float(number).is_integer() else number


def fits(row: Mapping[str, Value], columns: Sequence[str]) -> None:
    """Raise DataError where a row has other columns than the convention."""
    if tuple(row) != tuple(columns):
        wrong = sorted(set(row) ^ set(columns))
        raise DataError(f"a row has other columns than its convention: {', '.join(wrong) or 'another order'}")
