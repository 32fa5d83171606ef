"""Events, figures and control as GeoJSON (RFC 7946): points in WGS 84, longitude first."""

from __future__ import annotations

from collections.abc import Iterator
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
    features = chain.from_iterable((_feature(name, row) for row in rows(record)) for name, rows in layers)
    return document((("features", features), ("type", "FeatureCollection")))


def _feature(layer: str, row: Row) -> dict[str, Any]:
    properties = {k: v for k, v in row.items() if k not in ("longitude", "latitude")}
    if isinstance(row["disputed"], bool):  # a column of one file has one type, or GIS programs take it for JSON
        properties["disputed"] = "holder" if row["disputed"] else ""
    point = [row["longitude"], row["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    feature: dict[str, Any] = {"type": "Feature", "geometry": geometry, "properties": {"layer": layer, **properties}}
    if row.get("onrecord_id"):
        feature["id"] = row["onrecord_id"]
    return feature
