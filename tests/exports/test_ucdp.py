from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.large import a_large_record
from onrecord.exports import ucdp
from onrecord.exports.conventions import Conventions
from onrecord.exports.material import Help, Material
from onrecord.exports.rows import write_csv
from onrecord.exports.toll import value
from onrecord.model.records import Control
from tests.exports.told import (
    ARMY,
    CIVILIANS,
    COALITION,
    HAJIN,
    ISLAMIC_STATE,
    NOWHERE,
    SDF,
    SYRIA,
    US_MILITARY,
    Said,
    a_told_record,
    material,
    said,
)

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
)


def dead(low: int | None, high: int | None, who: str | None = "people", mode: str = "event") -> Any:
    return ("killed", who, low, high, mode)


def row(*events: Said, **more: Any) -> dict[str, Any]:
    [made] = ucdp.rows(material(*events, **more))
    return made


def test_the_columns_are_the_49_of_ged(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "u.csv",
        ucdp.COLUMNS,
        ucdp.rows(material(said("air_strike", COALITION, figures=(dead(3, 3, "civilians"),)))),
    )
    assert path.read_text(encoding="utf-8").splitlines()[0] == HEADER
    frame = pandas.read_csv(path, parse_dates=["date_start"])
    assert len(frame.columns) == 49
    assert frame.loc[0, "date_start"] == pandas.Timestamp("2018-09-10")


@pytest.mark.parametrize(
    ("event", "kind", "a", "b"),
    [
        (said("armed_clash", SDF, targets=(ISLAMIC_STATE,)), 2, "SDF", "IS"),
        (said("armed_clash", SDF, targets=(ARMY,)), 1, "Government of Syria", "SDF"),
        (said("air_strike", COALITION, targets=(ISLAMIC_STATE,)), 1, "US-led coalition", "IS"),
        (said("killing", ISLAMIC_STATE, targets=(CIVILIANS,)), 3, "IS", "Civilians"),
        (said("violence_against_civilians", ARMY), 3, "Government of Syria", "Civilians"),
        (said("armed_clash", ARMY), 1, "Government of Syria", "unknown"),
    ],
)
def test_the_kind_of_violence_and_the_dyad(event: Said, kind: int, a: str, b: str) -> None:
    event.figures = (dead(3, 3),)
    made = row(event)
    assert (made["type_of_violence"], made["side_a"], made["side_b"]) == (kind, a, b)
    assert made["dyad_name"] == f"{a} - {b}"


