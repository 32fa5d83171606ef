"""A statement of control as one sentence gives it, on its way to a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from onrecord.extract.events.forms import verb_forms
from onrecord.extract.events.grammar import Chunk, View
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When
from onrecord.model.vocabulary import ControlState, Status

STATED, FOLLOWS = 0.7, 0.6  # how sure a claim is that is said as a state, and one concluded from a capture or a siege


@dataclass(frozen=True, slots=True)
class Ground:
    """What is held: its half-open token range, the place that is named, and whether it is only a part of it.

    `place` is `None` where no place is named, as for a stretch along a river.
    """

    first: int
    after: int
    place: Chunk | None
    part: bool = False
    near: bool = False  # a place with a name stands behind it: "the airbase at Ardun"

    @property
    def named(self) -> bool:
        """Whether the place can be told from others: "the hospital" alone, of which no more is told, cannot."""
        return self.place is not None and (self.near or self.place.mention.name.lower() != self.place.mention.name)


@dataclass(frozen=True, slots=True)
class Held:
    """A state of control: the half-open token range of the words that say it, what is held, by whom, and why.

    `holders` of a besieged place are those besieged in it.
    """

    view: View
    first: int
    after: int
    state: ControlState
    ground: Ground
    holders: tuple[Chunk, ...]
    status: Status
    reason: str
    when: When = field(default_factory=When)
    score: float = STATED


def held(view: View, at: tuple[int, int], ground: Ground, holders: tuple[Chunk, ...], status: Status) -> Held:
    """Return a stated holding; who holds a part only makes the place contested, who no longer holds it has none."""
    said = " ".join(view.words[at[0] : at[1]])
    state: ControlState = "contested" if ground.part and status != "denied" else "holds"
    return Held(view, *at, state, ground, holders, status, f'"{said}" says who holds the place')


def is_country(chunk: Chunk) -> bool:
    """Tell whether a place is a country or a side of one ("northern Syria"), which nobody holds with a town in it."""
    said = chunk.mention.name.split()
    return any(" ".join(said[n:]) in _countries() for n in range(len(said)))


@cache
def _countries() -> frozenset[str]:
    nominals = table("nominals")
    return frozenset(nominals["demonyms"].values()) | frozenset(nominals["countries"]["names"])


@cache
def listed(name: str, key: str = "") -> frozenset[str]:
    """Return a list of `control.toml`, or the list `key` of one of its tables."""
    found: Any = table("control")[name]
    return frozenset(found[key] if key else found)


_Index = dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]


@cache
def _phrases(name: str, key: str) -> _Index:
    return _indexed({tuple(phrase.split()): frozenset() for phrase in listed(name, key)})


@cache
def _verbs(name: str) -> _Index:
    irregular = table("events")["forms"] | table("control")["forms"]
    verbs = (verb_forms(verb, irregular) for verb in listed(name))
    return _indexed({tuple(form.split()): kinds for forms in verbs for form, kinds in forms.items()})


def _indexed(phrases: dict[tuple[str, ...], frozenset[str]]) -> _Index:
    """Return phrases in words by their first word, longer ones first."""
    found: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for phrase, kinds in sorted(phrases.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        found.setdefault(phrase[0], []).append((phrase, kinds))
    return {word: tuple(pairs) for word, pairs in found.items()}


def phrases_in(view: View, name: str, key: str = "") -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where the phrases of a list stand in a sentence: their half-open token range and their words."""
    for i, after, _ in _found(view, _phrases(name, key)):
        yield i, after, view.words[i:after]


def verbs_in(view: View, name: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield where the verbs of a list stand in a sentence: their half-open token range and which form each may be."""
    yield from _found(view, _verbs(name))


def _found(view: View, index: _Index) -> Iterator[tuple[int, int, frozenset[str]]]:
    for i, word in enumerate(view.words):
        for phrase, kinds in index.get(word, ()):
            if view.words[i : i + len(phrase)] == phrase:
                yield i, i + len(phrase), kinds
                break
