"""Claims of one event are one event; claims of two are two."""

from __future__ import annotations

from typing import Any

from onrecord.model.records import Event, Marked, Record
from onrecord.model.values import Amount, When
from tests.reconcile.scene import Scene, name_of, record_of, scene


def _strike(text: str, day: str, **fields: Any) -> Scene:
    """A report of an air strike by the Northern Coalition on Ardun."""
    made = scene(text, **fields)
    who = made.name("Northern Coalition")
    where = made.name("Ardun", "place")
    made.claim("bombed", type="air_strike", agents=[who], place=where, when=day)
    return made


def _one(record: Record) -> Event:
    assert len(record.events) == 1
    return record.events[0]


def test_two_outlets_on_the_same_day_and_place_are_two_sources_of_one_event() -> None:
    record = record_of(
        _strike("The Northern Coalition bombed Ardun early on Friday.", "2017-10-13"),
        _strike("Jets of the Northern Coalition bombed Ardun.", "2017-10-13", outlet="Valley Times"),
    )
    event = _one(record)
    assert (event.sources, event.grade, event.status) == (2, "fair", "happened")
    assert [c.event for c in record.claims] == [event.id, event.id]


def test_another_day_is_another_event() -> None:
    record = record_of(
        _strike("The Northern Coalition bombed Ardun early on Friday.", "2017-10-13"),
        _strike("Jets of the Northern Coalition bombed Ardun.", "2017-10-14", outlet="Valley Times"),
    )
    assert len(record.events) == 2


def test_a_month_of_strikes_is_not_the_strike_of_a_day() -> None:
    record = record_of(
        _strike("The Northern Coalition bombed Ardun early on Friday.", "2017-10-13"),
        _strike("All month the Northern Coalition bombed Ardun.", "2017-10", outlet="Valley Times"),
    )
    assert len(record.events) == 2


def test_two_mentions_in_one_report_are_one_event_of_one_source() -> None:
    made = scene("The Northern Coalition bombed Ardun on Friday. The raid on Ardun lasted an hour, the Coalition said.")
    who = made.name("Northern Coalition")
    where = made.name("Ardun", "place")
    made.claim("bombed", type="air_strike", agents=[who], place=where, when="2017-10-13")
    made.claim("raid", type="air_strike", agents=[who], place=where)
    event = _one(record_of(made))
    assert (len(event.claims), event.sources, event.grade) == (2, 1, "weak")
    assert event.when == When("2017-10-13", "2017-10-13")


def test_undated_claims_of_two_reports_are_two_events() -> None:
    one, other = scene("ARDF units shelled Ardun."), scene("Again the ARDF shelled Ardun.", outlet="Valley Times")
    for made in (one, other):
        made.claim("shelled", type="shelling", agents=[made.name("ARDF")], place=made.name("Ardun", "place"))
    assert len(record_of(one, other).events) == 2


def test_a_capture_told_by_year_is_the_capture_told_by_month() -> None:
    one = scene("Black Banner overran Ardun in January 2014.")
    other = scene("Black Banner has held Ardun since it seized the town in 2014.", outlet="Valley Times")
    for made, words, when in ((one, "overran", "2014-01"), (other, "seized", "2014")):
        made.claim(
            words,
            type="territory_gain",
            agents=[made.name("Black Banner")],
            place=made.name("Ardun", "place"),
            when=when,
        )
    event = _one(record_of(one, other))
    assert event.when == When("2014-01", "2014-01")


def test_to_capture_a_quarter_is_not_to_capture_the_town() -> None:
    made = scene("ARDF units took Millgate on Friday and captured Ardun the same day.")
    who = made.name("ARDF")
    made.claim("took", type="territory_gain", agents=[who], place=made.name("Millgate", "place"), when="2017-10-13")
    made.claim("captured", type="territory_gain", agents=[who], place=made.name("Ardun", "place"), when="2017-10-13")
    assert len(record_of(made).events) == 2


