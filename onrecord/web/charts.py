"""Where the parts of the charts lie: bars of events over time, bounds of figures.

Places along a chart are percentages of its width, so that the words on it keep their size on any screen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import ceil, floor, log10

from onrecord.model.records import Event
from onrecord.model.values import day_after, first_day
from onrecord.model.wording import MONTHS
from onrecord.web.queries import Index
from onrecord.web.words import amount, day, label, short

_DAYS_SHOWN = 92  # at most so many bars a chart: on the narrowest screen (390 px) each is still about 3 px wide
_WEEKS_SHOWN = 92 * 7
_MONTHS_SHOWN = 92 * 30
_FEW = 30  # events up to which a chart shows every one, however far apart
_FAR = 4  # times as long as the part that most events are in must all of it be, before the rest is left out
_TYPES = 6  # types with a colour of their own: as many as stay apart for every kind of colour vision


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands in percent, its words, and whether it is left out on a narrow screen."""

    at: float
    words: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """The events of one type in a bar: its colour, and its bottom and height in percent of the chart."""

    shade: int
    at: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The events of one stretch of days, its last day included; places and sizes in percent of the chart."""

    at: float
    width: float
    height: float
    count: int
    words: str
    first: str
    last: str
    slices: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Histogram:
    """Events over time; `loose` counts those whose date is coarser than a bar, or that have none.

    `beyond` counts those that lie so far before or after the others that these would be squeezed to nothing.
    `types` pairs the types that have a colour of their own with it; 0 is that of all others.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    peak: int
    step: str
    loose: int
    types: tuple[tuple[str, int], ...] = ()
    beyond: int = 0


def histogram(events: Sequence[Event]) -> Histogram:
    """Return the bars of events by the day, week, month or year in which they start, as fine as the chart allows."""
    dated = [(e.when.start, _day(e.when.start), e.type) for e in events if e.when.start]
    if not dated:
        return Histogram((), (), 0, "day", len(events))
    first, last = _frame([day for _, day, _ in dated])
    days = [one for one in dated if first <= one[1] <= last]
    beyond = len(dated) - len(days)
    every = {day for _, day, _ in days}
    step = _step((max(every) - min(every)).days)
    need = {"day": 10, "week": 10, "month": 7, "year": 4}[step]
    floors = {day: _floor(day, step) for day in every}
    placed = [(floors[day], kind) for iso, day, kind in days if len(iso) >= need]
    fit = Counter(at for at, _ in placed)
    if not fit:
        return Histogram((), (), 0, step, len(events) - beyond, beyond=beyond)
    shades = {kind: n for n, (kind, _) in enumerate(Counter(kind for _, kind in placed).most_common(_TYPES), start=1)}
    told: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for at, kind in placed:
        told[at][kind if kind in shades else ""] += 1
    slots = _slots(min(fit), max(fit), step)
    peak = max(fit.values())
    bars = tuple(
        replace(_bar(i, s, fit[s], (len(slots), peak, step)), slices=_slices(told[s], shades, peak))
        for i, s in enumerate(slots)
        if fit[s]
    )
    loose = len(events) - sum(fit.values()) - beyond
    return Histogram(bars, _slot_ticks(slots, step), peak, step, loose, tuple(shades.items()), beyond)


def _frame(days: Sequence[date]) -> tuple[date, date]:
    """Return the first and the last day of a chart: those of all events, or where few lie far off those of most.

    One war that a dispatch remembers from a century ago would otherwise squeeze the one it is about to a line. Most are
    the middle four fifths, and what lies as far again on each side as these reach.
    """
    ordered = [day.toordinal() for day in sorted(days)]
    first, last, tenth = ordered[0], ordered[-1], len(ordered) // 10
    low, high = ordered[tenth], ordered[-1 - tenth]
    reach = max(high - low, _DAYS_SHOWN)
    near = (max(first, low - reach), min(last, high + reach))
    squeezed = len(ordered) > _FEW and last - first > _FAR * (near[1] - near[0])
    first, last = near if squeezed else (first, last)
    return date.fromordinal(first), date.fromordinal(last)


def _slices(told: Counter[str], shades: dict[str, int], peak: int) -> tuple[Slice, ...]:
    """Return the parts of a bar from the bottom up, the most frequent type of all first and the others last."""
    parts, at = [], 0.0
    for kind in (*shades, ""):
        if told[kind]:
            height = 100 * told[kind] / peak
            words = f"{label(kind) or 'other'} {told[kind]}"
            parts.append(Slice(shades.get(kind, 0), round(at, 2), round(height, 2), words))
            at += height
    return tuple(parts)


