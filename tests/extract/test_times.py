from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.times.times import times
from onrecord.model.values import When
from tests.extract.marked import cases, in_sentences, one_sentence, unmarked, worded_time

_PUBLISHED = "2017-10-18"  # a Wednesday


@pytest.mark.parametrize(("marked", "expected"), [(case[0], case[1:]) for case in cases("times")["dated"]])
def test_times_of_a_dated_dispatch(marked: str, expected: list[str]) -> None:
    text, spans = unmarked(marked)
    found = times(*one_sentence(text, published=_PUBLISHED))
    assert [item.span.of(text) for item in found] == spans
    assert [worded_time(item) for item in found] == expected


@pytest.mark.parametrize(("marked", "expected"), [(case[0], case[1:]) for case in cases("times")["undated"]])
def test_times_of_an_undated_dispatch(marked: str, expected: list[str]) -> None:
    text, spans = unmarked(marked)
    found = times(*one_sentence(text, published=None))
    assert [item.span.of(text) for item in found] == spans
    assert [worded_time(item) for item in found] == expected


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert sum(len(rows) for rows in cases("times").values()) >= 100


def test_a_day_earlier_counts_from_the_sentence_before() -> None:
    found = times(
        *in_sentences("Rebels took the hill on Saturday.", "A day earlier they had lost it.", published=_PUBLISHED)
    )
    assert found[1].when == When("2017-10-13", "2017-10-13")


def test_a_day_earlier_counts_from_publication_where_the_text_gave_no_day() -> None:
    found = times(*one_sentence("The hill had been lost a day earlier.", published=_PUBLISHED))
    assert found[0].when == When("2017-10-17", "2017-10-17")


def test_a_far_anchor_no_longer_counts() -> None:
    filler = ["The village has a mill.", "It has a school.", "It has a well.", "It has a bridge.", "It has a square."]
    found = times(*in_sentences("On 3 May 2016 it fell.", *filler, "A day earlier a mill burnt.", published=_PUBLISHED))
    assert found[1].when == When("2017-10-17", "2017-10-17")


def test_spans_count_the_characters_of_the_dispatch() -> None:
    dispatch, sentences = in_sentences("The gate fell on Monday.", "The tower fell on Tuesday.", published=_PUBLISHED)
    assert [item.span.of(dispatch.text) for item in times(dispatch, sentences)] == ["on Monday", "on Tuesday"]


@pytest.mark.parametrize(
    ("published", "words", "expected"),
    [
        ("2017-10", "last month", When("2017-09", "2017-09")),
        ("2017-10", "last week", When()),
        ("2017", "last year", When("2016", "2016")),
        ("2017", "last month", When()),
    ],
)
def test_nothing_is_more_precise_than_a_vague_publication_date(published: str, words: str, expected: When) -> None:
    assert times(*one_sentence(f"The bridge fell {words}.", published=published))[0].when == expected


@pytest.mark.parametrize("published", ["2017-10-13", "2017-10-14", "2017-10-15", "2017-10-16"])
def test_a_weekday_is_never_after_a_publication_that_looks_back(published: str) -> None:
    found = times(*one_sentence("The mill was burnt on Saturday.", published=published))[0]
    assert found.when.start in ("2017-10-07", "2017-10-14")
    assert (found.when.start or "") <= published


@pytest.mark.parametrize("published", ["2017-03-01", "2017-07-10", "2017-11-20"])
def test_this_summer_is_that_of_the_year_past_or_coming(published: str) -> None:
    found = times(*one_sentence("There were no boats this summer.", published=published))[0]
    assert found.when == When("2017-06", "2017-08")


def test_the_quarter_is_a_time_once_the_text_has_named_one() -> None:
    filler = ["The village has a mill."] * 6
    texts = ["The quarter was shelled.", "In the third quarter it paid nothing.", *filler, "The quarter was dry."]
    found = times(*in_sentences(*texts, published=_PUBLISHED))
    assert [item.when for item in found] == [When("2017-07", "2017-09")] * 2


def test_a_year_earlier_is_a_quarter_only_shortly_after_one() -> None:
    filler = ["The village has a mill.", "It has a school.", "It has a well.", "It has a bridge.", "It has a square."]
    near = times(*in_sentences("In the third quarter it paid.", "A year ago it did not.", published=_PUBLISHED))
    far = times(*in_sentences("In the third quarter it paid.", *filler, "A year ago it fell.", published=_PUBLISHED))
    assert (near[1].when, far[1].when) == (When("2016-07", "2016-09"), When("2016", "2016"))


_PIECES = st.sampled_from(
    [
        "on",
        "Tuesday",
        "last",
        "week",
        "5",
        "May",
        "2016",
        "since",
        "until",
        "two",
        "days",
        "ago",
        "the",
        "past",
        ",",
        "-",
        "mid",
        "at",
        "14:00",
        "a",
        "earlier",
        "31",
        "February",
        "from",
        "to",
        "in",
        "third",
        "quarter",
        "nineteen ninety-six",
        "’80s",
        "12th century",
        "Thanksgiving",
    ]
)


@given(st.lists(_PIECES, max_size=12), st.sampled_from([None, "2017", "2017-10", "2017-10-18"]))
def test_any_words_give_spans_in_order_within_the_text(words: list[str], published: str | None) -> None:
    text = " ".join(words) + "."
    found = times(*one_sentence(text, published=published))
    assert all(item.span.end <= len(text) and item.span.of(text).strip() == item.span.of(text) for item in found)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    assert times(*one_sentence(text, published=published)) == found


def test_white_space_within_a_time_may_be_a_line_break() -> None:
    text = "It fell on\n5 May\n2016."
    found = times(*one_sentence(text, published=None))
    assert re.sub(r"\s+", " ", found[0].span.of(text)) == "on 5 May 2016"
    assert found[0].when == When("2016-05-05", "2016-05-05")
