"""Small pieces of English: lists, articles, numbers and dates that can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model.values import When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def listed(names: Sequence[str]) -> str:
    """Return names as English lists them: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "one source", "three sources", "1,200 sources"."""
    word = WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


def day(iso: str) -> str:
    """Return an ISO date cut at its precision in words: "17 October 2017", "January 2014", "2014"."""
    parts = [int(part) for part in iso.split("-")]
    month = f"{MONTHS[parts[1] - 1]} " if len(parts) > 1 else ""
    return f"{parts[2]} {month}{parts[0]}" if len(parts) > 2 else f"{month}{parts[0]}"


def during(when: When) -> str:
    """Return a stretch of time as an adverb: "on 17 October 2017", "in January 2014", "from … to …", or nothing."""
    if when.start and when.start == when.end:
        return f"{'on' if len(when.start) == 10 else 'in'} {day(when.start)}"
    if when.start and when.end:
        return f"between {day(when.start)} and {day(when.end)}"
    if when.start:
        return f"since {day(when.start)}"
    return f"until {day(when.end)}" if when.end else ""


def bounded(low: float | None, high: float | None) -> str:
    """Return bounds in words: "275", "200 to 300", "at least 3,250", "up to 400"."""
    if low is not None and low == high:
        return f"{low:,g}"
    if low is None:
        return f"up to {high:,g}" if high is not None else "an unknown number"
    return f"at least {low:,g}" if high is None else f"{low:,g} to {high:,g}"


def sentence(text: str) -> str:
    """Return the text with a capital and one full stop."""
    tidy = " ".join(text.split()).rstrip(".")
    return f"{tidy[:1].upper()}{tidy[1:]}."
