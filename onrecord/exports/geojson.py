"""Events, figures and control as GeoJSON (RFC 7946): points in WGS 84, longitude first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from onrecord.exports.jsonlines import document
from onrecord.exports.tables import Row, control_rows, event_rows, figure_rows
from onrecord.model.records import Record


def to_geojson(record: Record) -> str:
    """Return a FeatureCollection; what has no place on the map keeps its properties with a null geometry."""
    return b"".join(pieces(record)).decode("utf-8")


def pieces(record: Record) -> Iterator[bytes]:
    """Yield the text piece by piece, so that a large record never stands in memory twice."""
    layers = (("event", event_rows), ("figure", figure_rows), ("control", control_rows))
    return _collection(chain.from_iterable((_feature(name, row) for row in rows(record)) for name, rows in layers))


def rows_to_geojson(rows: Iterable[Row], layer: str) -> str:
    """Return rows as a FeatureCollection, those without a longitude and latitude with a null geometry."""
    return b"".join(_collection(_feature(layer, row) for row in rows)).decode("utf-8")


def _collection(features: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    return document((("features", features), ("type", "FeatureCollection")))


def _feature(layer: str, row: Row) -> dict[str, Any]:
    properties = {k: v for k, v in row.items() if k not in ("longitude", "latitude")}
    if isinstance(row.get("disputed"), bool):  # a column of one file has one type, or GIS programs take it for JSON
        properties["disputed"] = "holder" if row["disputed"] else ""
    point = [row.get("longitude"), row.get("latitude")]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    feature: dict[str, Any] = {"type": "Feature", "geometry": geometry, "properties": {"layer": layer, **properties}}
    if row.get("onrecord_id"):
        feature["id"] = row["onrecord_id"]
    return feature
