"""What each wording of a time means on the calendar.

Conventions, as the gold annotation has them: "last week" is the calendar week before, Monday to Sunday; "this week"
runs from Monday to the day of publication; "the past three weeks" ends on the day of publication; "two weeks ago" is
a day, "three months ago" a month, "four years ago" a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from onrecord.extract.quantities.numerals import Bounds
from onrecord.extract.times import calendar, periods, quarters, years
from onrecord.extract.times.calendar import Setting, at, cut, moved
from onrecord.extract.times.shifts import listed, opens, tells, turn
from onrecord.extract.times.wordings import Found
from onrecord.extract.times.years import stated_year
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When

_NEAR = 45  # days; a day without a year so little ahead of publication is ahead: one eleven months old tells its year


def resolve(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Return what a time means; open where it cannot be resolved.

    `bounds` is the number of units where the wording has one ("two" of "two weeks ago").
    """
    rule = _RULES.get(found.means)
    try:
        return rule(found, setting, bounds) if rule else When()
    except ValueError:  # a date that no calendar has, such as 31 June
        return When()


def _month_number(found: Found) -> int:
    return int(table("times")["months"][found.slots["month"].rstrip(".")])


def _iso(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    iso = found.slots["iso"][:10]
    calendar.day_of(iso)
    return at(iso)


def _numeric(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    """Read day before month unless only the other order makes a date; an ambiguous one keeps its month open."""
    first, second, year = (int(part) for part in re.split(r"[/.]", found.slots["numeric"]))
    year += 0 if year > 99 else 2000
    if first > 12 >= second:
        return at(calendar.on_day(f"{year:04d}-{second:02d}", first))
    if second > 12 >= first:
        return at(calendar.on_day(f"{year:04d}-{first:02d}", second))
    return at(calendar.on_day(f"{year:04d}-{second:02d}", first)) if first == second else at(f"{year:04d}")


def _month_of(found: Found, setting: Setting, day: int = 1) -> str | None:
    """Return the month meant as YYYY-MM: of the stated year, of the sentence's year, or the nearest one."""
    month, year = _month_number(found), stated_year(found, setting)
    if year is None and "yearword" in found.slots:
        return None
    if year is None and setting.published is None:
        year = setting.year or cut(setting.anchor, "year")
    if year is None and setting.year is not None and setting.year != cut(setting.published, "year"):
        year = setting.year
    if year is not None:
        return f"{year}-{month:02d}"
    if "dd" in found.slots:
        return _nearest_day(setting, month, day)
    return calendar.nearest_month(setting.published, month, ahead=bool(setting.ahead))


def _nearest_day(setting: Setting, month: int, day: int) -> str | None:
    """Return the month of the day without a year that is meant: the next one if near or if the verb looks ahead."""
    published = cut(setting.published, "day")
    limit = moved(published, _NEAR, "day")
    if published is None or limit is None:
        return None
    days = [f"{int(published[:4]) + offset:04d}-{month:02d}-{day:02d}" for offset in (-1, 0, 1)]
    coming = next(iso for iso in days if iso >= published)
    if setting.ahead or coming <= limit:
        return coming[:7]
    return max(iso for iso in days if iso <= published)[:7]


def _date(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    day = int(found.slots["dd"])
    if "shift" in found.slots:
        setting = replace(setting, ahead=tells(found.slots["shift"], "ahead"), year=None)
    return at(calendar.on_day(_month_of(found, setting, day), day))


def _date_range(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    first, last = int(found.slots["dd"]), int(found.slots["dd2"])
    month = _month_of(found, setting, last)
    return When(calendar.on_day(month, first), calendar.on_day(month, last))


def _month(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    shift = found.slots.get("shift", "")
    if shift and "year" not in found.slots and "yearword" not in found.slots:
        ahead = tells(shift, "ahead", "later")
        if shift in listed("current") or opens(shift, "same_told"):
            year = cut(setting.anchor if opens(shift, "same_told") else setting.published, "year")
            return at(f"{year}-{_month_number(found):02d}" if year else None)
        return at(calendar.nearest_month(setting.published, _month_number(found), ahead=ahead, strictly=True))
    return at(_month_of(found, setting))


def _season(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    months = table("times")["seasons"][found.slots["season"]]
    year = stated_year(found, setting) or (setting.year if "shift" not in found.slots else None)
    if year is not None:  # the winter of 2015 may begin in it or end in it
        return at(year) if months[1] < months[0] else calendar.season(months, int(year))
    shift = found.slots.get("shift", "")
    ahead = bool(setting.ahead)
    this = cut(setting.published, "year")
    if shift in listed("current") and this and months[0] <= months[1]:
        return calendar.season(months, int(this))  # "this summer" is that of the year, past or coming
    if tells(shift, "ahead"):
        ahead = True
    return calendar.season_near(setting.published, months, ahead=ahead, strictly=tells(shift, "strictly"))


def _holiday(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Return the day of the year told, else the last one, or the next one if the verb looks ahead."""
    month, *rest = table("times")["holidays"][" ".join(found.slots["holiday"].split())]
    year, published = stated_year(found, setting), cut(setting.published, "day")
    if year is not None or published is None:
        return at(calendar.named_day(int(year), month, rest) if year else None)
    days = [calendar.named_day(int(published[:4]) + offset, month, rest) for offset in (-1, 0, 1)]
    shift = found.slots.get("shift", "")
    if setting.ahead or "this" in shift or tells(shift, "ahead"):
        return at(min(day for day in days if day >= published))
    return at(max(day for day in days if day <= published))


def _weekday(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    number = table("times")["weekdays"][found.slots["weekday"].rstrip(".")]
    shift = found.slots.get("shift", "")
    if opens(shift, "told"):
        ahead = not tells(shift, "told_back")
        return at(calendar.nearest_weekday(setting.anchor, number, ahead=ahead, strictly="same" not in shift))
    if tells(shift, "ahead"):
        return at(calendar.nearest_weekday(setting.published, number, ahead=True, strictly=True))
    strictly = tells(shift, "behind")
    ahead = bool(setting.ahead) and not strictly
    return at(calendar.nearest_weekday(setting.published, number, ahead=ahead, strictly=strictly))


def _day_word(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    count = table("times")["words"]["day_words"][" ".join(found.slots["day_word"].split())]
    if isinstance(count, int):
        return at(moved(setting.published, count, "day"))
    first, last = (moved(setting.published, days, "day") for days in count)
    return When(first, last) if first else When()


def _part_of_day(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    words = found.slots["all"]
    if words.startswith("this"):
        return at(cut(setting.published, "day"))
    return at(moved(setting.anchor, turn(words) if opens(words, "told") else 0, "day"))


def _clock(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    return at(cut(setting.anchor, "day"))


_RULES: dict[str, Callable[[Found, Setting, Bounds | None], When]] = {
    "iso": _iso, "numeric": _numeric, "date": _date, "date_range": _date_range, "month": _month, "season": _season,
    "holiday": _holiday, "weekday": _weekday, "day_word": _day_word, "part_of_day": _part_of_day, "clock": _clock,
    "year": years.year, "year_range": years.year_range, "year_in_words": years.year_in_words,
    "year_end": years.year_end, "decade": years.decade, "century": years.century,
    "quarter": quarters.quarter, "quarter_again": quarters.quarter_again,
    "quarter_before": quarters.quarter_before, "period": periods.period, "ago": periods.ago,
    "offset": periods.offset, "offset_from": periods.offset_from, "window_back": periods.window_back,
    "window_ahead": periods.window_ahead, "recent": periods.recent, "coming": periods.coming,
    "length_ordinal": periods.nth_day,
}  # fmt: skip
