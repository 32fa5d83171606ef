"""What the choice of who, whom and where looks at."""

from __future__ import annotations

import numpy as np

from onrecord.reader.candidates import Candidate, KnownName
from onrecord.reader.labels import PAIR_HINTS, WHO_AND_WHERE
from onrecord.reader.roles import NAME, PAIR, REACH, SORTS, Setting, settings

# The army took Ardun . They held it .
SENTENCE = [0] * 5 + [1] * 4
HEADS = [1, 2, 2, 2, 2, 6, 6, 6, 6]
ARMY = Candidate(1, 0, 8, None, "army", KnownName(0, 8, "army", kind="group"))
TOWN = Candidate(3, 14, 19, None, "Ardun", KnownName(14, 19, "Ardun", kind="place"))
THEY = Candidate(5, 22, 26, 0, "army")


def setting() -> Setting:
    hints = np.zeros((2, 3, len(PAIR_HINTS)), np.float32)
    hints[0, 0, 0] = 1  # the rules have the army as agent of "took"
    (found,) = settings(SENTENCE, HEADS, [ARMY, TOWN, THEY], [2, 6], hints)
    return found


def test_mentions_of_one_name_are_one_candidate() -> None:
    found = setting()
    assert found.own.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert found.kind.tolist() == [WHO_AND_WHERE.index("group"), WHO_AND_WHERE.index("place"), SORTS - 1]
    assert found.pair.shape == (2, 3, PAIR)
    assert found.name.shape == (2, 2, NAME)
    assert found.name[0, 0, : len(WHO_AND_WHERE)].tolist() == [0, 0.5, 0, 0, 0, 0]
    assert found.name[:, 0, NAME - 1 - len(PAIR_HINTS)].tolist() == [
        1,
        0,
    ]  # a hint about one mention is one of the name


def test_the_way_in_the_tree_is_told_within_a_sentence_only() -> None:
    found = setting()
    assert found.path.tolist() == [[2, 2, 0], [0, 0, 2]]  # no step up, one step down: 1 + 5 * 0 + 1
    assert found.apart.tolist() == [[4, 4, 5], [3, 3, 4]]
    assert found.pair[0, :, 0].tolist() == [1, 1, 0]


def test_a_way_goes_up_to_the_word_above_both() -> None:
    heads = [0, 0, 1, 0]  # 2 hangs on 1, 1 and 3 on 0
    some = [Candidate(3, 0, 1, 0, "x")]
    (found,) = settings([0] * 4, heads, some, [2], np.zeros((1, 1, len(PAIR_HINTS)), np.float32))
    assert found.path.tolist() == [[1 + 5 * 2 + 1]]


def test_what_is_too_far_is_marked_and_many_events_come_in_turn() -> None:
    words = REACH + 10
    some = [Candidate(words - 1, 0, 1, 0, "x")]
    hints = np.zeros((100, 1, len(PAIR_HINTS)), np.float32)
    found = list(settings([0] * words, [0] * words, some, list(range(100)), hints))
    assert [len(one.asked) for one in found] == [64, 36]
    assert found[0].far[:10].tolist() == [[1]] * 9 + [[0]]
