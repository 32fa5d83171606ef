"""Vector pictures for the report: events a day, bounds of figures, places. Plain SVG, the same bytes each time."""

from __future__ import annotations

from collections import Counter
from html import escape
from math import cos, radians

from onrecord.model.records import Figure, Record
from onrecord.report.english import bounded, day

WIDE, ROW, LEFT = 720, 22, 250  # user units; LEFT is the room for the words beside a bar


def timeline(record: Record) -> str:
    """Return bars of dated events by day or, where more than 40 days have some, by month."""
    happened = [e for e in record.events if e.status in ("happened", "ongoing") and e.when.start]
    days = Counter(e.when.start or "" for e in happened if e.when.precision == "day")
    if len(days) > 40:  # more bars than a page's width can label
        days = Counter(d[:7] for d in days.elements())
    if not days:
        return ""
    top = max(days.values())
    rows = [_bar(i, day(iso), days[iso], top) for i, iso in enumerate(sorted(days))]
    return _svg("Events by date", len(rows), rows)


def _bar(row: int, words: str, number: int, top: int) -> str:
    y, wide = row * ROW, (WIDE - LEFT - 60) * number / top
    return (
        f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(words)}</text>'
        f'<rect x="{LEFT}" y="{y + 4}" width="{wide:.1f}" height="14"/>'
        f'<text x="{LEFT + wide + 6:.1f}" y="{y + 15}">{number}</text>'
    )


def bounds(record: Record) -> str:
    """Return the bounds of the figures on which accounts differ: a line from low to high, open sides dashed."""
    shown = [f for f in record.figures if f.disputes and (f.low is not None or f.high is not None)][:12]
    if not shown:
        return ""
    names = {e.id: e.name for e in record.entities}
    top = max(max(f.low or 0, f.best or 0, f.high or 0) for f in shown) or 1
    rows = [_range(i, f, names.get(f.place or "", ""), top) for i, f in enumerate(shown)]
    return _svg("Figures on which accounts differ", len(rows), rows)


def _range(row: int, figure: Figure, place: str, top: float) -> str:
    y, scale = row * ROW + 11, (WIDE - LEFT - 90) / top
    low = LEFT + (figure.low or 0) * scale
    high = LEFT + (figure.high if figure.high is not None else top) * scale
    words = " ".join(filter(None, (figure.who or "", figure.measure, place)))
    dashes = ' stroke-dasharray="4 3"' if None in (figure.low, figure.high) else ""
    label = bounded(figure.low, figure.high)
    return (
        f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(words[:38])}</text>'
        f'<line x1="{low:.1f}" y1="{y}" x2="{max(high, low + 2):.1f}" y2="{y}"{dashes}/>'
        f'<circle cx="{low:.1f}" cy="{y}" r="4"/><circle cx="{high:.1f}" cy="{y}" r="4"/>'
        f'<text x="{max(high, low) + 9:.1f}" y="{y + 4}">{escape(label)}</text>'
    )


def places(record: Record) -> str:
    """Return the places of events as dots, longitude across and latitude up, larger where more events lie."""
    weight = Counter(e.place for e in record.events if e.place and e.status in ("happened", "ongoing"))
    entities = {e.id: e for e in record.entities if e.point and e.precision in ("exact", "near", "within")}
    shown = sorted((n, entities[p].name, entities[p].point) for p, n in weight.items() if p in entities)[-14:]
    if not shown:
        return ""
    points = [point for _, _, point in shown if point]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = cos(radians((south + north) / 2))
    scale = min((WIDE - 240) / max((east - west) * squeeze, 0.2), 300 / max(north - south, 0.2))
    high = (north - south) * scale + 40
    marks = [
        _place(40 + (point[0] - west) * squeeze * scale, 20 + (north - point[1]) * scale, number, name)
        for number, name, point in shown
        if point
    ]
    return _frame("Places of the events", high, marks)


def _place(x: float, y: float, number: int, name: str) -> str:
    size = 3 + min(number, 16) ** 0.5
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'
    return f'{dot}<text x="{x + size + 4:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'


def _svg(title: str, rows: int, parts: list[str]) -> str:
    return _frame(title, rows * ROW + 6, parts)


def _frame(title: str, high: float, parts: list[str]) -> str:
    head = (
        f'<svg viewBox="0 0 {WIDE} {high:.0f}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
    )
    return f"{head}{''.join(parts)}</svg>"
