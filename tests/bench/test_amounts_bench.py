"""The scores of numbers, on a handful whose reading is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.amounts import Known, all_numbers, counted, main, scores

TEXT = "At least 12 people died and some 30 rebels fled."
FIRST = {"start": 0, "end": 18, "low": 12, "high": None, "approx": False}
SECOND = {"start": 28, "end": 42, "low": 30, "high": 30, "approx": True}


def a_file(folder: Path, *amounts: dict[str, Any], text: str = TEXT) -> Path:
    path = folder / "amounts.jsonl"
    path.write_text(json.dumps({"text": text, "amounts": amounts}) + "\n", encoding="utf-8")
    return path


def test_all_right_is_a_hundred(tmp_path: Path) -> None:
    assert scores(a_file(tmp_path, FIRST, SECOND)) == {
        "texts": 1,
        "amounts": 2,
        "found": 2,
        "precision": 100.0,
        "recall": 100.0,
        "f1": 100.0,
        "value": 100.0,
        "full": 100.0,
    }


def test_value_and_modifier_are_told_apart(tmp_path: Path) -> None:
    exact, other = SECOND | {"approx": False}, FIRST | {"low": 13}
    found = scores(a_file(tmp_path, other, exact))
    assert (found["f1"], found["value"], found["full"]) == (100.0, 50.0, 0.0)


def test_what_is_missed_and_what_is_read_for_nothing(tmp_path: Path) -> None:
    only = scores(a_file(tmp_path, FIRST))
    assert (only["precision"], only["recall"]) == (50.0, 100.0)
    more = scores(a_file(tmp_path, FIRST, SECOND, {"start": 43, "end": 47, "low": 1, "high": 1, "approx": False}))
    assert (more["precision"], more["recall"], more["f1"]) == (100.0, 66.7, 80.0)


def test_two_readings_never_share_one_number(tmp_path: Path) -> None:
    whole = {"start": 0, "end": len(TEXT), "low": 12, "high": None, "approx": False}
    assert scores(a_file(tmp_path, whole))["precision"] == 50.0


def test_nothing_known_and_nothing_read(tmp_path: Path) -> None:
    found = scores(a_file(tmp_path, text="Nothing moved."))
    assert (found["found"], found["precision"], found["recall"], found["full"]) == (0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("It lies 5 km from the dam.", Known(8, 9, 5, 5, False)),
        ("It cost about $3 million.", Known(8, 24, 3e6, 3e6, True)),
        ("It was 35 degrees.", Known(7, 9, 35, 35, False)),
        ("Output fell by 34 %.", Known(15, 19, 34, 34, False)),
        ("One-third of the ore is left.", Known(0, 20, 33.3, 33.3, False)),
    ],
)
def test_every_number_is_read_where_all_are_asked_for(text: str, known: Known) -> None:
    assert all_numbers(text) == [known]


def test_dates_are_no_numbers_even_then() -> None:
    assert [known.low for known in all_numbers("On 5 May 2016 at 14:00 they sent 12 tonnes.")] == [12]


def test_money_and_distance_do_not_count() -> None:
    assert counted("They paid $3 million and walked 5 km.") == []


def test_the_command_prints_scores_and_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(a_file(tmp_path, FIRST)), "--errors", "1"])
    printed = capsys.readouterr()
    assert json.loads(printed.out)["found"] == 2
    assert "read  At least 12 people = 12..; some 30 rebels = 30..30~" in printed.err
    main([str(a_file(tmp_path, FIRST, SECOND)), "--all-numbers"])
    assert json.loads(capsys.readouterr().out)["full"] == 100.0


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "none.jsonl")])
    assert "does not exist" in capsys.readouterr().err
