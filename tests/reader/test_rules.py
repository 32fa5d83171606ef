"""The rule tagger: offsets quote, nothing is lost, sentences end where a reader would end them."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.rules import RuleTagger

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "sentences.toml").read_text(encoding="utf-8"))["case"]

# Texts thick with what the rules look at, so that chance meets the boundaries often.
MARKS = (
    "Col. U.S. a The city 3,250 200-300 ’s 's . ... ! ” “ \" ( ) IS-held al-Nadra 5 p.m. é نص www.a.b/c — 2.5 1/2/2017"
)
PIECES = st.sampled_from([*MARKS.split(), " ", "\n", "\n\n", "\t", "\u00a0", "\u200f", "e\u0301"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def words(text: str) -> list[str]:
    return [token.text for token in RuleTagger().tag(text).tokens]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_sentences_of_the_table(case: dict[str, Any]) -> None:
    found = RuleTagger().tag(case["text"])
    assert [case["text"][start:end] for start, end in found.sentences] == case["sentences"]


@given(TEXTS)
def test_tokens_quote_the_text_and_leave_nothing_out(text: str) -> None:
    tokens = RuleTagger().tag(text).tokens
    assert all(text[t.start : t.end] == t.text and t.text for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    covered = {i for t in tokens for i in range(t.start, t.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(TEXTS)
def test_every_token_lies_in_its_sentence(text: str) -> None:
    found = RuleTagger().tag(text)
    assert [t.sentence for t in found.tokens] == sorted(t.sentence for t in found.tokens)
    assert {t.sentence for t in found.tokens} == set(range(len(found.sentences)))
    for token in found.tokens:
        start, end = found.sentences[token.sentence]
        assert start <= token.start < token.end <= end


@given(TEXTS)
def test_tagging_twice_gives_the_same(text: str) -> None:
    assert RuleTagger().tag(text) == RuleTagger().tag(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-backed fighters", ["US-backed", "fighters"]),
        ("Ardun’s mayor", ["Ardun", "’s", "mayor"]),
        ("the fighters' homes", ["the", "fighters", "'", "homes"]),
        ("3,250 people, 200-300 tents", ["3,250", "people", ",", "200-300", "tents"]),
        ("Da’esh (IS) left.", ["Da’esh", "(", "IS", ")", "left", "."]),
        ("near Sha‘run, ‘Ayn", ["near", "Sha‘run", ",", "‘", "Ayn"]),
        ("U.S.-led raids", ["U.S.-led", "raids"]),
        ("about 10% of it ...", ["about", "10", "%", "of", "it", "..."]),
        ("on 14/10/2017 04:35", ["on", "14/10/2017", "04:35"]),
    ],
)
def test_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_an_empty_text_has_no_sentences() -> None:
    found = RuleTagger().tag(" \n ")
    assert found.sentences == ()
    assert found.tokens == ()
