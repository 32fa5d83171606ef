"""A PMTiles file of one tile, after version 3 of its specification: one lake that covers a quarter of the world."""

from __future__ import annotations

import json
import struct

_HEAD = 127


def a_basemap(*, version: int = 3, kind: int = 1, attribution: str = "") -> bytes:
    """The bytes of the file; `kind` is what its header says of its tiles (1: vector)."""
    tile = _field(3, _lake())
    directory = bytes([1, 0, 1, len(tile), 1])  # one entry: tile 0, one run, its length, at the beginning
    about = json.dumps({"vector_layers": [{"id": "water", "fields": {}}], "attribution": attribution}).encode()
    sizes = (_HEAD, len(directory), _HEAD + len(directory), len(about))
    data = sum(sizes[1::2]) + _HEAD
    offsets = struct.pack("<11Q", *sizes, data, 0, data, len(tile), 1, 1, 1)
    bounds = struct.pack("<4iBii", -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000, 0, 0, 0)
    head = b"PMTiles" + bytes([version]) + offsets + bytes([1, 1, 1, kind, 0, 0]) + bounds
    return head + directory + about + tile


def _lake() -> bytes:
    """A layer "water" with one square, after version 2 of the Mapbox Vector Tile specification."""
    begin, along, close = 9, 26, 15  # move once, three lines, close
    steps = (begin, _turned(2048), _turned(0), along, *map(_turned, (2048, 0, 0, 2048, -2048, 0)), close)
    feature = bytes([0x18, 3]) + _field(4, b"".join(map(_varint, steps)))
    return _field(1, b"water") + _field(2, feature) + bytes([0x28]) + _varint(4096) + bytes([0x78, 2])


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _turned(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _varint(value: int) -> bytes:
    out = []
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
