"""What the finding of attributed stretches hands round: a unit of text, a cue found in it, the stretch attributed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.attribution.cuegrammar import pattern
from onrecord.extract.attribution.phrases import Phrase
from onrecord.model.vocabulary import Stance

_PARTIAL = re.compile(r"[“\"‘]([^”\"’]*)[”\"’][.,]?")
_BEFORE, _AFTER = 70, 90  # characters around a source and its cue in which a channel is told


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attributed stretch: content and cue as offsets into the dispatch, and the phrase that names the source.

    `around` is the stretch of the dispatch in which the channel is told. `sentence` is the index of the sentence of
    the cue, or of the content where there is no cue, and `opens` its start; `spoken` marks one that stands inside
    another's quotation. `via` names who passes the words on: the Times, in "the Times, citing an official, said".
    `whole` is all that is attributed, of which the content is what the annotation guide cuts: without marks, a long
    speech by its sentences. `named` are the words that name the source where those of the phrase go further.
    """

    content: tuple[int, int]
    cue: tuple[int, int] | None
    phrase: Phrase
    stance: Stance
    around: tuple[int, int]
    sentence: int
    direct: bool = False
    spoken: bool = False
    opens: int = 0
    via: Phrase | None = None
    whole: tuple[int, int] | None = None
    named: tuple[int, int] | None = None

    @property
    def source(self) -> tuple[int, int] | None:
        """Where the source is named, `None` where nothing but the cue before may tell."""
        return self.named or (None if self.phrase.carried else (self.phrase.start, self.phrase.end))

    @property
    def anchor(self) -> int:
        """Where in the text it is placed when sources are followed from one to the next."""
        return self.cue[0] if self.cue else self.content[0]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or the part of one inside a quotation, as cues are looked for in it; `view` begins at `start`."""

    view: str
    start: int
    sentence: int
    spoken: bool = False

    @property
    def end(self) -> int:
        """The offset just after the unit."""
        return self.start + len(self.view)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in its unit: where it stands, the phrase of its source, the words between the two.

    `inverted` tells that the source follows: "..., said the mayor".
    """

    unit: Unit
    start: int
    end: int
    phrase: Phrase
    between: str = ""
    inverted: bool = False

    @property
    def rest(self) -> str:
        """The words of the unit after the cue."""
        return self.unit.view[self.end - self.unit.start :]

    @property
    def left(self) -> str:
        """The words of the unit before the cue."""
        return self.unit.view[: self.start - self.unit.start]

    def made(self, content: tuple[int, int], stance: Stance) -> Attributed:
        """Return the stretch that the cue attributes."""
        unit = self.unit
        inner, direct = _without_marks(unit, content)
        cue = (self.start, self.end)
        return Attributed(
            inner, cue, self.phrase, stance, self._around(), unit.sentence, direct, unit.spoken, unit.start
        )

    def _around(self) -> tuple[int, int]:
        start = self.start if self.phrase.carried else min(self.phrase.start, self.start)
        at = start - self.unit.start
        before = self.unit.view[max(0, at - _BEFORE) : at]
        if lead := pattern("lead").search(before):  # "In a statement, the ministry" (said)
            start -= len(before) - lead.start()
        return start, min(self.end + _AFTER, self.unit.end)


def _without_marks(unit: Unit, content: tuple[int, int]) -> tuple[tuple[int, int], bool]:
    """Return the words inside the marks where the content is one quoted phrase and nothing else, and whether it is."""
    said = unit.view[content[0] - unit.start : content[1] - unit.start]
    found = _PARTIAL.fullmatch(said)
    if not found or not found[1].strip(" ,"):
        return content, False
    return (content[0] + found.start(1), content[0] + found.start(1) + len(found[1].rstrip(" ,"))), True
