"""The whole round in a real browser, on a desk's screen and a telephone's; what axe finds; what leaves the machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.model.values import Amount
from onrecord.project import open_project
from tests.web.browser import AXE, ROOT, chromium, opened, saved, served, until
from tests.web.world import Hand

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("browser") / "record.db"
    with open_project(file) as project:
        project.add(ROOT / "examples")
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(browser: Any, record: Path) -> Iterator[str]:
    with served(record) as found:
        yield found.rstrip("/")


@pytest.fixture(scope="module")
def pages(record: Path) -> dict[str, str]:
    with open_project(record, create=False) as project:
        held = project.record
        event = max(held.events, key=lambda e: len(e.claims))
        figure = max(held.figures, key=lambda f: len(f.claims))
        place = next(e for e in held.entities if e.name == "Raqqa")
        dispatch = max(held.dispatches, key=lambda d: len([c for c in held.claims if c.dispatch == d.id]))
    lists = (
        "dispatches",
        "timeline",
        "events",
        "figures",
        "entities",
        "control",
        "map",
        "sources",
        "review",
        "decisions",
        "report",
    )
    return {
        "overview": "/",
        **{name: f"/{name}" for name in lists},
        "search": "/search?q=hospital",
        "event": f"/events/{event.id}",
        "figure": f"/figures/{figure.id}",
        "entity": f"/entities/{place.id}",
        "dispatch": f"/dispatches/{dispatch.id}",
        "claim": f"/claims/{event.claims[0]}",
        "mention": f"/mentions/{held.mentions[0][0].id}",
        "search, as a map": "/search?q=killed&view=map",
        "search, as a timeline": "/search?q=killed&view=timeline",
        "search, in vain": "/search?q=zzz",
    }  # fmt: skip


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What else axe looks for in the dark and on paper is the same page.
LOOKS = (("light", "screen", RULES), ("dark", "screen", ["color-contrast"]), ("dark", "print", ["color-contrast"]))


def test_axe_finds_nothing_and_nothing_leaves_the_machine(browser: Any, address: str, pages: dict[str, str]) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --ignore-scripts")
    found: dict[str, Any] = {}
    with opened(browser, address, bypass_csp=True) as page:
        for name, path in pages.items():
            page.goto(address + path)
            page.add_script_tag(content=AXE.read_text("utf-8"))
            for scheme, media, rules in LOOKS:
                page.emulate_media(color_scheme=scheme, media=media)
                result = page.evaluate(f"axe.run(document, {json.dumps({'runOnly': rules})})")
                wrong = [(v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]]
                found |= {f"{name}, {scheme}, {media}": wrong} if wrong else {}
        assert not [u for u in page.loaded if not u.startswith((address, "blob:", "data:"))]
        assert not page.wrong
    assert not found


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_is_wider_than_its_window(browser: Any, address: str, pages: dict[str, str], width: int) -> None:
    wide = []
    with opened(browser, address, viewport={"width": width, "height": 844}) as page:
        for name, path in pages.items():
            page.goto(address + path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(name)
    assert not wide


@pytest.fixture(scope="module")
def crowded(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A served record of one event with 500 claims, and names without end in every field that holds one."""
    hand, body, word = Hand(), "Committee for the Return of the Displaced of the Lower Valley", "Umspannwerk" * 12
    for name, kind in ((body, "organisation"), (word, "group")):
        hand.entity(name, kind)
    hand.entity(f"{word}stadt", "place", point=(40.2, 36.1))
    text = ". ".join(f"The {body} shelled {word}stadt on day {n}, and {n + 2} people died" for n in range(500))
    dispatch = hand.dispatch(text, outlet=f"Messenger {word}", title=f"{body} {word}", file=f"{word}/x.txt", marked=())
    told = [
        hand.claim(dispatch, "shelled", "event", "shelling", nth=n, place=hand.id(f"{word}stadt")) for n in range(500)
    ]
    people = hand.claim(dispatch, "2 people", "figure", "killed", amount=Amount(2, 2, False, "people"))
    event = hand.event("shelling", *told, agents=[body, word], targets=[word], place=f"{word}stadt")
    figure = hand.figure("killed", people, who=f"{body} {word}", place=f"{word}stadt", low=2, best=2, high=2)
    hand.control(f"{word}stadt", word, told[0], since="2017-01", until="2017-02")
    names = [f"/entities/{hand.id(name)}" for name in (body, word, f"{word}stadt")]
    pages = [
        "/",
        "/events",
        "/figures",
        "/entities",
        "/control",
        "/map",
        "/sources",
        "/dispatches",
        "/search",
        "/report",
    ]
    pages += [
        *names,
        f"/events/{event.id}",
        f"/figures/{figure.id}",
        f"/dispatches/{dispatch.id}",
        f"/claims/{people.id}",
    ]
    with served(saved(hand.record(), tmp_path_factory.mktemp("crowded") / "record.db")) as found:
        yield found.rstrip("/"), pages


@pytest.mark.parametrize("width", [1440, 390])
def test_long_names_and_many_claims_stay_within_the_window(
    browser: Any, crowded: tuple[str, list[str]], width: int
) -> None:
    address, paths = crowded
    wide = []
    with opened(browser, address, viewport={"width": width, "height": 844}) as page:
        for path in paths:
            page.goto(address + path)
            assert page.locator("main h1").is_visible()
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)
    assert not wide


