"""A statement of control as one sentence gives it, on its way to a claim."""

from __future__ import annotations

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

    @property
    def named(self) -> bool:
        """Whether the place has a name: "the hospital" alone, of which the dispatch tells no more, is no place."""
        return self.place is not None and self.place.mention.name.lower() != self.place.mention.name


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


@cache
def phrases(name: str, key: str = "") -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list in words, longer ones first."""
    return tuple(sorted((tuple(p.split()) for p in listed(name, key)), key=lambda p: (-len(p), p)))


@cache
def forms(name: str, key: str = "") -> dict[tuple[str, ...], frozenset[str]]:
    """Return the forms of the verbs of a list, in words, with what each may be; longer ones first."""
    irregular = dict(table("events")["forms"]) | {
        "control": ["controlled", "controlled", "controll"],
        "cling": ["clung", "clung"],
        "hang": ["hung", "hung"],
    }
    found = {
        tuple(form.split()): kinds for verb in listed(name, key) for form, kinds in verb_forms(verb, irregular).items()
    }
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def at_words(view: View, i: int, phrase: tuple[str, ...]) -> bool:
    """Tell whether a phrase stands at a token."""
    return view.words[i : i + len(phrase)] == phrase
