"""GeoPackage 1.3 (OGC 12-128r18): layers of events, control and places that QGIS opens, written with SQLite alone."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from onrecord.exports.material import Material
from onrecord.exports.tables import Value
from onrecord.exports.toll import value
from onrecord.exports.typed import Cell, Kind, TypedRow, kind_of, typed
from onrecord.model.records import Record

LAYERS: Final = {"events": "events", "control": "control", "places": "entities"}
_APPLICATION: Final = 0x47504B47  # "GPKG"
_VERSION: Final = 10300
_CHANGED: Final = "1980-01-01T00:00:00.000Z"  # stands for no time: the same record gives the same bytes
_WGS84: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA: Final = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
"""
_TYPES: Final[dict[Kind, str]] = {
    "text": "TEXT", "number": "DOUBLE", "whole": "INTEGER", "yes": "BOOLEAN", "day": "DATE",
}  # fmt: skip


def write(material: Material, path: Path) -> list[Path]:
    """Write the layers and return the path; what has no point keeps its row without a geometry."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    try:
        _begin(database)
        for layer, table in LAYERS.items():
            names, rows = typed(material.record, table)
            _layer(database, layer, names, _placed(rows, names, material.record) if layer == "places" else rows)
        database.commit()
        database.execute("VACUUM")
    finally:
        database.close()
    _finish(material)
    return [path]


def _begin(database: sqlite3.Connection) -> None:
    database.execute(f"PRAGMA application_id = {_APPLICATION}")
    database.execute(f"PRAGMA user_version = {_VERSION}")
    database.executescript(_SCHEMA)
    systems = (
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
    )
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", systems)


def _placed(rows: Iterable[TypedRow], names: tuple[str, ...], record: Record) -> Iterator[TypedRow]:
    places = {e.id for e in record.entities if e.kind in ("place", "facility")}
    where = names.index("onrecord_id")
    return (row for row in rows if row[where] in places)


def _layer(database: sqlite3.Connection, layer: str, names: tuple[str, ...], rows: Iterable[TypedRow]) -> None:
    columns = ", ".join(f'"{name}" {_TYPES[kind_of(name)]}' for name in names)
    database.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, {columns})')
    east, north = names.index("longitude"), names.index("latitude")
    marks = ", ".join("?" * (len(names) + 1))
    listed = ", ".join(f'"{name}"' for name in names)
    values = ((_point(row[east], row[north]), *map(_stored, row)) for row in rows)
    database.executemany(f'INSERT INTO "{layer}" (geom, {listed}) VALUES ({marks})', values)  # noqa: S608 - ours
    bounds = database.execute(
        f'SELECT min(longitude), min(latitude), max(longitude), max(latitude) FROM "{layer}"'  # noqa: S608 - ours
    ).fetchone()
    contents = (layer, "features", layer, f"{layer} of an Onrecord record", _CHANGED, *bounds, 4326)
    database.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents)
    database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', 4326, 0, 0)", (layer,))


def _stored(cell: Cell) -> Value:
    return cell if cell is None or isinstance(cell, str | int | float) else cell.isoformat()


def _point(longitude: Cell, latitude: Cell) -> bytes | None:
    """Return a point as GeoPackage stores it: a header without an envelope, then little-endian WKB."""
    if not isinstance(longitude, float) or not isinstance(latitude, float):
        return None
    return b"GP" + struct.pack("<BBiBIdd", 0, 1, 4326, 1, 1, longitude, latitude)


def _finish(material: Material) -> None:
    """Note what a map has no layer for."""
    record, lose = material.record, material.losses.lose
    material.finish_tables("GeoPackage")
    why = "GeoPackage has layers of events, control and places; figures and statements are in the tables"
    for figure in record.figures:
        lose("figure", figure.measure, [figure.id], why=why, amount=value(figure))
    lose("statement", "attributed words", (s.id for s in record.statements), why=why)
    unplaced = [e.id for e in record.events if not _has_point(material, e.place)]
    lose("field", "point", unplaced, why="it has no place on the map; its row has no geometry")


def _has_point(material: Material, place: str | None) -> bool:
    known = material.entities.get(place or "")
    return known is not None and known.point is not None
