"""A bundle: one zip with record, texts, judgements and sums, by which anybody can verify each citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from onrecord.exports import record_json
from onrecord.exports.jsonlines import pretty
from onrecord.exports.material import Material
from onrecord.model.records import Dispatch, Record
from onrecord.model.zips import member

FORMAT: Final = "onrecord-bundle/1"
MANIFEST: Final = "manifest.json"
RECORD: Final = "record.json"
JUDGEMENTS: Final = "judgements.jsonl"
SUMS: Final = "SHA256SUMS"
README: Final = "README.txt"
_ABOUT: Final = """A record of dispatches about an armed conflict, with all that is needed to check it.

record.json        the record, format onrecord/1: every value names its claims, every claim a stretch of a dispatch
dispatches/        the texts of the dispatches, UTF-8, one file each, named by the dispatch's id ({texts})
judgements.jsonl   what people decided, one a line
manifest.json      the dispatches with addresses and SHA-256 sums, the versions, and the sum of every file
SHA256SUMS         the same sums for `sha256sum --check SHA256SUMS`

`onrecord verify BUNDLE` checks the sums, that every quotation stands in its text at its offsets, and that every event
and figure names claims that are there. Offsets count Unicode code points of the text, from 0, the end not included.
"""


def write(material: Material, path: Path) -> list[Path]:
    """Write the bundle as a zip; the same record gives the same bytes. Nothing is lost, but texts where not wanted."""
    record, sums = material.record, {}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, pieces in _files(record, texts=material.aid.texts):
            sums[name] = _put(archive, name, pieces)
        manifest = pretty(_manifest(record, sums, texts=material.aid.texts)) + b"\n"
        sums[MANIFEST] = _put(archive, MANIFEST, [manifest])
        _put(archive, SUMS, [f"{digest}  {name}\n".encode() for name, (digest, _) in sorted(sums.items())])
    if not material.aid.texts:
        why = "no texts were asked for; the bundle holds their sums and addresses"
        material.losses.lose("field", "text", (d.id for d in record.dispatches), why=why)
    return [path]


def text_name(dispatch: str) -> str:
    """Return the name of a dispatch's text in a bundle."""
    return f"dispatches/{dispatch}.txt"


def text_sum(text: str) -> str:
    """Return the SHA-256 of a dispatch's text as UTF-8, in hexadecimal digits."""
    return sha256(text.encode("utf-8")).hexdigest()


def _files(record: Record, *, texts: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    about = _ABOUT.format(texts="in this bundle" if texts else "left out of this bundle")
    yield README, [about.encode()]
    yield RECORD, record_json.pieces(record)
    yield JUDGEMENTS, (msgspec.json.encode(j, order="sorted") + b"\n" for j in record.judgements)
    for dispatch in record.dispatches if texts else ():
        yield text_name(dispatch.id), [dispatch.text.encode("utf-8")]


def _put(archive: ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write a file into the zip piece by piece, and return its SHA-256 and its size."""
    digest, size = sha256(), 0
    with archive.open(member(name), "w", force_zip64=True) as file:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    return digest.hexdigest(), size


def _manifest(record: Record, sums: dict[str, tuple[str, int]], *, texts: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "texts": texts,
        "versions": {
            "onrecord": version("onrecord"),
            "record": record_json.FORMAT,
            "readers": sorted({c.reader for c in record.claims if c.reader}),
        },
        "dispatches": [_dispatch(d) for d in record.dispatches],
        "files": {name: {"sha256": digest, "bytes": size} for name, (digest, size) in sums.items()},
    }


def _dispatch(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "id": dispatch.id,
        "sha256": text_sum(dispatch.text),
        "characters": len(dispatch.text),
        "url": dispatch.url,
        "file": dispatch.file,
        "outlet": dispatch.outlet,
        "title": dispatch.title,
        "published": dispatch.published,
    }
