"""Finds calendar dates as people write them, and keeps open what their words leave open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from onrecord.lexicon.lexicon import table


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written at `start`-`end` of a string.

    `day_first` is its ISO reading, cut at its precision; `month_first` is the other reading of a numeric date such as
    05/04/2017, `None` where there is none. Where the year is not told, `year` is `None` and `day_first` is "--10-15".
    `weekday` is the day of the week that is named beside it, Monday being 0. `numeric` dates are all in figures;
    `turned` ones are a day of the calendar only with the month first.
    """

    start: int
    end: int
    day_first: str
    month_first: str | None = None
    year: int | None = None
    weekday: int | None = None
    numeric: bool = False
    turned: bool = False

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that the words allow, the day-first one first."""
        return (self.day_first,) if self.month_first is None else (self.day_first, self.month_first)

    @property
    def vote(self) -> bool | None:
        """Whether this date shows that its source writes the day first; `None` where it shows nothing."""
        settled = self.numeric and self.month_first is None and self.day_first[5:7] != self.day_first[8:]
        return not self.turned if settled else None


def words(names: list[str]) -> str:
    """Return a pattern for any of these words, the longest first, with spaces that match any blank."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "(?:" + ("|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered) or "(?!)") + ")"


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its names."""
    return {name: int(number) for number, names in table("headers")["months"].items() for name in names}


@cache
def weekdays() -> dict[str, int]:
    """Return the number of each day of the week by its names, Monday being 0."""
    return {name: int(number) for number, names in table("headers")["weekdays"].items() for name in names}


@cache
def time_pattern() -> str:
    """Return a pattern for a time of day with its zone."""
    zones = words(table("headers")["date"]["zones"])
    clock = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?"
    return rf"{clock}\s*(?:\(?{zones}\)?|[+-]\d{{2}}:?\d{{2}}|z)?(?!\w)"


@cache
def _pattern() -> re.Pattern[str]:
    month, weekday = words(list(months())), words(list(weekdays()))
    year, gap = r"(?:1[89]|20)\d\d", r"[\s,./-]+"
    forms = [
        rf"(?P<iy>{year})(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?!\d)",
        rf"(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?{gap}(?P<dm>{month})\.?(?:{gap}(?P<dy>{year}))?(?!\w)",
        rf"(?P<mm>{month})\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<my>{year})(?!\d))?(?!\w)",
        rf"(?P<om>{month})\.?,?\s+(?P<oy>{year})(?!\d)",
        r"(?P<na>\d{1,2})(?P<nsep>[-/.])(?P<nb>\d{1,2})(?P=nsep)(?P<ny>(?:19|20)\d\d|\d\d)(?!\d)",
    ]
    before = rf"(?:(?P<wd>{weekday})\.?,?\s+)?"
    after = rf"(?:\s*\((?P<wa>{weekday})\.?\)|,?\s+(?P<wb>{weekday})(?=\W|$))?"
    return re.compile(rf"(?<![\w.]){before}(?:{'|'.join(forms)}){after}", re.IGNORECASE)


def find(text: str) -> Iterator[Stamp]:
    """Yield the dates in a string, in order; what looks like a date and is no day of the calendar is passed over."""
    for match in _pattern().finditer(text):
        stamp = _stamp(match)
        if stamp:
            yield stamp


def _stamp(match: re.Match[str]) -> Stamp | None:
    part = {key: value for key, value in match.groupdict().items() if value is not None}
    named = part.get("wd") or part.get("wa") or part.get("wb")
    weekday = weekdays()[named.lower()] if named else None
    if "na" in part:
        return _numeric(match, part, weekday)
    month = part.get("im") or str(months()[_month_key(part)])
    day = part.get("id") or part.get("dd") or part.get("md")
    year = part.get("iy") or part.get("dy") or part.get("my") or part.get("oy")
    iso = _iso(int(year) if year else None, int(month), int(day) if day else None)
    if iso is None:
        return None
    return Stamp(match.start(), match.end(), iso, None, int(year) if year else None, weekday)


def _month_key(part: dict[str, str]) -> str:
    return (part.get("dm") or part.get("mm") or part["om"]).lower()


def _numeric(match: re.Match[str], part: dict[str, str], weekday: int | None) -> Stamp | None:
    year = int(part["ny"])
    if year < 100:
        if part["nsep"] != "/":  # 10-11-12 and 10.11.12 are as often a time, a version or a paragraph as a date
            return None
        year += 2000 if year < 70 else 1900
    one = _iso(year, int(part["nb"]), int(part["na"]))
    two = _iso(year, int(part["na"]), int(part["nb"]))
    first = one or two
    if not first:
        return None
    other = two if one and two != one else None
    return Stamp(match.start(), match.end(), first, other, year, weekday, numeric=True, turned=one is None)


def _iso(year: int | None, month: int, day: int | None) -> str | None:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    if year is None:
        return f"--{month:02}-{day:02}"
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def weekday_of(iso: str) -> int:
    """Return the day of the week of a full ISO date, Monday being 0."""
    return date.fromisoformat(iso).weekday()


def parse_given(written: str) -> Stamp | None:
    """Return the date that a metadata field gives, in whatever form; a time of day and its zone are passed over.

    Whole numbers of ten or thirteen digits are seconds or milliseconds since 1970 (UTC); eight digits are YYYYMMDD;
    "2017" and "2017-10" are a year and a month.
    """
    written = written.strip()
    if re.fullmatch(r"\d{10}|\d{13}", written):
        iso = datetime.fromtimestamp(int(written[:10]), UTC).date().isoformat()
        return Stamp(0, len(written), iso, year=int(iso[:4]))
    if re.fullmatch(r"(19|20)\d{6}", written):
        written = f"{written[:4]}-{written[4:6]}-{written[6:]}"
    if re.fullmatch(r"(1[89]|20)\d\d(-(0[1-9]|1[0-2]))?", written):
        return Stamp(0, len(written), written, year=int(written[:4]))
    written = re.sub(r"(?<=\d)T(?=\d\d:?\d\d)", " ", written)
    return next(find(written), None)
