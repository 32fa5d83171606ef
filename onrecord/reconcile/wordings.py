"""In which words a claim tells of its event: its trigger and what stands around it; what two of them have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from onrecord.lexicon.stems import is_empty, stem
from onrecord.model.records import Claim

_WORD = re.compile(r"[^\W_]+")
_NEAR = 5  # words on each side of a trigger in which its own arguments mostly stand
_LEAST = 4  # letters that two words must begin alike in: "hijack" and "hijinks" do not

Bag = frozenset[str]  # the stems of words that say something


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one claim: the stems of its trigger, and those of its sentence around it.

    `first` is the trigger's first word that tells something; `near` are the stems within five words of it.
    """

    roots: Bag
    first: str
    around: Bag
    near: Bag


def wording(claim: Claim, text: str) -> Wording:
    """Return the wording of a claim in the text of its dispatch."""
    start, end = claim.trigger.start, claim.trigger.end
    before, after = words_of(text[claim.sentence.start : start]), words_of(text[end : claim.sentence.end])
    trigger = words_of(text[start:end])
    own = [word for word in trigger if not is_empty(word)] or trigger or [""]
    return Wording(
        roots=frozenset(map(stem, own)),
        first=own[0],
        around=bag([*before, *after]),
        near=bag([*before[-_NEAR:], *after[:_NEAR]]),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def bag(words: Iterable[str]) -> Bag:
    """Return the stems of words in small letters, those that say nothing left out."""
    return frozenset(stem(word) for word in words if not is_empty(word))


def overlap(one: Bag, other: Bag) -> float:
    """Return the cosine of two bags, from 0 (no stem in common) to 1."""
    common = len(one & other)
    return common / sqrt(len(one) * len(other)) if common else 0.0


def begins_alike(one: Wording, other: Wording) -> float:
    """Return the share of letters in which two first words begin alike, 0 where it is fewer than four."""
    number = 0
    for a, b in zip(one.first, other.first, strict=False):
        if a != b:
            break
        number += 1
    return number / min(len(one.first), len(other.first)) if number >= _LEAST else 0.0


def in_the_other(one: Wording, other: Wording) -> int:
    """Return how many of the two name, beside their own event, that of the other: two events of one sentence."""
    return bool(one.roots & other.around) + bool(other.roots & one.around)
