"""The parts of a zip without the time and the machine, so that the same content gives the same bytes."""

from __future__ import annotations

from typing import Final
from zipfile import ZIP_DEFLATED, ZipInfo

_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name: no clock may stand in a file
_UNIX: Final = 3


def member(name: str, mode: int = 0o644) -> ZipInfo:
    """Return the entry of a compressed file; `mode` is who may read it once it is unpacked."""
    info = ZipInfo(name, _DAY)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, mode << 16
    return info
