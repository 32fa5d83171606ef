"""Words as Universal Dependencies cuts them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.words import sentence_of_each, sentences_of, shape_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("US-backed fighters", "US - backed fighters"),
        ("Raqqa’s streets didn't empty", "Raqqa ’s streets did n't empty"),
        ("at least 3,250 people, 200-300 of them", "at least 3,250 people , 200 - 300 of them"),
        ("Gen. Mustafa Bali of the U.S. said.", "Gen. Mustafa Bali of the U.S. said ."),
        ("the 10th at 04:35…", "the 10th at 04:35 …"),
        ("“We hold it,” he tweeted @some_one", "“ We hold it , ” he tweeted @some_one"),
        ("الرقة سقطت", "الرقة سقطت"),
        ("", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert " ".join(text[s:e] for s, e in words_of(text)) == words


@given(st.text(max_size=200))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    offsets = words_of(text)
    covered = {i for start, end in offsets for i in range(start, end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    assert all(one[1] <= two[0] for one, two in pairwise(offsets))


def test_each_word_has_its_sentence() -> None:
    text = "They left. He stayed on.\n\nNobody came."
    assert sentence_of_each(words_of(text), sentences_of(text)) == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("raqqa", 1), ("Raqqa", 2), ("SDF", 3), ("YPG-held", 4), ("3,250", 5), ("M16", 6), ("“", 7), ("A", 2)],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape
