"""Decides when a dispatch was published, from what stands in it and what was given beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon.lexicon import table
from onrecord.model.values import first_day
from onrecord.model.vocabulary import Basis
from onrecord.sources.dates import Stamp, find, parse_given, weekday_of, weekdays, words
from onrecord.sources.header import Header
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given

Order = Callable[[], bool | None]
_LABELS = ("published", "", "updated", "dateline")


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication cut at its precision, how it is known, and what had to be decided on the way."""

    date: str | None = None
    basis: Basis = "none"
    notes: tuple[str, ...] = ()


def publication(header: Header, given: Given, *, text: str, order: Order, options: SourceOptions) -> Published:
    """Return the date of publication.

    What was given beside the text stands before what its header says; where the two differ a note tells. `order`
    returns whether other dates of the same source write the day first; it is asked only when that is open. A date
    later than tomorrow is none.
    """
    stamps = (
        [] if header.chronology else [each.stamp for label in _LABELS for each in header.dates if each.label == label]
    )
    full = [stamp for stamp in stamps if stamp.year is not None]
    beside = parse_given(given.published) if given.published else None
    notes: tuple[str, ...] = ()
    if given.published and not (beside and beside.year):
        notes, beside = (f"the date given for it could not be read: {given.published[:60]!r}",), None
    if beside:
        found = _from_metadata(beside, full, header, order, options)
    elif full:
        found = _settled(full[0], header.story, order, options)
    else:
        found = _without_year(stamps, text, chronology=header.chronology)
    found = Published(found.date, found.basis, notes + found.notes)
    return _not_in_future(found, options.today or date.today())


def _from_metadata(beside: Stamp, full: list[Stamp], header: Header, order: Order, options: SourceOptions) -> Published:
    """Settle a given date, with the header's as evidence for an open day-month order or a missing day."""
    in_text = full[0] if full else None
    agreed = sorted(set(beside.readings) & set(in_text.readings)) if in_text else []
    if len(agreed) == 1:
        return Published(agreed[0], "metadata")
    found = _settled(beside, header.story, order, options)
    if in_text and found.date and in_text.month_first is None:
        if in_text.day_first.startswith(found.date):
            return Published(in_text.day_first, "header", found.notes)
        if in_text.day_first != found.date:
            told = f"its text is dated {in_text.day_first}, what was given beside it {found.date}; the latter stands"
            return Published(found.date, "metadata", (*found.notes, told))
    return Published(found.date, "metadata", found.notes)


def _settled(stamp: Stamp, story: str, order: Order, options: SourceOptions) -> Published:
    """Choose among the readings of a date by evidence; without any, cut it to the year that both share."""
    if stamp.month_first is None:
        wrong = (
            stamp.weekday is not None and len(stamp.day_first) == 10 and weekday_of(stamp.day_first) != stamp.weekday
        )
        notes = (f"{stamp.day_first} is another day of the week than the one named beside it",) if wrong else ()
        return Published(stamp.day_first, "header", notes)
    shown = f"{stamp.day_first} or {stamp.month_first}"
    evidence: tuple[tuple[str, Order], ...] = (
        ("the day of the week beside it", lambda: _by_weekday(stamp, stamp.weekday, (0,))),
        ("the order that was asked for", lambda: options.day_first),
        ("other dates of the same source", order),
        ("the first day of the week in the story", lambda: _by_weekday(stamp, _first_weekday(story), (0, 1))),
    )
    for why, day_first in evidence:
        answer = day_first()
        if answer is not None:
            chosen = stamp.day_first if answer else stamp.month_first
            return Published(chosen, "header", (f"its date could be {shown}; {why} decides for {chosen}",))
    advice = (
        f"its date could be {shown}; nothing decides, so only the year is kept; say which comes first, day or month"
    )
    return Published(stamp.day_first[:4], "header", (advice,))


def _by_weekday(stamp: Stamp, weekday: int | None, days_before: tuple[int, ...]) -> bool | None:
    """Tell which reading falls on the weekday, or so many days after it; `None` where both do or neither."""
    if weekday is None or stamp.month_first is None:
        return None
    fits = [(weekday_of(reading) - weekday) % 7 in days_before for reading in stamp.readings]
    return fits[0] if fits[0] != fits[1] else None


@cache
def _weekday_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{words([name for name in weekdays() if len(name) > 5])}\b", re.IGNORECASE)


def _first_weekday(story: str) -> int | None:
    """Return the first day of the week that a story names: in a dispatch, the day of publication or the one before."""
    match = _weekday_pattern().search(story)
    return weekdays()[match.group().lower()] if match else None


def _without_year(stamps: list[Stamp], text: str, *, chronology: bool) -> Published:
    """Give a day without a year the year that the text names with the same day, if it is one and the same."""
    if chronology:
        return Published(notes=("dates stand in it as headings of a chronology; none is the date of publication",))
    if not stamps:
        return Published()
    day = stamps[0].day_first[1:]
    years = {each.year for each in find(text) if each.year and each.day_first.endswith(day) and not each.month_first}
    years |= {int(year) for year in _copyright().findall(text)}
    if len(years) == 1:
        iso = f"{years.pop()}{day}"
        return Published(iso, "context", (f"its header names the day without a year; the text gives {iso[:4]}",))
    return Published(
        notes=(f"its header names the day {day.lstrip('-')} (month-day) without a year, and nothing gives the year",)
    )


def _not_in_future(found: Published, today: date) -> Published:
    if found.date is None:
        return Published(None, "none", found.notes)
    try:
        future = first_day(found.date) > today + timedelta(days=1)  # a day ahead is another time zone
    except ValueError:
        return Published(None, "none", (*found.notes, f"{found.date} is no day of the calendar"))
    if future:
        return Published(
            None, "none", (*found.notes, f"its date, {found.date}, lies in the future; it is left undated")
        )
    return found


@cache
def _copyright() -> re.Pattern[str]:
    return re.compile(rf"{words(table('headers')['copyright']['signs'])}\s*((?:19|20)\d\d)\b", re.IGNORECASE)
