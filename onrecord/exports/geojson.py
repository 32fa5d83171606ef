"""Events, figures and control as GeoJSON (RFC 7946): points in WGS 84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from onrecord.exports.tables import Row, control_rows, event_rows, figure_rows
from onrecord.model.records import Record


def to_geojson(record: Record) -> str:
    """Return a FeatureCollection; what has no place on the map keeps its properties with a null geometry."""
    layers = (("event", event_rows(record)), ("figure", figure_rows(record)), ("control", control_rows(record)))
    return collection(_feature(layer, row) for layer, rows in layers for row in rows)


def rows_to_geojson(rows: Iterable[Row], layer: str) -> str:
    """Return rows as a FeatureCollection, those without a longitude and latitude with a null geometry."""
    return collection(_feature(layer, row) for row in rows)


def collection(features: Iterable[dict[str, Any]]) -> str:
    """Return the text of a FeatureCollection, the same bytes for the same features."""
    document = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _feature(layer: str, row: Row) -> dict[str, Any]:
    properties = {k: v for k, v in row.items() if k not in ("longitude", "latitude")}
    point = [row.get("longitude"), row.get("latitude")]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    feature: dict[str, Any] = {"type": "Feature", "geometry": geometry, "properties": {"layer": layer, **properties}}
    if row.get("onrecord_id"):
        feature["id"] = row["onrecord_id"]
    return feature
