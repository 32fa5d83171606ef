"""What can be taken away from the workspace: the exports of one text file each, the tables, and the report."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from onrecord.exports.formats import FORMATS
from onrecord.exports.tables import TABLES, to_csv
from onrecord.model.errors import NotFoundError
from onrecord.model.records import Record
from onrecord.report.write import FORMS
from onrecord.web.queries import Desk

TYPES = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "html": "text/html",
    "md": "text/markdown",
}


def files() -> dict[str, Callable[[Record], str]]:
    """Return what each file name of a download is made by."""
    made: dict[str, Callable[[Record], str]] = {f"record.{k}": f.text for k, f in FORMATS.items() if f.text}
    made |= {f"report.{form}": make for form, make in FORMS.items()}
    return made | {f"{table}.csv": (lambda record, table=table: to_csv(record, table)) for table in TABLES}


def download(desk: Desk) -> Callable[[Request], Response]:
    """Return the view that answers `/download/NAME` with a file to keep. Raises NotFoundError on another name."""
    made = files()

    def view(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in made:
            raise NotFoundError(f"There is no download {name}; there are {', '.join(made)}.")
        kind = f"{TYPES[name.rsplit('.', 1)[1]]}; charset=utf-8"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        body = made[name](desk.index().record).encode("utf-8", "replace")
        return Response(body, headers=headers, media_type=kind)

    return view
