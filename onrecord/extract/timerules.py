"""What each wording of a time means on the calendar.

Conventions, as the gold annotation has them: "last week" is the calendar week before, Monday to Sunday; "this week"
runs from Monday to the day of publication; "the past three weeks" ends on the day of publication; "two weeks ago" is
a day, "three months ago" a month, "four years ago" a year.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.extract import calendar
from onrecord.extract.calendar import at, cut, moved
from onrecord.extract.numerals import Bounds
from onrecord.extract.timegrammar import Found
from onrecord.lexicon.lexicon import table
from onrecord.model.values import Amount, When

_NEAR = 45  # days; a day without a year so little ahead of publication is ahead: one eleven months old tells its year


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is resolved against.

    `published` is the ISO date of publication or `None`; `anchor` the last date that the text before gave; `year` a
    year that the same sentence gave before; `ahead` tells whether the verb looks ahead (`None`: undecided); `part` is
    what stands before the time ("earlier", "late").
    """

    published: str | None
    anchor: str | None = None
    year: str | None = None
    ahead: bool | None = None
    part: str = ""


def resolve(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Return what a time means; open where it cannot be resolved.

    `bounds` is the number of units where the wording has one ("two" of "two weeks ago").
    """
    rule = _RULES.get(found.means)
    try:
        return rule(found, setting, bounds) if rule else When()
    except ValueError:  # a date that no calendar has, such as 31 June
        return When()


def length(found: Found, bounds: Bounds | None) -> Amount | None:
    """Return how many days a duration lasts, or `None` where the wording names no unit.

    Months, years and longer are rough where they are counted (docs/vocabulary.md); bare plurals are at least two.
    """
    unit = _unit(found)
    if unit is None:
        return None
    days = float(table("amounts")["days"].get(_DAYLIKE.get(unit, unit), 1))
    if found.means == "length_ordinal":
        number = table("amounts")["ordinals"][found.slots["ordinal"]]
        whole = re.search(r"consecutive|straight|successive|full", found.slots["all"])
        return Amount(round((number if whole else number - 1) * days, 3), number * days, False, "days")
    bounds = bounds or (Bounds(2, None) if _plural(found) else Bounds(1, 1))
    scaled = bounds.times(days)
    counted = bounds.low is not None and bounds.low == bounds.high
    return Amount(scaled.low, scaled.high, scaled.approx or (counted and days >= 30), "days")


_DAYLIKE = {"night": "day", "morning": "day", "weekend": "day"}


def _plural(found: Found) -> bool:
    return "units_only" in found.slots


def _unit(found: Found) -> str | None:
    slots = found.slots
    return slots.get("unit") or slots.get("unit_only") or (slots["units_only"][:-1] if "units_only" in slots else None)


def _steps(found: Found, bounds: Bounds | None) -> tuple[int | None, str]:
    """Return the number of calendar steps that the counted units make, and the step."""
    unit = _unit(found) or "day"
    step, factor = table("times")["units"][unit]
    value = 1.0 if bounds is None else (bounds.low if bounds.low is not None else bounds.high)
    vague = bounds is not None and (bounds.low is None or bounds.high is None)
    if value is None or (vague and not _modified(found)):
        return None, step
    if step == "clock":
        hours = value * (factor or 1 / 60)
        return (math.ceil(hours / 24), "day") if hours > 12 else (0, "day")
    return round(value * factor), step


def _modified(found: Found) -> bool:
    """Tell whether the count itself is a number, so that "more than two weeks ago" still has a date."""
    return not re.match(r"(?:a\s+)?(?:few|several|many|dozens|hundreds|couple)", found.slots.get("count", ""))


def _month_number(found: Found) -> int:
    return int(table("times")["months"][found.slots["month"].rstrip(".")])


def _stated_year(found: Found, setting: Setting) -> str | None:
    """Return the year that the wording itself gives, as four digits, or `None`."""
    slots = found.slots
    if "year" in slots:
        return slots["year"][:4]
    words = slots.get("yearword")
    if words is None:
        return None
    relative = re.match(r"that|the", words)
    base = cut(setting.anchor if relative else setting.published, "year")
    count = {"last": -1, "next": 1, "following": 1, "previous": -1}
    return moved(base, next((n for word, n in count.items() if word in words), 0), "year")


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
    month, year = _month_number(found), _stated_year(found, setting)
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
    return at(calendar.on_day(_month_of(found, setting, day), day))


def _date_range(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    first, last = int(found.slots["dd"]), int(found.slots["dd2"])
    month = _month_of(found, setting, last)
    return When(calendar.on_day(month, first), calendar.on_day(month, last))


def _month(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    shift = found.slots.get("shift", "")
    if shift and "year" not in found.slots and "yearword" not in found.slots:
        ahead = "next" in shift or "coming" in shift or "following" in shift
        if re.match(r"this$|the (current|present)|that", shift):
            year = cut(setting.published, "year")
            return at(f"{year}-{_month_number(found):02d}" if year else None)
        return at(calendar.nearest_month(setting.published, _month_number(found), ahead=ahead, strictly=True))
    return at(_month_of(found, setting))


def _season(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    months = table("times")["seasons"][found.slots["season"]]
    year = _stated_year(found, setting) or (setting.year if "shift" not in found.slots else None)
    if year is not None:  # the winter of 2015 may begin in it or end in it
        return at(year) if months[1] < months[0] else calendar.season(months, int(year))
    shift = found.slots.get("shift", "")
    ahead = bool(setting.ahead) if not shift.startswith("this") else setting.ahead is not False
    if "next" in shift or "coming" in shift:
        ahead = True
    return calendar.season_near(setting.published, months, ahead=ahead, strictly="last" in shift or "next" in shift)


def _decade(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    first = found.slots["decade"]
    return When(first, f"{int(first) + 9}")


def _year(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    return at(found.slots["year"][:4])


def _year_range(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    first = found.slots["year"][:4]
    last = first[:2] + found.slots["yy"]
    return When(first, last) if last > first else at(first)


def _weekday(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    number = table("times")["weekdays"][found.slots["weekday"].rstrip(".")]
    shift = found.slots.get("shift", "")
    if re.match(r"that|the (same|previous|preceding|following|ensuing|next)", shift):
        ahead = not re.search(r"previous|preceding|same|that", shift)
        return at(calendar.nearest_weekday(setting.anchor, number, ahead=ahead, strictly="same" not in shift))
    if re.search(r"next|coming", shift):
        return at(calendar.nearest_weekday(setting.published, number, ahead=True, strictly=True))
    strictly = bool(re.search(r"last|previous", shift))
    ahead = bool(setting.ahead) and not strictly
    return at(calendar.nearest_weekday(setting.published, number, ahead=ahead, strictly=strictly))


def _day_word(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    words = found.slots["day_word"]
    if words == "overnight":
        before = moved(setting.published, -1, "day")
        return When(before, setting.published) if before else When()
    if words.startswith("the day"):
        return at(moved(setting.published, -2 if "yesterday" in words else 2, "day"))
    count = -1 if re.search(r"yesterday|last night", words) else int("tomorrow" in words)
    return at(moved(setting.published, count, "day"))


def _part_of_day(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    words = found.slots["all"]
    if words.startswith("this"):
        return at(cut(setting.published, "day"))
    count = int(bool(re.match(r"the (next|following)", words))) - int(words.startswith("the previous"))
    return at(moved(setting.anchor, count, "day"))


def _clock(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    return at(cut(setting.anchor, "day"))


def _period(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    shift, unit = found.slots.get("shift", "this"), found.slots["span"]
    relative = bool(re.match(r"that|the (same|previous|following|next|preceding|ensuing)", shift)) or unit in ("day", "night")
    base = setting.anchor if relative else setting.published
    if relative and base is None and unit not in ("day", "night"):
        base = setting.published
    count = _count_of(shift, setting)
    if unit in ("week", "fortnight"):
        return _week(base, count, setting) if not (shift == "the last" or "past" in shift) else _window(base, 7, "day")
    if unit == "weekend":
        return calendar.weekend(base, _weekends(base, count, shift, setting))
    if unit in ("decade", "century", "quarter"):
        return When()
    if shift in ("the last", "the past") and unit in ("month", "year"):
        return _window(base, 1 if unit == "month" else 12, "month")
    return at(moved(base, count, "day" if unit == "night" else unit))


def _count_of(shift: str, setting: Setting) -> int:
    if re.search(r"next|coming|following|ensuing", shift):
        return 1
    if re.search(r"last|past|previous|preceding", shift) and not shift.startswith("this"):
        return -1
    return 0 if "weekend" not in setting.part else 0


def _weekends(base: str | None, count: int, shift: str, setting: Setting) -> int:
    """Return how many weekends to move: on a weekday "this weekend" of a verb that looks ahead is the coming one."""
    day = calendar.day_of(base)
    if count == 0 and day is not None and day.weekday() < 5 and setting.ahead:
        return 1
    return count if shift != "this past" else 0


def _week(base: str | None, count: int, setting: Setting) -> When:
    """Return the calendar week; the current one ends, or begins, with the day of publication."""
    whole = calendar.week(base, count)
    if count or not whole.start or base is None:
        return whole
    if "later" in setting.part or setting.ahead:
        return When(base, whole.end)
    yesterday = moved(base, -1, "day")
    if "earlier" in setting.part and yesterday and yesterday >= whole.start:
        return When(whole.start, yesterday)
    return When(whole.start, base)


def _window(base: str | None, count: int, step: str) -> When:
    start = moved(base, -count, step)
    return When(start, base) if start else When()


def _ago(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    count, step = _steps(found, bounds)
    if count is None:
        return When(None, setting.published)
    when = moved(setting.published, -count, step)
    if bounds is not None and bounds.high is not None and bounds.low not in (None, bounds.high):
        unit_steps = round(count * bounds.high / (bounds.low or 1))
        return When(moved(setting.published, -unit_steps, step), when)
    if "weekday" in found.slots and when:
        number = table("times")["weekdays"][found.slots["weekday"].rstrip(".")]
        return at(calendar.nearest_weekday(when, number, ahead=False))
    if found.slots.get("unit_only") == "month" and step == "year":
        return at(moved(setting.published, -12 * count, "month"))
    return at(when)


def _offset(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    count, step = _steps(found, bounds)
    sign = 1 if re.search(r"later|afterward", found.slots["all"]) else -1
    base = setting.anchor or setting.published
    return at(moved(base, sign * count, step)) if count is not None else When()


def _offset_from(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Resolve "the night before" by the text; what is counted from an event ("a day after the attack") stays open."""
    words = found.slots["all"]
    if words.endswith("from now"):
        count, step = _steps(found, bounds)
        return at(moved(setting.published, count, step)) if count is not None else When()
    unit = found.slots.get("unit", "day")
    if not words.startswith("the") or unit not in table("times")["units"]:
        return When()
    if words.endswith("last"):
        step = unit if unit in ("month", "year") else "day"
        return calendar.week(setting.published, -2) if unit == "week" else at(moved(setting.published, -2, step))
    return When()


def _window_back(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    count, step = _steps(found, bounds)
    if count is None:
        return When(None, setting.published)
    if step == "year" and count == 1:
        count, step = 12, "month"
    return _window(setting.published, max(count, 1) if _unit(found) not in ("hour", "minute") else count, step)


def _window_ahead(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    count, step = _steps(found, bounds)
    end = moved(setting.published, count, step) if count is not None else None
    return When(setting.published, end)


def _recent(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    return When(None, setting.published)


def _coming(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    return When(setting.published, None)


_RULES: dict[str, Callable[[Found, Setting, Bounds | None], When]] = {
    "iso": _iso, "numeric": _numeric, "date": _date, "date_range": _date_range, "month": _month, "season": _season,
    "decade": _decade, "year": _year, "year_range": _year_range, "weekday": _weekday, "day_word": _day_word,
    "part_of_day": _part_of_day, "clock": _clock, "period": _period, "ago": _ago, "offset": _offset,
    "offset_from": _offset_from, "window_back": _window_back, "window_ahead": _window_ahead, "recent": _recent,
    "coming": _coming,
}  # fmt: skip
