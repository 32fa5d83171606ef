"""FollowTheMoney: people, bodies, places, events and dispatches as entities, each value as a statement with its origin.

Written without the `followthemoney` library, which the tests validate it with: it takes 150 MB of others with it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from typing import Final

import msgspec

from onrecord.exports.material import Material, Told, origin
from onrecord.exports.notes import numbers, sentence
from onrecord.exports.parties import STATE
from onrecord.model.records import Dispatch, Entity

DATASET: Final = "onrecord"
COLUMNS: Final = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
_SCHEMATA: Final = {
    "person": "Person",
    "group": "Organization",
    "organisation": "Organization",
    "population": "LegalEntity",
}
_LANGUAGES: Final = {
    "en": "eng",
    "ar": "ara",
    "fr": "fra",
    "de": "deu",
    "es": "spa",
    "ru": "rus",
    "uk": "ukr",
    "tr": "tur",
}
_TYPES: Final = {
    "country": "country", "jurisdiction": "country", "topics": "topic", "sourceUrl": "url", "language": "language",
    "startDate": "date", "endDate": "date", "publishedAt": "date", "involved": "entity", "addressEntity": "entity",
    "proof": "entity", "parent": "entity", "name": "name", "alias": "name", "full": "address", "description": "text",
    "notes": "text", "latitude": "number", "longitude": "number", "id": "checksum",
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """An entity of FollowTheMoney; `origin` says which claims and dispatches its values come from."""

    id: str
    schema: str
    origin: str
    seen: str | None = None
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, *values: str | None) -> None:
        """Add values of a property, each once; what says nothing is passed over."""
        known = self.properties.setdefault(name, []) if any(values) else []
        known.extend(v for v in dict.fromkeys(v for v in values if v) if v not in known)


def write(material: Material, folder: Path) -> list[Path]:
    """Write `entities.ftm.json` (an entity a line) and `statements.csv` into the folder, and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    entities, statements = folder / "entities.ftm.json", folder / "statements.csv"
    encoder = msgspec.json.Encoder(order="sorted")
    with entities.open("wb") as lines, statements.open("w", encoding="utf-8", newline="") as rows:
        writer = csv.writer(rows, dialect=csv.unix_dialect)
        writer.writerow(COLUMNS)
        for node in nodes(material):
            made = {"id": node.id, "schema": node.schema, "properties": node.properties, "datasets": [DATASET]}
            lines.write(encoder.encode(made) + b"\n")
            writer.writerows(_statements(node))
    material.finish("FollowTheMoney")
    return [entities, statements]


def nodes(material: Material) -> Iterator[Node]:
    """Yield the entities: dispatches, actors, places, events, in the record's order."""
    for dispatch in material.record.dispatches:
        yield _article(dispatch)
    told = {e for event in material.record.events for e in (*event.agents, *event.targets)}
    for entity in material.record.entities:
        if entity.kind in _SCHEMATA:
            yield _actor(material, entity)
        elif entity.kind in ("place", "facility"):
            yield _address(entity)
        elif entity.id in told:
            why = "FollowTheMoney knows people and bodies; a thing that was hit stands in the event's name alone"
            material.losses.lose("field", "thing", [entity.id], why=why)
    for event in material.events:
        yield _event(material, event)


def _article(dispatch: Dispatch) -> Node:
    node = Node(dispatch.id, "Article", f"dispatch {dispatch.id}", dispatch.published)
    node.add("title", dispatch.title)
    node.add("fileName", dispatch.file)
    node.add("publisher", dispatch.outlet or dispatch.agency)
    node.add("author", dispatch.byline)
    node.add("publishedAt", dispatch.published)
    node.add("sourceUrl", _url(dispatch.url))
    node.add("language", _LANGUAGES.get(dispatch.language))
    return node


def _url(address: str | None) -> str | None:
    return address if address and address.startswith(("http://", "https://")) and " " not in address else None


def _actor(material: Material, entity: Entity) -> Node:
    party = material.parties.party(entity)
    schema = "PublicBody" if party.category == "government" else _SCHEMATA[entity.kind]
    node = Node(entity.id, schema, f"entity {entity.id}")
    node.add("name", entity.name)
    node.add("alias", *(name for name, _ in entity.aliases if name != entity.name))
    node.add("country", (party.country or "").lower())
    armed = party.armed and entity.kind == "group"
    node.add(
        "topics", "gov" if party.category == "government" else "mil" if armed and party.category in STATE else None
    )
    node.add("notes", *(role.role for role in entity.roles))
    return node


def _address(entity: Entity) -> Node:
    node = Node(entity.id, "Address", f"entity {entity.id}")
    node.add("full", entity.name)
    node.add("country", (entity.country or "").lower())
    if entity.point:
        node.add("longitude", f"{entity.point[0]:g}")
        node.add("latitude", f"{entity.point[1]:g}")
    node.add("remarks", f"precision: {entity.precision}")
    return node


def _event(material: Material, told: Told) -> Node:
    event, when = told.event, told.event.when
    first = min((d.published for d in told.dispatches if d.published), default=None)
    claims = " ".join(event.claims)
    node = Node(event.id, "Event", f"claims {claims} in {' '.join(d.id for d in told.dispatches)}", first)
    node.add("name", sentence(material, told))
    node.add("startDate", when.start)
    node.add("endDate", when.end)
    node.add("country", told.country.iso2.lower() if told.country else None)
    if told.place is not None:
        node.add("location", told.place.name)
        node.add("addressEntity", told.place.id)
    involved = (p.entity for p in (*told.agents, *told.targets))
    node.add("involved", *(e.id for e in involved if e.kind in _SCHEMATA))
    node.add("summary", numbers(told))
    node.add("description", material.quotations(told.claims))
    node.add("notes", f"status: {event.status}", f"grade: {event.grade}", f"independent sources: {event.sources}")
    node.add("keywords", event.type)
    node.add("proof", *(d.id for d in told.dispatches))
    node.add("recordId", event.id)
    node.add("sourceUrl", *(_url(origin(d)) for d in told.dispatches))
    for figure in told.figures:
        material.say_whole(figure)
    if told.agents and told.targets:
        why = "FollowTheMoney has those involved, and no word for who did it and to whom; the name says it"
        material.losses.lose("field", "roles", [event.id], why=why)
    return node


def _statements(node: Node) -> Iterator[tuple[str, ...]]:
    """Yield a row for each value, after a first one that says that the entity is there, as the library writes them."""
    made = [(name, value) for name, values in sorted(node.properties.items()) for value in values]
    ids = [_key(node.id, name, value) for name, value in made]
    check = sha1("".join(sorted(ids)).encode(), usedforsecurity=False).hexdigest()
    for name, value in (("id", check), *made):
        yield _row(node, name, value)


def _row(node: Node, name: str, value: str) -> tuple[str, ...]:
    kind, seen = _TYPES.get(name, "string"), node.seen or ""
    key = _key(node.id, name, value)
    return (node.id, node.id, name, kind, node.schema, value, DATASET, node.origin, "", "", "false", seen, seen, key)


def _key(entity: str, name: str, value: str) -> str:
    """Return the id of a statement: the SHA-1 that the library makes of what it says."""
    return sha1(f"{DATASET}.{entity}.{name}.{value}".encode(), usedforsecurity=False).hexdigest()
