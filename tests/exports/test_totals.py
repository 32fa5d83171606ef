"""Of each measure, what the files of an export say and what it loses add up to what the record holds."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.large import a_large_record
from onrecord.exports.formats import FORMATS
from onrecord.exports.losses import Losses
from onrecord.exports.toll import value
from onrecord.exports.write import write_export
from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record

Said = Iterable[tuple[str, float]]
_NUMBER = re.compile(r"\b([A-Z]\w+): (?:at least |up to |about )?([\d,]+)")  # as `notes.numbers` writes a figure


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _column(measure: str, *columns: str) -> Callable[[Path], Said]:
    return lambda path: [(measure, float(row[c] or 0)) for row in _rows(path) for c in columns]


def _table(rows: Iterable[Any]) -> Said:
    return [(row["measure"], float(row["best"])) for row in rows if row["best"] not in (None, "")]


def _words(text: str) -> Said:
    return [(m[1].casefold(), float(m[2].replace(",", ""))) for m in _NUMBER.finditer(text)]


def _json(path: Path) -> Said:
    return _table(json.loads(path.read_text(encoding="utf-8"))["figures"])


def _bundle(path: Path) -> Said:
    with zipfile.ZipFile(path) as archive:
        return _table(json.loads(archive.read("record.json"))["figures"])


def _geojson(path: Path) -> Said:
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    return _table(f["properties"] for f in found if f["properties"]["layer"] == "figure")


def _airwars(path: Path) -> Iterator[tuple[str, float]]:
    """Airwars gives bounds and no best number; in the records of this test the least is the best."""
    for row in _rows(path):
        for harm, measure in (("killed", "killed"), ("injured", "wounded")):
            for group in ("civilian_non_combatants", "persons_directly_participating_in_hostilities"):
                yield measure, float(row[f"{group}_{harm}_min"] or 0)


def _plover(path: Path) -> Iterator[tuple[str, float]]:
    names = {"dead": "killed", "injured": "wounded", "arrested": "detained"}
    for event in json.loads(path.read_text(encoding="utf-8")):
        yield from ((names[size], float(count)) for size, count in event["size"].items())


def _parquet(path: Path) -> Said:
    parquet = pytest.importorskip("pyarrow.parquet")
    return _table(parquet.read_table(path / "figures.parquet").to_pylist())


def _duckdb(path: Path) -> Said:
    with pytest.importorskip("duckdb").connect(str(path), read_only=True) as database:
        return _table(
            {"measure": m, "best": b} for m, b in database.sql("SELECT measure, best FROM figures").fetchall()
        )


def _workbook(path: Path) -> Said:
    head, *rows = pytest.importorskip("openpyxl").load_workbook(path)["figures"].iter_rows(values_only=True)
    return _table(dict(zip(head, row, strict=True)) for row in rows)


def _kml(path: Path) -> Said:
    space = "{http://www.opengis.net/kml/2.2}"
    tree = ElementTree.parse(path)
    return [n for mark in tree.iter(f"{space}Placemark") for n in _words(mark.findtext(f"{space}description") or "")]


def _calendar(path: Path) -> Said:
    calendar = pytest.importorskip("icalendar").Calendar.from_ical(path.read_bytes())
    return [n for event in calendar.walk("VEVENT") for n in _words(str(event["DESCRIPTION"]))]


def _entities(path: Path) -> Said:
    lines = (path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    texts = (t for line in lines for t in json.loads(line)["properties"].get("summary", ()))
    return [n for text in texts for n in _words(text)]


def _graph(path: Path) -> Said:
    graph = pytest.importorskip("rdflib").Graph().parse(path / "record.ttl")
    asked = "PREFIX o: <urn:onrecord:term:> SELECT ?m ?b WHERE { ?f o:measure ?m ; o:best ?b }"
    return [(str(m), float(b)) for m, b in graph.query(asked)]


SAID: dict[str, Callable[[Path], Said]] = {
    "json": _json,
    "csv": lambda path: _table(_rows(path / "figures.csv")),
    "geojson": _geojson,
    "acled": _column("killed", "fatalities"),
    "ucdp-ged": _column("killed", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    "airwars": _airwars,
    "everycasualty": _column("killed", "number_killed_best"),
    "hxl": lambda path: _table(r for r in _rows(path / "figures.csv") if not r["measure"].startswith("#")),
    "plover": _plover,
    "bundle": _bundle,
    "geopackage": lambda _: (),
    "kml": _kml,
    "ics": _calendar,
    "parquet": _parquet,
    "duckdb": _duckdb,
    "xlsx": _workbook,
    "ftm": _entities,
    "prov": _graph,
}


def held(record: Record) -> Counter[str]:
    return _added((f.measure, value(f)) for f in record.figures)


def _added(said: Said) -> Counter[str]:
    totals: Counter[str] = Counter()
    for measure, number in said:
        totals.update({measure: number})  # halves may be counted too
    return totals


def test_every_format_is_looked_at() -> None:
    assert set(SAID) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=6)
@given(seed=st.integers(0, 1000), size=st.integers(0, 45), places=st.integers(1, 6))
def test_what_is_said_and_what_is_lost_are_the_record(
    name: str, seed: int, size: int, places: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    record, losses = a_large_record(size, seed=seed, places=places), Losses()
    path = tmp_path_factory.mktemp("out") / f"x{FORMATS[name].suffix}"
    try:
        write_export(name, record, path, losses=losses)
    except OnrecordError as error:
        pytest.skip(str(error))
    said, total = _added(SAID[name](path)), held(record)
    for measure in {*total, *said}:
        assert said[measure] + losses.amount(measure) == pytest.approx(total[measure]), measure
