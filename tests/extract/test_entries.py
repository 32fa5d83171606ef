"""Entries of a list: what follows their opening has its day and place, and a grid reference says where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.extract.events.caused import with_days_of_deaths
from onrecord.extract.events.entries import in_entries
from onrecord.extract.events.found import Found
from onrecord.extract.read import by_rule, standard_kit
from onrecord.model.values import When
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)


def _told(text: str) -> list[tuple[str, str | None, str | None]]:
    ruled = by_rule(a_dispatch(text), KIT)
    found: list[Found] = in_entries(ruled.found, ruled.views, ruled.times)
    return [(item.kind, item.place.name if item.place else None, item.when.start) for item in found]


def test_what_follows_an_opening_has_its_day_and_place() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria, via a report of residents. Aircraft struck a pickup truck."
    assert _told(text) == [("air_strike", "Ardun", "2016-03-03")]


def test_an_own_place_and_day_win() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria. On March 4, 2016 aircraft struck a pickup truck in Belis."
    assert _told(text) == [("air_strike", "Belis", "2016-03-04")]


def test_an_opening_ends_with_its_paragraph() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria. A guard waved.\n\nAircraft struck a pickup truck."
    assert [place for _, place, _ in _told(text)] == [None]


def test_an_opening_by_itself_holds_for_the_next_paragraph() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria.\n\nAircraft struck a pickup truck."
    assert _told(text) == [("air_strike", "Ardun", "2016-03-03")]


def test_a_sentence_that_tells_something_is_no_opening() -> None:
    text = "On March 3, 2016, in Ardun, the mayor opened a fair. Aircraft struck a pickup truck."
    assert [place for _, place, _ in _told(text)] != ["Ardun"]


def test_the_one_grid_of_an_entry_says_where() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria. Aircraft struck a pickup truck. 37SFU100200"
    assert _told(text) == [("air_strike", "37SFU100200", "2016-03-03")]


def test_of_two_grids_none_says_where() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria. Aircraft struck a pickup truck. 37SFU100200 37SFU300400"
    assert _told(text) == [("air_strike", "Ardun", "2016-03-03")]


def _statuses(text: str) -> list[tuple[str, str, str | None]]:
    ruled = by_rule(a_dispatch(text), KIT)
    found = in_entries(ruled.found, ruled.views, ruled.times)
    return [(item.kind, item.status, item.place.name if item.place else None) for item in found]


@pytest.mark.parametrize(
    "opening",
    [
        "Mar. 3, 2016, near al Ardun, Syria.",
        "Mar. 3, 2016, near Ardun village, Syria.",
        "Mar. 3, 2016, near Ardun or Belis, Syria.",
        "Mar. 3, 2016, near Ardun, old mosque, Syria.",
        "4.Mar. 3, 2016, in Ardun, Syria.",
        "(4.) Mar. 3, 2016, in Ardun, Syria.",
    ],
)
def test_how_entries_open(opening: str) -> None:
    kind, place, day = _told(f"{opening} Aircraft struck a pickup truck.")[0]
    assert (kind, (place or "").split()[0], day) == ("air_strike", "Ardun", "2016-03-03")


def test_a_known_town_may_follow_the_day_at_once() -> None:
    text = "Mar. 3, 2016, Hajin, Syria, via a report of residents. Aircraft struck a pickup truck."
    assert _told(text) == [("air_strike", "Hajin", "2016-03-03")]


def test_an_entry_that_weighs_a_report_tells_of_the_harm_it_alleges() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria, via a caller. The report has too little detail to assess its credibility."
    assert _statuses(text) == [("killing", "uncertain", "Ardun")]
    assert _statuses(text.replace("has too little detail", "is unfounded; nothing more is known")) == [
        ("killing", "denied", "Ardun")
    ]


def test_an_entry_that_tells_of_an_event_alleges_no_other() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria. Aircraft struck a pickup truck. The report is credible."
    assert _statuses(text) == [("air_strike", "happened", "Ardun")]


def test_outside_of_a_list_a_report_is_no_event() -> None:
    assert _statuses("The report has too little detail to assess its credibility.") == []


def test_harm_that_an_entry_only_speaks_of_as_reported_is_uncertain() -> None:
    text = "Mar. 3, 2016, near Ardun, Syria. Nothing there fits the report of civilian casualties."
    assert {status for kind, status, _ in _statuses(text) if kind == "killing"} == {"uncertain"}


def test_what_kills_has_the_day_of_the_deaths_told_with_it() -> None:
    ruled = by_rule(a_dispatch("An air strike killed six people in Ardun on January 3, 2016."), KIT)
    undated = [replace(item, when=When()) if item.kind == "air_strike" else item for item in ruled.found]
    assert {item.kind: item.when.start for item in with_days_of_deaths(undated)} == {
        "air_strike": "2016-01-03",
        "killing": "2016-01-03",
    }


def test_an_attack_of_another_sentence_has_no_such_day() -> None:
    ruled = by_rule(a_dispatch("An air strike shook Ardun. Six people were killed on January 3, 2016."), KIT)
    undated = [replace(item, when=When()) if item.kind == "air_strike" else item for item in ruled.found]
    assert [item.when.start for item in with_days_of_deaths(undated) if item.kind == "air_strike"] == [None]
