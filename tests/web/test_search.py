"""Words and filters find what they should, and every view can be taken away as it is."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web import queries
from onrecord.web.fulltext import Texts, Wanted
from onrecord.web.search import marked
from onrecord.web.sources import sources
from tests.factories import a_dispatch
from tests.web.browse import get, plain
from tests.web.world import FakeStore, a_world, make_app

WORLD = a_world()
APP = make_app(FakeStore(WORLD))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hospital", {0, 1}),
        ("hospital school", {1}),
        ('"the hospital was"', {0}),
        ("hospital -school", {0}),
        ("hospit*", {0, 1}),
        ("hospit", set()),
        ("HAMA", {2}),
        ("-hospital", set()),
        ('"', set()),
        ("(NOT)", set()),
    ],
)
def test_words_find_texts(words: str, found: set[int]) -> None:
    texts = Texts()
    held = [
        a_dispatch("At noon the hospital was hit."),
        a_dispatch("A school and a hospital stand."),
        a_dispatch("In Ḥamā."),
    ]
    texts.take(held)
    texts.take(held)
    assert set(texts.find(Wanted.of(words))) == {held[n].id for n in found}


@given(st.text(max_size=40))
def test_any_words_can_be_asked_for(words: str) -> None:
    texts = Texts()
    texts.take([a_dispatch("A text.")])
    assert len(texts.find(Wanted.of(words))) <= 1
    marked("A <b>text</b>.", Wanted.of(words).pattern())


def test_what_was_found_is_marked_and_nothing_runs() -> None:
    pattern = Wanted.of("b fighters").pattern()
    assert str(marked("<b>fighters</b>", pattern)) == (
        "&lt;<mark>b</mark>&gt;<mark>fighters</mark>&lt;/<mark>b</mark>&gt;"
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=captured", "dispatches and"),
        ("q=nothinglikethis", "0 dispatches and 0 claims of 0 events"),
        ("type=killed", "of 1 event"),
        ("grade=contested", "of 1 event"),
        ("source=Nobody", "0 claims of 0 events"),
        ("since=2030-01-01", "0 claims of 0 events"),
    ],
)
def test_filters_leave_what_fits(query: str, said: str) -> None:
    assert said in plain(get(APP, f"/search?{query}")[0].text)


@pytest.mark.parametrize("view", ["list", "map", "timeline", "other"])
def test_results_have_several_views_each_with_its_address(view: str) -> None:
    [answer] = get(APP, f"/search?q=captured&view={view}")
    assert answer.status_code == 200
    assert 'href="/search?q=captured&amp;view=map"' in answer.text
    assert 'href="/take/search.csv?q=captured' in answer.text


@pytest.mark.parametrize("view", ["events", "figures", "entities", "control", "dispatches", "search"])
def test_every_view_is_taken_away_with_its_filters(view: str) -> None:
    table, layer, data = get(APP, *(f"/take/{view}.{form}" for form in ("csv", "geojson", "json")))
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len(rows) == len(json.loads(data.text)) == len(json.loads(layer.text)["features"]) > 0
    assert all("attachment" in answer.headers["content-disposition"] for answer in (table, layer, data))


def test_what_is_taken_away_is_what_the_filters_leave() -> None:
    rows = json.loads(get(APP, "/take/events.json?type=killing")[0].text)
    assert [row["type"] for row in rows] == ["killing"]
    rows = json.loads(get(APP, "/take/search.json?q=captured")[0].text)
    assert rows
    assert all("captured" in row["quotation"].casefold() for row in rows)
    assert get(APP, "/take/events.xml")[0].status_code == 404


def test_sources_tell_how_often_they_stand_alone_and_are_contradicted() -> None:
    found = {(s.kind, s.name): s for s in sources(queries.index(WORLD))}
    wire = found["outlet", "Example Wire"]
    assert (wire.claims, wire.alone) == (2, 0)
    assert wire.contradicted == sum(
        any(c.dispatch == next(d.id for d in WORLD.dispatches if d.outlet == "Example Wire") for v in d.values
            for c in WORLD.claims if c.id in v.claims)
        for disputes in (*(e.disputes for e in WORLD.events), *(f.disputes for f in WORLD.figures)) for d in disputes
    )  # fmt: skip
    assert [name for name, _ in found["outlet", "Evening Copy"].copies] if ("outlet", "Evening Copy") in found else True
