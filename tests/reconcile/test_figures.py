"""Accounts of one number: what is concluded, and what they differ on."""

from __future__ import annotations

from typing import Any

from onrecord.model.records import Figure, Record
from onrecord.model.values import Amount
from onrecord.reconcile.differences import in_words
from onrecord.reconcile.people import group_of, noun_phrase
from tests.reconcile.scene import Scene, record_of, scene


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
    assert group_of("foreign militants") == "foreigners+fighters"
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


def test_whom_a_figure_counts_is_a_noun_phrase() -> None:
    assert noun_phrase("civilian deaths", "killed") == "civilians"
    assert noun_phrase("dead", "killed") == noun_phrase(None, "killed") == "people"
    assert noun_phrase("of the dead", "killed") == "people"
    assert noun_phrase("wounded and sick fighters", "wounded") == "wounded and sick fighters"
    assert noun_phrase("Ardun fighters dead", "killed") == "Ardun fighters"
    assert noun_phrase("SDF fighters", "killed") == "SDF fighters"
    assert noun_phrase("vehicles", "destroyed") == "vehicles"
    assert noun_phrase(None, "territory") is None
