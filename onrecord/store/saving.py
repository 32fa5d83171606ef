"""Writes a record over the one before it: only what is other, and every value in its place."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert

from onrecord.model.records import Record
from onrecord.store.rows import PARTS, Part

BATCH = 500  # rows written at a time: a few MB of text
_STEP = 1 << 20  # between the places of two values: twenty values fit one after another between any two


class Held(NamedTuple):
    """A value as a table holds it: its place in the order, and the value."""

    place: int
    value: Any


class Saved:
    """What the tables hold of the record that was saved last, so that the next one costs what changed."""

    def __init__(self) -> None:
        self._held: dict[str, dict[Hashable, Held]] = {}

    def write(self, connection: Connection, record: Record, *, known: bool) -> None:
        """Make the tables hold a record; `known` tells that nobody else wrote to them since this did."""
        for part in PARTS:
            name = part.table.name
            held = self._held.get(name) if known else None
            now = arranged(held or {}, [(part.key(v), v) for v in part.values(record)])
            if held is None:
                connection.execute(delete(part.table))
            _write(connection, part, held or {}, now)
            self._held[name] = now

    def forget(self) -> None:
        """Forget what the tables hold."""
        self._held.clear()


def arranged(held: Mapping[Hashable, Held], values: Sequence[tuple[Hashable, Any]]) -> dict[Hashable, Held]:
    """Give each value its place: what is as it was keeps it, and what came lies between its neighbours.

    All get new places where the order of what is as it was is another, or where there is no room left between two.
    """
    kept = [old if (old := held.get(key)) and (old.value is v or old.value == v) else None for key, v in values]
    places = [old.place if old else None for old in kept]
    standing = [p for p in places if p is not None]
    filled = None if any(one >= other for one, other in pairwise(standing)) else _filled(places)
    filled = filled or [_STEP * n for n in range(1, len(values) + 1)]
    return {
        key: old if old and old.place == place else Held(place, value)
        for (key, value), old, place in zip(values, kept, filled, strict=True)
    }


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


def _write(connection: Connection, part: Part, held: Mapping[Hashable, Held], now: Mapping[Hashable, Held]) -> None:
    """Delete the rows that are gone or other, and insert those that came or are other."""
    column = next(iter(part.table.primary_key.columns))
    by_place = column.name == "ord"
    gone = [{"row": old.place if by_place else key} for key, old in held.items() if now.get(key) is not old]
    came = [{"ord": new.place, **part.row(new.value)} for key, new in now.items() if held.get(key) is not new]
    for start in range(0, len(gone), BATCH):
        connection.execute(delete(part.table).where(column == bindparam("row")), gone[start : start + BATCH])
    for start in range(0, len(came), BATCH):
        connection.execute(insert(part.table), came[start : start + BATCH])
