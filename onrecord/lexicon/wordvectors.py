"""What words mean and how common they are, by a table of vectors that `training.wordvectors` makes.

Vectors are whole numbers, so that comparing them gives the same on every processor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log2, sqrt
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon.stems import stem
from onrecord.model.errors import DataError

TABLE: Final = Path(__file__).parent / "data" / "wordvectors.npz"
Vector = NDArray[np.int32]
_COMMONEST: Final = 64  # the first stems of the table are all as common as can be
MOST_TOLD: Final = 8.0  # bits that a stem tells which the table lacks, most often a name; the rarest in it tell as much


@dataclass(frozen=True, slots=True)
class Vectors:
    """The table: the row of each word, the commonest first; of each stem that of its commonest word; a vector a row."""

    rows: dict[str, int]
    stems: dict[str, int]
    table: NDArray[np.int8]

    def of(self, words: Iterable[str]) -> Vector | None:
        """Return the sum of the vectors of words in small letters; `None` where the table has none of them."""
        rows = [self.rows.get(word, self.stems.get(stem(word), -1)) for word in words]
        known = [row for row in rows if row >= 0]
        return self.table[known].sum(0, dtype=np.int32) if known else None

    def told(self, root: str) -> float:
        """Return how much a stem tells, in bits from 0 (the commonest) to 8 (names, and what is very rare)."""
        row = self.stems.get(root)
        return MOST_TOLD if row is None else min(MOST_TOLD, log2(max(1.0, row / _COMMONEST)))


@cache
def vectors() -> Vectors:
    """Return the table that ships, read once. Raises DataError where it is not there."""
    if not TABLE.is_file():
        raise DataError(f"{TABLE} is not there; make it with python -m training.wordvectors")
    with np.load(TABLE) as held:
        words, table = held["words"].tobytes().decode("ascii").split("\n"), held["vectors"]
    stems: dict[str, int] = {}
    for row, word in enumerate(words):
        stems.setdefault(stem(word), row)
    return Vectors({word: row for row, word in enumerate(words)}, stems, table)


def likeness(one: Vector | None, other: Vector | None) -> float:
    """Return the cosine of two vectors, from -1 to 1; 0 where one is not known."""
    if one is None or other is None:
        return 0.0
    size = int(one @ one) * int(other @ other)
    return int(one @ other) / sqrt(size) if size else 0.0
