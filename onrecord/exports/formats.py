"""The formats that `onrecord export` knows, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.exports.geojson import to_geojson
from onrecord.exports.record_json import to_json
from onrecord.exports.tables import write_folder
from onrecord.model.records import Record


@dataclass(frozen=True, slots=True)
class Format:
    """One export: `text` for a format of one text file, `folder` for one of several files."""

    about: str
    suffix: str
    text: Callable[[Record], str] | None = None
    folder: Callable[[Record, Path], list[Path]] | None = None


FORMATS: dict[str, Format] = {
    "json": Format("the whole record, format onrecord/1, every value cited", ".json", text=to_json),
    "csv": Format("a folder of tables: events, figures, statements, entities, control", "", folder=write_folder),
    "geojson": Format("events, figures and control as points, for QGIS and web maps", ".geojson", text=to_geojson),
}
