"""One entity per person, body and place, whatever the spelling."""

from __future__ import annotations

import pytest

from onrecord.reconcile.persons import alike, parts
from tests.reconcile.scene import Scene, name_of, names, record_of, scene


def _person(text: str, words: str, body: str | None = None, **fields: str) -> Scene:
    made = scene(text, **fields)
    who = made.name(words, "person")
    if body:
        made.says("the road is open", who, organisation=made.name(body), role="spokesman")
    return made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("karim dasho", "kareem dasho"),
        ("talib sero", "taleb serro"),
        ("omar abdul rahman", "omar abdurrahman"),
        ("lara el hadid", "lara hadid"),
        ("nadia k orsino", "nadia orsino"),
        ("abu hamid qarshi", "abu hamid karshi"),
        ("pavel veselinovic", "pavel veselinovich"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("karim dasho", "karim basho"),
        ("abu omar dasho", "abu hamid dasho"),
        ("john robertson", "john robinson"),
        ("maria elena orsino", "maria petra orsino"),
        ("dasho", "karim dasho"),
    ],
)
def test_names_of_two_people(one: str, other: str) -> None:
    assert not alike(one, other)


def test_an_opening_word_is_part_of_the_next() -> None:
    assert parts("abu bakr al dasho") == ("abubakr", "dasho")
    assert parts("abd al rahman osi") == ("abdrahman", "osi")


def test_a_transliteration_is_one_person_across_dispatches() -> None:
    record = record_of(
        _person("ARDF spokesman Karim Dasho said the road is open.", "Karim Dasho", "ARDF"),
        _person("ARDF spokesman Kareem Dasho said the road is open.", "Kareem Dasho", "ARDF"),
    )
    person = next(e for e in record.entities if e.kind == "person")
    assert dict(person.aliases) == {"Karim Dasho": 1, "Kareem Dasho": 1}
    assert [name_of(record, r.organisation) for r in person.roles] == ["Ardun Defence Front"]
    assert len(person.roles[0].claims) == 2


def test_two_who_speak_for_different_sides_stay_two() -> None:
    record = record_of(
        _person("ARDF spokesman Karim Dasho said the road is open.", "Karim Dasho", "ARDF"),
        _person("Black Banner spokesman Kareem Dasho said the road is open.", "Kareem Dasho", "Black Banner"),
    )
    assert len([e for e in record.entities if e.kind == "person"]) == 2


def test_a_surname_goes_to_the_one_full_name_of_its_dispatch() -> None:
    made = scene("Karim Dasho spoke. Later Dasho left.")
    made.name("Karim Dasho", "person")
    made.name("Dasho", "person", nth=1)
    record = record_of(made)
    assert names(record) == ["Karim Dasho"]
    assert dict(record.entities[0].aliases) == {"Karim Dasho": 1, "Dasho": 1}


def test_a_surname_that_two_people_share_stays_apart() -> None:
    made = scene("Karim Dasho and Lena Dasho spoke. Later Dasho left.")
    for words in ("Karim Dasho", "Lena Dasho"):
        made.name(words, "person")
    made.name("Dasho", "person", nth=2)
    assert names(record_of(made)) == ["Dasho", "Karim Dasho", "Lena Dasho"]


def test_described_people_of_two_dispatches_are_two() -> None:
    one, other = scene("A spokesman confirmed it."), scene("A spokesman denied it.")
    for made in (one, other):
        who = made.name("spokesman", "person", form="nominal")
        made.claim("it", type="detention", targets=[who])
    assert names(record_of(one, other)) == ["spokesman", "spokesman"]


def test_who_is_known_by_a_role_alone_and_only_speaks_is_no_entity() -> None:
    made = scene("A spokesman said that it was over.")
    made.says("it was over", made.name("spokesman", "person", form="nominal"), speaker_text="A spokesman")
    record = record_of(made)
    assert (names(record), record.statements[0].speaker, record.statements[0].speaker_text) == ([], None, "A spokesman")


def test_a_title_is_no_part_of_a_name() -> None:
    made = scene("Colonel Rey Dalton waved. Rey Dalton left.")
    made.name("Colonel Rey Dalton", "person")
    made.name("Rey Dalton", "person", nth=1)
    assert names(record_of(made)) == ["Rey Dalton"]


def test_an_actor_has_its_name_of_the_table_and_its_parent() -> None:
    made = scene("The ARDF and its River Brigade met the Ardun Defence Front.")
    for words in ("ARDF", "River Brigade", "Ardun Defence Front"):
        made.name(words)
    record = record_of(made)
    assert names(record) == ["Ardun Defence Front", "River Brigade"]
    brigade = next(e for e in record.entities if e.name == "River Brigade")
    assert name_of(record, brigade.parent) == "Ardun Defence Front"


def test_bodies_that_sound_alike_are_one() -> None:
    one, other = scene("The Belis Civil Council met."), scene("The Bellis Civil Council met.")
    one.name("Belis Civil Council", "organisation")
    other.name("Bellis Civil Council", "organisation")
    assert len(record_of(one, other).entities) == 1


def test_a_place_under_two_spellings_is_one_with_a_point() -> None:
    one, other = scene("Rain fell on Ardun."), scene("Snow fell on Arduun.")
    one.name("Ardun", "place")
    other.name("Arduun", "place")
    record = record_of(one, other)
    assert names(record) == ["Ardun"] or names(record) == ["Arduun"]
    assert record.entities[0].point == (40.5, 35.5)
    assert record.entities[0].precision == "exact"


