"""The record as a whole: what goes in once, what is carried over, what follows from copies."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reconcile.record import reconcile
from tests.reconcile.scene import knowledge, name_of, record_of, scene

_LONG = (
    "Fighters of the Ardun Defence Front crossed the upper bridge at Belis before sunrise, and by noon their flag flew "
    "over the grain store, the post office and the school, while the garrison fell back along the railway to the west."
)


def test_an_empty_input_gives_an_empty_record() -> None:
    assert reconcile([], [], [], knowledge=knowledge()).dispatches == ()


def test_an_undated_copy_takes_the_date_of_the_oldest() -> None:
    dated = scene(_LONG, published="2017-10-12")
    copied = scene(_LONG + " It was quiet later.", published=None, published_basis="none")
    record = record_of(copied, dated)
    copy = next(d for d in record.dispatches if d.id == copied.dispatch.id)
    assert (copy.published, copy.published_basis) == ("2017-10-12", "linked")
    assert set(record.lineage.values()) == {dated.dispatch.id}


def test_a_reading_without_its_dispatch_is_left_out() -> None:
    made = scene("The ARDF left Belis.")
    made.claim("left", agents=[made.name("ARDF")])
    assert reconcile([], [made.reading], [], knowledge=knowledge()).claims == ()


def test_of_two_readings_of_a_dispatch_one_counts() -> None:
    made = scene("The ARDF left Belis.")
    made.claim("left", agents=[made.name("ARDF")])
    newer = replace(made.reading, reader="test-2", claims=())
    for readings in ([made.reading, newer], [newer, made.reading]):
        assert reconcile([made.dispatch], readings, [], knowledge=knowledge()).claims == ()


def test_of_two_sightings_of_a_text_the_better_described_counts() -> None:
    better, worse = scene(_LONG, file="b.txt"), scene(_LONG, file="a.txt", published=None, outlet=None)
    record = reconcile([worse.dispatch, better.dispatch], [], [], knowledge=knowledge())
    assert [d.file for d in record.dispatches] == ["b.txt"]


def test_mentions_become_entities_and_unknown_ones_go() -> None:
    made = scene("Karim Dasho said the ARDF left Belis.")
    front = made.name("ARDF")
    told = made.says("the ARDF left Belis", made.name("Karim Dasho", "person"), organisation=front)
    claim = made.claim("left", agents=[front], place=made.name("Belis", "place"), statement=told)
    dangling = replace(claim, agents=(*claim.agents, "m-nowhere"))
    reading = replace(made.reading, claims=(dangling,))
    record = reconcile([made.dispatch], [reading], [], knowledge=knowledge())
    only = record.claims[0]
    assert [name_of(record, a) for a in only.agents] == ["Ardun Defence Front"]
    assert name_of(record, only.place) == "Belis"
    assert name_of(record, record.statements[0].speaker) == "Karim Dasho"
    assert name_of(record, record.statements[0].organisation) == "Ardun Defence Front"
    assert only.event == record.events[0].id
