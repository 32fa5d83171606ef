"""Families of words."""

from __future__ import annotations

import pytest

from onrecord.lexicon.stems import is_empty, stem


@pytest.mark.parametrize(
    "family",
    [
        "arrest arrests arrested arresting",
        "bombard bombarded bombardment bombing",
        "besiege siege besieging",
        "die died deaths dead",
        "stop stops stopped stopping",
        "evacuate evacuated evacuation evacuations",
        "continue continued continues",
        "withdraw withdrew withdrawal",
        "carry carries carried",
    ],
)
def test_words_of_one_family_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("sent", "sentenced"), ("care", "career"), ("probe", "probation"), ("found", "founder"), ("trade", "tradition")],
)
def test_words_that_only_look_alike_have_two(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_stem_is_stable() -> None:
    assert stem("press") == stem(stem("press")) == "press"
    assert is_empty("the")
    assert not is_empty("quake")
