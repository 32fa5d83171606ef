"""Folders, metadata beside texts, addresses, and the same result every time."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from onrecord.model.errors import SourceError
from onrecord.model.records import Dispatch, SetAside
from onrecord.sources.open import SourceOptions, read_source
from tests.sources.test_bad_input import tarred, zipped
from tests.sources.test_formats import METADATA, STORY, page

OPTIONS = SourceOptions(today=date(2024, 6, 1))


def read(source: str | Path, options: SourceOptions = OPTIONS) -> list[Dispatch | SetAside]:
    return list(read_source(str(source), options=options))


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_files_come_in_order_with_forward_slashes(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"b.txt": "Quiet in Tarn.", "a/z.txt": STORY, "a/.git/x.txt": "no", "c.md": "# Quiet\n\nNobody fired."},
    )
    found = read(tmp_path)
    assert [item.file for item in found if isinstance(item, Dispatch)] == ["a/z.txt", "b.txt", "c.md"]
    assert read(tmp_path) == found


def test_one_item_at_a_time(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"{number} " + "Quiet in Ardun. " * 2500, encoding="utf-8")
    assert len(read(tmp_path / "00.txt")) == 1  # the word lists are loaded
    tracemalloc.start()
    total = sum(len(item.text) for item in read_source(str(tmp_path)) if isinstance(item, Dispatch))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 1_000_000
    assert peak < total  # each text passes through several copies; all of them at once would be five times as much


ROWS = [
    {"file": "a.txt", "outlet": "Ardun Courier", "published": "2021-05-07", "url": "https://courier.example/1"},
    {"file": "sub/b.txt", "title": "Quiet in Tarn", "agency": "Orland Wire"},
]


def metadata_lines() -> str:
    return "\n".join([json.dumps(ROWS[0]), "{broken", json.dumps({"outlet": "none"}), json.dumps(ROWS[1])])


@pytest.mark.parametrize("packed", ["", "zip", "tar"])
def test_metadata_beside_texts(tmp_path: Path, packed: str) -> None:
    files = {"a.txt": STORY, "sub/b.txt": "Nobody fired in Tarn on Sunday.", "metadata.jsonl": metadata_lines()}
    write(tmp_path / "in", files)
    source = tmp_path / "in"
    if packed:
        raw = {name: text.encode() for name, text in files.items()}
        source = tmp_path / f"all.{packed}"
        source.write_bytes(zipped(**raw) if packed == "zip" else tarred(raw, "w"))
    found = read(source)
    one, two = (item for item in found if isinstance(item, Dispatch))
    assert (one.outlet, one.published, one.published_basis) == ("Ardun Courier", "2021-05-07", "metadata")
    assert one.url == "https://courier.example/1"
    assert (two.title, two.agency) == ("Quiet in Tarn", "Orland Wire")
    prefix = f"all.{packed}/" if packed else ""
    asides = [(item.name, item.reason) for item in found if isinstance(item, SetAside)]
    assert asides == [(f"{prefix}metadata.jsonl#2", "malformed"), (f"{prefix}metadata.jsonl#3", "malformed")]


def test_metadata_as_csv_and_for_a_single_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": STORY, "metadata.csv": "file,outlet,date\na.txt,Courier,13/05/2021\n"})
    for source in (tmp_path, tmp_path / "a.txt"):
        [dispatch] = read(source)
        assert isinstance(dispatch, Dispatch)
        assert (dispatch.outlet, dispatch.published) == ("Courier", "2021-05-13")


def test_a_table_of_dispatches_may_be_called_metadata(tmp_path: Path) -> None:
    write(tmp_path, {"metadata.jsonl": json.dumps({"text": STORY})})
    [dispatch] = read(tmp_path)
    assert isinstance(dispatch, Dispatch)
    assert dispatch.file == "metadata.jsonl#1"


def dated(day: str) -> str:
    return f"Patrol returns to Hask\n\n{day}\n\nThe patrol returned to its base at Hask and had met nobody on its way."


def test_other_files_of_the_folder_show_the_order_of_dates(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": dated("05/04/2017"), "b.txt": dated("05/23/2017")})
    one, two = read(tmp_path)
    assert isinstance(one, Dispatch)
    assert isinstance(two, Dispatch)
    assert (one.published, two.published) == ("2017-05-04", "2017-05-23")


def test_a_folder_of_two_minds_settles_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": dated("05/04/2017"), "b.txt": dated("05/23/2017"), "c.txt": dated("23/05/2017")})
    assert [item.published for item in read(tmp_path) if isinstance(item, Dispatch)] == [
        "2017",
        "2017-05-23",
        "2017-05-23",
    ]


# ------------------------------------------------------------------------------------------------------ addresses


class Pages(BaseHTTPRequestHandler):
    """A site of four pages: an article, a redirect to it, a large file, and nothing."""

    def do_GET(self) -> None:
        body = {"/article": page(head=METADATA).encode(), "/large": b"Quiet. " * 1000}.get(self.path, b"")
        self.send_response(302 if self.path == "/old" else 200 if body else 404)
        if self.path == "/old":
            self.send_header("Location", "/article")
        if self.path == "/file":
            self.send_header("Location", "file:///etc/hostname")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("NO_PROXY", "*")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_reads_an_address(site: str) -> None:
    [dispatch] = read(f"{site}/old")
    assert isinstance(dispatch, Dispatch)
    assert dispatch.file is None
    assert dispatch.url == f"{site}/article"
    assert (dispatch.outlet, dispatch.published, dispatch.published_basis) == (
        "Ardun Courier",
        "2021-05-07",
        "metadata",
    )


def test_says_why_an_address_cannot_be_read(site: str) -> None:
    with pytest.raises(SourceError, match="404"):
        read(f"{site}/none")
    with pytest.raises(SourceError, match="over 1,000 bytes"):
        read(f"{site}/large", SourceOptions(max_bytes=1000))
    with pytest.raises(SourceError, match="check the address"):
        read("http://127.0.0.1:9/")


def test_other_schemes_are_paths() -> None:
    with pytest.raises(SourceError, match="no file or folder"):
        read("file:///etc/hostname")


# ------------------------------------------------------------------------------------------- the dispatches at hand

SHARED = Path(__file__).parents[2] / ".." / "shared"
SEEDS = {
    "000": (None, "2019-03-14", None, "NEW YORK", ["date", "furniture", "dateline", "furniture"]),
    "001": (
        "'final' battle",
        "2017-10-14",
        "AP",
        "Beirut",
        ["title", "date", "byline", "dateline", "furniture", "agency"],
    ),
    "002": ("Final assault", None, "Agencies", None, ["title", "agency"]),
    "003": ("major victory", "2017-10-18", "AFP", None, ["title", "date", "furniture"]),
    "004": ("push deeper", "2018-12-12", None, None, ["title", "furniture", "furniture", "date"]),
}


@pytest.mark.skipif(not (SHARED / "dispatches").is_dir(), reason="the shared dispatches are not here")
def test_seeds() -> None:
    found = [item for item in read(SHARED / "dispatches" / "seeds") if isinstance(item, Dispatch)]
    assert len(found) == len(SEEDS)
    for dispatch in found:
        title, published, agency, dateline, marked = SEEDS[(dispatch.file or "")[:3]]
        assert (dispatch.title or "").find(title or "") >= 0
        assert bool(dispatch.title) == bool(title)
        assert (dispatch.published, dispatch.agency, dispatch.dateline) == (published, agency, dateline)
        assert dispatch.published_basis == ("header" if published else "none")
        assert [mark.kind for mark in dispatch.marked] == marked


@pytest.mark.skipif(not (SHARED / "dispatches").is_dir(), reason="the shared dispatches are not here")
def test_texts_without_a_header_are_left_alone() -> None:
    found = [item for item in read(SHARED / "dispatches" / "guardian") if isinstance(item, Dispatch)]
    assert len(found) == 181
    assert not [item.file for item in found if item.title or item.marked or item.published_basis != "metadata"]
