"""A record file of an earlier form is brought to the present one, and keeps what it holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from onrecord.model.records import Dating, Standing
from onrecord.model.values import When
from onrecord.store.sql import open_sqlite
from tests.factories import a_dispatch, a_record


def test_a_file_of_the_first_form_gains_what_came_later(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    store = open_sqlite(path)
    store.add(a_dispatch())
    store.close()
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "DROP TABLE standings; DROP TABLE datings; DROP TABLE redated; DROP TABLE given;"
            "UPDATE state SET number = 1 WHERE name = 'form';"
        )
    again = open_sqlite(path)
    assert [d.id for d in again.dispatches()] == [a_dispatch().id]
    for dispatch in a_record().dispatches:
        again.add(dispatch)
    record = replace(a_record(), standings=(Standing("j-1", "adrift", "why", ("j-2",), ("v-1",)),))
    dating = Dating(a_record().dispatches[0].id, When("2017-10-15", "2017-10-21"), ("why",))
    record = replace(record, datings=(dating,))
    again.save_record(record)
    assert again.record() == record
    again.close()
