"""Whatever is given to `onrecord add`: a clear message, the right exit code, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from onrecord import kits
from onrecord import project as projects
from onrecord.extract.parts import Kit
from onrecord.model.records import Dispatch, Reading
from onrecord.sources import open as opening
from onrecord.store import sql
from tests.sources.test_bad_input import noise, tarred, zipped
from tests.sources.test_formats import pdf
from tests.test_cli import Done, Run, run

__all__ = ["run"]  # the fixture

GOOD = "Quiet in Ardun\n\n14 March 2018\n\nThe market of Ardun was open on Tuesday, the mayor said.\n"


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with a reader that finds nothing: what goes in is tested here, not what is found."""

    def read(dispatch: Dispatch, kit: Kit) -> Reading:
        return Reading(dispatch=dispatch.id, reader=kit.version)

    monkeypatch.setattr(kits, "read", read)


def nested(depth: int) -> bytes:
    data = GOOD.encode()
    for number in range(depth):
        data = zipped(**{f"{number}.{'zip' if number else 'txt'}": data})
    return data


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros.txt", "w") as member:
        for _ in range(40):
            member.write(bytes(1_000_000))
    return buffer.getvalue()


# File: what it holds, the reason it is set aside for, words of the advice.
BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty.txt": (lambda: b"", "empty", "leave it out"),
    "binary.txt": (lambda: bytes(range(256)) * 20, "binary", "give the text as"),
    "picture.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(500), "image", "text recognition"),
    "dump.txt": (lambda: b"Quiet in Ardun on Tuesday. " * 1_900_000, "too large", "--max-mb"),
    "cut.html": (lambda: b"<!DOCTYPE html><html><head><title>Market of Ar", "truncated", "save the article"),
    "cut.txt.gz": (lambda: gzip.compress(noise(20_000))[:3000], "truncated", "fetch it anew"),
    "cut.tar.gz": (lambda: tarred({"a.txt": noise(50_000)})[:5000], "truncated", "fetch it anew"),
    "bomb.gz": (lambda: gzip.compress(bytes(40_000_000)), "too large", "unpack it by hand"),
    "locked.pdf": (lambda: pdf("Quiet in Ardun", password="secret"), "encrypted", "password"),
    "columns.csv": (lambda: b"when,words\n2018-03-14,Quiet\n", "no text column", "--map text=COLUMN"),
    "office.docx": (lambda: zipped(**{"[Content_Types].xml": b"<x/>"}), "office", "save it as"),
}


