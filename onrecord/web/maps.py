"""A map drawn on the server: points fitted to a frame, with outlines, graticule, scale and labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, log10, radians, sqrt

from onrecord.model.records import Entity
from onrecord.report import land
from onrecord.web.ground import Towns, no_towns
from onrecord.web.labels import ASPECT, Country, Dot, Held, Room, Town, labelled, named, settled
from onrecord.web.words import path

_LEAST = 0.5  # degrees of latitude that a map shows at least: a town with its surroundings
_ALONE = 2.4  # and that it shows around a place that stands alone, so that a border or a coast tells where it is
_MANY = 5  # places from which on the frame leaves out what lies far off
_SHARE = 0.8  # of the events, along each axis, that the frame then holds
_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Box:
    """What a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def frame(self) -> land.Frame:
        """Its four sides."""
        return (self.west, self.south, self.east, self.north)

    def x(self, lon: float) -> float:
        """Return the percentage of the width at which a longitude lies."""
        return round(100 * (lon - self.west) / (self.east - self.west), 2)

    def y(self, lat: float) -> float:
        """Return the percentage of the height at which a latitude lies, from the top."""
        return round(100 * (self.north - lat) / (self.north - self.south), 2)


@dataclass(frozen=True, slots=True)
class Map:
    """All that a map shows; `meridians` and `parallels` pair places in percent with their degrees in words.

    `beyond` are the places outside its frame; `lakes`, `rivers` and `regions` (their borders) are SVG paths in percent.
    """

    dots: tuple[Dot, ...]
    countries: tuple[Country, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    bar: tuple[float, str]
    box: Box
    beyond: tuple[Dot, ...] = ()
    towns: tuple[Town, ...] = ()
    lakes: str = ""
    rivers: str = ""
    regions: str = ""


def draw(
    places: Sequence[tuple[Entity, int]], held: Mapping[str, Held] | None = None, towns: Towns = no_towns
) -> Map | None:
    """Return the map of these places, each with the number that sizes its dot, or `None` where none has a point.

    `held` says who holds which of them; `towns` gives name, longitude and latitude of the towns in a box of degrees,
    the largest first.
    """
    placed = [(e, n) for e, n in places if e.point]
    if not placed:
        return None
    box = _fit(_theatre(placed))
    most = max(n for _, n in placed)
    every = [
        _dot(box, e, n, most, (held or {}).get(e.id))
        for e, n in sorted(placed, key=lambda p: (-p[1], p[0].name, p[0].id))
    ]
    dots = [d for d in every if 0 <= d.x <= 100 and 0 <= d.y <= 100]
    bar = _bar(box)
    parallels = [(box.y(v), _degrees(v, "N", "S")) for v in _lines(box.south, box.north)]
    room = Room(dots, [y for y, _ in parallels], bar[0])
    labels = tuple(labelled(dots, room))
    drawn = {d.name.casefold() for d in every}
    around = [Town(n, box.x(x), box.y(y)) for n, x, y in towns(*box.frame)]
    return Map(
        dots=labels,
        countries=tuple(named(list(_countries(box)), room)),
        meridians=tuple((box.x(v), _degrees(v, "E", "W")) for v in _lines(box.west, box.east)),
        parallels=tuple(parallels),
        bar=bar,
        box=box,
        beyond=tuple(d for d in every if d not in dots),
        towns=tuple(settled([t for t in around if t.name.casefold() not in drawn], room)),
        lakes=_path(box, land.lakes(box.frame), "Z"),
        rivers=_path(box, land.rivers(box.frame)),
        regions=_path(box, land.regions(box.frame)),
    )


def _theatre(placed: Sequence[tuple[Entity, int]]) -> list[tuple[float, float]]:
    """Return the points that the frame must hold: all of a few, and of many those in the middle four fifths of events.

    A capital in which a minister spoke would otherwise shrink the places that are fought over to a blot.
    """
    points = [e.point for e, _ in placed if e.point]
    if len(points) < _MANY:
        return points
    fine = [(e, n) for e, n in placed if e.precision not in ("country", "within", "none")]
    if len(fine) >= _MANY:
        placed, points = fine, [e.point for e, _ in fine if e.point]
    spans = [_middle_part([(p[axis], n) for p, (_, n) in zip(points, placed, strict=True)]) for axis in (0, 1)]
    inside = [p for p in points if all(low <= p[axis] <= high for axis, (low, high) in enumerate(spans))]
    return inside or points


def _middle_part(weighed: Sequence[tuple[float, int]]) -> tuple[float, float]:
    total = sum(n for _, n in weighed)
    edge = total * (1 - _SHARE) / 2
    passed, inside = 0, []
    for value, weight in sorted(weighed):
        if passed + weight > edge and passed < total - edge:
            inside.append(value)
        passed += weight
    return inside[0], inside[-1]


def _fit(points: Sequence[tuple[float, float]]) -> Box:
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    squeeze = max(0.2, cos(radians(lat)))  # a degree of longitude is this much of a degree of latitude
    least = _ALONE if len(set(points)) == 1 else _LEAST
    tall = max((max(lats) - min(lats)) * 1.35, (max(lons) - min(lons)) * 1.35 * squeeze / ASPECT, least)
    wide = tall * ASPECT / squeeze
    return Box(lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2)


def _dot(box: Box, place: Entity, count: int, most: int, held: Held | None) -> Dot:
    lon, lat = place.point or (0.0, 0.0)
    radius = round(4 + 11 * sqrt(count / most), 1) if most > 1 else (6.0 if count else 3.0)  # area grows with the count
    exact = place.precision in ("exact", "near")
    return Dot(
        box.x(lon),
        box.y(lat),
        radius,
        place.name,
        path("entities", place.id),
        count,
        exact,
        (round(lon, 5), round(lat, 5)),
        place=place.id,
        held=held,
    )


# ------------------------------------------------------------------------------------------- graticule and scale


def _lines(low: float, high: float) -> list[float]:
    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45, 90) if (high - low) / s <= 6 or s == 90)
    return [round(n * step, 1) for n in range(ceil(low / step), floor(high / step) + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value >= 0 else negative}"


def _bar(box: Box) -> tuple[float, str]:
    """Return the length of a scale bar in percent of the width, and what it measures along the middle."""
    across = (box.east - box.west) * _KM_A_DEGREE * cos(radians((box.north + box.south) / 2))
    power = 10.0 ** floor(log10(across / 4))
    length = max(step * power for step in (1, 2, 5) if step * power <= across / 4)
    return round(100 * length / across, 2), f"{length:g} km"


# --------------------------------------------------------------------------------------------------- land and water


def _countries(box: Box) -> Iterator[Country]:
    """Yield the outlines that the map shows; none where the offline outlines were not built."""
    for name, rings in land.countries(box.frame):
        x, y = _middle(max(rings, key=lambda r: abs(_area(r))))
        yield Country(name, _path(box, rings, "Z"), box.x(x), box.y(y))


def _path(box: Box, lines: Sequence[land.Line], end: str = "") -> str:
    """Return lines in tenths of a percent, about a pixel of a wide page; those that are no larger are left out."""
    return " ".join(track for line in lines if (track := _track(box, line, end)))


def _track(box: Box, line: land.Line, end: str) -> str:
    points = [(round(box.x(lon), 1), round(box.y(lat), 1)) for lon, lat in line]
    kept = [point for n, point in enumerate(points) if not n or point != points[n - 1]]
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + end if len(set(kept)) > (2 if end else 1) else ""


def _area(ring: land.Line) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*ring, ring[0]))) / 2


def _middle(ring: land.Line) -> land.Point:
    area = _area(ring)
    if not area:
        return ring[0]
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise((*ring, ring[0]))]
    x = sum((a[0] + b[0]) * cross for a, b, cross in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * cross for a, b, cross in pairs) / (6 * area)
    return x, y
