"""Which part of a record is exported: days, a place, grades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from onrecord.exports.losses import Losses
from onrecord.model.errors import NotFoundError, OnrecordError
from onrecord.model.records import Entity, Event, Record
from onrecord.model.values import When, day_after, first_day
from onrecord.model.vocabulary import Grade

GRADES: tuple[Grade, ...] = ("confirmed", "fair", "weak", "contested")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; an empty field asks for all.

    `since` and `until` are ISO dates cut at their precision, both included. `place` is an entity's id or one of its
    names; what lies in it belongs to it. `grades` are grades of events.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    grades: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.place or self.grades)

    def of(self, record: Record, losses: Losses) -> Record:
        """Return the part of a record that is asked for; what may lie in the days asked for but has no date is lost.

        Raises OnrecordError on a date or grade that is none, NotFoundError on a place that the record does not hold.
        """
        self._check()
        if not self:
            return record
        inside = _within(record, self.place) if self.place else None
        events = tuple(e for e in record.events if self._fits(e, inside))
        undated = [e for e in events if not self._dated(e.when)]
        events = tuple(e for e in events if self._dated(e.when) and self._in_time(e.when))
        why = "it has no date, so that nobody can tell whether it lies within the days asked for"
        losses.lose("event", "undated", (e.id for e in undated), why=why)
        return _part(record, events, self, inside)

    def _check(self) -> None:
        for side in filter(None, (self.since, self.until)):
            try:
                When(side, side)
                first_day(side)
            except ValueError:
                raise OnrecordError(f"{side!r} is no date; write 2017, 2017-10 or 2017-10-17") from None
        if unknown := [g for g in self.grades if g not in GRADES]:
            raise OnrecordError(f"there is no grade {unknown[0]!r}; grades are {', '.join(GRADES)}")

    def _fits(self, event: Event, inside: frozenset[str] | None) -> bool:
        graded = not self.grades or event.grade in self.grades
        return graded and (inside is None or event.place in inside)

    def _dated(self, when: When) -> bool:
        return when.known or not (self.since or self.until)

    def _in_time(self, when: When) -> bool:
        return when.meets(When(self.since, self.until))

    def day(self, iso: str | None) -> bool:
        """Tell whether a date lies within the days asked for; with no days asked for any does."""
        if not (self.since or self.until):
            return True
        return iso is not None and When(iso, iso).meets(When(self.since, self.until))


def _part(record: Record, events: tuple[Event, ...], asked: Selection, inside: frozenset[str] | None) -> Record:
    """Return the record with these events and the figures, control and claims that go with them."""
    kept = {e.id for e in events}
    ungraded = not asked.grades
    figures = tuple(
        f
        for f in record.figures
        if (f.event in kept if f.event else ungraded and asked.day(f.as_of) and (inside is None or f.place in inside))
    )
    control = tuple(
        c
        for c in record.control
        if ungraded and (inside is None or c.place in inside) and _over(c.since, c.until, asked)
    )
    claims = {c for group in (events, figures, control) for item in group for c in item.claims}
    held = tuple(c for c in record.claims if c.id in claims)
    said = {c.statement for c in held if c.statement}
    return replace(
        record,
        events=events,
        figures=figures,
        control=control,
        claims=held,
        statements=tuple(s for s in record.statements if s.id in said),
    )


def _over(since: str | None, until: str | None, asked: Selection) -> bool:
    return When(since, until).meets(When(asked.since, asked.until))


def _within(record: Record, key: str) -> frozenset[str]:
    """Return the ids of the place that goes by this id or name and of all that lies in it."""
    places = [e for e in record.entities if e.kind in ("place", "facility")]
    wanted = key.casefold()
    found = {e.id for e in places if e.id == key or wanted in map(str.casefold, _names(e))}
    if not found:
        raise NotFoundError(f"the record knows no place {key!r}; `onrecord show` finds places by their names")
    while True:
        more = {e.id for e in places if e.parent in found} - found
        if not more:
            break
        found |= more
    countries = {e.country for e in places if e.id in found and e.precision == "country" and e.country}
    return frozenset(found | {e.id for e in places if e.country in countries})


def _names(entity: Entity) -> Iterable[str]:
    return (entity.name, *(name for name, _ in entity.aliases))


def days_of(when: When) -> tuple[date, date] | None:
    """Return the first and the last day of a stretch of time; `None` where a side is open."""
    if when.start is None or when.end is None:
        return None
    first, last = first_day(when.start), date.fromordinal(day_after(when.end).toordinal() - 1)
    return (first, last) if first <= last else (last, first)
