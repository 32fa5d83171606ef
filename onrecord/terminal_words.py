"""One-line English for the things of a record, as the command line shows them."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.lookup import Lookup
from onrecord.model.records import Claim, Control, Event, Figure, Statement
from onrecord.model.wording import bounds, counted, dates


class Words(Lookup):
    """Puts the things of one record into words."""

    def _listed(self, entities: Iterable[str]) -> str:
        return ", ".join(self.names(entities))

    def event(self, event: Event) -> str:
        """Return type, actors, place, time, status and grade of an event."""
        parts = [event.type.replace("_", " ")]
        parts += [f"by {self._listed(event.agents)}"] if event.agents else []
        parts += [f"against {self._listed(event.targets)}"] if event.targets else []
        parts += [f"at {self.name(event.place)}"] if event.place else []
        told = counted(event.sources, "source")
        return f"{' '.join(parts)}, {dates(event.when)} [{event.status}; {event.grade}, {told}]"

    def figure(self, figure: Figure) -> str:
        """Return the bounds, what they count, where and as of when."""
        number = bounds(figure.low, figure.high, figure.best)
        unit = f" {figure.unit}" if figure.unit and figure.unit != "people" else ""
        place = f" at {self.name(figure.place)}" if figure.place else ""
        as_of = f", as of {figure.as_of}" if figure.as_of else ""
        return f"{figure.measure}: {number}{unit} {figure.who or ''}{place}{as_of} [{figure.mode}, rule {figure.rule}]"

    def control(self, control: Control) -> str:
        """Return place, state, holder and time."""
        share = f" {control.share:g} %" if control.share is not None else ""
        holder = f" {self.name(control.holder)}" if control.holder else ""
        disputed = " (accounts differ)" if control.disputed else ""
        span = f"{control.since or '?'} to {control.until or 'now, as last told'}"
        return f"{self.name(control.place)}: {control.state}{holder}{share}, {span}{disputed}"

    def claim(self, key: str) -> str:
        """Return what a claim says, with its status."""
        claim = self.claims[key]
        parts = [claim.type.replace("_", " ")]
        if claim.amount is not None:
            parts += [bounds(claim.amount.low, claim.amount.high), claim.who or ""]
        parts += [f"by {self._listed(claim.agents)}"] if claim.agents else []
        parts += [f"against {self._listed(claim.targets)}"] if claim.targets else []
        parts += [f"at {self.name(claim.place)}"] if claim.place else []
        return f"{' '.join(filter(None, parts))}, {dates(claim.when)} [{claim.status}]{self._source(claim)}"

    def _source(self, claim: Claim) -> str:
        statement = self.statement(claim)
        return f", according to {self._speaker(statement)}" if statement else ""

    def _speaker(self, statement: Statement) -> str:
        speaker = self.name(statement.speaker) or statement.speaker_text
        known = filter(None, (speaker, statement.role, self.name(statement.organisation)))
        return ", ".join({word.casefold(): word for word in known}.values())

    def said(self, statement: Statement) -> str:
        """Return who says what over which channel."""
        channel = f" (via {statement.channel})" if statement.channel else ""
        return f"{self._speaker(statement)}{channel} {statement.stance}: “{self.words(statement.content)}”"

    def quotation(self, key: str) -> str:
        """Return the sentence of a claim with its dispatch and offsets."""
        claim = self.claims[key]
        dispatch = self.dispatches[claim.dispatch]
        source = dispatch.file or dispatch.url or dispatch.id
        return f"“{self.words(claim.sentence)}” {source}:{claim.trigger.start}-{claim.trigger.end}"
