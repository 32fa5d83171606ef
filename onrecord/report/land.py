"""Land and water under a drawn map: countries, lakes, rivers and the borders of first-level regions, of Natural Earth.

`make assets` builds them for the workspace; where they were not built a map shows none. Points are longitude and
latitude, frames west, south, east and north, all in degrees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]
Frame = tuple[float, float, float, float]
BUILD = Path(__file__).parents[1] / "web" / "static" / "build"


def countries(frame: Frame) -> Iterator[tuple[str, list[Line]]]:
    """Yield each country in a frame, with its closed outlines as far as they lie inside."""
    for name, lines in _shapes("countries.json"):
        if inside := _clipped(lines, frame):
            yield name, inside


def lakes(frame: Frame) -> list[Line]:
    """Return the shores in a frame, closed."""
    return [ring for kind, lines in _shapes("waters.json") if kind == "lake" for ring in _clipped(lines, frame)]


def rivers(frame: Frame) -> list[Line]:
    """Return the rivers in a frame, each as the stretches that show."""
    return [part for kind, lines in _shapes("waters.json") if kind == "river" for part in _shown(lines, frame)]


def regions(frame: Frame) -> list[Line]:
    """Return the borders between first-level regions of one country, as the stretches that show."""
    return [part for _, lines in _shapes("regions.json") for part in _shown(lines, frame)]


def clip(ring: Line, frame: Frame) -> Line:
    """Return the part of a closed ring inside the frame, side by side after Sutherland and Hodgman (1974)."""
    west, south, east, north = frame
    for axis, bound, keep in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        ring = tuple(_cut(ring, axis, bound, keep))
    return ring


def _cut(ring: Line, axis: int, bound: float, keep: int) -> Iterator[Point]:
    for one, other in pairwise((*ring, *ring[:1])):
        inside, next_inside = (one[axis] - bound) * keep >= 0, (other[axis] - bound) * keep >= 0
        if inside:
            yield one
        if inside != next_inside:
            part = (bound - one[axis]) / (other[axis] - one[axis])
            yield (one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1]))


def stretches(line: Line, frame: Frame) -> Iterator[Line]:
    """Yield the stretches of an open line that meet the frame; the last piece of each may reach beyond it."""
    run: list[Point] = []
    for one, other in pairwise(line):
        if _meet(_frame((one, other)), frame):
            run += [other] if run else [one, other]
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _clipped(lines: Iterable[tuple[Frame, Line]], frame: Frame) -> list[Line]:
    inside = (clip(ring, frame) for around, ring in lines if _meet(around, frame))
    return [ring for ring in inside if len(ring) > 2]


def _shown(lines: Iterable[tuple[Frame, Line]], frame: Frame) -> Iterator[Line]:
    return (part for around, line in lines if _meet(around, frame) for part in stretches(line, frame))


def _meet(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# ------------------------------------------------------------------------------------------------------- the files


def _shapes(name: str) -> tuple[tuple[str, tuple[tuple[Frame, Line], ...]], ...]:
    source = BUILD / name
    return _read(source, source.stat().st_mtime) if source.is_file() else ()


@cache
def _read(source: Path, _changed: float) -> tuple[tuple[str, tuple[tuple[Frame, Line], ...]], ...]:
    """Return name or kind of each feature, with its lines and the frame around each."""
    features = json.loads(source.read_text("utf-8"))["features"]
    return tuple((_name(f["properties"]), tuple(map(_framed, _lines(f["geometry"]["coordinates"])))) for f in features)


def _name(properties: dict[str, Any]) -> str:
    return str(properties.get("name") or properties.get("kind") or "")


def _lines(coordinates: Sequence[Any]) -> Iterator[Line]:
    """Yield the lines of a geometry, however deep they lie."""
    if isinstance(coordinates[0][0], (int, float)):
        yield tuple((float(p[0]), float(p[1])) for p in coordinates)
    else:
        for part in coordinates:
            yield from _lines(part)


def _framed(line: Line) -> tuple[Frame, Line]:
    return _frame(line), line


def _frame(line: Line) -> Frame:
    lons, lats = [p[0] for p in line], [p[1] for p in line]
    return (min(lons), min(lats), max(lons), max(lats))