def test_deaths_by_side_follow_the_words_and_the_dyad() -> None:
    figures = (dead(40, 40, "SDF fighters"), dead(20, 25, "civilians"), dead(7, 7, "soldiers"))
    made = row(said("armed_clash", SDF, targets=(ARMY,), figures=figures))
    assert [made[c] for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")] == [7, 40, 20, 0]
    assert [made[c] for c in ("low", "best", "high")] == [67, 67, 72]
    assert (made["gwnoa"], made["gwnob"]) == (652, None)


def test_the_holder_of_the_place_is_the_opponent_nobody_names() -> None:
    held = Control(HAJIN.id, ISLAMIC_STATE.id, "holds", "2018-01", "2018-12", None, ())
    event = said("air_strike", COALITION, figures=(dead(3, 3, "civilians"),))
    assert row(event, control=(held,))["dyad_name"] == "US-led coalition - IS"
    made = material(event)
    [alone] = ucdp.rows(made)
    assert alone["type_of_violence"] == 3
    assert ("field", "dyad") in {(loss.item, loss.what) for loss in made.losses}


def test_who_is_not_named_is_whoever_else_acted_there_that_day() -> None:
    strike = said("air_strike", COALITION, targets=(ISLAMIC_STATE,))
    deadly = said("killing", targets=(CIVILIANS,), figures=(dead(21, 21, "civilians"),))
    made = material(strike, deadly)
    [alone] = ucdp.rows(made)
    assert (alone["relid"], alone["dyad_name"], alone["deaths_civilians"]) == ("v1", "US-led coalition - IS", 21)
    assert ("field", "sides") in {(loss.item, loss.what) for loss in made.losses}
    assert not list(ucdp.rows(material(strike, said("shelling", ARMY), deadly)))
    assert not list(ucdp.rows(material(said("air_strike", COALITION, day="2018-09-11"), deadly)))


def test_numbers_of_sides_are_whole_stable_and_no_numbers_of_ucdp(tmp_path: Path) -> None:
    event = said("armed_clash", SDF, targets=(ISLAMIC_STATE,), figures=(dead(3, 3),))
    made, again = row(event), row(event, file="other.txt")
    numbers = [c for c in ucdp.COLUMNS if c.endswith(("_dset_id", "_new_id"))]
    assert len(numbers) == 8
    for name in numbers:
        assert 1_000_000_000 <= made[name] == again[name] < 2**31
    assert len({made[name] for name in numbers}) == 4
    (tmp_path / "ucdp.toml").write_text(
        '[sides]\n"IS" = 234\n"SDF" = 1\n[dyads]\n"SDF - IS" = 2\n[conflicts]\n"SDF - IS" = 3\n'
    )
    own = Material(a_told_record(event), Help(Conventions(tmp_path)))
    [known] = ucdp.rows(own)
    assert [known[c] for c in ("side_a_new_id", "side_b_new_id", "dyad_new_id", "conflict_new_id")] == [1, 234, 2, 3]
    lost = {loss.what for loss in own.losses}
    assert "UCDP's numbers of conflict, dyad and sides" not in lost


def test_a_force_abroad_is_its_government() -> None:
    made = row(said("air_strike", US_MILITARY, targets=(ISLAMIC_STATE,), figures=(dead(3, 3),)))
    assert (made["side_a"], made["gwnoa"], made["gwnob"]) == ("Government of United States of America", 2, None)


@pytest.mark.parametrize(
    ("start", "end", "precision", "clarity"),
    [
        ("2018-09-10", "2018-09-10", 1, 1),
        ("2018-09-10", "2018-09-15", 2, 2),
        ("2018-09-10", "2018-09-16", 3, 2),
        ("2018-09", "2018-09", 4, 2),
        ("2018", "2018", 5, 2),
        ("2018-08", "2018-09", 5, 2),
    ],
)
def test_date_precision(start: str, end: str, precision: int, clarity: int) -> None:
    made = row(said("air_strike", COALITION, start=start, end=end, figures=(dead(3, 3, "civilians"),)))
    assert (made["date_prec"], made["event_clarity"]) == (precision, clarity)


def test_place_columns() -> None:
    made = row(said("air_strike", COALITION, figures=(dead(3, 3, "civilians"),)))
    assert (made["where_prec"], made["country_id"], made["region"]) == (1, 652, "Middle East")
    assert made["geom_wkt"] == "POINT (40.831 34.695)"
    assert row(said("air_strike", COALITION, place=SYRIA, figures=(dead(3, 3, "civilians"),)))["where_prec"] == 6


def test_cells_of_priogrid() -> None:
    assert ucdp.priogrid(-180, -90) == 1
    assert ucdp.priogrid(69.17, 34.53) == 179779  # Kabul
    assert ucdp.priogrid(180, 90) == 360 * 720


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (said("air_strike", COALITION), "no deaths"),
        (said("air_strike", COALITION, figures=(dead(5, 5, mode="cumulative"),)), "no deaths"),
        (said("air_strike", COALITION, figures=(dead(5, 5),), start=None), "undated"),
        (said("air_strike", COALITION, figures=(dead(5, 5),), place=NOWHERE), "no place"),
        (said("air_strike", figures=(dead(5, 5),)), "no actor"),
        (said("air_strike", COALITION, figures=(dead(5, 5),), status="denied"), "denied"),
    ],
)
def test_what_ged_does_not_take_is_lost(event: Said, what: str) -> None:
    made = material(event)
    assert list(ucdp.rows(made)) == []
    assert [(loss.item, loss.what) for loss in made.losses if loss.item == "event"] == [("event", what)]
    assert made.losses.amount("killed") == (5 if event.figures else 0)


def test_ids_are_whole_numbers_that_lead_back() -> None:
    made = row(said("air_strike", COALITION, figures=(dead(3, 3, "civilians"),)), url="https://wire.example/9")
    assert isinstance(made["id"], int)
    assert 0 < made["id"] < 2**53
    assert made["relid"] == "v0"
    assert "https://wire.example/9" in made["source_article"]
    assert "“There was a air_strike" in made["where_description"]


@settings(max_examples=12)
@given(seed=st.integers(0, 1000), size=st.integers(0, 80), places=st.integers(1, 9))
def test_deaths_exported_and_lost_are_those_of_the_record(seed: int, size: int, places: int) -> None:
    record = a_large_record(size, seed=seed, places=places)
    made = Material(record)
    rows: list[dict[str, Any]] = list(ucdp.rows(made))
    killed = sum(value(f) for f in record.figures if f.measure == "killed")
    assert sum(r["best"] for r in rows) + made.losses.amount("killed") == killed
    assert {str(r["relid"]) for r in rows} | made.losses.ids("event") == {e.id for e in record.events}
    for r in rows:
        assert r["deaths_a"] + r["deaths_b"] + r["deaths_civilians"] + r["deaths_unknown"] == r["best"]
        assert 0 <= r["low"] <= r["best"] <= r["high"]
        assert r["high"] >= 1
        assert (r["type_of_violence"], r["where_prec"], r["date_prec"]) in {
            (t, w, d) for t in (1, 2, 3) for w in range(1, 8) for d in range(1, 6)
        }
