from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.quantities.amounts import quantities
from onrecord.extract.quantities.numerals import bounds_of, value_of
from tests.extract.marked import cases, in_sentences, one_sentence, unmarked, worded_amount

_CASES = cases("amounts")["cases"]


@pytest.mark.parametrize(("marked", "expected"), [(case[0], case[1:]) for case in _CASES])
def test_quantities(marked: str, expected: list[str]) -> None:
    text, spans = unmarked(marked)
    found = quantities(*one_sentence(text, published="2017-10-18"))
    assert [worded_amount(item) for item in found] == expected
    assert all(
        part.span.of(text) in whole or whole in part.span.of(text) for part, whole in zip(found, spans, strict=True)
    )


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(_CASES) >= 120


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-six", 26),
        ("one hundred and fifty", 150),
        ("two thousand three hundred", 2300),
        ("1.5 million", 1.5e6),
        ("3,250", 3250),
        ("5.6m", 5.6e6),
        ("two dozen", 24),
        ("one and a half million", 1.5e6),
    ],
)
def test_the_value_of_a_number(words: str, value: float) -> None:
    assert value_of(words) == value


@given(st.integers(min_value=1, max_value=999_999))
def test_digits_mean_the_same_with_and_without_marks(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(["at least", "more than", "over"]))
def test_a_lower_bound_leaves_the_upper_side_open(number: int, words: str) -> None:
    bounds = bounds_of(f"{words} {number:,}")
    assert bounds is not None
    assert (bounds.low, bounds.high) == (number, None)


def test_the_whole_of_a_part_is_the_span_of_the_first_number() -> None:
    text = "At least 50 people, including 12 children, died."
    whole, part = quantities(*one_sentence(text))
    assert part.relation == "of_which"
    assert part.whole == whole.span


def test_a_part_larger_than_any_number_before_has_no_whole() -> None:
    text = "Two men died; the raids, including 40 strikes, went on."
    assert [item.whole for item in quantities(*one_sentence(text))] == [None, None]


def test_people_are_the_unit_of_people_and_things_their_own() -> None:
    found = quantities(*one_sentence("It killed nine fighters and burnt six trucks."))
    assert [item.amount.unit for item in found] == ["people", "trucks"]


def test_counted_holds_the_whole_phrase_after_the_number() -> None:
    found = quantities(*one_sentence("Police hold 14 foreign IS fighters in the camp."))
    assert (found[0].noun, found[0].counted) == ("fighters", "foreign IS fighters")


def test_spans_count_the_characters_of_the_dispatch() -> None:
    dispatch, sentences = in_sentences("It killed nine men.", "It burnt six trucks.")
    assert [item.span.of(dispatch.text) for item in quantities(dispatch, sentences)] == ["nine men", "six trucks"]


def test_no_sentences_no_quantities() -> None:
    dispatch, _ = one_sentence("Nothing.")
    assert quantities(dispatch, ()) == ()


_PIECES = st.sampled_from(
    [
        "at least",
        "12",
        "3,000",
        "to",
        "-",
        "dozens",
        "of",
        "people",
        "half",
        "%",
        "one",
        "the",
        "million",
        "two",
        "or",
        "more",
        "soldiers",
        "in",
        "2016",
        "months",
        "$",
        "km",
        "including",
        ",",
        "and",
        "several",
        "within",
        "days",
        "no",
    ]
)


@given(st.lists(_PIECES, max_size=12))
def test_any_words_give_quantities_in_order_within_the_text(words: list[str]) -> None:
    text = " ".join(words) + "."
    found = quantities(*one_sentence(text))
    assert all(item.span.end <= len(text) for item in found)
    assert all(before.span.start <= after.span.start for before, after in pairwise(found))
    assert all(item.amount.low is not None or item.amount.high is not None for item in found)
