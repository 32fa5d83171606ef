"""The pages: which address shows what, and what each template is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model.errors import JudgementError, MissingError, NotFoundError, StoreError
from onrecord.model.records import Event, Record
from onrecord.model.vocabulary import ENTITY_KINDS, EVENT_TYPES, MEASURES
from onrecord.web import charts, maps, queries, words
from onrecord.web.downloads import download
from onrecord.web.filters import Filter, paged
from onrecord.web.guard import ForbiddenError
from onrecord.web.highlight import KINDS, highlight, marks_of
from onrecord.web.house import Handler, House, View
from onrecord.web.lanes import lanes, shades_of
from onrecord.web.nearby import by_what_they_say, near_events, related_figures, same_events
from onrecord.web.overview import all_events
from onrecord.web.plots import plot
from onrecord.web.queries import Index, LoadingError, found

_CLAIMS = 500  # quotations on one page, folded ones included: such a page stays under 1 MB
_LANES = 40  # places on one page of control: about four screens
_NEAR = 8  # neighbours of an event: about a screen
_SECTION = 100  # rows in one section of an entity's page; a link leads to all of them


class Pages:
    """The pages over one store."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return every page's address; all answer GET only."""
        table: list[tuple[str, View]] = [
            ("/dispatches", self.dispatches),
            ("/dispatches/{key:path}", self.dispatch),
            ("/timeline", self.timeline),
            ("/events", self.events),
            ("/events/{key:path}", self.event),
            ("/figures", self.figures),
            ("/figures/{key:path}", self.figure),
            ("/entities", self.entities),
            ("/entities/{key:path}", self.entity),
            ("/control", self.control),
        ]
        downloads = Route("/download/{name}", download(self.house), methods=["GET"])
        return [*(Route(address, view, methods=["GET"]) for address, view in table), downloads]

    def handlers(self) -> Mapping[Any, Handler]:
        """Return what is shown instead of a page that cannot be."""
        return {
            NotFoundError: self.missing,
            JudgementError: self.unfit,
            ForbiddenError: self.forbidden,
            LoadingError: self.waiting,
            MissingError: self.absent,
            StoreError: self.busy,
            HTTPException: self.refused,
            500: self.failed,
        }

    # ------------------------------------------------------------------------------------------------ the pages

    async def dispatches(self, request: Request) -> Response:
        """Show all dispatches, the latest first."""
        ix = self.house.desk.index()
        items, pager = paged(queries.dispatches_by_time(ix), request)
        return self.house.page(request, "dispatches", ix, items=items, pager=pager, origins=queries.origins(ix))

    async def dispatch(self, request: Request) -> Response:
        """Show one dispatch with everything that was read in it."""
        ix = self.house.desk.index()
        dispatch = found(ix.dispatches, request.path_params["key"], "dispatch")
        root, copies = queries.roots(ix, dispatch.id)
        marks = marks_of(ix, dispatch)
        return self.house.page(
            request,
            "dispatch",
            ix,
            dispatch=dispatch,
            text=highlight(dispatch.text, marks),
            kinds=[(kind, title, n) for kind, title in KINDS if (n := sum(m.kind == kind for m in marks))],
            root=root,
            dating=next((d for d in ix.record.datings if d.dispatch == dispatch.id), None),
            copies=copies,
            statements=ix.statements_in.get(dispatch.id, ()),
            claims=sorted(ix.claims_in.get(dispatch.id, ()), key=lambda c: (c.trigger.start, c.id)),
        )

    async def timeline(self, request: Request) -> Response:
        """Show events by day."""
        ix = self.house.desk.index()
        chosen = Filter.of(request)
        events = chosen.select(ix, ix.timeline)
        items, pager = paged(events, request)
        days: dict[str, list[Event]] = {}
        for event in items:
            days.setdefault(words.day(event.when.start) if event.when.start else words.span(event.when), []).append(
                event
            )
        return self.house.page(
            request,
            "timeline",
            ix,
            days=days,
            pager=pager,
            chosen=chosen,
            chart=charts.histogram(events) if chosen else all_events(ix),
            **_choices(ix),
        )

    async def events(self, request: Request) -> Response:
        """Show all events, by type, place, status and grade."""
        ix = self.house.desk.index()
        chosen = Filter.of(request)
        items, pager = paged(chosen.select(ix, ix.timeline), request)
        return self.house.page(request, "events", ix, items=items, pager=pager, chosen=chosen, **_choices(ix))

    async def event(self, request: Request) -> Response:
        """Show one event with its claims in the words of the dispatches."""
        ix = self.house.desk.index()
        event = found(ix.events, request.path_params["key"], "event")
        claims, pager = paged(queries.claims_of(ix, event.claims), request, size=_CLAIMS)
        return self.house.page(
            request,
            "event",
            ix,
            event=event,
            groups=by_what_they_say(ix, event, claims),
            pager=pager,
            near=near_events(ix, event)[:_NEAR],
            candidates=same_events(ix, event),
            figures=[ix.figures[f] for f in event.figures if f in ix.figures],
            map=maps.draw(queries.places_of(ix, [event])),
        )

    async def figures(self, request: Request) -> Response:
        """Show all figures, those that matter most first."""
        ix = self.house.desk.index()
        measure, place = (request.query_params.get(name, "") for name in ("measure", "place"))
        there = [f for f in queries.figures_by_weight(ix) if not place or f.place == place]
        items, pager = paged([f for f in there if not measure or f.measure == measure], request)
        counts = Counter(f.measure for f in there)
        measures = [(m, counts[m]) for m in MEASURES if counts[m]]
        return self.house.page(
            request, "figures", ix, items=items, pager=pager, measures=measures, measure=measure, place=place
        )

    async def figure(self, request: Request) -> Response:
        """Show one figure: each account's bounds, and what follows from them under the rule."""
        ix = self.house.desk.index()
        figure = found(ix.figures, request.path_params["key"], "figure")
        claims = queries.claims_of(ix, figure.claims)
        sides = [side for c in claims if c.amount for side in (c.amount.low, c.amount.high)]
        axis = charts.scale([*sides, figure.low, figure.best, figure.high])
        shown, pager = paged(claims, request, size=_CLAIMS)
        ruled = self.house.office.under_rules(figure, ix) if self.house.office else {}
        asked = request.query_params.get("rule", "")
        rule = asked if asked in ruled else figure.rule
        low, best, high = ruled[rule] if asked in ruled else (figure.low, figure.best, figure.high)
        return self.house.page(
            request,
            "figure",
            ix,
            figure=replace(figure, low=low, best=best, high=high),
            rule=rule,
            rules=list(ruled),
            claims=shown,
            pager=pager,
            axis=axis,
            rows=charts.claim_rows(ix, [c.id for c in shown], axis),
            plot=plot(ix, replace(figure, low=low, best=best, high=high), claims),
            related=related_figures(ix, figure),
        )

    async def entities(self, request: Request) -> Response:
        """Show all persons, groups, places and bodies."""
        ix = self.house.desk.index()
        kind = request.query_params.get("kind", "")
        chosen = [e for e in queries.entities_by_weight(ix) if not kind or e.kind == kind]
        items, pager = paged(chosen, request)
        counts = Counter(e.kind for e in ix.record.entities)
        kinds = [(k, counts[k]) for k in ENTITY_KINDS if counts[k]]
        return self.house.page(request, "entities", ix, items=items, pager=pager, kinds=kinds, kind=kind)

    async def entity(self, request: Request) -> Response:
        """Show one entity under all its names, with what it said and took part in."""
        ix = self.house.desk.index()
        entity = found(ix.entities, request.path_params["key"], "entity")
        statements, pager = paged(ix.statements_by.get(entity.id, ()), request, size=_SECTION)
        return self.house.page(
            request,
            "entity",
            ix,
            entity=entity,
            events=ix.events_with.get(entity.id, ()),
            statements=statements,
            pager=pager,
            section_rows=_SECTION,
            figures=ix.figures_at.get(entity.id, ()),
            control=(*ix.control_of.get(entity.id, ()), *ix.held_by.get(entity.id, ())),
            map=maps.draw([(entity, 1)]),
            mentions=queries.first_mentions(ix, entity.id),
            firsts=queries.first_under_each_name(ix, entity),
        )

    async def control(self, request: Request) -> Response:
        """Show who held which place, when: those with most stretches of control first, or one place and all in it."""
        ix = self.house.desk.index()
        asked = request.query_params.get("place", "")
        ranked = queries.places_by_control(ix)
        region = queries.within(ix, asked) if asked else None
        places, pager = paged([p for p in ranked if region is None or p in region], request, size=_LANES)
        made = lanes(ix, [c for p in places for c in ix.control_of[p]], shades_of(ix))
        return self.house.page(request, "control", ix, lanes=made, pager=pager, place=asked, regions=_regions(ix))

    # ------------------------------------------------------------------------------------- instead of a page

    async def missing(self, request: Request, error: Exception) -> Response:
        """Say that the record does not hold an id."""
        return self.house.page(
            request, "error", self.house.desk.index(), status=404, heading="Not on record", message=str(error)
        )

    async def unfit(self, request: Request, error: Exception) -> Response:
        """Say why a decision does not fit what it is about."""
        return self._told(request, 409, "Not decided", str(error))

    async def forbidden(self, request: Request, error: Exception) -> Response:
        """Say why a change was not taken."""
        return self._told(request, 403, "Not changed", str(error))

    async def absent(self, request: Request, error: Exception) -> Response:
        """Say which library is not installed, and how it would be."""
        return self._told(request, 501, "Not installed", str(error))

    async def busy(self, request: Request, error: Exception) -> Response:
        """Say that the record cannot be written now."""
        return self._told(request, 503, "Not kept", str(error))

    def _told(self, request: Request, status: int, heading: str, message: str) -> Response:
        ix = self.house.desk.index()
        words = message[:1].upper() + message[1:]
        return self.house.page(request, "error", ix, status=status, heading=heading, message=words)

    async def waiting(self, request: Request, _error: Exception) -> Response:
        """Say that the record is being made ready, and have the browser ask again by itself."""
        empty = queries.index(Record())
        page = self.house.page(request, "waiting", empty, status=503, reviewer=None, pending=0)
        page.headers["Refresh"] = page.headers["Retry-After"] = "1"
        return page

    async def refused(self, request: Request, error: Exception) -> Response:
        """Say that an address does not exist, or that a request is not a GET."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        heading = "No such page" if status == 404 else "Not possible"
        message = (
            "There is nothing at this address." if status == 404 else "This address only shows; it takes no orders."
        )
        page = self.house.page(
            request, "error", self.house.desk.index(), status=status, heading=heading, message=message
        )
        page.headers.update(headers)
        return page

    async def failed(self, request: Request, _error: Exception) -> Response:
        """Say that a page failed; the error itself goes to the terminal."""
        message = "The page could not be made. The terminal in which the workspace runs shows why."
        empty = queries.index(Record())
        return self.house.page(request, "error", empty, status=500, heading="Something broke", message=message)


@lru_cache(maxsize=2)
def _choices(ix: Index) -> dict[str, Any]:
    """Return what the filters of events offer: only what the record holds, with counts."""
    types = Counter(e.type for e in ix.record.events)
    places = Counter(e.place for e in ix.record.events if e.place in ix.entities)
    named = sorted(places, key=lambda p: queries.name_of(ix, p).casefold())
    return {
        "types": [(t, types[t]) for t in EVENT_TYPES if types[t]],
        "places": [(p, queries.name_of(ix, p), places[p]) for p in named if p],
        "statuses": sorted({e.status for e in ix.record.events}),
        "grades": sorted({e.grade for e in ix.record.events}),
    }


@lru_cache(maxsize=2)
def _regions(ix: Index) -> list[tuple[str, str, int]]:
    """Return the places that hold others of which control is told, with how many."""
    counts = Counter(
        str(ix.entities[p].parent) for p in ix.control_of if p in ix.entities and ix.entities[p].parent in ix.entities
    )
    return sorted(((p, queries.name_of(ix, p), n) for p, n in counts.items()), key=lambda r: r[1].casefold())
