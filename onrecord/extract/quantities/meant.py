"""A quantity where it stands, and what it is found to count."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import View
from onrecord.extract.parts import Quantity


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its sentence and its half-open token range there."""

    view: View
    quantity: Quantity
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number counts, by which step that was found, why, and the event that it counts, if one."""

    measure: str
    step: str
    reason: str
    event: Found | None = None
