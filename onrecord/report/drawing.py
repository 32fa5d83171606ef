"""Vector pictures as a few shapes, written as SVG; the same shapes give the same bytes in every form of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# One hue in four steps, told apart without colour by their lightness; on white each has 3:1 against its neighbour.
INK, QUIET, FAINT, LAND, SHEET = "#1d2327", "#5b666d", "#c9cdd0", "#eef0ee", "#f7f7f4"
COAST, WATER = "#9aa3a8", "#b5cdd8"
_NAMES = {INK: "ink", QUIET: "quiet", FAINT: "faint", SHEET: "sheet", LAND: "land", WATER: "water"}
SHADES = ("#0b3c53", "#2f7fa3", "#8fbcd2", "#c98a2b")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its width and height in points, what it shows in words, and its shapes as SVG."""

    wide: float
    high: float
    about: str
    shapes: tuple[str, ...]

    def svg(self) -> str:
        """Return the picture as an SVG document that needs nothing beside it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.wide:g} {self.high:g}" '
            f'width="{self.wide:g}" height="{self.high:g}" role="img" aria-label="{escape(self.about)}">'
            f"<title>{escape(self.about)}</title>{''.join(self.shapes)}</svg>"
        )


def text(x: float, y: float, words: str, *, size: float = 9, anchor: str = "start", fill: str = INK) -> str:
    """Return a line of text whose baseline begins, centres or ends at the point."""
    style = f'font-size="{size:g}" text-anchor="{anchor}" fill="{fill}" class="{_name(fill)}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def box(x: float, y: float, wide: float, high: float, *, fill: str) -> str:
    """Return a filled rectangle."""
    size = f'width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{fill}" class="{_name(fill)}"/>'


def disc(x: float, y: float, radius: float, *, fill: str) -> str:
    """Return a filled circle with a rim that sets it off from what it overlaps."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="#ffffff" stroke-width="0.8"/>'


def line(
    x: float, y: float, to_x: float, to_y: float, *, stroke: str = QUIET, wide: float = 1, dashed: bool = False
) -> str:
    """Return a straight line."""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{stroke}" stroke-width="{wide:g}" class="{_name(stroke)}"{dashes}/>'


def track(points: Sequence[tuple[float, float]], *, stroke: str = QUIET, wide: float = 1) -> str:
    """Return an open line through points."""
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{wide:g}" class="{_name(stroke)}"/>'


def outline(points: Sequence[tuple[float, float]], *, fill: str = LAND, stroke: str = FAINT) -> str:
    """Return a closed shape."""
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z"
    return f'<path d="{path}" fill="{fill}" stroke="{stroke}" stroke-width="0.7" class="{_name(fill)}"/>'


def _name(colour: str) -> str:
    """Return the class by which a style sheet may give a colour another value, in the dark for example."""
    return _NAMES.get(colour, "mark")


def room(words: str, size: float = 9) -> float:
    """Return about how wide words are set: 0.6 of the size a letter, measured over place names in a wide sans face."""
    return 0.6 * size * len(words)
