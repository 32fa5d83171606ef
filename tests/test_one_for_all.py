"""Who and where is one, through the whole program: invented dispatches in, entities, sources and dates out."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.model.records import Entity, Record


def _told(folder: Path, *texts: str) -> Record:
    """The record of these dispatches, each a title, a date and paragraphs."""
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    project = onrecord.open(":memory:")
    project.add(folder)
    return project.record


def _dispatch(*paragraphs: str, day: str | None = "12 November 2018", outlet: str = "Harbour Post") -> str:
    head = [f"News of {outlet}", *([f"{outlet}\n{day}"] if day else [])]
    return "\n\n".join([*head, *paragraphs]) + "\n"


def _called(record: Record, *names: str) -> list[Entity]:
    """The entities that go by one of these names."""
    return [e for e in record.entities if {e.name, *(alias for alias, _ in e.aliases)} & set(names)]


def _name(record: Record, entity: str | None) -> str | None:
    return next((e.name for e in record.entities if e.id == entity), None)


@pytest.mark.parametrize(
    "told",
    [
        "The Tabqa Farmers Union (TFU) said",
        "The Tabqa Farmers Union, known as TFU, said",
        "The Tabqa Farmers Union, or TFU, said",
        "The Tabqa Farmers Union - TFU for short - said",
    ],
)
def test_an_acronym_defined_in_passing_is_the_body_here_and_elsewhere(tmp_path: Path, told: str) -> None:
    record = _told(
        tmp_path,
        _dispatch(f"{told} on Monday that its trucks had reached Hajin. TFU drivers waited for hours."),
        _dispatch("The TFU said on Tuesday that two of its drivers were hurt.", day="13 November 2018", outlet="Echo"),
    )
    [union] = _called(record, "Tabqa Farmers Union", "TFU")
    assert (union.name, {alias for alias, _ in union.aliases}) == (
        "Tabqa Farmers Union",
        {"Tabqa Farmers Union", "TFU"},
    )


def test_the_caliphate_of_the_jihadists_is_their_group(tmp_path: Path) -> None:
    text = _dispatch(
        "Islamic State men attacked Hajin on Monday. Daesh lost ten of them, and ISIL fled. The jihadists' caliphate "
        "has lost 40 villages. IS said nothing of it, nor did ISIS."
    )
    record = _told(tmp_path, text)
    [group] = _called(record, "Islamic State", "IS", "ISIS", "ISIL", "Daesh")
    words = {text[m.span.start : m.span.end] for m, entity in record.mentions if entity == group.id}
    assert {"ISIS", "ISIL", "IS", "Daesh", "caliphate", "jihadists"} <= words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Raqqa", "Raqa", "Rakka", "al-Raqqah"),
        ("Hajin", "Hajjin"),
        ("Baghouz", "Baghuz"),
        ("Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr"),
    ],
)
def test_spellings_of_a_town_are_one_place(tmp_path: Path, spellings: tuple[str, ...]) -> None:
    texts = [
        _dispatch(
            f"Coalition aircraft bombed IS fighters in {town} in eastern Syria on Monday.", outlet=f"Paper {number}"
        )
        for number, town in enumerate(spellings)
    ]
    [place] = _called(_told(tmp_path, *texts), *spellings)
    assert set(spellings) <= {alias for alias, _ in place.aliases}
    assert place.point is not None


def test_a_person_is_one_under_titles_surnames_and_spellings(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch("Colonel Mustafa Bali, an SDF spokesman, said on Monday that Hajin would fall. Bali gave no day."),
        _dispatch("SDF spokesman Mostafa Bali said on Tuesday that it had fallen.", day="13 November 2018"),
        _dispatch("Talal Selo, another SDF spokesman, said it was hard. Col. Selo left.", day="14 November 2018"),
        _dispatch("SDF spokesman Talal Sello said on Friday that it was over.", day="16 November 2018", outlet="Echo"),
        _dispatch("Talal Silo of the SDF said that the town was quiet.", day="17 November 2018", outlet="Dawn"),
    )
    people = [e for e in record.entities if e.kind == "person"]
    assert sorted(e.name.split()[-1][0] for e in people) == ["B", "S"]
    assert {"Mustafa Bali", "Mostafa Bali", "Bali"} <= {alias for alias, _ in people[0].aliases}
    assert {"Talal Selo", "Talal Sello", "Talal Silo", "Selo"} <= {alias for alias, _ in people[1].aliases}


def test_a_role_that_was_left_is_told_as_such_and_speaks_for_nobody(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch("Adil Karsan, the SDF spokesman, said that Raqqa would fall.", day="12 October 2017"),
        _dispatch("Adil Karsan, a former SDF spokesman, said that he had fled.", day="20 November 2018"),
    )
    [person] = _called(record, "Adil Karsan")
    roles = {(role.role, _name(record, role.organisation)) for role in person.roles}
    assert roles == {("spokesman", "Syrian Democratic Forces"), ("former SDF spokesman", None)}


def test_parts_stand_within_their_wholes(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch(
            "The YPG took al-Nahda in western Raqqa on Thursday. The SDF shelled the city's main hospital in Raqqa.",
            day="13 October 2017",
        ),
    )
    held = {e.name: (_name(record, e.parent), e.precision) for e in record.entities}
    assert held["YPG"][0] == "Syrian Democratic Forces"
    assert held["al-Nahda"][0] == "Raqqa"
    assert held["main hospital (Raqqa)"] == ("Raqqa", "within")


def test_a_place_that_no_table_knows_is_not_resolved(tmp_path: Path) -> None:
    record = _told(tmp_path, _dispatch("SDF fighters captured the village of Qalbukhaz on Monday."))
    [place] = _called(record, "Qalbukhaz")
    assert (place.kind, place.point, place.precision) == ("place", None, "none")


def test_one_speaker_in_three_papers_is_one_source(tmp_path: Path) -> None:
    said = "Adil Karsan, a spokesman for the SDF, said that SDF fighters had captured the stadium in Raqqa on Friday."
    leads = ("Smoke stood over the river at noon.", "Buses waited for hours and nobody came.", "It rained all night.")
    texts = [
        _dispatch(lead, said, day="14 October 2017", outlet=paper)
        for lead, paper in zip(leads, ("Harbour Post", "Valley Times", "Plains Courier"), strict=True)
    ]
    record = _told(tmp_path, *texts)
    [event] = [e for e in record.events if e.type == "territory_gain"]
    assert (len(event.claims), event.sources) == (3, 1)


def test_an_undated_dispatch_is_dated_by_those_of_the_same_events(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch(
            "SDF fighters captured Raqqa on Tuesday. IS fighters surrendered in Raqqa on Sunday.", day="18 October 2017"
        ),
        _dispatch(
            "Raqqa is free. SDF fighters captured Raqqa on Tuesday, townspeople told this paper.",
            "IS fighters had surrendered in Raqqa on Sunday, and the last buses are gone.",
            day=None,
            outlet="Valley Times",
        ),
    )
    [dating] = record.datings
    assert (dating.between.start, dating.between.end) == ("2017-10-17", "2017-10-21")
    assert len(dating.reasons) == 2
    assert [d.published_basis for d in record.dispatches if d.id == dating.dispatch] == ["linked"]


def test_one_name_for_a_building_in_two_towns_is_two_buildings(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch(
            "The SDF captured the main hospital in Raqqa on Thursday. On Friday the coalition bombed the main hospital "
            "in Hajin.",
            day="14 October 2017",
        ),
    )
    hit = {e.type: _name(record, e.place) for e in record.events}
    assert hit["territory_gain"] == "main hospital (Raqqa)"
    assert {e.name for e in record.entities if e.kind == "facility"} == {
        "main hospital (Raqqa)",
        "main hospital (Hajin)",
    }


def test_to_take_a_district_of_a_town_is_not_to_take_the_town(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch("The SDF took the al-Nahda district of Raqqa from IS on 3 September.", day="4 September 2017"),
    )
    [gain] = [e for e in record.events if e.type == "territory_gain"]
    assert (_name(record, gain.place), gain.when.start) == ("al-Nahda district", "2017-09-03")
    assert {_name(record, c.place) for c in record.control} == {"al-Nahda district"}


def test_aircraft_of_the_coalition_are_the_coalitions(tmp_path: Path) -> None:
    record = _told(
        tmp_path,
        _dispatch("The US-led coalition said that it had bombed Hajin on Monday."),
        _dispatch("Coalition aircraft bombed a market in Hajin on Tuesday.", day="14 November 2018", outlet="Echo"),
    )
    strikes = [e for e in record.events if e.type == "air_strike"]
    assert {_name(record, agent) for e in strikes for agent in e.agents} == {"US-led coalition"}


def test_a_running_total_is_replaced_by_the_next_and_holds_its_part_apart(tmp_path: Path) -> None:
    monitor = "Syrian Observatory for Human Rights"
    record = _told(
        tmp_path,
        _dispatch(
            f"At least 2,900 people have been killed in Raqqa since June, the {monitor} said.", day="1 October 2017"
        ),
        _dispatch(
            f"The {monitor} said on Tuesday that 3,250 people, among them 1,130 civilians, had been killed in Raqqa "
            "since June.",
            day="17 October 2017",
            outlet="Echo",
        ),
    )
    figures = {(f.who, f.low, f.mode, len(f.claims)) for f in record.figures}
    assert figures == {("people", 3250, "cumulative", 2), ("civilians", 1130, "cumulative", 1)}
    assert {_name(record, s.speaker) for s in record.statements} == {"Syrian Observatory for Human Rights"}
