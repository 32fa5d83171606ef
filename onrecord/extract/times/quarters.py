"""What quarters of a year mean: "the third quarter", then "the quarter", and what is compared with a year before.

Quarters are those of the calendar year; a company's own year, which may begin in any month, is not known.
"""

from __future__ import annotations

from onrecord.extract.quantities.numerals import Bounds
from onrecord.extract.times.calendar import Setting, at, cut, moved
from onrecord.extract.times.shifts import tells
from onrecord.extract.times.wordings import Found
from onrecord.extract.times.years import stated_year
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When

_REPORTED = (
    3  # months within which a quarter that is over is still to be reported on: "will report third-quarter losses"
)


def quarter_of(year: int, number: int) -> When:
    """Return the months of a quarter, counted from 1; a number beyond 4 or below 1 lies in another year."""
    first = year * 12 + 3 * (number - 1)
    return When(*(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in (first, first + 2)))


def quarter_near(iso: str | None, count: int = 0) -> When:
    """Return the quarter that lies `count` quarters after that of the date."""
    month = cut(iso, "month")
    return quarter_of(int(month[:4]), (int(month[5:]) + 2) // 3 + count) if month else When()


def year_before(quarter: When, count: int = 1) -> When:
    """Return the same quarter so many years before."""
    return When(moved(quarter.start, -12 * count, "month"), moved(quarter.end, -12 * count, "month"))


def quarter(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "the third quarter": of the year told, else the last one begun, or the next if the verb looks ahead."""
    slots = found.slots
    number, year = table("times")["quarters"][slots["quarter_number"]], stated_year(found, setting)
    if year is not None:
        return quarter_of(int(year), number)
    month = cut(setting.published, "month")
    if month is None or {"yearword", "yearword2"} & set(slots):
        return When()
    this = quarter_of(int(month[:4]), number)
    begun = this if (this.start or "") <= month else year_before(this)
    if tells(slots["all"], "year_before"):  # "the year-ago third quarter"
        return year_before(begun)
    just = moved(begun.end, _REPORTED, "month") or month
    return year_before(begun, -1) if setting.ahead and just < month else begun


def quarter_again(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "the quarter" and "the latest period": the one that the text named last."""
    year = found.slots.get("year")
    if year and setting.quarter.start:
        return year_before(setting.quarter, int(setting.quarter.start[:4]) - int(year))
    return setting.quarter


def quarter_before(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "the year-ago period" and "year-earlier": the same quarter of the year before, else that year."""
    if setting.quarter.known:
        return year_before(setting.quarter)
    return at(moved(cut(setting.published, "year"), -1, "year"))
