"""What the neural reader gives for a text: everything by code-point offsets, each with a calibrated score."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.model.vocabulary import Status

Floats = NDArray[np.float32]


def _nothing() -> Floats:
    return np.zeros((0, 0), np.float32)


@dataclass(frozen=True, slots=True)
class Word:
    """A word `text[start:end]` with its part of speech and its place in the tree of its sentence.

    `head` is the number of the word that it hangs on, its own number where it is the root. `tag_score` is the chance
    that the part of speech is right, `head_score` that the head is.
    """

    start: int
    end: int
    text: str
    sentence: int
    tag: str
    head: int
    relation: str
    tag_score: float
    head_score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A span that names or describes someone or something of a kind of `labels.KINDS`; spans may hold one another."""

    start: int
    end: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention of someone or somewhere: a name, a description or a pronoun.

    `head` is the number of its head word. Mentions of one `chain` name the same; `link_score` is the chance that the
    link to the mention before it in the chain is right, or, for the first of a chain, that there is none.
    """

    start: int
    end: int
    head: int
    kind: str
    chain: int
    score: float
    link_score: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open stretch of the text with the chance that it is what it is taken for."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that the text attributes to a source: the content, who is said to have said it, and the cue that says so.

    The scores of source and cue are those of their belonging to this content.
    """

    content: Stretch
    source: Stretch | None
    cue: Stretch | None


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands in a role of an event: `role` of `labels.ROLES`, and the mention, time or number that fills it.

    `chain` is the chain of a mention that the network marked, `name` what a known name means that fills the role or
    stands in that chain.
    """

    role: str
    start: int
    end: int
    chain: int | None
    name: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words by which the text refers to an event, its type and status (docs/vocabulary.md), and its arguments.

    `score` is the chance that it is an event of this type, `event_score` that it is an event at all, `status_score`
    that the status is right. `types` and `statuses` are all that it may be with their chances, the likeliest first;
    `others` are arguments that it may have, but rather has not.
    """

    start: int
    end: int
    type: str
    status: Status
    score: float
    event_score: float
    status_score: float
    types: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[Status, float], ...]
    arguments: tuple[Argument, ...]
    others: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the neural reader sees it; every list is in the order of the text.

    `events` are those that are likelier of their type than none, `doubted` the rest that have some chance.

    `claims` are the attributed stretches as our guide cuts them (no quotation marks, a clause or sentence each);
    `attributions` are whole, as the corpus PolNeAR has them, each with the one of `sources` and `cues` that it belongs
    to. `vectors` are what the network makes of each word, for what is asked later (`Reader.dates`).
    """

    sentences: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mentioned, ...]
    sources: tuple[Stretch, ...]
    cues: tuple[Stretch, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[Stretch, ...]
    events: tuple[Trigger, ...]
    doubted: tuple[Trigger, ...]
    vectors: Floats = field(default_factory=_nothing, compare=False, repr=False)
