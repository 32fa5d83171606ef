"""An event as one sentence gives it, on its way to a claim."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.arguments import Roles
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.triggers import Trigger
from onrecord.model.records import Mention
from onrecord.model.values import When
from onrecord.model.vocabulary import Status
from onrecord.reader.read import Trigger as Seen


@dataclass(frozen=True, slots=True)
class Found:
    """An event as one sentence gives it; `seen` is what the trained reader makes of its trigger."""

    view: View
    trigger: Trigger
    around: Roles
    kind: str
    agents: tuple[Chunk, ...]
    targets: tuple[Chunk, ...]
    status: Status
    place: Mention | None
    when: When
    reasons: tuple[str, ...]
    seen: Seen | None = None
    score: float = 0.0