def test_the_main_stadium_of_two_towns_is_two_and_lies_in_its_town() -> None:
    one, other = scene("In Ardun shells hit the main stadium."), scene("In Belis shells hit the main stadium.")
    for made, town in ((one, "Ardun"), (other, "Belis")):
        made.name(town, "place")
        made.name("main stadium", "facility")
    record = record_of(one, other)
    assert names(record) == ["Ardun", "Belis", "main stadium (Ardun)", "main stadium (Belis)"]
    stadium = next(e for e in record.entities if e.name == "main stadium (Belis)")
    assert (name_of(record, stadium.parent), stadium.point, stadium.precision) == ("Belis", (41.5, 35.9), "within")


def test_the_hospital_is_the_main_hospital_named_before() -> None:
    made = scene("They took the main hospital of Ardun. The hospital was empty.")
    made.name("Ardun", "place")
    made.name("main hospital", "facility")
    made.name("hospital", "facility", nth=1)
    assert names(record_of(made)) == ["Ardun", "main hospital (Ardun)"]


def test_a_facility_of_the_gazetteer_is_itself_and_not_its_town() -> None:
    made = scene("In Veshland shells hit Belis. Belis hospital burned; the hospital was full.")
    made.name("Veshland", "place")
    made.name("Belis", "place")
    made.name("Belis hospital", "facility")
    made.name("the hospital", "facility", form="nominal")
    record = record_of(made)
    assert names(record) == ["Belis", "Belis hospital", "Veshland"]
    hospital = next(e for e in record.entities if e.name == "Belis hospital")
    assert (name_of(record, hospital.parent), hospital.precision) == ("Belis", "within")


def test_a_quarter_belongs_to_its_town() -> None:
    made = scene("Fire spread from Millgate over Ardun.")
    made.name("Millgate", "place")
    made.name("Ardun", "place")
    record = record_of(made)
    quarter = next(e for e in record.entities if e.name == "Millgate")
    assert name_of(record, quarter.parent) == "Ardun"


def test_pronouns_and_descriptions_are_no_aliases() -> None:
    made = scene("The ARDF advanced; the fighters say they won.")
    made.name("ARDF", name="Ardun Defence Front")
    made.name("the fighters", name="Ardun Defence Front", form="nominal")
    made.name("they", name="Ardun Defence Front", form="pronoun")
    record = record_of(made)
    assert dict(record.entities[0].aliases) == {"ARDF": 1, "Ardun Defence Front": 0}
    assert len(record.mentions) == 3


def test_a_short_form_is_the_one_body_of_its_dispatch_that_holds_the_word() -> None:
    made = scene("The Ardun Harbour Council met. The council then voted.")
    made.name("Ardun Harbour Council", "organisation")
    made.name("council", "group", form="nominal")
    assert names(record_of(made)) == ["Ardun Harbour Council"]
    made.name("Council", "person")
    assert names(record_of(made)) == ["Ardun Harbour Council"]


def test_a_short_form_of_two_bodies_is_neither() -> None:
    made = scene("The Ardun Harbour Council and the Belis River Council met. The council voted.")
    made.name("Ardun Harbour Council", "organisation")
    made.name("Belis River Council", "organisation")
    made.name("council", "group", form="nominal")
    assert names(record_of(made)) == ["Ardun Harbour Council", "Belis River Council", "council"]


def test_an_outlet_is_no_person() -> None:
    made = scene("The Valley Ledger wrote that rain fell.", outlet="Hill Post")
    made.name("Valley Ledger", "person")
    other = scene("Rain fell again.", outlet="Valley Ledger")
    record = record_of(made, other)
    assert [(e.kind, e.name) for e in record.entities] == [("organisation", "Valley Ledger")]


def test_a_word_read_as_a_person_and_as_a_place_is_the_place() -> None:
    made = scene("Ardun fell. Arduun is quiet.")
    made.name("Ardun", "place")
    made.name("Arduun", "person")
    assert [e.kind for e in record_of(made).entities] == ["place"]


def test_two_spellings_of_a_known_body_are_one() -> None:
    one, other = scene("The Ardun Defence Front left."), scene("The Arduun Defence Front left.")
    one.name("Ardun Defence Front")
    other.name("Arduun Defence Front")
    assert names(record_of(one, other)) == ["Ardun Defence Front"]


def test_a_speaker_of_one_side_whose_surname_only_sounds_the_same_is_one() -> None:
    scenes = []
    for text, name in (
        ("Tarik Silo of the ARDF spoke.", "Tarik Silo"),
        ("Tarik Sello of the ARDF spoke.", "Tarik Sello"),
    ):
        made = scene(text)
        made.says("spoke", made.name(name, "person"), organisation=made.name("ARDF"))
        scenes.append(made)
    assert names(record_of(*scenes)) == ["Ardun Defence Front", "Tarik Sello"]
    apart = scene("Tarik Sello of the Black Banner spoke.")
    apart.says("spoke", apart.name("Tarik Sello", "person"), organisation=apart.name("Black Banner"))
    assert len(names(record_of(scenes[0], apart))) == 4


def test_a_source_in_words_is_the_body_that_the_words_mean() -> None:
    made = scene("The Northern Coalition struck. The coalition said that it was over.")
    made.name("Northern Coalition")
    made.name("coalition", form="nominal")
    made.says("it was over", None, speaker_text="The coalition")
    record = record_of(made)
    assert name_of(record, record.statements[0].speaker) == "Northern Coalition"
