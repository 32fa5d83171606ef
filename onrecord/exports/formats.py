"""The formats that `onrecord export` knows, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.exports import acled
from onrecord.exports.geojson import to_geojson
from onrecord.exports.material import Material
from onrecord.exports.record_json import to_json
from onrecord.exports.rows import Row, write_csv
from onrecord.exports.tables import write_folder
from onrecord.model.records import Record

Write = Callable[[Material, Path], list[Path]]


@dataclass(frozen=True, slots=True)
class Format:
    """One export. `write` writes it to a file with this `suffix`, or into a folder where that is empty.

    `loses` says in a few words what it cannot say. `binary` tells that it is no text, `needs` which extra of the
    package it takes. `text` makes a format of one text file straight from a record.
    """

    about: str
    suffix: str
    write: Write
    loses: str = "nothing"
    binary: bool = False
    needs: str | None = None
    text: Callable[[Record], str] | None = None


def _text(make: Callable[[Record], str]) -> Write:
    def write(material: Material, path: Path) -> list[Path]:
        path.write_text(make(material.record), encoding="utf-8", newline="")
        return [path]

    return write


def _folder(material: Material, path: Path) -> list[Path]:
    return write_folder(material.record, path)


def _table(columns: tuple[str, ...], rows: Callable[[Material], Iterator[Row]]) -> Write:
    def write(material: Material, path: Path) -> list[Path]:
        return [write_csv(path, columns, rows(material))]

    return write


FORMATS: dict[str, Format] = {
    "json": Format(
        "the whole record, format onrecord/1, every value cited", ".json", _text(to_json), text=to_json
    ),
    "csv": Format("a folder of tables: events, figures, statements, entities, control", "", _folder),
    "geojson": Format(
        "events, figures and control as points, for QGIS and web maps", ".geojson", _text(to_geojson), text=to_geojson
    ),
    "acled": Format(
        "ACLED's 31 columns, one row a day and place",
        ".csv",
        _table(acled.COLUMNS, acled.rows),
        "what is denied or only expected, rough dates and places, bounds, all figures but deaths, disputes, control",
    ),
}  # fmt: skip
