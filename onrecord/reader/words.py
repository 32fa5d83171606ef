"""Cuts sentences into words as Universal Dependencies does for English, and says what a word looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.labels import RULED, WORD_HINTS
from onrecord.reader.rules import RuleTagger, abbreviations

# Hyphenated words apart ("US", "-", "backed"), clitics apart ("did", "n't"; "Raqqa", "'s"), numbers whole.
_WORD = re.compile(
    r"""
      https?://\S+ | www\.\S+
    | [@#]\w+
    | (?:[^\W\d_]\.){2,}                               # U.S., a.m.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])   # 3,250, 04:35, 10th, 1990s
    | \w+?(?=n['’]t\b) | n['’]t\b
    | ['’](?:s|S|re|ve|ll|d|m)\b
    | \w+
    | \.{2,} | -{2,} | [^\w\s]
    """,
    re.VERBOSE,
)
SHAPES = 8


def words_of(text: str) -> list[tuple[int, int]]:
    """Return the half-open offsets of the words of a text in code points; a stop after "Gen" belongs to it."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if found and found[-1][1] == start and match[0] == "." and text[found[-1][0] : end] in abbreviations():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return the half-open offsets of the sentences of a text, as the rules of the tagger cut them."""
    return list(RuleTagger().tag(text).sentences)


def sentence_of_each(words: list[tuple[int, int]], sentences: list[tuple[int, int]]) -> list[int]:
    """Return for each word the number of the sentence that holds it."""
    numbers, at = [], 0
    for start, _ in words:
        while at + 1 < len(sentences) and start >= sentences[at][1]:
            at += 1
        numbers.append(at)
    return numbers


@lru_cache(maxsize=16_384)
def shape_of(word: str) -> int:
    """Return what a word looks like, which the uncased encoder cannot see.

    0 is for padding; then lower, Title, UPPER, miXed, digits, letters with digits, other.
    """
    if word.replace(",", "").replace(".", "").isdigit():
        return 5
    if not any(c.isalpha() for c in word):
        return 7
    if any(c.isdigit() for c in word):
        return 6
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if (word[0].isupper() and word[1:].islower()) or len(word) == 1 else 4


def word_hints(
    words: Sequence[str], listed: Mapping[str, Sequence[int]], ruled: Sequence[Sequence[int]]
) -> NDArray[np.float32]:
    """Return (words, WORD_HINTS), 1 for what the lists allow for a form in small letters and what rules say."""
    hints = np.zeros((len(words), WORD_HINTS), np.float32)
    offset = WORD_HINTS - len(RULED)
    allowed = [(i, number) for i, word in enumerate(words) for number in listed.get(word.lower(), ())]
    allowed += [(i, offset + number) for i in range(len(words)) for number in ruled[i]]
    if allowed:
        hints[tuple(zip(*allowed, strict=True))] = 1
    return hints
