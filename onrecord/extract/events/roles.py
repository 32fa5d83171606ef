"""What stands around the trigger of an event, as grammar tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.extract.events.grammar import Chunk


@dataclass(frozen=True, slots=True)
class Roles:
    """What stands around a trigger; `helpers` are the helping words before a verb ("have", "not", "to")."""

    subject: tuple[Chunk, ...] = ()
    object: tuple[Chunk, ...] = ()
    owner: tuple[Chunk, ...] = ()
    after: dict[str, tuple[Chunk, ...]] = field(default_factory=dict)
    helpers: tuple[str, ...] = ()
    passive: bool = False
    attributive: bool = False
    start: int = 0
