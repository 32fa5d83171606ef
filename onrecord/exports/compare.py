"""Holds a record against another project's table: what both have, what only one has, where their numbers differ."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Final, Literal

from onrecord.exports.material import Material, Told
from onrecord.exports.rows import Row
from onrecord.lexicon.folding import fold
from onrecord.lexicon.projects import ProjectRow, dates_of, day_first, lacking, project_of, project_row, title_of
from onrecord.model.errors import SourceError

Finding = Literal["both", "figures differ", "only theirs", "only ours"]
FINDINGS: Final[tuple[Finding, ...]] = ("both", "figures differ", "only theirs", "only ours")
COLUMNS: Final = (
    "finding", "their_id", "onrecord_id", "their_days", "our_days", "their_place", "our_place", "kilometres",
    "their_type", "our_type", "their_actors", "our_actors", "their_killed", "our_killed", "why", "their_source",
    "our_dispatches", "longitude", "latitude",
)  # fmt: skip
_NEAR_KM: Final = 25.0  # what UCDP calls a limited area around a place
_NEAR_DAYS: Final = 1  # a dispatch of the morning tells of the night before
_DONE: Final = frozenset({"happened", "ongoing", "uncertain"})
_VIOLENT: Final = frozenset({
    "armed_clash", "offensive", "territory_gain", "air_strike", "shelling", "bombing", "suicide_bombing",
    "chemical_attack", "killing", "injury", "violence_against_civilians",
})  # fmt: skip
Killed = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of theirs and an event of ours that are the same, or one of the two alone."""

    finding: Finding
    theirs: ProjectRow | None
    ours: Told | None
    killed: tuple[Killed, Killed] = (None, None)
    kilometres: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it: the pairs by day, and how much could not be compared, with the reasons."""

    title: str
    pairs: tuple[Pair, ...]
    passed_over: tuple[tuple[str, int], ...]

    def count(self, finding: Finding) -> int:
        """Return how many pairs are of a finding."""
        return sum(p.finding == finding for p in self.pairs)


def read_table(path: Path) -> tuple[str, list[ProjectRow], Counter[str]]:
    """Return the project, its rows, and how many could not be read and why. Raises SourceError on another table."""
    columns, cells = _cells(path)
    project = project_of(columns)
    if project is None:
        why = lacking(columns) or "it does not have the columns of ACLED, UCDP GED or Airwars"
        raise SourceError("no table", f"{path.name} cannot be compared: {why}; give it as it was downloaded")
    rows, bad = _rows(project, cells)
    if not rows:
        why = next(iter(bad), "it has a heading and nothing below")
        raise SourceError("empty", f"{path.name} has no row that can be compared: {why}")
    return project, rows, bad


def _cells(path: Path) -> tuple[Sequence[str], list[dict[str, str]]]:
    """Return the columns and the rows of a CSV file, whatever separates its cells."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=max(",;\t", key=head.count))
            return reader.fieldnames or (), list(reader)
    except OSError as error:
        raise SourceError("unreadable", f"{path} cannot be read: {error.strerror}; check the path") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError("malformed", f"{path.name} is no CSV in UTF-8: {error}; save it anew as CSV UTF-8") from None


def _rows(project: str, cells: Sequence[dict[str, str]]) -> tuple[list[ProjectRow], Counter[str]]:
    """Return the rows that can be read, and how many cannot, with the first of them by its number below the heading."""
    rows, faults = [], defaultdict[str, list[str]](list)
    by_day = day_first(date for row in cells for date in dates_of(project, row))
    for number, cell in enumerate(cells, 1):
        try:
            row = project_row(project, cell, by_day=by_day)
        except ValueError as error:
            faults["their rows that cannot be read"].append(f"row {number}: {error}")
            continue
        rows.append(row)
        if row.faults:
            faults["their rows read but for a cell"].append(f"row {number}: {'; '.join(row.faults)}")
    return rows, Counter({f"{what} (the first is {told[0]})": len(told) for what, told in faults.items()})


