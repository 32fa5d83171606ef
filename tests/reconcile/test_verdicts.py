"""What each verdict on claims, events, places and dispatches does to the record, and that it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from onrecord.model.records import Claim, Judgement, Record, judgement_id
from tests.reconcile.scene import (
    Scene,
    a_judgement,
    at_claim,
    knowledge,
    name_of,
    record_of,
    scene,
    standing,
)

# ------------------------------------------------------------------------------------------------- this value is right


def _counted(number: str, outlet: str) -> Scene:
    """A dispatch in which somebody of its own counts the dead of one strike on Belis."""
    made = scene(f"A strike on Belis on Friday killed {number} people, {outlet} said.", outlet=outlet)
    strike = made.claim(
        "strike", type="air_strike", agents=[made.name("Belis", "group")][:0], place=made.name("Belis", "place"),
        when="2017-10-13",
    )  # fmt: skip
    made.figure(
        f"{number} people", "killed", float(number), float(number), who="people", about=strike, as_of="2017-10-13",
        place=made.name("Belis", "place"),
    )  # fmt: skip
    return made


_COUNTS = (_counted("12", "Valley Times"), _counted("40", "River Post"))


def _claim_of(made: Scene, kind: str) -> str:
    return next(p.id for p in made.parts if getattr(p, "kind", "") == kind)


def test_a_number_judged_right_is_what_the_figure_concludes_and_the_other_still_shows() -> None:
    plain = record_of(*_COUNTS)
    [figure] = plain.figures
    assert (figure.low, figure.high, figure.rule) == (12, 40, "widest")
    right = a_judgement("right", _claim_of(_COUNTS[1], "figure"))
    record = record_of(*_COUNTS, judgements=(right,))
    [judged] = record.figures
    assert (judged.low, judged.best, judged.high, judged.rule) == (40, 40, 40, "judged")
    assert judged.claims == figure.claims
    assert judged.sources == figure.sources
    [dispute] = judged.disputes
    assert {p.value for p in dispute.values} == {"12", "40"}
    assert dispute.why.endswith("A person judged right: 40.")
    assert judged.id in standing(record, right).touches


def test_of_two_numbers_judged_right_the_later_holds_and_two_people_conflict() -> None:
    one, other = (
        a_judgement("right", _claim_of(made, "figure"), by=by, at=at)
        for made, by, at in zip(
            _COUNTS, ("amal", "boris"), ("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"), strict=True
        )
    )
    record = record_of(*_COUNTS, judgements=(one, other))
    assert record.figures[0].best == 40
    assert (standing(record, one).state, standing(record, one).conflicts) == ("overruled", (other.id,))
    assert (standing(record, other).state, standing(record, other).conflicts) == ("holds", (one.id,))


def _denied() -> Scene:
    made = scene("The ARDF took Belis on Friday, it said. The Black Banner said Belis had not fallen on Friday.")
    winner, loser, here = made.name("ARDF"), made.name("Black Banner"), made.name("Belis", "place")
    said = made.says("The ARDF took Belis on Friday", winner)
    denied = made.says("Belis had not fallen on Friday", loser, stance="denies")
    told: dict[str, Any] = {"type": "territory_gain", "agents": [winner], "place": here, "when": "2017-10-13"}
    made.claim("took", statement=said, **told)
    made.claim("fallen", statement=denied, status="denied", **told)
    return made


_DENIED = _denied()
_TAKEN, _NOT_TAKEN = (p.id for p in _DENIED.parts if getattr(p, "kind", "") == "event")


def test_an_account_judged_right_settles_a_denied_event_and_who_holds_the_place() -> None:
    plain = record_of(_DENIED)
    assert (plain.events[0].grade, [s.state for s in plain.control]) == ("contested", ["holds", "contested"])
    record = record_of(_DENIED, judgements=(a_judgement("right", _TAKEN),))
    [event] = record.events
    assert (event.status, event.grade) == ("happened", "weak")
    assert [d.field for d in event.disputes] == ["status"]
    last = record.control[-1]
    assert (last.state, name_of(record, last.holder), last.since) == ("holds", "Ardun Defence Front", "2017-10-13")


def test_a_denial_judged_right_makes_the_event_denied() -> None:
    record = record_of(_DENIED, judgements=(a_judgement("right", _NOT_TAKEN),))
    assert record.events[0].status == "denied"
    assert all(name_of(record, s.holder) != "Ardun Defence Front" for s in record.control)


def test_a_claim_cannot_be_right_and_wrong_at_once() -> None:
    right = a_judgement("right", _TAKEN, by="amal", at="2020-01-01T00:00:00Z")
    wrong = a_judgement("wrong", _TAKEN, by="boris", at="2020-02-01T00:00:00Z")
    record = record_of(_DENIED, judgements=(wrong, right))
    assert _TAKEN not in {c.id for c in record.claims}
    assert (standing(record, right).state, standing(record, right).conflicts) == ("overruled", (wrong.id,))


def test_a_holding_judged_right_stands_against_the_other_side() -> None:
    made = scene("The ARDF took Belis on Friday. On Sunday the Black Banner held Belis, residents said.")
    front, banner, here = made.name("ARDF"), made.name("Black Banner"), made.name("Belis", "place")
    made.claim("took", type="territory_gain", agents=[front], place=here, when="2017-10-13")
    held = made.claim("held", "control", "holds", agents=[banner], place=here, when="2017-10-15", status="ongoing")
    record = record_of(made, judgements=(a_judgement("right", held.id),))
    last = record.control[-1]
    assert (name_of(record, last.holder), last.since) == ("Black Banner", "2017-10-15")


# ---------------------------------------------------------------------------------------------------- one event or two


def _strikes(day: str, other_day: str, outlets: Sequence[str] = ("Valley Times", "River Post")) -> tuple[Scene, Scene]:
    made = []
    for when, outlet in zip((day, other_day), outlets, strict=True):
        one = scene(f"The ARDF shelled Belis on the {when[-2:]}th, {outlet} has it.", outlet=outlet)
        one.claim(
            "shelled", type="shelling", agents=[one.name("ARDF")], place=one.name("Belis", "place"), when=when
        )  # fmt: skip
        made.append(one)
    return made[0], made[1]


def _of_events(verdict: str, scenes: tuple[Scene, Scene], **fields: str) -> Judgement:
    claims = [next(p for p in made.parts if isinstance(p, Claim)) for made in scenes]
    anchors = tuple(at_claim(c, m) for c, m in zip(claims, scenes, strict=True))
    return a_judgement(verdict, claims[0].id, claims[1].id, anchors=anchors, **fields)


def test_events_judged_the_same_are_one() -> None:
    scenes = _strikes("2017-10-13", "2017-10-17")
    assert len(record_of(*scenes).events) == 2
    same = _of_events("same", scenes)
    record = record_of(*scenes, judgements=(same,))
    [event] = record.events
    assert len(event.claims) == 2
    assert standing(record, same).touches == (event.id,)


def test_claims_judged_different_are_two_events() -> None:
    scenes = _strikes("2017-10-13", "2017-10-13")
    assert len(record_of(*scenes).events) == 1
    assert len(record_of(*scenes, judgements=(_of_events("different", scenes),)).events) == 2


def _claims(scenes: Iterable[Scene]) -> list[Claim]:
    return [next(p for p in made.parts if isinstance(p, Claim)) for made in scenes]


def _split(scenes: Sequence[Scene], leaving: Sequence[int], **fields: str) -> Judgement:
    """The judgement that takes the claims of these scenes, by number, out of the event of all."""
    claims = _claims(scenes)
    order = [*leaving, *(n for n in range(len(scenes)) if n not in leaving)]
    first, *names = [claims[n].id for n in order]
    value = f"{','.join(names[: len(leaving) - 1])}/{','.join(names[len(leaving) - 1 :])}"
    return a_judgement("split", first, value, anchors=tuple(at_claim(claims[n], scenes[n]) for n in order), **fields)


_FOUR = (*_strikes("2017-10-13", "2017-10-13"), *_strikes("2017-10-13", "2017-10-13", ("Hill Echo", "Lake Sun")))


@pytest.mark.parametrize("leaving", [(0,), (1,), (3,), (0, 2), (1, 2), (1, 2, 3)])
def test_claims_that_are_split_off_are_one_event_and_the_rest_another(leaving: tuple[int, ...]) -> None:
    [whole] = record_of(*_FOUR).events
    assert len(whole.claims) == 4
    split = _split(_FOUR, leaving)
    record = record_of(*_FOUR, judgements=(split,))
    gone = {_claims(_FOUR)[n].id for n in leaving}
    assert {frozenset(e.claims) for e in record.events} == {frozenset(gone), frozenset(whole.claims) - gone}
    assert standing(record, split).state == "holds"
    assert set(standing(record, split).touches) == {e.id for e in record.events}


def test_a_split_is_found_by_the_words_of_its_claims() -> None:
    split = _split(_FOUR, (1, 2))
    other_ids = replace(split, about="c-old", value="c-old2/c-old3,c-old4")
    assert len(record_of(*_FOUR, judgements=(other_ids,)).events) == 2
    assert standing(record_of(*_FOUR[:2], judgements=(split,)), split).state == "holds"
    assert standing(record_of(_FOUR[0], judgements=(split,)), split).state == "adrift"


def test_a_later_join_overrules_a_split() -> None:
    split = _split(_SAME_DAY, (0,), by="amal", at="2020-01-01T00:00:00Z")
    same = _of_events("same", _SAME_DAY, by="boris", at="2020-02-01T00:00:00Z")
    record = record_of(*_SAME_DAY, judgements=(split, same))
    assert len(record.events) == 1
    assert standing(record, split).state == "overruled"
    assert standing(record, same).conflicts == (split.id,)


def _change(made: Scene, value: str, **fields: str) -> Judgement:
    [claim] = _claims([made])
    return a_judgement("change", claim.id, value, anchors=(at_claim(claim, made),), **fields)


def test_a_claim_that_is_changed_says_what_a_person_says() -> None:
    one, other = _SAME_DAY
    changed = _change(one, "type=air_strike")
    record = record_of(one, other, judgements=(changed, _change(one, "when=2017-10-12"), _change(one, "status=denied")))
    [claim] = [c for c in record.claims if c.dispatch == one.dispatch.id]
    assert (claim.id, claim.type, claim.when.start, claim.status) == (
        changed.about,
        "air_strike",
        "2017-10-12",
        "denied",
    )
    assert {e.type for e in record.events} == {"air_strike", "shelling"}
    assert standing(record, changed).touches == (claim.id, claim.event)


def test_a_figure_that_is_changed_is_concluded_from_its_new_number() -> None:
    made = scene("Shells killed 12 farmers in Belis.")
    figure = made.figure("12", "killed", 12, 12, who="farmers")
    record = record_of(made, judgements=(_change(made, "amount=21"), _change(made, "who=herders")))
    [concluded] = record.figures
    assert (concluded.low, concluded.best, concluded.high, concluded.who) == (21, 21, 21, "herders")
    assert record.claims[0].id == figure.id


def test_of_two_changes_of_one_field_the_later_holds() -> None:
    one, _ = _SAME_DAY
    first = _change(one, "type=air_strike", by="amal", at="2020-01-01T00:00:00Z")
    second = _change(one, "type=bombing", by="boris", at="2020-02-01T00:00:00Z")
    record = record_of(one, judgements=(first, second))
    assert [c.type for c in record.claims] == ["bombing"]
    assert standing(record, first).state == "overruled"
    assert standing(record, second).conflicts == (first.id,)


def test_a_change_that_cannot_be_is_adrift_and_says_why() -> None:
    odd = _change(_SAME_DAY[0], "type=killed")
    record = record_of(_SAME_DAY[0], judgements=(odd,))
    assert standing(record, odd).state == "adrift"
    assert "killed" in standing(record, odd).why


def test_an_event_joins_those_of_its_new_type() -> None:
    one, other = _strikes("2017-10-13", "2017-10-17")
    changes = [_change(made, "type=air_strike", at="2020-01-01T00:00:00Z") for made in (one, other)]
    same = _of_events("same", (one, other))
    assert len(record_of(one, other, judgements=(*changes, same)).events) == 1
    apart = record_of(one, other, judgements=(changes[0], same))
    assert standing(apart, same).state == "adrift"


def test_of_same_and_different_the_later_holds() -> None:
    scenes = _strikes("2017-10-13", "2017-10-13")
    different = _of_events("different", scenes, by="amal", at="2020-01-01T00:00:00Z")
    same = _of_events("same", scenes, by="boris", at="2020-02-01T00:00:00Z")
    record = record_of(*scenes, judgements=(same, different))
    assert len(record.events) == 1
    assert standing(record, different).state == "overruled"
    assert standing(record, same).conflicts == (different.id,)


def test_names_kept_apart_by_others_are_told_as_overruled() -> None:
    made = scene("The Grey Wolves, the River Brigade and the Northern Coalition met.")
    for words in ("Grey Wolves", "River Brigade", "Northern Coalition"):
        made.name(words)
    judged = (
        a_judgement("same", "Grey Wolves", "River Brigade", at="2020-01-01T00:00:00Z"),
        a_judgement("same", "Northern Coalition", "River Brigade", at="2020-01-02T00:00:00Z"),
        a_judgement("different", "Grey Wolves", "Northern Coalition", at="2020-01-03T00:00:00Z"),
    )
    record = record_of(made, judgements=judged)
    assert len(record.entities) == 2
    states = sorted(standing(record, j).state for j in judged)
    assert states == ["holds", "holds", "overruled"]


# ------------------------------------------------------------------------------- this place is that one, this is a copy


def test_a_name_placed_is_that_place_of_the_gazetteer() -> None:
    made = scene("The ARDF left Belis on Friday.")
    made.claim("left", agents=[made.name("ARDF")], place=made.name("Belis", "place"), when="2017-10-13")
    placed = a_judgement("place", "Belis", "geonames:3067696")
    record = record_of(made, judgements=(placed,))
    where = knowledge().gazetteer.place("geonames:3067696")
    assert where is not None
    entity = next(e for e in record.entities if e.kind == "place")
    assert (entity.point, entity.country, entity.reference) == (where.point, "CZ", {"geonames": 3067696})
    assert standing(record, placed).touches == (entity.id,)


def test_a_place_that_the_gazetteer_lacks_leaves_the_judgement_adrift() -> None:
    made = scene("The ARDF left Belis.")
    made.name("Belis", "place")
    unknown = a_judgement("place", "Belis", "onrecord:xx-nowhere-at-all")
    record = record_of(made, judgements=(unknown,))
    assert (standing(record, unknown).state, record.entities) == ("adrift", record_of(made).entities)
    assert "onrecord:xx-nowhere-at-all" in standing(record, unknown).why


_LONG = (
    "Fighters of the Ardun Defence Front crossed the upper bridge at Belis before sunrise, and by noon their flag flew "
    "over the grain store, the post office and the school, while the garrison fell back along the railway to the west."
)


def test_a_copy_judged_to_be_one_has_one_lineage() -> None:
    one, other = scene("The bridge at Belis fell.", published="2017-10-12"), scene("Belis: the bridge is lost.")
    copy = a_judgement("copy", other.dispatch.id, one.dispatch.id)
    record = record_of(one, other, judgements=(copy,))
    assert set(record.lineage.values()) == {one.dispatch.id}
    assert set(standing(record, copy).touches) == {one.dispatch.id, other.dispatch.id}


def test_a_copy_judged_to_be_none_is_a_report_of_its_own() -> None:
    one, other = scene(_LONG, published="2017-10-12"), scene(_LONG + " It was quiet later.")
    assert len(set(record_of(one, other).lineage.values())) == 1
    original = a_judgement("original", other.dispatch.id, one.dispatch.id)
    assert len(set(record_of(one, other, judgements=(original,)).lineage.values())) == 2


# ------------------------------------------------------------------------------------------------------------ all alike


def _with(*scenes: Scene, judgement: Judgement) -> tuple[Record, Record, Record]:
    """The record without a judgement, with it, and after it was withdrawn."""
    withdrawn = replace(judgement, withdrawn="2020-06-01T00:00:00Z")
    return record_of(*scenes), record_of(*scenes, judgements=(judgement,)), record_of(*scenes, judgements=(withdrawn,))


_SAME_DAY, _TWO_DAYS = _strikes("2017-10-13", "2017-10-13"), _strikes("2017-10-13", "2017-10-17")
_PAIR = (scene(_LONG, published="2017-10-12"), scene(_LONG + " It was quiet later."))
_PLACED = scene("The ARDF left Belis.")
_PLACED.name("Belis", "place")


@pytest.mark.parametrize(
    ("scenes", "judgement"),
    [
        (_COUNTS, a_judgement("right", _claim_of(_COUNTS[1], "figure"))),
        ((_DENIED,), a_judgement("right", _TAKEN)),
        (_TWO_DAYS, _of_events("same", _TWO_DAYS)),
        (_SAME_DAY, _of_events("different", _SAME_DAY)),
        ((_PLACED,), a_judgement("place", "Belis", "geonames:3067696")),
        (_TWO_DAYS, a_judgement("copy", _TWO_DAYS[0].dispatch.id, _TWO_DAYS[1].dispatch.id)),
        (_FOUR, _split(_FOUR, (1, 2))),
        (_SAME_DAY, _change(_SAME_DAY[0], "type=air_strike")),
        (_PAIR, a_judgement("original", _PAIR[0].dispatch.id, _PAIR[1].dispatch.id)),
    ],
    ids=lambda v: v.verdict if isinstance(v, Judgement) else "",
)
def test_withdrawing_restores_the_record(scenes: tuple[Scene, ...], judgement: Judgement) -> None:
    plain, changed, restored = _with(*scenes, judgement=judgement)
    assert replace(changed, judgements=(), standings=()) != plain
    assert replace(restored, judgements=(), standings=()) == plain
    assert standing(restored, judgement).state == "withdrawn"


def test_a_verdict_of_a_later_version_changes_nothing_and_says_so() -> None:
    unknown = replace(a_judgement("rename", "Belis", "Old Belis"), verdict="merge")
    record = record_of(_PLACED, judgements=(unknown,))
    assert replace(record, judgements=(), standings=()) == record_of(_PLACED)
    assert "merge" in standing(record, unknown).why


def test_the_id_of_a_judgement_follows_from_what_it_says() -> None:
    judged = a_judgement("rename", "Belis", "Old Belis")
    assert judged.id == judgement_id("rename", "Belis", "Old Belis", "analyst", judged.at)
