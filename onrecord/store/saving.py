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
    """What the tables hold of the record that was saved last, so that the next one costs what changed.

    A value that is the same object as before is not looked at: a large record has a million of them.
    """

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
            self._held[name] = _written(connection, part, held, _as_before(part, held, values))


def _as_before(part: Part, held: Held, values: Sequence[Any]) -> Sequence[Any]:
    """Return the values, with the object that the table holds for each that is equal to one."""
    present = set(map(id, values))
    gone, fresh = held.places.keys() - present, present - held.places.keys()
    if not gone or not fresh:
        return values
    old = {part.key(v): v for v in held.values if id(v) in gone}
    equal = {id(v): known for v in values if id(v) in fresh and (known := old.get(part.key(v))) == v}
    return [equal.get(id(v), v) for v in values] if equal else values


def _written(connection: Connection, part: Part, held: Held, values: Sequence[Any]) -> Held:
    """Delete the rows of values that are gone, insert those that came, and return what the table holds now."""
    ids = list(map(id, values))
    places = _filled(list(map(held.places.get, ids)))
    if places is None:  # all anew, each in a place of its own
        connection.execute(delete(part.table))
        held, places = Held((), {}), arranged([None] * len(ids))
    now = Held(values, dict(zip(ids, places, strict=True)))
    gone, came = held.places.keys() - now.places.keys(), now.places.keys() - held.places.keys()
    _delete(connection, part, held, [v for v in held.values if id(v) in gone] if gone else [])
    fresh = [v for v in values if id(v) in came] if came else []
    for start in range(0, len(fresh), BATCH):
        rows = [{"ord": now.places[id(v)], **part.row(v)} for v in fresh[start : start + BATCH]]
        connection.execute(insert(part.table), rows)
    return now


def _delete(connection: Connection, part: Part, held: Held, gone: Sequence[Any]) -> None:
    column = next(iter(part.table.primary_key.columns))
    for start in range(0, len(gone), BATCH):
        batch = gone[start : start + BATCH]
        rows = [{"row": held.places[id(v)] if column.name == "ord" else part.key(v)} for v in batch]
        connection.execute(delete(part.table).where(column == bindparam("row")), rows)


def arranged(places: Sequence[int | None]) -> list[int]:
    """Return places that grow: those that stand are kept, and what has none gets one between its neighbours.

    All get new places where those that stand do not grow, or where there is no room left between two.
    """
    return _filled(places) or [_STEP * n for n in range(1, len(places) + 1)]


def _filled(places: Sequence[int | None]) -> list[int] | None:
    """Return places, with new ones between those that stand where there are none; `None` where that cannot be."""
    empty = [n for n, place in enumerate(places) if place is None]
    filled = [place or 0 for place in places]
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
    return None if any(map(ge, filled, filled[1:])) else filled
