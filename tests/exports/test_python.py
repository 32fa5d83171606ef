"""Exports as a program in Python uses them, and the pages about them."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.exports.formats import FORMATS
from onrecord.model.errors import OnrecordError
from onrecord.project import Project, Table
from onrecord.store.memory import MemoryStore
from tests.factories import a_record

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project() -> Project:
    store = MemoryStore()
    store.save_record(a_record())
    return Project(store)


def test_events_become_points(project: Project) -> None:
    pytest.importorskip("geopandas")
    frame = project.events.to_geopandas()
    assert frame.crs.to_epsg() == 4326
    assert [(p.x, p.y) for p in frame.geometry] == [(39.0, 35.9)]
    assert [p is None for p in project.entities.to_geopandas().geometry] == [
        e.point is None for e in a_record().entities
    ]


def test_ids_stay_when_an_older_account_of_the_same_is_added(tmp_path: Path) -> None:
    told = "Islamic State fighters killed 14 civilians in Hajin on 9 September, the Red Crescent said.\n"
    for day in (10, 12):
        (tmp_path / f"{day}.txt").write_text(f"Attack on Hajin\n\n{day} September 2018\n\n{told}", encoding="utf-8")
    columns = {"acled": "event_id_cnty", "ucdp-ged": "id", "airwars": "code", "everycasualty": "record_id"}
    with onrecord.open(tmp_path / "r.db") as opened:

        def ids() -> dict[str, list[str]]:
            tables = {form: csv.DictReader(str(opened.export(form)).splitlines()) for form in columns}
            return {form: [row[columns[form]] for row in table] for form, table in tables.items()}

        opened.add(tmp_path / "12.txt")
        before = ids()
        opened.add(tmp_path / "10.txt")
        assert len(opened.record.dispatches) == 2
        assert all(before.values())
        assert ids() == before


def test_a_table_without_places_has_no_points(project: Project) -> None:
    with pytest.raises(OnrecordError, match="has no places"):
        project.statements.to_geopandas()


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(OnrecordError, match=r"pip install 'onrecord\[maps\]'"):
        Table([]).to_geopandas()


def test_export_from_python_gives_text_or_files_and_tells_what_is_lost(project: Project, tmp_path: Path) -> None:
    assert str(project.export("acled", since="2017-10")).startswith("event_id_cnty,")
    written = project.export("ucdp-ged", tmp_path / "u.csv", place="Ardun", grades=("fair",))
    assert written == [tmp_path / "u.csv", tmp_path / "losses.csv"]


def test_the_page_has_a_word_on_every_format() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page and f"## {name}" not in page] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*non-interactive:UserWarning")
def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    nbformat = pytest.importorskip("nbformat")
    monkeypatch.chdir(ROOT)
    path = ROOT / "docs" / "deaths-by-month.ipynb"
    nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
    names: dict[str, Any] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), path.name, "exec"), names)
    months = names["months"]
    assert len(months) >= 3
    assert (months["low"] <= months["best"]).all()
    assert (months["best"] <= months["high"]).all()
    names["plt"].close("all")


def test_the_package_is_this_one() -> None:
    assert Path(onrecord.__file__).parent == ROOT / "onrecord"
