"""Numbers, dates and lists in English words: said the same way wherever the record is put into words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.model.values import When

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MILLION = 1_000_000


def listed(names: Sequence[str]) -> str:
    """Return names as English lists them: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def number(value: float) -> str:
    """Return a number with groups of three and at most one decimal: "3,250", "33.3", "2,800,000"."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def spoken(value: float) -> str:
    """Return a number as prose has it: "no", "three", "3,250", "2.8 million"."""
    if value in range(len(WORDS)):
        return WORDS[int(value)]
    if value >= _MILLION and value % (_MILLION / 10) == 0:
        return f"{value / _MILLION:g} million"
    return number(value)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number in figures with its noun: "1 dispatch", "3,000 dispatches"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def count(many: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun as prose has it: "one source", "three sources", "1,200 sources"."""
    return f"{spoken(many)} {noun if many == 1 else plural or noun + 's'}"


def day(iso: str) -> str:
    """Return an ISO date cut at its precision in words: "17 October 2017", "January 2014", "2014"."""
    parts = [int(part) for part in iso.split("-")]
    month = f"{MONTHS[parts[1] - 1]} " if len(parts) > 1 else ""
    return f"{parts[2]} {month}{parts[0]}" if len(parts) > 2 else f"{month}{parts[0]}"


def at(iso: str) -> str:
    """Return an ISO date cut at its precision as an adverb: "on 17 October 2017", "in January 2014"."""
    return f"{'on' if len(iso) == 10 else 'in'} {day(iso)}"


def during(when: When) -> str:
    """Return a stretch of time as an adverb: "on 17 October 2017", "from 1 to 5 October 2017", "since 2014", or ""."""
    if when.start and when.start == when.end:
        return at(when.start)
    if when.start and when.end:
        return f"from {span(when.start, when.end)}"
    if when.start:
        return f"since {day(when.start)}"
    return f"by {day(when.end)}" if when.end else ""


def span(start: str, end: str) -> str:
    """Return two ISO dates as a stretch, saying once what they share: "1 to 5 October 2017", "May to June 2018"."""
    if start == end:
        return day(start)
    first, last = day(start), day(end)
    if len(start) == len(end) > 4:
        shared = 7 if start[:7] == end[:7] else 4 if start[:4] == end[:4] else 0
        first = first.removesuffix(f" {day(start[:shared])}") if shared else first
    return f"{first} to {last}"


def dates(when: When) -> str:
    """Return a stretch of time in ISO dates, for lines that tools read: "2017-10-17", "2014 to 2016", "undated"."""
    if not when.known:
        return "undated"
    if when.start == when.end:
        return str(when.start)
    if when.end is None:
        return f"since {when.start}"
    return f"until {when.end}" if when.start is None else f"{when.start} to {when.end}"


def bounds(low: float | None, high: float | None, best: float | None = None) -> str:
    """Return bounds in words: "275", "200 to 300", "at least 3,250", "up to 400", with the best value where given."""
    if low is not None and low == high:
        return number(low)
    middle = f" (best {number(best)})" if best is not None else ""
    if low is None:
        return (f"up to {number(high)}" if high is not None else "unknown") + middle
    return (f"at least {number(low)}" if high is None else f"{number(low)} to {number(high)}") + middle


def sentence(text: str) -> str:
    """Return the text with a capital and one full stop; a quotation that ends with one keeps it inside."""
    tidy = " ".join(text.split()).rstrip(".")
    ended = tidy.endswith((".”", "?”", "!”", "?"))
    return f"{tidy[:1].upper()}{tidy[1:]}{'' if ended else '.'}"
