"""The timeline and the plot of figures, drawn from what the report tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import log10

from onrecord.model.lookup import Lookup
from onrecord.model.records import Claim, Figure
from onrecord.model.values import first_day
from onrecord.model.wording import MONTHS, count
from onrecord.model.wording import bounds as bounds_in_words
from onrecord.report.drawing import FAINT, INK, QUIET, SHADES, Drawing, box, line, room, text
from onrecord.report.names import table
from onrecord.report.weights import Development

WIDE = 480.0  # points: the width of the text on A4 paper
_TALL, _HEAD, _FOOT, _LEFT = 62.0, 16.0, 16.0, 22.0
_ROW, _LABEL = 15.0, 165.0


def timeline(found: Sequence[Development]) -> Drawing | None:
    """Return columns of developments by day, month or year, whichever gives at most 40 of them, by class of event."""
    days = sorted(first_day(d.told.when.start or "") for d in found)
    if not days:
        return None
    cut = next(c for c in (10, 7, 4) if c == 4 or len(_buckets(days[0], days[-1], c)) <= 40)
    keys = _buckets(days[0], days[-1], cut)
    classes: dict[str, str] = {kind: name for name, kinds in table()["classes"].items() for kind in kinds.split()}
    held = Counter((first_day(d.told.when.start or "").isoformat()[:cut], classes[d.told.event.type]) for d in found)
    top = max(sum(held[key, name] for name in table()["classes"]) for key in keys)
    step = (WIDE - _LEFT) / len(keys)
    shapes = [*_legend(list(table()["classes"])), *_scale(top)]
    for n, key in enumerate(keys):
        shapes += _column(_LEFT + n * step, min(step * 0.8, 26), [held[key, name] for name in table()["classes"]], top)
    shapes += _axis(keys, step)
    unit = {10: "day", 7: "month", 4: "year"}[cut]
    return Drawing(
        WIDE, _HEAD + _TALL + _FOOT, f"Developments by {unit}, {count(len(found), 'in all', 'in all')}", tuple(shapes)
    )


def _buckets(first: date, last: date, cut: int) -> list[str]:
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return list(dict.fromkeys(d.isoformat()[:cut] for d in every))


def _legend(names: Sequence[str]) -> list[str]:
    shapes, x = [], _LEFT
    for name, shade in zip(names, SHADES, strict=True):
        shapes += [box(x, 2, 8, 8, fill=shade), text(x + 12, 9.5, name, size=8.5)]
        x += 26 + room(name, 8.5)
    return shapes


def _scale(top: int) -> list[str]:
    ground = _HEAD + _TALL
    marks = sorted({0, top} | ({top // 2} if top >= 4 else set()))
    shapes = []
    for mark in marks:
        y = ground - _TALL * mark / top * 0.94
        shapes += [
            line(_LEFT, y, WIDE, y, stroke=FAINT, wide=0.6),
            text(_LEFT - 4, y + 3, str(mark), size=8, anchor="end", fill=QUIET),
        ]
    return shapes


def _column(x: float, wide: float, numbers: Sequence[int], top: int) -> list[str]:
    shapes, y = [], _HEAD + _TALL
    for number, shade in zip(numbers, SHADES, strict=True):
        high = _TALL * 0.94 * number / top
        y -= high
        shapes += [box(x + 1, y, wide, high, fill=shade)] if number else []
    return shapes


def _axis(keys: Sequence[str], step: float) -> list[str]:
    every = next(n for n in (1, 2, 3, 5, 7, 10, 12, 20) if n * step >= 44 or n == 20)
    baseline = _HEAD + _TALL + 11
    return [
        text(_LEFT + n * step + 1, baseline, _mark(key), size=8, fill=QUIET)
        for n, key in enumerate(keys)
        if n % every == 0 and _LEFT + n * step + room(_mark(key), 8) < WIDE
    ]


def _mark(key: str) -> str:
    parts = key.split("-")
    if len(parts) == 1:
        return key
    month = MONTHS[int(parts[1]) - 1][:3]
    return f"{int(parts[2])} {month}" if len(parts) == 3 else f"{month} {parts[0]}"


# -------------------------------------------------------------------------------------------------------- figures


def bounds(figures: Sequence[Figure], lookup: Lookup) -> Drawing | None:
    """Return a row a figure: a bar from its low to its high bound and a tick for each account, on one scale in tens."""
    if not figures:
        return None
    ordered = sorted(figures, key=lambda f: (f.as_of or "9999", f.measure, f.id))
    top = max(max(f.low or 1, f.high or 1, f.best or 1) for f in ordered) * 1.6
    shapes = [s for n, f in enumerate(ordered) for s in _row(n, f, lookup, top)]
    ground = _ROW * len(ordered) + 4
    for power in range(int(log10(top)) + 1):
        x = _x(10.0**power, top)
        shapes = [line(x, 0, x, ground, stroke=FAINT, wide=0.6), *shapes]
        shapes += [text(x, ground + 10, f"{10**power:,}", size=8, anchor="middle", fill=QUIET)]
    return Drawing(WIDE, ground + 14, "Bounds of the figures, on a scale of tens", tuple(shapes))


def _x(value: float, top: float) -> float:
    """Return where a number stands: numbers of one war run from one to a million, so that each step is ten times."""
    return _LABEL + 10 + (WIDE - _LABEL - 90) * log10(max(value, 1.0)) / max(log10(top), 1.0)


def _row(row: int, figure: Figure, lookup: Lookup, top: float) -> list[str]:
    y = row * _ROW + 11
    low, high = _x(figure.low or 1, top), _x(figure.high or top, top)
    shapes = [text(_LABEL, y + 3, _label(figure, lookup), size=8.5, anchor="end")]
    open_side = None in (figure.low, figure.high)
    if high - low > 1:
        shapes.append(line(low, y, high, y, stroke=SHADES[1], wide=4 if not open_side else 2, dashed=open_side))
    values = sorted({v for c in lookup.told(figure.claims) for v in _values(c)})
    shapes += [box(_x(value, top) - 1.2, y - 5, 2.4, 10, fill=SHADES[0]) for value in values]
    words = bounds_in_words(figure.low, figure.high)
    return [*shapes, text(WIDE - 2, y + 3, words, size=8.5, anchor="end", fill=INK)]


def _values(claim: Claim) -> list[float]:
    return [v for v in (claim.amount.low, claim.amount.high) if v is not None] if claim.amount else []


def _label(figure: Figure, lookup: Lookup) -> str:
    words = f"{figure.who or 'people'} {figure.measure}"
    place = lookup.name(figure.place)
    full = f"{words}, {place}" if place else words
    while room(full.removesuffix("…"), 8.5) > _LABEL:
        full = f"{full.removesuffix('…')[:-1].rstrip(', ')}…"
    return full
