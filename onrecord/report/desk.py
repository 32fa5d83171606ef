"""The desk at which a report is written: what is in scope, ranked, and how much of it the page holds."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date

from onrecord.model.lookup import Lookup
from onrecord.model.records import Figure, Record
from onrecord.report.drawing import Drawing
from onrecord.report.parts import Picture
from onrecord.report.phrases import Phrases
from onrecord.report.scope import Scope, cut
from onrecord.report.weights import Development, developments, telling_figures

# Four pages at most, pictures and sources included: measured on 181 dispatches of twenty months, which fill them.
PLACES, FIGURES, HELD, OPEN, VOICES = 5, 8, 5, 5, 5
_TOLD, _A_PLACE = 20, 10  # developments in all, and of one place where there are few places


@dataclass(frozen=True, slots=True)
class Desk:
    """What one report is written from: the whole record for looking up, the part in scope, and how it is said."""

    record: Record
    part: Record
    scope: Scope
    lookup: Lookup
    phrases: Phrases
    ranked: dict[str, list[Development]]
    figures: list[Figure]

    @property
    def all(self) -> list[Development]:
        """All developments, by place and weight."""
        return [one for found in self.ranked.values() for one in found]

    @property
    def places(self) -> list[str]:
        """The places that are told, countries and provinces last."""
        shown = list(self.ranked)[:PLACES]
        return sorted(shown, key=lambda p: self.lookup.entities[p].precision in ("country", "admin1", "none"))

    def told(self, place: str) -> list[Development]:
        """Return what is told of a place in the order of time, what is known to a month after what falls in it."""
        chosen = self.ranked[place][: _share(self.ranked)]
        return sorted(chosen, key=lambda d: (d.told.when.after or date.max, d.told.when.start or "", d.told.event.id))


def desk(record: Record, scope: Scope) -> Desk:
    """Return the desk for a record and a scope; a figure that a development tells is not among its figures."""
    lookup, part = Lookup(record), cut(record, scope)
    ranked = developments(part, lookup)
    shown = (d for place in list(ranked)[:PLACES] for d in ranked[place][: _share(ranked)])
    in_events = {d.told.figure.id for d in shown if d.told.figure}
    figures = [f for f in telling_figures(part, lookup) if f.id not in in_events]
    return Desk(record, part, scope, lookup, Phrases(lookup, record.control), ranked, figures)


def _share(ranked: Sized) -> int:
    """Return how many developments each place may have."""
    return min(_A_PLACE, _TOLD // min(max(len(ranked), 1), PLACES))


def drawn(caption: str, drawing: Drawing | None) -> Picture | None:
    """Return a picture, or nothing where there is nothing to draw."""
    return Picture(caption, drawing) if drawing else None
