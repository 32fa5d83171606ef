"""Who held a place over which time."""

from __future__ import annotations

from typing import Any

from onrecord.model.records import Record
from tests.reconcile.scene import Scene, name_of, record_of, scene

Stretch = tuple[str | None, str | None, str, str | None, str | None, bool]


def _capture(actor: str, day: str, *, words: str = "captured", loser: str | None = None, **fields: Any) -> Scene:
    tail = f" from {loser}" if loser else ""
    made = scene(f"{actor} {words} Ardun on {day}{tail}.", outlet=f"Paper {day}")
    made.claim(
        words, type="territory_gain", agents=[made.name(actor)], targets=[made.name(loser)] if loser else [],
        place=made.name("Ardun", "place"), when=day, **fields,
    )  # fmt: skip
    return made


def _holds(actor: str, day: str, **fields: Any) -> Scene:
    made = scene(f"Ardun is held by {actor}, seen on {day}.", published=day)
    made.claim("held", "control", "holds", agents=[made.name(actor)], place=made.name("Ardun", "place"), **fields)
    return made


def _stretches(record: Record) -> list[Stretch]:
    return [
        (name_of(record, c.place), name_of(record, c.holder), c.state, c.since, c.until, c.disputed)
        for c in sorted(record.control, key=lambda c: (c.since or "", c.state))
    ]


def test_a_capture_ends_the_hold_of_the_other_side() -> None:
    record = record_of(
        _capture("Black Banner", "2014-01"), _capture("ARDF", "2017-10-17"), _capture("ARDF", "2017-10", words="seized")
    )
    assert _stretches(record) == [
        ("Ardun", "Black Banner", "holds", "2014-01", "2017-10-17", False),
        ("Ardun", "Ardun Defence Front", "holds", "2017-10-17", None, False),
    ]


def test_who_lost_a_place_held_it_before() -> None:
    record = record_of(_capture("ARDF", "2017-10-17", loser="Black Banner"))
    assert _stretches(record)[0] == ("Ardun", "Black Banner", "holds", None, "2017-10-17", False)


def test_to_enter_a_place_is_to_contest_it() -> None:
    record = record_of(
        _capture("Black Banner", "2014-01"),
        _capture("ARDF", "2017-06-06", words="entered"),
        _capture("ARDF", "2017-10-17"),
    )
    assert _stretches(record) == [
        ("Ardun", "Black Banner", "holds", "2014-01", "2017-06-06", False),
        ("Ardun", "Black Banner", "contested", "2017-06-06", "2017-10-17", False),
        ("Ardun", "Ardun Defence Front", "holds", "2017-10-17", None, False),
    ]


def test_what_is_only_expected_changes_no_hands() -> None:
    assert _stretches(record_of(_capture("ARDF", "2017-10-20", status="expected"))) == []


def test_a_claim_of_holding_confirms_or_disputes_the_stretch_it_falls_into() -> None:
    confirmed = record_of(_capture("Black Banner", "2014-01"), _holds("Black Banner", "2015-05-01"))
    assert [s[5] for s in _stretches(confirmed)] == [False]
    assert len(confirmed.control[0].claims) == 2
    disputed = record_of(_capture("Black Banner", "2014-01"), _holds("ARDF", "2015-05-01"))
    assert [s[5] for s in _stretches(disputed)] == [True]


def _contested(day: str, *, by: str | None = None) -> Scene:
    made = scene(
        f"Parts of Ardun are held by {by}, seen on {day}." if by else f"Ardun was contested on {day}.", published=day
    )
    agents = [made.name(by)] if by else []
    made.claim("held" if by else "contested", "control", "contested", agents=agents, place=made.name("Ardun", "place"))
    return made


def test_a_place_may_be_fought_over_with_no_side_told() -> None:
    assert [s[:3] for s in _stretches(record_of(_contested("2015-05-01")))] == [("Ardun", None, "contested")]


def test_a_fight_hides_nobody_who_holds_the_place() -> None:
    record = record_of(_contested("2015-05-01", by="Black Banner"), _holds("ARDF", "2015-05-02"))
    assert {s[1:3] for s in _stretches(record)} == {("Black Banner", "contested"), ("Ardun Defence Front", "holds")}


def test_a_part_of_a_force_continues_its_hold() -> None:
    record = record_of(_capture("ARDF", "2017-10-17"), _capture("River Brigade", "2017-12-01"))
    assert [s[:5] for s in _stretches(record)] == [("Ardun", "Ardun Defence Front", "holds", "2017-10-17", None)]


