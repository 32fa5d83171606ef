"""From scores to spans and partners."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.reader.decode import chances, long_spans, rounded, spans, with_none

NAMES = ("O", "B-x", "I-x", "B-y", "I-y")


def rows(labels: str, sure: float = 0.9) -> np.ndarray:
    """Return chances under which each letter's label is likeliest: o, B and I of x, b and i of y."""
    found = np.full((len(labels), 5), (1 - sure) / 4)
    found[range(len(labels)), ["oBIbi".index(letter) for letter in labels]] = sure
    return found


def test_chances_add_up_and_heat_makes_them_milder() -> None:
    scores = np.array([[1.0, 3.0], [1000.0, 0.0]], np.float32)
    assert chances(scores).sum(1) == pytest.approx([1, 1])
    assert chances(scores, 2.0)[0, 1] < chances(scores)[0, 1]
    assert chances(scores).argmax(1).tolist() == chances(scores, 3.0).argmax(1).tolist()


def test_none_is_the_last_with_score_0() -> None:
    found = with_none(np.array([[-5.0, -4.0], [2.0, 1.0]]))
    assert found.argmax(1).tolist() == [2, 0]
    assert with_none(np.zeros((1, 0))).tolist() == [[1.0]]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("oBIo", [(1, 3, "x")]),
        ("BB", [(0, 1, "x"), (1, 2, "x")]),
        ("IIo", [(0, 2, "x")]),
        ("Bi", [(0, 1, "x"), (1, 2, "y")]),
        ("", []),
    ],
)
def test_spans(labels: str, expected: list[tuple[int, int, str]]) -> None:
    found = list(spans(rows(labels), NAMES))
    assert [row[:3] for row in found] == expected
    assert all(row[3] == pytest.approx(0.925, abs=0.01) for row in found)


def test_a_long_span_is_not_broken_by_one_doubtful_word() -> None:
    three = np.array([[0.9, 0.1, 0.0], [0.1, 0.9, 0.0], [0.1, 0.0, 0.9], [0.55, 0.0, 0.45], [0.1, 0.3, 0.6]])
    assert [row[:2] for row in spans(three, ("O", "B-c", "I-c"))] == [(1, 3), (4, 5)]
    assert [row[:2] for row in long_spans(three, "c", cost=1.0)] == [(1, 5)]


def test_long_spans_begin_with_a_beginning_and_may_follow_one_another() -> None:
    three = np.array([[0.1, 0.9, 0.0], [0.1, 0.0, 0.9], [0.01, 0.98, 0.01], [0.9, 0.1, 0.0]])
    assert [row[:2] for row in long_spans(three, "c", cost=1.0)] == [(0, 2), (2, 3)]
    assert list(long_spans(np.zeros((0, 3)), "c", cost=1.0)) == []


def test_scores_are_chances_of_three_digits() -> None:
    assert rounded(1.0000001) == 1.0
    assert rounded(0.12345) == 0.123
