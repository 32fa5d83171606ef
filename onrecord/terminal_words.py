"""One-line English for the things of a record, as the command line shows them."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.records import Claim, Control, Event, Figure, Record, Statement
from onrecord.model.values import When


class Words:
    """Puts the things of one record into words."""

    def __init__(self, record: Record) -> None:
        self.entities = {e.id: e for e in record.entities}
        self.claims = {c.id: c for c in record.claims}
        self.dispatches = {d.id: d for d in record.dispatches}
        self.statements = {s.id: s for s in record.statements}

    def name(self, entity: str | None) -> str | None:
        """Return an entity's name."""
        return self.entities[entity].name if entity in self.entities else None

    def names(self, entities: Iterable[str]) -> str:
        """Return the names of several entities, with commas."""
        return ", ".join(self.entities[e].name for e in entities if e in self.entities)

    def event(self, event: Event) -> str:
        """Return type, actors, place, time, status and grade of an event."""
        parts = [event.type.replace("_", " ")]
        parts += [f"by {self.names(event.agents)}"] if event.agents else []
        parts += [f"against {self.names(event.targets)}"] if event.targets else []
        parts += [f"at {self.name(event.place)}"] if event.place else []
        told = f"{event.sources} source{'s' if event.sources != 1 else ''}"
        return f"{' '.join(parts)}, {when(event.when)} [{event.status}; {event.grade}, {told}]"

    def figure(self, figure: Figure) -> str:
        """Return the bounds, what they count, where and as of when."""
        number = bounds(figure.low, figure.best, figure.high)
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
            parts += [bounds(claim.amount.low, None, claim.amount.high), claim.who or ""]
        parts += [f"by {self.names(claim.agents)}"] if claim.agents else []
        parts += [f"against {self.names(claim.targets)}"] if claim.targets else []
        parts += [f"at {self.name(claim.place)}"] if claim.place else []
        return f"{' '.join(filter(None, parts))}, {when(claim.when)} [{claim.status}]{self._source(claim)}"

    def _source(self, claim: Claim) -> str:
        statement = self.statements.get(claim.statement or "")
        return f", according to {self._speaker(statement)}" if statement else ""

    def _speaker(self, statement: Statement) -> str:
        speaker = self.name(statement.speaker) or statement.speaker_text
        known = filter(None, (speaker, statement.role, self.name(statement.organisation)))
        return ", ".join({word.casefold(): word for word in known}.values())

    def statement(self, statement: Statement) -> str:
        """Return who says what over which channel."""
        content = " ".join(self.dispatches[statement.dispatch].quote(statement.content).split())
        channel = f" (via {statement.channel})" if statement.channel else ""
        return f"{self._speaker(statement)}{channel} {statement.stance}: “{content}”"

    def quotation(self, key: str) -> str:
        """Return the sentence of a claim with its dispatch and offsets."""
        claim = self.claims[key]
        dispatch = self.dispatches[claim.dispatch]
        sentence = " ".join(dispatch.quote(claim.sentence).split())
        source = dispatch.file or dispatch.url or dispatch.id
        return f"“{sentence}” {source}:{claim.trigger.start}-{claim.trigger.end}"


def when(stretch: When) -> str:
    """Return a stretch of time in words."""
    if not stretch.known:
        return "undated"
    if stretch.start == stretch.end:
        return str(stretch.start)
    if stretch.end is None:
        return f"since {stretch.start}"
    return f"until {stretch.end}" if stretch.start is None else f"{stretch.start} to {stretch.end}"


def bounds(low: float | None, best: float | None, high: float | None) -> str:
    """Return a number with its bounds in words; an open side is said to be one."""
    if low is not None and low == high:
        return f"{low:,g}"
    middle = f" (best {best:,g})" if best is not None else ""
    if low is None:
        return (f"up to {high:,g}" if high is not None else "unknown") + middle
    return (f"at least {low:,g}" if high is None else f"{low:,g} to {high:,g}") + middle


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 dispatch", "3,000 dispatches"."""
    return f"{count:,} {one if count == 1 else many}"
