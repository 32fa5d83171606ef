"""Places by all their names, with coordinates and how precise they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final

from onrecord.lexicon.folding import fold, has_article, skeleton
from onrecord.lexicon.gazetteer_build import check_extra, compiled
from onrecord.lexicon.gazetteer_sources import article_key, is_called_division, name_key
from onrecord.lexicon.gazetteer_users import Heard, unheard

__all__ = ["Gazetteer", "Place", "check_extra", "distance", "in_towns_shade", "open_gazetteer", "prominence"]

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `key` is stable ("geonames:172955" or "onrecord:sy-baghuz"); `point` is (longitude, latitude) in WGS 84 degrees;
    `kind` is one of country, admin1, admin2, town, quarter, facility, camp, crossing, river, lake, mountain, region,
    desert, road; `country` is an ISO 3166-1 alpha-2 code, empty for what lies in several; `within` the key of the
    place that holds it, where known. `rough` tells that the point is that of the place around it, or good to a few
    kilometres only.
    """

    key: str
    name: str
    point: tuple[float, float]
    kind: str
    country: str
    admin1: str | None = None
    population: int = 0
    within: str | None = None
    geonames: int | None = None
    rough: bool = False


_COLUMNS = "place.key, place.name, lon, lat, kind, country, admin1, population, within, geonames, rough"
_BY_KEY = f"SELECT {_COLUMNS} FROM place WHERE key = ?"  # noqa: S608 - the column list is ours
_BY_NAME = f"SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.place WHERE folded = ?"  # noqa: S608
_BY_COMMON = f"{_BY_NAME} AND common"
_BY_SOUND = f"SELECT {_COLUMNS} FROM sound JOIN place ON place.id = sound.place WHERE skeleton = ?"  # noqa: S608
_BY_CODE = f"SELECT {_COLUMNS} FROM place WHERE kind = 'country' AND country = ?"  # noqa: S608
_NEAR = f"SELECT {_COLUMNS} FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"  # noqa: S608
_TOWNS = """SELECT name, lon, lat FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND kind = 'town'
    ORDER BY population DESC, key LIMIT ?"""
_TOWNS_SHOWN = 60  # in one box: more names than a map has room for
_CACHED = 1 << 15  # names; a long archive repeats a few thousand


class Gazetteer:
    """Finds places by name in a compiled file; it can be pickled, and a worker opens the file anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Nothing writes to the file after it is compiled, so that it may be read from several threads at once.
        self._database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        # Caches of this object, not of the class, so that they go when it goes.
        self._spelt: Callable[[str], tuple[Place, ...]] = lru_cache(_CACHED)(self._by_name)
        self._commonly: Callable[[str], tuple[Place, ...]] = lru_cache(_CACHED)(self._by_common_name)
        self._alike: Callable[[str], tuple[Place, ...]] = lru_cache(_CACHED)(self._by_sound)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Return the places of this name: those that commonly go by it, others spelt so, then those that sound so.

        Each of the three is sorted by prominence, and none is more than a suggestion: `reconcile.places` decides.
        """
        return tuple(dict.fromkeys([*self.commonly(name), *self.spelt(name), *self.alike(name)]))

    def spelt(self, name: str) -> tuple[Place, ...]:
        """Return the places spelt so, accents, hyphens and a leading article aside, the most prominent first."""
        return tuple(dict.fromkeys(place for key in _keys(name) for place in self._spelt(key)))

    def commonly(self, name: str) -> tuple[Place, ...]:
        """Return those of the places spelt so that commonly go by this name: no old, foreign or rare names."""
        return tuple(dict.fromkeys(place for key in _keys(name) for place in self._commonly(key)))

    def alike(self, name: str) -> tuple[Place, ...]:
        """Return the places whose name sounds so in a transliterated language, the most prominent first."""
        return self._alike(skeleton(name))

    def known(self, name: str) -> bool:
        """Tell whether a place is spelt so, accents, hyphens and a leading article aside."""
        return bool(self.spelt(name))

    def place(self, key: str) -> Place | None:
        """Return the place of this key."""
        return next(iter(self._places(_BY_KEY, key)), None)

    def country(self, code: str) -> Place | None:
        """Return the country of this ISO 3166-1 alpha-2 code."""
        return next(iter(self._places(_BY_CODE, code)), None)

    def near(self, point: tuple[float, float], kilometres: float) -> tuple[Place, ...]:
        """Return the places within so many kilometres of (longitude, latitude), nearest first."""
        north = kilometres / 111.0  # one degree of latitude
        east = north / max(cos(radians(point[1])), 0.01)
        box = (point[1] - north, point[1] + north, point[0] - east, point[0] + east)
        reach = ((distance(point, p.point), p.key, p) for p in self._places(_NEAR, *box))
        return tuple(p for km, _, p in sorted(reach, key=lambda r: r[:2]) if km <= kilometres)

    def towns(self, west: float, south: float, east: float, north: float) -> list[tuple[str, float, float]]:
        """Return name, longitude and latitude of the towns in a box of degrees, the most populous first."""
        return self._database.execute(_TOWNS, (south, north, west, east, _TOWNS_SHOWN)).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _by_name(self, folded: str) -> tuple[Place, ...]:
        return _ranked(self._places(_BY_NAME, folded), folded) if folded else ()

    def _by_common_name(self, folded: str) -> tuple[Place, ...]:
        return _ranked(self._places(_BY_COMMON, folded), folded) if folded else ()

    def _by_sound(self, sound: str) -> tuple[Place, ...]:
        return _ranked(self._places(_BY_SOUND, sound)) if sound else ()

    def _places(self, query: str, *values: str | float) -> list[Place]:
        return [_place(row) for row in self._database.execute(query, values)]


