"""What can be taken away, by the names in the footer of every page."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import onrecord
from onrecord.exports.formats import FORMATS
from onrecord.exports.record_json import to_json
from onrecord.office import Office
from onrecord.store.memory import MemoryStore
from onrecord.web.app import make_app
from tests.factories import a_record
from tests.web.browse import Reader, get


def table_of(content: bytes, name: str) -> list[dict[str, str]]:
    with ZipFile(BytesIO(content)) as archive:
        return list(csv.DictReader(archive.read(name).decode().splitlines()))


def events_of(content: bytes) -> list[dict[str, str]]:
    return table_of(content, "events.csv")


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


def test_the_form_offers_every_format_and_says_what_it_loses(store: MemoryStore) -> None:
    [page] = get(make_app(store), "/export?format=kml&grade=fair")
    found = [dict(tag) for name, tag in Reader(page.text).tags if name == "option"]
    assert len(found) == len(FORMATS)
    assert all(form.loses in unescape(page.text) for form in FORMATS.values())
    assert "<option selected>kml</option>" in page.text
    assert page.text.count(" checked") == 1
    assert 'name="rule"' not in page.text  # nobody here concludes figures anew


def test_a_part_of_the_record_is_exported(store: MemoryStore) -> None:
    app = make_app(store)
    all_of_it, none, placed = get(
        app,
        "/download/export.zip?format=csv",
        "/download/export.zip?format=csv&since=2031&until=2032-05",
        "/download/export.zip?format=csv&grade=confirmed&place=",
    )
    counts = [len(events_of(answer.content)) for answer in (all_of_it, none, placed)]
    assert counts == [1, 0, 0]
    assert all_of_it.headers["content-disposition"] == 'attachment; filename="csv.zip"'


def test_the_choice_is_that_of_the_command_line(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "r.db") as project, closing(Office(project, None)) as office:
        for number, count in enumerate((14, 20)):
            path = tmp_path / f"{number}.txt"
            path.write_text(
                f"Strike on Hajin\n\n1{number} September 2018\n\nAn air strike killed {count} civilians in Hajin on 9 "
                f"September, {'the Syrian Observatory for Human Rights' if number else 'the Red Crescent'} said.\n",
                encoding="utf-8",
            )
            project.add(path)
        app = make_app(project.store, office=office)
        form, wide, low, plain = get(
            app,
            "/export?rule=lowest",
            "/download/export.zip?format=csv&place=Hajin&since=2018",
            "/download/export.zip?format=csv&place=Hajin&since=2018&rule=lowest",
            "/download/csv.zip",
        )
        assert "<option selected>lowest</option>" in form.text
        highs = [[row["high"] for row in table_of(a.content, "figures.csv")] for a in (wide, low, plain)]
        assert highs == [["20"], ["14"], ["20"]]
        project.export("csv", tmp_path / "out", rule="lowest", since="2018", place="Hajin")
        with ZipFile(BytesIO(low.content)) as archive:
            assert archive.read("figures.csv") == (tmp_path / "out" / "figures.csv").read_bytes()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("format=word", 400, "there is no format &#39;word&#39;"),
        ("format=acled&since=June", 400, "no date"),
        ("format=acled&grade=sure", 400, "no grade &#39;sure&#39;"),
        ("format=acled&place=<b>Atlantis", 404, "no place &#39;&lt;b&gt;Atlantis&#39;"),
        ("format=acled&rule=lowest", 400, "this workspace only shows"),
    ],
)
def test_what_makes_no_sense_is_told_on_the_form(store: MemoryStore, query: str, status: int, words: str) -> None:
    [answer] = get(make_app(store), f"/download/export.zip?{query}")
    assert answer.status_code == status
    assert words in answer.text
    assert "<form" in answer.text


def test_another_name_is_not_found(store: MemoryStore) -> None:
    (answer,) = get(make_app(store), "/download/../record.db")
    assert answer.status_code == 404
    (answer,) = get(make_app(store), "/download/all.zip")
    assert answer.status_code == 404