def compare(material: Material, path: Path) -> Comparison:
    """Return what the record and a table have in common and what not.

    Compared are our events that are told as done, dated to a month and have a point, within the days and countries that
    the table covers. Two are the same where their days meet or follow one another, they lie within 25 kilometres of one
    another, and both are violence or of one type; of several the nearest in type, actors, days and place.
    """
    project, rows, passed = read_table(path)
    ours = list(_comparable(material, rows, passed))
    found = _matched(rows, ours)
    killed = {t.id: _ours_killed(material, t) for t in ours}
    pairs = [_pair(row, told, killed, km) for row, told, km in found]
    matched_rows, matched = {id(row) for row, _, _ in found}, {told.id for _, told, _ in found}
    pairs += [Pair("only theirs", r, None, (_their_killed(r), None)) for r in rows if id(r) not in matched_rows]
    pairs += [Pair("only ours", None, t, (None, killed[t.id])) for t in ours if t.id not in matched]
    return Comparison(title_of(project), tuple(sorted(pairs, key=_order)), tuple(sorted(passed.items())))


def _order(pair: Pair) -> tuple[str, str, str]:
    day = pair.theirs.first.isoformat() if pair.theirs else str(pair.ours and pair.ours.event.when.start)
    return day, pair.theirs.id if pair.theirs else "", pair.ours.id if pair.ours else ""


def _comparable(material: Material, rows: Sequence[ProjectRow], passed: Counter[str]) -> Iterator[Told]:
    countries = {fold(r.country) for r in rows if r.country}
    first, last = min((r.first for r in rows), default=None), max((r.last for r in rows), default=None)
    for told in material.events:
        if told.event.status not in _DONE:
            passed["our events that are denied, expected or conditional"] += 1
        elif told.days is None or (told.days[1] - told.days[0]).days > 31:
            passed["our events without a date, or with one rougher than a month"] += 1
        elif told.place is None or told.place.point is None or told.place.precision == "country":
            passed["our events without a place on the map"] += 1
        elif first is None or last is None or told.days[1] < first or told.days[0] > last:
            passed["our events outside the days of their table"] += 1
        elif countries and told.country and fold(told.country.name) not in countries:
            passed["our events outside the countries of their table"] += 1
        else:
            yield told


# -------------------------------------------------------------------------------------------------------- matching


def _matched(rows: Sequence[ProjectRow], ours: Sequence[Told]) -> list[tuple[ProjectRow, Told, float]]:
    """Return pairs, the surest first, each row and each event once."""
    by_day: defaultdict[int, list[Told]] = defaultdict(list)
    for told in ours:
        for day in _reach(told):
            by_day[day].append(told)
    scored = sorted(_scored(rows, by_day), key=lambda s: (-s[0], s[1], s[3].id))
    taken_rows: set[int] = set()
    taken: set[str] = set()
    pairs = []
    for _, number, km, told in scored:
        if number not in taken_rows and told.id not in taken:
            taken_rows.add(number)
            taken.add(told.id)
            pairs.append((rows[number], told, km))
    return pairs


def _reach(told: Told) -> range:
    first, last = told.days or (None, None)
    if first is None or last is None:
        return range(0)
    return range(first.toordinal() - _NEAR_DAYS, last.toordinal() + _NEAR_DAYS + 1)


def _scored(rows: Sequence[ProjectRow], by_day: dict[int, list[Told]]) -> Iterator[tuple[float, int, float, Told]]:
    for number, row in enumerate(rows):
        days = range(row.first.toordinal(), row.last.toordinal() + 1)
        near = {told.id: told for day in days for told in by_day.get(day, ())}
        for told in near.values():
            km = _kilometres(row, told)
            if km <= _NEAR_KM and _alike(row.type, told.event.type):
                yield _score(row, told, km), number, km, told


def _alike(theirs: str, ours: str) -> bool:
    return theirs == ours or (theirs in _VIOLENT and ours in _VIOLENT)


