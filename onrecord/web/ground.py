"""What maps lie on: the towns of the gazetteer, and a map of their own that a person may have, as a PMTiles file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from onrecord.model.errors import OnrecordError

Towns = Callable[[float, float, float, float], Sequence[tuple[str, float, float]]]
BASEMAP: Final = "/basemap.pmtiles"
# After the PMTiles specification, version 3: eight bytes tell what it is, and byte 99 what its tiles are.
_HEADER = 127
_MAGIC, _VERSION, _TILES = b"PMTiles", 7, 99
_READABLE = (1, 2, 3, 4)  # MVT, PNG, JPEG, WebP


def no_towns(_west: float, _south: float, _east: float, _north: float) -> Sequence[tuple[str, float, float]]:
    """Know no towns."""
    return ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What maps lie on: `towns` in a box of degrees (west, south, east, north), the largest first, and a basemap."""

    towns: Towns = no_towns
    basemap: Path | None = None

    def routes(self) -> list[Route]:
        """Return the address of the basemap, which browsers read piece by piece."""
        return [Route(BASEMAP, self.pieces, methods=["GET"])]

    async def pieces(self, _request: Request) -> Response:
        """Return the piece of the basemap's file that the `Range` of a request asks for."""
        if self.basemap is None:
            raise HTTPException(404)
        return FileResponse(self.basemap, media_type="application/octet-stream")


def read_basemap(path: Path) -> Path:
    """Return the path of a basemap. Raises OnrecordError where it is no PMTiles file of version 3 that can be shown."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise OnrecordError(f"{path} cannot be read as a basemap: {error.strerror or error}") from None
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise OnrecordError(f"{path} is no PMTiles file; --basemap takes one file that ends in .pmtiles")
    if header[_VERSION] != 3:
        raise OnrecordError(f"{path} is PMTiles of version {header[_VERSION]}, not 3; convert it with: pmtiles convert")
    if header[_TILES] not in _READABLE:
        raise OnrecordError(f"{path} holds tiles that are not shown; take a file with MVT, PNG, JPEG or WebP tiles")
    return path
