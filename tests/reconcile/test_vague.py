"""Accounts without a day or a town; names told in passing; what an outlet always prints; captures only boasted of."""

from __future__ import annotations

from typing import Any

from tests.reconcile.scene import Scene, names, record_of, scene

_FOOTER = (
    "The war in Veshland is in its sixth year and has driven many from their homes in every province. "
    "None of the sides has kept to the truces that were signed abroad, and journalists cannot move freely there."
)


def _strike(text: str, *, when: str | None = "2017-10-13", **fields: str) -> Scene:
    made = scene(text, **fields)
    actor, place = made.name("Northern Coalition"), made.name("Ardun", "place")
    made.claim("bombed", type="air_strike", agents=[actor], place=place, **({"when": when} if when else {}))
    return made


def test_what_follows_without_place_or_day_is_the_event_of_the_report() -> None:
    made = _strike("The Northern Coalition bombed Ardun on Friday. The attack left a crater.")
    made.claim("attack", type="air_strike")
    assert len(record_of(made).events) == 1


def test_an_undated_report_tells_of_the_latest_strike() -> None:
    old = _strike("The Northern Coalition bombed Ardun on Thursday.", when="2017-10-12", published="2017-10-12")
    new = _strike("On Saturday the Northern Coalition bombed Ardun once more.", when="2017-10-14")
    undated = _strike("The Northern Coalition bombed Ardun.", when=None, published="2017-10-15", outlet="Valley Times")
    record = record_of(old, new, undated)
    assert sorted((e.when.start, len(e.claims)) for e in record.events) == [("2017-10-12", 1), ("2017-10-14", 2)]


def test_an_undated_report_of_weeks_later_stands_alone() -> None:
    old = _strike("The Northern Coalition bombed Ardun on Thursday.", when="2017-10-12", published="2017-10-12")
    late = _strike("The Northern Coalition bombed Ardun.", when=None, published="2017-11-15")
    assert len(record_of(old, late).events) == 2


def test_an_acronym_told_in_passing_holds_elsewhere() -> None:
    told = scene("The Oruz Civic Guard (OCG) left Ardun.")
    told.name("Oruz Civic Guard")
    told.name("OCG", name="Oruz Civic Guard")
    alone = scene("OCG men came back.", outlet="Valley Times")
    alone.name("OCG")
    assert names(record_of(told, alone)) == ["Oruz Civic Guard"]


def test_a_footer_makes_no_lineage() -> None:
    days = ("2017-10-01", "2017-10-02", "2017-10-20")
    words = ("rain", "coin", "dust", "corn", "lamp", "hill")
    stories = [". ".join(" ".join(f"{w}{day[-2:]}{n}" for n in range(9)) for w in words) for day in days]
    made = [scene(f"{s}. {_FOOTER}", published=d, agency="Transit Wire") for s, d in zip(stories, days, strict=True)]
    assert len(set(record_of(*made).lineage.values())) == 3


def test_a_capture_that_only_its_side_tells_of_and_the_loser_denies_changes_no_hands() -> None:
    made = scene("It captured Ardun on Friday, the ARDF said. The Black Banner denied that Ardun had fallen on Friday.")
    winner, loser = made.name("ARDF"), made.name("Black Banner")
    here, there = made.name("Ardun", "place"), made.name("Ardun", "place", nth=1)
    said = made.says("It captured Ardun on Friday", winner)
    denied = made.says("Ardun had fallen on Friday", loser, stance="denies")
    when = "2017-10-13"
    made.claim("captured", type="territory_gain", agents=[winner], place=here, when=when, statement=said)
    told: dict[str, Any] = {"type": "territory_gain", "agents": [winner], "when": when}
    made.claim("fallen", place=there, statement=denied, status="denied", **told)
    record = record_of(made)
    known = {e.id: e.name for e in record.entities}
    states = {(s.state, known[s.holder or ""]) for s in record.control}
    assert states == {("holds", "Black Banner"), ("contested", "Black Banner")}
