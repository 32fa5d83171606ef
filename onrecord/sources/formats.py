"""Hands bytes to the reader of their format, and what that unpacks back again."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside
from onrecord.sources.archives import members
from onrecord.sources.feeds import read_feed
from onrecord.sources.html import read_html
from onrecord.sources.mail import read_mail
from onrecord.sources.metadata import Beside, is_metadata, read_metadata
from onrecord.sources.options import SourceOptions
from onrecord.sources.pdf import read_pdf
from onrecord.sources.pieces import WHOLE_LIMIT, Given, Item, Piece, too_large
from onrecord.sources.sniff import kind_of
from onrecord.sources.tables import read_table
from onrecord.sources.text import decode
from onrecord.sources.warc import read_warc

_ARCHIVES = ("zip", "tar", "gzip", "bzip2", "xz")
_REFUSED = {
    "empty": "is empty; leave it out, or fetch it anew",
    "image": "is a picture; run text recognition (OCR) on it and give the text",
    "office": "is an office document; save it as TXT, HTML or PDF",
    "packed": "is an archive of a kind that is not read; pack it as zip or tar.gz",
    "xml": "is XML that is neither a page nor a feed; save its text as TXT, JSON or CSV",
}


def read_item(item: Item, options: SourceOptions) -> Iterator[Piece | SetAside]:
    """Yield the texts that an item holds; whatever of it cannot be read is set aside, and the rest is read."""
    try:
        for found in _read(item, options):
            if isinstance(found, Item):
                yield from read_item(found, options)
            else:
                yield found
    except SourceError as error:
        yield SetAside(item.name, error.reason, str(error))
    except PermissionError:
        yield SetAside(item.name, "no permission", f"{item.name} may not be read by this user; change its permissions")
    except (OSError, EOFError) as error:
        yield SetAside(item.name, "unreadable", f"{item.name} cannot be read ({error}); copy it anew")


def _read(item: Item, options: SourceOptions) -> Iterator[Piece | SetAside | Item]:
    kind = kind_of(item.name, item.head())
    if kind in _REFUSED:
        raise SourceError(kind, f"{item.name} {_REFUSED[kind]}")
    if kind in _ARCHIVES:
        yield from _with_metadata(item, kind, options)
    elif kind == "warc":
        yield from read_warc(item, options)
    elif kind in ("json", "jsonl", "csv"):
        yield from read_table(item, kind, options)
    elif kind == "pdf":
        yield _beside(item, read_pdf(item.read(WHOLE_LIMIT), item.name))
    else:
        yield from _read_text(item, kind, options)


def _read_text(item: Item, kind: str, options: SourceOptions) -> Iterator[Piece | SetAside | Item]:
    """Read what is one text of limited size: plain text, a page, a mail, a feed."""
    if item.size is not None and item.size > options.max_bytes:
        raise too_large(item.name, options.max_bytes)
    data = item.read(options.max_bytes)
    if kind == "feed":
        yield from read_feed(data, item)
    elif kind == "mail":
        for found in read_mail(data, item):
            yield _beside(item, found) if isinstance(found, Piece) else found
    else:
        text, notes = decode(data, item.name, encoding=options.encoding or _declared(item, data, kind))
        if not text.strip():
            raise SourceError("empty", f"{item.name} holds nothing but blanks; leave it out, or fetch it anew")
        piece = read_html(text, item.name, url=item.given.url) if kind == "html" else Piece(item.name, text)
        yield _beside(item, piece, notes)


def _declared(item: Item, data: bytes, kind: str) -> str | None:
    """Return the encoding that a page or its server declares, where the bytes fit it."""
    if kind != "html":
        return None
    head = data[:2048].decode("ascii", errors="ignore").lower()
    declared = (
        item.charset or head.partition("charset=")[2].lstrip("\"' ")[:40].split('"')[0].split("'")[0].split(">")[0]
    )
    try:
        data.decode(declared.strip(" /;"))
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return declared.strip(" /;")


def _beside(item: Item, piece: Piece, notes: tuple[str, ...] = ()) -> Piece:
    """Return the piece with what was given beside its item, which goes first."""
    return Piece(piece.name, piece.text, item.given.over(piece.given), notes + piece.notes, item.local)


def _with_metadata(item: Item, kind: str, options: SourceOptions) -> Iterator[SetAside | Item]:
    """Yield the files of an archive, each with what a metadata file in the archive says about it."""
    beside: Beside = {}
    tables = set()
    for member in members(item, kind, options):
        if isinstance(member, Item) and is_metadata(member.name):
            found = read_metadata(member)
            if found:
                tables.add(member.name)
                folder = member.name.rpartition("/")[0]
                beside.update({f"{folder}/{path}": given for path, given in found[0].items()})
                yield from found[1]
    for member in members(item, kind, options):
        if isinstance(member, SetAside):
            yield member
        elif member.name not in tables:
            given = beside.get(member.name, Given()).over(member.given)
            yield Item(member.name, member.open, member.size, given, member.depth, member.local)
