"""Reads a metadata.jsonl or metadata.csv that lies beside texts and says what is known about each."""

from __future__ import annotations

from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given, Item
from onrecord.sources.tables import given_of, rows

NAMES = ("metadata.csv", "metadata.jsonl")
Beside = dict[str, Given]


def is_metadata(name: str) -> bool:
    """Tell whether a file's name is that of metadata, which is no dispatch itself."""
    return name.rpartition("/")[2].lower() in NAMES


def read_metadata(item: Item) -> tuple[Beside, list[SetAside]] | None:
    """Return what the rows say by the path of their file, and the rows that cannot be used.

    Paths are those of the row, from the folder of the metadata on. A table whose first row names no `file` is not
    metadata but dispatches: `None`.
    """
    beside: Beside = {}
    bad: list[SetAside] = []
    kind = "csv" if item.name.lower().endswith(".csv") else "jsonl"
    try:
        for number, row in rows(item, kind, SourceOptions()):
            if isinstance(row, SetAside):
                bad.append(row)
                continue
            path = row.get("file") or row.get("filename")
            if path:
                beside[str(path).replace("\\", "/").removeprefix("./")] = given_of(row, {})
            elif not beside and "file" not in row and "filename" not in row:
                return None
            else:
                name = f"{item.name}#{number}"
                bad.append(
                    SetAside(name, "malformed", f"row {number} of {item.name} names no file; fill its column `file`")
                )
    except SourceError as error:
        bad.append(SetAside(item.name, error.reason, str(error)))
    return beside, bad
