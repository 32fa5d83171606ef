"""What can be taken away, by the names in the footer of every page."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from onrecord.exports.record_json import to_json
from onrecord.store.memory import MemoryStore
from onrecord.web.app import make_app
from tests.factories import a_record
from tests.web.browse import get


@pytest.fixture
def store() -> MemoryStore:
    made, record = MemoryStore(), a_record()
    for dispatch in record.dispatches:
        made.add(dispatch)
    made.save_record(record)
    return made


def test_each_download_is_what_the_export_gives(store: MemoryStore) -> None:
    app = make_app(store)
    record, table = get(app, "/download/record.json", "/download/events.csv")
    assert record.text == to_json(store.record())
    assert json.loads(record.text)["format"] == "onrecord/1"
    assert table.text.startswith("onrecord_id,")
    assert all("attachment" in answer.headers["content-disposition"] for answer in (record, table))


def test_an_export_comes_as_a_zip_with_its_losses(store: MemoryStore) -> None:
    [answer] = get(make_app(store), "/download/acled.zip")
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {"acled.csv", "losses.csv"}


def test_another_name_is_not_found(store: MemoryStore) -> None:
    (answer,) = get(make_app(store), "/download/../record.db")
    assert answer.status_code == 404
    (answer,) = get(make_app(store), "/download/all.zip")
    assert answer.status_code == 404
