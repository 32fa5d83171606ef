"""Rows for the tables, and the values back from rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from onrecord.model.records import (
    Claim,
    Control,
    Dating,
    Dispatch,
    Entity,
    Event,
    Figure,
    Mention,
    Record,
    Standing,
    Statement,
)
from onrecord.store.tables import (
    CLAIMS,
    CONTROL,
    DATINGS,
    ENTITIES,
    EVENTS,
    FIGURES,
    LINEAGE,
    MENTIONS,
    STANDINGS,
    STATEMENTS,
)

Row = dict[str, Any]
T = TypeVar("T")


def packed(value: object) -> str:
    """Return a value of the model as JSON text."""
    return msgspec.json.encode(value).decode()


def unpacked(body: str, kind: type[T]) -> T:
    """Return the value of this kind that the JSON text holds."""
    return msgspec.json.decode(body, type=kind)


def described(dispatch: Dispatch) -> str:
    """Return a dispatch as JSON text without its own text."""
    return packed(replace(dispatch, text=""))


def whole(body: str, text: str) -> Dispatch:
    """Return the dispatch that a description and a text make up."""
    return replace(unpacked(body, Dispatch), text=text)


def record_rows(record: Record) -> dict[str, list[Row]]:
    """Return the rows of a record, by table name."""
    return {
        ENTITIES.name: [_row(i, e, id=e.id, kind=e.kind, name=e.name) for i, e in enumerate(record.entities)],
        LINEAGE.name: [_lineage(i, d, record.lineage) for i, d in enumerate(record.dispatches)],
        MENTIONS.name: [
            _row(i, m, id=m.id, dispatch=m.span.dispatch, entity=e) for i, (m, e) in enumerate(record.mentions)
        ],
        STATEMENTS.name: [
            _row(i, s, id=s.id, dispatch=s.dispatch, speaker=s.speaker) for i, s in enumerate(record.statements)
        ],
        CLAIMS.name: [_claim(i, c) for i, c in enumerate(record.claims)],
        EVENTS.name: [_event(i, e) for i, e in enumerate(record.events)],
        FIGURES.name: [
            _row(i, f, id=f.id, measure=f.measure, place=f.place, as_of=f.as_of) for i, f in enumerate(record.figures)
        ],
        CONTROL.name: [_row(i, c, place=c.place, since=c.since) for i, c in enumerate(record.control)],
        DATINGS.name: [_row(i, d, dispatch=d.dispatch) for i, d in enumerate(record.datings)],
        STANDINGS.name: [_row(i, s, judgement=s.judgement) for i, s in enumerate(record.standings)],
    }


def _row(order: int, value: object, **columns: str | None) -> Row:
    return {"ord": order, "body": packed(value), **columns}


def _claim(order: int, claim: Claim) -> Row:
    names = {"kind": claim.kind, "type": claim.type, "place": claim.place, "start": claim.when.start}
    return _row(order, claim, id=claim.id, dispatch=claim.dispatch, event=claim.event, figure=claim.figure, **names)


def _event(order: int, event: Event) -> Row:
    names = {"type": event.type, "place": event.place, "start": event.when.start}
    return _row(order, event, id=event.id, status=event.status, grade=event.grade, **names)


def _lineage(order: int, dispatch: Dispatch, lineage: dict[str, str]) -> Row:
    origin = lineage.get(dispatch.id, dispatch.id)
    return {
        "dispatch": dispatch.id,
        "ord": order,
        "origin": origin,
        "published": dispatch.published,
        "basis": dispatch.published_basis,
    }


def record_of(bodies: dict[str, list[str]], mention_entities: list[str], **rest: Any) -> Record:
    """Return the record that the bodies of its tables, in order, make up; `rest` are the fields kept elsewhere."""
    mentions = _all(bodies[MENTIONS.name], Mention)
    return Record(
        entities=_all(bodies[ENTITIES.name], Entity),
        mentions=tuple(zip(mentions, mention_entities, strict=True)),
        statements=_all(bodies[STATEMENTS.name], Statement),
        claims=_all(bodies[CLAIMS.name], Claim),
        events=_all(bodies[EVENTS.name], Event),
        figures=_all(bodies[FIGURES.name], Figure),
        control=_all(bodies[CONTROL.name], Control),
        datings=_all(bodies[DATINGS.name], Dating),
        standings=_all(bodies[STANDINGS.name], Standing),
        **rest,
    )


def _all(bodies: Iterable[str], kind: type[T]) -> tuple[T, ...]:
    return tuple(unpacked(body, kind) for body in bodies)
