"""What a reader gives: a text cut into sentences and tokens, by code-point offsets.

Issue by issue this room grows into the neural reader; its output type is the seam. Until the weights ship, the
tagger here works by rule and says so in its version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of punctuation: `text[start:end]`, and the index of its sentence."""

    start: int
    end: int
    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text as the reader sees it: half-open sentence offsets in order, and its tokens in order."""

    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]


class Tagger(Protocol):
    """Anything that cuts and tags a text; `version` names it in every claim that follows from it."""

    version: str

    def tag(self, text: str) -> Tagged:
        """Return the sentences and tokens of a text; every token lies within one sentence."""
        ...
