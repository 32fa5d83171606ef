"""Tells what bytes are by looking at them; the name decides only where the content leaves it open."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from pathlib import PurePosixPath

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "warc"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_MAIL_SURE = re.compile(rb"^(?:message-id|mime-version|received|return-path):", re.IGNORECASE | re.MULTILINE)
_BY_NAME = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".eml": "mail", ".rss": "feed", ".atom": "feed", ".warc": "warc",
}  # fmt: skip


def kind_of(name: str, head: bytes) -> str:
    """Return the kind of a file by its name and its first bytes (4096 are enough).

    One of: empty, zip, tar, gzip, bzip2, xz, warc, pdf, html, feed, xml, mail, json, jsonl, csv, image, office, packed,
    text (which decoding may still find to be binary).
    """
    if not head:
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _inside(head) if kind == "gzip" else kind
    if head[257:262] == b"ustar":
        return "tar"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _markup(head) or _by_name(name, head)


def _inside(head: bytes) -> str:
    """Return what a gzip stream holds as far as it matters: an archive, or one file."""
    try:
        inner = gzip.GzipFile(fileobj=io.BytesIO(head)).read1(1024)
    except (OSError, EOFError, zlib.error):
        return "gzip"
    if inner.startswith(b"WARC/"):
        return "warc"
    return "tar" if inner[257:262] == b"ustar" else "gzip"


def _markup(head: bytes) -> str | None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return None
    if _FEED.search(head):
        return "feed"
    if _HTML.search(head):
        return "html"
    return "xml" if start.startswith(b"<?xml") else None


def _by_name(name: str, head: bytes) -> str:
    by_name = _BY_NAME.get(PurePosixPath(name.lower()).suffix)
    if by_name:
        return by_name
    if _MAIL.match(head) and _MAIL_SURE.search(head):
        return "mail"
    if re.match(rb"\s*\{\s*\"", head):
        return "jsonl" if re.match(rb"\s*\{[^\n]*\}\s*\n\s*\{", head) else "json"
    return "json" if re.match(rb"\s*\[\s*\{\s*\"", head) else "text"
