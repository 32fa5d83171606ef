"""Who does what to whom around a trigger: subject, object, owner, and what follows each preposition.

With `triggers` this is the seam at which a reader that learned from texts takes over.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.events.grammar import View
from onrecord.extract.events.neighbours import subject_before
from onrecord.extract.events.nounarguments import of_noun
from onrecord.extract.events.roles import Roles
from onrecord.extract.events.triggers import ADJECTIVE, Trigger
from onrecord.extract.events.verbarguments import of_verb


def roles(view: View, trigger: Trigger, before: Sequence[tuple[Trigger, Roles]]) -> Roles:
    """Return the roles around a trigger; `before` holds the triggers to its left, for verbs that share a subject."""
    if trigger.verbal:
        return of_verb(view, trigger, before)
    if trigger.pos == ADJECTIVE:
        return Roles(subject=subject_before(view, trigger.first), start=trigger.first)
    return of_noun(view, trigger)


__all__ = ["Roles", "roles"]
