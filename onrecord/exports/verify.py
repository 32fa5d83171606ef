"""Checks a bundle offline: the sums of its files, and that each quotation stands in its text where the record says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from onrecord.exports import record_json
from onrecord.exports.bundle import FORMAT, MANIFEST, RECORD, SUMS, text_name, text_sum
from onrecord.model.errors import SourceError
from onrecord.model.records import dispatch_id

_MOST: Final = 4_000_000_000  # bytes that a bundle may unpack to: a zip of a few kilobytes can claim to hold the moon
_LONGEST: Final = 20_000_000  # bytes of a text beside the bundle; a dispatch has some kilobytes
Json = dict[str, Any]


@dataclass(slots=True)
class Verified:
    """What a check found: how many files, texts, quotations and values were checked, and what is wrong, a line each.

    `unread` counts the quotations of dispatches whose text is not at hand.
    """

    files: int = 0
    texts: int = 0
    quotations: int = 0
    unread: int = 0
    values: int = 0
    faults: list[str] = field(default_factory=list)


def verify(path: Path, texts: Path | None = None) -> Verified:
    """Check a bundle; `texts` is a folder of all texts for a bundle without, found by their sums.

    Raises SourceError where the file cannot be read as a bundle.
    """
    found = Verified()
    if texts is not None and not texts.is_dir():
        raise SourceError("unreadable", f"{texts} is no folder; name the one that holds the texts")
    try:
        with ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST:
                raise SourceError("too large", f"{path} unpacks to more than {_MOST:,} bytes; it is no bundle of ours")
            manifest = _manifest(archive, path)
            _check_files(archive, manifest, found)
            _check_sums(archive, found)
            known = {**_texts(archive, manifest, found), **_beside(texts, manifest)}
            found.texts = len(known)
            if texts is not None:
                away = sorted(d["file"] or d["url"] or d["id"] for d in manifest["dispatches"] if d["id"] not in known)
                why = f"no file in {texts} is the text that was read; it was changed, or is not there"
                found.faults += [f"{name}: {why}" for name in away]
            _check_record(archive, manifest, known, found)
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError("malformed", f"{path} has a manifest of another shape ({error}); copy it anew") from None
    except (BadZipFile, EOFError) as error:
        raise SourceError("malformed", f"{path} is no whole zip ({error}); copy it anew") from None
    except OSError as error:
        raise SourceError("unreadable", f"{path} cannot be read: {error.strerror or error}; check the path") from None
    return found


def _manifest(archive: ZipFile, path: Path) -> Json:
    try:
        manifest: Json = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError):
        raise SourceError("no bundle", f"{path} has no {MANIFEST}; make one with `onrecord export bundle`") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise SourceError("no bundle", f"{path} is not of the format {FORMAT}; a newer Onrecord may read it")
    return manifest


def _check_files(archive: ZipFile, manifest: Json, found: Verified) -> None:
    names = set(archive.namelist())
    known: Json = manifest["files"]
    found.faults += [f"{name} is missing" for name in sorted(set(known) - names)]
    found.faults += [f"{name} is not in the manifest" for name in sorted(names - {*known, MANIFEST, SUMS})]
    for name in sorted(set(known) & names):
        found.files += 1
        if _sum(archive, name) != known[name]["sha256"]:
            found.faults.append(f"{name} is not what the manifest says: its SHA-256 differs")


def _check_sums(archive: ZipFile, found: Verified) -> None:
    """Check the manifest against the list of sums, which holds its own: files and manifest may be changed together."""
    try:
        lines = archive.read(SUMS).decode("utf-8", "replace").splitlines()
    except KeyError:
        found.faults.append(f"{SUMS} is missing")
        return
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in sorted({*listed, *archive.namelist()} - {SUMS}):
        if name not in archive.namelist() or name not in listed:
            found.faults.append(f"{name} is in one of {SUMS} and the zip only")
        elif name == MANIFEST and _sum(archive, name) != listed[name]:
            found.faults.append(f"{name} is not what {SUMS} says: its SHA-256 differs")


def _sum(archive: ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _texts(archive: ZipFile, manifest: Json, found: Verified) -> dict[str, str]:
    """Return the texts of a bundle by dispatch; the id of a dispatch is the hash of its text, and must be."""
    known = {}
    names = set(archive.namelist())
    for dispatch in manifest["dispatches"]:
        name = text_name(dispatch["id"])
        if name not in names:
            continue
        text = archive.read(name).decode("utf-8", "replace")
        if dispatch_id(text) != dispatch["id"] or text_sum(text) != dispatch["sha256"]:
            found.faults.append(f"{name} is not the text that was read: its hash differs")
        known[dispatch["id"]] = text
    return known


def _beside(folder: Path | None, manifest: Json) -> dict[str, str]:
    """Return the texts of dispatches that lie in a folder, whatever their names, found by their sums."""
    if folder is None:
        return {}
    wanted = {d["sha256"]: d["id"] for d in manifest["dispatches"]}
    known = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size <= _LONGEST):
        with suppress(UnicodeDecodeError):
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            if name := wanted.get(text_sum(text)):
                known[name] = text
    return known


def _check_record(archive: ZipFile, manifest: Json, texts: Mapping[str, str], found: Verified) -> None:
    try:
        document: Json = json.loads(archive.read(RECORD))
    except (KeyError, ValueError):
        found.faults.append(f"{RECORD} is missing or no JSON")
        return
    shape = record_json.faults(document)
    found.faults += [f"{RECORD}: {fault}" for fault in shape[:20]]
    if shape:
        return
    listed = {d["id"] for d in manifest["dispatches"]}
    held = {d["id"] for d in document["dispatches"]}
    found.faults += [f"dispatch {name} is in one of record and manifest only" for name in sorted(listed ^ held)]
    for what, dispatch, quotation in _quotations(document):
        _check_quotation(what, quotation, texts.get(dispatch), found)
    _check_values(document, found)


def _quotations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for claim in document["claims"]:
        yield f"claim {claim['id']}", claim["dispatch"], claim["trigger"]
    for mention in document["mentions"]:
        yield f"mention {mention['id']}", mention["dispatch"], mention["span"]
    for said in document["statements"]:
        yield f"statement {said['id']}", said["dispatch"], said["content"]
        if said["cue"]:
            yield f"the cue of statement {said['id']}", said["dispatch"], said["cue"]


def _check_quotation(what: str, quotation: Json, text: str | None, found: Verified) -> None:
    if text is None:
        found.unread += 1
        return
    found.quotations += 1
    start, end, words = quotation["start"], quotation["end"], quotation["text"]
    if text[start:end] != words:
        found.faults.append(f"{what}: the text has {text[start:end][:60]!r} at {start}-{end}, not {words[:60]!r}")


def _check_values(document: Json, found: Verified) -> None:
    """Check that no value stands without a claim, and that the claims are there."""
    claims = {c["id"] for c in document["claims"]}
    for kind in ("events", "figures", "control"):
        for item in document[kind]:
            found.values += 1
            name = item.get("id") or item["place"]
            if not item["claims"]:
                found.faults.append(f"{kind}: {name} names no claim")
            if missing := sorted(set(item["claims"]) - claims):
                found.faults.append(f"{kind}: {name} names claims that are not there: {', '.join(missing[:5])}")
