"""A judgement finds what it is about by its words, after a new reading and in another copy of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.model.anchors import Anchor, anchor_at, anchor_of_whole
from onrecord.model.records import Claim, Judgement, Mention, Record
from onrecord.model.values import Span
from onrecord.reconcile.record import reconcile
from tests.factories import a_claim, a_mention, a_reading, span_of
from tests.reconcile.scene import Scene, a_judgement, at_claim, knowledge, names, record_of, scene, standing

_TEXT = "The ARDF left Belis on Friday. Later, the ARDF\nleft Ardun as well."


def _scene(text: str = _TEXT) -> Scene:
    made = scene(text)
    force = made.name("ARDF")
    made.claim("left", agents=[force], place=made.name("Belis", "place"))
    made.claim("left", nth=1, agents=[force], place=made.name("Ardun", "place"))
    return made


_MADE = _scene()
_FIRST, _SECOND = (p for p in _MADE.parts if isinstance(p, Claim))


def _wrong(**fields: Any) -> Judgement:
    """The second claim is wrong, as judged in a record where its id was another."""
    anchor = replace(at_claim(_SECOND, _MADE), **fields)
    return a_judgement("wrong", "c" + "0" * 16, anchors=(anchor,))


def _kept(record: Record) -> list[int]:
    return [c.trigger.start for c in record.claims]


def test_by_offsets_where_the_id_is_another() -> None:
    assert _kept(record_of(_MADE, judgements=(_wrong(),))) == [_FIRST.trigger.start]


def test_after_a_new_reading_took_more_words_into_the_trigger() -> None:
    wider = a_claim(_MADE.dispatch, "left Ardun", agents=_SECOND.agents)
    reading = a_reading(_MADE.dispatch, *(p for p in _MADE.parts if p is not _SECOND), wider)
    judgement = a_judgement("wrong", _SECOND.id, anchors=(at_claim(_SECOND, _MADE),))
    record = reconcile([_MADE.dispatch], [reading], [judgement], knowledge=knowledge())
    assert _kept(record) == [_FIRST.trigger.start]
    assert standing(record, judgement).state == "holds"


def test_in_a_copy_of_the_text_with_other_line_ends_and_an_opening_of_its_own() -> None:
    again = _scene("BELIS, Friday.  The ARDF left Belis on Friday. Later, the\n\nARDF left Ardun as  well.")
    record = record_of(again, judgements=(_wrong(),))
    assert _kept(record) == [again.text.index("left")]


def test_words_that_stand_in_two_texts_decide_nothing_and_say_so() -> None:
    other, another = _scene(f"One. {_TEXT}"), _scene(f"Two. {_TEXT}")
    judgement = _wrong()
    record = record_of(other, another, judgements=(judgement,))
    assert len(record.claims) == 4
    assert standing(record, judgement).state == "adrift"
    assert "several places" in standing(record, judgement).why


def test_without_its_dispatch_a_judgement_waits_until_that_is_there() -> None:
    elsewhere = scene("Nothing of the sort happened in Millgate.")
    elsewhere.name("Millgate", "place")
    judgement = _wrong()
    record = record_of(elsewhere, judgements=(judgement,))
    assert standing(record, judgement).state == "adrift"
    assert "no dispatch with the words “left”" in standing(record, judgement).why
    assert standing(record_of(elsewhere, _MADE, judgements=(judgement,)), judgement).state == "holds"


def test_a_claim_of_another_type_at_the_words_is_another_claim() -> None:
    judgement = _wrong(type="siege")
    record = record_of(_MADE, judgements=(judgement,))
    assert len(record.claims) == 2
    assert "no claim of siege" in standing(record, judgement).why


@pytest.mark.parametrize("fields", [{"start": 3, "end": 7}, {"exact": "nothing like it", "prefix": "", "suffix": ""}])
def test_offsets_and_words_that_disagree_are_settled_by_the_words(fields: dict[str, object]) -> None:
    record = record_of(_MADE, judgements=(_wrong(**fields),))
    assert len(record.claims) == (1 if "start" in fields else 2)


# -------------------------------------------------------------------------------------------------------------- names


def _dasho(name: str) -> tuple[Scene, Mention]:
    made = scene("Karim Dasho left Belis on Friday.")
    mention = a_mention(made.dispatch, "Karim Dasho", "person", name=name)
    made.parts.append(mention)
    made.name("Belis", "place")
    return made, mention


def _at(mention: Mention, made: Scene) -> Anchor:
    return anchor_at(mention.span, made.text, kind=mention.kind)


def test_a_name_that_is_read_otherwise_now_is_found_at_its_words() -> None:
    before, mention = _dasho("Karim Dasho")
    after, _ = _dasho("Karim Dasho of Belis")
    judgement = a_judgement("rename", "Karim Dasho", "K. Dasho", anchors=(_at(mention, before),))
    for made in (before, after):
        assert "K. Dasho" in names(record_of(made, judgements=(judgement,)))


def test_a_name_of_one_dispatch_is_told_from_the_same_name_in_another() -> None:
    made = []
    for text in ("Ali spoke in Belis.", "Ali was shot in Ardun."):
        one = scene(text)
        one.name("Ali", "person")
        made.append(one)
    assert names(record_of(*made)) == ["Ali", "Ali"]
    named = a_judgement("rename", f"Ali@{made[0].dispatch.id}", "Ali the mayor")
    assert names(record_of(*made, judgements=(named,))) == ["Ali", "Ali the mayor"]
    same = a_judgement("same", f"Ali@{made[0].dispatch.id}", f"Ali@{made[1].dispatch.id}")
    assert names(record_of(*made, judgements=(same, named))) == ["Ali the mayor"]


def test_a_full_name_shared_by_two_people_can_be_told_apart_and_joined_again() -> None:
    made = []
    for text in ("Karim Dasho spoke in Belis.", "Karim Dasho was shot in Ardun."):
        one = scene(text)
        one.name("Karim Dasho", "person")
        made.append(one)
    assert len(record_of(*made).entities) == 1
    pair = (f"Karim Dasho@{made[0].dispatch.id}", f"Karim Dasho@{made[1].dispatch.id}")
    first = a_judgement("different", *pair, at="2020-01-01T00:00:00Z")
    record = record_of(*made, judgements=(first,))
    assert len(record.entities) == 2
    assert len(standing(record, first).touches) == 2
    second = a_judgement("same", *pair, at="2020-02-01T00:00:00Z")
    assert len(record_of(*made, judgements=(first, second)).entities) == 1


def test_a_name_that_nothing_in_the_record_has_leaves_a_judgement_adrift() -> None:
    judgement = a_judgement("rename", "Nobody Known", "Someone")
    record = record_of(_MADE, judgements=(judgement,))
    assert standing(record, judgement).state == "adrift"


# --------------------------------------------------------------------------------------------------------- dispatches


def test_a_dispatch_is_found_by_its_opening_where_its_text_was_taken_in_anew() -> None:
    old, new = scene("A long day in Belis ended.\nMore."), scene("A long day in  Belis ended. More.", published=None)
    judgement = a_judgement(
        "dated", old.dispatch.id, "2017-10-16", anchors=(anchor_of_whole(old.dispatch.id, old.text),)
    )
    record = record_of(new, judgements=(judgement,))
    assert record.dispatches[0].published == "2017-10-16"


def test_an_anchor_keeps_what_stands_around_the_words() -> None:
    anchor = anchor_at(span_of(_MADE.dispatch, "left", 1), _TEXT, kind="event", type="withdrawal")
    assert f"{anchor.prefix}{anchor.exact}{anchor.suffix}" in _TEXT
    assert Span(anchor.dispatch, anchor.start, anchor.end).of(_TEXT) == anchor.exact == "left"
