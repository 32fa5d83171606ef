"""What a page shows, to keep: the same filters, as a table (CSV), a map layer (GeoJSON) or data (JSON)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.exports.geojson import rows_to_geojson
from onrecord.exports.tables import HEADERS, Row, control_rows, entity_rows, event_rows, figure_rows, rows_to_csv
from onrecord.model.errors import NotFoundError
from onrecord.model.records import Claim, Dispatch
from onrecord.web import queries
from onrecord.web.downloads import TYPES
from onrecord.web.filters import Filter
from onrecord.web.house import House
from onrecord.web.queries import Index, name_of
from onrecord.web.search import Ask, results_of

FORMS: Final = ("csv", "geojson", "json")
_CLAIM = (
    "onrecord_id", "kind", "type", "status", "start", "end", "place", "longitude", "latitude", "agents", "targets",
    "low", "high", "unit", "who", "speaker", "stance", "quotation", "score", "event", "figure", "published", "outlet",
    "dispatch",
)  # fmt: skip
_DISPATCH = ("onrecord_id", "title", "outlet", "agency", "published", "basis", "copy_of", "claims", "file", "url")
MANY = "; "


class Takeaway:
    """The files that the views of the workspace can be kept as."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.views: dict[str, tuple[Sequence[str], Callable[[Index, Request], list[Row]]]] = {
            "events": (HEADERS["events"], self._events),
            "figures": (HEADERS["figures"], self._figures),
            "entities": (HEADERS["entities"], self._entities),
            "control": (HEADERS["control"], lambda ix, _: control_rows(ix.record)),
            "dispatches": (_DISPATCH, lambda ix, _: [_dispatch(ix, d) for d in queries.dispatches_by_time(ix)]),
            "search": (_CLAIM, self._search),
        }

    def routes(self) -> list[Route]:
        """Return the address of all of them."""
        return [Route("/take/{view}.{form}", self.take, methods=["GET"])]

    async def take(self, request: Request) -> Response:
        """Return the rows that fit the query string as a file to keep. Raises NotFoundError on another name."""
        view, form = request.path_params["view"], request.path_params["form"]
        if view not in self.views or form not in FORMS:
            raise NotFoundError(
                f"There is no file {view}.{form}; there are {', '.join(self.views)} as {', '.join(FORMS)}."
            )
        header, rows_of = self.views[view]
        text = _written(rows_of(self.house.desk.index(), request), header, view, form)
        headers = {"Content-Disposition": f'attachment; filename="{view}.{form}"'}
        media = f"{TYPES[form]}; charset=utf-8"
        return Response(text.encode("utf-8", "replace"), headers=headers, media_type=media)

    def _events(self, ix: Index, request: Request) -> list[Row]:
        chosen = Filter.of(request).select(ix, ix.timeline)
        return event_rows(replace(ix.record, events=tuple(chosen)))

    def _figures(self, ix: Index, request: Request) -> list[Row]:
        measure, place = (request.query_params.get(name, "") for name in ("measure", "place"))
        fitting = (f for f in queries.figures_by_weight(ix) if measure in ("", f.measure) and place in ("", f.place))
        return figure_rows(replace(ix.record, figures=tuple(fitting)))

    def _entities(self, ix: Index, request: Request) -> list[Row]:
        kind = request.query_params.get("kind", "")
        kept = {e.id for e in ix.record.entities if kind in ("", e.kind)}
        return [row for row in entity_rows(ix.record) if row["onrecord_id"] in kept]

    def _search(self, ix: Index, request: Request) -> list[Row]:
        return [_claim(ix, claim) for claim in results_of(ix, self.house.texts, Ask.of(request)).claims]


def _written(rows: list[Row], header: Sequence[str], view: str, form: str) -> str:
    if form == "csv":
        return rows_to_csv(rows, header)
    if form == "geojson":
        return rows_to_geojson(rows, view)
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _dispatch(ix: Index, dispatch: Dispatch) -> Row:
    root = ix.record.lineage.get(dispatch.id, dispatch.id)
    return {
        "onrecord_id": dispatch.id,
        "title": dispatch.title,
        "outlet": dispatch.outlet,
        "agency": dispatch.agency,
        "published": dispatch.published,
        "basis": dispatch.published_basis,
        "copy_of": root if root != dispatch.id else None,
        "claims": len(ix.claims_in.get(dispatch.id, ())),
        "file": dispatch.file,
        "url": dispatch.url,
    }


def _claim(ix: Index, claim: Claim) -> Row:
    dispatch = ix.dispatches[claim.dispatch]
    statement = ix.statements.get(claim.statement or "")
    place = ix.entities.get(claim.place or "")
    longitude, latitude = place.point if place and place.point else (None, None)
    return {
        "onrecord_id": claim.id,
        "kind": claim.kind,
        "type": claim.type,
        "status": claim.status,
        "start": claim.when.start,
        "end": claim.when.end,
        "place": place.name if place else None,
        "longitude": longitude,
        "latitude": latitude,
        "agents": MANY.join(name_of(ix, a) for a in claim.agents),
        "targets": MANY.join(name_of(ix, t) for t in claim.targets),
        "low": claim.amount.low if claim.amount else None,
        "high": claim.amount.high if claim.amount else None,
        "unit": claim.amount.unit if claim.amount else None,
        "who": claim.who,
        "speaker": (name_of(ix, statement.speaker) or statement.speaker_text) if statement else None,
        "stance": statement.stance if statement else None,
        "quotation": " ".join(dispatch.quote(claim.sentence).split()),
        "score": claim.score,
        "event": claim.event,
        "figure": claim.figure,
        "published": dispatch.published,
        "outlet": dispatch.outlet,
        "dispatch": dispatch.url or dispatch.file or dispatch.id,
    }