def refused(run: Run, *words: str) -> Done:
    done = run(*words, code=1)
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_set_aside_and_the_rest_is_read(run: Run, tmp_path: Path, name: str) -> None:
    make, reason, advice = BAD[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(make())
    (tmp_path / "in" / "zgood.txt").write_text(GOOD, encoding="utf-8")
    done = run("add", "in", code=3)
    assert "1 added" in done.stdout
    assert "1 set aside" in done.stdout
    listed = run("status", "--set-aside").stdout
    for told in (done.stdout, listed):
        assert f"{reason}: " in told
        assert name in told
        assert advice in told


@pytest.mark.parametrize(
    ("name", "make", "inside", "reason"),
    [
        ("bomb.zip", bomb, "bomb.zip/zeros.txt", "too large"),
        ("nested.zip", lambda: nested(5), "nested.zip/4.zip", "nested"),
        ("rows.jsonl", lambda: b'{"text": "Quiet"}\n{"text": oops\n', "rows.jsonl#2", "malformed"),
    ],
)
def test_a_bad_part_is_named(
    run: Run, tmp_path: Path, name: str, make: Callable[[], bytes], inside: str, reason: str
) -> None:
    (tmp_path / name).write_bytes(make())
    told = run("add", name, code=3).stdout
    assert f"{reason}: " in told
    assert inside in told


def test_a_page_that_breaks_off_is_read_with_a_note(run: Run, tmp_path: Path) -> None:
    words = "The market of Ardun was open on Tuesday, and people came from far, the mayor said on the"
    (tmp_path / "cut.html").write_text(
        f"<!DOCTYPE html><html><head><title>Quiet</title></head><body><article><h1>Quiet</h1><p>{words}", "utf-8"
    )
    run("add", "cut.html")
    assert "note: the page ends before its closing tag" in run("show", "cut.html").stdout


@pytest.mark.parametrize(("codec", "text"), [("cp1252", "Quiet in Ardun — “café”"), ("cp1256", "سوق المدينة مفتوح")])
def test_another_encoding_is_guessed_told_and_may_be_named(run: Run, tmp_path: Path, codec: str, text: str) -> None:
    (tmp_path / "old.txt").write_bytes(text.encode(codec))
    run("add", "old.txt")
    assert f"taken for {codec}" in run("show", "old.txt").stdout
    run("add", "old.txt", "--encoding", codec, "--record", "named.db")
    shown = run("show", "old.txt", "--record", "named.db").stdout
    assert "taken for" not in shown
    assert "--encoding" in run("add", "old.txt", "--encoding", "utf-8", "--record", "third.db", code=3).stdout
    assert "cp1256" in run("add", "old.txt", "--encoding", "nope", code=2).stderr


def test_a_larger_text_is_read_where_the_limit_is_raised(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(GOOD + "Quiet in Ardun. " * 66_000, encoding="utf-8")
    assert "too large" in run("add", "long.txt", "--max-mb", "1", code=3).stdout
    assert "1 added" in run("add", "long.txt", "--max-mb", "2").stdout


def test_a_date_in_the_future_is_noted_and_not_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text(GOOD.replace("2018", "2099"), encoding="utf-8")
    run("add", "later.txt")
    shown = run("show", "later.txt").stdout
    assert "undated" in shown
    assert "2099-03-14, lies in the future" in shown


def test_the_same_text_under_another_name_is_no_second_dispatch(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    done = run("add", "a.txt", "b.txt")
    assert "1 added, 0 already known, 1 known under another name" in done.stdout
    assert "b.txt holds the same text as a.txt" in done.stdout


def test_links_and_folders_that_hold_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "round").symlink_to(tmp_path / "in", target_is_directory=True)
    assert "link: deep/round" in run("add", "in", code=3).stdout
    (tmp_path / "bare").mkdir()
    assert "the folder bare holds no files to read; check the path" in run("add", "bare", code=3).stdout


def test_a_file_that_vanishes_while_others_are_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(GOOD + name, encoding="utf-8")
    whole = opening._item

    def fleeting(path: Path, *rest: object) -> object:
        item = whole(path, *rest)  # type: ignore[arg-type]
        if path.name == "a.txt":
            path.unlink(missing_ok=True)
        return item

    monkeypatch.setattr(opening, "_item", fleeting)
    monkeypatch.setattr("onrecord.cli.count", lambda source: None)
    done = run("add", "in", code=3)
    assert "1 added" in done.stdout
    assert "a.txt" in done.stdout
    exists = Path.exists
    monkeypatch.setattr("onrecord.sources.open.Path.exists", lambda self: self.name == "gone.txt" or exists(self))
    assert "gone.txt cannot be opened" in run("add", "gone.txt", code=3).stdout


def test_a_file_that_may_not_be_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(GOOD + name, encoding="utf-8")
    whole = Path.open

    def guarded(self: Path, *args: object, **options: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return whole(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    done = run("add", "a.txt", "b.txt", code=3)
    assert "1 added" in done.stdout
    assert "no permission: a.txt" in done.stdout


def test_names_and_texts_that_would_act_on_the_terminal_are_shown_inert(run: Run, tmp_path: Path) -> None:
    hostile = "Quiet [red]in[/red] Ardun \x1b[31mnow\x07 \u202eyad\n\n" + GOOD.split("\n", 2)[2]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "\x1b[2J[bold]odd\n.txt").write_text(hostile + GOOD * 3, encoding="utf-8")
    raw = os.fsencode(tmp_path / "in") + b"/\xff\xfe.txt"
    with open(raw, "w", encoding="utf-8") as stream:  # noqa: PTH123 -- a name that is no text
        stream.write(GOOD)
    done = run("add", "in")
    assert "2 added" in done.stdout
    title = next(line.split()[0] for line in run("status", "--dispatches").stdout.splitlines() if "odd" in line)
    printed = run("status", "--dispatches").stdout + run("show", title).stdout
    assert "[red]in[/red]" in printed
    assert "[bold]odd" in printed
    assert "��.txt" in printed
    assert not set(printed) & {"\x1b", "\x07", "\u202e", "\r"}
    json.loads(run("export", "json").stdout)


# ------------------------------------------------------------------------------------------------- the record file


def test_a_file_that_is_no_record_is_refused_and_left_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.db").write_text("these are notes, not a record", encoding="utf-8")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE mine (a)").connection.close()
    for name in ("notes.db", "other.db"):
        before = (tmp_path / name).read_bytes()
        for words in (("status",), ("add", "good.txt")):
            assert "--record" in refused(run, *words, "--record", name).stderr
        assert (tmp_path / name).read_bytes()[100:] == before[100:]  # the header may note the journal's mode


def test_a_folder_in_the_place_of_the_record(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert "folder" in run("add", "good.txt", "--record", "folder", code=2).stderr
    assert "make it first" in refused(run, "add", "good.txt", "--record", "absent/record.db").stderr


def test_a_record_that_may_not_be_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    run("add", "good.txt")
    (tmp_path / "more.txt").write_text(GOOD + "more", encoding="utf-8")
    prepare = sql._prepare

    def read_only(connection: sqlite3.Connection, about: object) -> None:
        prepare(connection, about)
        connection.execute("PRAGMA query_only = ON")

    monkeypatch.setattr(sql, "_prepare", read_only)
    assert "yours to write" in refused(run, "add", "more.txt").stderr
    assert "1 dispatch" in run("status").stdout


def test_a_record_that_another_process_is_writing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(sql, "NOTICE_S", 0.01)
    whole = vars(projects)["open_sqlite"]
    monkeypatch.setattr(projects, "open_sqlite", lambda *a, **k: whole(*a, **(k | {"patience_s": 0.05})))
    with FileLock(tmp_path / "record.db.lock"):
        told = refused(run, "add", "good.txt").stderr
    assert "waiting" in told
    assert "then run this again" in told
    assert "1 added" in run("add", "good.txt").stdout


@pytest.mark.slow
def test_two_processes_add_to_one_record_at_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(GOOD + name, encoding="utf-8")
    command = [sys.executable, "-m", "onrecord", "add"]
    both = [
        subprocess.Popen([*command, name], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("a.txt", "b.txt")
    ]
    for process in both:
        printed, told = process.communicate(timeout=120)
        assert (process.returncode, "1 added" in printed) == (0, True), told
    done = subprocess.run([*command[:-1], "status"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "2 dispatches" in done.stdout


def test_ctrl_c_ends_with_a_message_and_the_next_run_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(GOOD + name, encoding="utf-8")
    read: Callable[[Dispatch, Kit], Reading] = vars(kits)["read"]
    calls: list[str] = []

    def stopped(dispatch: Dispatch, kit: Kit) -> Reading:
        calls.append(dispatch.id)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return read(dispatch, kit)

    with monkeypatch.context() as patch:
        patch.setattr(kits, "read", stopped)
        done = run("add", "a.txt", "b.txt", "c.txt", code=130)
    assert "goes on from there" in done.stderr
    assert "behind its dispatches" in run("status").stdout or "No dispatches yet" in run("status").stdout
    done = run("add", "a.txt", "b.txt", "c.txt")
    assert "0 added, 3 already known" in done.stdout
    assert "2 read" in done.stdout
    assert "3 dispatches" in run("status").stdout


def test_what_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    run("add", "good.txt")
    run("export", "json", "--output", "new/folder/record.json")
    run("report", "--output", "other/folder/week.html")
    assert (tmp_path / "new" / "folder" / "record.json").exists()
    assert (tmp_path / "other" / "folder" / "week.md").exists()
    run("export", "json", "--output", "new")
    assert (tmp_path / "new" / "record.json").exists()  # a folder gets the file
    assert "good.txt" in refused(run, "export", "json", "--output", "good.txt/record.json").stderr
