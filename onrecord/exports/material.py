"""What every convention is made from: the events of a record with their places, days, actors, figures and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from onrecord.exports.conventions import Conventions, Table
from onrecord.exports.losses import Losses
from onrecord.exports.parties import Parties, Party
from onrecord.exports.places import Country, Divisions, country, nowhere
from onrecord.exports.selection import days_of
from onrecord.exports.toll import Counter, Toll, is_part, value
from onrecord.lexicon.actors import Actors
from onrecord.model.records import Claim, Control, Dispatch, Entity, Event, Figure, Record, Statement
from onrecord.model.values import When

MANY: Final = "; "  # between several names or quotations in one cell, as ACLED and others write lists
_QUOTED: Final = 3  # quotations in a cell: one account may be wrong, three show whether they agree
_LONGEST: Final = 400  # characters of a quotation in a cell


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An event with all that belongs to it; `days` are its first and last day, where both are known.

    `country` is that of its place, or of all other events of its dispatches, where the place (a river) has none.
    """

    event: Event
    place: Entity | None
    days: tuple[date, date] | None
    agents: tuple[Party, ...]
    targets: tuple[Party, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    dispatches: tuple[Dispatch, ...]
    country: Country | None = None

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.event.id

    @property
    def published(self) -> str:
        """The last day on which a dispatch told it, empty where none is dated."""
        return max((d.published for d in self.dispatches if d.published), default="")

    def counted(self, *measures: str) -> tuple[Figure, ...]:
        """Return its figures of some measures."""
        return tuple(f for f in self.figures if f.measure in measures)


@dataclass(frozen=True, slots=True)
class Help:
    """What an export is helped by beside the record: the user's tables and actors, and where places lie.

    `texts` tells whether a bundle holds the texts of dispatches.
    """

    conventions: Conventions = field(default_factory=Conventions)
    actors: Actors | None = None
    divisions: Divisions = nowhere
    texts: bool = True


class Material:
    """A record as the exports see it, and what they lose of it."""

    def __init__(self, record: Record, aid: Help | None = None, losses: Losses | None = None) -> None:
        self.record = record
        self.aid = aid or Help()
        self.losses = losses if losses is not None else Losses()
        self._said: dict[str, float] = {}

    def table(self, convention: str) -> Table:
        """Return the table of a convention."""
        return self.aid.conventions.table(convention)

    # ------------------------------------------------------------------------------------------------- looking up

    @cached_property
    def parties(self) -> Parties:
        """Who the record's actors are."""
        return Parties(self.aid.conventions, self.aid.actors)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The record's entities by id."""
        return {e.id: e for e in self.record.entities}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The record's claims by id."""
        return {c.id: c for c in self.record.claims}

    @cached_property
    def dispatches(self) -> dict[str, Dispatch]:
        """The record's dispatches by id."""
        return {d.id: d for d in self.record.dispatches}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The record's statements by id."""
        return {s.id: s for s in self.record.statements}

    @cached_property
    def events(self) -> tuple[Told, ...]:
        """All events, in the record's order, each with what belongs to it."""
        counted: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure in self.record.figures:
            if figure.event:
                counted[figure.event].append(figure)
        return tuple(self._told(event, counted[event.id]) for event in self.record.events)

    def _told(self, event: Event, figures: Iterable[Figure]) -> Told:
        claims = tuple(self.claims[c] for c in event.claims if c in self.claims)
        figures = tuple(figures)
        counting = (self.claims[c] for f in figures for c in f.claims if c in self.claims)
        names = dict.fromkeys(c.dispatch for c in (*claims, *counting))
        place = self.entities.get(event.place or "")
        return Told(
            event=event,
            place=place,
            days=days_of(event.when),
            agents=self._parties(event.agents),
            targets=self._parties(event.targets),
            figures=figures,
            claims=claims,
            dispatches=tuple(self.dispatches[d] for d in names if d in self.dispatches),
            country=country((place.country or self._land(names)) if place else None),
        )

    def _land(self, dispatches: Iterable[str]) -> str | None:
        """Return the country in which all events of some dispatches lie that lie in any."""
        lands = {land for d in dispatches for land in self._lands[d]}
        return lands.pop() if len(lands) == 1 else None

    @cached_property
    def _lands(self) -> defaultdict[str, set[str]]:
        lands: defaultdict[str, set[str]] = defaultdict(set)
        for event in self.record.events:
            place = self.entities.get(event.place or "")
            if place and place.country:
                for dispatch in {self.claims[c].dispatch for c in event.claims if c in self.claims}:
                    lands[dispatch].add(place.country)
        return lands

    def _parties(self, entities: Iterable[str]) -> tuple[Party, ...]:
        return tuple(self.parties.party(self.entities[e]) for e in entities if e in self.entities)

    def divisions(self, place: Entity | None) -> tuple[str, str]:
        """Return the names of the province and the district that hold a place, empty where they are not known."""
        province, district = self.aid.divisions(place) if place else (None, None)
        return province or "", district or ""

    @cached_property
    def _held(self) -> dict[str, list[Control]]:
        held: defaultdict[str, list[Control]] = defaultdict(list)
        for control in self.record.control:
            held[control.place].append(control)
        return held

    def holder(self, told: Told) -> Party | None:
        """Return who held the place of an event on its days, where the record knows one holder."""
        when = When(told.event.when.start, told.event.when.end)
        held = self._held.get(told.event.place or "", ())
        names = {c.holder for c in held if c.holder and c.state == "holds" and When(c.since, c.until).meets(when)}
        return self.parties.party(self.entities[names.pop()]) if len(names) == 1 and when.known else None

    def beside(self, told: Told) -> Told | None:
        """Return the event that tells who acted on the day and at the place of one that does not, in the same dispatch.

        There is none where several tell of different sides.
        """
        origins = {d.id for d in told.dispatches}
        near = [t for t in self._spots[told.event.place, told.days] if origins & {d.id for d in t.dispatches}]
        return near[0] if len({t.event.agents for t in near}) == 1 else None

    @cached_property
    def _spots(self) -> defaultdict[tuple[str | None, tuple[date, date] | None], list[Told]]:
        spots: defaultdict[tuple[str | None, tuple[date, date] | None], list[Told]] = defaultdict(list)
        for told in self.events:
            done = told.event.status in ("happened", "ongoing", "uncertain")
            if told.days and done and any(p.armed for p in told.agents):
                spots[told.event.place, told.days].append(told)
        return spots

    # --------------------------------------------------------------------------------------------- sources

    def addresses(self, told: Told) -> str:
        """Return where the event is told: the addresses or file names of its dispatches."""
        return MANY.join(dict.fromkeys(origin(d) for d in told.dispatches))

    def outlets(self, told: Told) -> str:
        """Return who published what tells the event."""
        return MANY.join(dict.fromkeys(d.outlet or d.agency or origin(d) for d in told.dispatches))

    def speakers(self, told: Told) -> str:
        """Return who is said to have said it."""
        said = (self.statements[c.statement] for c in told.claims if c.statement in self.statements)
        return MANY.join(dict.fromkeys(self._speaker(s) for s in said))

    def _speaker(self, statement: Statement) -> str:
        entity = self.entities.get(statement.speaker or "")
        return entity.name if entity else statement.speaker_text

    def quotations(self, claims: Sequence[Claim]) -> str:
        """Return the sentences of claims in quotation marks, each once with its outlet, the first few of them."""
        quoted = dict.fromkeys(self._quotation(c) for c in claims)
        rest = len(quoted) - _QUOTED
        return " ".join([*list(quoted)[:_QUOTED], *([f"({rest} more)"] if rest > 0 else [])])

    def _quotation(self, claim: Claim) -> str:
        dispatch = self.dispatches[claim.dispatch]
        words = " ".join(dispatch.quote(claim.sentence).split())
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
        told = ", ".join(filter(None, (dispatch.outlet or dispatch.agency or origin(dispatch), dispatch.published)))
        return f"“{shown}” ({told})"

    # ------------------------------------------------------------------------------------------ numbers and losses

    def toll(self, told: Told, measure: str) -> Toll:
        """Return how many the event cost by one measure, in whole numbers that may be added up."""
        return self._counter.toll(told.counted(measure), told.agents, told.targets)

    @cached_property
    def _counter(self) -> Counter:
        return Counter(self.parties.people, is_part(self.claims), self.losses)

    def said(self, measure: str) -> float:
        """Return how much of the figures of a measure the export says."""
        return sum(self._said.get(f.id, 0.0) for f in self.record.figures if f.measure == measure)

    def say(self, figure: Figure, amount: float) -> None:
        """Note that the export says this much of a figure."""
        self._said[figure.id] = self._said.get(figure.id, 0.0) + amount

    def say_whole(self, figure: Figure) -> None:
        """Note that the export says a figure with its bounds, in words or in numbers."""
        self._said[figure.id] = value(figure)

    def lose_event(self, told: Told, what: str, why: str) -> None:
        """Note that an event is not in the export, and its figures with it."""
        self.losses.lose("event", what, [told.id], why=why)
        for figure in told.figures:
            self.losses.lose(
                "figure", figure.measure, [figure.id], why=f"of an event left out: {why}", amount=value(figure)
            )

    def finish(self, convention: str, *, disputes: bool = True, control: bool = True, statements: bool = True) -> None:
        """Note all that no part of the export has said: figures, bounds, and what the convention has no word for.

        Each of `disputes`, `control` and `statements` is lost unless told otherwise.
        """
        self._finish_figures(convention)
        if disputes:
            why = f"{convention} has one value and no word for accounts that differ"
            disputed = [(e.id, e.disputes) for e in self.record.events] + [
                (f.id, f.disputes) for f in self.record.figures
            ]
            for name, dispute in ((name, d) for name, found in disputed for d in found):
                self.losses.lose("dispute", dispute.field, [name], why=why)
        if control:
            why = f"{convention} has no word for who holds a place over time"
            for held in self.record.control:
                self.losses.lose("control", held.state, [held.place], why=why)
        if statements:
            why = f"{convention} names sources, not who said what in which words"
            self.losses.lose("statement", "attributed words", (s.id for s in self.record.statements), why=why)
        if self.record.judgements:
            why = f"{convention} has no word for what a person decided; its effect is in the record"
            self.losses.lose("judgement", "decision", (j.id for j in self.record.judgements), why=why)

    def finish_tables(self, convention: str) -> None:
        """Note what the flat tables leave out: of a claim the sentence stands in a cell, but not where it stands."""
        why = f"{convention} quotes the sentence of a claim, without its offsets, roles, status and reader"
        self.losses.lose("field", "claim", (c.id for c in self.record.claims), why=why)
        why = f"{convention} says on which field accounts differ, not which claims hold which value"
        disputed = [e.id for e in self.record.events if e.disputes] + [f.id for f in self.record.figures if f.disputes]
        self.losses.lose("dispute", "positions", disputed, why=why)
        why = f"{convention} has no word for what a person decided; its effect is in the record"
        self.losses.lose("judgement", "decision", (j.id for j in self.record.judgements), why=why)

    def _finish_figures(self, convention: str) -> None:
        lost = self.losses.ids("figure")
        for figure in self.record.figures:
            said = self._said.get(figure.id)
            if said is not None and said != value(figure):
                why = f"{convention} counts by rules of its own, which give another number"
                self.losses.lose("figure", figure.measure, [figure.id], why=why, amount=value(figure) - said)
            if said is None and figure.id not in lost:
                why = f"{convention} has no word for this number, or it belongs to no event"
                self.losses.lose("figure", figure.measure, [figure.id], why=why, amount=value(figure))


def origin(dispatch: Dispatch) -> str:
    """Return where a dispatch is found: its address, else its file, else its id."""
    return dispatch.url or dispatch.file or dispatch.id


Checks = Sequence[tuple[Callable[[Told], bool], str, str]]


def fitting(material: Material, checks: Checks) -> Iterable[Told]:
    """Yield the events that pass all checks; another is lost under the first that it fails.

    A check is what tells whether an event passes, what to call the loss, and why it is one.
    """
    for told in material.events:
        failed = next(((what, why) for passes, what, why in checks if not passes(told)), None)
        if failed is None:
            yield told
        else:
            material.lose_event(told, *failed)
