"""What a report covers: a stretch of days and a place with all that lies in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.model.errors import OnrecordError
from onrecord.model.lookup import Lookup
from onrecord.model.records import Control, Event, Figure, Record, Statement
from onrecord.model.values import When, first_day
from onrecord.model.wording import day, span

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Scope:
    """The days from `start` to `end`, both included (ISO dates cut at their precision), and the id of a place.

    `None` leaves a side open, and a place out of account. Raises OnrecordError on what is no date and where the end
    lies before the start.
    """

    start: str | None = None
    end: str | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        for side in filter(None, (self.start, self.end)):
            _checked(side)
        if self.start and self.end and first_day(self.end) < first_day(self.start):
            raise OnrecordError(f"the period ends ({self.end}) before it begins ({self.start}); swap --from and --to")

    @property
    def whole(self) -> bool:
        """Whether nothing of the record is left out."""
        return not (self.start or self.end or self.place)

    @property
    def period(self) -> str:
        """The days in words, or nothing where both sides are open."""
        if self.start and self.end:
            return span(self.start, self.end)
        if self.start:
            return f"from {day(self.start)}"
        return f"up to {day(self.end)}" if self.end else ""


def _checked(side: str) -> None:
    try:
        first_day(side)
    except ValueError:
        fits = False
    else:
        fits = bool(_DATE.fullmatch(side))
    if not fits:
        raise OnrecordError(f"{side!r} is no date; write 2017, 2017-10 or 2017-10-17")


def cut(record: Record, scope: Scope) -> Record:
    """Return the record with the events, figures, control and statements that the scope covers, and nothing else cut.

    A thing is covered where its time meets the days, whose known side counts where the other is open. What is told
    without a time is covered where a dispatch that tells it was published in these days.
    """
    if scope.whole:
        return record
    ruler = _Ruler(record, scope)
    return replace(
        record,
        events=tuple(e for e in record.events if ruler.event(e)),
        figures=tuple(f for f in record.figures if ruler.figure(f)),
        control=tuple(c for c in record.control if ruler.control(c)),
        statements=tuple(s for s in record.statements if ruler.statement(s)),
    )


class _Ruler:
    """Tells what lies within a scope."""

    def __init__(self, record: Record, scope: Scope) -> None:
        self._lookup, self._days = Lookup(record), When(scope.start, scope.end)
        self._any_day = not self._days.known
        self._places = _inside(self._lookup, scope.place) if scope.place else None
        here = {c.statement for c in record.claims if self._at(c.place)}
        self._said_here = {s for s in here if s}

    def event(self, event: Event) -> bool:
        return self._at(event.place) and self._then(event.when, event.claims)

    def figure(self, figure: Figure) -> bool:
        return self._at(figure.place) and self._then(When(figure.as_of, figure.as_of), figure.claims)

    def control(self, control: Control) -> bool:
        if not self._at(control.place):
            return False
        if self._any_day or not (control.since or control.until):
            return self._then(When(), control.claims)
        return When(control.since, control.until).meets(self._days)

    def statement(self, statement: Statement) -> bool:
        here = self._places is None or statement.id in self._said_here
        return here and self._published((statement.dispatch,))

    def _at(self, place: str | None) -> bool:
        return self._places is None or place in self._places

    def _then(self, when: When, claims: Iterable[str]) -> bool:
        if self._any_day:
            return True
        if not when.known:
            return self._published(c.dispatch for c in self._lookup.told(claims))
        return When(when.start or when.end, when.end or when.start).meets(self._days)

    def _published(self, dispatches: Iterable[str]) -> bool:
        dates = (self._lookup.dispatches[d].published for d in dispatches)
        return self._any_day or any(When(d, d).meets(self._days) for d in dates if d)


def _inside(lookup: Lookup, place: str) -> frozenset[str]:
    """Return a place and all that lies in it: by its parts, and for a country by the country's code."""
    whole = lookup.entities[place]
    country = whole.country if whole.precision == "country" else None
    return frozenset(
        e.id
        for e in lookup.entities.values()
        if place in lookup.within(e.id) or (country and e.country == country and e.kind in ("place", "facility"))
    )
