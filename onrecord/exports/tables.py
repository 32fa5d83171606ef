"""The record as flat tables: one row an event, figure, statement, entity or stretch of control."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from onrecord.model.lookup import Lookup
from onrecord.model.records import Control, Dispatch, Entity, Event, Figure, Record, Statement

Value = str | float | int | bool | None
Row = dict[str, Value]

MANY = "; "  # between several names or quotations in one cell, as ACLED and others write lists


class _Names(Lookup):
    """Looks ids up while rows are made."""

    def joined(self, entities: Iterable[str]) -> str:
        return MANY.join(self.names(entities))

    def point(self, entity: str | None) -> Row:
        place = self.entities.get(entity) if entity else None
        longitude, latitude = place.point if place and place.point else (None, None)
        precision = place.precision if place else "none"
        return {"longitude": longitude, "latitude": latitude, "geo_precision": precision}

    def quotations(self, claims: Iterable[str]) -> str:
        return MANY.join(f"“{self.words(self.claims[c].sentence)}”" for c in claims)

    def files(self, claims: Iterable[str]) -> str:
        found = (self.dispatches[self.claims[c].dispatch] for c in claims)
        return MANY.join(dict.fromkeys(_origin(d) for d in found))


def _origin(dispatch: Dispatch) -> str:
    return dispatch.url or dispatch.file or dispatch.id


def event_rows(record: Record) -> list[Row]:
    """Return one row an event, with names in place of ids."""
    names = _Names(record)
    return [_event(e, names) for e in record.events]


def _event(event: Event, names: _Names) -> Row:
    return {
        "onrecord_id": event.id,
        "type": event.type,
        "status": event.status,
        "grade": event.grade,
        "start": event.when.start,
        "end": event.when.end,
        "precision": event.when.precision,
        "place": names.name(event.place),
        **names.point(event.place),
        "agents": names.joined(event.agents),
        "targets": names.joined(event.targets),
        "sources": event.sources,
        "disputed": MANY.join(d.field for d in event.disputes),
        "claims": len(event.claims),
        "dispatches": names.files(event.claims),
        "quotations": names.quotations(event.claims),
    }


def figure_rows(record: Record) -> list[Row]:
    """Return one row a figure; an open bound is an empty cell."""
    names = _Names(record)
    return [_figure(f, names) for f in record.figures]


def _figure(figure: Figure, names: _Names) -> Row:
    return {
        "onrecord_id": figure.id,
        "measure": figure.measure,
        "who": figure.who,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "unit": figure.unit,
        "mode": figure.mode,
        "as_of": figure.as_of,
        "rule": figure.rule,
        "place": names.name(figure.place),
        **names.point(figure.place),
        "event": figure.event,
        "sources": figure.sources,
        "disputed": MANY.join(d.why for d in figure.disputes),
        "dispatches": names.files(figure.claims),
        "quotations": names.quotations(figure.claims),
    }


def statement_rows(record: Record) -> list[Row]:
    """Return one row a statement, with the words attributed."""
    names = _Names(record)
    return [_statement(s, names) for s in record.statements]


def _statement(statement: Statement, names: _Names) -> Row:
    dispatch = names.dispatches[statement.dispatch]
    return {
        "onrecord_id": statement.id,
        "speaker": names.name(statement.speaker) or statement.speaker_text,
        "role": statement.role,
        "organisation": names.name(statement.organisation),
        "channel": statement.channel,
        "stance": statement.stance,
        "direct": statement.direct,
        "content": " ".join(dispatch.quote(statement.content).split()),
        "published": dispatch.published,
        "outlet": dispatch.outlet,
        "dispatch": _origin(dispatch),
        "start": statement.content.start,
        "end": statement.content.end,
    }


def entity_rows(record: Record) -> list[Row]:
    """Return one row an entity, with every name read for it."""
    names = _Names(record)
    return [_entity(e, names) for e in record.entities]


def _entity(entity: Entity, names: _Names) -> Row:
    return {
        "onrecord_id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": MANY.join(name for name, _ in entity.aliases),
        "read": sum(count for _, count in entity.aliases),
        "roles": MANY.join(_role(r.role, names.name(r.organisation)) for r in entity.roles),
        "parent": names.name(entity.parent),
        **names.point(entity.id),
        "country": entity.country,
        "geonames": entity.reference.get("geonames"),
    }


def _role(role: str, organisation: str | None) -> str:
    return f"{role}, {organisation}" if organisation else role


def control_rows(record: Record) -> list[Row]:
    """Return one row a stretch of time over which a place had a holder or was contested."""
    names = _Names(record)
    return [_control(c, names) for c in record.control]


def _control(control: Control, names: _Names) -> Row:
    return {
        "place": names.name(control.place),
        **names.point(control.place),
        "holder": names.name(control.holder),
        "state": control.state,
        "from": control.since,
        "to": control.until,
        "share": control.share,
        "disputed": control.disputed,
        "dispatches": names.files(control.claims),
        "quotations": names.quotations(control.claims),
    }


TABLES: dict[str, Callable[[Record], list[Row]]] = {
    "events": event_rows,
    "figures": figure_rows,
    "statements": statement_rows,
    "entities": entity_rows,
    "control": control_rows,
}


def columns(table: str) -> tuple[str, ...]:
    """Return the names of a table's columns."""
    return HEADERS[table]


def to_csv(record: Record, table: str) -> str:
    """Return one of `TABLES` as CSV text after RFC 4180, with line feeds; a table without rows keeps its header."""
    return rows_to_csv(TABLES[table](record), HEADERS[table])


def rows_to_csv(rows: Iterable[Row], header: Sequence[str]) -> str:
    """Return rows with these columns as CSV text after RFC 4180, with line feeds."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_tidy(row) for row in rows)
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet takes for the start of a formula, as OWASP lists it


def _tidy(row: Row) -> Row:
    return {name: cell(value) for name, value in row.items()}


def cell(value: Value) -> Value:
    """Return a value as a cell: whole numbers without ".0", text that a spreadsheet would run behind an apostrophe."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str):
        return value
    text = value.replace("\r", " ")  # Python's csv writes it bare, and readers take it for the end of the row
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_folder(record: Record, folder: Path) -> list[Path]:
    """Write each of `TABLES` as `NAME.csv` into the folder, made where it is absent, and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in TABLES:
        path = folder / f"{table}.csv"
        path.write_text(to_csv(record, table), encoding="utf-8", newline="")
        written.append(path)
    return written


_POINT = ("longitude", "latitude", "geo_precision")

# Headers stand by themselves, so that an empty record still exports tables that tools can open.
HEADERS: dict[str, tuple[str, ...]] = {
    "events": (
        "onrecord_id", "type", "status", "grade", "start", "end", "precision", "place", *_POINT, "agents", "targets",
        "sources", "disputed", "claims", "dispatches", "quotations",
    ),
    "figures": (
        "onrecord_id", "measure", "who", "low", "best", "high", "unit", "mode", "as_of", "rule", "place", *_POINT,
        "event", "sources", "disputed", "dispatches", "quotations",
    ),
    "statements": (
        "onrecord_id", "speaker", "role", "organisation", "channel", "stance", "direct", "content", "published",
        "outlet", "dispatch", "start", "end",
    ),
    "entities": (
        "onrecord_id", "kind", "name", "aliases", "read", "roles", "parent", *_POINT, "country", "geonames",
    ),
    "control": ("place", *_POINT, "holder", "state", "from", "to", "share", "disputed", "dispatches", "quotations"),
}  # fmt: skip
