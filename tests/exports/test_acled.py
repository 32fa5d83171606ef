from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pytest

from bench.large import a_large_record
from onrecord.exports import acled
from onrecord.exports.acled_actors import INTER
from onrecord.exports.conventions import Conventions
from onrecord.exports.material import Help, Material
from onrecord.exports.rows import write_csv
from onrecord.model.errors import DataError
from onrecord.model.records import Control
from tests.exports.told import (
    AMERICANS,
    ARMY,
    CIVILIANS,
    COALITION,
    GUNMEN,
    HAJIN,
    HOUSES,
    ISLAMIC_STATE,
    NOWHERE,
    RAQQA,
    RIVER,
    SDF,
    SQUARE,
    SYRIA,
    US_MILITARY,
    WOMEN,
    Said,
    a_told_record,
    material,
    said,
)

HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)


def rows(*events: Said, **more: Any) -> list[dict[str, Any]]:
    return list(acled.rows(material(*events, **more)))


def lost(*events: Said) -> list[tuple[str, str, float | None]]:
    made = material(*events)
    list(acled.rows(made))
    return [(loss.item, loss.what, loss.amount) for loss in made.losses]


def deaths(low: int | None, high: int | None, who: str | None = "people", mode: str = "event", *words: str) -> Any:
    return ("killed", who, low, high, mode, *words)


def test_the_columns_are_the_31_of_acled(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", acled.COLUMNS, acled.rows(material(said("armed_clash", SDF))))
    assert path.read_text(encoding="utf-8").splitlines()[0] == HEADER
    frame = pandas.read_csv(path)
    assert (len(frame.columns), len(frame)) == (31, 1)
    assert frame.loc[0, "event_date"] == "2018-09-10"


@pytest.mark.parametrize(
    ("event", "kind", "sub"),
    [
        (said("territory_gain", ARMY), "Battles", "Government regains territory"),
        (said("territory_gain", SDF), "Battles", "Non-state actor overtakes territory"),
        (said("air_strike", COALITION), "Explosions/Remote violence", "Air/drone strike"),
        (said("killing", ISLAMIC_STATE, targets=(CIVILIANS,)), "Violence against civilians", "Attack"),
        (said("killing", SDF, targets=(ISLAMIC_STATE,)), "Battles", "Armed clash"),
        (said("violence_against_civilians", GUNMEN, trigger="rape"), "Violence against civilians", "Sexual violence"),
        (said("evacuation", SDF), "Strategic developments", "Agreement"),
        (said("destruction", COALITION, targets=(HOUSES,)), "Strategic developments", "Looting/property destruction"),
        (said("protest", CIVILIANS), "Protests", "Peaceful protest"),
    ],
)
def test_types_follow_the_table(event: Said, kind: str, sub: str) -> None:
    [row] = rows(event)
    assert (row["event_type"], row["sub_event_type"]) == (kind, sub)


def test_actors_are_named_as_acled_names_them() -> None:
    [row] = rows(said("killing", ARMY, COALITION, targets=(WOMEN,)))
    assert row["actor1"] == "Military Forces of Syria (2000-2024)"
    assert row["assoc_actor_1"] == "Global Coalition Against Daesh"
    assert (row["actor2"], row["assoc_actor_2"]) == ("Civilians (Syria)", "Yazidi women (Syria)")
    assert (row["inter1"], row["inter2"], row["interaction"]) == (
        "State forces", "Civilians", "State forces-Civilians",
    )  # fmt: skip
    assert row["civilian_targeting"] == "Civilian targeting"


def test_who_is_not_named_is_unidentified_or_whoever_holds_the_place() -> None:
    [row] = rows(said("killing", targets=(CIVILIANS,)))
    assert (row["actor1"], row["inter1"]) == ("Unidentified Armed Group (Syria)", "Political militia")
    held = Control(HAJIN.id, ISLAMIC_STATE.id, "holds", "2018-01", "2018-12", None, ())
    [row] = rows(said("offensive", SDF), control=(held,))
    assert (row["actor2"], row["interaction"]) == ("Islamic State", "Rebel group-Rebel group")
    [row] = rows(said("air_strike", COALITION))
    assert (row["actor2"], row["interaction"]) == ("", "External/Other forces only")


@pytest.mark.parametrize(
    ("number", "fatalities"),
    [
        (deaths(14, 20), 14),
        (deaths(None, 40), 40),
        (deaths(24, None, "people", "event", "dozens of"), 12),
        (deaths(200, None, "people", "event", "hundreds of"), 100),
        (deaths(30, 30, "people", "cumulative"), 0),
        (("casualties", "people", 9, 9, "event"), 0),
        (("wounded", "people", 9, 9, "event"), 0),
    ],
)
def test_fatalities_are_the_most_cautious_number(number: Any, fatalities: int) -> None:
    made = material(said("air_strike", COALITION, figures=(number,)))
    [row] = acled.rows(made)
    assert row["fatalities"] == fatalities
    if number[0] == "killed":
        best = number[2] if number[2] is not None else number[3]
        assert made.losses.amount("killed") == best - fatalities


def test_a_number_of_everybody_holds_the_finer_ones() -> None:
    wide, fine = deaths(3250, None), deaths(1130, 1130, "civilians")
    [row] = rows(said("offensive", SDF, figures=(wide, fine)))
    assert row["fatalities"] == 3250
    [row] = rows(said("offensive", SDF, figures=(deaths(5, 5), fine, deaths(7, 7, "fighters"))))
    assert row["fatalities"] == 1137


def test_what_goes_on_over_days_has_a_row_a_day_and_shares_its_deaths_out() -> None:
    made = rows(said("armed_clash", SDF, end="2018-09-12", figures=(deaths(8, 8),)))
    assert [r["event_date"] for r in made] == ["2018-09-10", "2018-09-11", "2018-09-12"]
    assert [r["fatalities"] for r in made] == [4, 2, 2]
    assert len({r["event_id_cnty"] for r in made}) == 3


@pytest.mark.parametrize(
    ("start", "end", "day", "precision"),
    [
        ("2018-09-10", "2018-09-10", "2018-09-10", 1),
        ("2018-09-10", "2018-09-16", "2018-09-13", 2),
        ("2018-09", "2018-09", "2018-09-15", 3),
        ("2018-09-10", None, "2018-09-10", 1),
    ],
)
def test_a_rough_date_is_the_middle_with_its_precision(start: str, end: str | None, day: str, precision: int) -> None:
    [row] = rows(said("air_strike", COALITION, start=start, end=end))
    assert (row["event_date"], row["time_precision"]) == (day, precision)


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (said("air_strike", COALITION, start=None, end=None), "undated"),
        (said("air_strike", COALITION, start="2018", end="2018"), "rough date"),
        (said("air_strike", COALITION, place=None), "no place"),
        (said("air_strike", COALITION, place=NOWHERE), "rough place"),
        (said("air_strike", COALITION, place=SYRIA), "rough place"),
        (said("air_strike", COALITION, status="denied"), "denied"),
        (said("air_strike", COALITION, status="expected"), "expected"),
        (said("negotiation", SDF), "negotiation"),
        (said("air_strike"), "no actor"),
    ],
)
def test_what_acled_cannot_say_is_lost_with_its_deaths(event: Said, what: str) -> None:
    event.figures = (deaths(5, 5),) if what != "no actor" else (("wounded", "people", 5, 5, "event"),)
    found = lost(event)
    assert ("event", what, None) in found
    assert ("figure", event.figures[0][0], 5) in found


