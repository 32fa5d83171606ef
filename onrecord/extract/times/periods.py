"""What periods, windows and lengths of time mean: "last week", "two weeks ago", "the past 24 hours", "for a month".

Each rule takes what was found, what it is resolved against, and the number of units where the wording has one; it
gives an open `When` where the dispatch does not allow a date.
"""

from __future__ import annotations

import math
import re

from onrecord.extract.quantities.numerals import Bounds
from onrecord.extract.times import calendar
from onrecord.extract.times.calendar import Setting, at, cut, moved
from onrecord.extract.times.quarters import quarter_near, year_before
from onrecord.extract.times.shifts import listed, opens, tells, turn
from onrecord.extract.times.wordings import Found
from onrecord.lexicon.lexicon import table
from onrecord.model.values import Amount, When


def length(found: Found, bounds: Bounds | None) -> Amount | None:
    """Return how many days a duration lasts, or `None` where the wording names no unit.

    Months, years and longer are rough where they are counted (docs/vocabulary.md); bare plurals are at least two.
    """
    unit = _unit(found)
    if unit is None:
        return None
    days = float(table("amounts")["days"].get(_as_day(unit), 1))
    if found.means == "length_ordinal":
        number = table("amounts")["ordinals"][found.slots["ordinal"]]
        whole = tells(found.slots["all"], "in_a_row", "whole")
        return Amount(round((number if whole else number - 1) * days, 3), number * days, False, "days")
    bounds = bounds or (Bounds(2, None) if _plural(found) else Bounds(1, 1))
    scaled = bounds.times(days)
    counted = bounds.low is not None and bounds.low == bounds.high
    return Amount(scaled.low, scaled.high, scaled.approx or (counted and days >= 30), "days")


def _as_day(unit: str) -> str:
    """Return what a length of this unit is counted by: nights and weekends are days."""
    return "day" if unit in listed("days") else unit


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
    count = re.sub(r"^a\s+", "", found.slots.get("count", ""))
    return not (count.startswith(("few", "several", "many")) or opens(count, "rough"))


def period(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "last week", "this month", "the weekend": whole calendar periods, the current one up to publication."""
    shift, unit = found.slots.get("shift", "this"), found.slots["span"]
    relative = opens(shift, "told") or unit in ("day", "night")
    base = setting.anchor if relative else setting.published
    if relative and base is None and unit not in ("day", "night"):
        base = setting.published
    count = _count_of(shift)
    if unit in ("week", "fortnight"):
        rolling = shift in listed("rolling") or shift in listed("just_past")
        return _window(base, 7, "day") if rolling else _week(base, count, setting)
    if unit == "weekend":
        return calendar.weekend(base, _weekends(base, count, shift, setting))
    if unit == "quarter":
        return quarter_near(base, count)
    if unit == "century":
        return When()  # too long to date anything by
    if unit == "decade":
        return _decade(base, count, shift)
    if shift in listed("rolling") and unit in ("month", "year"):
        return _window(base, 1 if unit == "month" else 12, "month")
    return at(moved(base, count, "day" if unit == "night" else unit))


def _decade(base: str | None, count: int, shift: str) -> When:
    """Return the decade that the date lies in, or one beside it; "the last decade" is the last ten years."""
    year = cut(base, "year")
    if year is None:
        return When()
    if shift in listed("rolling"):
        return When(moved(year, -10, "year"), base)
    first = (int(year) // 10 + count) * 10
    return When(f"{first:04d}", f"{first + 9:04d}")


def _count_of(shift: str) -> int:
    count = turn(shift)
    return 0 if count < 0 and shift.startswith("this") else count


def _weekends(base: str | None, count: int, shift: str, setting: Setting) -> int:
    """Return how many weekends to move: on a weekday "this weekend" of a verb that looks ahead is the coming one."""
    day = calendar.day_of(base)
    if count == 0 and day is not None and day.weekday() < 5 and setting.ahead:
        return 1
    return count if shift not in listed("just_past") else 0


def _week(base: str | None, count: int, setting: Setting) -> When:
    """Return the calendar week; the current one ends, or begins, with the day of publication."""
    whole = calendar.week(base, count)
    if count or not whole.start or base is None:
        return whole
    if tells(setting.part, "part_later") or setting.ahead:
        return When(base, whole.end)
    yesterday = moved(base, -1, "day")
    if tells(setting.part, "part_earlier") and yesterday and yesterday >= whole.start:
        return When(whole.start, yesterday)
    return When(whole.start, base)


def _window(base: str | None, count: int, step: str) -> When:
    start = moved(base, -count, step)
    return When(start, base) if start else When()


def ago(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Resolve "two weeks ago": counted back from publication."""
    count, step = _steps(found, bounds)
    if count is None:
        return When(None, setting.published)
    if setting.compared and _is_a_year(found):
        return year_before(setting.quarter)
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


def offset(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Resolve "a day earlier": counted from the last date that the text gave, else from publication."""
    count, step = _steps(found, bounds)
    sign = 1 if tells(found.slots["all"], "forward") else -1
    if setting.compared and sign < 0 and _is_a_year(found):
        return year_before(setting.quarter)
    base = setting.anchor or setting.published
    return at(moved(base, sign * count, step)) if count is not None else When()


def _is_a_year(found: Found) -> bool:
    """Tell whether "a year ago" may compare one quarter with another."""
    return found.slots.get("unit") == "year" and found.slots.get("count") in ("a", "one")


def offset_from(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Resolve "the night before" by the text; what is counted from an event ("a day after the attack") stays open."""
    words = found.slots["all"]
    if words.endswith("from now"):
        count, step = _steps(found, bounds)
        return at(moved(setting.published, count, step)) if count is not None else When()
    unit = found.slots.get("unit", "day")
    if not words.startswith("the") or unit not in table("times")["units"]:
        return When()
    if words.endswith(listed("two_back")):
        step = unit if unit in ("month", "year") else "day"
        return calendar.week(setting.published, -2) if unit == "week" else at(moved(setting.published, -2, step))
    return When()


def nth_day(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "for a third day": it began two days before the anchor, which is in the setting where it goes on."""
    number = table("amounts")["ordinals"][found.slots["ordinal"]]
    if _as_day(_unit(found) or "") != "day" or number < 2:
        return When()
    return When(moved(setting.anchor, 1 - number, "day"), None)


def window_back(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Resolve "the past 24 hours": up to the day of publication."""
    count, step = _steps(found, bounds)
    if count is None:
        return When(None, setting.published)
    if step == "year" and count == 1:
        count, step = 12, "month"
    return _window(setting.published, max(count, 1) if _unit(found) not in ("hour", "minute") else count, step)


def window_ahead(found: Found, setting: Setting, bounds: Bounds | None) -> When:
    """Resolve "the next two weeks": from the day of publication."""
    count, step = _steps(found, bounds)
    end = moved(setting.published, count, step) if count is not None else None
    return When(setting.published, end)


def recent(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "in recent days": some time up to publication."""
    return When(None, setting.published)


def coming(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "in the coming weeks": some time from publication on."""
    return When(setting.published, None)
