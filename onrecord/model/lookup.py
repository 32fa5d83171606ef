"""The things of a record by their ids: whoever puts ids into words starts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from onrecord.model.records import Claim, Dispatch, Record, Statement
from onrecord.model.values import Span

NO_OUTLET: Final = "an unnamed outlet"


class Lookup:
    """A record's parts by id; an id that is not on record is left out, never an error."""

    def __init__(self, record: Record) -> None:
        self.entities = {e.id: e for e in record.entities}
        self.claims = {c.id: c for c in record.claims}
        self.dispatches = {d.id: d for d in record.dispatches}
        self.statements = {s.id: s for s in record.statements}
        self.lineage = record.lineage

    def name(self, entity: str | None) -> str | None:
        """Return an entity's name."""
        return self.entities[entity].name if entity in self.entities else None

    def names(self, entities: Iterable[str]) -> list[str]:
        """Return the names of several entities, in their order."""
        return [self.entities[e].name for e in entities if e in self.entities]

    def told(self, claims: Iterable[str]) -> list[Claim]:
        """Return the claims with these ids, in their order."""
        return [self.claims[c] for c in claims if c in self.claims]

    def words(self, span: Span) -> str:
        """Return what a stretch quotes from its dispatch, on one line."""
        return " ".join(self.dispatches[span.dispatch].quote(span).split())

    def statement(self, claim: Claim) -> Statement | None:
        """Return the statement in which a claim stands, `None` where the dispatch itself asserts it."""
        return self.statements.get(claim.statement or "")

    def origin(self, dispatch: str) -> str:
        """Return the id of the dispatch of which this one is a copy or rewrite, or its own."""
        return self.lineage.get(dispatch, dispatch)

    def within(self, place: str | None) -> Iterator[str]:
        """Yield a place and what it lies in, from the inside out."""
        seen: set[str] = set()
        while place in self.entities and place not in seen:
            seen.add(place)
            yield place
            place = self.entities[place].parent


def source_name(dispatch: Dispatch) -> str:
    """Return who published a dispatch, as far as it is known: the outlet, else the agency."""
    return dispatch.outlet or dispatch.agency or NO_OUTLET
