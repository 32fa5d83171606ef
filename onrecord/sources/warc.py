"""Reads web archives (WARC): each page that was fetched is a dispatch."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given, Item, megabytes, opener

# A page drags in pictures, styles and scripts; they are no dispatches and are passed over without a word.
_READABLE = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/rss+xml",
    "application/atom+xml",
)


def read_warc(item: Item, options: SourceOptions) -> Iterator[Item | SetAside]:
    """Yield each readable response of a web archive as an item named FILE#ADDRESS.

    Redirects and errors (any status but 200) are passed over. Where the archive breaks off, what came before is kept
    and the rest is set aside.
    """
    offered = 0
    with item.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                if not _wanted(record):
                    continue
                offered += 1
                yield _offer(item, record, options)
        # AttributeError: warcio asks for the address of a record whose header is cut off
        except (ArchiveLoadFailed, zlib.error, EOFError, gzip.BadGzipFile, ValueError, AttributeError) as error:
            yield SetAside(
                item.name, "truncated", f"{item.name} breaks off ({error}); {offered} pages before that were read"
            )
            return
    if not offered:
        raise SourceError("no article", f"{item.name} holds no page; give a WARC with responses of type text/html")


def _wanted(record: Any) -> bool:
    if record.rec_type not in ("response", "resource", "conversion"):
        return False
    if record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode() != "200":
        return False
    return _type_of(record)[0] in _READABLE


def _type_of(record: Any) -> tuple[str, str | None]:
    """Return the media type and the charset of a record."""
    headers = record.http_headers or record.rec_headers
    kind, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    charset = rest.partition("charset=")[2].strip(" \"'") or None
    return kind.strip().lower(), charset


def _offer(item: Item, record: Any, options: SourceOptions) -> Item | SetAside:
    url = record.rec_headers.get_header("WARC-Target-URI")
    name = f"{item.name}#{url}"
    data = _content(record, options.max_bytes)
    if len(data) > options.max_bytes:
        return SetAside(
            name,
            "too large",
            f"{name} is over {megabytes(options.max_bytes)}; leave it out, or raise the limit with --max-mb",
        )
    return Item(name, opener(data), len(data), Given(url=url), item.depth + 1, item.local, _type_of(record)[1])


def _content(record: Any, limit: int) -> bytes:
    stream, parts, size = record.content_stream(), io.BytesIO(), 0
    while size <= limit and (block := stream.read(1 << 16)):
        size += parts.write(block)
    return parts.getvalue()
