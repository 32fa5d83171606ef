"""Where the names on a drawn map go, so that none covers a dot or another name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

ASPECT = 1.6  # a map's width to its height, the same as in the style sheet
_WIDE = (620.0, 860.0, 1340.0)  # pixels across for which labels must be free on a desk's screen: half a page to a whole
_NARROW = (350.0,)  # and on a telephone's
_LETTER, _LINE = 7.2, 17.0  # a label's width a letter and height, in pixels at the size of the style sheet

_Rect = tuple[float, float, float, float]
_ORDER = {"all": 0, "wide": 1, "none": 2}


RING = 5.0  # pixels that the ring of a holder adds to a dot's radius


@dataclass(frozen=True, slots=True)
class Held:
    """Who is said to hold a place: the holder's colour (0 for nobody or unknown), name and state."""

    shade: int
    name: str
    state: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: centre in percent, radius in pixels, where its label goes and on which screens.

    `radius` is that of the events' dot, `reach` that of all that is drawn, a holder's ring included.
    """

    x: float
    y: float
    radius: float
    name: str
    href: str
    count: int
    exact: bool
    point: tuple[float, float]
    side: str = ""
    fits: str = "none"
    place: str = ""
    held: Held | None = None

    @property
    def reach(self) -> float:
        """The radius of all that is drawn."""
        return self.radius + (RING if self.held else 0)


@dataclass(frozen=True, slots=True)
class Country:
    """A country's visible outline as an SVG path in percent, where its name stands and on which screens."""

    name: str
    outline: str
    x: float
    y: float
    fits: str = "none"


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the gazetteer, shown small and only where there is room, so that one sees where one is."""

    name: str
    x: float
    y: float
    fits: str = "none"


class Room:
    """What is taken on the map at each width, in pixels: from the start the dots, the degrees and the scale."""

    def __init__(self, dots: Sequence[Dot], parallels: Sequence[float], bar: float) -> None:
        self._taken = {
            width: [
                *(_around(d.x, d.y, d.reach, width) for d in dots),
                *(_degree_rect(y, width) for y in parallels),
                _bar_rect(bar, width),
            ]
            for width in (*_WIDE, *_NARROW)
        }

    def fits(self, rects: Callable[[float], _Rect]) -> str:
        """Return on which screens the place of a label is free: "all", "wide" or "none"."""
        if not self._free(rects, _WIDE):
            return "none"
        return "all" if self._free(rects, _NARROW) else "wide"

    def take(self, rects: Callable[[float], _Rect], fits: str) -> None:
        """Take the place of a label on the screens that `fits` names."""
        for width in {"none": (), "wide": _WIDE, "all": (*_WIDE, *_NARROW)}[fits]:
            self._taken[width].append(rects(width))

    def _free(self, rects: Callable[[float], _Rect], widths: Sequence[float]) -> bool:
        return all(_clear(rects(width), self._taken[width], width) for width in widths)


def _degree_rect(y: float, width: float) -> _Rect:
    line = y * width / ASPECT / 100
    return (0, line - 14, 40, line)


def _bar_rect(bar: float, width: float) -> _Rect:
    bottom = width / ASPECT
    return (width * (98.4 - bar) / 100 - 4, bottom - 30, width, bottom)


def _clear(rect: _Rect, taken: Sequence[_Rect], width: float) -> bool:
    left, top, right, bottom = rect
    if left < 2 or right > width - 2 or top < 2 or bottom > width / ASPECT - 2:
        return False
    return all(right <= r[0] or r[2] <= left or bottom <= r[1] or r[3] <= top for r in taken)


def labelled(dots: Sequence[Dot], room: Room) -> Iterator[Dot]:
    """Give a label to each dot for which there is room, the weightiest first, on a wide and on a narrow screen."""
    for dot in dots:
        options = [(side, partial(_label, dot, side)) for side in ("right", "left", "above", "below")]
        best = min(((_ORDER[room.fits(rects)], n) for n, (_, rects) in enumerate(options)))
        side, rects = options[best[1]]
        fits = room.fits(rects)
        room.take(rects, fits)
        yield replace(dot, side="" if fits == "none" else side, fits=fits)


def settled(towns: Sequence[Town], room: Room) -> Iterator[Town]:
    """Yield those towns for whose names there is room, the largest first."""
    for town in towns:
        spot = partial(_town, town)
        fits = room.fits(spot)
        room.take(spot, fits)
        if fits != "none":
            yield replace(town, fits=fits)


def _town(town: Town, width: float) -> _Rect:
    left, top, right, bottom = _around(town.x, town.y, 8, width)
    return (left, top, right + len(town.name) * _LETTER * 0.9, bottom)


def named(countries: Sequence[Country], room: Room) -> Iterator[Country]:
    """Give a name to each country for whose name there is room."""
    for country in countries:
        half = len(country.name) * _LETTER * 0.75  # set in spaced capitals, which run half as wide again
        spot = partial(_flat, partial(_around, country.x, country.y, half))
        fits = room.fits(spot)
        room.take(spot, fits)
        yield replace(country, fits=fits)


def _flat(spot: Callable[[float], _Rect], width: float) -> _Rect:
    rect = spot(width)
    middle = (rect[1] + rect[3]) / 2
    return (rect[0], middle - _LINE / 2, rect[2], middle + _LINE / 2)


def _around(x: float, y: float, radius: float, width: float) -> _Rect:
    left, top = x * width / 100, y * width / ASPECT / 100
    return (left - radius, top - radius, left + radius, top + radius)


def _label(dot: Dot, side: str, width: float) -> _Rect:
    left, top, right, bottom = _around(dot.x, dot.y, dot.reach, width)
    long = len(dot.name) * _LETTER
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    if side in ("right", "left"):
        start = right + 3 if side == "right" else left - 3 - long
        return (start, middle_y - _LINE / 2, start + long, middle_y + _LINE / 2)
    start = top - _LINE if side == "above" else bottom
    return (middle_x - long / 2, start, middle_x + long / 2, start + _LINE)
