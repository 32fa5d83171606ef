"""Rows of other projects' tables (ACLED, UCDP GED, Airwars), by the columns that `conventions/imports.toml` names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from math import isfinite
from typing import Any, Final

from onrecord.lexicon.lexicon import table
from onrecord.model.vocabulary import Precision

_FORMATS: Final = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%B-%Y",
    "%d-%b-%Y",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
)
_ROUGH: Final = {"2": 3, "3": 15}  # days on either side of ACLED's day: a week, a month
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # day and month in an order that nobody tells
_MONTHS: Final = 12
_BLANKS: Final = re.compile(r"[\s_-]+")
_LIKE: Final = 0.75  # of 1, after difflib: "fatalites" for fatalities, but not "latitude" for altitude's like
_SEVERAL: Final = re.compile(r"\s*;\s*")
_ACRONYM: Final = re.compile(r"^[A-Z]{2,8}: ")  # "QSD: Syrian Democratic Forces", as ACLED writes names of groups
_COUNTRY: Final = re.compile(r"\s*\([^()]*\)$")  # "Civilians (Syria)", "Military Forces of Iraq (2014-2018)"


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """What a row says; `first` and `last` are days, the last included, and the numbers are of those killed.

    `precision` is how well its point is known. `faults` are what cannot be read in it, in a few words each.
    """

    project: str
    id: str
    type: str
    kind: str
    first: date
    last: date
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    place: str
    region: str
    country: str
    point: tuple[float, float] | None
    precision: Precision
    low: float | None
    best: float | None
    high: float | None
    who: str
    notes: str
    source: str
    faults: tuple[str, ...] = ()


def project_of(columns: Iterable[str]) -> str | None:
    """Return the project whose table has these columns, `None` for another table."""
    have = {plain(name) for name in columns}
    return next((name for name, entry in _projects().items() if have.issuperset(entry["wanted"])), None)


def plain(column: str) -> str:
    """Return the name of a column without what programs change in it: "Event Date" is event_date."""
    return _BLANKS.sub("_", column.strip("\ufeff \t\"'").casefold())


def lacking(columns: Iterable[str]) -> str | None:
    """Return what keeps a table from being the one of a project that it looks like; `None` where it looks like none.

    It looks like one of which it has more than half of the columns that are wanted, or nearly their names.
    """
    have = [plain(name) for name in columns]
    told = []
    for entry in _projects().values():
        missing = [name for name in entry["wanted"] if name not in have]
        meant = {name: next(iter(get_close_matches(name, have, 1, _LIKE)), "") for name in missing}
        found = len(entry["wanted"]) - sum(not like for like in meant.values())
        if found * 2 > len(entry["wanted"]) > len(missing):
            words = (f"{name} (is {like!r} meant?)" if like else name for name, like in meant.items())
            told.append((-found, f"it looks like a table of {entry['title']}, but has no column {', '.join(words)}"))
    return min(told)[1] if told else None


def day_first(dates: Iterable[str]) -> bool | None:
    """Return whether the day stands first in dates such as 25/9/2018; `None` where none of them tells."""
    parts = [found for date in dates if (found := _SLASHED.fullmatch(date.strip()))]
    first, second = (any(int(found[n]) > _MONTHS for found in parts) for n in (1, 2))
    return first if first != second else None


def title_of(project: str) -> str:
    """Return how a project is called."""
    return str(_projects()[project]["title"])


def dates_of(project: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the dates of a row as they are written."""
    cells = {plain(name): value for name, value in row.items()}
    return tuple(str(cells[c]) for field in ("date", "end") for c in _projects()[project][field] if cells.get(c))


def project_row(project: str, given: Mapping[str, Any], *, by_day: bool | None = None) -> ProjectRow:
    """Return what a row says; `by_day` is how 3/4/2018 is meant, and where that is not known it cannot be read.

    Raises ValueError that says what is missing or wrong with it.
    """
    entry = _projects()[project]
    row = {plain(name): value for name, value in given.items() if name}

    def said(field: str) -> str:
        return next((" ".join(str(row[c]).split()) for c in entry[field] if str(row.get(c) or "").strip()), "")

    first = _day(said("date"), by_day)
    if first is None:
        order = ", day first or month first?" if _SLASHED.fullmatch(said("date")) else ""
        raise ValueError(f"it has no date that can be read ({said('date')!r}{order})")
    rough = timedelta(days=_ROUGH.get(said("precision"), 0))
    last = _day(said("end"), by_day) or first
    kind = said("type")
    numbers = [_number(said(bound)) for bound in ("low", "best", "high")]
    point = _point(said("longitude"), said("latitude"))
    faults = [f"{said(b)!r} is no number" for b, n in zip(("low", "best", "high"), numbers, strict=True) if n is None]
    off = [f"{said('latitude')!r}, {said('longitude')!r} is no point"] if point is None else []
    return ProjectRow(
        project=project,
        id=said("id") or "without an id",
        type=entry["types"].get(kind, entry["type_else"]),
        kind=kind,
        first=min(first, last) - rough,
        last=max(first, last) + rough,
        agents=_names(entry, row, "agents"),
        targets=_names(entry, row, "targets"),
        place=said("place"),
        region=said("region"),
        country=said("country"),
        point=point,
        precision=entry["places"].get(said("accuracy"), "exact"),
        low=numbers[0],
        best=numbers[1],
        high=numbers[2],
        who=str(entry["who"]),
        notes=said("notes"),
        source=said("source"),
        faults=tuple(f for f in dict.fromkeys((*faults, *off)) if not f.startswith("''")),
    )


def _projects() -> Mapping[str, Any]:
    return table("conventions/imports")


def _names(entry: Mapping[str, Any], row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    cells = (str(row.get(column) or "") for column in entry[field])
    names = (_ACRONYM.sub("", _COUNTRY.sub("", name)) for cell in cells for name in _SEVERAL.split(cell.strip()))
    return tuple(
        dict.fromkeys(name for name in names if name and name.casefold() not in table("conventions/rows")["nobody"])
    )


def _day(text: str, by_day: bool | None) -> date | None:
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        known = day_first([text]) if by_day is None else by_day
        return _made(slashed[3], *((slashed[2], slashed[1]) if known else (slashed[1], slashed[2])), sure=known)
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _made(year: str, month: str, day: str, *, sure: bool | None) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if sure is not None or month == day else None
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and number >= 0 else None


def _point(longitude: str, latitude: str) -> tuple[float, float] | None:
    try:
        point = float(longitude.replace(",", ".")), float(latitude.replace(",", "."))
    except ValueError:
        return None
    return point if -180 <= point[0] <= 180 and -90 <= point[1] <= 90 else None
