"""Cuts a text into its lines without losing where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_STOP = re.compile(r"""[.!?…:;,](?:\[[\w ]+\]|[\s"'”’»)\]])*$""")
_FULL_STOP = re.compile(r"""[.!?…](?:\[[\w ]+\]|[\s"'”’»)\]])*$""")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks at its ends; `gap` tells whether a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence ends."""
        return bool(_FULL_STOP.search(self.text[-40:])) and not _ABBREVIATION.search(self.text)

    @property
    def open_ended(self) -> bool:
        """Whether it ends with no punctuation at all, as headlines do (a question mark or an exclamation passes)."""
        if self.text.rstrip("\"'”’»)").endswith(("?", "!")) or _ABBREVIATION.search(self.text):
            return True
        return not _STOP.search(self.text[-40:])


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text that are not blank."""
    lines: list[Line] = []
    gap, position = True, 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            lines.append(Line(start, start + len(stripped), stripped, gap))
        gap = not stripped
        position += len(raw) + 1
    return lines


def hard_wrapped(lines: list[Line]) -> bool:
    """Tell whether the lines of paragraphs were broken to fit a width.

    Where they were, most lines that follow one another without a blank line go on in the middle of a sentence, with a
    small letter; the lines of a header do not. Three in ten are enough.
    """
    pairs = [(one, two) for one, two in pairwise(lines) if not two.gap]
    if len(pairs) < 2 or max(len(line.text) for line in lines) > 130:
        return False
    return sum(not one.closed and two.text[0].islower() for one, two in pairs) >= 0.3 * len(pairs)
