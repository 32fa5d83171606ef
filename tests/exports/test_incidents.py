"""Airwars, Every Casualty, HXL and PLOVER."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.large import a_large_record
from onrecord.exports import acled, airwars, casualties, plover, ucdp
from onrecord.exports.conventions import Conventions
from onrecord.exports.material import Help, Material
from onrecord.exports.rows import Row, write_csv
from onrecord.exports.tables import TABLES, columns
from onrecord.exports.toll import value
from onrecord.exports.write import write_export
from onrecord.model.errors import DataError
from onrecord.model.records import Statement
from tests.exports.told import (
    ARMY,
    CIVILIANS,
    COALITION,
    ISLAMIC_STATE,
    SDF,
    Said,
    a_told_record,
    material,
    said,
)

SECTORS = (
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO UNO EUR "
    "NGO ISM IMG MNC"
)
HEADS: dict[str, tuple[tuple[str, ...], Callable[[Material], Any]]] = {
    "acled": (acled.COLUMNS, acled.rows),
    "ucdp-ged": (ucdp.COLUMNS, ucdp.rows),
    "airwars": (airwars.COLUMNS, airwars.rows),
    "everycasualty": (casualties.COLUMNS, casualties.rows),
    "plover": (plover.FIELDS, plover.events),
}


def num(measure: str, low: int | None, high: int | None, who: str | None = "people", mode: str = "event") -> Any:
    return (measure, who, low, high, mode)


def one(convention: str, event: Said, **more: Any) -> Row:
    [row] = HEADS[convention][1](material(event, **more))
    return dict(row)


@pytest.mark.parametrize("name", HEADS)
def test_every_row_has_the_columns_of_its_convention(name: str) -> None:
    columns, rows = HEADS[name]
    made = list(rows(Material(a_large_record(200))))
    assert made
    assert all(tuple(row) == columns for row in made)


@settings(max_examples=15)
@given(seed=st.integers(0, 500), name=st.sampled_from(list(HEADS)), size=st.integers(0, 70), places=st.integers(1, 6))
def test_every_event_and_number_is_said_or_lost(seed: int, name: str, size: int, places: int) -> None:
    record = a_large_record(size, seed=seed, places=places)
    made = Material(record)
    text = json.dumps(list(HEADS[name][1](made)))
    for event in record.events:
        assert (event.id in text) != (event.id in made.losses.ids("event"))
    for measure in {f.measure for f in record.figures}:
        total = sum(value(f) for f in record.figures if f.measure == measure)
        assert made.said(measure) + made.losses.amount(measure) == pytest.approx(total)


# ------------------------------------------------------------------------------------------------------ Airwars


def test_an_incident_has_bounds_for_each_group() -> None:
    figures = (num("killed", 4, 6, "women"), num("killed", 3, 3, "children"), num("wounded", 9, None, "fighters"))
    row = one("airwars", said("air_strike", COALITION, figures=figures))
    groups = ("civilian_non_combatants", "women", "children")
    assert [row[f"{g}_killed_{b}"] for g in groups for b in ("min", "max")] == [7, 9, 4, 6, 3, 3]
    assert row["persons_directly_participating_in_hostilities_injured_min"] == 9
    assert row["men_killed_min"] is None
    assert (row["strike_type"], row["civilian_harm_status"], row["belligerents"]) == (
        "Airstrike", "Fair", "US-led coalition",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stance", "assessment", "conceded"),
    [("asserts", "credible", 4), ("denies", "non_credible", 4), (None, "not_yet_assessed", None)],
)
def test_the_belligerents_own_assessment(stance: Any, assessment: str, conceded: int | None) -> None:
    record = a_told_record(said("air_strike", COALITION, figures=(num("killed", 4, 4, "civilians"),)))
    claim = record.claims[0]
    words = Statement("s1", claim.sentence, COALITION.id, "the coalition", stance or "asserts", False)
    if stance is None:
        words = replace(words, speaker=CIVILIANS.id)
    told = replace(record, statements=(words,), claims=tuple(replace(c, statement="s1") for c in record.claims))
    [row] = airwars.rows(Material(told))
    assert row["belligerent_assessment"] == assessment
    assert row["belligerent_deaths_conceded_min"] == conceded
    assert bool(row["belligerent_statements"]) == (stance is not None)


def test_fighting_that_harms_no_civilian_is_no_incident() -> None:
    made = material(said("armed_clash", SDF, targets=(ISLAMIC_STATE,), figures=(num("killed", 4, 4, "fighters"),)))
    assert list(airwars.rows(made)) == []
    assert made.losses.amount("killed") == 4


def test_airwars_opens_in_pandas(tmp_path: Path) -> None:
    rows = airwars.rows(Material(a_large_record(300)))
    frame = pandas.read_csv(write_csv(tmp_path / "a.csv", airwars.COLUMNS, rows))
    assert frame["code"].is_unique
    assert set(frame["civilian_harm_status"]) <= {"Confirmed", "Fair", "Weak", "Contested"}
    assert set(frame["belligerent_assessment"]) <= {"not_yet_assessed", "non_credible", "credible", "duplicate"}


# ------------------------------------------------------------------------------------------------- Every Casualty


def test_the_minimum_record_of_a_casualty() -> None:
    row = one("everycasualty", said("shelling", ARMY, figures=(num("killed", 4, 6, "women"),)))
    assert [row[f"number_killed_{b}"] for b in ("minimum", "best", "maximum")] == [4, 4, 6]
    assert (row["sex"], row["civilian_status"], row["perpetrators"]) == ("female", "civilian", "Syrian army")
    assert str(row["rule_for_conflicting_numbers"]).startswith("range")
    for asked in ("location", "date_start", "source", "source_document", "type_of_death", "onrecord_id"):
        assert row[asked], asked


# ------------------------------------------------------------------------------------------------------------ HXL


def test_the_second_row_holds_hashtags(tmp_path: Path) -> None:
    paths = write_export("hxl", a_large_record(50), tmp_path)
    assert {p.stem for p in paths} == {*TABLES, "losses"}
    with (tmp_path / "events.csv").open(encoding="utf-8", newline="") as file:
        header, tags, *_ = csv.reader(file)
    known = dict(zip(header, tags, strict=True))
    assert (known["killed"], known["type"], known["latitude"]) == ("#affected+killed", "#event+type", "#geo+lat")
    assert all(tag == "" or tag.startswith("#") for tag in tags)


@pytest.mark.parametrize("table", TABLES)
def test_every_tag_belongs_to_a_column(table: str) -> None:
    tags = Conventions().table("hxl")[table]
    assert set(tags) <= set(columns(table))
    for tag in tags.values():
        assert all(part.replace("_", "").isalnum() for part in tag.lstrip("#").split("+"))


# --------------------------------------------------------------------------------------------------------- PLOVER


@pytest.mark.parametrize(
    ("event", "kind", "mode"),
    [
        (said("air_strike", COALITION), "ASSAULT", "aerial"),
        (said("withdrawal", SDF), "RETREAT", "withdraw"),
        (said("withdrawal", SDF, status="expected"), "CONCEDE", ""),
        (said("offensive", SDF, status="expected"), "THREATEN", "violence"),
        (said("detention", SDF, targets=(ISLAMIC_STATE,)), "ASSAULT", "abduct"),
        (said("detention", ARMY, targets=(CIVILIANS,)), "COERCE", "arrest"),
    ],
)
def test_events_and_modes_of_plover(event: Said, kind: str, mode: str) -> None:
    row = one("plover", event)
    assert (row["event"], row["mode"]) == (kind, mode)


def test_plover_values_are_of_its_lists() -> None:
    table = Conventions().table("plover")
    sectors = set(SECTORS.split())
    for event in plover.events(Material(a_large_record(400))):
        assert event["mode"] in ("", *table["modes"][event["event"]])
        assert event["quad_code"] in (1, 2, 3, 4)
        assert {e["sector"] for e in (*event["actor"], *event["recipient"])} <= sectors
        assert event["event_scale"] is None or -10 <= event["event_scale"] <= 10


def test_plover_is_a_json_list_of_events(tmp_path: Path) -> None:
    record = a_told_record(
        said("air_strike", COALITION, figures=(num("killed", 4, 6, "civilians"),)), url="https://w.example"
    )
    write_export("plover", record, tmp_path / "p.json")
    [event] = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert event["size"] == {"dead": 4}
    assert event["event_loc"]["country_code"] == "SYR"
    assert event["cite_info"][0]["url"] == "https://w.example"


def test_a_mode_that_plover_does_not_have_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plover.toml").write_text('[events]\naid = { event = "AID", mode = "bread", context = [] }\n')
    made = Material(a_told_record(said("aid", SDF)), Help(Conventions(tmp_path)))
    with pytest.raises(DataError, match="AID/bread"):
        list(plover.events(made))
