from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from onrecord.exports.material import Help
from onrecord.exports.verify import verify
from onrecord.exports.write import write_export, zipped
from onrecord.model.errors import SourceError
from onrecord.model.records import Judgement
from tests.factories import a_record

Files = dict[str, bytes]
NO_FILES = zipped({"manifest.json": b'{"format": "onrecord-bundle/1"}'})


def bundle(folder: Path, *, texts: bool = True) -> Path:
    return write_export("bundle", a_record(), folder / "b.zip", aid=Help(texts=texts))[0]


def changed(path: Path, change: Callable[[Files], object]) -> Path:
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    path.write_bytes(zipped(files))
    return path


def test_a_whole_bundle_verifies(tmp_path: Path) -> None:
    found = verify(bundle(tmp_path))
    assert found.faults == []
    assert (found.files, found.texts, found.quotations, found.unread, found.values) == (5, 2, 6, 0, 3)


def test_the_same_record_is_the_same_bytes(tmp_path: Path) -> None:
    first = bundle(tmp_path).read_bytes()
    assert bundle(tmp_path).read_bytes() == first


def test_a_bundle_holds_what_a_third_party_needs(tmp_path: Path) -> None:
    with ZipFile(bundle(tmp_path)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        assert set(archive.namelist()) == {*sums, "SHA256SUMS"}
    assert manifest["versions"]["readers"] == ["test"]
    assert [d["file"] for d in manifest["dispatches"]] == [d.file for d in a_record().dispatches]
    assert manifest["files"]["record.json"]["sha256"] == sums["record.json"]


def test_without_texts_it_holds_sums_and_addresses_and_verifies_beside_the_texts(tmp_path: Path) -> None:
    path = bundle(tmp_path, texts=False)
    with ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if name.startswith("dispatches/")]
    assert (tmp_path / "losses.csv").read_text(encoding="utf-8").count("no texts were asked for") == 1
    alone = verify(path)
    assert (alone.faults, alone.quotations, alone.unread) == ([], 0, 6)
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, dispatch in enumerate(a_record().dispatches):
        (folder / f"any{number}.txt").write_bytes(dispatch.text.encode())
    (folder / "picture.bin").write_bytes(b"\xff\xfe\x00")
    beside = verify(path, folder)
    assert (beside.faults, beside.quotations, beside.unread) == ([], 6, 0)


def test_a_text_that_was_changed_is_not_the_one_that_was_read(tmp_path: Path) -> None:
    path, folder = bundle(tmp_path, texts=False), tmp_path / "texts"
    folder.mkdir()
    first, second = a_record().dispatches
    (folder / "first.txt").write_bytes(first.text.replace(" ", "  ", 1).encode())
    (folder / "second.txt").write_bytes(second.text.encode())
    found = verify(path, folder)
    assert (found.texts, found.quotations + found.unread) == (1, 6)
    assert found.unread > 0
    [fault] = found.faults
    assert fault.startswith(f"{first.file}: no file in {folder} is the text that was read")
    with pytest.raises(SourceError, match="is no folder"):
        verify(path, tmp_path / "none")


def _edit_record(files: Files) -> None:
    document = json.loads(files["record.json"])
    document["claims"][0]["trigger"]["start"] += 1
    document["events"][0]["claims"].append("c-none")
    files["record.json"] = json.dumps(document).encode()


def _edit_all(files: Files) -> None:
    """Change a number of the record, and its sum in the manifest as well."""
    files["record.json"] = files["record.json"].replace(b'"sources": 1', b'"sources": 7')
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["record.json"]["sha256"] = sha256(files["record.json"]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()


def _edit_text(files: Files) -> None:
    name = next(n for n in files if n.startswith("dispatches/"))
    files[name] = b"x" + files[name]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (_edit_record, ["record.json is not what", "claim c", "events: v-1 names claims that are not there: c-none"]),
        (_edit_text, ["is not what the manifest says", "is not the text that was read", "the text has"]),
        (_edit_all, ["manifest.json is not what SHA256SUMS says"]),
        (lambda files: files.pop("SHA256SUMS"), ["SHA256SUMS is missing"]),
        (lambda files: files.pop("judgements.jsonl"), ["judgements.jsonl is missing"]),
        (lambda files: files.update({"more.txt": b""}), ["more.txt is not in the manifest"]),
        (lambda files: files.update({"record.json": b"{"}), ["record.json is missing or no JSON"]),
        (lambda files: files.update({"record.json": b"{}"}), ["is a required property"]),
    ],
)
def test_what_was_changed_is_found(tmp_path: Path, change: Callable[[Files], object], faults: list[str]) -> None:
    found = verify(changed(bundle(tmp_path), change))
    for fault in faults:
        assert any(fault in line for line in found.faults), (fault, found.faults)


@pytest.mark.parametrize(
    "data", [b"", b"PK no zip", zipped({"a.txt": b"x"}), zipped({"manifest.json": b"[]"}), NO_FILES]
)
def test_what_is_no_bundle_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"x\.zip"):
        verify(path)
    with pytest.raises(SourceError, match="check the path"):
        verify(tmp_path / "none.zip")


def test_judgements_are_in_it(tmp_path: Path) -> None:
    record = a_record()
    judged = Judgement("j1", "wrong", "c1", "tester", "2026-05-01T12:00:00Z", note="no")
    object.__setattr__(record, "judgements", (judged,))
    [path, *_] = write_export("bundle", record, tmp_path / "b.zip")
    with ZipFile(path) as archive:
        [line] = archive.read("judgements.jsonl").decode().splitlines()
    assert json.loads(line)["verdict"] == "wrong"
