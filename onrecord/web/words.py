"""How the pages word what the record holds: labels, dates, numbers, addresses."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import quote

from onrecord.model import wording
from onrecord.model.values import Amount, When

GLOSS: Final[dict[str, str]] = {
    "happened": "a named source or the dispatch asserts that it happened",
    "ongoing": "going on when the dispatch was written",
    "expected": "planned, demanded or foreseen",
    "conditional": "depends on something, or hypothetical",
    "denied": "someone says that it did not happen",
    "uncertain": "possible or alleged, and vouched for by no one named",
    "confirmed": "a side that is charged with it accepts it, or independent accounts settle it",
    "fair": "two or more independent sources agree",
    "weak": "one source only",
    "contested": "sources contradict one another",
    "widest": "from the lowest to the highest bound of any account",
    "lowest": "the most conservative account",
    "latest": "the account that was published last",
    "majority": "what most independent sources say",
    "monitors-first": "the accounts of monitors, else of other observers, else of all",
    "acled": "the most conservative number alone, as ACLED codes it",
    "ucdp": "the bounds of all accounts and the most reliable number, as UCDP codes it",
    "exact": "the place itself",
    "near": "near a named place",
    "admin2": "somewhere in a district; the point is its middle",
    "admin1": "somewhere in a province; the point is its middle",
    "country": "somewhere in a country; the point is its middle",
    "within": "within a larger place; the point is that place's",
    "header": "from the file's header",
    "metadata": "from the page's own data",
    "context": "from the words of the text",
    "linked": "from a linked copy",
    "none": "not known",
}

_UNSAID_UNITS = ("", "people", "person", "persons")  # a count of people needs no unit beside its measure


def label(value: str) -> str:
    """Return a value of the closed lists in words: "air_strike" is "air strike"."""
    return value.replace("_", " ")


def heading(value: str) -> str:
    """Return a value of the closed lists as the start of a line: "Air strike"."""
    words = label(value)
    return words[:1].upper() + words[1:]


def gloss(value: str) -> str:
    """Return what a value of the closed lists means, or nothing where its own word says it."""
    return GLOSS.get(value, "")


def path(*parts: str | None) -> str:
    """Return an address on this site, each part quoted: ("events", "e1") is "/events/e1"."""
    return "/" + "/".join(quote(part, safe="") for part in parts if part)


def quoted(value: str) -> str:
    """Return a value as it stands in a query string, whatever it holds."""
    return quote(value.encode("utf-8", "replace"), safe="")


def day(iso: str | None) -> str:
    """Return an ISO date cut at its precision in words, no more precise than it is: "17 October 2017", "2014"."""
    return wording.day(iso) if iso else "not dated"


def moment(at: str) -> str:
    """Return a moment in UTC in words: "17 October 2017, 14:05 UTC"."""
    return f"{day(at[:10])}, {at[11:16]} UTC"


def span(when: When) -> str:
    """Return a stretch of time in words: a day, a month, "17–20 October 2017", "since 2014"."""
    if when.start and when.end:
        return day(when.start) if when.start == when.end else _between(when.start, when.end)
    if when.start:
        return f"since {day(when.start)}"
    return f"until {day(when.end)}" if when.end else "not dated"


def _between(start: str, end: str) -> str:
    if len(start) == len(end) == 10 and start[:7] == end[:7]:
        return f"{int(start[8:])}–{day(end)}"
    if len(start) == len(end) and len(start) > 4 and start[:4] == end[:4]:
        return f"{day(start)[:-5]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def short(moment: date, *, fine: bool) -> str:
    """Return a day as a mark on an axis: "17 Oct 2017", or "Oct 2017" where it is not to be fine."""
    month = f"{wording.MONTHS[moment.month - 1][:3]} {moment.year}"
    return f"{moment.day} {month}" if fine else month


def number(value: float | None) -> str:
    """Return a number with groups of three and at most one decimal: "3,250", "33.3"."""
    return "open" if value is None else wording.number(value)


def unit_words(unit: str) -> str:
    """Return a unit as it stands after a number, with its space; counts of people have none."""
    return "" if unit in _UNSAID_UNITS else f"\u00a0{unit}"


def bounds(low: float | None, high: float | None, unit: str = "") -> str:
    """Return what two bounds allow, in words: "200–300", "at least 3,250", "up to 400"."""
    if low is None and high is None:
        return "no number"
    if low is None:
        return f"up to {number(high)}{unit_words(unit)}"
    if high is None:
        return f"at least {number(low)}{unit_words(unit)}"
    return (number(low) if low == high else f"{number(low)}–{number(high)}") + unit_words(unit)


def amount(value: Amount | None) -> str:
    """Return an amount in words, "about 350" where its words call it rough."""
    if value is None:
        return "no number"
    return ("about " if value.approx else "") + bounds(value.low, value.high, value.unit)


def opening(text: str, reach: int = 90) -> str:
    """Return the first words of a text, at most so many characters, for a dispatch that has no title."""
    line = text.strip()[: reach + 1].replace("\n", " ")
    return line if len(line) <= reach else f"{line[:reach].rsplit(' ', 1)[0]}…"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 event", "3 events"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
