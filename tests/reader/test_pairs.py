"""What two mentions have in common."""

from __future__ import annotations

import numpy as np

from onrecord.reader.pairs import FEATURES, REACH, antecedents, described, features

TEXT = "The Syrian Democratic Forces ( SDF ) left . The forces said they would return . Mustafa Bali spoke ."
WORDS = TEXT.split()
SENTENCE = [0] * 9 + [1] * 7 + [2] * 4
# The whole name, the acronym, "The forces", "they", "Mustafa Bali", each as head, first and last word.
MENTIONS = [(3, 0, 3), (5, 5, 5), (10, 9, 10), (12, 12, 12), (17, 16, 17)]


def row(one: int, other: int) -> list[float]:
    """Return the features of a mention and one before it."""
    before = antecedents(len(MENTIONS), 0, len(MENTIONS))
    found = features(described(WORDS, SENTENCE, MENTIONS), 0, before)
    assert found.shape == (len(MENTIONS), len(MENTIONS), FEATURES)
    return [round(float(v), 3) for v in found[one, before[one].tolist().index(other)]]


def test_an_acronym_has_the_initials_of_its_name() -> None:
    initials = 4
    assert "".join(w[0] for w in WORDS[1:4]) == WORDS[5]
    # "The" is a capitalised word too, but no part of the initials that a reader would expect.
    assert row(1, 0)[initials] == 1.0
    assert row(4, 0)[initials] == 0.0


def test_the_same_head_and_its_holding_are_seen() -> None:
    same_head, head_in = 0, 2
    assert row(2, 0)[same_head] == 1.0
    assert row(2, 0)[head_in] == 1.0
    assert row(4, 0)[same_head] == 0.0


def test_pronouns_share_no_words() -> None:
    is_pronoun, shared = 5, 12
    assert row(3, 2)[is_pronoun] == 1.0
    assert row(3, 2)[shared] == 0.0


def test_antecedents_stand_before_nearest_first() -> None:
    assert antecedents(3, 0, 3).tolist() == [[-1, -1, -1], [0, -1, -1], [1, 0, -1]]
    assert antecedents(5 * REACH, 4 * REACH, 4 * REACH + 1).shape == (1, REACH)


def test_features_do_not_depend_on_how_rows_are_cut() -> None:
    looks = described(WORDS, SENTENCE, MENTIONS)
    whole = features(looks, 0, antecedents(5, 0, 5))
    parts = [features(looks, start, antecedents(5, start, start + 1)) for start in range(5)]
    assert np.array_equal(whole, np.concatenate(parts))
