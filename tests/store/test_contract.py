"""One contract for every store: memory and SQLite here, PostgreSQL when it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model.errors import JudgementError, NotFoundError
from onrecord.model.records import Dispatch, Judgement, Record, SetAside
from onrecord.store.base import Added, Store
from onrecord.store.memory import MemoryStore
from onrecord.store.sql import open_sqlite
from tests.factories import a_claim, a_dispatch, a_mention, a_reading, a_record, a_statement


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = MemoryStore() if request.param == "memory" else open_sqlite(tmp_path / "record.db")
    yield made
    made.close()


def add_all(store: Store, dispatches: Iterable[Dispatch]) -> dict[Added, int]:
    """Add dispatches one by one, and count what came of them."""
    counts: dict[Added, int] = {"added": 0, "known": 0, "sighted": 0}
    for dispatch in dispatches:
        counts[store.add(dispatch)] += 1
    return counts


def test_a_dispatch_comes_back_as_it_was_given(store: Store) -> None:
    dispatch = a_dispatch("Fighters left Ardun.\n\u202eodd\u0000 text ☃")
    assert store.add(dispatch) == "added"
    assert store.dispatch(dispatch.id) == dispatch
    assert list(store.dispatches()) == [dispatch]


def test_the_same_dispatch_again_is_known(store: Store) -> None:
    assert add_all(store, [a_dispatch(), a_dispatch()]) == {"added": 1, "known": 1, "sighted": 0}


def test_the_same_text_under_another_name_is_another_sighting(store: Store) -> None:
    first, second = a_dispatch(file="b.txt"), a_dispatch(file="a.txt")
    store.add(first)
    assert store.add(second) == "sighted"
    assert store.add(second) == "known"
    assert store.sightings(first.id) == (second, first)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_better_dated_sighting_describes_a_text_in_any_order(store: Store, order: tuple[int, ...]) -> None:
    undated = a_dispatch(file="a.txt", published=None, published_basis="none")
    sightings = [undated, a_dispatch(file="c.txt"), a_dispatch(file="b.txt")]
    for i in order:
        store.add(sightings[i])
    assert store.dispatch(undated.id).file == "b.txt"


def test_a_better_sighting_asks_for_a_new_reading(store: Store) -> None:
    undated = a_dispatch(published=None, published_basis="none")
    store.add(undated)
    store.save_reading(a_reading(undated))
    store.add(a_dispatch())
    assert [d.id for d in store.unread("test")] == [undated.id]


def test_an_unknown_dispatch_is_an_error_that_names_it(store: Store) -> None:
    with pytest.raises(NotFoundError, match="d0000"):
        store.dispatch("d0000")


def test_readings_come_back_and_only_the_unread_are_given_out(store: Store) -> None:
    one, two = a_dispatch("Ardun fell on Sunday."), a_dispatch("Dalmen was shelled.")
    add_all(store, [one, two])
    mention = a_mention(one, "Ardun", "place")
    reading = a_reading(one, mention, a_claim(one, "fell", type="territory_gain", place=mention.id))
    store.save_reading(reading)
    assert list(store.readings()) == [reading]
    assert [d.id for d in store.unread("test")] == [two.id]
    assert {d.id for d in store.unread("test-2")} == {one.id, two.id}


def test_readings_may_be_saved_while_the_unread_are_walked(store: Store) -> None:
    dispatches = [a_dispatch(f"Report number {i}.") for i in range(20)]
    add_all(store, dispatches)
    for dispatch in store.unread("test"):
        store.save_reading(a_reading(dispatch))
    assert len(list(store.readings())) == 20


def test_what_was_set_aside_is_kept_once_and_can_be_cleared(store: Store) -> None:
    item = SetAside(name="bad.bin", reason="binary", advice="give a text")
    store.set_aside(item)
    store.set_aside(item)
    assert store.set_asides() == (item,)
    store.clear_set_aside("bad.bin")
    assert store.set_asides() == ()


def _a_judgement(**fields: str) -> Judgement:
    defaults = {"id": "j1", "verdict": "wrong", "about": "c1", "by": "ana", "at": "2026-01-02T03:04:05Z"}
    return Judgement(**(defaults | fields))  # type: ignore[arg-type]


def test_judgements_are_kept_in_order_and_once(store: Store) -> None:
    late, early = _a_judgement(), _a_judgement(id="j2", at="2026-01-01T00:00:00Z")
    for judgement in (late, early, late):
        store.judge(judgement)
    assert store.judgements() == (early, late)


def test_a_judgement_can_be_withdrawn_once_and_stays_in_the_log(store: Store) -> None:
    store.judge(_a_judgement())
    withdrawn = store.withdraw("j1", "2026-02-01T00:00:00Z")
    assert store.judgements() == (withdrawn,)
    assert withdrawn.withdrawn == "2026-02-01T00:00:00Z"
    with pytest.raises(JudgementError, match="withdrawn"):
        store.withdraw("j1", "2026-03-01T00:00:00Z")
    with pytest.raises(NotFoundError, match="j9"):
        store.withdraw("j9", "2026-03-01T00:00:00Z")


def test_a_record_comes_back_whole_and_in_order(store: Store) -> None:
    record = a_record()
    add_all(store, record.dispatches)
    store.save_record(record)
    assert store.record() == record


def test_the_record_keeps_a_date_that_was_concluded(store: Store) -> None:
    record = a_record()
    add_all(store, record.dispatches)
    dated = replace(record.dispatches[0], published="2017-10-01", published_basis="linked")
    store.save_record(replace(record, dispatches=(dated, *record.dispatches[1:])))
    assert store.record().dispatches[0].published_basis == "linked"
    assert store.dispatch(dated.id).published_basis == "metadata"


def test_a_record_is_stale_once_something_is_read_or_judged(store: Store) -> None:
    store.save_record(Record())
    version = store.version()
    assert not store.stale()
    for change in (
        lambda: store.add(a_dispatch()),
        lambda: store.save_reading(a_reading(a_dispatch())),
        lambda: store.judge(_a_judgement()),
        lambda: store.withdraw("j1", "2026-02-01T00:00:00Z"),
    ):
        change()
        assert store.stale()
        store.save_record(Record(judgements=store.judgements()))
        assert not store.stale()
    assert store.version() == version + 4


def test_statements_keep_who_said_them(store: Store) -> None:
    dispatch = a_dispatch("Losses were light, the spokesman said.")
    store.add(dispatch)
    statement = a_statement(dispatch, "Losses were light", speaker_text="spokesman", role="spokesman")
    store.save_reading(a_reading(dispatch, statement))
    assert next(iter(store.readings())).statements == (statement,)


def test_a_reading_under_another_date_is_kept_beside_the_dispatchs_own(store: Store) -> None:
    dispatch = a_dispatch()
    store.add(dispatch)
    store.save_reading(a_reading(dispatch, reader="one"))
    record = store.version()
    again = a_reading(dispatch, a_mention(dispatch, "Ardun", "place"), reader="one")
    store.save_redated("2017-10-15", again)
    assert store.redated(dispatch.id, "2017-10-15", "one") == again
    assert store.redated(dispatch.id, "2017-10-15", "two") is None
    assert store.redated(dispatch.id, "2017-10-16", "one") is None
    newer = a_reading(dispatch, reader="two")
    store.save_redated("2017-10-15", newer)
    assert store.redated(dispatch.id, "2017-10-15", "two") == newer
    assert [r.reader for r in store.readings()] == ["one"]
    assert store.version() == record


def test_ids_given_out_are_kept_in_order_and_once(store: Store) -> None:
    store.give(["v2", "v1"])
    store.give(["v1", "f1"])
    assert store.given() == ("v2", "v1", "f1")


def test_a_record_saved_over_another_is_whole(store: Store) -> None:
    first = a_record()
    add_all(store, first.dispatches)
    second = replace(first, claims=first.claims[1:], events=(replace(first.events[0], sources=9),), control=())
    third = replace(first, claims=first.claims[::-1], dispatches=first.dispatches[::-1])
    for record in (first, second, third, first):
        store.save_record(record)
        assert store.record() == record
