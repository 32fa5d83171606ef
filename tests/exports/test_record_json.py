from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bench.large import a_large_record
from onrecord.exports.record_json import as_document, faults, to_json
from onrecord.model.records import Record
from tests.factories import a_record


def test_the_document_fits_the_schema_that_ships() -> None:
    assert faults(as_document(a_record())) == []
    assert faults(as_document(Record())) == []


def test_the_schema_finds_what_is_wrong() -> None:
    document = as_document(a_record())
    document["claims"][0]["status"] = "perhaps"
    del document["events"][0]["grade"]
    places = [fault.split(":")[0] for fault in faults(document)]
    assert sorted(places) == ["claims/0/status", "events/0"]


def test_every_quotation_is_the_text_at_its_offsets() -> None:
    record = a_record()
    texts = {d.id: d.text for d in record.dispatches}
    document = json.loads(to_json(record))
    quotations = [(c["dispatch"], c["trigger"]) for c in document["claims"]]
    quotations += [(s["dispatch"], s["content"]) for s in document["statements"]]
    quotations += [(m["dispatch"], m["span"]) for m in document["mentions"]]
    assert len(quotations) == 6
    for dispatch, quotation in quotations:
        assert texts[dispatch][quotation["start"] : quotation["end"]] == quotation["text"]


def test_the_same_record_is_the_same_bytes_and_keys_are_sorted() -> None:
    text = to_json(a_record())
    assert text == to_json(replace(a_record()))
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize(("value", "written"), [(40.0, 40), (33.3, 33.3), (None, None)])
def test_whole_numbers_are_written_whole(value: float | None, written: float | None) -> None:
    record = a_record()
    figure = replace(record.figures[0], low=value, best=value, high=value)
    low = as_document(replace(record, figures=(figure,)))["figures"][0]["low"]
    assert (low, type(low)) == (written, type(written))


def test_what_is_written_piece_by_piece_is_what_json_would_write_at_once() -> None:
    for record in (a_record(), Record(), a_large_record(40)):
        whole = json.dumps(as_document(record), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
        assert to_json(record) == whole
