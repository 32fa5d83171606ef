"""What is written over an earlier record reads, from the file, as if it were written alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.saving import arranged
from onrecord.store.sql import open_sqlite
from tests.factories import a_record


@given(st.lists(st.lists(st.integers(0, 30), unique=True, max_size=12), min_size=2, max_size=8))
def test_values_stand_in_order_whatever_stood_there_before(records: list[list[int]]) -> None:
    held: dict[int, int] = {}
    for values in records:
        held = dict(zip(values, arranged([held.get(v) for v in values]), strict=True))
        assert sorted(held, key=held.__getitem__) == values


def test_what_stands_keeps_its_place() -> None:
    assert arranged([8, None, None, 20, None])[0::3] == [8, 20]


def test_there_is_always_room_for_one_more() -> None:
    values = ["a", "z"]
    held = dict(zip(values, arranged([None, None]), strict=True))
    for number in range(60):
        values.insert(1, str(number))
        held = dict(zip(values, arranged([held.get(v) for v in values]), strict=True))
        assert sorted(held, key=held.__getitem__) == values


def test_the_file_holds_the_last_record(tmp_path: Path) -> None:
    record = a_record()
    store = open_sqlite(tmp_path / "record.db")
    for dispatch in record.dispatches:
        store.add(dispatch)
    store.save_record(record)
    last = replace(record, claims=record.claims[1:], entities=(replace(record.entities[0], name="Other"),))
    store.save_record(last)
    store.close()
    opened = open_sqlite(tmp_path / "record.db")
    assert opened.record() == last
    opened.close()
