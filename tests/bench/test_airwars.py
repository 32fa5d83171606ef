"""The scores of places and joining, on two small tables of our own whose answers are known."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bench.airwars import INCIDENTS, STATEMENTS, half_of, main, scores, statements

GRID = "37SEV010790"  # in Raqqa
POINT = {"mgrs_lat": 35.958, "mgrs_lon": 39.011, "lat": 35.95, "lon": 39.01}
SAID = "May 3, 2016, near Raqqa, Syria, via locals. Coalition aircraft conducted a strike. Four civilians were killed."


def row(code: str, said: str, **fields: Any) -> dict[str, Any]:
    own = {"code": code, "incident_date": "2016-05-03", "statement": said, "statement_date": "20160601"}
    return own | {"mgrs": GRID, "location_en": "Raqqa"} | POINT | fields


def incident(code: str, where: str, lat: float, lon: float) -> dict[str, Any]:
    own = {"code": code, "date": "2016-05-03", "location_en": where, "region": "Raqqa", "lat": lat, "lon": lon}
    return own | {"belligerent": "U.S.-led Coalition", "civ_killed_min": 4, "civ_killed_max": 4}


def written(path: Path, found: list[dict[str, Any]]) -> None:
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, found)).encode()))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("airwars")
    far = row("CS2", f"May 3, 2016, near Hajin, Syria, via residents. One man was killed. {GRID}")
    written(folder / STATEMENTS, [row("CS1", SAID), far])
    written(folder / INCIDENTS, [incident("CS1", "Raqqa", 35.95, 39.01), incident("CS9", "Hajin", 34.69, 40.83)])
    return folder


def test_scores_count_places_and_joins(small: Path) -> None:
    found = scores(small)
    assert found["statements"] == found["with_grid"] == 2
    assert found["placed"] == 50.0  # by words alone the second one is put at Hajin
    assert found["placed_as_published"] == 100.0
    assert found["reachable"] == 100.0
    assert found["joined"] == found["joined_alone"] == 100.0


def test_halves_part_the_statements(small: Path) -> None:
    halves = [half_of(t.code) for t in statements(small)]
    assert [scores(small, half=h)["statements"] for h in "ab"] == [halves.count("a"), halves.count("b")]


def test_a_statement_without_a_place_is_headed_as_its_list_is(small: Path, tmp_path: Path) -> None:
    written(tmp_path / STATEMENTS, [row("CS3", "There is not enough evidence of harm. 123/CS3")])
    (told,) = statements(tmp_path)
    assert told.dispatch.text == "May 3, 2016, near Raqqa, Syria. There is not enough evidence of harm."


def test_a_folder_without_the_tables_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert STATEMENTS in capsys.readouterr().err
