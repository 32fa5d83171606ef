"""Where the stretches of control lie on a chart: a lane for each place, with its holders over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from onrecord.model.records import Control
from onrecord.model.values import day_after, first_day
from onrecord.web.charts import Tick
from onrecord.web.labels import Held
from onrecord.web.queries import Index, holders_now, name_of
from onrecord.web.words import day, heading, short

Frame = tuple[tuple[date, date], Mapping[str, int]]  # the first and last day drawn, and the colours of holders
SHADES = 6  # as many as stay apart for every kind of colour vision; further holders share one more


@dataclass(frozen=True, slots=True)
class Spell:
    """One stretch of control on a lane, in percent; `shade` is the holder's colour, 0 for nobody or unknown."""

    at: float
    width: float
    shade: int
    control: Control
    words: str
    when: str
    row: int
    fits: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A place and who held it, by time; claims that overlap in time lie on rows of their own.

    `undated` are the stretches of which no side is told: they are not drawn, for any length would be made up.
    """

    place: str
    spells: tuple[Spell, ...]
    rows: int
    undated: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Lanes:
    """All places over one stretch of time; `holders` pairs each holder that has a shade of its own with that shade."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    holders: tuple[tuple[str, int], ...]
    others: int


def lanes(ix: Index, control: Sequence[Control], shades: Mapping[str, int] | None = None) -> Lanes:
    """Return a lane for each place, in the order in which they come, over the time that all of them cover.

    `shades` are the holders' colours, where they are to be those of a larger record.
    """
    sides = [first_day(c.since) for c in control if c.since] + [day_after(c.until) for c in control if c.until]
    first, last = (min(sides), max(sides)) if sides else (date(2000, 1, 1), date(2000, 1, 2))
    pad = timedelta(days=max(3, (last - first).days // 20))
    reach = (first - pad, last + pad)
    here = {c.holder for c in control}
    shades = {h: n for h, n in shades.items() if h in here} if shades else _shades(control)
    spells: defaultdict[str, list[Control]] = defaultdict(list)
    for spell in control:
        spells[spell.place].append(spell)
    return Lanes(
        lanes=tuple(_lane(ix, p, held, (reach, shades)) for p, held in spells.items()),
        ticks=_date_ticks(*reach) if sides else (),
        holders=tuple((holder, shade) for holder, shade in shades.items() if shade <= SHADES),
        others=sum(shade > SHADES for shade in shades.values()),
    )


@lru_cache(maxsize=2)
def shades_of(ix: Index) -> dict[str, int]:
    """Return the colour of each holder, from 1; those with most stretches of control first."""
    return _shades(ix.record.control)


@lru_cache(maxsize=2)
def held_now(ix: Index) -> dict[str, Held]:
    """Return who holds each place by the latest that is said of it."""
    found: dict[str, Held] = {}
    for spell in holders_now(ix):
        known = found.get(spell.place)
        state = "contested" if known and known.name != name_of(ix, spell.holder) else spell.state
        shade = shades_of(ix).get(spell.holder or "", 0)
        found[spell.place] = Held(shade, name_of(ix, spell.holder) or "nobody named", state, spell.disputed)
    return found


def _shades(control: Sequence[Control]) -> dict[str, int]:
    counts = Counter(c.holder for c in control if c.holder and (c.since or c.until))
    ranked = sorted(counts, key=lambda h: (-counts[h], h))
    return {holder: min(n + 1, SHADES + 1) for n, holder in enumerate(ranked)}


def _lane(
    ix: Index, place: str, control: Sequence[Control], frame: tuple[tuple[date, date], Mapping[str, int]]
) -> Lane:
    (first, last), shades = frame
    total = (last - first).days
    ends: list[date] = []
    spells: list[Spell] = []
    for spell in sorted(
        (c for c in control if c.since or c.until), key=lambda c: (c.since or "", c.until or "9999", c.holder or "")
    ):
        start = first_day(spell.since) if spell.since else first
        end = max(day_after(spell.until) if spell.until else last, start + timedelta(days=1))
        row = next((n for n, taken in enumerate(ends) if taken <= start + timedelta(days=1)), len(ends))
        ends[row : row + 1] = [end]
        at, until = 100 * (start - first).days / total, 100 * (end - first).days / total
        holder = name_of(ix, spell.holder) or heading(spell.state)
        shade = shades.get(spell.holder or "", 0)
        fits = _fits(holder, until - at)
        spells.append(Spell(round(at, 2), round(until - at, 2), shade, spell, holder, spell_words(spell), row, fits))
    return Lane(place, tuple(spells), len(ends), tuple(c for c in control if not c.since and not c.until))


def _fits(words: str, width: float) -> str:
    """Return on which screens the words fit a stretch of so many percent: lanes are 330 and 600 pixels wide or more."""
    long = 12 + len(words) * 7.4
    if long <= width * 3.3:
        return "all"
    return "wide" if long <= width * 6 else "none"


def spell_words(control: Control) -> str:
    """Return when a stretch of control began and ended, in words."""
    if control.since and control.until:
        return f"{day(control.since)} – {day(control.until)}"
    if control.since:
        return f"from {day(control.since)}"
    return f"until {day(control.until)}" if control.until else "dates not told"


def _date_ticks(first: date, last: date) -> tuple[Tick, ...]:
    total = (last - first).days
    fine = total < 200
    return tuple(
        Tick(round(100 * n / 5, 2), short(first + timedelta(days=total * n // 5), fine=fine), wide=bool(n % 2))
        for n in range(5)
    )
