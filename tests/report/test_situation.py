from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from onrecord.model.errors import OnrecordError
from onrecord.model.lookup import Lookup
from onrecord.model.records import Control, Entity, Event, Record
from onrecord.model.values import When
from onrecord.model.vocabulary import EVENT_TYPES, MEASURES, STATUSES
from onrecord.report.accounts import account
from onrecord.report.names import named, plural, table
from onrecord.report.parts import Section, Situation, citations
from onrecord.report.phrases import Phrases
from onrecord.report.scope import Scope, cut
from onrecord.report.situation import situation
from onrecord.report.weights import developments
from tests.factories import a_claim, a_dispatch, a_record


def section(report: Situation, title: str) -> Section:
    return next(s for s in report.sections if s.title == title)


def texts(report: Situation, title: str) -> list[str]:
    return [c.text for c in section(report, title).sentences]


def with_event(record: Record, **fields: Any) -> Record:
    """The record whose one event, and the claims of it, have these fields."""
    event = replace(record.events[0], **fields)
    shared = {k: v for k, v in fields.items() if k in ("type", "status", "agents", "targets", "when")}
    claims = tuple(replace(c, **shared) if c.kind == "event" else c for c in record.claims)
    return replace(record, events=(event,), claims=claims)


def test_every_sentence_on_a_value_leads_to_a_quotation() -> None:
    record = a_record()
    report = situation(record)
    quoted = {s.number: s.quotation for s in report.sources}
    cited = [c for s in report.sections if not s.counted for c in s.sentences] + [report.headline]
    assert len(cited) == 5
    for line in cited:
        assert citations(line, report.numbers)
        assert all(quoted[n] in {d.text for d in record.dispatches} for n in citations(line, report.numbers))
    assert {s.where for s in report.sources} == {"one.txt, characters 0–52", "two.txt, characters 0–26"}


def test_a_disputed_number_stays_a_range_with_both_sides() -> None:
    figures = texts(situation(a_record()), "Figures")
    assert figures[0] == "By 15 October 2017, between 40 and 60 rebels had left or been moved out from Ardun."
    assert figures[1].startswith("Accounts differ on the number: 40 according to Lena Okafor; about 60 according to")
    assert figures[1].endswith("One count is exact and the other rough.")


def test_both_sentences_on_a_disputed_figure_stand_in_one_item() -> None:
    assert [len(item) for item in section(situation(a_record()), "Figures").items] == [2]


@pytest.mark.parametrize("status", [s for s in STATUSES if s not in ("happened", "ongoing")])
def test_what_did_not_happen_is_named_as_such_and_kept_out_of_developments_and_counts(status: str) -> None:
    report = situation(with_event(a_record(), status=status))
    assert texts(report, "Key developments") == []
    assert "Ardun" not in {s.title for s in report.sections}
    assert section(report, "In brief").sentences == ()
    words = {
        "expected": "was planned or expected", "conditional": "was said to depend on something",
        "denied": "did not take place, according to Lena Okafor", "uncertain": "was alleged",
    }[status]  # fmt: skip
    assert texts(report, "Planned, denied or alleged")[0].startswith(
        f"A withdrawal of the Ardun Front from Ardun on 15 October 2017 {words}"
    )


def test_only_a_denial_is_told_as_one() -> None:
    denied = with_event(a_record(), status="denied")
    statements = tuple(replace(s, stance="denies") for s in denied.statements)
    ours = tuple(replace(s, organisation="e-rebels") for s in denied.statements)
    for told in (statements, ours):
        [line] = texts(situation(replace(denied, statements=told)), "Planned, denied or alleged")
        assert "was denied by Lena Okafor" in line


def test_a_place_that_was_struck_is_not_named_twice() -> None:
    record = with_event(a_record(), type="air_strike", targets=(a_record().events[0].place or "",))
    assert texts(situation(record), "Ardun")[0].count("Ardun") == 2  # the Ardun Front, and the town once


def test_a_number_that_all_call_rough_is_told_as_rough_and_without_its_article() -> None:
    record = a_record()
    figure = replace(record.figures[0], low=60, best=60, high=60, who="the rebels", disputes=())
    assert ", about 60 rebels had left" in Phrases(Lookup(record)).figure(figure).text
    exact = replace(figure, low=40, best=40, high=40)
    assert ", 40 rebels had left" in Phrases(Lookup(record)).figure(exact).text


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("sides", [("e-rebels", "e-lena"), ("e-rebels", ""), ("", "e-lena")])
def test_every_type_has_a_sentence_that_can_be_read_aloud(kind: str, sides: tuple[str, str]) -> None:
    agent, target = sides
    fields = {"agents": (agent,) if agent else (), "targets": (target,) if target else ()}
    record = with_event(a_record(), type=kind, **fields)
    lookup = Lookup(record)
    told = account(record.events[0], lookup)
    text = Phrases(lookup).event(told).text
    assert re.fullmatch(r"On 15 October 2017, [^{}()]+\.", text)
    assert "  " not in text
    assert text.count("Ardun") >= 1
    assert ("Ardun Front" in text) == bool(agent)
    assert not re.search(r"\b(?:was|is) killed\b.* (?:were|are)\b", text)
    assert "{" not in Phrases(lookup).headline(told)


