"""The closed lists that the neural reader chooses from, and how labels of words stand for spans.

The order of every list is part of the weights: add at the end, and train again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from onrecord.model.vocabulary import EVENT_TYPES, STATUSES

# Universal Dependencies 2: parts of speech, and relations without their subtypes.
UPOS: Final = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip
RELATIONS: Final = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop", "csubj",
    "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
    "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
WHO_AND_WHERE: Final = ("person", "group", "organisation", "place", "facility", "population")
KINDS: Final = (*WHO_AND_WHERE, "weapon", "time", "quantity")
LINKS: Final = ("agent", "target", "place", "time", "figure", "source", "cue")
CAST: Final = LINKS[:3]  # who, whom and where
ROLES: Final = LINKS[:5]  # of an event's trigger; the last two are of attributed content
# What the encoder is told of a word besides its form: the types that the word lists allow for it and "a rule decides",
# then the type and the status that the rules give it here. Of a pair: whether the rules have the partner as agent,
# target or place of the event, how often the text names it (log), whether the words are a name or a description.
RULED: Final = (*EVENT_TYPES, *STATUSES)
WORD_HINTS: Final = len(EVENT_TYPES) + 1 + len(RULED)
PAIR_HINTS: Final = ("agent", "target", "place", "often", "name", "described")


def _bio(names: Iterable[str]) -> tuple[str, ...]:
    return ("O", *(f"{tag}-{name}" for name in names for tag in "BI"))


# Heads that give each word one label, by task. `entity` are outermost spans and `inner` those within them; `anchor`
# marks the head word of each mention of someone or somewhere, names, descriptions and pronouns alike.
TAGS: Final[dict[str, tuple[str, ...]]] = {
    "upos": UPOS,
    "entity": _bio(KINDS),
    "inner": _bio(KINDS),
    "anchor": ("O", *WHO_AND_WHERE),
    "source": _bio(["source"]),
    "cue": _bio(["cue"]),
    "content": _bio(["content"]),
    "claim": _bio(["claim"]),
    "event": _bio(EVENT_TYPES),
    "status": STATUSES,
}


def spans_of(labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open word ranges that B- and I- labels mark, with their name.

    An I- without its B- begins a range, so that a range cut off by a window is not lost.
    """
    start, name, begun = 0, "", False
    for i, label in enumerate([*labels, "O"]):
        tag, _, kind = label.partition("-")
        if begun and (tag != "I" or kind != name):
            yield start, i, name
            begun = False
        if tag != "O" and not begun:
            start, name, begun = i, kind, True
