"""What is read around a story, case by case."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from onrecord.model.records import Dispatch, dispatch_id
from onrecord.sources.compose import compose
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given, Piece

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "headers.toml").read_text(encoding="utf-8")
)["case"]
OPTIONS = SourceOptions(today=date(2024, 6, 1))


def read(text: str, given: Given = Given(), options: SourceOptions = OPTIONS) -> Dispatch:  # noqa: B008
    return compose(Piece("one.txt", text, given), order=lambda: None, options=options)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reads_the_header(case: dict[str, Any]) -> None:
    dispatch = read(case["text"])
    assert dispatch.text == case["text"]
    assert dispatch.id == dispatch_id(case["text"])
    assert [f"{m.kind}: {dispatch.text[m.start : m.end]}" for m in dispatch.marked] == case.get("marked", [])
    fields = ("title", "published", "agency", "outlet", "byline", "dateline")
    assert {name: getattr(dispatch, name) for name in fields} == {name: case.get(name) for name in fields}
    assert dispatch.published_basis == case.get("basis", "none")
    if "note" in case:
        assert any(case["note"] in note for note in dispatch.notes)
    else:
        assert dispatch.notes == ()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_marks_never_overlap(case: dict[str, Any]) -> None:
    marked = read(case["text"]).marked
    assert all(one.end <= two.start for one, two in pairwise(marked))
    assert sum(mark.kind == "title" for mark in marked) <= 1


STORY = "The patrol returned to its base at Hask in the afternoon without having met anyone on the road."
OPEN = f"Patrol returns to Hask\n\n05/04/2017\n\n{STORY}"


def test_takes_the_order_that_was_asked_for() -> None:
    month_first = SourceOptions(day_first=False, today=date(2024, 6, 1))
    assert read(OPEN, options=month_first).published == "2017-05-04"


def test_asks_the_source_for_its_order() -> None:
    dispatch = compose(Piece("one.txt", OPEN), order=lambda: True, options=OPTIONS)
    assert dispatch.published == "2017-04-05"
    assert any("other dates of the same source" in note for note in dispatch.notes)


def test_given_date_goes_before_the_header_and_says_so() -> None:
    dispatch = read(f"Patrol returns to Hask\n\n6 April 2017\n\n{STORY}", Given(published="2017-04-07"))
    assert (dispatch.published, dispatch.published_basis) == ("2017-04-07", "metadata")
    assert any("2017-04-06" in note for note in dispatch.notes)


def test_header_settles_a_given_date_that_is_open() -> None:
    dispatch = read(f"Patrol returns to Hask\n\n5 April 2017\n\n{STORY}", Given(published="05/04/2017"))
    assert (dispatch.published, dispatch.published_basis) == ("2017-04-05", "metadata")


def test_header_completes_a_given_month() -> None:
    dispatch = read(f"Patrol returns to Hask\n\n5 April 2017\n\n{STORY}", Given(published="2017-04"))
    assert (dispatch.published, dispatch.published_basis) == ("2017-04-05", "header")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2017-10-14T04:35:00Z", "2017-10-14"),
        ("Sat, 14 Oct 2017 04:35:00 +0200", "2017-10-14"),
        ("1507950000", "2017-10-14"),
        ("1507950000000", "2017-10-14"),
        ("20171014", "2017-10-14"),
        ("2017-10", "2017-10"),
        ("2017", "2017"),
        ("14.10.2017", "2017-10-14"),
        ("14/10/17", "2017-10-14"),
        ("October 14th, 2017 at 4 pm", "2017-10-14"),
    ],
)
def test_reads_given_dates_in_any_form(written: str, iso: str) -> None:
    assert read(STORY, Given(published=written)).published == iso


def test_a_given_date_that_is_none_leaves_a_note() -> None:
    dispatch = read(STORY, Given(published="last week"))
    assert dispatch.published is None
    assert any("could not be read" in note for note in dispatch.notes)


def test_a_date_tomorrow_is_another_time_zone() -> None:
    assert read(STORY, Given(published="2024-06-02")).published == "2024-06-02"
    assert read(STORY, Given(published="2024-06-03")).published is None


def test_a_given_title_is_marked_where_it_stands() -> None:
    dispatch = read(f"Patrol returns to ‘Hask’\n\n{STORY}", Given(title="Patrol Returns to 'Hask'"))
    assert dispatch.title == "Patrol Returns to 'Hask'"
    assert [(mark.kind, mark.start, mark.end) for mark in dispatch.marked] == [("title", 0, 24)]


def test_a_weekday_that_does_not_fit_is_noted() -> None:
    dispatch = read(f"Patrol returns to Hask\n\nMonday, 5 April 2017\n\n{STORY}")
    assert dispatch.published == "2017-04-05"
    assert any("another day of the week" in note for note in dispatch.notes)


def test_other_scripts_are_not_taken_for_english() -> None:
    assert read("Военные сообщили в пятницу о новом обстреле города и его окрестностей.").language == "und"
    assert read(STORY, Given(language="en-GB")).language == "en"
