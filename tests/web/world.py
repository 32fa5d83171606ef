"""A small record made by hand, and a store that holds it: what the pages are tested on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from starlette.applications import Starlette

from onrecord.model.ids import content_id
from onrecord.model.records import (
    Claim,
    Control,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Judgement,
    Marked,
    Mention,
    Position,
    Record,
    Role,
    Statement,
    mention_id,
)
from onrecord.model.values import Amount, Span, When
from onrecord.web import app
from tests.factories import a_claim, a_dispatch, a_statement, span_of


class FakeStore:
    """Holds one record; only what the workspace calls."""

    def __init__(self, record: Record, *, stale: bool = False) -> None:
        self.held = record
        self.number = 1
        self.reads = 0
        self._stale = stale

    def record(self) -> Record:
        self.reads += 1
        return self.held

    def version(self) -> int:
        return self.number

    def stale(self) -> bool:
        return self._stale

    def judgements(self) -> tuple[Judgement, ...]:
        return self.held.judgements

    def put(self, record: Record) -> None:
        self.held = record
        self.number += 1


def make_app(store: Any, **options: Any) -> Starlette:
    """The workspace over what answers like a store."""
    return app.make_app(store, **options)


def a_store(record: Record) -> Any:
    """A store that holds one record, where a whole one is asked for."""
    return FakeStore(record)


class Hand:
    """Writes a record by hand: entities are named by their names, and found in texts under all their aliases."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.dispatches: list[Dispatch] = []
        self.statements: list[Statement] = []
        self.claims: list[Claim] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []
        self.controls: list[Control] = []
        self.lineage: dict[str, str] = {}

    def id(self, name: str | None) -> str | None:
        return content_id("e", name) if name else None

    def ids(self, *names: str) -> tuple[str, ...]:
        return tuple(content_id("e", name) for name in names)

    def entity(self, name: str, kind: Any, *aliases: str, **fields: Any) -> Entity:
        if "point" in fields:
            fields = {"precision": "exact", "country": "SY"} | fields
        fields["parent"] = self.id(fields.get("parent"))
        spellings = tuple((alias, 1) for alias in (name, *aliases))
        made = Entity(id=content_id("e", name), kind=kind, name=name, aliases=spellings, **fields)
        self.entities[made.id] = made
        return made

    def dispatch(self, text: str, *, copies: Dispatch | None = None, **fields: Any) -> Dispatch:
        title = text.split("\n", 1)[0]
        marked = fields.pop("marked", (Marked(0, len(title), "title"),))
        made = a_dispatch(text, **({"title": title, "marked": marked} | fields))
        self.dispatches.append(made)
        self.lineage[made.id] = copies.id if copies else made.id
        return made

    def says(self, dispatch: Dispatch, words: str, speaker: str | None = None, **fields: Any) -> Statement:
        fields["organisation"] = self.id(fields.get("organisation"))
        text = fields.pop("speaker_text", speaker or "a source")
        made = replace(a_statement(dispatch, words, None, speaker_text=text, **fields), speaker=self.id(speaker))
        self.statements.append(made)
        return made

    def claim(self, dispatch: Dispatch, words: str, kind: Any, type: str, **fields: Any) -> Claim:  # noqa: A002
        at = span_of(dispatch, words, fields.get("nth", 0))
        before = [
            dispatch.text.rfind(sign, 0, at.start) + len(sign)
            for sign in ("\n", ". ")
            if sign in dispatch.text[: at.start]
        ]
        start = max(before, default=0)
        stop = dispatch.text.find(".", at.end)
        sentence = Span(dispatch.id, start, stop + 1 if stop >= 0 else len(dispatch.text))
        made = a_claim(dispatch, words, kind, type, **({"sentence": sentence} | fields))
        self.claims.append(made)
        return made

    def event(self, type: str, *claims: Claim, **fields: Any) -> Event:  # noqa: A002
        fields["agents"] = self.ids(*fields.get("agents", ()))
        fields["targets"] = self.ids(*fields.get("targets", ()))
        fields["place"] = self.id(fields.get("place"))
        defaults: dict[str, Any] = {"when": When(), "status": "happened", "sources": len(claims), "grade": "weak"}
        made = Event(
            id=content_id("v", type, *(c.id for c in claims)),
            type=type,
            claims=tuple(c.id for c in claims),
            **(defaults | fields),
        )
        self.events.append(made)
        return made

    def figure(self, measure: str, *claims: Claim, **fields: Any) -> Figure:
        fields["place"] = self.id(fields.get("place"))
        defaults: dict[str, Any] = {
            "who": None, "as_of": None, "mode": "event", "rule": "widest", "sources": len(claims),
            "low": None, "best": None, "high": None,
        }  # fmt: skip
        made = Figure(
            id=content_id("f", measure, *(c.id for c in claims)),
            measure=measure,
            claims=tuple(c.id for c in claims),
            **(defaults | fields),
        )
        self.figures.append(made)
        return made

    def control(self, place: str, holder: str | None, *claims: Claim, **fields: Any) -> Control:
        defaults: dict[str, Any] = {"state": "holds", "since": None, "until": None, "share": None}
        made = Control(
            place=content_id("e", place),
            holder=self.id(holder),
            claims=tuple(c.id for c in claims),
            **(defaults | fields),
        )
        self.controls.append(made)
        return made

    def record(self) -> Record:
        """The whole, with every name found in every text and each claim told its event and figure."""
        event_of = {c: e.id for e in self.events for c in e.claims}
        figure_of = {c: f.id for f in self.figures for c in f.claims}
        return Record(
            dispatches=tuple(sorted(self.dispatches, key=lambda d: d.id)),
            entities=tuple(self.entities.values()),
            mentions=tuple(pair for d in self.dispatches for pair in self._mentions(d)),
            statements=tuple(self.statements),
            claims=tuple(replace(c, event=event_of.get(c.id), figure=figure_of.get(c.id)) for c in self.claims),
            events=tuple(self.events),
            figures=tuple(self.figures),
            control=tuple(self.controls),
            lineage=dict(self.lineage),
        )

    def _mentions(self, dispatch: Dispatch) -> list[tuple[Mention, str]]:
        names = {alias: e for e in self.entities.values() for alias, _ in e.aliases}
        if not names:
            return []
        pattern = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
        pairs: list[tuple[Mention, str]] = []
        for hit in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", dispatch.text):
            entity = names[hit.group()]
            at = Span(dispatch.id, hit.start(), hit.end())
            pairs.append((Mention(mention_id(at, entity.kind), at, entity.kind, entity.name), entity.id))
        return pairs


