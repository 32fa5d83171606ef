"""Places by all their names, with coordinates and how precise they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `key` is stable ("geonames:172955" or "onrecord:baghuz"); `point` is (longitude, latitude) in WGS 84 degrees;
    `kind` is one of country, admin1, admin2, town, quarter, facility, camp, crossing, river, lake, mountain, region, desert, road;
    `country` is an ISO 3166-1 alpha-2 code; `within` the key of the place that holds it, where known.
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


class Gazetteer:
    """Finds places by name."""