@pytest.mark.parametrize("measure", [m for m in MEASURES if m not in ("attacks", "territory", "duration", "other")])
@pytest.mark.parametrize(("low", "words"), [(1, "one rebel"), (3, "three rebels"), (3250, "3,250 rebels")])
def test_every_measure_of_people_has_a_sentence_that_agrees_with_its_number(measure: str, low: int, words: str) -> None:
    record = a_record()
    figure = replace(record.figures[0], measure=measure, mode="current", low=low, high=low, disputes=())
    text = Phrases(Lookup(record)).figure(figure).text
    assert text.startswith(f"As of 15 October 2017, {words} ")
    assert " were " not in text if low == 1 else " was " not in text


def test_classes_of_the_timeline_hold_every_type_once() -> None:
    held = [kind for kinds in table()["classes"].values() for kind in kinds.split()]
    assert sorted(held) == sorted(EVENT_TYPES)


@pytest.mark.parametrize(
    ("kind", "name", "said", "many"),
    [
        ("group", "Ardun Defence Forces", "the Ardun Defence Forces", True),
        ("group", "Velian army", "the Velian army", False),
        ("group", "Velian-backed rebels", "Velian-backed rebels", True),
        ("group", "Northern Bloc", "Northern Bloc", False),
        ("group", "VDF", "the VDF", False),
        ("organisation", "United Nations", "the United Nations", False),
        ("person", "resident", "a resident", False),
        ("person", "VDF official", "a VDF official", False),
        ("population", "people", "people", True),
        ("facility", "hospital (Ardun)", "the hospital in Ardun", False),
        ("place", "Ardun", "Ardun", False),
        ("place", "Euphrates", "the Euphrates", False),
        ("organisation", "The Example Post", "the Example Post", False),
    ],
)
def test_names_take_the_article_and_the_verb_that_english_asks_for(kind: Any, name: str, said: str, many: bool) -> None:
    entity = Entity(id="e", kind=kind, name=name)
    assert named(entity) == said
    assert plural(entity) == many


def test_a_source_is_introduced_once() -> None:
    record = a_record()
    said = replace(record.statements[0], role="spokeswoman", organisation="e-rebels")
    report = situation(replace(record, statements=(said,)))
    told = " ".join(c.text for c in report.sentences)
    assert told.count("Lena Okafor (spokeswoman for the Ardun Front)") == 1
    assert told.count("Lena Okafor") == 2


def test_a_mixture_of_accounts_is_never_told() -> None:
    record = a_record()
    three = a_dispatch("The army left Ardun.", file="three.txt", outlet="Third Post")
    army = Entity(id="e-army", kind="group", name="Velian army")
    also = a_claim(three, "left", agents=(army.id,), place="e-ardun", event="v-1")
    event = replace(record.events[0], agents=("e-rebels", army.id), claims=(*record.events[0].claims, also.id))
    mixed = replace(
        record, dispatches=(*record.dispatches, three), entities=(*record.entities, army),
        claims=(*record.claims, also), events=(event,), lineage=record.lineage | {three.id: three.id},
    )  # fmt: skip
    told = account(event, Lookup(mixed))
    assert told.agents == ("e-rebels",)
    assert also.id not in told.borne_out


def test_what_two_events_tell_alike_is_told_once_and_the_weightier_comes_first() -> None:
    record = a_record()
    event = record.events[0]
    again = replace(event, id="v-2", sources=1)
    ranked = developments(replace(record, events=(again, event)), Lookup(record))
    assert [d.told.event.id for d in ranked["e-ardun"]] == ["v-1"]


def test_a_place_taken_as_a_whole_is_told_so() -> None:
    record = with_event(a_record(), type="territory_gain")
    held = Control("e-ardun", "e-rebels", "holds", "2017-10-15", None, None, record.events[0].claims)
    taken = situation(replace(record, control=(held,)))
    assert taken.headline.text == "Ardun Front takes Ardun"
    assert texts(taken, "Ardun")[0].startswith("On 15 October 2017, the Ardun Front took Ardun, according to")
    partly = situation(replace(record, control=()))
    assert texts(partly, "Ardun")[0].startswith("On 15 October 2017, the Ardun Front took ground in Ardun,")