@lru_cache(maxsize=1 << 14)  # a long archive has some thousand days
def _day(iso: str) -> date:
    return first_day(iso)


def _step(days: int) -> str:
    if days < _DAYS_SHOWN:
        return "day"
    if days < _WEEKS_SHOWN:
        return "week"
    return "month" if days < _MONTHS_SHOWN else "year"


def _floor(moment: date, step: str) -> date:
    if step == "week":
        return moment - timedelta(days=moment.weekday())
    if step == "month":
        return moment.replace(day=1)
    return moment.replace(month=1, day=1) if step == "year" else moment


def _next(moment: date, step: str) -> date:
    if step in ("day", "week"):
        return moment + timedelta(days=1 if step == "day" else 7)
    return day_after(moment.isoformat()[: 7 if step == "month" else 4])


def _slots(first: date, last: date, step: str) -> list[date]:
    slots = [first]
    while slots[-1] < last:
        slots.append(_next(slots[-1], step))
    while len(slots) < 14:  # a chart of two days would be two slabs; a fortnight keeps bars in proportion
        slots.append(_next(slots[-1], step))
    return slots


def _bar(place: int, start: date, count: int, scale: tuple[int, int, str]) -> Bar:
    slots, peak, step = scale
    last = _next(start, step) - timedelta(days=1)
    words = {"day": day(start.isoformat()), "week": f"week of {day(start.isoformat())}"}.get(
        step, day(start.isoformat()[: 7 if step == "month" else 4])
    )
    return Bar(
        at=round(100 * place / slots, 3),
        width=round(100 / slots, 3),
        height=round(100 * count / peak, 2),
        count=count,
        words=words,
        first=start.isoformat(),
        last=last.isoformat(),
    )


def _slot_ticks(slots: Sequence[date], step: str) -> tuple[Tick, ...]:
    every = max(1, ceil(len(slots) / 7))
    shown = range(0, len(slots) - every // 2, every)
    return tuple(
        Tick(round(100 * i / len(slots), 3), _slot_words(slots[i], step, first=not n), wide=bool(n % 2))
        for n, i in enumerate(shown)
    )


def _slot_words(moment: date, step: str, *, first: bool) -> str:
    if step == "year":
        return str(moment.year)
    if step == "month" or first:
        return short(moment, fine=step != "month")
    return f"{moment.day} {MONTHS[moment.month - 1][:3]}"


# ---------------------------------------------------------------------------------------------- bounds of figures


@dataclass(frozen=True, slots=True)
class Row:
    """One account's bounds: the line from `left` to `right` in percent, which sides are open, and its words."""

    left: float
    right: float
    open_left: bool
    open_right: bool
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from nought to `top`."""

    top: float
    ticks: tuple[Tick, ...]

    def at(self, value: float) -> float:
        """Return where a value stands, in percent of the chart."""
        return round(min(100.0, max(0.0, 100 * value / self.top)), 2)


def scale(values: Sequence[float | None]) -> Scale:
    """Return an axis from nought to a round number not below the highest value, with about five marks."""
    most = max((v for v in values if v is not None), default=0.0)
    most = most if most > 1e-6 else 1.0  # nothing counted, or a share too small to draw
    top = most * 1.12  # leaves room for the arrow of an open bound beyond the highest number
    step = _round_step(top / 4)
    marks = [n * step for n in range(floor(top / step) + 1)]
    ticks = tuple(Tick(round(100 * m / top, 2), f"{m:,.10g}", wide=bool(n % 2)) for n, m in enumerate(marks))
    return Scale(top, ticks)


def _round_step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= rough))


def bounds_row(axis: Scale, low: float | None, high: float | None, *, words: str = "", key: str = "") -> Row:
    """Return the line of two bounds on an axis; an open side reaches a little way on, to carry its arrow."""
    reach = 7.0
    left = axis.at(low) if low is not None else max(0.0, axis.at(high or 0) - reach)
    right = axis.at(high) if high is not None else min(100.0, axis.at(low or 0) + reach)
    return Row(left, right, low is None, high is None, words, key)


def claim_rows(ix: Index, claims: Sequence[str], axis: Scale) -> tuple[Row, ...]:
    """Return a line for each claim that gives a number, in the order of the claims."""
    rows: list[Row] = []
    for claim in (ix.claims[c] for c in claims if c in ix.claims):
        if claim.amount is not None:
            size = claim.amount
            rows.append(bounds_row(axis, size.low, size.high, words=amount(size), key=claim.id))
    return tuple(rows)