@pytest.mark.parametrize("width", [1440, 390])
def test_the_whole_round(browser: Any, address: str, record: Path, width: int) -> None:
    size = {"width": width, "height": 900}
    with opened(browser, address, viewport=size, accept_downloads=True) as page:
        page.get_by_role("link", name="Events", exact=True).first.click()
        page.select_option("select[name=type]", "territory_gain")
        page.get_by_role("button", name="Show").click()
        assert "type=territory_gain" in page.url
        with page.expect_download() as kept:
            page.locator(".take").get_by_role("link", name="CSV").click()
        assert "territory_gain" in kept.value.path().read_text("utf-8")
        page.locator(".says a").first.click()
        page.wait_for_url("**/dispatches/**")
        page.locator("#card .card").wait_for()
        page.keyboard.press("n")
        page.locator(".m.chosen").wait_for()
        place = page.locator("[data-cards] [id^='m-'].k-place").first
        place.click()
        card = page.locator(f"#card[data-of={place.get_attribute('id')}]")
        form = card.locator("form.ask").filter(has=page.get_by_role("button", name="Rename"))
        form.locator("input[name=value]").fill(f"Renamed at {width}")
        form.get_by_role("button").click()
        page.get_by_text("Kept:").wait_for()
        until(lambda: renamed(record, width))
        page.reload()
        page.keyboard.press("u")
        page.wait_for_load_state()
        until(lambda: not renamed(record, width))
        assert not page.wrong


def renamed(record: Path, width: int) -> bool:
    with open_project(record, create=False) as project:
        return any(e.name == f"Renamed at {width}" for e in project.record.entities)


def test_two_events_are_merged_and_parted_again(browser: Any, address: str, record: Path) -> None:
    with open_project(record, create=False) as project:
        held = project.record
        clash = next(e for e in held.events if sum(o.type == e.type for o in held.events) > 1)
        before = len(held.events)

    def events() -> int:
        with open_project(record, create=False) as project:
            return len(project.record.events)

    with opened(browser, f"{address}/events/{clash.id}") as page:
        page.get_by_role("button", name="One event").click()
        page.get_by_text("Kept:").wait_for()
        until(lambda: events() != before)
        page.goto(f"{address}/decisions")
        assert "are one" in page.inner_text("main")
        page.get_by_role("button", name="Take back").first.click()
        page.wait_for_load_state()
        until(lambda: events() == before)


def test_the_queue_is_answered_with_keys(browser: Any, address: str, record: Path) -> None:
    with opened(browser, f"{address}/review") as page:
        first = page.locator("#h-question").inner_text()
        page.keyboard.press("s")
        page.wait_for_url("**skip=1**")
        assert page.locator("#h-question").inner_text() != first
        page.goto(f"{address}/review")
        page.keyboard.press("1")
        page.get_by_text("Kept:").wait_for()
        assert page.locator("#h-question").inner_text() != first
        page.keyboard.press("u")
        page.get_by_text("Kept:").wait_for(state="detached")
        assert page.locator("#h-question").inner_text() == first


def test_the_slider_moves_events_and_holders(browser: Any, address: str) -> None:
    with opened(browser, address) as page:
        slider = page.locator(".slide input")
        slider.wait_for()
        titles = (
            "[...document.querySelectorAll('.drawn [data-place]')].map(a => a.getAttribute('aria-label')).join('|')"
        )
        last = page.evaluate(titles)
        slider.focus()
        page.keyboard.press("Home")
        assert "2014" in page.locator(".slide output").inner_text()
        assert page.evaluate(titles) != last
        assert "Islamic State holds" in page.evaluate(titles)


def test_what_changed_since_the_last_visit_is_told(browser: Any, address: str) -> None:
    with opened(browser, address) as page:
        page.wait_for_function("localStorage.getItem('onrecord-seen')")
        assert page.locator("[data-seen]").is_hidden()
        page.evaluate(
            "() => { const kept = JSON.parse(localStorage.getItem('onrecord-seen'));"
            " delete kept.seen.dispatches[Object.keys(kept.seen.dispatches)[0]];"
            " localStorage.setItem('onrecord-seen', JSON.stringify(kept)); }"
        )
        page.reload()
        page.locator("[data-seen]").wait_for(state="visible")
        assert "1 dispatch new" in page.locator("[data-seen]").inner_text()


def test_in_print_what_one_works_with_is_left_out(browser: Any, address: str, pages: dict[str, str]) -> None:
    with opened(browser, address + pages["event"]) as page:
        page.emulate_media(media="print")
        assert page.locator(".masthead nav").is_hidden()
        assert not page.locator("form").filter(visible=True).count()
        assert page.locator(".quote").first.is_visible()


def test_every_control_shows_where_the_focus_is(browser: Any, address: str, pages: dict[str, str]) -> None:
    with opened(browser, address + pages["event"]) as page:
        seen = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return [e.tagName + e.textContent.slice(0, 20), s.outlineStyle, e.closest('svg') !== null]; }"
            )
            seen.add(here[0])
            assert here[1] != "none" or here[2], here[0]
        assert len(seen) > 10
