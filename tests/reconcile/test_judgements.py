"""What a person decides, and that taking it back restores the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model.records import Judgement
from tests.reconcile.scene import Scene, a_judgement, names, record_of, scene, standing


def _two_people() -> tuple[Scene, Scene]:
    one = scene("Karim Dasho of the ARDF left Belis on Friday.")
    other = scene("Kareem Dasho spoke in Ardun.", published=None)
    for made, who, where in ((one, "Karim Dasho", "Belis"), (other, "Kareem Dasho", "Ardun")):
        made.name(who, "person")
        made.name(where, "place")
    one.claim("left", agents=[one.name("ARDF")], place=one.name("Belis", "place"), when="2017-10-13")
    return one, other


_SCENES = _two_people()
_PLAIN = record_of(*_SCENES)
_LEFT = _PLAIN.claims[0]
_UNDATED = _SCENES[1].dispatch.id


def test_a_claim_judged_wrong_is_left_out() -> None:
    assert record_of(*_SCENES, judgements=(a_judgement("wrong", _LEFT.id),)).claims == ()


def test_a_claim_is_found_again_by_its_words() -> None:
    by_words = a_judgement("wrong", "c-of-an-older-reading", quote="Karim Dasho of the ARDF\nleft Belis on Friday.")
    assert record_of(*_SCENES, judgements=(by_words,)).claims == ()


def test_words_that_fit_several_claims_decide_nothing() -> None:
    made = scene("The ARDF left Belis and then it left Ardun.")
    made.claim("left")
    made.claim("left", nth=1)
    unsure = a_judgement("wrong", "c-unknown", quote="left")
    assert len(record_of(made, judgements=(unsure,)).claims) == 2


def test_names_judged_different_are_two_entities() -> None:
    assert len([n for n in names(_PLAIN) if n.endswith("Dasho")]) == 1
    apart = record_of(*_SCENES, judgements=(a_judgement("different", "Karim Dasho", "Kareem Dasho"),))
    assert {"Karim Dasho", "Kareem Dasho"} <= set(names(apart))


def test_an_alias_judged_different_leaves_its_actor() -> None:
    made = scene("The ARDF met the Ardun Defence Front.")
    made.name("ARDF")
    made.name("Ardun Defence Front")
    apart = record_of(made, judgements=(a_judgement("different", "Ardun Defence Front", "ARDF"),))
    assert names(apart) == ["ARDF", "Ardun Defence Front"]


def test_names_judged_the_same_are_one_entity() -> None:
    joined = record_of(*_SCENES, judgements=(a_judgement("same", "Belis", "Ardun"),))
    assert len([e for e in joined.entities if e.kind == "place"]) == 1


def test_of_two_judgements_on_a_pair_the_later_holds() -> None:
    first = a_judgement("different", "Karim Dasho", "Kareem Dasho", at="2020-01-01T00:00:00Z")
    second = a_judgement("same", "Kareem Dasho", "Karim Dasho", at="2020-02-01T00:00:00Z")
    assert names(record_of(*_SCENES, judgements=(second, first))) == names(_PLAIN)


def test_a_new_name_and_a_new_point() -> None:
    record = record_of(
        *_SCENES,
        judgements=(a_judgement("rename", "Belis", "Old Belis"), a_judgement("locate", "Belis", "41.25,36.5")),
    )
    place = next(e for e in record.entities if e.name == "Old Belis")
    assert (place.point, place.precision) == ((41.25, 36.5), "exact")
    assert place.id in {e.id for e in _PLAIN.entities}


def test_a_date_given_to_an_undated_dispatch() -> None:
    record = record_of(*_SCENES, judgements=(a_judgement("dated", _UNDATED, "2017-10-16"),))
    dated = next(d for d in record.dispatches if d.id == _UNDATED)
    assert (dated.published, dated.published_basis) == ("2017-10-16", "linked")


@pytest.mark.parametrize(
    "judgement",
    [
        a_judgement("wrong", _LEFT.id),
        a_judgement("same", "Belis", "Ardun"),
        a_judgement("different", "Karim Dasho", "Kareem Dasho"),
        a_judgement("rename", "Belis", "Old Belis"),
        a_judgement("locate", "Belis", "41.25,36.5"),
        a_judgement("dated", _UNDATED, "2017-10-16"),
    ],
    ids=lambda j: j.verdict,
)
def test_withdrawing_restores_the_record(judgement: Judgement) -> None:
    changed = record_of(*_SCENES, judgements=(judgement,))
    restored = record_of(*_SCENES, judgements=(replace(judgement, withdrawn="2020-06-01T00:00:00Z"),))
    assert replace(changed, judgements=(), standings=()) != replace(_PLAIN, judgements=())
    assert replace(restored, judgements=(), standings=()) == _PLAIN
    assert [s.state for s in restored.standings] == ["withdrawn"]


@pytest.mark.parametrize("value", ["north of the river", "200,10"])
def test_a_point_that_is_none_moves_nothing(value: str) -> None:
    judgement = a_judgement("locate", "Belis", value)
    record = record_of(*_SCENES, judgements=(judgement,))
    assert record.entities == _PLAIN.entities
    assert standing(record, judgement).state == "adrift"
