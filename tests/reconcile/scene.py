"""A small invented country for the tests of this room, and a quick way to write a dispatch with its reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.lexicon.actors import load
from onrecord.lexicon.gazetteer import open_gazetteer
from onrecord.model.anchors import Anchor, anchor_at
from onrecord.model.records import (
    Claim,
    Dispatch,
    Judgement,
    Mention,
    Reading,
    Record,
    Standing,
    Statement,
    judgement_id,
)
from onrecord.model.values import Amount, Span, When
from onrecord.reconcile.record import Knowledge, reconcile
from tests.factories import a_claim, a_dispatch, a_mention, a_reading, a_statement, span_of

_CASES = Path(__file__).parents[1] / "cases"


@cache
def knowledge() -> Knowledge:
    """The shipped actors and places with a few invented ones."""
    return Knowledge(
        actors=load((_CASES / "reconcile_actors.toml",)),
        gazetteer=open_gazetteer((_CASES / "reconcile_places.toml",)),
    )


@dataclass
class Scene:
    """One dispatch and what is read from it; each method finds its words in the text."""

    text: str
    fields: dict[str, Any] = field(default_factory=dict)
    parts: list[Mention | Statement | Claim] = field(default_factory=list)

    @property
    def dispatch(self) -> Dispatch:
        return a_dispatch(self.text, **self.fields)

    @property
    def reading(self) -> Reading:
        return a_reading(self.dispatch, *self.parts)

    def name(self, words: str, kind: str = "group", **fields: Any) -> Mention:
        mention = a_mention(self.dispatch, words, kind, **fields)
        self.parts.append(mention)
        return mention

    def says(self, words: str, speaker: Mention | None = None, **fields: Any) -> Statement:
        if isinstance(fields.get("organisation"), Mention):
            fields["organisation"] = fields["organisation"].id
        statement = a_statement(self.dispatch, words, speaker, **fields)
        self.parts.append(statement)
        return statement

    def claim(self, words: str, kind: str = "event", type: str = "withdrawal", **fields: Any) -> Claim:  # noqa: A002
        for role in ("agents", "targets"):
            if role in fields:
                fields[role] = tuple(m.id for m in fields[role])
        for role in ("place", "statement", "about", "part_of"):
            if role in fields and fields[role] is not None:
                fields[role] = fields[role].id
        if isinstance(fields.get("when"), str):
            fields["when"] = When(fields["when"], fields["when"])
        trigger = span_of(self.dispatch, words, fields.pop("nth", 0))
        fields.setdefault("sentence", self._sentence(trigger))
        claim = a_claim(self.dispatch, words, kind, type, trigger=trigger, **fields)
        self.parts.append(claim)
        return claim

    def _sentence(self, trigger: Span) -> Span:
        """The stretch between full stops around a trigger."""
        start = self.text.rfind(". ", 0, trigger.start) + 1
        end = self.text.find(". ", trigger.end)
        return Span(trigger.dispatch, start, end if end >= 0 else len(self.text))

    def figure(self, words: str, measure: str, low: float | None, high: float | None, **fields: Any) -> Claim:
        amount = Amount(low, high, fields.pop("approx", False))
        return self.claim(words, "figure", measure, amount=amount, **({"mode": "event"} | fields))


def scene(text: str, **fields: Any) -> Scene:
    """A dispatch of 15 October 2017 by the Example Post, unless told otherwise."""
    return Scene(text, fields)


def record_of(*scenes: Scene, judgements: tuple[Judgement, ...] = (), **options: Any) -> Record:
    """The record of these dispatches."""
    dispatches, readings = [s.dispatch for s in scenes], [s.reading for s in scenes]
    return reconcile(dispatches, readings, judgements, knowledge=knowledge(), **options)


def a_judgement(verdict: str, about: str, value: str | None = None, **fields: Any) -> Judgement:
    """A judgement of the analyst on 1 May 2020, unless told otherwise."""
    at, by = fields.pop("at", "2020-05-01T12:00:00Z"), fields.pop("by", "analyst")
    name = judgement_id(verdict, about, value, by, at)
    return Judgement(id=name, verdict=verdict, about=about, by=by, at=at, value=value, **fields)


def at_claim(claim: Claim, made: Scene) -> Anchor:
    """The anchor of a claim."""
    return anchor_at(claim.trigger, made.text, kind=claim.kind, type=claim.type)


def standing(record: Record, judgement: Judgement) -> Standing:
    """What became of a judgement."""
    return next(s for s in record.standings if s.judgement == judgement.id)


def names(record: Record) -> list[str]:
    """The names of a record's entities, in order."""
    return sorted(e.name for e in record.entities)


def name_of(record: Record, entity: str | None) -> str | None:
    """The name of an entity."""
    return next((e.name for e in record.entities if e.id == entity), None)
