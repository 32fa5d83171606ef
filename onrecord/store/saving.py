"""Writes a record over the one before it: only what is other, and every value in its place."""

from __future__ import annotations

from collections.abc import Sequence
from operator import ge
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert

from onrecord.model.records import Record
from onrecord.store.rows import PARTS, Part

BATCH = 500  # rows written at a time: a few MB of text
_STEP = 1 << 20  # between the places of two values: twenty values fit one after another between any two


class Held(NamedTuple):
    """The values that a table holds, in order, and the place of each by the identity of the object."""

    values: Sequence[Any]
    places: dict[int, int]


class Saved:
    """What the tables hold of the record that was saved last, so that the next one costs what changed."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def write(self, connection: Connection, record: Record, *, known: bool) -> None:
        """Make the tables hold a record; `known` tells that nobody else wrote to them since this did."""
        for part in PARTS:
            name, values = part.table.name, part.values(record)
            held = self._held.get(name) if known else None
            if held is None:
                connection.execute(delete(part.table))
                held = Held((), {})
            values = _as_before(part, held, values)
            places = arranged(list(map(held.places.get, map(id, values))))
            now = Held(values, dict(zip(map(id, values), places, strict=True)))
            _write(connection, part, held, now)
            self._held[name] = now


def _as_before(part: Part, held: Held, values: Sequence[Any]) -> Sequence[Any]:
    """Return the values, with the object that the table holds for each that is equal to one."""
    fresh = [n for n, value in enumerate(values) if id(value) not in held.places]
    present = set(map(id, values)) if fresh else set()
    old = {part.key(v): v for v in held.values if id(v) not in present} if fresh else {}
    same = {n: known for n in fresh if (known := old.get(part.key(values[n]))) is not None and known == values[n]}
    return [same.get(n, value) for n, value in enumerate(values)] if same else values


def arranged(places: Sequence[int | None]) -> list[int]:
    """Return places that grow: those that stand are kept, and what has none gets one between its neighbours.

    All get new places where those that stand do not grow, or where there is no room left between two.
    """
    standing = [p for p in places if p is not None]
    grown = not any(map(ge, standing, standing[1:]))
    return (_filled(places) if grown else None) or [_STEP * n for n in range(1, len(places) + 1)]


def _filled(places: Sequence[int | None]) -> list[int] | None:
    """Return places, with new ones between those that stand where there are none; `None` where there is no room."""
    filled = [place or 0 for place in places]
    empty = [n for n, place in enumerate(places) if place is None]
    while empty:
        start = end = empty[0]
        while end < len(places) and places[end] is None:
            end += 1
        left = filled[start - 1] if start else 0
        step = (filled[end] - left) // (end - start + 1) if end < len(places) else _STEP
        if step < 1:
            return None
        filled[start:end] = [left + step * n for n in range(1, end - start + 1)]
        empty = empty[end - start :]
    return filled


def _write(connection: Connection, part: Part, held: Held, now: Held) -> None:
    """Delete the rows of values that are gone or stand elsewhere, and insert those that came or do."""
    column = next(iter(part.table.primary_key.columns))
    by_place = column.name == "ord"
    gone = [v for v in held.values if now.places.get(id(v)) != held.places[id(v)]]
    came = [v for v in now.values if held.places.get(id(v)) != now.places[id(v)]]
    for start in range(0, len(gone), BATCH):
        rows = [{"row": held.places[id(v)] if by_place else part.key(v)} for v in gone[start : start + BATCH]]
        connection.execute(delete(part.table).where(column == bindparam("row")), rows)
    for start in range(0, len(came), BATCH):
        rows = [{"ord": now.places[id(v)], **part.row(v)} for v in came[start : start + BATCH]]
        connection.execute(insert(part.table), rows)