def _score(row: ProjectRow, told: Told, km: float) -> float:
    """Return how near the two are: the type counts two, actors two, the day one, the place one."""
    names = {fold(n) for p in (*told.agents, *told.targets) for n in (p.name, *(a for a, _ in p.entity.aliases))}
    theirs = {fold(n) for n in (*row.agents, *row.targets)}
    shared = any(one and (one in other or other in one) for one in names for other in theirs if other)
    first, last = told.days or (row.first, row.last)
    meets = first <= row.last and row.first <= last
    return 2.0 * (row.type == told.event.type) + 2.0 * shared + meets + 1 - km / _NEAR_KM


def _kilometres(row: ProjectRow, told: Told) -> float:
    place = told.place
    if place is None:
        return float("inf")
    if row.place and fold(row.place) in {fold(n) for n in (place.name, *(a for a, _ in place.aliases))}:
        return 0.0
    return distance(row.point, place.point) if row.point and place.point else float("inf")


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points (longitude, latitude) on a sphere (haversine)."""
    (x1, y1), (x2, y2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


# --------------------------------------------------------------------------------------------------------- numbers


def _their_killed(row: ProjectRow) -> Killed:
    known = [n for n in (row.low, row.best, row.high) if n is not None]
    if not known:
        return None
    best = row.best if row.best is not None else known[0]
    return int(min(known)), int(best), int(max(known))


def _ours_killed(material: Material, told: Told) -> Killed:
    toll = material.toll(told, "killed")
    return (toll.total("low"), toll.total(), toll.total("high")) if toll else None


def _pair(row: ProjectRow, told: Told, killed: dict[str, Killed], km: float) -> Pair:
    theirs, ours = _their_killed(row), killed[told.id]
    why = _difference(theirs, ours)
    return Pair("figures differ" if why else "both", row, told, (theirs, ours), km, why)


def _difference(theirs: Killed, ours: Killed) -> str:
    """Return how two numbers of killed contradict one another, nothing where their bounds meet."""
    if ours is None:
        return f"they count {shown(theirs)} killed, no account of ours counts any" if theirs and theirs[1] else ""
    if theirs is None:
        return f"we count {shown(ours)} killed, they give no number"
    if theirs[0] <= ours[2] and ours[0] <= theirs[2]:
        return ""
    more = "more" if theirs[1] > ours[1] else "fewer"
    return f"they count {more} killed: {shown(theirs)}, and our accounts {shown(ours)}"


def shown(killed: Killed) -> str:
    """Return "3", "3 to 5", or nothing."""
    if killed is None:
        return ""
    return f"{killed[0]:,}" if killed[0] == killed[2] else f"{killed[0]:,} to {killed[2]:,}"


# ------------------------------------------------------------------------------------------------------------ rows


def rows(material: Material, found: Comparison) -> Iterator[Row]:
    """Yield a row for each pair."""
    for pair in found.pairs:
        row, told = pair.theirs, pair.ours
        point = (told.place.point if told and told.place else None) or (row.point if row else None) or (None, None)
        yield {
            "finding": pair.finding,
            "their_id": row.id if row else "",
            "onrecord_id": told.id if told else "",
            "their_days": _days(row.first, row.last) if row else "",
            "our_days": _days(*told.days) if told and told.days else "",
            "their_place": row.place if row else "",
            "our_place": told.place.name if told and told.place else "",
            "kilometres": round(pair.kilometres, 1) if pair.kilometres is not None else None,
            "their_type": row.kind if row else "",
            "our_type": told.event.type if told else "",
            "their_actors": "; ".join((*row.agents, *row.targets)) if row else "",
            "our_actors": "; ".join(p.name for p in (*told.agents, *told.targets)) if told else "",
            "their_killed": shown(pair.killed[0]),
            "our_killed": shown(pair.killed[1]),
            "why": pair.why,
            "their_source": row.source if row else "",
            "our_dispatches": material.addresses(told) if told else "",
            "longitude": point[0],
            "latitude": point[1],
        }


def _days(first: object, last: object) -> str:
    return str(first) if first == last else f"{first} to {last}"