def test_control_is_told_stretch_by_stretch() -> None:
    record = a_record()
    claims = record.control[0].claims
    one = Control("e-ardun", "e-rebels", "holds", "2017-06", "2017-10-15", None, claims)
    two = Control("e-ardun", "e-rebels", "contested", "2017-10-15", None, None, claims, disputed=True)
    assert texts(situation(replace(record, control=(two, one))), "Control") == [
        "Ardun was held by the Ardun Front from June 2017 to 15 October 2017 "
        "and contested from then on; accounts differ."
    ]


def test_an_empty_record_gives_a_page_that_says_so() -> None:
    report = situation(Record())
    assert report.headline.text == "Nothing is on record yet"
    assert [s.empty for s in report.sections if not s.sentences] == [s.empty for s in report.sections]
    assert all(s.empty for s in report.sections)


# ----------------------------------------------------------------------------------------------- period and place


@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        (Scope(), True),
        (Scope("2017-10-15", "2017-10-15"), True),
        (Scope("2017-10-16"), False),
        (Scope(None, "2017-10-14"), False),
        (Scope("2017-10", "2017-10"), True),
        (Scope("2018"), False),
        (Scope(place="e-ardun"), True),
    ],
)
def test_the_period_and_the_place_decide_what_is_told(scope: Scope, kept: bool) -> None:
    part = cut(a_record(), scope)
    assert bool(part.events) == kept
    assert bool(part.figures) == kept


def test_a_place_takes_in_what_lies_in_it_and_nothing_else() -> None:
    record = a_record()
    whole = Entity(id="e-velia", kind="place", name="Velia", point=(39.0, 36.0), precision="country", country="SY")
    other = Entity(id="e-tolm", kind="place", name="Tolm", point=(30.0, 30.0), precision="exact", country="EG")
    wider = replace(record, entities=(*record.entities, whole, other))
    assert cut(wider, Scope(place="e-velia")).events == record.events  # by its country's code
    assert cut(wider, Scope(place="e-tolm")).events == ()
    within = replace(record.entities[0], parent="e-tolm")
    assert cut(replace(wider, entities=(within, *wider.entities[1:])), Scope(place="e-tolm")).events == record.events


def test_what_has_no_date_goes_by_when_it_was_published() -> None:
    record = with_event(a_record(), when=When())
    assert cut(record, Scope("2017-10-15", "2017-10-15")).events
    assert not cut(record, Scope("2017-10-17")).events


def test_of_an_open_time_the_known_side_counts() -> None:
    record = with_event(a_record(), when=When("2014-01", None))
    assert not cut(record, Scope("2017-10")).events
    assert cut(record, Scope("2013", "2014")).events


def test_a_period_without_anything_gives_an_honest_page() -> None:
    report = situation(a_record(), Scope("2019-01", "2019-01"))
    assert report.scope == "January 2019"
    assert report.headline.text == "Nothing dated and placed is on record"
    assert section(report, "Notes on the sources").empty == "No dispatch tells of this period and place."
    assert report.sources == ()


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [("yesterday", None, "no date"), ("2017-13", None, "no date"), ("2018", "2017-12-31", "before it begins")],
)
def test_a_period_that_is_none_is_refused(start: str, end: str | None, why: str) -> None:
    with pytest.raises(OnrecordError, match=why):
        Scope(start, end)


def test_long_records_are_cut_and_what_was_left_out_is_said() -> None:
    record = a_record()
    towns = [
        Entity(id=f"e-{n}", kind="place", name=f"Town{n:02d}", point=(39.0 + n / 10, 35.9), precision="exact")
        for n in range(20)
    ]
    dispatches = [a_dispatch(f"The Ardun Front left {t.name} on Sunday.", file=f"{t.id}.txt") for t in towns]
    claims = [
        a_claim(d, "left", agents=("e-rebels",), place=t.id, when=When("2017-10-15", "2017-10-15"), event=f"v-{t.id}")
        for d, t in zip(dispatches, towns, strict=True)
    ]
    events = [
        Event(f"v-{t.id}", "withdrawal", ("e-rebels",), (), t.id, When("2017-10-15", "2017-10-15"), "happened",
              (c.id,), 1, "weak")
        for c, t in zip(claims, towns, strict=True)
    ]  # fmt: skip
    long = Record(
        dispatches=tuple(dispatches), entities=(*record.entities, *towns), claims=tuple(claims), events=tuple(events),
        lineage={d.id: d.id for d in dispatches},
    )  # fmt: skip
    report = situation(long)
    assert sum(len(s.sentences) for s in report.sections if s.level == 3) == 5
    assert texts(report, "What is not known")[-1] == "Left out here for length: 15 dated developments."
