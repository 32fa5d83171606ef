"""The overview and the map: the record at a glance, day by day, with what changed and what waits."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from onrecord.model.ids import content_id
from onrecord.model.records import Entity, Event
from onrecord.web import charts, maps, queries
from onrecord.web.days import days_of
from onrecord.web.filters import paged
from onrecord.web.ground import Towns
from onrecord.web.house import House
from onrecord.web.lanes import SHADES, held_now, shades_of
from onrecord.web.queries import Index
from onrecord.web.questions import open_questions

_FIGURES = 8  # and questions, disputes: a screen of each
_PLACES = 200  # rows of the map's table on one page
_ASKED = 5


class Overview:
    """The first page, the map as a page of its own, and what both load."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return the addresses; the last three are data that the pages' modules ask for."""
        return [
            Route("/", self.overview, methods=["GET"]),
            Route("/map", self.map, methods=["GET"]),
            Route("/map/days", self.days, methods=["GET"]),
            Route("/map/towns", self.around, methods=["GET"]),
            Route("/state/seen", self.seen, methods=["GET"]),
        ]

    async def overview(self, request: Request) -> Response:
        """Show the record at a glance."""
        ix = self.house.desk.index()
        waiting = open_questions(ix, self.house.store.judgements())
        return self.house.page(
            request,
            "overview",
            ix,
            origins=queries.origins(ix),
            figures=queries.figures_by_weight(ix)[:_FIGURES],
            disputes=queries.open_disputes(ix),
            holders=queries.holders_now(ix),
            chart=all_events(ix),
            waiting=waiting[:_ASKED],
            many=len(waiting),
            stale=self.house.store.stale(),
            **self._map(ix),
        )

    async def map(self, request: Request) -> Response:
        """Show where events happened and who holds what, drawn and as a table."""
        ix = self.house.desk.index()
        listed, pager = paged(places(ix), request, size=_PLACES)
        values = self._map(ix) | {"places": listed, "pager": pager, "held": held_now(ix), "unplaced": unplaced(ix)}
        return self.house.page(request, "map", ix, **values)

    def _map(self, ix: Index) -> dict[str, Any]:
        key = [(holder, shade) for holder, shade in shades_of(ix).items() if shade <= SHADES]
        return {"map": self.drawn(ix), "key": key, "days": days_of(ix)["days"]}

    def drawn(self, ix: Index) -> maps.Map | None:
        """Return the map of the whole record, drawn once for each version of it."""
        return _drawn(ix, self.house.ground.towns)

    async def days(self, _request: Request) -> Response:
        """Return which events and whose control the map shows on each day."""
        return Response(_days(self.house.desk.index()), media_type="application/json")

    async def around(self, request: Request) -> Response:
        """Return name, longitude and latitude of the towns in a box "west,south,east,north", the largest first."""
        try:
            west, south, east, north = map(float, request.query_params.get("box", "").split(","))
        except ValueError:
            return JSONResponse([], status_code=400)
        return JSONResponse(list(self.house.ground.towns(west, south, east, north)))

    async def seen(self, _request: Request) -> Response:
        """Return a mark of all dispatches, events and figures, by which a browser tells what changed since."""
        return Response(marks(self.house.desk.index()), media_type="application/json")


@lru_cache(maxsize=2)
def _drawn(ix: Index, towns: Towns) -> maps.Map | None:
    return maps.draw(places(ix), held_now(ix), towns)


@lru_cache(maxsize=2)
def all_events(ix: Index) -> charts.Histogram:
    """Return the chart of all events over time."""
    return charts.histogram(ix.timeline)


@lru_cache(maxsize=2)
def places(ix: Index) -> tuple[tuple[Entity, int], ...]:
    """Return the places that have a point and events or a holder, with their number of events, most first."""
    told = queries.places_of(ix, ix.timeline)
    known = {place.id for place, _ in told}
    held = [e for p in ix.control_of if p not in known and (e := ix.entities.get(p)) and e.point]
    return (*told, *((e, 0) for e in sorted(held, key=lambda e: (e.name, e.id))))


@lru_cache(maxsize=2)
def marks(ix: Index) -> bytes:
    """Return as JSON, by kind and id, a short mark of what the record says, other as soon as that is."""
    made = {
        "dispatches": {d.id[:9]: "" for d in ix.record.dispatches},
        "events": {e.id: _mark(e.status, e.grade, e.claims, e.when, e.agents, e.targets) for e in ix.record.events},
        "figures": {f.id: _mark(f.low, f.best, f.high, f.claims) for f in ix.record.figures},
        "disputes": {f"{o.id}.{d.field}": "" for o, d in queries.open_disputes(ix)},
    }
    return json.dumps(made, separators=(",", ":")).encode()


@lru_cache(maxsize=2)
def _days(ix: Index) -> bytes:
    return json.dumps(days_of(ix), separators=(",", ":")).encode("utf-8", "replace")


@lru_cache(maxsize=2)
def unplaced(ix: Index) -> tuple[Event, ...]:
    """Return the events whose place is not told or has no point."""
    return tuple(e for e in ix.timeline if not e.place or not (p := ix.entities.get(e.place)) or not p.point)


# What is worked out before an index is shown, beside what queries have for all pages.
HEAVY: Final[tuple[Callable[[Index], object], ...]] = (all_events, places, marks, _days, unplaced)


def _mark(*values: object) -> str:
    return content_id("", *values)[:5]
