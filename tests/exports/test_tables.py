from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

from onrecord.exports.geojson import to_geojson
from onrecord.exports.tables import HEADERS, TABLES, to_csv, write_folder
from onrecord.model.records import Record
from tests.factories import a_record


@pytest.mark.parametrize("table", TABLES)
def test_headers_name_the_columns_of_each_table(table: str) -> None:
    rows = TABLES[table](a_record())
    assert rows
    assert all(tuple(row) == HEADERS[table] for row in rows)
    assert to_csv(Record(), table).strip() == ",".join(HEADERS[table])


def test_an_event_row_names_actors_place_and_sources() -> None:
    row = next(csv.DictReader(io.StringIO(to_csv(a_record(), "events"))))
    assert (row["agents"], row["place"], row["sources"]) == ("Ardun Front", "Ardun", "2")
    assert (row["longitude"], row["latitude"]) == ("39", "35.9")
    assert "Some 60 rebels left Ardun." in row["quotations"]


def test_an_open_bound_is_an_empty_cell() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(a_record(), "figures"))))
    assert [(r["low"], r["high"], r["disputed"]) for r in rows] == [
        ("40", "60", "one count is exact and the other rough")
    ]


@pytest.mark.parametrize("name", ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(name: str) -> None:
    record = a_record()
    renamed = replace(record, entities=tuple(replace(e, name=name) for e in record.entities))
    rows = list(csv.DictReader(io.StringIO(to_csv(renamed, "entities"), newline="")))
    assert {row["name"] for row in rows} == {f"'{name}"}


def test_a_longitude_in_the_west_stays_a_number() -> None:
    record = a_record()
    moved = replace(record, entities=tuple(replace(e, point=(-77.5, -12.0)) for e in record.entities))
    rows = list(csv.DictReader(io.StringIO(to_csv(moved, "entities"))))
    assert {(row["longitude"], row["latitude"]) for row in rows} == {("-77.5", "-12")}


def test_the_folder_opens_in_pandas(tmp_path: Path) -> None:
    paths = write_folder(a_record(), tmp_path / "new" / "tables")
    assert [p.stem for p in paths] == list(TABLES)
    frame = pandas.read_csv(tmp_path / "new" / "tables" / "statements.csv")
    assert frame.loc[0, "speaker"] == "Lena Okafor"


def test_geojson_puts_longitude_first_and_keeps_what_has_no_place() -> None:
    features = json.loads(to_geojson(a_record()))["features"]
    assert [f["properties"]["layer"] for f in features] == ["event", "figure", "control"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [39.0, 35.9]}


def test_geojson_keeps_what_has_no_point() -> None:
    record = a_record()
    nowhere = tuple(replace(e, point=None, precision="none") for e in record.entities)
    features = json.loads(to_geojson(replace(record, entities=nowhere)))["features"]
    assert [f["geometry"] for f in features] == [None, None, None]
    assert features[0]["properties"]["place"] == "Ardun"
