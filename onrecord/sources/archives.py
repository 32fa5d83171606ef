"""Looks into zip and tar archives and gzipped files, within bounds; nothing is ever written to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Protocol

from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import WHOLE_LIMIT, Item, megabytes, opener

MAX_DEPTH = 3  # archives within archives; people zip a folder of zips, nobody means four
_RATIO = 200  # unpacked to packed: the plainest text packs to a twentieth, a bomb to a thousandth
_RATIO_FROM = 10_000_000  # bytes below which a ratio harms nobody
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    gzip.BadGzipFile,
    NotImplementedError,
)


def is_hidden(name: str) -> bool:
    """Tell whether a file is a system's own: its name or a folder of it begins with a dot, or is `__MACOSX`."""
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)


def members(item: Item, kind: str, options: SourceOptions) -> Iterator[Item | SetAside]:
    """Yield the files of an archive, named ARCHIVE/PATH, within the limits of the options.

    `kind` is zip, tar, gzip, bzip2 or xz. A zip is read in the order of names, a tar in its own. Paths that point out
    of the archive are cut to their harmless part. Raises SourceError ("nested", "damaged", "truncated", "too large").
    """
    if item.depth >= MAX_DEPTH:
        raise SourceError(
            "nested", f"{item.name} is an archive inside {item.depth} others; unpack the outer ones first"
        )
    readers = {"zip": _zip, "tar": _tar, "gzip": _packed, "bzip2": _packed, "xz": _packed}
    try:
        yield from readers[kind](item, kind, options)
    except EOFError as error:
        raise SourceError("truncated", f"{item.name} breaks off before its end; fetch it anew") from error
    except _BROKEN as error:
        raise SourceError("damaged", f"{item.name} is a damaged archive ({error}); fetch it anew") from error


def inside(archive: str, path: str) -> str:
    """Return the name of a file inside an archive, with forward slashes and no way out of it."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return f"{archive}/{'/'.join(parts)}"


def bomb(name: str, why: str) -> SourceError:
    """Return the error for an archive that would unpack beyond its limits."""
    return SourceError("too large", f"{name} {why}; unpack it by hand and give the folder, if it is what you expect")


def _zip(item: Item, _kind: str, options: SourceOptions) -> Iterator[Item | SetAside]:
    with _whole(item) as stream, zipfile.ZipFile(stream) as archive:
        entries = sorted(
            (entry for entry in archive.infolist() if not entry.is_dir()), key=lambda entry: entry.filename
        )
        if "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist():
            raise SourceError("office", f"{item.name} is an office document or a book; save it as TXT, HTML or PDF")
        if len(entries) > options.max_files:
            raise bomb(item.name, f"holds {len(entries):,} files")
        if sum(entry.file_size for entry in entries) > options.max_unpacked:
            raise bomb(item.name, f"unpacks to over {megabytes(options.max_unpacked)}")
        for entry in entries:
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if not is_hidden(entry.filename) and not is_link:
                yield _zipped(item, archive, entry)


def _zipped(item: Item, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Item | SetAside:
    name = inside(item.name, entry.filename)
    if entry.flag_bits & 1:
        return SetAside(name, "encrypted", f"{name} is protected by a password; unpack it by hand")
    if entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * max(entry.compress_size, 1):
        return SetAside(
            name, "too large", f"{name} unpacks to {megabytes(entry.file_size)} from next to nothing; leave it out"
        )
    return Item(name, lambda: archive.open(entry), entry.file_size, depth=item.depth + 1, local=item.local)


def _whole(item: Item) -> IO[bytes]:
    """Open an archive that must be read from both ends: a file on disk as it is, anything else in memory."""
    stream = item.open()
    if isinstance(stream, io.BufferedReader) and item.depth == 0:
        return stream
    stream.close()
    return io.BytesIO(item.read(WHOLE_LIMIT))


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class Bounded(io.RawIOBase):
    """A stream that refuses to give more than so many bytes, whatever is packed in it."""

    def __init__(self, stream: _Readable, limit: int, name: str, packed: IO[bytes]) -> None:
        super().__init__()
        self._stream, self._left, self._name, self._limit, self._packed = stream, limit, name, limit, packed

    def close(self) -> None:
        """Close the packed stream too, which the unpacking one leaves open."""
        self._packed.close()
        super().close()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer of bytes
        """Fill the buffer. Raises SourceError ("too large") once the limit is passed."""
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise bomb(self._name, f"unpacks to over {megabytes(self._limit)}")
        buffer[: len(data)] = data
        return len(data)


_OPENERS: dict[str, Callable[[IO[bytes]], _Readable]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}


def _unpacked(item: Item, stream: IO[bytes], limit: int) -> io.BufferedReader:
    """Open what is packed in a stream, bounded by a limit in bytes; a stream that is not packed is only bounded."""
    head = item.head(6)
    kind = {b"\x1f\x8b": "gzip", b"BZ": "bzip2", b"\xfd7": "xz"}.get(head[:2])
    inner = _OPENERS[kind](stream) if kind else stream
    return io.BufferedReader(Bounded(inner, limit, item.name, stream))


def _tar(item: Item, _kind: str, options: SourceOptions) -> Iterator[Item | SetAside]:
    packed = item.size or 0
    limit = options.max_unpacked if not packed else min(options.max_unpacked, max(_RATIO * packed, _RATIO_FROM))
    with (
        item.open() as stream,
        _unpacked(item, stream, limit) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r|") as archive,
    ):
        for number, entry in enumerate(archive, 1):
            if number > options.max_files:
                raise bomb(item.name, f"holds over {options.max_files:,} files")
            if entry.isfile() and not is_hidden(entry.name):
                yield _tarred(item, archive, entry)


def _tarred(item: Item, archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Item | SetAside:
    name = inside(item.name, entry.name)
    member = archive.extractfile(entry)
    if member is None or entry.size > WHOLE_LIMIT:
        return SetAside(
            name, "too large", f"{name} is over {megabytes(WHOLE_LIMIT)}; unpack it by hand and give the file"
        )
    with member:
        data = member.read()
    return Item(name, opener(data), len(data), depth=item.depth + 1, local=item.local)


def _packed(item: Item, kind: str, options: SourceOptions) -> Iterator[Item | SetAside]:
    """Yield the one file in a .gz, .bz2 or .xz; its name is the archive's without that ending."""
    name = item.name.rsplit(".", 1)[0] if item.name.lower().endswith((".gz", ".bz2", ".xz")) else item.name
    if item.head(6)[:2] != b"\x1f\x8b" and _holds_tar(item):
        yield from _tar(item, kind, options)
        return
    limit = min(options.max_unpacked, max(_RATIO * (item.size or 0), _RATIO_FROM))

    def unpack() -> IO[bytes]:
        return _unpacked(item, item.open(), limit)

    with unpack() as stream:  # read through once, so that damage shows before a line of it is used
        size = sum(len(block) for block in iter(lambda: stream.read(1 << 20), b""))
    yield Item(name, unpack, size, item.given, item.depth + 1, item.local)


def _holds_tar(item: Item) -> bool:
    with item.open() as stream, _unpacked(item, stream, WHOLE_LIMIT) as unpacked:
        return unpacked.read(512)[257:262] == b"ustar"
