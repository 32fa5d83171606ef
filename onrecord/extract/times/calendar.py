"""Calendar arithmetic on ISO dates cut at their precision: shifting, nearest weekdays and months, weeks and seasons.

Every function gives dates no more precise than it was given, and `None` where the words cannot be resolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model.values import When

OPEN = When()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is resolved against.

    `published` is the ISO date of publication or `None`; `anchor` the last date that the text before gave; `year` a
    year that the same sentence gave before; `ahead` tells whether the verb looks ahead (`None`: undecided); `part` is
    what stands before the time ("earlier", "late"). `quarter` holds the months of the last quarter of a year that the
    text named, and `compared` tells whether that was shortly before, so that "a year earlier" is that quarter's.
    """

    published: str | None
    anchor: str | None = None
    year: str | None = None
    ahead: bool | None = None
    part: str = ""
    quarter: When = OPEN
    compared: bool = False


LENGTHS = {"year": 4, "month": 7, "day": 10, "clock": 10}


def day_of(iso: str | None) -> date | None:
    """Return the day of an ISO date, or `None` where it is coarser than a day."""
    return date.fromisoformat(iso) if iso is not None and len(iso) == 10 else None


def cut(iso: str | None, step: str) -> str | None:
    """Return an ISO date cut at `step` (year, month, day), or `None` where it is coarser than that."""
    length = LENGTHS[step]
    return iso[:length] if iso is not None and len(iso) >= length else None


def moved(iso: str | None, count: int, step: str) -> str | None:
    """Return the date that lies `count` steps (year, month, day) after this one, cut at the step."""
    base = cut(iso, step)
    if base is None:
        return None
    try:
        if step == "year":
            return f"{int(base) + count:04d}"
        if step == "month":
            months = int(base[:4]) * 12 + int(base[5:]) - 1 + count
            return f"{months // 12:04d}-{months % 12 + 1:02d}"
        return (date.fromisoformat(base) + timedelta(days=count)).isoformat()
    except (ValueError, OverflowError):
        return None


def at(iso: str | None) -> When:
    """Return the stretch of time that one ISO date covers; open where there is none."""
    return When(iso, iso)


def nearest_weekday(iso: str | None, weekday: int, *, ahead: bool, strictly: bool = False) -> str | None:
    """Return the last such weekday up to the day, or the first from it on; `strictly` leaves the day itself out."""
    day = day_of(iso)
    if day is None:
        return None
    distance = (weekday - day.weekday()) % 7 if ahead else -((day.weekday() - weekday) % 7)
    if strictly and distance == 0:
        distance = 7 if ahead else -7
    return moved(iso, distance, "day")


def nearest_month(iso: str | None, month: int, *, ahead: bool, strictly: bool = False) -> str | None:
    """Return the last such month up to the month of the date, or the first from it on, as YYYY-MM."""
    base = cut(iso, "month")
    if base is None:
        return None
    distance = (month - int(base[5:])) % 12 if ahead else -((int(base[5:]) - month) % 12)
    if strictly and distance == 0:
        distance = 12 if ahead else -12
    return moved(base, distance, "month")


def on_day(month: str | None, day: int) -> str | None:
    """Return the day of a month given as YYYY-MM, or `None` where the month has no such day."""
    if month is None:
        return None
    try:
        return date(int(month[:4]), int(month[5:]), day).isoformat()
    except ValueError:
        return None


def named_day(year: int, month: int, day: list[int]) -> str:
    """Return the day of a year that a feast falls on; `day` is its number, or which of its weekdays it is."""
    if len(day) == 1:
        return date(year, month, day[0]).isoformat()
    number, weekday = day
    first = date(year, month, 1)
    return (first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))).isoformat()


def week(iso: str | None, count: int = 0) -> When:
    """Return the days, Monday to Sunday, of the week that lies `count` weeks after that of the date."""
    day = day_of(iso)
    if day is None:
        return When()
    monday = moved(iso, 7 * count - day.weekday(), "day")
    return When(monday, moved(monday, 6, "day"))


def weekend(iso: str | None, count: int = 0) -> When:
    """Return Saturday and Sunday: of this weekend on a Saturday or Sunday, of the last one on other days.

    `count` moves by so many weekends; from Monday to Friday the weekend ahead is 1 and "last weekend" is 0.
    """
    day = day_of(iso)
    if day is None:
        return When()
    saturday = nearest_weekday(iso, 5, ahead=False)
    if count < 0 and day.weekday() < 5:
        count += 1
    saturday = moved(saturday, 7 * count, "day")
    return When(saturday, moved(saturday, 1, "day"))


def season(months: list[int], year: int) -> When:
    """Return the months of a season that begins in a year; winter runs into the next year."""
    first, last = months
    return When(f"{year:04d}-{first:02d}", f"{year + (last < first):04d}-{last:02d}")


def season_near(iso: str | None, months: list[int], *, ahead: bool, strictly: bool) -> When:
    """Return the last season begun by the date, or the first not ended; `strictly` leaves the current one out."""
    base = cut(iso, "month")
    if base is None:
        return When()
    years = range(int(base[:4]) - 2, int(base[:4]) + 3)
    found = [season(months, year) for year in years]
    if ahead:
        return next(when for when in found if (when.start or "") > base or (not strictly and (when.end or "") >= base))
    past = [when for when in found if (when.end or "") < base or (not strictly and (when.start or "") <= base)]
    return past[-1]
