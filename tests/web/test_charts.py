"""Charts and maps put things where they belong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.records import Control, Entity, Event, Figure, Record
from onrecord.model.values import Amount, When
from onrecord.report import land
from onrecord.web import queries, words
from onrecord.web.charts import bounds_row, histogram, scale
from onrecord.web.lanes import lanes
from onrecord.web.maps import draw
from onrecord.web.plots import plot
from tests.factories import a_claim, a_dispatch


def an_event(start: str | None, **fields: Any) -> Event:
    defaults: dict[str, Any] = {
        "id": f"v{start}", "type": "killing", "agents": (), "targets": (), "place": None, "when": When(start, start),
        "status": "happened", "claims": (), "sources": 1, "grade": "weak",
    }  # fmt: skip
    return Event(**(defaults | fields))


def a_place(name: str, lon: float, lat: float, **fields: Any) -> Entity:
    return Entity(id=f"e{name}", kind="place", name=name, point=(lon, lat), **({"precision": "exact"} | fields))


@pytest.mark.parametrize(
    ("starts", "step", "bars", "loose"),
    [
        (["2017-10-01", "2017-10-03", "2017-10-03"], "day", 2, 0),
        (["2017-01-02", "2017-08-01", "2017-08"], "week", 2, 1),
        (["2014-01-05", "2016-08-01", "2016-08", "2016"], "month", 2, 1),
        (["1998", "2017-10-03"], "year", 2, 0),
        ([None, None], "day", 0, 2),
        (["2017"], "day", 0, 1),
    ],
)
def test_bars_are_no_finer_than_the_dates(starts: list[str | None], step: str, bars: int, loose: int) -> None:
    made = histogram([an_event(s) for s in starts])
    assert (made.step, len(made.bars), made.loose) == (step, bars, loose)
    assert sum(b.count for b in made.bars) + made.loose == len(starts)


@given(st.lists(st.dates().map(str), min_size=1, max_size=20))
def test_bars_stay_within_the_chart_and_lead_to_their_days(days: list[str]) -> None:
    made = histogram([an_event(d) for d in days])
    assert all(b.at >= 0 and b.at + b.width <= 100.01 and 0 < b.height <= 100 for b in made.bars)
    assert sum(b.count for b in made.bars) == len(days)
    assert all(any(b.first <= d <= b.last for b in made.bars) for d in days)


def test_a_war_long_ago_does_not_squeeze_the_chart_and_is_told() -> None:
    now = [an_event(f"2017-{month:02}-{day:02}") for month in (3, 4) for day in range(1, 29)]
    far = [an_event("1856-02-01"), an_event("1914-08-01"), an_event(None)]
    made = histogram([*far, *now])
    assert (made.step, made.beyond, made.loose) == ("day", 2, 1)
    assert sum(b.count for b in made.bars) == len(now)
    few = histogram([*far, *now[:10]])
    assert (few.step, few.beyond) == ("year", 0)


def test_an_open_side_reaches_on_and_says_so() -> None:
    axis = scale([40, 100])
    row = bounds_row(axis, 40, None)
    assert (row.open_left, row.open_right) == (False, True)
    assert row.left == axis.at(40) < row.right
    assert axis.at(0) == 0
    assert axis.at(100) < 100


@given(st.lists(st.floats(0, 1e9), max_size=6))
def test_an_axis_reaches_beyond_every_value(values: list[float]) -> None:
    axis = scale(values)
    assert all(v <= axis.top for v in values)
    assert 2 <= len(axis.ticks) <= 12


def test_holders_who_overlap_lie_on_rows_of_their_own() -> None:
    spells = (
        Control("p", "a", "holds", "2017-01", "2017-06-30", None, ()),
        Control("p", "b", "contested", "2017-06", "2017-08", None, (), disputed=True),
        Control("p", "b", "holds", "2017-09-01", None, None, ()),
        Control("q", None, "unknown", None, None, None, ()),
    )
    ix = queries.index(Record(control=spells))
    made = lanes(ix, spells)
    first, second = made.lanes
    assert [s.row for s in first.spells] == [0, 1, 0]
    assert first.spells[0].at < first.spells[1].at < first.spells[0].at + first.spells[0].width
    assert second.spells == ()
    assert second.undated == (spells[3],)
    assert made.holders == (("b", 1), ("a", 2))


def test_a_map_keeps_north_up_and_everything_inside() -> None:
    made = draw([(a_place("North", 39.0, 36.9), 4), (a_place("South", 39.5, 35.0), 1)])
    assert made is not None
    north, south = made.dots
    assert north.y < south.y
    assert north.x < south.x
    assert north.radius > south.radius
    assert all(0 < d.x < 100 and 0 < d.y < 100 for d in made.dots)
    assert made.bar[1].endswith(" km")


def test_places_far_off_do_not_shrink_the_map() -> None:
    near = [(a_place(f"Near {n}", 39 + n / 20, 36 + n / 30), 5) for n in range(20)]
    far = [(a_place("Far", -77, 38.9), 1)]
    made = draw([*near, *far])
    assert made is not None
    assert made.box.east - made.box.west < 4
    assert [d.name for d in made.beyond if d.name == "Far"] == ["Far"]
    assert len(made.dots) + len(made.beyond) == 21


def test_a_map_of_nothing_is_none_and_labels_never_lie_on_one_another() -> None:
    assert draw([(replace(a_place("Nowhere", 0, 0), point=None), 1)]) is None
    crowd = [(a_place(f"Village {n}", 39 + n / 500, 36), 1) for n in range(30)]
    made = draw(crowd)
    assert made is not None
    assert 0 < sum(d.fits != "none" for d in made.dots) < 30


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_any_point_can_be_drawn(lon: float, lat: float) -> None:
    made = draw([(a_place("Here", lon, lat), 1)])
    assert made is not None
    assert made.dots[0].x == pytest.approx(50, abs=0.1)


def test_outlines_are_cut_at_the_edge() -> None:
    ring = ((-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0))
    cut = land.clip(ring, (0, 0, 5, 20))
    assert set(cut) == {(0.0, 0.0), (5.0, 0.0), (5.0, 10.0), (0.0, 10.0)}
    assert land.clip(ring, (20, 20, 30, 30)) == ()


def test_an_open_line_shows_only_where_it_meets_the_frame() -> None:
    line = ((-20.0, 5.0), (-10.0, 5.0), (2.0, 5.0), (20.0, 5.0), (30.0, 5.0), (30.0, 60.0), (5.0, 60.0), (5.0, 8.0))
    assert list(land.stretches(line, (0, 0, 10, 10))) == [line[1:4], line[6:]]
    assert not list(land.stretches(line, (40, 40, 50, 50)))


WATERS = [
    ("lake", "MultiPolygon", [[[[39, 35], [41, 35], [41, 37], [39, 35]]]]),
    ("river", "MultiLineString", [[[30, 36], [39.9, 36], [40.1, 36.1]], [[80, 1], [81, 2]]]),
]


def test_a_map_shows_water_and_the_borders_of_regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, kinds in (("waters", WATERS), ("regions", [("region", *WATERS[1][1:])])):
        features = [{"properties": {"kind": k}, "geometry": {"type": t, "coordinates": c}} for k, t, c in kinds]
        (tmp_path / f"{name}.json").write_text(json.dumps({"features": features}))
    monkeypatch.setattr(land, "BUILD", tmp_path)
    made = draw([(a_place("Here", 40, 36), 1)])
    assert made is not None
    assert made.lakes.endswith("Z")
    assert made.rivers.startswith("M")
    assert made.rivers.count("M") == 1
    assert made.regions == made.rivers


def test_a_map_uses_the_outlines_where_they_were_built(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    outlines = tmp_path / "countries.json"
    outlines.write_text(
        '{"features": [{"properties": {"name": "Landia"}, "geometry": {"coordinates":'
        " [[[[30, 30], [50, 30], [50, 36], [30, 36], [30, 30]]]]}}]}"
    )
    monkeypatch.setattr(land, "BUILD", tmp_path)
    made = draw([(a_place("Here", 40, 36), 1)])
    assert made is not None
    assert [c.name for c in made.countries] == ["Landia"]
    assert made.countries[0].outline.startswith("M")
    monkeypatch.setattr(land, "BUILD", tmp_path / "none")
    assert draw([(a_place("Here", 40, 36), 1)]).countries == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2017-10-17", "2017-10-17", "17 October 2017"),
        ("2017-10-17", "2017-10-20", "17–20 October 2017"),
        ("2017-09-30", "2017-10-03", "30 September – 3 October 2017"),
        ("2017-10", "2017-10", "October 2017"),
        ("2014", "2017", "2014 – 2017"),
        ("2014", None, "since 2014"),
        (None, "2014-02", "until February 2014"),
        (None, None, "not dated"),
    ],
)
def test_time_in_words_is_no_more_precise_than_it_is(start: str | None, end: str | None, said: str) -> None:
    assert words.span(When(start, end)) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (3250, None, "people", "at least 3,250"),
        (None, 400, "", "up to 400"),
        (200, 300, "people", "200–300"),
        (33.3, 33.3, "%", "33.3\u00a0%"),
        (None, None, "", "no number"),
    ],
)
def test_bounds_in_words(low: float | None, high: float | None, unit: str, said: str) -> None:
    assert words.bounds(low, high, unit) == said


def test_a_figure_is_plotted_over_time_with_a_colour_a_source_and_open_bounds() -> None:
    told = ((10, "One", "2017-10-01"), (20, "Two", "2017-10-11"), (30, "One", "2017-10-21"))
    texts = [a_dispatch(f"At least {n} were killed.", outlet=o, published=d) for n, o, d in told]
    claims = [
        a_claim(d, f"At least {n}", kind="figure", type="killed", amount=Amount(float(n), None), mode="cumulative")
        for d, n in zip(texts, (10, 20, 30), strict=True)
    ]
    figure = Figure("f1", "killed", None, None, None, "cumulative", 30.0, 30.0, None, "latest",
                    tuple(c.id for c in claims), 2)  # fmt: skip
    ix = queries.index(Record(dispatches=tuple(texts), claims=tuple(claims), figures=(figure,)))
    made = plot(ix, figure, claims)
    assert made is not None
    assert [a.shade for a in made.accounts] == [1, 2, 1]
    assert [a.open_top for a in made.accounts] == [True] * 3
    first, second, third = made.accounts
    assert first.x < second.x < third.x
    assert first.bottom > second.bottom > third.bottom
    assert [(line[0], line[2], line[4]) for line in made.lines] == [(first.x, third.x, 1)]
    assert plot(ix, figure, claims[:1]) is None
