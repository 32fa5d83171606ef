"""The formats that `onrecord export` knows, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.exports import (
    acled,
    airwars,
    arrow,
    bundle,
    calendars,
    casualties,
    ftm,
    geojson,
    geopackage,
    hxl,
    kml,
    plover,
    prov,
    record_json,
    sheets,
    ucdp,
)
from onrecord.exports.jsonlines import write_pieces
from onrecord.exports.material import Material
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


def _streamed(make: Callable[[Record], Iterator[bytes]]) -> Write:
    def write(material: Material, path: Path) -> list[Path]:
        return [write_pieces(path, make(material.record))]

    return write


def _folder(material: Material, path: Path) -> list[Path]:
    material.finish_tables("CSV")
    return write_folder(material.record, path)


def _points(material: Material, path: Path) -> list[Path]:
    material.finish_tables("GeoJSON")
    why = "GeoJSON has events, figures and control on the map; who said what is in the tables"
    material.losses.lose("statement", "attributed words", (s.id for s in material.record.statements), why=why)
    return [write_pieces(path, geojson.pieces(material.record))]


def _table(columns: tuple[str, ...], rows: Callable[[Material], Iterator[Row]]) -> Write:
    def write(material: Material, path: Path) -> list[Path]:
        return [write_csv(path, columns, rows(material))]

    return write


FORMATS: dict[str, Format] = {
    "json": Format(
        "the whole record, format onrecord/1, every value cited",
        ".json",
        _streamed(record_json.pieces),
        text=record_json.to_json,
    ),
    "csv": Format(
        "a folder of tables: events, figures, statements, entities, control",
        "",
        _folder,
        "the offsets of claims, the positions of disputes",
    ),
    "geojson": Format(
        "events, figures and control as points, for QGIS and web maps",
        ".geojson",
        _points,
        "statements, the offsets of claims, the positions of disputes",
        text=geojson.to_geojson,
    ),
    "acled": Format(
        "ACLED's 31 columns, one row a day and place",
        ".csv",
        _table(acled.COLUMNS, acled.rows),
        "what is denied or only expected, rough dates and places, bounds, all figures but deaths, disputes, control",
    ),
    "ucdp-ged": Format(
        "UCDP GED's 49 columns, one row an event with at least one death",
        ".csv",
        _table(ucdp.COLUMNS, ucdp.rows),
        "events without a counted death, UCDP's own numbers of sides, all figures but deaths, disputes, control",
    ),
    "airwars": Format(
        "incidents in the manner of Airwars: killed and injured by group, grade, belligerent and its own assessment",
        ".csv",
        _table(airwars.COLUMNS, airwars.rows),
        "events in which no civilian may have come to harm, all figures but killed and injured, disputes, control",
    ),
    "everycasualty": Format(
        "the minimum record of the Standards for Casualty Recording, one row a number of killed",
        ".csv",
        _table(casualties.COLUMNS, casualties.rows),
        "whatever is no death; names and ages, which the record does not read",
    ),
    "hxl": Format(
        "the tables with the row of hashtags of the Humanitarian Exchange Language",
        "",
        hxl.write,
        "the offsets of claims, the positions of disputes",
    ),
    "plover": Format(
        "PLOVER events with mode, context and actors with sectors, as a JSON list",
        ".json",
        plover.write,
        "what is denied or conditional, bounds, all figures but killed, injured and arrested, disputes, control",
    ),
    "bundle": Format(
        "a zip with record, texts, judgements and SHA-256 sums, for `onrecord verify`",
        ".zip",
        bundle.write,
        "nothing, but the texts where --no-texts leaves them out",
        binary=True,
    ),
    "geopackage": Format(
        "layers of events, control and places that QGIS opens",
        ".gpkg",
        geopackage.write,
        "figures, statements, the offsets of claims",
        binary=True,
    ),
    "kml": Format(
        "events as placemarks with times, for Google Earth",
        ".kml",
        kml.write,
        "events without a point, figures of no event, control, statements, disputes",
    ),
    "ics": Format(
        "events as whole days of a calendar",
        ".ics",
        calendars.write,
        "events whose first day is not known, figures of no event, control, statements, disputes",
    ),
    "parquet": Format(
        "a folder of tables with types, claims and sources among them, for pandas, R and polars",
        "",
        arrow.write_parquet,
        "the positions of disputes",
        binary=True,
        needs="exports",
    ),
    "duckdb": Format(
        "the same tables in one DuckDB database",
        ".duckdb",
        arrow.write_duckdb,
        "the positions of disputes",
        binary=True,
        needs="exports",
    ),
    "xlsx": Format(
        "a workbook with a sheet a table, one of them the sources; frozen headers, filters, real dates",
        ".xlsx",
        sheets.write,
        "the offsets of claims, the positions of disputes, rows beyond a sheet's limit",
        binary=True,
        needs="exports",
    ),
    "ftm": Format(
        "FollowTheMoney entities, and each value as a statement with its origin, for OpenAleph",
        "",
        ftm.write,
        "who did it and to whom but in words, figures of no event, the texts, disputes, control",
    ),
    "prov": Format(
        "W3C PROV-O and the Simple Event Model as Turtle and JSON-LD, with SHACL shapes",
        "",
        prov.write,
        "where each name is mentioned",
    ),
}  # fmt: skip
