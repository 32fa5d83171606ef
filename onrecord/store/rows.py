"""Rows for the tables, and the values back from rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Table

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


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the record: its values in a record, what tells one from another, and the row of a value."""

    table: Table
    values: Callable[[Record], Sequence[Any]]
    key: Callable[[Any], Hashable]
    row: Callable[[Any], Row]


def _lineages(record: Record) -> list[tuple[Dispatch, str]]:
    return [(d, record.lineage.get(d.id, d.id)) for d in record.dispatches]


def _lineage(value: tuple[Dispatch, str]) -> Row:
    dispatch, origin = value
    return {
        "dispatch": dispatch.id,
        "origin": origin,
        "published": dispatch.published,
        "basis": dispatch.published_basis,
    }


def _mention(value: tuple[Mention, str]) -> Row:
    mention, entity = value
    return {"id": mention.id, "dispatch": mention.span.dispatch, "entity": entity, "body": packed(mention)}


def _claim(c: Claim) -> Row:
    names = {"kind": c.kind, "type": c.type, "place": c.place, "start": c.when.start}
    return {"id": c.id, "dispatch": c.dispatch, "event": c.event, "figure": c.figure, "body": packed(c), **names}


def _event(e: Event) -> Row:
    names = {"type": e.type, "place": e.place, "start": e.when.start}
    return {"id": e.id, "status": e.status, "grade": e.grade, "body": packed(e), **names}


def _figure(f: Figure) -> Row:
    return {"id": f.id, "measure": f.measure, "place": f.place, "as_of": f.as_of, "body": packed(f)}


def _entity(e: Entity) -> Row:
    return {"id": e.id, "kind": e.kind, "name": e.name, "body": packed(e)}


def _statement(s: Statement) -> Row:
    return {"id": s.id, "dispatch": s.dispatch, "speaker": s.speaker, "body": packed(s)}


def _control(c: Control) -> Row:
    return {"place": c.place, "since": c.since, "body": packed(c)}


def _dating(d: Dating) -> Row:
    return {"dispatch": d.dispatch, "body": packed(d)}


def _standing(s: Standing) -> Row:
    return {"judgement": s.judgement, "body": packed(s)}


def _id(value: Any) -> str:
    return str(value.id)


PARTS: Final[tuple[Part, ...]] = (
    Part(ENTITIES, lambda r: r.entities, _id, _entity),
    Part(LINEAGE, _lineages, lambda v: str(v[0].id), _lineage),
    Part(MENTIONS, lambda r: r.mentions, lambda v: str(v[0].id), _mention),
    Part(STATEMENTS, lambda r: r.statements, _id, _statement),
    Part(CLAIMS, lambda r: r.claims, _id, _claim),
    Part(EVENTS, lambda r: r.events, _id, _event),
    Part(FIGURES, lambda r: r.figures, _id, _figure),
    Part(CONTROL, lambda r: r.control, lambda v: v, _control),
    Part(DATINGS, lambda r: r.datings, lambda v: str(v.dispatch), _dating),
    Part(STANDINGS, lambda r: r.standings, lambda v: str(v.judgement), _standing),
)


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
