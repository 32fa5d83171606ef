"""JSON written piece by piece, so that a large record never stands in memory twice; keys sorted, one space a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


def pretty(item: Any, level: int = 0) -> bytes:
    """Return an item as JSON with a line a value, as `json.dumps(sort_keys=True, indent=1)` has it."""
    made = msgspec.json.format(_encoder.encode(item), indent=1)
    return made.replace(b"\n", b"\n" + b" " * level)


def listed(items: Iterable[Any], level: int = 0) -> Iterator[bytes]:
    """Yield a list piece by piece, its brackets `level` spaces in."""
    before = b"[\n" + b" " * (level + 1)
    empty = True
    for item in items:
        yield before + pretty(item, level + 1)
        before = b",\n" + b" " * (level + 1)
        empty = False
    yield b"[]" if empty else b"\n" + b" " * level + b"]"


def document(fields: Iterable[tuple[str, Any]]) -> Iterator[bytes]:
    """Yield an object of these fields, in order; a field that is an iterator becomes a list, piece by piece."""
    before = b"{\n "
    for name, value in fields:
        yield before + _encoder.encode(name) + b": "
        before = b",\n "
        if isinstance(value, Iterator):
            yield from listed(value, 1)
        else:
            yield pretty(value, 1)
    yield b"\n}\n"


def write_list(path: Path, items: Iterable[Any]) -> Path:
    """Write a list as a file and return the path."""
    with path.open("wb") as file:
        file.writelines(listed(items))
        file.write(b"\n")
    return path


def write_pieces(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write pieces as a file and return the path."""
    with path.open("wb") as file:
        file.writelines(pieces)
    return path
