"""The map of a report: where it happened and who held the place last, with outlines where they were built."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import ceil, cos, floor, log10, radians, sqrt
from pathlib import Path

from onrecord.model.lookup import Lookup
from onrecord.model.records import Control
from onrecord.model.values import first_day
from onrecord.report.drawing import (
    FAINT,
    INK,
    LAND,
    QUIET,
    SHADES,
    SHEET,
    Drawing,
    box,
    disc,
    line,
    outline,
    room,
    text,
)
from onrecord.report.weights import Development

WIDE, HIGH = 480.0, 190.0  # points
SHOWN = 16  # places; more names than this cannot be kept apart at this size
_LEAST = 0.6  # degrees of latitude that the map shows at least: a town with its surroundings
_REACH = 5.0  # degrees: a country of middling size lies within them, a capital where talks are held mostly beyond
_KM_A_DEGREE = 111.2
_OUTLINES = Path(__file__).parents[1] / "web" / "static" / "build" / "countries.json"  # built for the workspace's map

_Point = tuple[float, float]
_Rect = tuple[float, float, float, float]  # left, top, right, bottom


class _Sheet:
    """Puts degrees on paper: a plate whose middle parallel is true to scale."""

    def __init__(self, points: Sequence[_Point]) -> None:
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        self.lon, self.lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        self.squeeze = max(0.2, cos(radians(self.lat)))
        tall = max(max(lats) - min(lats), (max(lons) - min(lons)) * self.squeeze * HIGH / WIDE, _LEAST) * 1.4
        self.scale = HIGH / tall  # points a degree of latitude

    @property
    def degrees(self) -> _Rect:
        """The west, south, east and north that the sheet reaches to."""
        across, up = WIDE / 2 / self.scale / self.squeeze, HIGH / 2 / self.scale
        return (self.lon - across, self.lat - up, self.lon + across, self.lat + up)

    def at(self, point: Sequence[float]) -> _Point:
        """Return where a point (longitude, latitude) stands."""
        x = WIDE / 2 + (point[0] - self.lon) * self.squeeze * self.scale
        return (x, HIGH / 2 - (point[1] - self.lat) * self.scale)


def place_map(
    ranked: Mapping[str, Sequence[Development]], control: Sequence[Control], lookup: Lookup
) -> Drawing | None:
    """Return the map of the weightiest places, or `None` where none of them has a point."""
    fine = [p for p in ranked if lookup.entities[p].precision not in ("country", "none")][:SHOWN]
    points = {p: point for p in fine if (point := lookup.entities[p].point)}
    points = {p: points[p] for p in _together(points)}
    if not points:
        return None
    sheet = _Sheet(list(points.values()))
    most = max(len(ranked[p]) for p in points)
    shapes = [box(0, 0, WIDE, HIGH, fill=SHEET), *_land(sheet), *_grid(sheet)]
    taken: list[_Rect] = [(WIDE - 130, HIGH - 26, WIDE, HIGH)]  # the scale bar's corner
    spots = {p: (*sheet.at(point), 3 + 6 * sqrt(len(ranked[p]) / most)) for p, point in points.items()}
    taken += [(x - r, y - r, x + r, y + r) for x, y, r in spots.values()]
    shapes += [disc(x, y, r, fill=SHADES[1]) for x, y, r in spots.values()]
    for place, spot in spots.items():
        shapes += _label(spot, _words(place, control, lookup), taken)
    shapes += _bar(sheet)
    names = ", ".join(lookup.entities[p].name for p in points)
    return Drawing(WIDE, HIGH, f"Map of {names}", tuple(shapes))


def _together(points: Mapping[str, _Point]) -> list[str]:
    """Return the places that lie in one theatre: those within five degrees of the weightiest."""
    first = next(iter(points.values()), (0.0, 0.0))
    return [p for p, (lon, lat) in points.items() if abs(lon - first[0]) < _REACH and abs(lat - first[1]) < _REACH]


def _words(place: str, control: Sequence[Control], lookup: Lookup) -> tuple[str, str]:
    held = [c for c in control if c.place == place and c.state == "holds" and c.since and c.holder and not c.until]
    last = max(held, key=lambda c: first_day(c.since or ""), default=None)
    holder = lookup.name(last.holder) if last else None
    return lookup.entities[place].name, f"held by {holder}" if holder and holder[:1].isupper() else ""


def _label(spot: tuple[float, float, float], words: tuple[str, str], taken: list[_Rect]) -> list[str]:
    """Return a name beside its dot where there is room for it, with the holder beneath, else nothing."""
    for name, holder in (words, (words[0], "")):
        wide, tall = max(room(name, 9), room(holder, 7.5)) + 2, 11.0 + (9 if holder else 0)
        for anchor, at_x, (left, top) in _sides(spot, wide, tall):
            place = (left, top, left + wide, top + tall)
            if _free(place, taken):
                taken.append(place)
                below = [text(at_x, top + 18, holder, size=7.5, anchor=anchor, fill=QUIET)] if holder else []
                return [text(at_x, top + 9, name, size=9, anchor=anchor, fill=INK), *below]
    return []


def _sides(spot: tuple[float, float, float], wide: float, tall: float) -> Iterator[tuple[str, float, _Point]]:
    """Yield where a label may stand: how it is anchored, at which x, and its upper left corner."""
    x, y, radius = spot
    yield "start", x + radius + 3, (x + radius + 3, y - 6)
    yield "end", x - radius - 3, (x - radius - 3 - wide, y - 6)
    yield "middle", x, (x - wide / 2, y - radius - tall - 1)
    yield "middle", x, (x - wide / 2, y + radius + 2)


def _free(spot: _Rect, taken: Sequence[_Rect]) -> bool:
    left, top, right, bottom = spot
    if left < 2 or top < 2 or right > WIDE - 2 or bottom > HIGH - 2:
        return False
    return all(right <= t[0] or t[2] <= left or bottom <= t[1] or t[3] <= top for t in taken)


# ------------------------------------------------------------------------------------------ land, grid and scale


@cache
def _countries() -> tuple[tuple[_Rect, tuple[_Point, ...]], ...]:
    """Return the rings of all countries with the degrees that each takes up; none where they were not built."""
    if not _OUTLINES.is_file():
        return ()
    shapes = json.loads(_OUTLINES.read_text("utf-8"))["features"]
    rings = (ring for s in shapes for polygon in s["geometry"]["coordinates"] for ring in polygon)
    return tuple((_frame(ring), tuple((float(p[0]), float(p[1])) for p in ring)) for ring in rings)


def _frame(ring: Sequence[Sequence[float]]) -> _Rect:
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    return (min(lons), min(lats), max(lons), max(lats))


def _land(sheet: _Sheet) -> list[str]:
    west, south, east, north = sheet.degrees
    near = (ring for f, ring in _countries() if f[0] < east and west < f[2] and f[1] < north and south < f[3])
    rings = (_clipped([sheet.at(p) for p in ring]) for ring in near)
    return [outline(ring, fill=LAND, stroke="#9aa3a8") for ring in rings if len(ring) > 2]


def _clipped(ring: Sequence[_Point]) -> list[_Point]:
    """Return the part of a closed ring on the sheet, side by side after Sutherland and Hodgman (1974)."""
    kept = list(ring)
    for axis, bound, sign in ((0, 0.0, 1), (0, WIDE, -1), (1, 0.0, 1), (1, HIGH, -1)):
        kept = list(_cut(kept, axis, bound, sign))
    return kept


def _cut(ring: Sequence[_Point], axis: int, bound: float, sign: int) -> Iterator[_Point]:
    for one, other in pairwise((*ring, *ring[:1])):
        inside, after = (one[axis] - bound) * sign >= 0, (other[axis] - bound) * sign >= 0
        if inside:
            yield one
        if inside != after:
            part = (bound - one[axis]) / (other[axis] - one[axis])
            yield (one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1]))


def _grid(sheet: _Sheet) -> list[str]:
    west, south, east, north = sheet.degrees
    shapes = []
    for value in _lines(west, east):
        x = sheet.at((value, sheet.lat))[0]
        shapes += [
            line(x, 0, x, HIGH, stroke=FAINT, wide=0.5),
            text(x + 2, 8, _degrees(value, "E", "W"), size=6.5, fill=QUIET),
        ]
    for value in _lines(south, north):
        y = sheet.at((sheet.lon, value))[1]
        shapes += [
            line(0, y, WIDE, y, stroke=FAINT, wide=0.5),
            text(2, y - 2, _degrees(value, "N", "S"), size=6.5, fill=QUIET),
        ]
    return shapes


def _lines(low: float, high: float) -> list[float]:
    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45, 90) if (high - low) / s <= 6 or s == 90)
    return [round(n * step, 1) for n in range(ceil(low / step), floor(high / step) + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value >= 0 else negative}"


def _bar(sheet: _Sheet) -> list[str]:
    a_km = sheet.scale / _KM_A_DEGREE
    power = 10.0 ** floor(log10(110 / a_km))
    km = max(step * power for step in (1, 2, 5) if step * power * a_km <= 110)
    right, y = WIDE - 10, HIGH - 8
    return [
        line(right - km * a_km, y, right, y, stroke=INK, wide=1.5),
        text(right, y - 4, f"{km:g} km", size=7.5, anchor="end"),
    ]
