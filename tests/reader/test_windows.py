"""Windows over long texts: every word is taken once, no window is too long, sentences are kept whole where they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.windows import MARGIN, MOST_PIECES, WINDOW, windows


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=900))
def test_every_word_is_taken_once_and_windows_fit(words: list[tuple[int, bool]]) -> None:
    sizes = [size for size, _ in words]
    sentence = [sum(new for _, new in words[1 : i + 1]) for i in range(len(words))]
    cut = windows(sizes, sentence)
    taken = [i for _, _, start, end in cut for i in range(start, end)]
    assert taken == list(range(len(words)))
    for first, after, start, end in cut:
        assert 0 <= first <= start < end <= after <= len(words)
        assert sum(sizes[first:after]) <= MOST_PIECES
        assert after - first <= WINDOW


def test_a_word_longer_than_a_window_stands_alone() -> None:
    cut = windows([1, MOST_PIECES, 1], [0, 0, 0])
    assert [(start, end) for _, _, start, end in cut] == [(0, 1), (1, 2), (2, 3)]


def test_a_short_text_is_one_window() -> None:
    assert windows([1] * WINDOW, [0] * WINDOW) == [(0, WINDOW, 0, WINDOW)]
    assert windows([], []) == []


def test_windows_overlap_and_end_with_sentences() -> None:
    sentence = [i // 20 for i in range(600)]
    cut = windows([1] * 600, sentence)
    assert all(end % 20 == 0 for _, _, _, end in cut)
    assert all(first == max(0, start - MARGIN) for first, _, start, _ in cut)
