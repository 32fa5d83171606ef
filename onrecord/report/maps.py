"""The map of a report: where it happened and who held the place last, with outlines where they were built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, cos, floor, log10, radians, sqrt

from onrecord.model.lookup import Lookup
from onrecord.model.records import Control
from onrecord.model.values import first_day
from onrecord.report import land
from onrecord.report.drawing import (
    COAST,
    FAINT,
    INK,
    LAND,
    QUIET,
    SHADES,
    SHEET,
    WATER,
    Drawing,
    box,
    disc,
    line,
    outline,
    room,
    text,
    track,
)
from onrecord.report.weights import Development

WIDE, HIGH = 480.0, 190.0  # points
SHOWN = 16  # places; more names than this cannot be kept apart at this size
_LEAST = 0.6  # degrees of latitude that the map shows at least: a town with its surroundings
_REACH = 5.0  # degrees: a country of middling size lies within them, a capital where talks are held mostly beyond
_KM_A_DEGREE = 111.2

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

    def line(self, points: land.Line) -> list[_Point]:
        """Return where the points of a line stand."""
        return [self.at(point) for point in points]


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


def _land(sheet: _Sheet) -> list[str]:
    """Return countries, lakes, borders of first-level regions and rivers as far as they show."""
    frame = sheet.degrees
    shores = [ring for _, rings in land.countries(frame) for ring in rings]
    return [
        *(outline(sheet.line(ring), fill=LAND, stroke=COAST) for ring in shores),
        *(track(sheet.line(part), stroke=FAINT, wide=0.5) for part in land.regions(frame)),
        *(outline(sheet.line(ring), fill=WATER, stroke=WATER) for ring in land.lakes(frame)),
        *(track(sheet.line(part), stroke=WATER) for part in land.rivers(frame)),
    ]


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
