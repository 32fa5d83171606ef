"""Opens what the user named - a file, a folder, an archive, an address - and yields its dispatches one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from onrecord.model.errors import SourceError
from onrecord.model.records import Dispatch, SetAside
from onrecord.sources.archives import is_hidden
from onrecord.sources.compose import compose
from onrecord.sources.dates import parse_given
from onrecord.sources.fetch import fetch, is_address
from onrecord.sources.formats import read_item
from onrecord.sources.header import read_header
from onrecord.sources.metadata import NAMES, Beside, read_metadata
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Given, Item, Piece, storable

__all__ = ["SourceOptions", "count", "read_source"]

Offer = Callable[[], Iterator[Item | SetAside]]
_VOTERS = 2000  # texts of a source that are asked how it writes dates; more change no mind


def read_source(source: str, *, options: SourceOptions = SourceOptions()) -> Iterator[Dispatch | SetAside]:  # noqa: B008
    """Yield the dispatches of a file, a folder, an archive or an address, in the order of names, one at a time.

    What cannot be read comes as SetAside, with the reason and what to do, and the rest is read. Raises SourceError at
    once where the source itself does not exist or cannot be fetched.
    """
    source = os.fspath(source)
    if is_address(source):
        item = fetch(source, options)
        return _dispatches(lambda: iter([item]), options)
    path = Path(source)
    try:
        found = path.exists()
    except OSError as error:
        raise SourceError("no permission", f"{source} cannot be looked at ({error.strerror}); check it") from error
    if not found:
        raise SourceError("missing", f"there is no file or folder {source}; check the path")
    return _dispatches(lambda: _offered(path), options)


def count(source: str) -> int | None:
    """Return about how many items a source holds, for a progress bar; `None` where only reading it would tell."""
    path = Path(source)
    if is_address(source):
        return 1
    with suppress(OSError):
        if path.is_dir():
            return sum(isinstance(item, Item) for item in _walk(path, "", {}, (path.resolve(),)))
    packed = (
        ".zip",
        ".tar",
        ".gz",
        ".tgz",
        ".bz2",
        ".xz",
        ".warc",
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".xml",
    )
    return None if path.suffix.lower() in packed else 1


def _dispatches(offer: Offer, options: SourceOptions) -> Iterator[Dispatch | SetAside]:
    known: list[bool | None] = []

    def order() -> bool | None:
        if not known:
            known.append(_day_order(_pieces(offer, options)))
        return known[0]

    for piece in _pieces(offer, options):
        yield piece if isinstance(piece, SetAside) else compose(piece, order=order, options=options)


def _pieces(offer: Offer, options: SourceOptions) -> Iterator[Piece | SetAside]:
    for item in offer():
        yield from map(storable, (item,) if isinstance(item, SetAside) else read_item(item, options))


def _day_order(pieces: Iterator[Piece | SetAside]) -> bool | None:
    """Tell whether the dates of a source that leave nothing open put the day first; `None` where they do not agree."""
    votes = set()
    for piece in islice((piece for piece in pieces if isinstance(piece, Piece)), _VOTERS):
        given = parse_given(piece.given.published) if piece.given.published else None
        stamps = [each.stamp for each in read_header(piece.text).dates]
        votes |= {stamp.vote for stamp in (*stamps, given) if stamp and stamp.vote is not None}
    return votes.pop() if len(votes) == 1 else None


# ------------------------------------------------------------------------------------------------- files and folders


def _offered(path: Path) -> Iterator[Item | SetAside]:
    if path.is_dir():
        empty = True
        for inside in _walk(path, "", {}, (path.resolve(),)):
            empty = False
            yield inside
        if empty:
            yield SetAside(path.name or str(path), "empty", f"the folder {path} holds no files to read; check the path")
        return
    found = [_metadata(path.parent, "", name) for name in NAMES if path.name not in NAMES]
    given = next((beside[path.name] for beside, _, _ in found if path.name in beside), Given())
    try:
        yield _item(path, path.name, given)
    except OSError as error:
        yield SetAside(path.name, "unreadable", f"{path.name} cannot be opened ({error.strerror}); check the path")


def _item(path: Path, name: str, given: Given) -> Item:
    return Item(name, lambda: path.open("rb"), path.stat().st_size, given)


def _walk(folder: Path, prefix: str, beside: Beside, above: tuple[Path, ...]) -> Iterator[Item | SetAside]:
    """Yield the files of a folder and of those in it, by name; a link back to a folder around it is not followed."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield SetAside(prefix.rstrip("/") or folder.name, "no permission", f"{folder} cannot be listed ({error})")
        return
    tables = set()
    for name in (name for name in NAMES if name in names):
        found, bad, is_table = _metadata(folder, prefix, name)
        beside = beside | found
        tables |= {name} if is_table else set()
        yield from bad
    for name in names:
        if name not in tables and not is_hidden(name):
            yield from _entry(folder / name, f"{prefix}{name}", beside, above)


def _metadata(folder: Path, prefix: str, name: str) -> tuple[Beside, list[SetAside], bool]:
    """Return what a metadata file says by the paths of files, its bad rows, and whether it is metadata at all."""
    path = folder / name
    try:
        found = read_metadata(_item(path, f"{prefix}{name}", Given())) if path.is_file() else None
    except OSError as error:
        return {}, [SetAside(f"{prefix}{name}", "unreadable", f"{path} cannot be read ({error})")], True
    if found is None:
        return {}, [], False
    return {f"{prefix}{path}": given for path, given in found[0].items()}, found[1], True


def _entry(path: Path, name: str, beside: Beside, above: tuple[Path, ...]) -> Iterator[Item | SetAside]:
    try:
        real = path.resolve(strict=True)
        if path.is_dir():
            if real in above:
                yield SetAside(name, "link", f"{name} is a link back to a folder that holds it; it was not followed")
            else:
                yield from _walk(path, f"{name}/", beside, (*above, real))
        elif path.is_file():
            yield _item(path, name, beside.get(name, Given()))
        else:
            yield SetAside(name, "not a file", f"{name} is neither a file nor a folder; leave it out")
    except (OSError, RuntimeError) as error:  # RuntimeError: links that form a ring (Python 3.11 and 3.12)
        yield SetAside(name, "link" if path.is_symlink() else "unreadable", f"{name} cannot be opened ({error})")