def test_violence_of_one_day_place_and_pair_is_one_row_of_the_type_that_goes_first() -> None:
    strike = said("air_strike", SDF, targets=(ISLAMIC_STATE,), figures=(deaths(3, 3),))
    clash = said("armed_clash", ISLAMIC_STATE, targets=(SDF,), figures=(deaths(2, 2),))
    other = said("armed_clash", ISLAMIC_STATE, targets=(SDF,), place=RAQQA)
    made = rows(strike, clash, other)
    assert [(r["location"], r["event_type"], r["fatalities"]) for r in made] == [
        ("Hajin", "Battles", 5), ("Raqqa", "Battles", 0),
    ]  # fmt: skip
    assert "onrecord_id=v1, v0;" in made[0]["tags"]
    assert ("field", "row of its own", None) in lost(strike, clash, other)


def sides(row: dict[str, Any]) -> tuple[str, str]:
    return row["actor1"], row["actor2"]


def test_an_act_of_nobody_belongs_to_the_only_row_that_tells_who_acted() -> None:
    strike = said("air_strike", COALITION, targets=(ISLAMIC_STATE,))
    deadly = said("killing", targets=(CIVILIANS,), figures=(deaths(21, 21, "civilians"),))
    [row] = rows(strike, deadly)
    assert (row["sub_event_type"], row["fatalities"]) == ("Air/drone strike", 21)
    assert (*sides(row), row["assoc_actor_2"]) == (
        "Global Coalition Against Daesh", "Islamic State", "Civilians (Syria)",
    )  # fmt: skip
    assert row["civilian_targeting"] == ""
    other = said("armed_clash", SDF, targets=(ISLAMIC_STATE,))
    assert len(rows(strike, other, deadly)) == 3  # it may belong to either
    assert len(rows(strike, said("killing", targets=(CIVILIANS,), place=RAQQA))) == 2


def test_a_battle_with_nobody_belongs_to_the_one_with_somebody() -> None:
    [row] = rows(said("offensive", SDF), said("armed_clash", ISLAMIC_STATE, targets=(SDF,)))
    assert (row["event_type"], {*sides(row)}) == ("Battles", {"QSD: Syrian Democratic Forces", "Islamic State"})
    assert len(rows(said("offensive", SDF), said("killing", SDF, targets=(CIVILIANS,)))) == 2


def test_two_sides_of_whom_some_were_killed_fought_one_another() -> None:
    [row] = rows(said("killing", targets=(SDF, ISLAMIC_STATE)))
    assert (row["event_type"], *sides(row)) == ("Battles", "QSD: Syrian Democratic Forces", "Islamic State")


