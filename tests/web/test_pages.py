"""Each page shows what it should, and every link leads somewhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from urllib.parse import urldefrag

import pytest

from onrecord.model.records import Event, Record
from onrecord.model.values import Span
from onrecord.web.words import path
from tests.factories import a_claim, a_dispatch
from tests.web.browse import Reader, crawl, get, plain
from tests.web.world import FakeStore, a_world, make_app

WORLD = a_world()
APP = make_app(FakeStore(WORLD))
LISTS = (
    "/",
    "/dispatches",
    "/timeline",
    "/events",
    "/figures",
    "/entities",
    "/control",
    "/map",
    "/sources",
    "/search",
    "/review",
)


def dispatch_by(outlet: str) -> str:
    return path("dispatches", next(d.id for d in WORLD.dispatches if d.outlet == outlet))


def entity_of(name: str) -> str:
    return path("entities", next(e.id for e in WORLD.entities if e.name == name))


EVENT = path("events", WORLD.events[0].id)
FIGURE = path("figures", WORLD.figures[0].id)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ["2 independent texts", "people in the battle", "The spokesman counts fighters", "Free Valley Front"]),
        ("/dispatches", ["Front says it took Ardun", "Valley Paper", "copy or rewrite", "17 October 2017"]),
        ("/timeline", ["15 October 2017", "October 2017", "Territory gain, Ardun", "uncertain"]),
        ("/events", ["2 events", "Killing, Qasr Tel", "contested"]),
        ("/figures", ["Killed: people in the battle", "at least 15", "1 dispute"]),
        ("/entities", ["Samir Odeh", "أردون", "part of Ardun Province"]),
        ("/control", ["Black Dawn", "Free Valley Front", "until 15 October 2017", "disputed"]),
        ("/map", ["Ardun", "Qasr Tel", "36.1000, 40.2000", "near a named place"]),
        (EVENT, ["Where accounts differ", "The spokesman counts", "1 independent source", "Black Dawn"]),
        (FIGURE, ["Best40", "Low15", "Highopen", "at least 40", "widest", "15 people", "Residents of أردون"]),
        (entity_of("Ardun"), ["Names read", "أردون", "Ardun Province", "Geonames", "Territory gain"]),
        (entity_of("Samir Odeh"), ["spokesman of Free Valley Front", "At least 40 fighters were killed"]),
        (entity_of("Ardun Province"), ["Parts", "somewhere in a province"]),
        (dispatch_by("Example Wire"), ["The oldest of 2 versions", "The encoding was guessed", "the page's own data"]),
        (dispatch_by("Evening Copy"), ["Copy or rewrite of Example Wire", "https://copy.example/1"]),
    ],
)  # fmt: skip
def test_a_page_shows_what_it_should(address: str, words: list[str]) -> None:
    [answer] = get(APP, address)
    assert answer.status_code == 200
    shown = " ".join(plain(answer.text).split())
    missing = [w for w in words if w not in shown]
    assert not missing


def test_every_link_leads_to_a_page_and_every_anchor_to_its_place() -> None:
    pages = dict(crawl(APP))
    broken = {address: answer.status_code for address, answer in pages.items() if answer.status_code != 200}
    assert not broken
    ids = {address: set(Reader(answer.text).ids) for address, answer in pages.items()}
    lost = [
        (address, link)
        for address, answer in pages.items()
        for link in Reader(answer.text).links
        if (target := urldefrag(link)).fragment and target.fragment not in ids[target.url or address]
    ]
    assert not lost
    everything = {
        "dispatches": [d.id for d in WORLD.dispatches],
        "events": [e.id for e in WORLD.events],
        "figures": [f.id for f in WORLD.figures],
        "entities": [e.id for e in WORLD.entities],
    }
    assert {path(kind, key) for kind, keys in everything.items() for key in keys} <= set(pages)


def test_every_quotation_is_a_stretch_of_its_dispatch_and_leads_to_its_anchor() -> None:
    page = get(APP, EVENT)[0].text
    for claim in WORLD.events[0].claims:
        dispatch = next(c.dispatch for c in WORLD.claims if c.id == claim)
        assert f'href="{path("dispatches", dispatch)}#c-{claim}"' in page
        assert f'id="c-{claim}"' in get(APP, path("dispatches", dispatch))[0].text


def test_the_chain_runs_from_the_speaker_to_the_outlet() -> None:
    shown = " ".join(plain(get(APP, FIGURE)[0].text).split())
    places = [shown.rindex(w) for w in ("spokesman Samir Odeh", "for Free Valley Front", "over by telephone")]
    assert places == sorted(places)
    assert shown.index("outlet Example Wire, 15 October 2017", places[-1]) > places[-1]


@pytest.mark.parametrize("address", LISTS)
def test_pages_have_one_first_heading_landmarks_a_skip_link_and_headings_in_order(address: str) -> None:
    tags = Reader(get(APP, address)[0].text).tags
    names = [tag for tag, _ in tags]
    assert names.count("h1") == 1
    assert {"header", "nav", "main", "footer"} <= set(names)
    assert next(attrs for tag, attrs in tags if tag == "a")["href"] == "#main"
    levels = [int(n[1]) for n in names if n in ("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attrs.get("lang") for tag, attrs in tags if tag == "html")
    assert names.count("table") == names.count("caption")


@pytest.mark.parametrize("address", [EVENT, FIGURE, dispatch_by("Valley Paper"), *LISTS])
def test_ids_stand_once_on_a_page(address: str) -> None:
    ids = Reader(get(APP, address)[0].text).ids
    assert len(ids) == len(set(ids))


def test_links_do_not_hold_links() -> None:
    depth = 0
    for piece in get(APP, dispatch_by("Example Wire"))[0].text.split("<"):
        depth += piece.startswith("a ")
        assert depth <= 1
        depth -= piece.startswith("/a>")


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_record_says_what_to_do(address: str) -> None:
    [answer] = get(make_app(FakeStore(Record())), address)
    assert answer.status_code == 200
    assert "No dispatches yet" in answer.text
    assert "onrecord add PATH" in answer.text


@pytest.mark.parametrize("address", ["/timeline", "/events", "/figures", "/entities", "/control", "/map"])
def test_dispatches_in_which_nothing_was_read_are_told_apart_from_none(address: str) -> None:
    [answer] = get(make_app(FakeStore(Record(dispatches=(a_dispatch(),)))), address)
    assert "No dispatches yet" not in answer.text
    assert 'class="lead"' in answer.text


def test_a_stale_record_says_so() -> None:
    assert "since this record was made" in get(make_app(FakeStore(WORLD, stale=True)), "/")[0].text
    assert "since this record was made" not in get(APP, "/")[0].text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("type=killing", "Qasr Tel</bdi></a>", "Front says"),
        ("since=2017-10-15&until=2017-10-15", "captured", "15 people"),
        ("status=uncertain", "15 people", "captured"),
        ("grade=contested", "captured", "15 people"),
    ],
)
def test_events_are_filtered_by_the_query(query: str, shown: str, hidden: str) -> None:
    page = get(APP, f"/events?{query}")[0].text
    assert "1 event of 2" in page
    assert shown in page
    assert hidden not in page


def test_a_place_stands_for_all_that_lies_in_it() -> None:
    province = next(e.id for e in WORLD.entities if e.name == "Ardun Province")
    shown = plain(get(APP, f"/events?place={province}")[0].text)
    assert "1 event of 2" in shown
    assert "Territory gain, Ardun" in shown


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=-1", "page=99999999999", "page=٣", "since=yesterday"])
def test_a_strange_query_still_gets_a_page(query: str) -> None:
    assert get(APP, f"/events?{query}")[0].status_code == 200


@pytest.mark.parametrize(
    "address", ["/events/none", "/dispatches/none", "/figures/none", "/entities/a%2Fb", "/nowhere", "/static/none.css"]
)
def test_what_is_not_there_is_a_page_that_says_so(address: str) -> None:
    [answer] = get(APP, address)
    assert answer.status_code == 404
    assert "Back to the overview" in answer.text
    assert "content-security-policy" in answer.headers


def test_a_new_record_is_shown_and_an_old_one_is_indexed_once() -> None:
    store = FakeStore(WORLD)
    app = make_app(store)
    get(app, "/", "/events", "/figures")
    assert store.reads == 1
    store.put(Record())
    assert "No dispatches yet" in get(app, "/")[0].text
    assert store.reads == 2


def many_claims(count: int) -> tuple[Record, Event]:
    text = " ".join(f"Clash number {n} broke out." for n in range(count))
    dispatch = a_dispatch(text)
    claims = []
    for n in range(count):
        start = text.index(f"Clash number {n} ")
        claims.append(a_claim(dispatch, "", type="armed_clash", trigger=Span(dispatch.id, start, start + 5)))
    ids = tuple(c.id for c in claims)
    event = replace(WORLD.events[0], id="v1", type="armed_clash", claims=ids, disputes=(), figures=())
    return Record(dispatches=(dispatch,), claims=tuple(claims), events=(event,)), event


def test_an_event_of_five_hundred_claims_folds_most_of_them_away() -> None:
    record, event = many_claims(500)
    page = get(make_app(FakeStore(record)), path("events", event.id))[0].text
    assert "488 more quotations" in page
    assert page.count("<blockquote") == 500
    assert page.index("<details") < page.index(f"#c-{event.claims[13]}")


def test_long_lists_come_in_pages() -> None:
    events = tuple(replace(WORLD.events[0], id=f"v{n:03}", claims=(), disputes=(), figures=()) for n in range(130))
    app = make_app(FakeStore(replace(WORLD, events=events)))
    first, last = (get(app, f"/events?type=territory_gain&page={n}")[0].text for n in (1, 3))
    assert "1–60 of 130" in first
    assert 'rel="next" href="/events?type=territory_gain&amp;page=2"' in first
    assert "121–130 of 130" in last
    assert 'rel="next"' not in last