def test_a_siege_is_a_stretch_of_its_own() -> None:
    made = scene("The ARDF has besieged Black Banner in Ardun.")
    made.claim(
        "besieged", type="siege", agents=[made.name("ARDF")], targets=[made.name("Black Banner")],
        place=made.name("Ardun", "place"), status="ongoing",
    )  # fmt: skip
    assert _stretches(record_of(made)) == [("Ardun", "Black Banner", "besieged", None, None, False)]


def test_a_whole_withdrawal_that_nobody_follows_ends_a_hold() -> None:
    made = scene("The ARDF left Ardun.", published="2018-03-01")
    made.claim("left", agents=[made.name("ARDF")], place=made.name("Ardun", "place"), when="2018-02-28")
    record = record_of(_capture("ARDF", "2017-10-17"), made)
    assert _stretches(record)[0][3:5] == ("2017-10-17", "2018-02-28")


def test_a_capture_known_by_its_year_gives_way_to_a_better_attested_one_of_that_year() -> None:
    record = record_of(
        _capture("Black Banner", "2014-01-14"),
        _capture("Black Banner", "2014-01", words="seized"),
        _capture("ARDF", "2014", words="took"),
        _capture("ARDF", "2017-10-17"),
    )
    assert [s[1:] for s in _stretches(record)] == [
        ("Black Banner", "holds", "2014-01-14", "2017-10-17", True),
        ("Ardun Defence Front", "holds", "2017-10-17", None, False),
    ]


def test_a_report_does_not_dispute_itself() -> None:
    made = scene("The ARDF captured Ardun; Black Banner is in control elsewhere.", published="2017-10-18")
    where = made.name("Ardun", "place")
    made.claim("captured", type="territory_gain", agents=[made.name("ARDF")], place=where, when="2017-10-17")
    made.claim("control", "control", "holds", agents=[made.name("Black Banner")], place=where)
    assert _stretches(record_of(made)) == [("Ardun", "Ardun Defence Front", "holds", "2017-10-17", None, False)]


def test_a_monitor_holds_nothing() -> None:
    assert _stretches(record_of(_holds("Vesh Monitor", "2015-05-01"))) == []


def test_of_the_steps_of_a_capture_the_best_attested_counts() -> None:
    record = record_of(
        _capture("Black Banner", "2014-01"),
        _capture("ARDF", "2017-10-14", words="took"),
        _capture("ARDF", "2017-10-17"),
        _capture("River Brigade", "2017-10-17", words="seized"),
    )
    assert [s[1:5] for s in _stretches(record)] == [
        ("Black Banner", "holds", "2014-01", "2017-10-17"),
        ("Ardun Defence Front", "holds", "2017-10-17", None),
    ]
    assert len(record.control[-1].claims) + len(record.control[0].claims) == 4


def test_a_province_is_held_by_several_and_each_is_told_once() -> None:
    scenes = []
    for outlet, actor in (("A", "ARDF"), ("B", "ARDF"), ("C", "Black Banner")):
        made = scene(f"Parts of Karsan in Veshland are held by {actor}, says {outlet}.", outlet=outlet)
        made.name("Veshland", "place")
        made.claim("held", "control", "holds", agents=[made.name(actor)], place=made.name("Karsan", "place"))
        scenes.append(made)
    record = record_of(*scenes)
    assert sorted((s[1], s[5]) for s in _stretches(record)) == [("Ardun Defence Front", False), ("Black Banner", False)]


def test_a_holding_without_a_start_ends_where_the_other_side_captures() -> None:
    record = record_of(_holds("Black Banner", "2018-10-28"), _capture("ARDF", "2018-12-14"))
    assert [s[1:] for s in _stretches(record)] == [
        ("Black Banner", "holds", None, "2018-12-14", False),
        ("Ardun Defence Front", "holds", "2018-12-14", None, False),
    ]


def test_a_state_seen_on_one_day_begins_no_holding() -> None:
    seen = _holds("Black Banner", "2018-10-28", when="2018-10-27", status="ongoing")
    assert _stretches(record_of(seen))[0][3:5] == (None, None)


def test_undated_holdings_of_one_side_are_one_stretch() -> None:
    record = record_of(_holds("Black Banner", "2018-10-28"), _holds("Black Banner", "2018-11-02"))
    assert len(record.control) == 1
    assert len(record.control[0].claims) == 2


def test_who_holds_a_place_on_the_day_of_its_capture_disputes_nothing() -> None:
    record = record_of(
        _capture("Black Banner", "2014-01"), _capture("ARDF", "2017-10-17"), _holds("ARDF", "2017-10-17")
    )
    assert [s[5] for s in _stretches(record)] == [False, False]