def test_civilians_are_no_party_to_a_battle() -> None:
    [row] = rows(said("armed_clash", SDF, targets=(ISLAMIC_STATE,), figures=(deaths(3, 3, "fighters"),)))
    assert row["assoc_actor_2"] == ""
    [row] = rows(said("territory_gain", SDF, targets=(ISLAMIC_STATE, CIVILIANS)))
    assert (row["event_type"], row["assoc_actor_2"], row["civilian_targeting"]) == ("Battles", "", "")


def test_an_agreement_has_its_parties_in_one_row() -> None:
    [row] = rows(said("agreement", SDF), said("agreement", ISLAMIC_STATE))
    assert sides(row) == ("QSD: Syrian Democratic Forces", "Islamic State")


def test_what_one_sentence_tells_of_a_month_is_one_row() -> None:
    record = a_told_record(
        said("bombing", ISLAMIC_STATE, targets=(CIVILIANS,), start="2018-09", end="2018-09"),
        said("killing", ISLAMIC_STATE, targets=(CIVILIANS,), start="2018-09", end="2018-09"),
    )
    assert len(list(acled.rows(Material(record)))) == 2
    first = record.claims[0].sentence
    together = replace(record, claims=tuple(replace(c, sentence=first) for c in record.claims))
    [row] = acled.rows(Material(together))
    assert row["sub_event_type"] == "Remote explosive/landmine/IED"


def test_names_of_forces_civilians_and_places() -> None:
    [row] = rows(said("air_strike", US_MILITARY, targets=(AMERICANS,), place=SQUARE))
    assert sides(row) == ("Military Forces of the United States (2017-2021)", "Civilians (United States)")
    assert (row["location"], row["inter1"]) == ("Raqqa - Naim square", "External/Other forces")


def test_a_place_without_a_country_lies_where_all_others_of_its_dispatch_do() -> None:
    river = said("territory_gain", SDF, targets=(ISLAMIC_STATE,), place=RIVER)
    made = rows(river, said("air_strike", COALITION))
    assert [(r["location"], r["country"]) for r in made] == [("Euphrates", "Syria"), ("Hajin", "Syria")]
    assert lost(river)[0][:2] == ("event", "no country")


def test_provinces_have_their_names_alone() -> None:
    aid = Help(divisions=lambda _: ("Raqqa Governorate", "North Kivu"))
    [row] = acled.rows(Material(a_told_record(said("air_strike", COALITION)), aid))
    assert (row["admin1"], row["admin2"]) == ("Raqqa", "North Kivu")


def test_each_row_leads_back_to_its_sources() -> None:
    [row] = rows(said("air_strike", COALITION, figures=(deaths(3, 4, "civilians"),)), url="https://wire.example/1")
    assert row["notes"].startswith("On 10 September 2018, US-led coalition carried out an air strike in Hajin.")
    assert "Killed: 3 to 4 civilians." in row["notes"]
    assert "“There was a air_strike number 0" in row["notes"]
    assert row["tags"] == "onrecord_id=v0; grade=fair; dispatches=https://wire.example/1"
    assert (row["source"], row["timestamp"]) == ("Example Post", 1536710400)


def test_ids_are_stable_between_exports_and_of_the_country() -> None:
    event = said("air_strike", COALITION)
    assert rows(event)[0]["event_id_cnty"] == rows(event, file="other.txt")[0]["event_id_cnty"]
    assert rows(event)[0]["event_id_cnty"].startswith("SYR")


def test_values_are_those_of_the_codebook() -> None:
    table = Conventions().table("acled")
    for row in acled.rows(Material(a_large_record(600))):
        assert row["sub_event_type"] in table["hierarchy"][row["event_type"]]
        assert row["disorder_type"] in {
            "Political violence", "Demonstrations", "Strategic developments", "Political violence; Demonstrations",
        }  # fmt: skip
        assert {row["inter1"], row["inter2"]} <= {*INTER, ""}
        assert (row["time_precision"], row["geo_precision"]) in {(t, g) for t in (1, 2, 3) for g in (1, 2, 3)}
        assert isinstance(row["fatalities"], int)
        assert row["fatalities"] >= 0


def test_a_users_table_changes_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "acled.toml").write_text('[events]\nsiege = { sub = "Armed clash" }\n', encoding="utf-8")
    aid = Help(Conventions(tmp_path))
    [siege, strike] = acled.rows(Material(a_told_record(said("siege", SDF), said("air_strike", COALITION)), aid))
    assert {siege["event_type"], strike["event_type"]} == {"Battles", "Explosions/Remote violence"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[events]\nsiege = { sub = "Blockade" }\n', "'Blockade'"),
        ("[evnts]\n", "no heading 'evnts'"),
        ("[events\n", "not valid TOML"),
        ('events = "all"\n', "in the way that our own table"),
    ],
)
def test_a_mistake_in_a_users_table_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "acled.toml").write_text(text, encoding="utf-8")
    made = Material(a_told_record(said("siege", SDF)), Help(Conventions(tmp_path)))
    with pytest.raises(DataError, match=message):
        list(acled.rows(made))
