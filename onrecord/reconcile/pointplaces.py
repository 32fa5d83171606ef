"""What a point in brackets behind a name tells of where the place lies: "Ardun (34.6950, 40.8310)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.lexicon.gazetteer import Gazetteer, Place, distance
from onrecord.model.vocabulary import Precision
from onrecord.reconcile.gridplaces import place_at
from onrecord.reconcile.placenames import Asked, Shape, readings
from onrecord.reconcile.places import Resolved
from onrecord.reconcile.sightings import Sighting

Point = tuple[float, float]
# Latitude goes first, as everybody writes it; with fewer than two decimals (a kilometre) it is no place's point.
_POINT: Final = re.compile(r" ?\((-?\d{1,2}\.\d{2,}), ?(-?\d{1,3}\.\d{2,})\)")
_PRECISIONS: Final[Mapping[Shape, Precision]] = {
    "whole": "exact", "part": "within", "inside": "within", "near": "near", "admin1": "admin1", "admin2": "admin2",
}  # fmt: skip
# How far a place of the gazetteer may lie from the point given for it and still be the one meant: a town's middle is
# taken here and there, and the point of a district or a province is anything within it.
_REACH_KM: Final[Mapping[Precision, float]] = {
    "exact": 5.0, "within": 30.0, "near": 30.0, "admin2": 100.0, "admin1": 400.0, "country": 4000.0,
}  # fmt: skip


def point_places(
    seen: Sequence[Sighting], resolved: Mapping[str, Resolved], text: str, gazetteer: Gazetteer
) -> dict[str, Resolved]:
    """Return where the places lie behind whose names a dispatch gives a point, by sighting, other than resolved.

    A place that is `resolved` near its point stays; else it is the place of the gazetteer that goes by its name and
    lies there, else a place of its own at the point.
    """
    found: dict[str, Resolved] = {}
    for sighting in seen:
        point = _point(sighting, text)
        known = resolved.get(sighting.id)
        if point is None or (known and _there(known.place, point, known.precision)):
            continue
        asked = tuple(readings(sighting.name)) or (Asked(sighting.name),)
        precision = _PRECISIONS[asked[-1].shape]
        place = next(_candidates(asked, point, precision, gazetteer), None)
        reasons = (f"the text gives its point: {point[1]:.4f}, {point[0]:.4f}",)
        found[sighting.id] = Resolved(place or _own(sighting, point, precision, gazetteer), precision, 1.0, reasons)
    return found


def _point(sighting: Sighting, text: str) -> Point | None:
    """Return (longitude, latitude) of the first point that stands behind a name."""
    for mention in sighting.mentions:
        given = _POINT.match(text, mention.span.end)
        if given and abs(float(given[1])) <= 90 and abs(float(given[2])) <= 180:
            return float(given[2]), float(given[1])
    return None


def _there(place: Place, point: Point, precision: Precision) -> bool:
    return distance(place.point, point) <= _REACH_KM.get(precision, 0.0)


def _candidates(asked: Sequence[Asked], point: Point, precision: Precision, gazetteer: Gazetteer) -> Iterator[Place]:
    """Yield the places of the gazetteer that go by the name and lie there, the nearest first."""
    named = {place.key: place for one in asked for place in gazetteer.lookup(one.core)}
    near = (p for p in named.values() if _there(p, point, precision) and (p.kind == precision or precision != "admin1"))
    yield from sorted(near, key=lambda p: (distance(p.point, point), p.key))


def _own(sighting: Sighting, point: Point, precision: Precision, gazetteer: Gazetteer) -> Place:
    """Return a place that no table holds; one that the words only place near something is no town."""
    place = place_at(sighting, point, gazetteer)
    return place if precision == "exact" else replace(place, kind="facility")
