"""Samples: labels from spans, cutting at sentence ends, and our annotations as they are kept."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.vocabulary import EVENT_TYPES, MEASURES, MODES, STANCES, STATUSES
from training.dispatches import same_name, timeline_text, without_text
from training.events import TYPES, rams, type_of
from training.samples import Sample, bio, cuts, part, stretches

ANNOTATIONS = sorted((Path(__file__).parents[2] / "training" / "annotations").glob("*.json"))


def test_labels_of_spans() -> None:
    words = [(0, 3), (4, 7), (8, 12), (12, 13)]
    assert bio(words, [(4, 12, "place/facility")]) == [
        "O",
        "B-place/B-facility",
        "I-place/I-facility",
        "O",
    ]
    assert bio(words, [(0, 7, "x"), (4, 12, "y")]) == ["B-x", "I-x", "O", "O"]


@given(st.lists(st.integers(1, 40), max_size=40), st.integers(5, 60))
def test_cuts_cover_and_fit(lengths: list[int], most: int) -> None:
    sentence = [i for i, n in enumerate(lengths) for _ in range(n)]
    edges = cuts(sentence, most)
    assert edges[0] == 0
    assert edges[-1] == len(sentence)
    assert all(0 < b - a <= most for a, b in pairwise(edges) if sentence)
    for edge in edges[1:-1]:
        inside = sentence[edge] == sentence[edge - 1]
        assert not inside or lengths[sentence[edge]] > most // 2


def test_a_part_keeps_what_lies_within() -> None:
    sample = Sample(
        list("abcdef"),
        [0, 0, 0, 1, 1, 1],
        {"upos": ["X"] * 6},
        [0, 0, 1, 3, 3, 4],
        [(4, "agent", (1, 3), (1,)), (1, "agent", (0,), (0,))],
        [(1, 0, 1), (4, 3, 4)],
        [7, 7],
    )
    found = part(sample, 3, 6)
    assert found.words == list("def")
    assert found.heads == [0, 0, 1]
    assert found.links == [(1, "agent", (0,), ())]
    assert found.mentions == [(1, 0, 1)]
    assert found.chains == [7]
    assert [s.words for s in stretches(sample, 3)] == [list("abc"), list("def")]


@pytest.mark.parametrize("path", ANNOTATIONS, ids=lambda p: p.stem)
def test_an_annotation_holds_labels_and_offsets_and_no_text(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert gold["doc"] == path.stem
    assert len(gold["sha256"]) == 64
    for name in ("events", "figures", "claims"):
        for item in gold[name]:
            start, end = item["at"]
            assert 0 <= start < end
            assert not {"trigger", "words", "content", "context"} & set(item)
    assert {e["type"] for e in gold["events"]} <= set(EVENT_TYPES)
    assert {e["status"] for e in gold["events"]} <= set(STATUSES)
    assert {f["measure"] for f in gold["figures"]} <= set(MEASURES)
    assert {f["mode"] for f in gold["figures"]} <= set(MODES)
    assert {c["stance"] for c in gold["claims"]} <= set(STANCES)


def test_an_annotation_is_kept_by_offsets() -> None:
    text = "They left. They left again."
    gold = {
        "doc": "one",
        "events": [{"trigger": "left", "context": "left again", "type": "withdrawal"}],
        "figures": [],
        "claims": [],
    }
    assert without_text(gold, text)["events"] == [{"at": [16, 20], "type": "withdrawal"}]


def test_a_timeline_becomes_a_text() -> None:
    rows = [
        {"page": "Some_war_(May–August_2012)", "date_path": ["May 2012", "3 May"], "text": "A town fell."},
        {"page": "Some_war_(May–August_2012)", "date_path": ["4 May"], "text": "It was retaken."},
    ]
    assert (
        timeline_text(rows) == "3 May, May–August 2012\n\nA town fell.\n\n4 May, May–August 2012\n\nIt was retaken.\n"
    )


@pytest.mark.parametrize(
    ("gold", "name", "same"),
    [
        ("SDF", "SDF fighters", True),
        ("Islamic State group", "Islamic State", True),
        ("Raqqa", "Deir ez-Zor", False),
        ("", "Raqqa", False),
    ],
)
def test_names_are_compared_as_the_scorer_does(gold: str, name: str, same: bool) -> None:
    assert same_name(gold, name) is same


def test_types_of_other_corpora_go_by_their_longest_beginning() -> None:
    assert type_of("conflict.attack.airstrikemissilestrike") == "air_strike/shelling"
    assert type_of("justice.judicialconsequences.execute") == "killing"
    assert type_of("Life.Die.Unspecified") == "killing"
    assert type_of("personnel.elect.winelection") is None
    assert {one for kinds in TYPES.values() for one in kinds.split("/")} <= set(EVENT_TYPES)


def test_rams_tells_only_what_it_says(tmp_path: Path) -> None:
    row = {
        "sentences": [["Raiders", "shot", "a", "guard", "in", "Ardun", "."]],
        "evt_triggers": [[1, 1, [["life.die.n/a", 1.0]]]],
        "gold_evt_links": [[[1, 1], [3, 3], "evt089arg01victim"], [[1, 1], [5, 5], "evt089arg02place"]],
    }
    path = tmp_path / "rams.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    (sample,) = rams(path)
    assert sample.labels["event"] == [None, "B-killing", None, None, None, None, None]
    assert sample.links == [(1, "target", (3, 5), (3,)), (1, "place", (3, 5), (5,))]


def test_what_rules_say_is_cut_with_the_words() -> None:
    sample = Sample(["a", "b", "c", "d"], [0, 0, 1, 1])
    sample.ruled, sample.casts, sample.about = (
        {2: (3,)},
        {2: (frozenset({3}), frozenset(), frozenset())},
        {3: (1.0, 1, 0)},
    )
    cut = part(sample, 2, 4)
    assert (cut.ruled, cut.casts) == ({0: (3,)}, {0: (frozenset({1}), frozenset(), frozenset())})
    assert cut.about == {1: (1.0, 1, 0)}
