"""A person decides in the browser: kept at once, followed, listed, taken back, and asked for by nobody else."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Judgement
from onrecord.office import Office
from onrecord.project import Project, open_project
from onrecord.store.memory import MemoryStore
from onrecord.web.app import make_app, serve
from onrecord.web.guard import MOST_BYTES, read_passwords
from onrecord.web.words import path
from tests.web.browse import BASE, plain

TEXT = "Kadun, 3 May 2019 - The Front captured Ardun on Monday. At least 40 fighters were killed, Samir Odeh said."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "wire.txt").write_text(TEXT)
    (tmp_path / "paper.txt").write_text("Kadun, 4 May 2019 - Nothing moved on Monday, residents of Kadun said.")
    with Project(MemoryStore()) as made:
        made.add(tmp_path)
        yield made


class Browser:
    """One person's browser: keeps cookies, and sends the forms of the pages it was given."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self.cookies = httpx.Cookies()

    def ask(self, address: str, data: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=BASE, cookies=self.cookies) as client:
                method = "GET" if data is None else "POST"
                answer = await client.request(method, address, data=data, headers=headers)
                self.cookies.update(client.cookies)
                return answer

        return anyio.run(send)

    def token(self, address: str = "/decisions") -> str:
        found = re.search(r'name="token" value="(\w+)"', self.ask(address).text)
        assert found
        return found[1]

    def decide(self, verdict: str, about: str, value: str = "", **fields: str) -> httpx.Response:
        data = {"token": self.token(), "verdict": verdict, "about": about, "value": value, "back": "/events"}
        return self.ask("/decisions", data | fields)


@pytest.fixture
def office(project: Project) -> Iterator[Office]:
    with closing(Office(project, None)) as made:
        yield made


@pytest.fixture
def browser(project: Project, office: Office) -> Browser:
    return Browser(make_app(project.store, office=office))


def settle(project: Project) -> None:
    for _ in range(200):
        if not project.store.stale():
            return
        threading.Event().wait(0.05)
    raise AssertionError("the record was not brought up to date")


def killed(project: Project) -> str:
    return next(c.id for c in project.record.claims if c.kind == "figure" and c.type == "killed")


def test_a_decision_is_kept_followed_shown_and_taken_back(project: Project, browser: Browser) -> None:
    claim = killed(project)
    answer = browser.decide("wrong", claim, note="an older toll")
    assert (answer.status_code, answer.headers["location"]) == (303, "/events")
    settle(project)
    assert claim not in {c.id for c in project.record.claims}
    shown = " ".join(plain(browser.ask("/decisions").text).split())
    assert "“At least 40” (killed) is wrong" in shown or "is wrong" in shown
    assert "an older toll" in shown
    [(judgement, standing)] = project.judgements
    assert standing is not None
    assert standing.state == "holds"
    assert "Kept:" in browser.ask("/").text
    browser.ask("/decisions/withdraw", {"token": browser.token(), "id": judgement.id, "back": "/"})
    settle(project)
    assert claim in {c.id for c in project.record.claims}
    assert "taken back" in plain(browser.ask("/decisions").text)
    assert "Kept:" not in browser.ask("/").text


def test_names_are_merged_split_and_renamed(project: Project, browser: Browser) -> None:
    assert browser.decide("rename", "Ardun", "Old Ardun").status_code == 303
    settle(project)
    assert "Old Ardun" in {e.name for e in project.record.entities}
    entity = next(e.id for e in project.record.entities if e.name == "Old Ardun")
    page = browser.ask(path("entities", entity)).text
    assert "Decided here" in page
    assert 'value="same"' in page


def test_a_claim_is_changed_in_place(project: Project, browser: Browser) -> None:
    claim = killed(project)
    card = browser.ask(path("claims", claim)).text
    assert 'name="field" value="amount"' in card
    assert 'value="40.."' in card
    assert browser.decide("change", claim, "44..50", field="amount").status_code == 303
    settle(project)
    amount = next(c.amount for c in project.record.claims if c.id == claim)
    assert amount is not None
    assert (amount.low, amount.high) == (44, 50)
    assert "its number is 44..50" in " ".join(plain(browser.ask("/decisions").text).split())
    assert browser.decide("change", claim, "many", field="amount").status_code == 409


def test_who_took_a_decision_back_is_told(project: Project, office: Office, browser: Browser) -> None:
    browser.decide("wrong", killed(project))
    [(judgement, _)] = project.judgements
    second = Browser(browser.app)
    second.ask("/decisions/name", {"token": second.token(), "name": "boris"})
    second.ask("/decisions/withdraw", {"token": second.token(), "id": judgement.id, "back": "/"})
    assert project.store.judgements()[0].withdrawn_by == "boris"
    assert "by boris" in " ".join(plain(browser.ask("/decisions").text).split())


