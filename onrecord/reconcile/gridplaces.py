"""What a grid reference is the point of: the place that its paragraph opens with, or a spot of its own near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.lexicon.gazetteer import Gazetteer, Place, distance
from onrecord.lexicon.grids import grid_point
from onrecord.reconcile.places import SPELT_ALIKE, Resolved
from onrecord.reconcile.sightings import Sighting

_SAME_KM = 5.0  # between a village's point in a table and a grid in it
_WIDE = frozenset({"country", "admin1", "admin2", "region", "desert", "river", "mountain"})
_CELLS = 5  # a degree: villages of one name in one such cell, about 20 km wide, are one
_ALIKE_KM = 25.0  # a place that only sounds like the name, this far from the grid, is another one
_AROUND_KM = 50.0  # how far the next place of the gazetteer may be that tells the country


def grid_places(
    seen: Sequence[Sighting], resolved: Mapping[str, Resolved], text: str, gazetteer: Gazetteer
) -> dict[str, Place]:
    """Return the places of one dispatch that its grid references give, by sighting.

    `resolved` are the places that are known, by sighting. A grid is the point of the first place that its paragraph
    names: of one that no table holds, which is a place from then on; of one that lies within 5 km, which it is. Else
    ("near Ardun") it is a spot of its own. A place that is only spelt alike and lies far off is not the one named.
    """
    found: dict[str, Place] = {}
    for sighting in seen:
        point = grid_point(sighting.name)
        if point is None:
            continue
        home = _first_beside(sighting, [s for s in seen if s is not sighting], resolved, text)
        known = _known(home, resolved, point) or found.get(home.id) if home else None
        if home and known is None:
            found[home.id] = found[sighting.id] = place_at(home, point, gazetteer)
        elif known and distance(known.point, point) <= _SAME_KM:
            found[sighting.id] = known
        else:
            found[sighting.id] = Place(
                f"grid:{sighting.folded}", sighting.name, point, "facility", _land(point, gazetteer)
            )
    return found


def _known(home: Sighting, resolved: Mapping[str, Resolved], point: tuple[float, float]) -> Place | None:
    """Return the place of a table that a name beside a grid has; `None` for a far one that is only spelt alike."""
    hit = resolved.get(home.id)
    far = hit is not None and SPELT_ALIKE in hit.reasons and distance(hit.place.point, point) > _ALIKE_KM
    return hit.place if hit and not far else None


def in_words(place: Place) -> str:
    """Return what a dispatch tells of a place that no gazetteer holds, as `from_words` reads it."""
    return "\t".join((place.name, *map(str, place.point), place.kind, place.country))


def from_words(key: str, words: str) -> Place:
    """Return the place of a key of `grid_places` from what a dispatch tells of it."""
    name, east, north, kind, country = words.split("\t")
    return Place(key, name, (float(east), float(north)), kind, country)


def place_at(home: Sighting, point: tuple[float, float], gazetteer: Gazetteer) -> Place:
    """Return a place that no table holds, as a town of the name that lies at (longitude, latitude)."""
    east, north = (round(degrees * _CELLS) for degrees in point)
    return Place(f"grid:{home.folded}@{east},{north}", home.name, point, "town", _land(point, gazetteer))


def _land(point: tuple[float, float], gazetteer: Gazetteer) -> str:
    return next((p.country for p in gazetteer.near(point, _AROUND_KM) if p.country), "")


def _first_beside(
    grid: Sighting, others: Sequence[Sighting], resolved: Mapping[str, Resolved], text: str
) -> Sighting | None:
    """Return the place that the paragraph of a grid names first, no province or country and no other grid."""
    at = grid.mentions[0].span.start
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at) % (len(text) + 1)
    beside = [
        (m.span.start, s.id, s)
        for s in others
        for m in s.mentions
        if start <= m.span.start < end and not (s.id in resolved and resolved[s.id].place.kind in _WIDE)
    ]
    named = [entry for entry in sorted(beside, key=lambda e: e[:2]) if grid_point(entry[2].name) is None]
    return named[0][2] if named else None
