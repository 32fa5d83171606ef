"""Accounts of one number: what is concluded, and what they differ on."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model.records import Figure, Record
from onrecord.model.values import Amount
from onrecord.reconcile.differences import in_words
from onrecord.reconcile.people import group_of, is_part, noun_phrase
from tests.reconcile.scene import Scene, name_of, record_of, scene


def _one(record: Record) -> Figure:
    assert len(record.figures) == 1
    return record.figures[0]


def _toll(number: int, source: str | None, day: str, **fields: Any) -> Scene:
    """A total of people killed in Ardun, as of a day."""
    made = scene(f"{source or 'So far'}: {number} people have been killed in Ardun.", **({"published": day} | fields))
    told = made.says(f"{number} people have been killed", made.name(source, "organisation")) if source else None
    made.figure(
        str(number), "killed", number, number, place=made.name("Ardun", "place"), who="people", mode="cumulative",
        as_of=day, statement=told,
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("monitors-first", (44, 44, 44)), ("acled", (30, 30, 30)), ("ucdp", (30, 44, 52)), ("widest", (30, 30, 52))],
)
def test_a_monitor_goes_before_the_press_and_the_press_before_a_party(rule: Any, expected: tuple[int, ...]) -> None:
    day = "2017-10-15"
    told = (_toll(30, "ARDF", day), _toll(44, "Vesh Monitor", day), _toll(52, None, day, outlet="Valley Times"))
    figure = _one(record_of(*told, rule=rule))
    assert (figure.low, figure.best, figure.high) == expected


def test_two_counts_of_one_report_far_apart_are_two_figures() -> None:
    made = scene("Up to 3,250 people died in Ardun, the ARDF said. Eight people died there, Lena Orsi said.")
    where = made.name("Ardun", "place")
    died = made.claim("died", type="killing", place=where)
    army = made.says("3,250 people died in Ardun", made.name("ARDF"))
    other = made.says("Eight people died there", made.name("Lena Orsi", "person"))
    made.figure("3,250", "killed", 3250, 3250, place=where, who="people", about=died, statement=army)
    made.figure("Eight", "killed", 8, 8, place=where, who="people", about=died, statement=other)
    assert len(record_of(made).figures) == 2


def test_one_number_with_two_meanings_is_one_figure_in_dispute_on_whom_it_counts() -> None:
    made = scene("Karim Dasho, ARDF: 275 fighters left Ardun. Lena Orsi: the 275 were fighters and their families.")
    where = made.name("Ardun", "place")
    one = made.says("275 fighters left Ardun", made.name("Karim Dasho", "person"), organisation=made.name("ARDF"))
    other = made.says("the 275 were fighters and their families", made.name("Lena Orsi", "person"))
    left = made.claim("left", place=where, when="2017-10-15", statement=one)
    common: dict[str, Any] = {"place": where, "as_of": "2017-10-15"}
    made.figure("275", "evacuated", 275, 275, who="fighters", about=left, statement=one, **common)
    made.figure("275", "evacuated", 275, 275, who="fighters and their families", statement=other, nth=1, **common)
    figure = _one(record_of(made))
    assert (figure.low, figure.best, figure.high, figure.sources) == (275, 275, 275, 2)
    assert [d.field for d in figure.disputes] == ["who"]
    assert {p.value for p in figure.disputes[0].values} == {"fighters", "fighters and their families"}


def test_a_part_is_never_put_with_its_whole() -> None:
    made = scene("In Ardun 3,250 people were killed, 1,130 civilians among them.")
    where = made.name("Ardun", "place")
    whole = made.figure("3,250", "killed", 3250, None, who="people", place=where, mode="cumulative", as_of="2017-10-17")
    made.figure(
        "1,130", "killed", 1130, 1130, who="people", place=where, mode="cumulative", as_of="2017-10-17", part_of=whole
    )
    record = record_of(made)
    assert sorted(f.best or 0 for f in record.figures) == [1130, 3250]


def test_a_later_running_total_supersedes_an_older_one() -> None:
    figure = _one(
        record_of(
            _toll(900, "Vesh Monitor", "2017-08-01"),
            _toll(1200, "Northern Coalition", "2017-10-17", outlet="Valley Times"),
        )
    )
    assert (figure.low, figure.best, figure.high, figure.as_of) == (1200, 1200, 1200, "2017-10-17")
    assert figure.disputes == ()  # a total that has grown contradicts nothing


def test_a_source_that_gives_another_number_later_has_corrected_itself() -> None:
    figure = _one(record_of(_toll(900, "Vesh Monitor", "2017-10-16"), _toll(870, "Vesh Monitor", "2017-10-17")))
    assert (figure.best, figure.sources) == (870, 1)
    assert figure.disputes[0].why == "The source corrected its number later."


def test_a_party_against_a_monitor() -> None:
    figure = _one(record_of(_toll(900, "Vesh Monitor", "2017-10-17"), _toll(400, "ARDF", "2017-10-17", outlet="Other")))
    assert (figure.low, figure.high, figure.sources) == (400, 900, 2)
    assert "party to the conflict" in figure.disputes[0].why


def test_a_rough_number_does_not_contradict_an_exact_one() -> None:
    one = scene("Some 60 or more people were killed in Ardun on Friday.")
    other = scene("On Friday 63 people were killed in Ardun.", outlet="Valley Times")
    for made, words, low, high in ((one, "60 or more", 60, None), (other, "63", 63, 63)):
        where = made.name("Ardun", "place")
        killed = made.claim("killed", type="killing", place=where, when="2017-10-13")
        made.figure(words, "killed", low, high, who="people", place=where, about=killed, as_of="2017-10-13")
    record = record_of(one, other)
    figure = _one(record)
    assert (figure.low, figure.high, figure.sources, figure.disputes) == (63, 63, 2, ())
    assert record.events[0].figures == (figure.id,)
    assert record.events[0].disputes == ()


def test_the_rule_decides_the_best_number() -> None:
    scenes = [_toll(900, "Vesh Monitor", "2017-10-17"), _toll(400, "ARDF", "2017-10-17", outlet="Other")]
    assert _one(record_of(*scenes, rule="lowest")).best == 400
    assert _one(record_of(*scenes, rule="lowest")).rule == "lowest"


def test_numbers_of_two_sides_are_two_figures() -> None:
    made = scene("Near Ardun 30 ARDF fighters and 30 Black Banner fighters were present. Later 31 ARDF fighters were.")
    where = made.name("Ardun", "place")
    common: dict[str, Any] = {"place": where, "mode": "current", "as_of": "2017-10-15"}
    made.figure("30", "present", 30, 30, who="ARDF fighters", **common)
    made.figure("30", "present", 30, 30, who="Black Banner fighters", nth=1, **common)
    assert len(record_of(made).figures) == 2


def test_the_strength_of_another_month_is_another_figure() -> None:
    scenes = []
    for day in ("2017-08-01", "2017-10-15"):
        made = scene(f"On {day} there were 300 fighters in Ardun.", published=day)
        where = made.name("Ardun", "place")
        made.figure("300", "present", 300, 300, who="fighters", place=where, mode="current", as_of=day)
        scenes.append(made)
    assert len(record_of(*scenes).figures) == 2


def test_groups_and_amounts_in_words() -> None:
    assert group_of("Syrian fighters and their family members") == "families+fighters"
    assert group_of("foreign militants") == "fighters&foreigners"
    assert group_of("foreign fighters and their wives") == "fighters&foreigners+women"
    assert group_of("women and children") == "children+women"
    assert group_of("wounded people, most of them civilians") == "civilians"
    assert group_of("IS militants") == "fighters"
    assert group_of(None) == group_of("dead") == ""
    assert group_of("SDF soldiers") == group_of("jihadists") == "fighters"
    assert group_of("armoured lorries") == "lorries"
    assert in_words(Amount(275, 275)) == "275"
    assert in_words(Amount(350, 350, approx=True)) == "about 350"
    assert in_words(Amount(3250, None)) == "at least 3,250"
    assert in_words(Amount(None, 400)) == "up to 400"
    assert in_words(Amount(200, 300)) == "200 to 300"
    assert in_words(Amount(3_500_000, 3_500_000)) == "3,500,000"
    assert in_words(Amount(90, 90, approx=True, unit="%")) == "about 90 %"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("foreign fighters", "fighters"),
        ("fighters", "fighters and their families"),
        ("foreign fighters", "fighters and civilians"),
        ("civilians", "people"),
        ("children", "civilians"),
        ("boys and girls", "residents"),
        ("captured soldiers", "men"),
    ],
)
def test_some_sorts_of_people_are_part_of_others(part: str, whole: str) -> None:
    assert is_part(group_of(part), group_of(whole))
    assert not is_part(group_of(whole), group_of(part))


@pytest.mark.parametrize(
    ("one", "other"), [("civilians", "fighters"), ("fighters", "soldiers"), ("women", "civilians"), ("", "people")]
)
def test_others_are_not(one: str, other: str) -> None:
    assert not is_part(group_of(one), group_of(other))
    assert not is_part(group_of(other), group_of(one))


def _rivals(first: tuple[float, float, str], second: tuple[float, float, str], **fields: Any) -> Scene:
    """Two sources of one report that count those left in Ardun, or those killed there."""
    one, other = (f"{low} to {high} {who}" for low, high, who in (first, second))
    made = scene(f"Lena Orsi said that {one} were left in Ardun. Before the truce the ARDF spoke of {other} there.")
    where = made.name("Ardun", "place")
    said = (
        made.says(f"{one} were left in Ardun", made.name("Lena Orsi", "person")),
        made.says(f"{other} there", made.name("ARDF")),
    )
    for words, (low, high, who), told in zip((one, other), (first, second), said, strict=True):
        given: dict[str, Any] = {"mode": "current", "as_of": "2017-10-15"} | fields
        made.figure(words, given.pop("measure", "present"), low, high, who=who, place=where, statement=told, **given)
    return made


def test_some_of_the_people_counted_by_one_and_all_by_another_are_one_question() -> None:
    figure = _one(record_of(_rivals((200, 300, "foreign fighters"), (300, 400, "fighters"))))
    [dispute] = figure.disputes
    assert (figure.low, figure.high, figure.who, figure.sources) == (200, 400, "fighters", 2)
    assert (dispute.field, [p.value for p in dispute.values]) == ("amount", ["200 to 300", "300 to 400"])
    reasons = "they count different groups of people and speak of different moments"
    assert dispute.why == f"Different sources give different numbers: {reasons}."


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((40, 60, "civilians"), (30, 50, "people"), 1),  # some are more than all: both cannot be right
        ((20, 25, "children"), (20, 22, "civilians"), 1),
        ((40, 60, "civilians"), (100, 120, "people"), 2),  # a part of the whole, which contradicts nothing
        ((40, 60, "fighters"), (50, 70, "civilians"), 2),
    ],
)
def test_a_part_that_is_smaller_than_its_whole_disputes_nothing(
    first: tuple[float, float, str], second: tuple[float, float, str], count: int
) -> None:
    figures = record_of(_rivals(first, second, measure="killed", mode="event")).figures
    assert len(figures) == count
    assert all(f.disputes for f in figures) == (count == 1)


def test_one_source_that_counts_some_and_all_gives_two_figures() -> None:
    made = scene("Lena Orsi: 300 foreign fighters are left in Ardun. She put the fighters there at 300 to 400.")
    where, who = made.name("Ardun", "place"), made.name("Lena Orsi", "person")
    one = made.says("300 foreign fighters are left in Ardun", who)
    other = made.says("fighters there at 300 to 400", who)
    made.figure("300", "present", 300, 300, who="foreign fighters", place=where, mode="current", statement=one)
    made.figure("300 to 400", "present", 300, 400, who="fighters", place=where, mode="current", statement=other)
    assert len(record_of(made).figures) == 2


def test_amounts_that_meet_at_an_end_only_differ_unless_one_bears_the_other_out() -> None:
    def fields(first: tuple[float, float], second: tuple[float, float]) -> list[str]:
        return [d.field for d in _one(record_of(_rivals((*first, "fighters"), (*second, "fighters")))).disputes]

    assert fields((200, 300), (300, 400)) == ["amount"]
    assert fields((200, 300), (250, 400)) == []
    assert fields((300, 300), (300, 400)) == []


def test_whom_a_figure_counts_is_a_noun_phrase() -> None:
    assert noun_phrase("civilian deaths", "killed") == "civilians"
    assert noun_phrase("dead", "killed") == noun_phrase(None, "killed") == "people"
    assert noun_phrase("of the dead", "killed") == "people"
    assert noun_phrase("wounded and sick fighters", "wounded") == "wounded and sick fighters"
    assert noun_phrase("Ardun fighters dead", "killed") == "Ardun fighters"
    assert noun_phrase("SDF fighters", "killed") == "SDF fighters"
    assert noun_phrase("vehicles", "destroyed") == "vehicles"
    assert noun_phrase(None, "territory") is None


def test_at_least_two_bounds_that_both_may_hold_are_no_dispute() -> None:
    made = scene("More than 3,000 dead in Ardun. The monitor counts at least 3,250 people killed in Ardun.")
    where = made.name("Ardun", "place")
    common: dict[str, Any] = {"place": where, "as_of": "2017-10-15"}
    made.figure("3,000", "killed", 3000, None, who="dead", **common)
    made.figure("3,250", "killed", 3250, None, who="people", **common)
    figure = _one(record_of(made))
    assert (figure.low, figure.best, figure.high, figure.who, figure.disputes) == (3250, 3250, None, "people", ())


def test_a_number_raised_and_the_answer_of_the_other_side_are_one_figure_in_dispute() -> None:
    made = scene(
        "The Vesh Monitor said 72 ARDF fighters had died in Ardun. It later raised the number to 92. "
        "The ARDF put its dead at no more than 40."
    )
    where, monitor, side = made.name("Ardun", "place"), made.name("Vesh Monitor", "organisation"), made.name("ARDF")
    first = made.says("72 ARDF fighters had died", monitor)
    again = made.says("raised the number to 92", monitor)
    answer = made.says("its dead at no more than 40", made.name("ARDF", nth=1), speaker_text="ARDF")
    made.figure("72", "killed", 72, 72, who="ARDF fighters", place=where, as_of="2017-10-15", statement=first)
    made.figure("92", "killed", 92, 92, as_of="2017-10-15", statement=again)
    made.figure("40", "killed", None, 40, as_of="2017-10-15", statement=answer)
    assert side
    figure = _one(record_of(made))
    dispute = figure.disputes[0]
    assert (figure.who, figure.low, figure.high, figure.sources) == ("ARDF fighters", None, 92, 2)
    assert (dispute.field, [p.value for p in dispute.values]) == ("amount", ["up to 40", "72", "92"])
    assert dispute.why.startswith("A party to the conflict and an outside observer give different numbers")
    assert dispute.why.endswith("and one of them corrected its own later.")


def test_what_a_party_admits_and_what_others_count_is_one_figure_of_one_event() -> None:
    made = scene(
        "More than 1,600 civilians were killed by the Northern Coalition in Ardun, a paper found after two years. "
        "Nothing else was in doubt, and for long months nobody asked. The Northern Coalition has admitted 159 "
        "civilian deaths in Ardun."
    )
    where, side = made.name("Ardun", "place"), made.name("Northern Coalition", "group", nth=1)
    admitted = made.says("159 civilian deaths in Ardun", side)
    killed = made.claim("killed", type="killing", agents=[side], place=where, when="2017")
    made.claim("deaths", type="killing", agents=[side], place=where, statement=admitted)
    common: dict[str, Any] = {"place": where}
    made.figure("More than 1,600", "killed", 1600, None, who="civilians", about=killed, as_of="2017", **common)
    made.figure("159", "killed", 159, 159, who="civilian deaths", as_of="2017-10-15", statement=admitted, **common)
    figure = _one(record_of(made))
    assert (figure.low, figure.high, figure.who, figure.sources) == (159, None, "civilians", 2)
    assert [p.value for p in figure.disputes[0].values] == ["159", "at least 1,600"]
    assert figure.disputes[0].why == "A party to the conflict and an outside observer give different numbers."


def _left(number: int, day: str, source: str, **fields: Any) -> Scene:
    made = scene(f"{source}: {number} people left Ardun in all.", published=day, outlet=f"Paper {day}")
    told = made.says(f"{number} people left Ardun", made.name(source, "organisation"))
    made.figure(
        str(number), "displaced", number, number, who="people", place=made.name("Ardun", "place"), as_of=day,
        statement=told, **fields,
    )  # fmt: skip
    return made


def test_a_number_quoted_again_joins_its_first_report_and_the_correction() -> None:
    again = scene(
        "A paper wrote that 60,000 people left Ardun. The ARDF revised that to 66,000.", published="2017-10-18"
    )
    where = again.name("Ardun", "place")
    told = again.says("revised that to 66,000", again.name("ARDF"))
    again.figure("60,000", "displaced", 60000, 60000, who="people", place=where, as_of="2017-10-18")
    again.figure("66,000", "displaced", 66000, 66000, place=where, as_of="2017-10-18", statement=told)
    figure = _one(record_of(_left(60000, "2017-10-16", "ARDF"), again))
    assert [p.value for p in figure.disputes[0].values] == ["60,000", "66,000"]
    assert "corrected its own later" in figure.disputes[0].why


def test_equal_numbers_of_those_who_left_and_those_who_were_moved_out_are_one_count() -> None:
    made = scene("Ardun: 275 fighters withdrew. Later Lena Orsi said that 275 fighters left.")
    where = made.name("Ardun", "place")
    made.figure("275", "evacuated", 275, 275, who="fighters", place=where, as_of="2017-10-15")
    made.figure("275", "present", 275, 275, who="fighters", nth=1, mode="current", as_of="2017-10-15")
    figure = _one(record_of(made))
    assert (figure.measure, figure.best, figure.disputes) == ("evacuated", 275, ())


def test_figures_of_two_events_in_one_report_stay_two() -> None:
    made = scene("In Ardun 15 fighters were killed on Monday. In Belis 11 fighters were killed on Monday.")
    for words, town in (("15", "Ardun"), ("11", "Belis")):
        made.figure(
            words, "killed", int(words), int(words), who="fighters", place=made.name(town, "place"), as_of="2017-10-15"
        )
    assert len(record_of(made).figures) == 2


def test_what_the_jihadists_lost_is_not_what_the_other_side_lost() -> None:
    made = scene("In Ardun 38 jihadists died. The ARDF counts 30 ARDF fighters dead in Ardun.")
    where = made.name("Ardun", "place")
    made.name("jihadists", name="Black Banner", form="nominal")
    told = made.says("30 ARDF fighters dead", made.name("ARDF"))
    made.figure("38 jihadists", "killed", 38, 38, who="jihadists", place=where, as_of="2017-10-15")
    made.figure(
        "30 ARDF fighters", "killed", 30, 30, who="ARDF fighters", place=where, as_of="2017-10-15", statement=told
    )
    figures = record_of(made).figures
    assert sorted(f.best or 0 for f in figures) == [30, 38]


def test_a_figure_that_names_no_place_is_where_its_event_was() -> None:
    made = scene("Men of the ARDF gave up at Belis. Some 300 did so.")
    surrender = made.claim("gave up", type="surrender", agents=[made.name("ARDF")], place=made.name("Belis", "place"))
    made.figure("Some 300", "surrendered", 300, 300, about=surrender)
    made.figure("300", "detained", 300, 300)
    record = record_of(made)
    figures = {f.measure: f for f in record.figures}
    assert name_of(record, figures["surrendered"].place) == "Belis"
    assert figures["detained"].place is None
