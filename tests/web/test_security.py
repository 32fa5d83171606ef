"""Nothing leaves the machine, nothing in a dispatch runs, and no one else's page reads the record."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from onrecord.web import app as web_app
from onrecord.web.app import serve
from onrecord.web.words import path
from tests.web.browse import Reader, crawl, get, plain
from tests.web.world import FakeStore, Hand, a_store, a_world, make_app

APP = make_app(FakeStore(a_world()))
WEB = Path(web_app.__file__).parent


def test_every_answer_forbids_what_it_does_not_need() -> None:
    for address, answer in [*crawl(APP), ("/static/onrecord.css", get(APP, "/static/onrecord.css")[0])]:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_pages_hold_no_inline_style_script_or_handler_and_load_only_from_here() -> None:
    for address, answer in crawl(APP):
        page = Reader(answer.text)
        for tag, attrs in page.tags:
            assert tag != "style", address
            assert tag != "script" or attrs.get("src"), address
            assert not [a for a in attrs if a == "style" or a.startswith("on")], address
        assert all(load.startswith("/static/") for load in page.loads), address


def test_only_the_users_own_addresses_lead_away() -> None:
    away = {link for _, answer in crawl(APP) for link in Reader(answer.text).links if "//" in link}
    assert away == {"https://copy.example/1"}
    for file in [*WEB.glob("static/*.css"), *WEB.glob("static/*.js"), *WEB.glob("templates/*.html")]:
        outside = [u for u in re.findall(r"https?://[^\s\"']+", file.read_text("utf-8")) if "www.w3.org" not in u]
        assert not outside, file.name


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_looking_is_possible(method: str) -> None:
    for address in ("/", "/events", "/events/none"):
        assert get(APP, address, method=method)[0].status_code == 405


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8700", 200),
        ("[::1]:8700", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
    ],
)
def test_only_names_of_this_machine_are_answered(host: str, status: int) -> None:
    [answer] = get(APP, "/", host=host)
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers


HOSTILE = {
    "script": "<script>alert(1)</script> fighters left.",
    "attribute": "\"><img src=x onerror=alert(1)> ' & &lt;b&gt;",
    "closing": "</article></main></bdi><h1>Taken over</h1>",
    "turning": "safe \u202etxt.exe\u202c and \u2067more\u2069 and \u202e left open",
    "template": "{{ 7*7 }} {% for x in y %}",
    "control": "nul \x00 bell \x07 half \ud800 end",
    "long line": "x" * 1_000_000,
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_shown_as_words(words: str) -> None:
    hand = Hand()
    hand.entity(words[:300], "person")
    dispatch = hand.dispatch(
        words, outlet=words[:300], title=words[:300], notes=(words[:300],), url="javascript:alert(1)"
    )
    claim = hand.claim(dispatch, words[:4], "event", "killing")
    hand.says(dispatch, words, speaker_text=words[:300], channel=words[:50])
    hand.event("killing", claim, agents=[words[:300]])
    record = hand.record()
    app = make_app(FakeStore(record), title=words[:40])
    for _address, answer in crawl(app):
        page = Reader(answer.text)
        assert answer.status_code == 200
        assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object")]
        assert all((attrs.get("src") or "").startswith("/static/") for tag, attrs in page.tags if tag == "script")
        assert "Taken over</h1>" not in answer.text
        assert not [link for link in page.links if link.startswith("javascript")]
    shown = plain(get(app, path("dispatches", dispatch.id))[0].text)
    assert words.replace("\ud800", "?") in shown


def test_a_page_that_fails_says_so_and_tells_nothing_else() -> None:
    class Broken(FakeStore):
        def stale(self) -> bool:
            raise RuntimeError("a secret path")

    [answer] = get(make_app(Broken(a_world())), "/")
    assert answer.status_code == 500
    assert "The terminal" in answer.text
    assert "secret" not in answer.text


def test_serving_takes_the_next_free_port_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    servers: list[uvicorn.Server] = []
    start = uvicorn.Server.startup

    async def noted(self: uvicorn.Server, sockets: Any = None) -> None:
        servers.append(self)
        await start(self, sockets)

    monkeypatch.setattr(uvicorn.Server, "startup", noted)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ready: list[str] = []
        told = threading.Event()

        def tell(address: str) -> None:
            ready.append(address)
            told.set()

        thread = threading.Thread(target=serve, args=(FakeStore(Record()),), kwargs={"port": port, "on_ready": tell})
        thread.start()
        try:
            assert told.wait(20)
            assert int(ready[0].rstrip("/").rsplit(":", 1)[1]) > port
            with urllib.request.urlopen(ready[0]) as answer:
                assert b"No dispatches yet" in answer.read()
        finally:
            for server in servers:
                server.should_exit = True
            thread.join(20)
    assert not thread.is_alive()


def test_a_host_that_is_not_here_is_a_clear_error() -> None:
    with pytest.raises(OnrecordError, match=r"Cannot serve on 192\.0\.2\.1"):
        serve(a_store(Record()), host="192.0.2.1", port=0, passwords={"amal": "a long word"})


def test_no_free_port_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_app, "_TRIES", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OnrecordError, match="all in use"):
            serve(a_store(Record()), port=taken.getsockname()[1])


def test_a_long_line_does_not_take_long() -> None:
    hand = Hand()
    dispatch = hand.dispatch("One line. " * 100_000)
    app = make_app(FakeStore(hand.record()))
    begin = time.perf_counter()
    [answer] = get(app, path("dispatches", dispatch.id))
    assert answer.status_code == 200
    assert time.perf_counter() - begin < 10
