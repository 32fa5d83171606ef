"""Who an actor is in the eyes of the conventions: a state's force, a rebel group, civilians, nobody named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from onrecord.exports.conventions import Conventions
from onrecord.lexicon.actors import Actor, Actors, load
from onrecord.model.records import Entity

STATE: Final = frozenset({"state_force", "government"})
FOREIGN: Final = frozenset({"external_force", "coalition"})
ARMED: Final = STATE | FOREIGN | {"rebel", "jihadist", "militia", "unidentified", "group"}
CIVIL: Final = frozenset({"population", "civilians", "monitor", "agency", "press", "igo", "ngo", "civil_body"})
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor with its category.

    `category` is one of the lexicon's (`onrecord.lexicon.actors.CATEGORIES`), or `group` for a named group that the
    lexicon does not know, `unidentified` for armed men without a name, `civilians`, or `thing` for what is no actor.
    `state` is the country of whose state it is, at home or abroad, `None` for what is no state's.
    """

    entity: Entity
    category: str
    actor: Actor | None
    state: str | None = None

    @property
    def name(self) -> str:
        """The name of the actor."""
        return self.entity.name

    @property
    def country(self) -> str | None:
        """The country of the actor, as ISO 3166-1 alpha-2."""
        return (self.actor.country if self.actor else None) or self.entity.country

    @property
    def armed(self) -> bool:
        """Whether it bears arms."""
        return self.category in ARMED

    @property
    def civil(self) -> bool:
        """Whether its people are civilians."""
        return self.category in CIVIL


class Parties:
    """Tells who the entities of a record are; each is looked at once."""

    def __init__(self, conventions: Conventions, actors: Actors | None = None) -> None:
        self._actors = actors or load()
        self._words = People(conventions.table("people"))
        self._forces = tuple(conventions.table("countries")["forces"]["words"])
        self._known: dict[str, Party] = {}

    def party(self, entity: Entity) -> Party:
        """Return an entity as an actor."""
        known = self._known.get(entity.id)
        if known is None:
            known = self._known[entity.id] = self._found(entity)
        return known

    def known(self, name: str) -> Actor | None:
        """Return the actor of the word lists that goes by a name."""
        return self._actors.by_name.get(name)

    @property
    def people(self) -> People:
        """The words by which groups of people are told apart."""
        return self._words

    def _found(self, entity: Entity) -> Party:
        actor = self._actors.by_name.get(entity.name)
        if actor is None:
            actor = next((a for n, _ in entity.aliases if (a := self._actors.by_name.get(n))), None)
        category = actor.category if actor else self._category(entity)
        name = f" {entity.name.casefold()} "
        state = category in STATE or (category == "external_force" and any(f" {w} " in name for w in self._forces))
        return Party(entity, category, actor, ((actor.country if actor else None) or entity.country) if state else None)

    def _category(self, entity: Entity) -> str:
        if entity.kind in ("other", "place", "facility"):
            return "thing"
        group = self._words.group(entity.name)
        if entity.kind == "group":
            return "group" if _is_name(entity.name) and group != "fighters" else "unidentified"
        if entity.kind == "organisation":
            return "civil_body"
        return "unidentified" if group == "fighters" else "civilians"


def _is_name(words: str) -> bool:
    return any(word[0].isupper() for word in words.split())


class People:
    """Tells which group of people the words of a figure count."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self._known: dict[str, str] = {}

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(entry["words"]) for name, entry in self._table.items()}

    def group(self, words: str | None) -> str:
        """Return `civilians`, `children`, `women`, `men`, `fighters`, `everybody`, or `unknown` for other words."""
        if not words:
            return "everybody"
        if words not in self._known:
            self._known[words] = self._found(words.casefold())
        return self._known[words]

    def _found(self, words: str) -> str:
        parts = _WORD.findall(words)
        pairs = {f"{a} {b}" for a, b in pairwise(parts)}
        said = {*parts, *pairs}
        hits = {name for name, known in self._groups.items() if said & known}
        if "fighters" in hits:  # "women fighters" and "police officers" bear arms
            return "fighters"
        order = ("children", "women", "men", "civilians", "everybody")
        return next((name for name in order if name in hits), "unknown")
