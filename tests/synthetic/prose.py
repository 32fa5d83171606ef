"""Sentences whose parts are known: words, mentions of things, and the stretches that claims rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.model.values import Amount, When
from onrecord.model.vocabulary import ClaimKind, Mode, Stance, Status


@dataclass(frozen=True, slots=True)
class Slot:
    """Words that claims rest on, by a key that is unique in its line."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a thing: by a `noun` ("the militants"), an `alias` (a name of war, an acronym), or its name."""

    thing: str
    noun: bool = False
    alias: bool = False


Piece = str | Slot | Named


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a line, with ids of things instead of mentions: `truth` is what it is a claim of."""

    slot: str
    kind: ClaimKind
    type: str
    truth: str
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    when: When = field(default_factory=When)
    status: Status = "happened"
    amount: Amount | None = None
    who: str | None = None
    mode: Mode | None = None
    as_of: str | None = None
    about: str | None = None
    part_of: str | None = None
    relative: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """Who is said to have said a line: a person or body, for whom, as what, and whether it denies."""

    speaker: str | None
    words: str
    organisation: str | None = None
    role: str | None = None
    stance: Stance = "asserts"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its pieces, the claims in it, who said it, and from which piece to which it is attributed."""

    pieces: tuple[Piece, ...]
    told: tuple[Told, ...] = ()
    said: Said | None = None
    attributed: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """A report before it is printed: `title` is its headline's line; `furniture` what the outlet puts at the end."""

    outlet: str
    published: str | None
    title: Line
    lines: tuple[Line, ...]
    agency: str | None = None
    furniture: str = ""
    reworded: bool = False
    surnames: bool = False


def parsed(template: str, fill: Mapping[str, tuple[Piece, ...]], prefix: str = "") -> tuple[Piece, ...]:
    """Return the pieces of a template; slots have the key of their letter behind the prefix."""
    pieces: list[Piece] = []
    for part in re.split(r"(\{[^}]+\})", template):
        if not part.startswith("{"):
            pieces.append(part)
        elif ":" in part:
            letter, words = part[1:-1].split(":")
            pieces.append(Slot(prefix + letter, words))
        else:
            pieces.extend(fill[part[1:-1]])
    return tuple(p for p in pieces if p != "")
