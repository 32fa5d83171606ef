"""Tables of other projects: as a source of a record, and beside it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

import onrecord
from onrecord.exports.compare import FINDINGS, compare, read_table, rows
from onrecord.exports.compare_page import write
from onrecord.exports.material import Material
from onrecord.exports.write import write_export
from onrecord.lexicon.lexicon import table
from onrecord.lexicon.projects import project_of, project_row
from onrecord.model.errors import OnrecordError, SourceError
from onrecord.model.records import Dispatch, Record, SetAside
from onrecord.model.vocabulary import EVENT_TYPES
from onrecord.sources.open import read_source
from tests.exports.told import COALITION, HAJIN, ISLAMIC_STATE, NOWHERE, RAQQA, SDF, Said, a_told_record, said

ACLED = {
    "event_id_cnty": "SYR1", "event_date": "2018-09-10", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "QSD: Syrian Democratic Forces", "assoc_actor_1": "",
    "actor2": "Islamic State (Syria)", "assoc_actor_2": "", "country": "Syria", "admin1": "Deir ez Zor",
    "location": "Hajin", "latitude": "34.6950", "longitude": "40.8310", "geo_precision": "1", "source": "Example Post",
    "notes": "They fought.", "fatalities": "5",
}  # fmt: skip


def a_table(folder: Path, *given: dict[str, str], name: str = "acled.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(ACLED))
        writer.writeheader()
        writer.writerows(ACLED | one for one in given)
    return path


def clash(**fields: Any) -> Said:
    return said("armed_clash", SDF, targets=(ISLAMIC_STATE,), **fields)


def dead(low: int, high: int | None = None) -> tuple[Any, ...]:
    return (("killed", "people", low, low if high is None else high, "event"),)


def findings(path: Path, *events: Said) -> list[tuple[str, str, str]]:
    found = compare(Material(a_told_record(*events)), path)
    return [(p.finding, p.theirs.id if p.theirs else "", p.ours.id if p.ours else "") for p in found.pairs]


# ------------------------------------------------------------------------------------------------------- as a source


def test_a_row_is_a_dispatch_of_its_project_from_which_each_value_is_quoted(tmp_path: Path) -> None:
    [dispatch] = read_source(str(a_table(tmp_path, {})))
    assert isinstance(dispatch, Dispatch)
    assert (dispatch.outlet, dispatch.published, dispatch.title) == ("ACLED", "2018-09-10", "ACLED event SYR1")
    with onrecord.open(":memory:") as project:
        assert project.add(tmp_path / "acled.csv").read == 1
        record = project.record
    text = record.dispatches[0].text
    [event] = record.events
    names = {e.id: e.name for e in record.entities}
    assert (event.type, event.when.start, event.when.end) == ("armed_clash", "2018-09-10", "2018-09-10")
    assert [names[a] for a in (*event.agents, *event.targets)] == ["Syrian Democratic Forces", "Islamic State"]
    assert names[event.place or ""] == "Hajin"
    [figure] = record.figures
    assert (figure.measure, figure.low, figure.high, figure.event) == ("killed", 5, 5, event.id)
    assert {c.trigger.of(text) for c in record.claims} == {"armed_clash", "5 people"}


def test_rows_of_one_table_are_no_copies_of_one_another(tmp_path: Path) -> None:
    path = a_table(tmp_path, {}, {"event_id_cnty": "SYR2", "event_date": "2018-09-12", "fatalities": "7"},
                   {"event_id_cnty": "SYR3", "event_date": "2018-10-02", "location": "Raqqa"})  # fmt: skip
    with onrecord.open(":memory:") as project:
        project.add(path)
        record = project.record
    assert len(set(record.lineage.values())) == 3
    assert len(record.events) == 3


def test_a_row_without_a_date_is_set_aside(tmp_path: Path) -> None:
    read = list(read_source(str(a_table(tmp_path, {"event_date": "some day"}, {}))))
    assert sum(isinstance(item, Dispatch) for item in read) == 1
    [aside] = [item for item in read if isinstance(item, SetAside)]
    assert "no row of ACLED: it has no date" in aside.advice


@pytest.mark.parametrize(
    ("row", "name", "point", "precision"),
    [
        ({}, "Hajin", HAJIN.point, "exact"),
        (
            {"location": "Qalbukha", "latitude": "34.6101", "longitude": "40.9022"},
            "Qalbukha",
            (40.9022, 34.6101),
            "exact",
        ),
        ({"location": "Tripoli", "latitude": "36.1", "longitude": "39.2"}, "Tripoli", (39.2, 36.1), "exact"),
        ({"geo_precision": "2"}, "near Hajin", HAJIN.point, "near"),
        ({"location": "Qalbukha", "admin1": "Qalbuk", "geo_precision": "3"}, "Qalbuk province", HAJIN.point, "admin1"),
    ],
)
def test_a_row_lies_at_its_point(tmp_path: Path, row: dict[str, str], name: str, point: Any, precision: str) -> None:
    with onrecord.open(":memory:") as project:
        project.add(a_table(tmp_path, row))
        [event] = project.record.events
        place = next(e for e in project.record.entities if e.id == event.place)
        [exported] = csv.DictReader(str(project.export("acled")).splitlines())
    assert (place.name, place.point, place.precision) == (name, point, precision)
    assert (float(exported["longitude"]), float(exported["latitude"])) == point


@pytest.mark.parametrize("name", ["acled", "ucdp-ged", "airwars"])
def test_what_we_export_we_read_back(name: str, tmp_path: Path) -> None:
    event = said("air_strike", COALITION, targets=(ISLAMIC_STATE,), figures=(("killed", "civilians", 3, 5, "event"),))
    [path, *_] = write_export(name, a_told_record(event), tmp_path / "t.csv")
    with path.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert project_of(row) == name
    read = project_row(name, row)
    assert (str(read.first), read.place, read.point) == ("2018-09-10", "Hajin", HAJIN.point)
    assert (read.low, read.high) == ((3, 3) if name == "acled" else (3, 5))
    assert read.type == ("killing" if name == "ucdp-ged" else "air_strike")
    with onrecord.open(":memory:") as project:
        project.add(path)
        assert [f.low for f in project.record.figures] == [3]


def test_types_of_other_projects_are_types_of_ours() -> None:
    for entry in table("conventions/imports").values():
        assert {*entry["types"].values(), entry["type_else"]} <= set(EVENT_TYPES)


# ------------------------------------------------------------------------------------------------------------ beside


def test_what_both_have_and_what_only_one_has(tmp_path: Path) -> None:
    path = a_table(tmp_path, {}, {"event_id_cnty": "SYR2", "event_date": "2018-09-20"})
    assert findings(path, clash(figures=dead(4, 6)), clash(day="2018-09-15", place=RAQQA)) == [
        ("both", "SYR1", "v0"),
        ("only ours", "", "v1"),
        ("only theirs", "SYR2", ""),
    ]


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (dead(9), "they count fewer killed: 5, and our accounts 9"),
        (dead(2), "they count more killed: 5, and our accounts 2"),
        ((), "they count 5 killed, no account of ours counts any"),
    ],
)
def test_numbers_that_contradict_one_another(tmp_path: Path, figures: Any, why: str) -> None:
    found = compare(Material(a_told_record(clash(figures=figures))), a_table(tmp_path, {}))
    assert [(p.finding, p.why) for p in found.pairs] == [("figures differ", why)]


@pytest.mark.parametrize(
    ("event", "same"),
    [
        (clash(day="2018-09-11"), True),
        (clash(day="2018-09-13"), False),
        (said("air_strike", SDF), True),
        (said("negotiation", SDF), False),
        (clash(place=RAQQA), False),
    ],
)
def test_two_are_the_same_by_day_place_and_kind(tmp_path: Path, event: Said, same: bool) -> None:
    path = a_table(tmp_path, {}, {"event_id_cnty": "far", "event_date": "2018-12-01"})
    assert (("figures differ", "SYR1", "v0") in findings(path, event)) == same


def test_the_nearest_of_several_is_taken_and_each_but_once(tmp_path: Path) -> None:
    other, right = said("killing", COALITION), clash(figures=dead(5))
    found = findings(a_table(tmp_path, {}), other, right)
    assert sorted(found) == [("both", "SYR1", "v1"), ("only ours", "", "v0")]


def test_what_cannot_be_compared_is_counted(tmp_path: Path) -> None:
    record = a_told_record(clash(status="denied"), clash(place=NOWHERE), clash(start=None), clash(day="2020-01-01"))
    found = compare(Material(record), a_table(tmp_path, {}, {"event_date": "?"}))
    assert dict(found.passed_over) == {
        "our events that are denied, expected or conditional": 1,
        "our events without a place on the map": 1,
        "our events without a date, or with one rougher than a month": 1,
        "our events outside the days of their table": 1,
        "their rows that cannot be read (the first is row 2: it has no date that can be read ('?'))": 1,
    }


def test_the_page_has_a_map_and_a_table_and_needs_nothing_else(tmp_path: Path) -> None:
    made = Material(a_told_record(clash(figures=dead(9)), clash(place=RAQQA)))
    found = compare(made, a_table(tmp_path, {"location": "<b>Hajin</b>", "notes": "x"}))
    page, sheet = write(made, found, tmp_path / "out" / "beside.html")
    text = page.read_text(encoding="utf-8")
    assert "http" not in text
    tree = lxml_html.fromstring(text)
    assert [tree.xpath(f"count({path})") for path in ("//circle", "//tbody/tr", "//td//b")] == [2, 2, 0]
    with sheet.open(encoding="utf-8", newline="") as file:
        assert [row["finding"] for row in csv.DictReader(file)] == ["only ours", "figures differ"]
    assert {str(r["finding"]) for r in rows(made, found)} <= set(FINDINGS)


def test_a_record_beside_its_own_export_has_all_of_it(tmp_path: Path) -> None:
    events = [clash(day=f"2018-09-{day:02}", figures=dead(day)) for day in range(1, 28, 3)]
    record = a_told_record(*events)
    [path, *_] = write_export("acled", record, tmp_path / "a.csv")
    found = compare(Material(record), path)
    assert {p.finding for p in found.pairs} == {"both"}
    assert len(found.pairs) == len(events)


@pytest.mark.parametrize(
    ("date", "other", "first"),
    [
        ("10 September 2018", "", "2018-09-10"),
        ("10.09.2018", "", "2018-09-10"),
        ("2018/09/10", "", "2018-09-10"),
        ("10/9/2018", "25/9/2018", "2018-09-10"),
        ("10/9/2018", "9/25/2018", "2018-10-09"),
        ("9/9/2018", "", "2018-09-09"),
        ("10/9/2018", "", None),
        ("10/9/2018", "25/9/2018, 9/25/2018", None),
        ("31/2/2018", "", None),
    ],
)
def test_days_are_read_as_the_table_writes_them(tmp_path: Path, date: str, other: str, first: str | None) -> None:
    rows = [{"event_date": d, "event_id_cnty": "x"} for d in other.split(", ") if d]
    path = a_table(tmp_path, {"event_date": date, "event_id_cnty": "this"}, *rows, {"event_id_cnty": "iso"})
    _, read, bad = read_table(path)
    assert [str(r.first) for r in read if r.id == "this"] == ([first] if first else [])
    assert bool(bad) == (first is None)


def test_what_programs_do_to_a_table_is_of_no_matter(tmp_path: Path) -> None:
    path = a_table(tmp_path, {"latitude": "34,6950", "longitude": "40,8310", "fatalities": "five"})
    lines = path.read_text(encoding="utf-8-sig").replace(",", ";").replace('"34;6950"', "34,6950")
    head, _, rest = lines.replace('"40;8310"', "40,8310").partition("\n")
    path.write_text(f"\ufeff{head.replace('_', ' ').title()}\n{rest}", encoding="utf-8")
    project, [row], bad = read_table(path)
    assert (project, row.point, row.low) == ("acled", HAJIN.point, None)
    assert dict(bad) == {"their rows read but for a cell (the first is row 1: 'five' is no number)": 1}
    [dispatch] = read_source(str(path))
    assert isinstance(dispatch, Dispatch)
    assert "not read in it: 'five' is no number" in dispatch.notes
    assert "Place: Hajin (34.6950, 40.8310)" in dispatch.text


def test_misspelt_columns_are_named(tmp_path: Path) -> None:
    path = a_table(tmp_path, {})
    path.write_text(path.read_text(encoding="utf-8-sig").replace("fatalities", "fatalites"), encoding="utf-8")
    words = r"looks like a table of ACLED, but has no column fatalities \(is 'fatalites' meant\?\)"
    with pytest.raises(SourceError, match=words):
        compare(Material(Record()), path)
    [aside] = read_source(str(path))
    assert isinstance(aside, SetAside)
    assert "is 'fatalites' meant?" in aside.advice


def test_a_table_with_nothing_to_compare_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a heading and nothing below"):
        compare(Material(Record()), a_table(tmp_path))
    with pytest.raises(SourceError, match="no date that can be read"):
        compare(Material(Record()), a_table(tmp_path, {"event_date": "some day"}))


def test_a_comparison_is_never_written_over_the_table(tmp_path: Path) -> None:
    path = a_table(tmp_path, {})
    with onrecord.open(":memory:") as project, pytest.raises(OnrecordError, match="written over"):
        project.compare(path, tmp_path / "acled.html")
    assert path.read_text(encoding="utf-8-sig").startswith("event_id_cnty,")


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="columns of ACLED, UCDP GED or Airwars"):
        compare(Material(Record()), path)
    with pytest.raises(SourceError, match="check the path"):
        compare(Material(Record()), tmp_path / "none.csv")
