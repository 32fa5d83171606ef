"""What the choice of dates looks at: events, the dates offered to them, and which events may pass theirs on.

Shared with training, so that what is learnt is what is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Marked = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Dates:
    """What is known, by names, of each event, of each date offered to one, and of each tie between two events."""

    vectors: Floats  # of the triggers
    events: Marked
    offers: Marked
    whose: Sequence[int]  # the event that each offer is made to
    ties: Marked
    one: Sequence[int]  # the event that may be given a date by each tie
    other: Sequence[int]  # the event that may pass its dates on


@dataclass(frozen=True, slots=True)
class Weighed:
    """In nats: what speaks for each offer, for its being passed on, and for each tie; no date has 0.

    What a tie wants of a date and how an offer suits that are numbers side by side: their product speaks for both.
    """

    own: Floats
    passing: Floats
    tied: Floats
    suits: Floats  # (offers, n)
    wants: Floats  # (ties, n)


def table(rows: Marked, columns: Sequence[str]) -> Floats:
    """Return marks as an array with these columns; other marks are left out."""
    number = {name: i for i, name in enumerate(columns)}
    found = np.zeros((len(rows), len(columns)), np.float32)
    for row, marks in enumerate(rows):
        for name, value in marks.items():
            if name in number:
                found[row, number[name]] = value
    return found
