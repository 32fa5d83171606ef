"""Points that a text gives as military grid references: "37SFU296908"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from mgrs import MGRS
from mgrs.core import MGRSError

# Zone, band and square, then as many digits east as north; fewer than three each (a kilometre) say no place.
_REFERENCE: Final = re.compile(
    r"\b(\d{1,2})\s?([C-HJ-NP-X])\s?([A-HJ-NP-Z]{2})\s?(\d{3}\s?\d{3}|\d{4}\s?\d{4}|\d{5}\s?\d{5})\b"
)
_CONVERTER: Final = MGRS()


def grids(text: str) -> Iterator[tuple[int, int, tuple[float, float]]]:
    """Yield the grid references of a text: start, end (code points) and (longitude, latitude) in WGS 84 degrees.

    The point is the middle of the square: of 100 m for three digits each way, of 1 m for five. What only looks like a
    reference (the square is not in its zone) is passed over.
    """
    for match in _REFERENCE.finditer(text):
        point = _point("".join(match.groups()).replace(" ", ""))
        if point is not None:
            yield match.start(), match.end(), point


def grid_point(text: str) -> tuple[float, float] | None:
    """Return the point (longitude, latitude) of a text that is a grid reference and nothing else."""
    return next((point for start, end, point in grids(text) if (start, end) == (0, len(text))), None)


@lru_cache(maxsize=1 << 12)
def _point(reference: str) -> tuple[float, float] | None:
    """Return the middle of the square; the library gives the corner, so one digit more is asked for."""
    head, digits = re.fullmatch(r"(\d+\D+)(\d+)", reference).groups()  # type: ignore[union-attr]
    half = len(digits) // 2
    finer = head + digits[:half] + "5" * (half < _FINEST) + digits[half:] + "5" * (half < _FINEST)
    try:
        north, east = _CONVERTER.toLatLon(finer)
    except MGRSError:
        return None
    return (round(east, 6), round(north, 6))


_FINEST: Final = 5  # digits each way: metres
