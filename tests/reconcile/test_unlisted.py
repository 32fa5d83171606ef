"""Events of types that the record does not list: the words decide which accounts are of one event."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Judgement
from onrecord.reconcile.agglomerate import agglomerate
from onrecord.reconcile.wordings import bag, begins_alike, in_the_other, overlap, wording
from tests.factories import a_claim, a_dispatch
from tests.reconcile.scene import Scene, a_judgement, at_claim, record_of, scene


def _told(text: str, *triggers: str, outlet: str = "Example Post") -> Scene:
    made = scene(text, outlet=outlet)
    for trigger in triggers:
        made.claim(trigger, type="other")
    return made


def _groups(*scenes: Scene) -> set[frozenset[str]]:
    record = record_of(*scenes)
    words = {c.id: c.trigger.of(next(d.text for d in record.dispatches if d.id == c.dispatch)) for c in record.claims}
    return {frozenset(words[c] for c in event.claims) for event in record.events}


def test_one_event_in_other_words_of_one_family() -> None:
    first = _told("An earthquake shook the harbour of Velm on Monday and the bridge fell.", "earthquake", "fell")
    other = _told("The quake in Velm hit the harbour, and the bridge had fallen.", "quake", "fallen", outlet="Dawn")
    assert _groups(first, other) == {frozenset({"earthquake", "quake"}), frozenset({"fell", "fallen"})}


def test_words_that_mean_something_else_are_two_events() -> None:
    first = _told("The singer was married in the harbour of Velm on Monday.", "married")
    other = _told("A newspaper that the singer of Velm sued will pay.", "sued", outlet="Dawn")
    assert len(_groups(first, other)) == 2


def test_reports_that_have_nothing_in_common_tell_of_two_events() -> None:
    mine = "Miners in Kolmar began a strike over unpaid wages. Their union wants talks with the owners of the pits."
    pitch = "The goalkeeper of Tarnow praised a late strike. His team climbs to second before Sunday's match in Brenn."
    first, other = _told(mine, "strike"), _told(pitch, "strike", outlet="Dawn")
    assert len(record_of(first, other).events) == 2


def test_the_order_of_dispatches_decides_nothing() -> None:
    scenes = [
        _told("An earthquake shook the harbour of Velm.", "earthquake"),
        _told("The quake in Velm hit the harbour.", "quake", outlet="Dawn"),
        _told("A tremor was felt at the harbour of Velm.", "tremor", outlet="Noon"),
    ]
    assert record_of(*scenes).events == record_of(*reversed(scenes)).events


def test_groups_join_by_what_is_likely_on_average() -> None:
    chances = np.array([[0, 0.9, 0.1, 0], [0.9, 0, 0.6, 0], [0.1, 0.6, 0, 0], [0, 0, 0, 0]], dtype=np.float64)
    assert agglomerate(chances, least=0.3) == [[0, 1, 2], [3]]
    assert agglomerate(chances, least=0.4) == [[0, 1], [2], [3]]  # 0 and 1 with 2: 0.35 on average


def test_what_must_be_together_is_and_what_must_not_is_not() -> None:
    chances = np.full((4, 4), 0.9)
    assert agglomerate(chances, least=0.5, apart=[(0, 3)]) in ([[0, 1, 2], [3]], [[0], [1, 2, 3]])
    low = np.zeros((3, 3))
    assert agglomerate(low, least=0.5, together=[(0, 2)]) == [[0, 2], [1]]
    assert agglomerate(low, least=0.5, together=[(0, 2), (2, 1)], apart=[(0, 1)]) == [[0, 2], [1]]
    assert agglomerate(np.zeros((0, 0)), least=0.5) == []


def test_what_two_wordings_have_in_common() -> None:
    dispatch = a_dispatch("Police arrested a man in Velm after the arrest of his brother.")
    one, other = (wording(a_claim(dispatch, words), dispatch.text) for words in ("arrested", "arrest"))
    third = wording(a_claim(dispatch, "brother"), dispatch.text)
    assert one.roots == other.roots
    assert in_the_other(one, other) == 2
    assert begins_alike(one, other) == 1.0
    assert begins_alike(one, third) == 0.0
    assert one.near <= one.around


def test_stems_in_common() -> None:
    assert overlap(bag(["velm", "people"]), bag(["velm", "year"])) == pytest.approx(0.5)
    assert overlap(bag(["velm", "the"]), bag(["ostra", "the"])) == 0


@pytest.mark.parametrize("name", sorted(table("likeness")["features"]))
def test_each_feature_says_what_it_means(name: str) -> None:
    feature = table("likeness")["features"][name]
    assert len(feature["says"].split()) > 2
    assert isinstance(feature["weight"], float)


def _judged(verdict: str, one: Scene, other: Scene) -> Judgement:
    claims = [next(p for p in made.parts if isinstance(p, Claim)) for made in (one, other)]
    anchors = tuple(at_claim(c, m) for c, m in zip(claims, (one, other), strict=True))
    return a_judgement(verdict, claims[0].id, claims[1].id, anchors=anchors)


def test_what_a_person_judged_the_same_is_one_event() -> None:
    first, other = _told("The singer was married in Velm.", "married"), _told("A bridge fell.", "fell", outlet="Dawn")
    assert len(record_of(first, other).events) == 2
    assert len(record_of(first, other, judgements=(_judged("same", first, other),)).events) == 1


def test_what_a_person_judged_different_is_two_events() -> None:
    first = _told("An earthquake shook the harbour of Velm on Monday.", "earthquake")
    other = _told("The earthquake hit the harbour of Velm on Monday.", "earthquake", outlet="Dawn")
    third = _told("The earthquake of Monday struck the harbour of Velm.", "earthquake", outlet="Noon")
    assert len(record_of(first, other, third).events) == 1
    apart = record_of(first, other, third, judgements=(_judged("different", first, other),)).events
    assert sorted(len(event.claims) for event in apart) == [1, 2]