def test_another_report_long_after_a_capture_disputes_it() -> None:
    record = record_of(_capture("ARDF", "2017-10-17"), _holds("Black Banner", "2018-02-01"))
    assert [s[1:] for s in _stretches(record)] == [("Ardun Defence Front", "holds", "2017-10-17", None, True)]


def test_a_report_of_a_capture_is_not_disputed_by_an_unnamed_voice_in_it() -> None:
    made = scene("The ARDF captured Ardun; observers said Black Banner is in control.", published="2017-10-18")
    where = made.name("Ardun", "place")
    told = made.says("Black Banner is in control", None, speaker_text="observers")
    made.claim("captured", type="territory_gain", agents=[made.name("ARDF")], place=where, when="2017-10-17")
    made.claim("control", "control", "holds", agents=[made.name("Black Banner")], place=where, statement=told)
    assert [s[5] for s in _stretches(record_of(made))] == [False]


def _besieged(day: str, words: str, **fields: Any) -> Scene:
    made = scene(f"The ARDF {words} Ardun, the paper of {day} said.", published=day, outlet=f"Paper {day}")
    made.claim(words, type="siege", agents=[made.name("ARDF")], place=made.name("Ardun", "place"), **fields)
    return made


def test_a_siege_ends_when_the_place_is_taken() -> None:
    record = record_of(
        _capture("Black Banner", "2014-01"),
        _besieged("2017-07-05", "surrounds", status="ongoing"),
        _besieged("2017-08-09", "has encircled", status="ongoing"),
        _capture("ARDF", "2017-10-17"),
    )
    sieges = [s for s in _stretches(record) if s[2] == "besieged"]
    assert sieges == [("Ardun", "Black Banner", "besieged", None, "2017-10-17", False)]


def test_a_siege_of_which_nothing_more_is_told_ends_with_its_last_word() -> None:
    last = scene("Rain fell in Belis.", published="2018-05-01")
    record = record_of(_besieged("2017-07-05", "surrounds", status="ongoing"), last)
    assert _stretches(record)[0][2:5] == ("besieged", None, "2017-07-05")


def test_a_fight_of_which_nothing_more_is_told_ends_with_its_last_word() -> None:
    last = scene("Rain fell in Belis.", published="2018-05-01")
    record = record_of(_capture("ARDF", "2017-06-06", words="entered"), last)
    assert _stretches(record)[0][2:5] == ("contested", "2017-06-06", "2017-06-06")


def test_two_reports_that_see_another_side_tell_of_a_change_of_hands() -> None:
    before = [_holds("Black Banner", f"2017-10-0{day}") for day in (1, 3)]
    after = [_holds("ARDF", f"2017-10-{day}") for day in (12, 20)]
    assert _stretches(record_of(*before, *after)) == [
        ("Ardun", "Black Banner", "holds", None, "2017-10-12", False),
        ("Ardun", "Ardun Defence Front", "holds", "2017-10-12", None, False),
    ]


def test_one_report_that_sees_another_side_only_disputes_the_holder() -> None:
    record = record_of(_holds("Black Banner", "2017-10-01"), _holds("ARDF", "2017-10-12"))
    assert [(holder, disputed) for _, holder, _, _, _, disputed in _stretches(record)] == [("Black Banner", True)]


def test_reports_that_see_both_sides_in_turn_tell_of_no_change() -> None:
    days = [
        ("Black Banner", "2017-10-01"),
        ("ARDF", "2017-10-03"),
        ("ARDF", "2017-10-05"),
        ("Black Banner", "2017-10-07"),
    ]
    assert len(_stretches(record_of(*(_holds(*day) for day in days)))) == 1


def _quarter(actor: str, day: str) -> Scene:
    made = scene(f"{actor} captured Millgate in Ardun on {day}.", outlet="Quarter Post", published=day)
    made.claim(
        "captured", type="territory_gain", agents=[made.name(actor)], place=made.name("Millgate", "place"), when=day
    )
    made.name("Ardun", "place")
    return made


def test_a_quarter_passes_with_its_town() -> None:
    record = record_of(_quarter("Black Banner", "2017-10-01"), _capture("ARDF", "2017-10-17"))
    held = [(n, h, u) for n, h, _, _, u, _ in _stretches(record) if n == "Millgate"]
    assert held == [("Millgate", "Black Banner", "2017-10-17"), ("Millgate", "Ardun Defence Front", None)]


def test_a_quarter_taken_after_its_town_stays_with_who_took_it() -> None:
    record = record_of(_quarter("Black Banner", "2017-10-20"), _capture("ARDF", "2017-10-17"))
    held = [(n, h, u) for n, h, _, _, u, _ in _stretches(record) if n == "Millgate"]
    assert held == [("Millgate", "Black Banner", None)]
