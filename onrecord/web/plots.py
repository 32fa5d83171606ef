"""A figure's accounts over time: each a bar between its bounds, in the colour of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from onrecord.model.records import Claim, Figure
from onrecord.model.values import first_day
from onrecord.web.charts import Scale, Tick, scale
from onrecord.web.queries import Index, name_of
from onrecord.web.words import amount, day, short

_SHADES = 6  # as many as stay apart for every kind of colour vision; further sources share one more
_EDGE = 4.0  # percent of the width kept free on both sides, so that no bar stands on the frame
_MOST = 300  # accounts drawn: more than can be told apart


@dataclass(frozen=True, slots=True)
class Account:
    """One account: where it stands in percent from the left, its bounds from the top, and which of them are open."""

    x: float
    top: float
    bottom: float
    open_top: bool
    open_bottom: bool
    shade: int
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All accounts of a figure; `lines` join those of one source that count on, and `band` is what was concluded."""

    accounts: tuple[Account, ...]
    lines: tuple[tuple[float, float, float, float, int], ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Tick, ...]
    sources: tuple[tuple[str, int], ...]
    others: int
    band: tuple[float, float]
    best: float | None


def plot(ix: Index, figure: Figure, claims: Sequence[Claim]) -> Plot | None:
    """Return the plot of a figure's claims, or `None` where all that have a number are of one day."""
    told = [(at, c) for c in claims[:_MOST] if c.amount and (at := _moment(ix, c))]
    if len({at for at, _ in told}) < 2:
        return None
    told.sort(key=lambda pair: (pair[0], pair[1].id))
    sides = [side for _, c in told if c.amount for side in (c.amount.low, c.amount.high)]
    axis = scale([*sides, figure.low, figure.best, figure.high])
    names = [_source(ix, c) for _, c in told]
    ranked = [name for name, _ in Counter(names).most_common()]
    shades = {name: min(n, _SHADES + 1) for n, name in enumerate(ranked, start=1)}
    first, last = told[0][0], told[-1][0]
    days = (last - first).days
    across = [round(_EDGE + (100 - 2 * _EDGE) * (at - first).days / days, 2) for at, _ in told]
    accounts = [_account(x, c, axis, shades[n], f"{n}, {day(at.isoformat())}")
                for x, (at, c), n in zip(across, told, names, strict=True)]  # fmt: skip
    low, high = _y(axis, figure.low, 100.0), _y(axis, figure.high, 0.0)
    return Plot(
        accounts=tuple(accounts),
        lines=tuple(_lines(accounts, names)) if figure.mode == "cumulative" else (),
        ticks=tuple(_dates(first, last)),
        marks=tuple(Tick(100 - t.at, t.words) for t in axis.ticks),
        sources=tuple((n, s) for n, s in shades.items() if s <= _SHADES),
        others=max(0, len(shades) - _SHADES),
        band=(high, low),
        best=_y(axis, figure.best, 0.0) if figure.best is not None else None,
    )


def _moment(ix: Index, claim: Claim) -> date | None:
    known = ix.dispatches.get(claim.dispatch)
    iso = claim.as_of or (known.published if known else None)
    return first_day(iso) if iso else None


def _source(ix: Index, claim: Claim) -> str:
    statement = ix.statements.get(claim.statement or "")
    if statement:
        return name_of(ix, statement.organisation or statement.speaker) or statement.speaker_text
    known = ix.dispatches.get(claim.dispatch)
    return (known.outlet or known.file or "a dispatch") if known else "a dispatch"


def _y(axis: Scale, value: float | None, otherwise: float) -> float:
    return otherwise if value is None else round(100 - axis.at(value), 2)


def _account(x: float, claim: Claim, axis: Scale, shade: int, who: str) -> Account:
    low, high = (claim.amount.low, claim.amount.high) if claim.amount else (None, None)
    bottom, top = _y(axis, low, 100.0), _y(axis, high, 0.0)
    if high is None:
        top = max(0.0, bottom - 12)
    if low is None:
        bottom = min(100.0, top + 12)
    return Account(x, top, bottom, high is None, low is None, shade, f"{who}: {amount(claim.amount)}", claim.id)


def _lines(accounts: Sequence[Account], names: Sequence[str]) -> Iterator[tuple[float, float, float, float, int]]:
    """Yield lines between the lower bounds of each source's accounts, one after another in time."""
    for name in dict.fromkeys(names):
        own = [a for a, n in zip(accounts, names, strict=True) if n == name]
        for one, other in pairwise(own):
            yield one.x, _point(one), other.x, _point(other), one.shade


def _point(account: Account) -> float:
    return account.top if account.open_bottom else account.bottom


def _dates(first: date, last: date) -> Iterator[Tick]:
    days = (last - first).days
    steps = min(4, days)
    for n in range(steps + 1):
        at = first + timedelta(days=days * n // steps)
        where = _EDGE + (100 - 2 * _EDGE) * (at - first).days / days
        yield Tick(round(where, 2), short(at, fine=days < 300), wide=bool(n % 2))
