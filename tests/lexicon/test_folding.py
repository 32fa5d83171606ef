"""Spellings of one name meet; different names stay apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon.folding import fold, skeleton

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "spellings.toml").read_text(encoding="utf-8"))


def names_of(kind: str) -> list[list[str]]:
    return [case["names"] for case in CASES[kind]]


@pytest.mark.parametrize("names", names_of("same_sound"), ids=" ".join)
def test_spellings_that_sound_alike_meet(names: list[str]) -> None:
    keys = {skeleton(name) for name in names}
    assert len(keys) == 1
    assert "" not in keys


@pytest.mark.parametrize("names", names_of("other_sound"), ids=" ".join)
def test_names_that_sound_different_stay_apart(names: list[str]) -> None:
    assert len({skeleton(name) for name in names}) == len(names)


@pytest.mark.parametrize("names", names_of("same_letters"), ids=" ".join)
def test_spellings_of_the_same_letters_meet(names: list[str]) -> None:
    assert len({fold(name) for name in names}) == 1


@pytest.mark.parametrize("names", names_of("other_letters"), ids=" ".join)
def test_names_of_other_letters_stay_apart(names: list[str]) -> None:
    assert len({fold(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["Ur", "Aa", "U.S.", "", "–"])
def test_a_name_with_fewer_than_two_consonants_has_no_sound_key(name: str) -> None:
    assert skeleton(name) == ""


@given(st.text(max_size=40))
def test_a_key_folds_to_itself(name: str) -> None:
    once = fold(fold(name))
    assert fold(once) == once
    assert once == once.strip()


@given(st.text(max_size=40))
def test_keys_hold_no_spaces_at_their_ends_and_no_capitals(name: str) -> None:
    key = fold(name)
    assert key == key.casefold().strip()
    assert "  " not in key
