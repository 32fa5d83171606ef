from __future__ import annotations

import pytest

from bench.exports import measured
from bench.large import a_large_record
from onrecord.exports.formats import FORMATS
from onrecord.model.errors import OnrecordError
from onrecord.model.vocabulary import EVENT_TYPES, MEASURES, STATUSES


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_fast_enough_for_a_large_record(name: str) -> None:
    try:
        found = measured(name, 1500)
    except OnrecordError as error:
        pytest.skip(str(error))
    # 100,000 events in 60 seconds are 1,500 in 0.9; the rest is for loading libraries on a busy machine.
    assert found["cpu_seconds"] < 5, found
    assert found["written_mb"] > 0


def test_the_record_has_all_kinds_of_everything_and_is_the_same_each_time() -> None:
    record = a_large_record(1500)
    assert {e.type for e in record.events} == set(EVENT_TYPES)
    assert {e.status for e in record.events} == set(STATUSES)
    assert {f.measure for f in record.figures} == set(MEASURES)
    assert record == a_large_record(1500)
    texts = {d.id: d.text for d in record.dispatches}
    assert all(c.sentence.of(texts[c.dispatch]).startswith("There was") for c in record.claims)
