"""Whatever is offered, the run goes on: it is set aside with a reason and with advice."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from onrecord.model.errors import SourceError
from onrecord.model.records import Dispatch, SetAside
from onrecord.sources.open import SourceOptions, read_source
from tests.sources.test_formats import STORY, page, pdf

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def read(path: Path, **options: object) -> list[Dispatch | SetAside]:
    return list(read_source(str(path), options=SourceOptions(**options)))  # type: ignore[arg-type]


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def noise(length: int) -> bytes:
    """Bytes that do not pack: a text of numbers that never repeats."""
    return b" ".join(str(number * number).encode() for number in range(length // 8))[:length]


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n ", "empty"),
    "image.png": (PNG, "image"),
    "image.txt": (PNG, "image"),
    "program.dat": (b"\x7fELF\x02\x01\x01\x00" + bytes(64), "binary"),
    "noise.txt": (bytes(range(1, 32)) * 20, "binary"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "office"),
    "new.docx": (zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "office"),
    "old.rar": (b"Rar!\x1a\x07\x00", "packed"),
    "other.xml": (b"<?xml version='1.0'?><NewsML><p>Quiet</p></NewsML>", "xml"),
    "shell.html": (b"<!DOCTYPE html><html><head><title>x</title></head><body></body></html>", "no article"),
    "cut.html": (b"<!DOCTYPE html><html><head><title>Market of Ardun</ti", "truncated"),
    "cut.txt.gz": (gzip.compress(noise(20000))[:3000], "truncated"),
    "bad.zip": (zipped(**{"a.txt": STORY.encode()})[:60], "damaged"),
    "cut.tar.gz": (tarred({"a.txt": noise(50000)})[:5000], "truncated"),
    "bad.pdf": (b"%PDF-1.4\nnot really", "damaged"),
    "locked.pdf": (pdf("Quiet in Ardun", password="secret"), "encrypted"),
    "scan.pdf": (pdf(), "no text"),
    "bad.json": (b'{"text": ', "malformed"),
    "bad.rss": (b"<rss><channel></channel></rss>", "malformed"),
    "none.csv": (b"\n", "empty"),
    "none.warc": (b"WARC/1.0\r\n\r\n", None),
    "none.eml": (b"Subject: nothing\nMessage-ID: <1@example>\n\n", "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_is_set_aside(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    [aside] = read(tmp_path / name)
    assert isinstance(aside, SetAside)
    assert aside.name == name
    assert reason is None or aside.reason == reason
    assert name in aside.advice
    assert len(aside.advice) > len(name) + 20


def test_the_run_goes_on_in_a_folder_of_bad_files(tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    found = read(tmp_path)
    assert [item.text for item in found if isinstance(item, Dispatch)] == [STORY]
    assert sorted({item.name for item in found if isinstance(item, SetAside)}) == sorted(BAD)


def test_a_text_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "dump.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    [aside] = read(tmp_path / "dump.txt")
    assert isinstance(aside, SetAside)
    assert aside.reason == "too large"
    assert "20 MB" in aside.advice


def test_limits_hold_for_every_row_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("text\n" + "a" * 200 + "\nQuiet in Ardun.\n", encoding="utf-8")
    aside, dispatch = read(tmp_path / "rows.csv", max_bytes=100)
    assert isinstance(aside, SetAside)
    assert aside.reason == "too large"
    assert isinstance(dispatch, Dispatch)


def test_the_wrong_encoding_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes("Café in Ardun".encode())
    [aside] = read(tmp_path / "one.txt", encoding="ascii")
    assert isinstance(aside, SetAside)
    assert aside.reason == "encoding"
    [aside] = read(tmp_path / "one.txt", encoding="no-such-code")
    assert isinstance(aside, SetAside)
    assert aside.reason == "encoding"


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="check the path"):
        read_source(str(tmp_path / "nowhere"))


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Quiet in Ardun.", encoding="utf-8")
    whole = Path.open

    def guarded(self: Path, *args: object, **options: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return whole(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    aside, dispatch = read(tmp_path)
    assert isinstance(aside, SetAside)
    assert (aside.name, aside.reason) == ("a.txt", "no permission")
    assert isinstance(dispatch, Dispatch)


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "b.txt").write_text("Quiet in Ardun.", encoding="utf-8")
    whole = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = read(tmp_path)
    assert [item.reason for item in found if isinstance(item, SetAside)] == ["no permission"]
    assert len(found) == 2


def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere.txt")
    found = read(tmp_path)
    assert [item.file for item in found if isinstance(item, Dispatch)] == ["in/a.txt"]
    assert {(i.name, i.reason) for i in found if isinstance(i, SetAside)} == {
        ("gone", "link"),
        ("in/round", "link"),
        ("self", "link"),
    }


def test_what_is_no_file_is_set_aside(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    [aside] = read(tmp_path)
    assert isinstance(aside, SetAside)
    assert aside.reason == "not a file"


# ------------------------------------------------------------------------------------------------------- archives


def test_archives_are_read_inside_one_another(tmp_path: Path) -> None:
    inner = zipped(**{"deep/b.txt": b"Quiet in Ardun.", "__MACOSX/b.txt": b"x", ".DS_Store": b"y"})
    outer = tarred({"a.txt": STORY.encode(), "inner.zip": inner, "page.html": page().encode()})
    (tmp_path / "all.tar.gz").write_bytes(outer)
    found = read(tmp_path / "all.tar.gz")
    assert [item.file for item in found if isinstance(item, Dispatch)] == [
        "all.tar.gz/a.txt",
        "all.tar.gz/inner.zip/deep/b.txt",
        "all.tar.gz/page.html",
    ]
    assert len(found) == 3


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tars_packed_in_any_way(tmp_path: Path, mode: str) -> None:
    (tmp_path / "all").write_bytes(tarred({"b.txt": b"Quiet in Ardun.", "a.txt": STORY.encode()}, mode))
    assert [item.text for item in read(tmp_path / "all") if isinstance(item, Dispatch)] == ["Quiet in Ardun.", STORY]


def test_one_packed_file(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Quiet in Ardun."}\n'))
    [dispatch] = read(tmp_path / "rows.jsonl.gz")
    assert isinstance(dispatch, Dispatch)
    assert dispatch.file == "rows.jsonl#1"


def test_paths_that_lead_out_are_harmless(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped(**{"../../etc/a.txt": STORY.encode(), "/b.txt": b"Quiet in Ardun."}))
    found = read(tmp_path / "all.zip")
    assert sorted(item.file or "" for item in found if isinstance(item, Dispatch)) == [
        "all.zip/b.txt",
        "all.zip/etc/a.txt",
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "all.zip"]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped(**{"a.txt": b" " * 30_000_000, "b.txt": b"Quiet in Ardun."}))
    aside, dispatch = read(tmp_path / "all.zip")
    assert isinstance(aside, SetAside)
    assert (aside.name, aside.reason) == ("all.zip/a.txt", "too large")
    assert isinstance(dispatch, Dispatch)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.tar.gz"])
def test_a_bomb_in_a_stream_is_stopped(tmp_path: Path, name: str) -> None:
    bomb = b"\n" * 40_000_000
    (tmp_path / name).write_bytes(tarred({"a.txt": bomb}) if "tar" in name else gzip.compress(bomb))
    [aside] = read(tmp_path / name)
    assert isinstance(aside, SetAside)
    assert aside.reason == "too large"


def test_limits_of_an_archive(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped(**{"a.txt": STORY.encode(), "b.txt": b"Quiet."}))
    (tmp_path / "all.tar").write_bytes(tarred({"a.txt": STORY.encode(), "b.txt": b"Quiet."}, "w"))
    for archive in ("all.zip", "all.tar"):
        for limits in ({"max_files": 1}, {"max_unpacked": 300}):
            found = read(tmp_path / archive, **limits)
            assert [item.reason for item in found if isinstance(item, SetAside)] == ["too large"]


def test_archives_nested_too_deep(tmp_path: Path) -> None:
    data = zipped(**{"a.txt": STORY.encode()})
    for _ in range(3):
        data = zipped(**{"in.zip": data})
    (tmp_path / "all.zip").write_bytes(data)
    [aside] = read(tmp_path / "all.zip")
    assert isinstance(aside, SetAside)
    assert aside.reason == "nested"
