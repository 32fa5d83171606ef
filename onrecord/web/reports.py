"""The situation report from the workspace: for which days and place, and as which kind of file."""

from __future__ import annotations

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model.errors import NotFoundError, OnrecordError
from onrecord.report.scope import Scope
from onrecord.report.situation import situation
from onrecord.report.write import FORMS, made
from onrecord.web import queries
from onrecord.web.downloads import TYPES
from onrecord.web.house import House
from onrecord.web.queries import Index

_NAMES = {"html": "Web page", "md": "Markdown", "pdf": "PDF", "docx": "Word"}


class Reports:
    """The page on which a report is chosen, and the reports as files."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return their addresses."""
        return [
            Route("/report", self.page, methods=["GET"]),
            Route("/report.{form}", self.file, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """Ask for which days and place a report is wanted, and in which form."""
        ix = self.house.desk.index()
        forms = [(form, _NAMES[form]) for form in FORMS]
        return self.house.page(request, "report", ix, places=places(ix), forms=forms, ask=request.query_params)

    async def file(self, request: Request) -> Response:
        """Return a report as a file to keep. Raises NotFoundError on another form or place, MissingError."""
        ix, form = self.house.desk.index(), request.path_params["form"]
        start, end, place = (request.query_params.get(name) or None for name in ("from", "to", "place"))
        if form not in FORMS:
            raise NotFoundError(f"There is no report as {form}; there are {', '.join(FORMS)}.")
        if place:
            queries.found(ix.entities, place, "place")
        try:
            scope = Scope(start, end, place)
        except OnrecordError as error:
            return self.house.page(request, "error", ix, status=400, heading="No such days", message=f"{error}.")
        body = await run_in_threadpool(lambda: made(situation(ix.record, scope), form))
        name = "-".join(filter(None, ("report", start, end)))
        headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(body, headers=headers, media_type=TYPES[form])


@lru_cache(maxsize=2)
def places(ix: Index) -> list[tuple[str, str]]:
    """Return id and name of the places that events are at or that hold such places, by name."""
    known: set[str] = set()
    for event in ix.record.events:
        place = ix.entities.get(event.place or "")
        while place and place.id not in known:
            known.add(place.id)
            place = ix.entities.get(place.parent or "")
    return sorted(((p, ix.entities[p].name) for p in known), key=lambda pair: (pair[1].casefold(), pair[0]))
