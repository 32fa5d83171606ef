"""What maps lie on: a person's own basemap is checked, and read piece by piece."""

from __future__ import annotations

from pathlib import Path

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from onrecord.model.errors import OnrecordError
from onrecord.report import land
from onrecord.web.ground import BASEMAP, Ground, read_basemap
from tests.web.browse import BASE, get
from tests.web.tiles import a_basemap
from tests.web.world import FakeStore, a_world, make_app


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "mine.pmtiles"
    made.write_bytes(a_basemap())
    return made


def a_piece(app: Starlette, span: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE) as client:
            return await client.get(BASEMAP, headers={"range": span})

    return anyio.run(ask)


def test_a_basemap_is_read_piece_by_piece(file: Path) -> None:
    app = make_app(FakeStore(a_world()), ground=Ground(basemap=read_basemap(file)))
    answer = a_piece(app, "bytes=0-6")
    assert (answer.status_code, answer.content) == (206, b"PMTiles")
    assert "content-security-policy" in answer.headers
    assert a_piece(app, "bytes=99999999-").status_code == 416


def test_pages_name_the_basemap_only_where_there_is_one(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "maplibre-gl.mjs").touch()
    monkeypatch.setattr(land, "BUILD", tmp_path)
    with_one = make_app(FakeStore(a_world()), ground=Ground(basemap=file))
    assert f'data-basemap="{BASEMAP}"' in get(with_one, "/map")[0].text
    assert "/static/build/pmtiles.js" in get(with_one, "/map")[0].text
    without = make_app(FakeStore(a_world()))
    assert "pmtiles" not in get(without, "/map")[0].text
    assert get(without, BASEMAP)[0].status_code == 404


def test_a_basemap_is_for_those_who_signed_in(file: Path) -> None:
    app = make_app(FakeStore(a_world()), ground=Ground(basemap=file), passwords={"amal": "a long word"})
    assert a_piece(app, "bytes=0-6").status_code == 303


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no PMTiles file"),
        (b"PMTiles\x03", "is no PMTiles file"),
        (b"SQLite format 3" + bytes(200), "is no PMTiles file"),
        (a_basemap(version=2), "of version 2, not 3"),
        (a_basemap(kind=0), "tiles that are not shown"),
        (None, "cannot be read as a basemap"),
    ],
)
def test_what_is_no_basemap_is_refused_with_the_reason(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "wrong.pmtiles"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(OnrecordError, match=said) as refused:
        read_basemap(file)
    assert str(file) in str(refused.value)
