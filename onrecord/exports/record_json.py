"""The whole record as one JSON document, format `onrecord/1` (docs/record.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from onrecord.exports.jsonlines import document
from onrecord.model.records import (
    Claim,
    Control,
    Dating,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Judgement,
    Mention,
    Record,
    Standing,
    Statement,
)
from onrecord.model.values import Span

FORMAT = "onrecord/1"

Json = dict[str, Any]


def to_json(record: Record) -> str:
    """Return the record as text; keys sorted and lists in order, so that the same record is the same bytes."""
    return b"".join(pieces(record)).decode("utf-8")


def pieces(record: Record) -> Iterator[bytes]:
    """Yield the text of the record piece by piece, so that a large one never stands in memory twice."""
    return document(sorted(_fields(record).items()))


def as_document(record: Record) -> Json:
    """Return the record as the plain dictionaries and lists of the format."""
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in _fields(record).items()}


def _fields(record: Record) -> Json:
    texts = {d.id: d.text for d in record.dispatches}
    standings = {s.judgement: s for s in record.standings}
    datings = {d.dispatch: d for d in record.datings}
    return {
        "format": FORMAT,
        "dispatches": (_dispatch(d, record.lineage.get(d.id, d.id), datings.get(d.id)) for d in record.dispatches),
        "entities": (_entity(e) for e in record.entities),
        "mentions": (_mention(m, entity, texts) for m, entity in record.mentions),
        "statements": (_statement(s, texts) for s in record.statements),
        "claims": (_claim(c, texts) for c in record.claims),
        "events": (_event(e) for e in record.events),
        "figures": (_figure(f) for f in record.figures),
        "control": (_control(c) for c in record.control),
        "judgements": (_judgement(j, standings.get(j.id)) for j in record.judgements),
    }


@cache
def schema() -> Json:
    """Return the JSON Schema (draft 2020-12) of the format, as it ships with the package."""
    text = (files("onrecord.exports") / "onrecord-1.schema.json").read_text(encoding="utf-8")
    document: Json = json.loads(text)
    return document


def faults(document: Json) -> list[str]:
    """Return what breaks the schema, a line each with the place; an empty list where the document is valid."""
    found = Draft202012Validator(schema()).iter_errors(document)
    return [f"{'/'.join(map(str, error.absolute_path)) or 'document'}: {error.message}" for error in found]


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _quoted(span: Span, texts: dict[str, str]) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(texts[span.dispatch])}


def _dispatch(dispatch: Dispatch, lineage: str, dating: Dating | None) -> Json:
    names = ("id", "file", "url", "outlet", "agency", "title", "language", "published", "published_basis")
    marked = [{"start": m.start, "end": m.end, "kind": m.kind} for m in dispatch.marked]
    more = {"byline": dispatch.byline, "dateline": dispatch.dateline, "notes": list(dispatch.notes)}
    found = {
        "published_between": [dating.between.start, dating.between.end] if dating else None,
        "published_reasons": list(dating.reasons) if dating else [],
    }
    told = {name: getattr(dispatch, name) for name in names}
    return told | more | found | {"lineage": lineage, "marked": marked}


def _entity(entity: Entity) -> Json:
    roles = [{"role": r.role, "organisation": r.organisation, "claims": list(r.claims)} for r in entity.roles]
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": [{"name": name, "count": count} for name, count in entity.aliases],
        "roles": roles,
        "parent": entity.parent,
        "point": list(entity.point) if entity.point else None,
        "precision": entity.precision,
        "country": entity.country,
        "reference": dict(entity.reference),
    }


def _mention(mention: Mention, entity: str, texts: dict[str, str]) -> Json:
    where = {"id": mention.id, "dispatch": mention.span.dispatch, "span": _quoted(mention.span, texts)}
    return where | {"kind": mention.kind, "form": mention.form, "entity": entity}


def _statement(statement: Statement, texts: dict[str, str]) -> Json:
    return {
        "id": statement.id,
        "dispatch": statement.dispatch,
        "content": _quoted(statement.content, texts),
        "cue": _quoted(statement.cue, texts) if statement.cue else None,
        "speaker": statement.speaker,
        "speaker_text": statement.speaker_text,
        "role": statement.role,
        "organisation": statement.organisation,
        "channel": statement.channel,
        "stance": statement.stance,
        "direct": statement.direct,
        "within": statement.within,
        "source": _quoted(statement.source, texts) if statement.source else None,
        "whole": _quoted(statement.whole, texts) if statement.whole else None,
    }


def _claim(claim: Claim, texts: dict[str, str]) -> Json:
    return {
        "id": claim.id,
        "dispatch": claim.dispatch,
        "kind": claim.kind,
        "type": claim.type,
        "trigger": _quoted(claim.trigger, texts),
        "sentence": {"start": claim.sentence.start, "end": claim.sentence.end},
        "statement": claim.statement,
        "status": claim.status,
        "agents": list(claim.agents),
        "targets": list(claim.targets),
        "place": claim.place,
        "start": claim.when.start,
        "end": claim.when.end,
        "amount": _amount(claim),
        "share": _number(claim.share),
        "about": claim.about,
        "part_of": claim.part_of,
        "event": claim.event,
        "figure": claim.figure,
        "score": round(claim.score, 3),
        "reader": claim.reader,
        "reasons": list(claim.reasons),
    }


def _amount(claim: Claim) -> Json | None:
    if claim.amount is None:
        return None
    bounds = {"low": _number(claim.amount.low), "high": _number(claim.amount.high), "approx": claim.amount.approx}
    return bounds | {"unit": claim.amount.unit, "who": claim.who, "mode": claim.mode, "as_of": claim.as_of}


def _disputes(disputes: tuple[Dispute, ...]) -> list[Json]:
    return [
        {"field": d.field, "why": d.why, "values": [{"value": v.value, "claims": list(v.claims)} for v in d.values]}
        for d in disputes
    ]


def _event(event: Event) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "agents": list(event.agents),
        "targets": list(event.targets),
        "place": event.place,
        "start": event.when.start,
        "end": event.when.end,
        "precision": event.when.precision,
        "status": event.status,
        "claims": list(event.claims),
        "sources": event.sources,
        "grade": event.grade,
        "disputes": _disputes(event.disputes),
        "figures": list(event.figures),
    }


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.id,
        "measure": figure.measure,
        "who": figure.who,
        "place": figure.place,
        "as_of": figure.as_of,
        "mode": figure.mode,
        "event": figure.event,
        "low": _number(figure.low),
        "best": _number(figure.best),
        "high": _number(figure.high),
        "unit": figure.unit,
        "rule": figure.rule,
        "claims": list(figure.claims),
        "sources": figure.sources,
        "disputes": _disputes(figure.disputes),
    }


def _control(control: Control) -> Json:
    return {
        "place": control.place,
        "holder": control.holder,
        "state": control.state,
        "from": control.since,
        "to": control.until,
        "share": _number(control.share),
        "claims": list(control.claims),
        "disputed": control.disputed,
    }


def _judgement(judgement: Judgement, standing: Standing | None) -> Json:
    names = ("id", "verdict", "about", "value", "quote", "note", "by", "at", "withdrawn", "withdrawn_by")
    became = {
        "state": standing.state if standing else None,
        "why": standing.why if standing else "",
        "conflicts": list(standing.conflicts) if standing else [],
        "touches": list(standing.touches) if standing else [],
    }
    anchors = [asdict(anchor) for anchor in judgement.anchors]
    return {name: getattr(judgement, name) for name in names} | became | {"anchors": anchors}
