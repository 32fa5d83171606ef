"""Search over dispatches and claims: which claims fit words and filters, as a list, a map or a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model.records import Claim, Dispatch, Event
from onrecord.web import charts, maps, queries
from onrecord.web.filters import paged
from onrecord.web.fulltext import Texts, Wanted
from onrecord.web.house import House
from onrecord.web.overview import all_events
from onrecord.web.queries import Index, name_of, within
from onrecord.web.words import label

VIEWS = ("list", "map", "timeline")
_REACH = 110  # characters kept on each side of the first words found in a dispatch
_OFFERED = 300  # names in one filter, those most often told of: a longer list helps nobody
_DISPATCHES = 12  # of those that hold the words, shown above the claims


@dataclass(frozen=True, slots=True)
class Ask:
    """What is searched for; an empty field asks for all. `since` and `until` are ISO dates, both included."""

    q: str = ""
    place: str = ""
    who: str = ""
    kind: str = ""
    type: str = ""
    grade: str = ""
    source: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, request: Request) -> Ask:
        """Return what a request's query string asks for."""
        return cls(*(request.query_params.get(name, "").strip() for name in cls.__slots__))

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: dispatches, best first, claims in the order of their dispatches, and their events by time."""

    dispatches: tuple[Dispatch, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]


class Search:
    """The page of the search, and what it works out from the record."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return its address."""
        return [Route("/search", self.page, methods=["GET"])]

    async def page(self, request: Request) -> Response:
        """Show what fits the words and filters of the query string."""
        ix = self.house.desk.index()
        ask = Ask.of(request)
        view = request.query_params.get("view", "")
        view = view if view in VIEWS else "list"
        results = results_of(ix, self.house.texts, ask)
        claims, pager = paged(results.claims, request)
        pattern = Wanted.of(ask.q).pattern()
        return self.house.page(
            request,
            "search",
            ix,
            ask=ask,
            view=view,
            views=[(name, _address(request, name)) for name in VIEWS],
            results=results,
            passages=[(d, passage(d, pattern)) for d in results.dispatches[:_DISPATCHES]],
            claims=claims,
            pager=pager,
            chart=(charts.histogram(results.events) if ask else all_events(ix)) if view == "timeline" else None,
            map=maps.draw(queries.places_of(ix, results.events)) if view == "map" else None,
            places=queries.places_of(ix, results.events) if view == "map" else (),
            choices=choices(ix),
        )


def _address(request: Request, view: str) -> str:
    return str(request.url.include_query_params(view=view).remove_query_params("page").query)


def results_of(ix: Index, texts: Texts, ask: Ask) -> Results:
    """Return the dispatches and claims that fit; without words the claims of all dispatches, the latest first."""
    if not ask:
        return _everything(ix)
    wanted = Wanted.of(ask.q)
    found = texts.find(wanted) if wanted.phrases else [d.id for d in queries.dispatches_by_time(ix)]
    dispatches = [d for d in (ix.dispatches[i] for i in found if i in ix.dispatches) if _published_fits(d, ask)]
    pattern = wanted.pattern()
    region = within(ix, ask.place) if ask.place else None
    claims = [
        claim
        for dispatch in dispatches
        for claim in ix.claims_in.get(dispatch.id, ())
        if _fits(ix, claim, ask, region) and (pattern is None or pattern.search(dispatch.quote(claim.sentence)))
    ]
    told = {c.event for c in claims}
    filtered = any((ask.place, ask.who, ask.kind, ask.type, ask.grade))
    kept = {c.dispatch for c in claims} if filtered else None
    shown = tuple(d for d in dispatches if kept is None or d.id in kept) if wanted.phrases else ()
    return Results(shown, tuple(claims), tuple(e for e in ix.timeline if e.id in told))


@lru_cache(maxsize=2)
def _everything(ix: Index) -> Results:
    claims = (c for d in queries.dispatches_by_time(ix) for c in ix.claims_in.get(d.id, ()))
    return Results((), tuple(claims), ix.timeline)


def _published_fits(dispatch: Dispatch, ask: Ask) -> bool:
    if ask.source and ask.source != (dispatch.outlet or ""):
        return False
    if not (ask.since or ask.until):
        return True
    day = dispatch.published or ""
    return bool(day) and ask.since <= day and (not ask.until or day[: len(ask.until)] <= ask.until)


def _fits(ix: Index, claim: Claim, ask: Ask, region: frozenset[str] | None) -> bool:
    if ask.kind not in ("", claim.kind) or ask.type not in ("", claim.type):
        return False
    if region is not None and _place(ix, claim) not in region:
        return False
    if ask.who and ask.who not in (*claim.agents, *claim.targets, *_voice(ix, claim)):
        return False
    event = ix.events.get(claim.event or "")
    return not ask.grade or (event is not None and event.grade == ask.grade)


def _place(ix: Index, claim: Claim) -> str | None:
    event = ix.events.get(claim.event or "")
    return claim.place or (event.place if event else None)


def _voice(ix: Index, claim: Claim) -> tuple[str, ...]:
    statement = ix.statements.get(claim.statement or "")
    return tuple(filter(None, (statement.speaker, statement.organisation))) if statement else ()


def passage(dispatch: Dispatch, pattern: Any) -> Markup:
    """Return the words around the first that were found in a dispatch, those marked; its opening where none is."""
    match = pattern.search(dispatch.text) if pattern else None
    middle = match.start() if match else 0
    start, end = max(0, middle - _REACH), middle + 2 * _REACH
    return marked(" ".join(dispatch.text[start:end].split()), pattern)


def marked(text: str, pattern: Any) -> Markup:
    """Return a text as safe HTML with what the pattern finds marked."""
    out, last = [], 0
    for match in pattern.finditer(text) if pattern else ():
        out += [escape(text[last : match.start()]), Markup("<mark>"), escape(match[0]), Markup("</mark>")]
        last = match.end()
    return Markup("").join([*out, escape(text[last:])])


@lru_cache(maxsize=2)
def choices(ix: Index) -> dict[str, Sequence[tuple[str, str, int]]]:
    """Return what the filters offer: only what the record holds, with counts."""
    types = Counter(c.type for c in ix.record.claims)
    return {
        "type": [(t, label(t), n) for t, n in sorted(types.items())],
        "source": [(o, o, n) for o, n in sorted(Counter(d.outlet for d in ix.record.dispatches if d.outlet).items())],
        "place": _named(ix, (e.place for e in ix.record.events)),
        "who": _named(ix, (a for e in ix.record.events for a in (*e.agents, *e.targets))),
    }


def _named(ix: Index, ids: Iterable[str | None]) -> list[tuple[str, str, int]]:
    counts = Counter(i for i in ids if i in ix.entities)
    most = counts.most_common(_OFFERED)
    return sorted(((str(i), name_of(ix, i), n) for i, n in most), key=lambda c: c[1].casefold())
