"""The scores of the reader's heads, on small cases whose answer is known."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bench.reading.conllu import documents
from bench.reading.coreference import Tally, gold_chains
from bench.reading.counting import f1, half, paired

SMALL = """# newdoc id = one
# licence = non-commercial text
# text = Ann met Bob in Rome
1\tAnn\tAnn\tPROPN\t_\t_\t2\tnsubj\t_\tEntity=(1-person-new-cf1-1-coref)
2\tmet\tmeet\tVERB\t_\t_\t0\troot\t_\t_
3-4\tBobin\t_\t_\t_\t_\t_\t_\t_\t_
3\tBob\tBob\tPROPN\t_\t_\t2\tobj\t_\tEntity=(2-person-new-cf2-1-sgl(3-place-new-cf3-1-coref
4\tin\tin\tADP\t_\t_\t5\tcase\t_\tEntity=3)2)
5\tRome\tRome\tPROPN\t_\t_\t2\tobl:in\t_\tEntity=(4-abstract-new-cf4-1-sgl)

# newdoc id = two
1\tShe\tshe\tPRON\t_\t_\t2\tnsubj\t_\tEntity=(1-person-acc-cf1-1-ana)
2\tsat\tsit\tVERB\t_\t_\t0\troot\t_\t_

1\tHer\tshe\tPRON\t_\t_\t2\tnmod:poss\t_\tEntity=(2-object-new-cf2-2-sgl(1-person-giv-cf1-1-ana)
2\tseat\tseat\tNOUN\t_\t_\t0\troot\t_\tEntity=2)
"""


def test_conllu_is_read_with_its_mentions(tmp_path: Path) -> None:
    path = tmp_path / "small.conllu.gz"
    path.write_bytes(gzip.compress(SMALL.encode()))
    one, two = documents(path)
    assert one.words == ["Ann", "met", "Bob", "in", "Rome"]
    assert one.heads == [1, 1, 1, 4, 1]
    assert one.relations[4] == "obl"
    assert not one.free
    assert two.free
    assert one.mentions() == [(0, 1, 1, "person"), (2, 4, 2, "person"), (2, 4, 3, "place"), (4, 5, 4, "abstract")]
    assert two.sentence == [0, 0, 1, 1]
    assert gold_chains(two) == [frozenset({(0, 1), (2, 3)})]


def test_f1_and_pairs() -> None:
    assert f1(0, 3, 0) == 0.0
    assert f1(2, 4, 2) == pytest.approx(66.7)
    assert half((0, 10), (5, 15))
    assert not half((0, 10), (6, 16))
    assert not half((3, 3), (3, 3))
    # The one that shares more is paired first, and each is paired once.
    assert paired([(0, 10)], [(0, 6), (0, 9)], half) == [(0, 1)]


def chains(*groups: str) -> list[frozenset[object]]:
    return [frozenset(group) for group in groups]


def test_coreference_of_equal_chains_is_whole() -> None:
    tally = Tally()
    tally.add(chains("abc", "de", "f"), chains("de", "abc", "f"))
    assert tally.result() == {"muc": 100.0, "b3": 100.0, "ceaf": 100.0, "conll": 100.0}


def test_coreference_measures_by_hand() -> None:
    # The example of Luo 2005 and of the CoNLL scorer: {a b c} {d e f g} against {a b} {c d} {f g h i}.
    tally = Tally()
    tally.add(chains("abc", "defg"), chains("ab", "cd", "fghi"))
    # MUC: recall (3-2 + 4-3)/(2+3) = 2/5, precision (1 + 0 + 1)/(1+1+3) = 2/5.
    # B3: recall ((4+1)/3 + (1+4)/4)/7 = 5/12, precision (4/2 + 2/2 + 4/4)/8 = 1/2.
    # CEAF: {abc}-{ab} 4/5, {defg}-{fghi} 4/8; recall 1.3/2, precision 1.3/3.
    assert tally.result() == {
        "muc": 40.0,
        "b3": pytest.approx(45.5),
        "ceaf": pytest.approx(52.0),
        "conll": pytest.approx(45.8),
    }


def test_nothing_found_is_nothing_right() -> None:
    tally = Tally()
    tally.add(chains("ab"), [])
    assert tally.result()["conll"] == 0.0
