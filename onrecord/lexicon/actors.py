"""Armed groups, forces, governments, monitors, agencies and bodies, by all the names they are written under."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.model.vocabulary import EntityKind


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of `data/actors.toml`.

    `category` is one of: state_force, government, rebel, jihadist, militia, external_force, coalition, monitor,
    agency (a news agency), press, igo, ngo, civil_body, population. `parent` is another actor's name ("YPG" within the
    SDF). `start` and `end` are the years in which it existed under this name, where known.
    """

    name: str
    kind: EntityKind
    category: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    country: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors by name."""

    by_name: dict[str, Actor] = field(default_factory=dict)
