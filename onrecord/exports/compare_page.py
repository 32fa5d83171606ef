"""A comparison as one HTML file with a map and a table, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, StrictUndefined

from onrecord.exports.compare import COLUMNS, FINDINGS, Comparison, Finding, rows
from onrecord.exports.material import Material
from onrecord.exports.rows import Row, write_csv

_WIDTH: Final = 900
_HEIGHT: Final = 520
_EDGE: Final = 40
_COLOURS: Final[dict[Finding, str]] = {  # told apart by those who see no red or green (Okabe and Ito)
    "both": "#009e73", "figures differ": "#d55e00", "only theirs": "#0072b2", "only ours": "#cc79a7",
}  # fmt: skip


def write(material: Material, found: Comparison, path: Path) -> list[Path]:
    """Write the page to a path that ends in .html and the table beside it as .csv, and return both paths."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = list(rows(material, found))
    page, table = path.with_suffix(".html"), path.with_suffix(".csv")
    page.write_text(to_html(found, made), encoding="utf-8", newline="")
    return [page, write_csv(table, COLUMNS, made)]


def to_html(found: Comparison, made: Sequence[Row]) -> str:
    """Return the page; it needs nothing from elsewhere."""
    text = (files("onrecord.exports") / "compare.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(text)
    return template.render(
        title=found.title,
        counts=[(name, found.count(name)) for name in FINDINGS],
        passed_over=found.passed_over,
        colours=list(_COLOURS.items()),
        map=_map(made),
        rows=made,
    )


def _map(made: Sequence[Row]) -> dict[str, Any]:
    """Return the points of a plain map: degrees of longitude and latitude, stretched to the frame."""
    points = [(float(r["longitude"]), float(r["latitude"]), r) for r in made if r["longitude"] is not None]  # type: ignore[arg-type]
    west, east = _bounds([p[0] for p in points])
    south, north = _bounds([p[1] for p in points])

    def x(longitude: float) -> float:
        return round(_EDGE + (longitude - west) / (east - west) * (_WIDTH - 2 * _EDGE), 1)

    def y(latitude: float) -> float:
        return round(_HEIGHT - _EDGE - (latitude - south) / (north - south) * (_HEIGHT - 2 * _EDGE), 1)

    lines: list[tuple[float | str, ...]] = [
        (x(d), 0, x(d), _HEIGHT, x(d) + 3, _HEIGHT - 5, f"{d}° E") for d in _steps(west, east)
    ]
    lines += [(0, y(d), _WIDTH, y(d), 3, y(d) - 3, f"{d}° N") for d in _steps(south, north)]
    dots = [{"x": x(lon), "y": y(lat), "colour": _colour(r), "title": _title(r)} for lon, lat, r in points]
    return {"width": _WIDTH, "height": _HEIGHT, "lines": lines, "dots": dots}


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    return (low - 0.5, high + 0.5) if high - low < 1 else (low, high)


def _steps(low: float, high: float) -> range:
    return range(ceil(low), floor(high) + 1, max(1, round((high - low) / 8)))


def _colour(row: Row) -> str:
    return next(colour for name, colour in _COLOURS.items() if name == row["finding"])


def _title(row: Row) -> str:
    place = row["their_place"] or row["our_place"]
    return f"{row['finding']}: {row['their_days'] or row['our_days']}, {place} {row['why']}".strip()
