"""The record's tables with types, for the formats that have them: real dates, whole numbers, true and false.

Beside the flat tables there are `claims` (what each dispatch says, with its offsets) and `sources` (the dispatches).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal

from onrecord.exports.material import origin
from onrecord.exports.tables import TABLES, columns
from onrecord.model.records import Claim, Dispatch, Record
from onrecord.model.values import day_after, first_day

Kind = Literal["text", "number", "whole", "yes", "day"]
Cell = str | float | int | bool | date | None
TypedRow = tuple[Cell, ...]

_NUMBERS: Final = frozenset({"longitude", "latitude", "low", "best", "high", "share", "score"})
_WHOLES: Final = frozenset({"sources", "claims", "read", "geonames", "offset_start", "offset_end", "characters"})
_DAYS: Final = frozenset({"first_day", "last_day", "as_of_day", "published_day"})
# Which columns of ISO dates, cut at their precision, get a real date beside them: the first or the last day covered.
_DATED: Final = {"start": "first_day", "end": "last_day", "from": "first_day", "to": "last_day", "as_of": "as_of_day",
                 "published": "published_day"}  # fmt: skip
_OFFSETS: Final = {"start": "offset_start", "end": "offset_end"}  # of statements, in the flat table
CLAIMS: Final = (
    "onrecord_id", "kind", "type", "status", "event", "figure", "dispatch", "file", "url", "offset_start",
    "offset_end", "words", "sentence", "source", "low", "high", "who", "start", "end", "score", "reader",
)  # fmt: skip
SOURCES: Final = (
    "onrecord_id", "outlet", "agency", "title", "byline", "published", "published_basis", "language", "url", "file",
    "copy_of", "characters",
)  # fmt: skip
NAMES: Final = (*TABLES, "claims", "sources")


def kind_of(column: str) -> Kind:
    """Return the type of a column."""
    if column in _DAYS:
        return "day"
    if column in _NUMBERS:
        return "number"
    return "whole" if column in _WHOLES else "yes" if column in ("direct", "disputed_control") else "text"


def typed(record: Record, table: str) -> tuple[tuple[str, ...], Iterator[TypedRow]]:
    """Return the columns of a table and its rows, made one by one."""
    names, rows = _plain(record, table)
    days = {n: _DATED[n] for n in names if n in _DATED}
    return (*names, *dict.fromkeys(days.values())), (_typed(row, names, days) for row in rows)


def _plain(record: Record, table: str) -> tuple[tuple[str, ...], Iterator[TypedRow]]:
    if table == "claims":
        return CLAIMS, _claims(record)
    if table == "sources":
        return SOURCES, (_source(d, record) for d in record.dispatches)
    renamed = _OFFSETS if table == "statements" else {"disputed": "disputed_control"} if table == "control" else {}
    rows = TABLES[table](record)
    names = columns(table)
    return tuple(renamed.get(n, n) for n in names), (tuple(row[n] for n in names) for row in rows)


def _typed(row: TypedRow, names: tuple[str, ...], days: dict[str, str]) -> TypedRow:
    cells = tuple(_cell(value, name) for value, name in zip(row, names, strict=True))
    by_name = dict(zip(names, row, strict=True))
    return (*cells, *(_day(str(by_name[n] or ""), last=day == "last_day") for n, day in days.items()))


def _cell(value: Cell, name: str) -> Cell:
    kind = kind_of(name)
    if value is None or kind == "text":
        return None if value is None else str(value)
    if kind == "number":
        return float(value)  # type: ignore[arg-type]
    return bool(value) if kind == "yes" else int(value)  # type: ignore[arg-type]


def _day(iso: str, *, last: bool) -> date | None:
    """Return the first or the last day that an ISO date covers."""
    if not iso:
        return None
    return day_after(iso) - timedelta(days=1) if last else first_day(iso)


def _claims(record: Record) -> Iterator[TypedRow]:
    dispatches = {d.id: d for d in record.dispatches}
    speakers = {s.id: s.speaker_text for s in record.statements}
    names = {e.id: e.name for e in record.entities}
    said = {s.id: names.get(s.speaker or "", speakers[s.id]) for s in record.statements}
    for claim in record.claims:
        yield _claim(claim, dispatches[claim.dispatch], said.get(claim.statement or "") or None)


def _claim(claim: Claim, dispatch: Dispatch, source: str | None) -> TypedRow:
    amount = claim.amount
    return (
        claim.id, claim.kind, claim.type, claim.status, claim.event, claim.figure, claim.dispatch, dispatch.file,
        dispatch.url, claim.trigger.start, claim.trigger.end, dispatch.quote(claim.trigger),
        " ".join(dispatch.quote(claim.sentence).split()), source, amount.low if amount else None,
        amount.high if amount else None, claim.who, claim.when.start, claim.when.end, round(claim.score, 3),
        claim.reader,
    )  # fmt: skip


def _source(dispatch: Dispatch, record: Record) -> TypedRow:
    oldest = record.lineage.get(dispatch.id, dispatch.id)
    return (
        dispatch.id, dispatch.outlet, dispatch.agency, dispatch.title, dispatch.byline, dispatch.published,
        dispatch.published_basis, dispatch.language, dispatch.url or None, dispatch.file or origin(dispatch),
        oldest if oldest != dispatch.id else None, len(dispatch.text),
    )  # fmt: skip