def _keys(name: str) -> dict[str, None]:
    return dict.fromkeys([name_key(name), fold(name), *([article_key(name)] if has_article(name) else ())])


def _place(row: tuple[Any, ...]) -> Place:
    key, name, lon, lat, kind, country, admin1, population, within, geonames, rough = row
    return Place(key, name, (lon, lat), kind, country, admin1, population, within, geonames, bool(rough))


# What has no count of people stands as if it had so many, by how often dispatches mean it under its own name. The
# figures are set by hand; with them TR-News and GeoVirus take "California" for the state, "Africa" for the continent.
_AS_IF: Final[Mapping[str, int]] = {
    "admin1": 5_000_000, "region": 1_000_000, "river": 1_000_000, "lake": 1_000_000, "mountain": 1_000_000,
    "desert": 1_000_000, "admin2": 200_000, "facility": 100_000, "camp": 100_000, "crossing": 100_000,
    "quarter": 50_000, "road": 50_000, "town": 500, "country": 1_000_000,
}  # fmt: skip
_CONTINENT = 100_000_000  # likewise, for a region of several countries


def prominence(place: Place) -> int:
    """Return how likely a name means this place rather than another: its population, or a figure in its stead."""
    if place.population and place.kind != "admin1":
        return place.population
    if place.population:
        return min(place.population, _AS_IF["admin1"])
    return _CONTINENT if place.kind == "region" and not place.country else _AS_IF[place.kind]


def in_towns_shade(place: Place, others: Iterable[Place], name: str) -> bool:
    """Tell whether a division is called so only in short, and a town of its country too: then the town is meant.

    "Idlib" is the town before it is Idlib Governorate, whereas "Texas" is the name of the state.
    """
    if not is_called_division(place.name) or fold(place.name) == fold(name):
        return False
    return any(other.kind == "town" and other.country == place.country for other in others)


def _ranked(places: list[Place], name: str = "") -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda p: (in_towns_shade(p, places, name), -prominence(p), p.key)))


def open_gazetteer(extra: Iterable[Path] = (), cache: Path | None = None, *, heard: Heard = unheard) -> Gazetteer:
    """Return the gazetteer of GeoNames' towns, our supplement and the user's own files.

    The first call compiles them into one file in `cache` (by default the folder that the variable ONRECORD_CACHE
    names, else the user's cache folder), which takes some seconds; later calls open that file. A change of any of
    the sources makes another file; `heard` is told how far a user's files are read then. Raises DataError that names
    the file and the entry.
    """
    return Gazetteer(compiled(tuple(extra), cache, heard))


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points (longitude, latitude) along the great circle, on a sphere."""
    east, north = radians(other[0] - one[0]), radians(other[1] - one[1])
    half = sin(north / 2) ** 2 + cos(radians(one[1])) * cos(radians(other[1])) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))
