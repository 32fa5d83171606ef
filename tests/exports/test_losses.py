from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from bench.large import a_large_record
from onrecord.exports import acled
from onrecord.exports.losses import COLUMNS, Losses
from onrecord.exports.material import Material
from onrecord.exports.selection import Selection
from onrecord.exports.toll import value
from onrecord.exports.write import packed, text_export, write_export
from onrecord.model.errors import NotFoundError, OnrecordError
from onrecord.model.records import Record
from tests.exports.told import COALITION, RAQQA, SDF, SQUARE, a_told_record, said


def told_in(rows: list[dict[str, Any]], column: str) -> set[str]:
    return {name for row in rows for name in re.findall(r"v[0-9a-f]{16}", str(row[column]))}


def total(record: Record, measure: str) -> float:
    return sum(value(f) for f in record.figures if f.measure == measure)


@settings(max_examples=12)
@given(seed=st.integers(0, 1000), size=st.integers(0, 80), places=st.integers(1, 9))
def test_what_acled_says_and_what_it_loses_are_the_record(seed: int, size: int, places: int) -> None:
    record = a_large_record(size, seed=seed, places=places)
    material = Material(record)
    rows = list(acled.rows(material))
    said_of, lost = told_in(rows, "tags"), material.losses.ids("event")
    assert said_of | lost == {e.id for e in record.events}
    assert not said_of & lost
    assert sum(int(str(r["fatalities"])) for r in rows) + material.losses.amount("killed") == total(record, "killed")


def test_the_file_says_what_how_often_which_and_why(tmp_path: Path) -> None:
    record = a_told_record(said("negotiation", SDF), said("negotiation", SDF), said("air_strike", COALITION))
    paths = write_export("acled", record, tmp_path / "a.csv")
    assert [p.name for p in paths] == ["a.csv", "losses.csv"]
    with paths[1].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0] == {
        "export": "a.csv", "item": "event", "what": "negotiation", "count": "2", "amount": "", "ids": "v0 v1",
        "why": "ACLED codes agreements, not talks",
    }  # fmt: skip


def test_exports_into_one_folder_share_the_file_and_a_new_one_replaces_its_own(tmp_path: Path) -> None:
    record = a_told_record(said("negotiation", SDF))
    for name in ("b.csv", "a.csv", "b.csv"):
        write_export("acled", record, tmp_path / name)
    with (tmp_path / "losses.csv").open(encoding="utf-8", newline="") as file:
        assert [row["export"] for row in csv.DictReader(file)] == ["a.csv", "b.csv"]


def test_many_ids_come_in_rows_that_every_reader_can_hold() -> None:
    losses = Losses()
    losses.lose("figure", "killed", (f"f{n:016x}" for n in range(1201)), why="because", amount=2)
    assert [(loss.many, loss.amount) for loss in losses] == [(500, 1000), (500, 1000), (201, 402)]
    assert all(len(line) < 32_767 for line in losses.to_csv("x").splitlines())


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, {"v0", "v1", "v2", "v3"}),
        ({"since": "2018-09-11"}, {"v1", "v2"}),
        ({"until": "2018-09-10"}, {"v0", "v2"}),
        ({"since": "2018-09", "until": "2018-09"}, {"v0", "v1", "v2"}),
        ({"place": "raqa"}, {"v1", "v2"}),
        ({"place": "Syria"}, {"v0", "v1", "v2", "v3"}),
        ({"grades": ("weak",)}, {"v2"}),
    ],
)
def test_a_part_is_asked_for_by_days_place_and_grade(asked: Any, left: set[str]) -> None:
    record = a_told_record(
        said("air_strike", COALITION),
        said("air_strike", COALITION, day="2018-09-11", place=RAQQA),
        said("air_strike", COALITION, place=SQUARE, start="2018-09-09", end="2018-09-20", grade="weak"),
        said("air_strike", COALITION, start=None, end=None),
    )
    losses = Losses()
    part = Selection(**asked).of(record, losses)
    assert {e.id for e in part.events} == left
    assert {c.event for c in part.claims} == left
    assert losses.ids("event") == ({"v3"} if {"since", "until"} & set(asked) else set())


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"since": "June"}, "no date"), ({"until": "2017-02-30"}, "no date"), ({"grades": ("sure",)}, "no grade 'sure'")],
)
def test_a_question_that_makes_no_sense_is_refused(asked: Any, message: str) -> None:
    with pytest.raises(OnrecordError, match=message):
        Selection(**asked).of(Record(), Losses())
    with pytest.raises(NotFoundError, match="no place 'Atlantis'"):
        Selection(place="Atlantis").of(Record(), Losses())


def test_a_zip_of_an_export_is_the_same_bytes_each_time() -> None:
    record = a_told_record(said("negotiation", SDF))
    assert packed("acled", record) == packed("acled", record)
    assert packed("acled", record)[:2] == b"PK"


def test_a_format_of_several_files_is_no_text() -> None:
    assert text_export("acled", a_told_record()).startswith("event_id_cnty,")
    with pytest.raises(OnrecordError, match="writes several files; say where"):
        text_export("csv", a_told_record())
    with pytest.raises(OnrecordError, match=r"no format 'word'; there are: json"):
        text_export("word", a_told_record())


def test_figures_can_be_concluded_under_another_rule(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "r.db") as project:
        for number, count in enumerate((14, 20)):
            path = tmp_path / f"{number}.txt"
            path.write_text(
                f"Strike on Hajin\n\n1{number} September 2018\n\nAn air strike killed {count} civilians in Hajin on 9 "
                f"September, {'the Syrian Observatory for Human Rights' if number else 'the Red Crescent'} said.\n",
                encoding="utf-8",
            )
        project.add(tmp_path / "0.txt", tmp_path / "1.txt")
        highs = {rule: [f.high for f in project._under(rule).figures] for rule in ("widest", "lowest")}
        assert (highs["widest"], highs["lowest"]) == ([20], [14])
        assert [f.high for f in project.record.figures] == [20]
        assert "2018-09-09" in project.export("acled", rule="lowest", since="2018")
        with pytest.raises(OnrecordError, match="no rule 'mean'"):
            project.export("acled", rule="mean")  # type: ignore[arg-type]