def test_a_denial_beside_an_assertion_contests_the_event() -> None:
    made = scene(
        "The Vesh monitor: talks began in Ardun on Friday. ARDF officials deny that talks took place in Ardun."
    )
    where = made.name("Ardun", "place")
    monitor, front = made.name("Vesh", "organisation", name="Vesh Monitor"), made.name("ARDF")
    told = made.says("talks began in Ardun on Friday", monitor)
    denied = made.says("talks took place in Ardun", front, stance="denies")
    common: dict[str, Any] = {"type": "negotiation", "agents": [front], "place": where, "when": "2017-10-13"}
    made.claim("talks", statement=told, **common)
    made.claim("talks", statement=denied, status="denied", nth=1, **common)
    event = _one(record_of(made))
    assert (event.status, event.grade, event.sources) == ("happened", "contested", 1)
    assert [d.field for d in event.disputes] == ["status"]
    assert {p.value: len(p.claims) for p in event.disputes[0].values} == {"happened": 1, "denied": 1}


def test_what_is_expected_stands_alone_without_its_day() -> None:
    made = scene("The ARDF captured Ardun on Friday. It hopes to capture Ardun for good.")
    who, where = made.name("ARDF"), made.name("Ardun", "place")
    made.claim("captured", type="territory_gain", agents=[who], place=where, when="2017-10-13")
    made.claim("capture", type="territory_gain", agents=[who], place=where, status="expected", nth=1)
    assert sorted(e.status for e in record_of(made).events) == ["expected", "happened"]


def test_one_speaker_quoted_by_two_outlets_is_one_source() -> None:
    scenes = []
    for outlet, text in (
        ("Example Post", "The ARDF captured Belis, said Karim Dasho."),
        ("Valley Times", "Karim Dasho: the ARDF captured Belis."),
    ):
        made = scene(text, outlet=outlet)
        told = made.says("ARDF captured Belis", made.name("Karim Dasho", "person"), organisation=made.name("ARDF"))
        made.claim(
            "captured", type="territory_gain", agents=[made.name("ARDF")], place=made.name("Belis", "place"),
            when="2017-10-13", statement=told,
        )  # fmt: skip
        scenes.append(made)
    event = _one(record_of(*scenes))
    assert (event.sources, event.grade) == (1, "weak")


def test_the_acting_side_and_another_source_confirm_an_event() -> None:
    one = scene("The ARDF says it captured Belis.")
    told = one.says("captured Belis", one.name("ARDF"))
    one.claim(
        "captured", type="territory_gain", agents=[one.name("it", name="ARDF", form="pronoun")],
        place=one.name("Belis", "place"), when="2017-10-13", statement=told,
    )  # fmt: skip
    other = scene("Belis was captured by the ARDF, residents saw.", outlet="Valley Times")
    other.claim(
        "captured",
        type="territory_gain",
        agents=[other.name("ARDF")],
        place=other.name("Belis", "place"),
        when="2017-10-13",
    )
    assert _one(record_of(one, other)).grade == "confirmed"


def test_only_the_word_of_the_acting_side_confirms() -> None:
    scenes = []
    for outlet in ("Example Post", "Valley Times", "Hill Courier"):
        made = scene(f"Belis was captured by the ARDF, the {outlet} saw.", outlet=outlet)
        made.claim(
            "captured", type="territory_gain", agents=[made.name("ARDF")], place=made.name("Belis", "place"),
            when="2017-10-13",
        )  # fmt: skip
        scenes.append(made)
    event = _one(record_of(*scenes))
    assert (event.sources, event.grade) == (3, "fair")


