"""What can be taken away from the workspace: every export, with what it loses, and the tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from onrecord.exports.formats import FORMATS
from onrecord.exports.tables import TABLES, to_csv
from onrecord.model.errors import NotFoundError
from onrecord.model.records import Record
from onrecord.web.house import House

TYPES = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "html": "text/html",
    "md": "text/markdown",
    "zip": "application/zip",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def files(house: House) -> dict[str, Callable[[Record], str | bytes]]:
    """Return what each file name of a download is made by; an export is a zip with its list of losses."""

    def zipped(name: str) -> Callable[[Record], bytes]:
        return lambda _: house.packed(name)

    made: dict[str, Callable[[Record], str | bytes]] = {f"record.{k}": f.text for k, f in FORMATS.items() if f.text}
    made |= {f"{table}.csv": partial(to_csv, table=table) for table in TABLES}
    return made | {f"{name}.zip": zipped(name) for name in FORMATS}


def download(house: House) -> Callable[[Request], Response]:
    """Return the view that answers `/download/NAME` with a file to keep. Raises NotFoundError on another name."""
    made = files(house)

    def view(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in made:
            raise NotFoundError(f"There is no download {name}; there are {', '.join(made)}.")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        body = made[name](house.desk.index().record)
        kind = TYPES[name.rsplit(".", 1)[1]]
        if isinstance(body, bytes):
            return Response(body, headers=headers, media_type=kind)
        return Response(body.encode("utf-8", "replace"), headers=headers, media_type=f"{kind}; charset=utf-8")

    return view
