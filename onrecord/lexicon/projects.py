"""Rows of other projects' tables (ACLED, UCDP GED, Airwars), by the columns that `conventions/imports.toml` names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any, Final

from onrecord.lexicon.lexicon import table

_FORMATS: Final = (
    "%Y-%m-%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%B-%Y",
    "%d-%b-%Y",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
)
_ROUGH: Final = {"2": 3, "3": 15}  # days on either side of ACLED's day: a week, a month
_SEVERAL: Final = re.compile(r"\s*;\s*")
_ACRONYM: Final = re.compile(r"^[A-Z]{2,8}: ")  # "QSD: Syrian Democratic Forces", as ACLED writes names of groups
_COUNTRY: Final = re.compile(r"\s*\([^()]*\)$")  # "Civilians (Syria)", "Military Forces of Iraq (2014-2018)"


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """What a row says; `first` and `last` are days, the last included, and the numbers are of those killed."""

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
    low: float | None
    best: float | None
    high: float | None
    who: str
    notes: str
    source: str


def project_of(columns: Iterable[str]) -> str | None:
    """Return the project whose table has these columns, `None` for another table."""
    have = {name.strip() for name in columns}
    return next((name for name, entry in _projects().items() if have.issuperset(entry["wanted"])), None)


def title_of(project: str) -> str:
    """Return how a project is called."""
    return str(_projects()[project]["title"])


def project_row(project: str, row: Mapping[str, Any]) -> ProjectRow:
    """Return what a row says. Raises ValueError that says what is missing or wrong with it."""
    entry = _projects()[project]

    def said(field: str) -> str:
        return next((" ".join(str(row[c]).split()) for c in entry[field] if str(row.get(c) or "").strip()), "")

    first = _day(said("date"))
    if first is None:
        raise ValueError(f"it has no date that can be read ({said('date')!r})")
    rough = timedelta(days=_ROUGH.get(said("precision"), 0))
    last = _day(said("end")) or first
    kind = said("type")
    numbers = [_number(said(bound)) for bound in ("low", "best", "high")]
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
        point=_point(said("longitude"), said("latitude")),
        low=numbers[0],
        best=numbers[1],
        high=numbers[2],
        who=str(entry["who"]),
        notes=said("notes"),
        source=said("source"),
    )


def _projects() -> Mapping[str, Any]:
    return table("conventions/imports")


def _names(entry: Mapping[str, Any], row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    cells = (str(row.get(column) or "") for column in entry[field])
    names = (_ACRONYM.sub("", _COUNTRY.sub("", name)) for cell in cells for name in _SEVERAL.split(cell.strip()))
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() not in ("unknown", "nan")))


def _day(text: str) -> date | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and number >= 0 else None


def _point(longitude: str, latitude: str) -> tuple[float, float] | None:
    try:
        point = float(longitude), float(latitude)
    except ValueError:
        return None
    return point if -180 <= point[0] <= 180 and -90 <= point[1] <= 90 else None