def test_ticked_claims_leave_their_event_in_one_decision(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(
            f"Kadun, 4 May 2019 - Army guns shelled Raqqa on Friday, the {name} post has."
        )
    with Project(MemoryStore()) as project, closing(Office(project, None)) as office:
        project.add(tmp_path)
        [event] = [e for e in project.record.events if e.type == "shelling"]
        assert len(event.claims) == 3
        browser = Browser(make_app(project.store, office=office))
        page = browser.ask(path("events", event.id)).text
        assert page.count('name="about"') == 2 * 3 + page.count('"/decisions/name"')
        assert browser.decide("split", "", event.id).status_code == 403
        assert browser.decide("split", ",".join(event.claims[1:]), event.id).status_code == 303
        settle(project)
        events = [e for e in project.record.events if e.type == "shelling"]
        assert sorted(len(e.claims) for e in events) == [1, 2]
        assert len(project.judgements) == 1
        assert "and 1 other claim tell of another event than 1 claim" in " ".join(plain(browser.ask("/").text).split())


def test_a_decision_that_does_not_fit_says_why_and_changes_nothing(project: Project, browser: Browser) -> None:
    for verdict, about, value in (("rename", "Nobody", "Someone"), ("dated", "wire.txt", "May"), ("same", "Ardun", "")):
        answer = browser.decide(verdict, about, value)
        assert answer.status_code in (404, 409), verdict
        assert "Back to the overview" in answer.text
    assert browser.decide("odd", "Ardun").status_code == 403
    assert project.judgements == ()


def test_a_change_needs_the_token_of_its_own_session(project: Project, browser: Browser) -> None:
    claim = killed(project)
    stranger = Browser(browser.app)
    fields = {"verdict": "wrong", "about": claim, "back": "/"}
    assert browser.ask("/decisions", fields).status_code == 403
    assert browser.ask("/decisions", fields | {"token": "0" * 32}).status_code == 403
    assert stranger.ask("/decisions", fields | {"token": browser.token()}).status_code == 403
    elsewhere = browser.ask("/decisions", fields | {"token": browser.token()}, origin="http://evil.example")
    assert elsewhere.status_code == 403
    assert "Nothing was changed" in elsewhere.text
    assert browser.ask("/decisions/withdraw", {"id": "j1"}).status_code == 403
    assert project.store.judgements() == ()


def test_a_form_is_bounded_and_leads_back_to_this_site_only(browser: Browser) -> None:
    assert browser.decide("rename", "Ardun", "x" * MOST_BYTES).status_code == 403
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert browser.decide("rename", "Ardun", f"Ardun {len(back)}", back=back).headers["location"] == "/"


def test_each_browser_decides_under_its_own_name(project: Project, office: Office) -> None:
    app = make_app(project.store, office=office)
    for name in ("amal", "بوريس"):
        browser = Browser(app)
        browser.ask("/decisions/name", {"token": browser.token(), "name": name})
        browser.decide("rename", "Ardun", f"Ardun of {name}")
    assert {j.by for j in project.store.judgements()} == {"amal", "بوريس"}
    assert "بوريس" in browser.ask("/decisions?by=amal").text


def test_without_an_office_there_is_nothing_to_decide_with(project: Project) -> None:
    browser = Browser(make_app(project.store))
    assert 'method="post"' not in browser.ask("/events").text
    assert browser.ask("/decisions", {"verdict": "wrong"}).status_code in (404, 405)


# ------------------------------------------------------------------------------------------------ several at once


def test_nothing_is_lost_when_several_decide_at_once(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text(TEXT)
    record = tmp_path / "record.db"
    with open_project(record) as project:
        project.add(tmp_path / "wire.txt")
        held = project.record
        kept: list[Judgement] = []

        def review(name: str) -> None:
            with open_project(record) as own:
                kept.extend(own.note(held, "rename", "Ardun", f"Ardun {n} of {name}", by=name) for n in range(8))

        reviewers = [threading.Thread(target=review, args=(name,)) for name in ("amal", "boris", "chen")]
        for thread in reviewers:
            thread.start()
        project.catch_up()  # while they decide
        for thread in reviewers:
            thread.join()
        assert len({j.id for j in kept}) == 24
        assert set(project.store.judgements()) == set(kept)
        project.catch_up()
        assert not project.store.stale()
        assert {s.judgement for s in project.record.standings} == {j.id for j in kept}


def test_a_decision_made_while_the_record_was_concluded_leaves_it_stale(project: Project) -> None:
    record = project.record
    project.note(record, "rename", "Ardun", "Old Ardun", by="amal")
    project.store.save_record(record)  # a run that began before
    assert project.store.stale()
    project.catch_up()
    assert not project.store.stale()
    assert any(e.name == "Old Ardun" for e in project.record.entities)


def test_twenty_read_while_three_decide_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text(TEXT)
    with open_project(tmp_path / "record.db") as project:
        project.add(tmp_path / "wire.txt")
        with closing(Office(project, None)) as office:
            app = make_app(project.store, office=office)
            answers = anyio.run(_crowd, app)
        project.catch_up()
        assert len(answers) == 20 * 6
        assert set(answers) == {200}
        kept = project.store.judgements()
        assert sorted((j.by, j.value) for j in kept) == sorted(
            (name, f"Ardun {n} of {name}") for name in ("amal", "boris", "chen") for n in range(5)
        )
        assert {s.judgement for s in project.record.standings} == {j.id for j in kept}


async def _crowd(app: Starlette) -> list[int]:
    """Twenty who read six pages each while three decide five times each, all at once; the answers that readers got."""
    answers: list[int] = []

    def a_client() -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE, timeout=60)

    async def read() -> None:
        async with a_client() as client:
            pages = ("/", "/events", "/entities", "/review", "/search?q=Ardun", "/decisions")
            answers.extend([(await client.get(address)).status_code for address in pages])

    async def review(name: str) -> None:
        async with a_client() as client:
            page = (await client.get("/decisions")).text
            token = re.findall(r'name="token" value="(\w+)"', page)[0]
            await client.post("/decisions/name", data={"token": token, "name": name})
            for n in range(5):
                fields = {"token": token, "verdict": "rename", "about": "Ardun", "value": f"Ardun {n} of {name}"}
                kept = await client.post("/decisions", data=fields)
                while kept.status_code == 404:  # the record shows another name by now: one decides on what one sees
                    entity = next(e["name"] for e in await _places(client))
                    kept = await client.post("/decisions", data=fields | {"about": entity})
                assert kept.status_code == 303

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(read)
        for name in ("amal", "boris", "chen"):
            group.start_soon(review, name)
    return answers


async def _places(client: httpx.AsyncClient) -> list[dict[str, str]]:
    rows = (await client.get("/take/entities.json?kind=place")).json()
    return [row for row in rows if "Ardun" in row["aliases"]]


# ---------------------------------------------------------------------------------------------------- signing in


def test_others_sign_in_with_a_password_and_decide_under_their_name(project: Project, office: Office) -> None:
    browser = Browser(
        make_app(project.store, office=office, passwords={"amal": "a long word", "boris": "another word"})
    )
    turned = browser.ask("/events?type=killing")
    assert (turned.status_code, turned.headers["location"]) == (303, "/signin?back=/events")
    assert browser.ask("/download/record.json").status_code == 303
    wrong = {"token": browser.token("/signin"), "name": "amal", "password": "another word", "back": "/events"}
    assert browser.ask("/signin", wrong).status_code == 403
    assert browser.ask("/events").status_code == 303
    answer = browser.ask("/signin", wrong | {"password": "a long word", "token": browser.token("/signin")})
    assert answer.headers["location"] == "/events"
    browser.decide("rename", "Ardun", "Old Ardun")
    assert browser.ask("/decisions/name", {"token": browser.token(), "name": "boris"}).status_code == 403
    assert [j.by for j in project.store.judgements()] == ["amal"]
    browser.ask("/signout", {"token": browser.token()})
    assert browser.ask("/events").status_code == 303


def test_passwords_are_read_from_a_file_that_others_cannot_read(tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_text("# the team\namal: a long word\n\nboris:another:word\n")
    file.chmod(0o600)
    assert read_passwords(file) == {"amal": "a long word", "boris": "another:word"}
    file.chmod(0o644)
    with pytest.raises(OnrecordError, match="chmod 600"):
        read_passwords(file)
    for text, message in (("amal", "line 1"), ("amal:short", "at least 8"), ("", "names nobody")):
        file.write_text(text)
        file.chmod(0o600)
        with pytest.raises(OnrecordError, match=message):
            read_passwords(file)


def test_others_are_served_only_with_passwords(project: Project) -> None:
    with pytest.raises(OnrecordError, match="--password-file"):
        serve(project.store, host="0.0.0.0", port=0)
