"""Writes a record over the one before it: only what is other, and every value in its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from operator import ge
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert

from onrecord.model.records import Record
from onrecord.store.rows import PARTS, Part

BATCH = 500  # rows written at a time: a few MB of text
_STEP = 1 << 20  # between the places of two values: twenty values fit one after another between any two


class Held(NamedTuple):
    """The values that a table holds, in order; their places; and the place of each by the identity of the object."""

    values: Sequence[Any]
    order: Sequence[int]
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
            held = self._held.pop(name, None) if known else None
            if held is None:
                connection.execute(delete(part.table))
                held = Held((), (), {})
            self._held[name] = _written(connection, part, held, values)


def _written(connection: Connection, part: Part, held: Held, values: Sequence[Any]) -> Held:
    """Delete the rows of values that are gone, insert those that came, and return what the table holds now."""
    ids, now = list(map(id, values)), list(values)
    places = list(map(held.places.get, ids))
    fresh: Sequence[int] = [n for n, place in enumerate(places) if place is None]
    gone = _gone(held, ids)
    for n, place in _again(part, gone, values, fresh):
        now[n], places[n] = gone.pop(place), place
    order, known = _filled(places), held.places
    if order is None:  # all anew, each in a place of its own
        connection.execute(delete(part.table))
        places, fresh, known = [None] * len(now), range(len(now)), {}
        order = arranged(places)
    else:
        _delete(connection, part, gone)
    _insert(connection, part, [(order[n], now[n]) for n in fresh if places[n] is None])
    known.update((id(now[n]), order[n]) for n in fresh)
    return Held(now, order, known)


def _gone(held: Held, ids: Sequence[int]) -> dict[int, Any]:
    """Forget the places of the values that are none of these, and return those values by their places."""
    places = [held.places.pop(name) for name in held.places.keys() - set(ids)]
    return {place: held.values[bisect_left(held.order, place)] for place in places}


def _again(part: Part, gone: Mapping[int, Any], values: Sequence[Any], fresh: Iterable[int]) -> list[tuple[int, int]]:
    """Return the fresh values that are equal to one that is gone, by number, with its place: their rows stay."""
    old = {part.key(value): place for place, value in gone.items()}
    known = ((n, old.get(part.key(values[n]))) for n in fresh if old)
    return [(n, place) for n, place in known if place is not None and gone[place] == values[n]]


def _delete(connection: Connection, part: Part, gone: Mapping[int, Any]) -> None:
    """Delete the rows of values, which are given by their places."""
    column = next(iter(part.table.primary_key.columns))
    keys = list(gone) if column.name == "ord" else list(map(part.key, gone.values()))
    for start in range(0, len(keys), BATCH):
        rows = [{"row": key} for key in keys[start : start + BATCH]]
        connection.execute(delete(part.table).where(column == bindparam("row")), rows)


def _insert(connection: Connection, part: Part, came: Sequence[tuple[int, Any]]) -> None:
    """Insert the rows of values, which are given with their places."""
    for start in range(0, len(came), BATCH):
        rows = [{"ord": place, **part.row(value)} for place, value in came[start : start + BATCH]]
        connection.execute(insert(part.table), rows)


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
