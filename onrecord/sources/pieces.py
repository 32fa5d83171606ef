"""What the readers of formats hand to one another: bytes under a name, and a text with what was given beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import IO, Any

from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside

Row = Mapping[str, Any]  # of a table: what each column holds
WHOLE_LIMIT = 256_000_000  # bytes of a file that must be in memory at once (JSON, PDF, an archive inside another)


@dataclass(frozen=True, slots=True)
class Given:
    """What is said about a text beside it: in a page's metadata, a table's columns, a mail's header.

    `published` is the date as it was written there, in any form.
    """

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    def over(self, other: Given) -> Given:
        """Return what this one says, completed by the other where this one is silent."""
        known = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}
        return replace(other, **known)


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes that were offered under a name; `open` may be called again and starts at the first byte each time.

    `size` is in bytes, `None` where it is not known before reading. `depth` counts the archives around it.
    `file` is `None` for what came from the web.
    """

    name: str
    open: Callable[[], IO[bytes]]
    size: int | None = None
    given: Given = Given()
    depth: int = 0
    local: bool = True
    charset: str | None = None

    def head(self, length: int = 4096) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(length)

    def read(self, limit: int) -> bytes:
        """Return all bytes. Raises SourceError ("too large") where there are more than `limit`."""
        if self.size is None or self.size <= limit:
            with self.open() as stream:
                data = stream.read() if self.size is not None else stream.read(limit + 1)
            if len(data) <= limit:
                return data
        raise too_large(self.name, limit)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that will be frozen as it is, with what was given about it and notes on how its bytes were read."""

    name: str
    text: str
    given: Given = Given()
    notes: tuple[str, ...] = ()
    local: bool = True


_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # JSON, mails and names of files can hold them; no database can


def storable(found: Piece | SetAside) -> Piece | SetAside:
    """Return a text, or what was set aside, with � for each character that no file and no database can keep.

    Such are the null and halves of a pair of UTF-16; Python puts the latter for bytes of a name that are not UTF-8.
    """
    name = _UNWRITABLE.sub("�", found.name)
    if isinstance(found, SetAside):
        return SetAside(name, found.reason, _UNWRITABLE.sub("�", found.advice))
    text, damaged = _UNWRITABLE.subn("�", found.text)
    notes = (f"{damaged} characters that no text may hold stand in it as �",) if damaged else ()
    told = {f.name: getattr(found.given, f.name) for f in fields(found.given)}
    given = Given(**{field: _UNWRITABLE.sub("�", value) if value else value for field, value in told.items()})
    return replace(found, name=name, text=text, given=given, notes=found.notes + notes)


def opener(data: bytes) -> Callable[[], IO[bytes]]:
    """Return what opens these bytes as a file, from the first byte each time."""
    return lambda: io.BytesIO(data)


def too_large(name: str, limit: int) -> SourceError:
    """Return the error for something beyond its limit of bytes."""
    return SourceError(
        "too large",
        f"{name} is over {megabytes(limit)}; split it into one file per dispatch, or raise the limit with --max-mb",
    )


def megabytes(count: int) -> str:
    """Return a number of bytes in words: 20000000 is "20 MB"."""
    if count < 1_000_000:
        return f"{count:,} bytes"
    return f"{count / 1_000_000:,.0f} MB"


def with_title(title: str | None, text: str) -> str:
    """Return the text with the title as its first line, unless one of its first lines is the title."""
    if not title:
        return text
    first = [plain(line) for line in text.split("\n", 8)[:8]]
    return text if plain(title) in first else f"{title}\n\n{text}"


_SAME = str.maketrans({"‘": "'", "’": "'", "“": "'", "”": "'", '"': "'", "`": "'", "–": "-", "—": "-", "\xa0": " "})


def plain(line: str) -> str:
    """Return a line for comparing: quotes and dashes of one kind, no capitals, single spaces, no end punctuation."""
    return " ".join(line.translate(_SAME).casefold().split()).strip(" .#*'-")


def first_of(values: Iterable[str | None]) -> str | None:
    """Return the first value that says something."""
    return next((value for value in values if value), None)
