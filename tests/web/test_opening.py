"""The first look at a record: a large one is made ready while a page says so."""

from __future__ import annotations

import threading

import pytest

from onrecord.model.errors import StoreError
from onrecord.model.records import Record
from tests.web.browse import Reader, get, plain
from tests.web.browser import until
from tests.web.world import FakeStore, a_world, make_app


class Slow(FakeStore):
    """A store that gives its record only when it is let."""

    def __init__(self, record: Record) -> None:
        super().__init__(record)
        self.let = threading.Event()

    def record(self) -> Record:
        assert self.let.wait(60)
        return super().record()


class Broken(FakeStore):
    """A store whose record cannot be read."""

    def record(self) -> Record:
        raise StoreError("the record is torn")


@pytest.mark.parametrize("address", ["/", "/events", "/map/days", "/download/record.json"])
def test_until_the_record_is_there_a_page_says_so_and_asks_again(address: str) -> None:
    store = Slow(a_world())
    app = make_app(store, patience=0.01)
    [answer] = get(app, address)
    assert answer.status_code == 503
    assert answer.headers["refresh"] == "1"
    assert "being made ready" in plain(answer.text)
    assert "0 dispatches" not in plain(answer.text)
    assert all(link.startswith(("/", "#")) for link in Reader(answer.text).links)
    store.let.set()
    until(lambda: get(app, address)[0].status_code == 200)
    assert store.reads == 1


def test_the_record_is_made_ready_before_anyone_asks() -> None:
    store = FakeStore(a_world())
    app = make_app(store, patience=60)
    assert store.reads == 1
    assert get(app, "/")[0].status_code == 200


def test_without_patience_a_page_waits_until_the_record_is_there() -> None:
    store = Slow(a_world())
    threading.Timer(0.3, store.let.set).start()
    assert get(make_app(store), "/")[0].status_code == 200


def test_a_record_that_cannot_be_read_is_told_at_once() -> None:
    with pytest.raises(StoreError, match="torn"):
        make_app(Broken(Record()), patience=60)
    [answer] = get(make_app(Broken(Record())), "/")
    assert answer.status_code == 500
