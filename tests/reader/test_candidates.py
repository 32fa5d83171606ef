"""What rules tell the reader, and the choice among what can fill a role."""

from __future__ import annotations

import numpy as np

from onrecord.model.vocabulary import EVENT_TYPES, STATUSES
from onrecord.reader.candidates import Known, KnownEvent, KnownName, candidates, filled, members_of
from onrecord.reader.labels import PAIR_HINTS, RULED
from onrecord.reader.read import Mentioned

WORDS = [(0, 3), (4, 8), (9, 14), (15, 16), (17, 21), (22, 26)]  # The army took . They held
KNOWN = Known(
    (KnownName(0, 8, "Syrian army"), KnownName(9, 14, "Ardun", described=True)),
    events=(KnownEvent(9, 14, "territory_gain", "happened", frozenset({"Syrian army"})),),
)


def test_words_bear_what_the_rules_say_of_them() -> None:
    hints = KNOWN.word_hints(WORDS)
    assert [RULED[i] for i in hints[2]] == ["territory_gain", "happened"]
    assert sum(map(len, hints)) == 2
    assert list(RULED) == [*EVENT_TYPES, *STATUSES]


def test_pairs_bear_who_the_rules_have_in_which_role() -> None:
    hints = KNOWN.pair_hints([(9, 14), (22, 26)], [*KNOWN.names, None])
    assert hints.shape == (2, 3, len(PAIR_HINTS))
    assert hints[0, 0, :3].tolist() == [1, 0, 0]
    assert hints[1, 0, :3].tolist() == [0, 0, 0]
    assert hints[0, 0, 4:].tolist() == [1, 0]
    assert hints[0, 1, 4:].tolist() == [0, 1]
    assert not hints[:, 2].any()


def test_a_pronoun_bears_the_known_name_of_its_chain() -> None:
    army = Mentioned(0, 8, 1, "group", 0, 0.9, 0.9)
    they = Mentioned(17, 21, 4, "group", 0, 0.9, 0.9)
    found = candidates(WORDS, [army, they], [], KNOWN)
    assert [(c.word, c.name) for c in found.named] == [(1, "Syrian army"), (2, "Ardun"), (4, "Syrian army")]


def test_a_name_is_shown_by_its_likeliest_mention_and_an_event_has_one_place() -> None:
    army, they, town = (
        Mentioned(0, 8, 1, "group", 0, 0.9, 0.9),
        Mentioned(17, 21, 4, "group", 0, 0.9, 0.9),
        Mentioned(9, 14, 2, "place", 1, 0.9, 0.9),
    )
    some = candidates(WORDS, [army, they, town], [], None).named
    members = members_of(some)
    assert members == [[0, 1], [2]]
    likely = np.array([[0.45, 0.3, 0.25]])  # the army, the town, none
    each = np.array([[0.2, 0.25, 0.3]])  # army, they, town
    ((agents, others),) = filled(some, "agent", likely, members, each)
    assert [(a.start, a.score) for a in agents] == [(17, 0.45), (9, 0.3)]
    assert others == []
    (((place,), rest),) = filled(some, "place", likely, members, each)
    assert place.start == 17
    assert [a.start for a in rest] == [9]