def a_world() -> Record:
    """Three dispatches about one town, one of them a copy: an event with a dispute, figures, and who held it."""
    hand = Hand()
    hand.entity("Ardun Province", "place", point=(40.0, 36.0), precision="admin1")
    hand.entity("Ardun", "place", "أردون", point=(40.2, 36.1), parent="Ardun Province", reference={"geonames": 1})
    hand.entity("Qasr Tel", "place", point=(39.6, 35.7), precision="near")
    hand.entity("Free Valley Front", "group", "the Front")
    hand.entity("Black Dawn", "group")
    hand.entity("Samir Odeh", "person", roles=(Role("spokesman", hand.id("Free Valley Front"), ()),))
    wire = hand.dispatch(
        "Front says it took Ardun\n\nThe Free Valley Front captured Ardun from Black Dawn on Sunday. "
        "“At least 40 fighters were killed,” said Samir Odeh, a spokesman for the Front.",
        outlet="Example Wire", agency="Example Wire", notes=("The encoding was guessed: UTF-8.",),
    )  # fmt: skip
    copy = hand.dispatch(
        "Ardun falls\n\nThe Free Valley Front captured Ardun from Black Dawn on Sunday, it said.",
        copies=wire, outlet="Evening Copy", agency="Example Wire", published="2017-10-16", url="https://copy.example/1",
    )  # fmt: skip
    other = hand.dispatch(
        "Doubts over Ardun\n\nResidents of أردون said that 15 people died. Black Dawn still holds part of Ardun.",
        outlet="Valley Paper", published="2017-10-17", published_basis="context",
    )  # fmt: skip
    said = hand.says(
        wire, "At least 40 fighters were killed", "Samir Odeh", organisation="Free Valley Front",
        direct=True, role="spokesman", channel="by telephone",
    )  # fmt: skip
    told = hand.says(other, "15 people died", speaker_text="Residents of أردون")
    took = hand.claim(wire, "captured", "event", "territory_gain")
    again = hand.claim(copy, "captured", "event", "territory_gain")
    forty = hand.claim(
        wire, "At least 40 fighters", "figure", "killed", statement=said.id, amount=Amount(40, None, unit="people")
    )
    fifteen = hand.claim(
        other, "15 people", "figure", "killed", statement=told.id, amount=Amount(15, 15, unit="people")
    )
    holds = hand.claim(other, "holds", "control", "contested")
    differ = Dispute(
        "amount",
        (Position("at least 40", (forty.id,)), Position("15", (fifteen.id,))),
        "The spokesman counts fighters; the residents count people.",
    )
    figure = hand.figure(
        "killed", forty, fifteen, who="people in the battle", place="Ardun", low=15, best=40, disputes=(differ,)
    )
    hand.event(
        "territory_gain", took, again, agents=["Free Valley Front"], targets=["Black Dawn"], place="Ardun",
        when=When("2017-10-15", "2017-10-15"), sources=1, grade="contested", figures=(figure.id,), disputes=(differ,),
    )  # fmt: skip
    hand.event("killing", fifteen, place="Qasr Tel", when=When("2017-10", "2017-10"), status="uncertain")
    hand.control("Ardun", "Black Dawn", holds, until="2017-10-15")
    hand.control("Ardun", "Free Valley Front", took, since="2017-10-15", disputed=True)
    return hand.record()