def test_accounts_that_name_different_attackers_are_in_dispute() -> None:
    scenes = []
    for outlet, actor in (("Example Post", "Northern Coalition"), ("Valley Times", "Black Banner")):
        made = scene(f"The mill of Ardun was shelled by the {actor}.", outlet=outlet)
        made.claim(
            "shelled", type="shelling", agents=[made.name(actor)], targets=[made.name("mill", "facility")],
            place=made.name("Ardun", "place"), when="2017-10-13",
        )  # fmt: skip
        scenes.append(made)
    event = _one(record_of(*scenes))
    assert event.grade == "contested"
    assert [(d.field, sorted(p.value for p in d.values)) for d in event.disputes] == [
        ("agents", ["Black Banner", "Northern Coalition"])
    ]


def test_days_that_differ_for_one_capture_are_in_dispute() -> None:
    scenes = []
    for outlet, day in (("Example Post", "2017-10-13"), ("Valley Times", "2017-10-14")):
        made = scene(f"Belis was captured by the ARDF on the {day[-2:]}th.", outlet=outlet)
        made.claim(
            "captured", type="territory_gain", agents=[made.name("ARDF")], place=made.name("Belis", "place"), when=day
        )
        scenes.append(made)
    event = _one(record_of(*scenes))
    assert [d.field for d in event.disputes] == ["when"]


def test_two_numbers_of_dead_by_one_source_are_two_events() -> None:
    made = scene("Shells killed 3 in Ardun; a mine killed 9 in Ardun.")
    where = made.name("Ardun", "place")
    for nth, number in ((0, "3"), (1, "9")):
        killed = made.claim("killed", type="killing", place=where, when="2017-10-13", nth=nth)
        made.figure(number, "killed", float(number), float(number), about=killed, who="people")
    record = record_of(made)
    assert sorted(e.type for e in record.events) == ["killing", "killing"]
    assert sorted(f.best or 0 for f in record.figures) == [3, 9]


def test_an_event_keeps_the_names_of_those_who_act() -> None:
    record = record_of(_strike("The Northern Coalition bombed Ardun early on Friday.", "2017-10-13"))
    event = _one(record)
    assert [name_of(record, a) for a in event.agents] == ["Northern Coalition"]
    assert name_of(record, event.place) == "Ardun"


def test_two_reports_that_credit_one_agency_are_one_source() -> None:
    record = record_of(
        _strike("The Northern Coalition bombed Ardun early on Friday.", "2017-10-13", agency="Vesh Wire"),
        _strike("Coalition jets: Northern Coalition bombed Ardun.", "2017-10-13", outlet="Other", agency="VESH WIRE"),
    )
    assert _one(record).sources == 1


def test_the_own_words_of_a_report_that_names_its_source_are_no_second_source() -> None:
    made = scene("Belis fell to the ARDF on Friday. The Vesh Monitor said the ARDF captured Belis.")
    who, where = made.name("ARDF"), made.name("Belis", "place")
    told = made.says("the ARDF captured Belis", made.name("Vesh Monitor", "organisation"))
    made.claim("fell", type="territory_gain", agents=[who], place=where, when="2017-10-13")
    made.claim("captured", type="territory_gain", agents=[who], place=where, when="2017-10-13", statement=told)
    assert _one(record_of(made)).sources == 1


def test_nobody_bears_out_what_is_only_expected() -> None:
    scenes = []
    for outlet in ("Example Post", "Valley Times", "Third Paper"):
        made = scene(f"The ARDF will enter Belis on Monday, writes the {outlet}.", outlet=outlet)
        made.claim(
            "enter", type="territory_gain", agents=[made.name("ARDF")], place=made.name("Belis", "place"),
            when="2017-10-16", status="expected",
        )  # fmt: skip
        scenes.append(made)
    event = _one(record_of(*scenes))
    assert (event.status, event.sources, event.grade) == ("expected", 3, "weak")


def test_the_undated_news_of_a_report_is_not_what_lies_years_back() -> None:
    made = scene("Front drives Banner out of Belis. Belis was seized in 2014. It was captured on Friday.")
    where = made.name("Belis", "place")
    front, banner = made.name("Front", name="ARDF", form="nominal"), made.name("Banner", name="Black Banner")
    made.claim("drives", type="territory_gain", agents=[front], targets=[banner], place=where)
    made.claim("seized", type="territory_gain", targets=[banner], place=where, when="2014")
    made.claim("captured", type="territory_gain", targets=[banner], place=where, when="2017-10-13")
    assert sorted(len(e.claims) for e in record_of(made).events) == [1, 2]


