"""Finds things of a record by what a person calls them: an id, its beginning, a name, a file."""

from __future__ import annotations

from itertools import chain
from typing import Any

from onrecord.model.errors import NotFoundError
from onrecord.model.records import (
    Claim,
    Dispatch,
    Entity,
    Event,
    Figure,
    Judgement,
    Record,
    Statement,
    events_by_id,
    figures_by_id,
)

Found = Dispatch | Claim | Statement | Event | Figure | Entity | Judgement


def found_in(record: Record, key: str) -> Found:
    """Return what of a record goes by an id, its beginning, or a file's or entity's name. Raises NotFoundError.

    An event or figure is found by every id that it may have had before older dispatches of it were added.
    """
    kinds: tuple[tuple[Found, ...], ...] = (
        record.dispatches, record.claims, record.statements, record.events, record.figures, record.entities,
        record.judgements,
    )  # fmt: skip
    everything = list(chain.from_iterable(kinds))
    exact = [item for item in everything if item.id == key]
    named = [e for e in record.entities if key.casefold() in map(str.casefold, spellings(e))]
    filed = [d for d in record.dispatches if d.file and key in (d.file, d.file.rsplit("/", 1)[-1])]
    begun = [item for item in everything if item.id.startswith(key)] if len(key) >= 4 else []
    for found in (exact, filed, named, begun):
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"{key!r} may mean {_choices(found)}; give one of these ids")
    earlier: dict[str, Found] = {**events_by_id(record), **figures_by_id(record)}
    if key in earlier:
        return earlier[key]
    raise NotFoundError(f"nothing in the record goes by {key!r}; `onrecord status` shows what there is")


def spellings(entity: Entity) -> tuple[str, ...]:
    """Return the name of an entity and all other forms that were read."""
    return (entity.name, *(alias for alias, _ in entity.aliases))


def _choices(found: list[Any]) -> str:
    named = (f"{item.id} ({item.name})" if isinstance(item, Entity) else item.id for item in found[:5])
    return ", ".join(named) + (" and others" if len(found) > 5 else "")


def place_id(record: Record, name: str) -> str:
    """Return the id of the place that goes by an id or a name, its own name before other spellings.

    Raises NotFoundError where there is none, or several.
    """
    places = [e for e in record.entities if e.kind in ("place", "facility")]
    asked = name.casefold()
    called = [e for e in places if asked == e.name.casefold() or e.id == name]
    found = called or [e for e in places if asked in map(str.casefold, spellings(e))]
    if len(found) > 1:
        raise NotFoundError(f"{name!r} may mean {_choices(found)}; give one of these ids")
    if not found:
        raise NotFoundError(
            f"no place in the record goes by {name!r}; `onrecord export geojson` lists those with events"
        )
    return found[0].id
