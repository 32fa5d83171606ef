"""Values: a stretch of text, a stretch of time, a number with its bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a dispatch's frozen text, in code points: `text[start:end]` is the quotation."""

    dispatch: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span holds at least one character: {self.start}-{self.end} in {self.dispatch}")

    def of(self, text: str) -> str:
        """Return the words that the span quotes from its dispatch's text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character of the same dispatch."""
        return self.dispatch == other.dispatch and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether the other lies within this one."""
        return self.dispatch == other.dispatch and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A stretch of time as the words give it: `start` and `end` are ISO dates cut at their precision.

    "2017-10-17" is a day, "2014-01" a month, "2014" a year; `None` is an open side. Both sides are inclusive as
    written: October 2017 is `When("2017-10", "2017-10")`. The days covered are the half-open `[first, after)`, so
    nothing is ever more precise than its words.
    """

    start: str | None = None
    end: str | None = None

    def __post_init__(self) -> None:
        for side in (self.start, self.end):
            if side is not None and not _ISO.fullmatch(side):
                raise ValueError(f"not an ISO date cut at its precision: {side!r}; write 2017, 2017-10 or 2017-10-17")

    @property
    def first(self) -> date | None:
        """The first day covered, or `None` where the start is open."""
        return first_day(self.start) if self.start else None

    @property
    def after(self) -> date | None:
        """The first day no longer covered, or `None` where the end is open."""
        return day_after(self.end) if self.end else None

    @property
    def precision(self) -> str:
        """How fine it is: day, range (of days), month, year, or none where both sides are open."""
        if not self.start and not self.end:
            return "none"
        if self.start != self.end:
            return "range"
        return {4: "year", 7: "month", 10: "day"}[len(self.start or "")]

    @property
    def known(self) -> bool:
        """Whether at least one side is known."""
        return bool(self.start or self.end)

    def meets(self, other: When) -> bool:
        """Tell whether the two may share a day; open sides reach everywhere."""
        starts_in_time = self.first is None or other.after is None or self.first < other.after
        ends_in_time = other.first is None or self.after is None or other.first < self.after
        return starts_in_time and ends_in_time


def first_day(iso: str) -> date:
    """Return the first day that an ISO date cut at its precision covers. Raises ValueError on no such day."""
    return date.fromisoformat(iso + "0001-01-01"[len(iso) :])


def day_after(iso: str) -> date:
    """Return the first day after all that an ISO date cut at its precision covers."""
    day = first_day(iso)
    if len(iso) == 10:
        return day + timedelta(days=1)
    if len(iso) == 7 and day.month < 12:
        return day.replace(month=day.month + 1)
    return day.replace(year=day.year + 1, month=1)


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A number with the bounds that its words allow; an open side is `None`.

    `unit` is what `low` and `high` count: "people" (the default for figures of people), "days", "%", "km2", or the
    noun counted ("vehicles", "strikes").
    """

    low: float | None
    high: float | None
    approx: bool = False
    unit: str = ""

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the low bound {self.low} is above the high bound {self.high}")

    @property
    def exact(self) -> bool:
        """Whether the words give one number and call it neither rough nor a bound."""
        return self.low is not None and self.low == self.high and not self.approx
