from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.ids import content_id
from onrecord.model.values import Amount, Span, When, day_after, first_day


@pytest.mark.parametrize(
    ("iso", "first", "after"),
    [
        ("2017-10-17", date(2017, 10, 17), date(2017, 10, 18)),
        ("2016-02", date(2016, 2, 1), date(2016, 3, 1)),
        ("2017-12", date(2017, 12, 1), date(2018, 1, 1)),
        ("2014", date(2014, 1, 1), date(2015, 1, 1)),
    ],
)
def test_a_cut_date_covers_half_open_days(iso: str, first: date, after: date) -> None:
    assert (first_day(iso), day_after(iso)) == (first, after)
    assert (When(iso, iso).first, When(iso, iso).after) == (first, after)


@pytest.mark.parametrize(
    ("when", "precision"),
    [
        (When("2017-10-17", "2017-10-17"), "day"),
        (When("2017-10", "2017-10"), "month"),
        (When("2017", "2017"), "year"),
        (When("2017-10-01", "2017-10-05"), "range"),
        (When("2017", None), "range"),
        (When(), "none"),
    ],
)
def test_precision_is_read_off_the_words(when: When, precision: str) -> None:
    assert when.precision == precision


@pytest.mark.parametrize("iso", ["17-10-2017", "2017-1", "2017-10-17T00:00", "", "last year"])
def test_what_is_no_cut_iso_date_is_refused(iso: str) -> None:
    with pytest.raises(ValueError, match="ISO date"):
        When(iso)


def test_stretches_meet_where_they_share_a_day() -> None:
    october = When("2017-10", "2017-10")
    assert october.meets(When("2017-10-31", "2017-10-31"))
    assert not october.meets(When("2017-11-01", "2017-11-01"))
    assert october.meets(When(None, "2017-10-01"))
    assert not october.meets(When("2018", None))
    assert When().meets(october)


def test_a_span_quotes_and_holds() -> None:
    span = Span("d", 2, 5)
    assert span.of("0123456") == "234"
    assert span.holds(Span("d", 3, 5))
    assert not span.holds(Span("d", 3, 6))
    assert span.overlaps(Span("d", 4, 9))
    assert not span.overlaps(Span("d", 5, 9))
    assert not span.overlaps(Span("e", 2, 5))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_an_empty_or_backward_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Span("d", start, end)


def test_an_amount_knows_whether_it_is_exact_and_refuses_crossed_bounds() -> None:
    assert Amount(275, 275).exact
    assert not Amount(350, 350, approx=True).exact
    assert not Amount(3250, None).exact
    with pytest.raises(ValueError, match="above"):
        Amount(5, 4)


@given(st.lists(st.text(), min_size=1, max_size=4), st.lists(st.text(), min_size=1, max_size=4))
def test_ids_differ_where_any_part_differs(one: list[str], other: list[str]) -> None:
    assert (content_id("x", *one) == content_id("x", *other)) == (one == other)
