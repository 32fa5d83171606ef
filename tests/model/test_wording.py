from __future__ import annotations

import pytest

from onrecord.model.lookup import NO_OUTLET, Lookup, source_name
from onrecord.model.values import When
from onrecord.model.wording import bounds, count, counted, dates, day, during, listed, number, sentence, span, spoken
from tests.factories import a_dispatch, a_record


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (listed(["A"]), "A"),
        (listed(["A", "B", "C"]), "A, B and C"),
        (count(1, "source"), "one source"),
        (count(12, "dispatch", "dispatches"), "12 dispatches"),
        (counted(1, "dispatch", "dispatches"), "1 dispatch"),
        (counted(3000, "source"), "3,000 sources"),
        (number(33.3), "33.3"),
        (number(2_800_000), "2,800,000"),
        (spoken(3), "three"),
        (spoken(3250), "3,250"),
        (spoken(2_800_000), "2.8 million"),
        (spoken(2_812_345), "2,812,345"),
        (day("2017-10-17"), "17 October 2017"),
        (day("2014-01"), "January 2014"),
        (during(When("2014", "2014")), "in 2014"),
        (during(When("2017-10-01", "2017-10-05")), "from 1 to 5 October 2017"),
        (during(When("2014-01", None)), "since January 2014"),
        (during(When(None, "2017-10-05")), "by 5 October 2017"),
        (during(When()), ""),
        (span("2017-09-30", "2017-10-05"), "30 September to 5 October 2017"),
        (span("2017-12-31", "2018-01-01"), "31 December 2017 to 1 January 2018"),
        (span("2018-05", "2018-06"), "May to June 2018"),
        (span("2014", "2016"), "2014 to 2016"),
        (span("2018-01", "2018-01-05"), "January 2018 to 5 January 2018"),
        (dates(When()), "undated"),
        (dates(When("2014", "2014")), "2014"),
        (dates(When(None, "2014")), "until 2014"),
        (bounds(3250, None), "at least 3,250"),
        (bounds(None, 400), "up to 400"),
        (bounds(200, 300, 250), "200 to 300 (best 250)"),
        (bounds(33.3, 33.3), "33.3"),
        (bounds(2_800_000, 2_800_000), "2,800,000"),
        (sentence("the end.."), "The end."),
        (sentence("he said: “Stop!”"), "He said: “Stop!”"),
    ],
)
def test_numbers_and_dates_in_words(made: str, words: str) -> None:
    assert made == words


def test_what_is_not_on_record_is_left_out_and_no_error() -> None:
    lookup = Lookup(a_record())
    assert lookup.name("e-nobody") is None
    assert lookup.names(["e-ardun", "e-nobody"]) == ["Ardun"]
    assert lookup.told(["c-none"]) == []
    assert list(lookup.within("e-nobody")) == []


def test_the_source_is_the_outlet_else_the_agency() -> None:
    assert source_name(a_dispatch(outlet="Example Post", agency="Wire")) == "Example Post"
    assert source_name(a_dispatch(outlet=None, agency="Wire")) == "Wire"
    assert source_name(a_dispatch(outlet=None)) == NO_OUTLET
