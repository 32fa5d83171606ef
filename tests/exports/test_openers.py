"""Each format is opened with the library that its users have."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bench.large import a_large_record
from onrecord.exports import optional
from onrecord.exports.calendars import escaped, folded
from onrecord.exports.formats import FORMATS
from onrecord.exports.losses import Losses
from onrecord.exports.typed import NAMES
from onrecord.exports.write import write_export
from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from tests.exports.told import COALITION, NOWHERE, a_told_record, said
from tests.factories import a_record

LARGE = a_large_record(300, places=9)


def written(name: str, folder: Path, record: Record = LARGE) -> Path:
    path = folder / f"out{FORMATS[name].suffix}"
    write_export(name, record, path)
    return path


def test_parquet_opens_with_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = written("parquet", tmp_path)
    tables = {name: parquet.read_table(folder / f"{name}.parquet") for name in NAMES}
    events = tables["events"].to_pandas()
    assert list(events["onrecord_id"]) == [e.id for e in LARGE.events]
    assert str(tables["events"].schema.field("first_day").type) == "date32[day]"
    assert tables["figures"].column("best").to_pylist() == [f.best for f in LARGE.figures]
    assert tables["claims"].num_rows == len(LARGE.claims)
    claim, first = LARGE.claims[0], tables["claims"].slice(0, 1).to_pylist()[0]
    text = next(d.text for d in LARGE.dispatches if d.id == claim.dispatch)
    assert text[first["offset_start"] : first["offset_end"]] == first["words"]


def test_duckdb_answers_questions(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(written("duckdb", tmp_path)), read_only=True) as database:
        tables = {row[0] for row in database.execute("SHOW TABLES").fetchall()}
        assert tables == set(NAMES)
        [(killed,)] = database.execute("SELECT sum(best) FROM figures WHERE measure = 'killed'").fetchall()
        [(first,)] = database.execute("SELECT min(first_day) FROM events").fetchall()
    assert killed == sum(f.best or 0 for f in LARGE.figures if f.measure == "killed")
    assert isinstance(first, date)


def test_a_workbook_has_sources_frozen_headers_and_real_dates(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(written("xlsx", tmp_path))
    assert book.sheetnames == ["events", "figures", "control", "statements", "entities", "sources"]
    sheet = book["events"]
    assert (sheet.freeze_panes, sheet.max_row) == ("B2", len(LARGE.events) + 1)
    assert sheet.auto_filter.ref.startswith("A1:")
    titles = [cell.value for cell in sheet[1]]
    days = [row[titles.index("first_day")].value for row in sheet.iter_rows(min_row=2)]
    assert {type(day).__name__ for day in days} == {"datetime", "NoneType"}
    assert book["sources"]["A2"].value == LARGE.dispatches[0].id


def test_a_cell_of_a_workbook_is_never_a_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    record = a_told_record(said("air_strike", COALITION), outlet="=1+1", url="https://w.example")
    sheet = openpyxl.load_workbook(written("xlsx", tmp_path, record))["sources"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")


def test_geopackage_opens_as_layers(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    geopandas = pytest.importorskip("geopandas")
    path = written("geopackage", tmp_path)
    assert {str(name) for name, _ in pyogrio.list_layers(path)} == {"events", "control", "places"}
    events = geopandas.read_file(path, layer="events")
    assert (len(events), events.crs.to_epsg()) == (len(LARGE.events), 4326)
    points = {e.id: e.point for e in LARGE.entities}
    places = {e.id: points.get(e.place or "") for e in LARGE.events}
    for row in events.itertuples():
        assert (None if row.geometry is None else (row.geometry.x, row.geometry.y)) == places[row.onrecord_id]


def test_geopackage_is_sound_sqlite(tmp_path: Path) -> None:
    with sqlite3.connect(written("geopackage", tmp_path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("SELECT count(*) FROM places").fetchone() == (9,)
    database.close()


def test_geojson_opens_in_geopandas(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(written("geojson", tmp_path))
    assert len(frame) == len(LARGE.events) + len(LARGE.figures) + len(LARGE.control)


def test_kml_has_a_placemark_for_each_event_with_a_point(tmp_path: Path) -> None:
    losses = Losses()
    record = a_told_record(
        said("air_strike", COALITION), said("siege", COALITION, place=NOWHERE, start="2018-09", end=None)
    )
    write_export("kml", record, tmp_path / "e.kml", losses=losses)
    tree = etree.parse(tmp_path / "e.kml")
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert tree.xpath("//k:Placemark/@id", namespaces=space) == ["v0"]
    assert tree.xpath("//k:TimeStamp/k:when/text()", namespaces=space) == ["2018-09-10"]
    assert tree.xpath("//k:coordinates/text()", namespaces=space) == ["40.831,34.695"]
    assert losses.ids("event") == {"v1"}


def test_kml_opens_as_layers(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = written("kml", tmp_path)
    count = sum(pyogrio.read_info(path, layer=str(name))["features"] for name, _ in pyogrio.list_layers(path))
    placed = {e.id for e in LARGE.entities if e.point}
    assert count == sum(e.place in placed for e in LARGE.events)


def test_a_calendar_opens_in_icalendar(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    losses = Losses()
    write_export("ics", LARGE, tmp_path / "e.ics", losses=losses)
    calendar = icalendar.Calendar.from_ical((tmp_path / "e.ics").read_bytes())
    events = {str(e["X-ONRECORD-ID"]): e for e in calendar.walk("VEVENT")}
    assert set(events) | losses.ids("event") == {e.id for e in LARGE.events}
    day = next(e for e in LARGE.events if e.when.precision == "day")
    made = events[day.id]
    assert made["DTSTART"].dt.isoformat() == day.when.start
    assert (made["DTEND"].dt - made["DTSTART"].dt).days == 1
    assert "“There was" in str(made["DESCRIPTION"])


@given(st.text(alphabet="aé漢😀,;\\\n x", max_size=200))
def test_long_lines_of_a_calendar_are_folded_by_octets(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))
    assert line.replace("\r\n ", "") == f"SUMMARY:{escaped(text)}\r\n"


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_record_is_the_same_bytes(name: str, tmp_path: Path) -> None:
    form, record = FORMATS[name], a_large_record(900 if name == "duckdb" else 30)  # a large table is compressed
    made: list[dict[str, bytes]] = []
    for attempt in ("one", "two"):
        try:
            paths = write_export(name, record, tmp_path / attempt / f"x{form.suffix}")
        except OnrecordError as error:
            pytest.skip(str(error))
        made.append({p.name: p.read_bytes() for p in paths})
    assert made[0] == made[1]
    assert made[0]


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_record_exports(name: str, tmp_path: Path) -> None:
    try:
        paths = write_export(name, Record(), tmp_path / f"x{FORMATS[name].suffix}")
    except OnrecordError as error:
        pytest.skip(str(error))
    assert all(p.stat().st_size or name == "ftm" for p in paths)  # JSON Lines without a line


@pytest.mark.parametrize("name", FORMATS)
def test_every_record_exports_with_what_it_holds(name: str, tmp_path: Path) -> None:
    try:
        assert write_export(name, a_record(), tmp_path / f"x{FORMATS[name].suffix}")
    except OnrecordError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if f.needs])
def test_a_library_that_is_not_there_is_named_with_the_way_to_get_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(module: str) -> Any:
        raise ModuleNotFoundError(name=module)

    monkeypatch.setattr(optional, "import_module", absent)
    with pytest.raises(OnrecordError, match=r"pip install 'onrecord\[exports\]'"):
        write_export(name, Record(), tmp_path / f"x{FORMATS[name].suffix}")


def test_xlsx_opens_in_pandas(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    frame = pandas.read_excel(written("xlsx", tmp_path), sheet_name="figures")
    assert frame["best"].sum() == sum(f.best or 0 for f in LARGE.figures)


def test_zips_have_no_time(tmp_path: Path) -> None:
    with zipfile.ZipFile(written("bundle", tmp_path)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