def test_a_headline_without_place_or_actor_is_not_enough() -> None:
    title = "Town falls"
    made = scene(f"{title}\n\nThe Northern Coalition seized Ardun on Friday.", marked=(Marked(0, len(title), "title"),))
    where = made.name("Ardun", "place")
    made.claim("falls", type="territory_gain")
    made.claim(
        "seized", type="territory_gain", agents=[made.name("Northern Coalition")], place=where, when="2017-10-13"
    )
    assert len(record_of(made).events) == 2


def test_a_headline_says_its_lead_again() -> None:
    title = "Ardun falls"
    made = scene(f"{title}\n\nThe Northern Coalition seized Ardun on Friday.", marked=(Marked(0, len(title), "title"),))
    here, there = made.name("Ardun", "place"), made.name("Ardun", "place", nth=1)
    made.claim("falls", type="territory_gain", place=here)
    made.claim(
        "seized", type="territory_gain", agents=[made.name("Northern Coalition")], place=there, when="2017-10-13"
    )
    assert len(_one(record_of(made)).claims) == 2


def test_what_stands_far_below_a_headline_may_be_another_event() -> None:
    title = "Ardun falls"
    gap = "The weather was fine. " * 30
    made = scene(
        f"{title}\n\n{gap}The Northern Coalition seized Ardun on Friday.", marked=(Marked(0, len(title), "title"),)
    )
    here, there = made.name("Ardun", "place"), made.name("Ardun", "place", nth=1)
    made.claim("falls", type="territory_gain", place=here)
    made.claim(
        "seized", type="territory_gain", agents=[made.name("Northern Coalition")], place=there, when="2017-10-13"
    )
    assert len(record_of(made).events) == 2


def _deadly(text: str, day: str | None, number: int, **fields: Any) -> Scene:
    """A report of such a strike and of how many it killed."""
    made = scene(text, **fields)
    who, where = made.name("Northern Coalition"), made.name("Ardun", "place")
    made.claim("bombed", type="air_strike", agents=[who], place=where, when=day or When())
    hit = made.claim("died", type="killing", place=where, when=day or When())
    count = Amount(number, number, unit="people")
    made.claim(str(number), "figure", "killed", amount=count, about=hit, mode="event", who="people")
    return made


def test_an_equal_number_tells_of_which_strike_a_report_without_a_day_speaks() -> None:
    told = "The Northern Coalition bombed Ardun, where 17 people died."
    record = record_of(
        _deadly("The Northern Coalition bombed Ardun on Friday. 17 people died.", "2017-10-13", 17, outlet="Herald"),
        _deadly("The Northern Coalition bombed Ardun on Sunday. 9 people died.", "2017-10-15", 9, outlet="Gazette"),
        _deadly(told, None, 17, outlet="Valley Times", published="2017-10-25"),
    )
    assert sorted(len(e.claims) for e in record.events if e.type == "air_strike") == [1, 2]
    assert sorted(len(e.claims) for e in record.events if e.type == "killing") == [1, 2]


def test_spellings_in_copies_of_one_sentence_are_one_name() -> None:
    def report(town: str, **fields: Any) -> Scene:
        lines = f"The Northern Coalition bombed {town} early on Friday and cut the road to the river crossing. "
        made = scene(
            lines + "Smoke hung over the market until the evening, and nobody was seen in the streets.", **fields
        )
        made.claim("bombed", type="air_strike", place=made.name(town, "place"), when="2017-10-13")
        return made

    record = record_of(report("Bousirah", outlet="Herald"), report("Basayra", outlet="Gazette"))
    assert len({e.id for e in record.entities if e.kind == "place"}) == 1
