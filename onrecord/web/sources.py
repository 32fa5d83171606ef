"""Who says what: outlets, agencies, speakers and organisations, how often alone, how often contradicted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model.records import Claim, Event, Figure
from onrecord.web.filters import paged
from onrecord.web.house import House
from onrecord.web.queries import Index, name_of

KINDS = (
    ("outlet", "Outlets", "who published"),
    ("agency", "Agencies", "whose wire it is"),
    ("speaker", "Speakers", "who is quoted"),
    ("organisation", "Organisations", "for whom it is said"),
)
Key = tuple[str, str]  # a kind, and a name or an entity's id


@dataclass(frozen=True, slots=True)
class Source:
    """One source: `alone` counts events and figures that nobody else tells of, `contradicted` disputes it stands in.

    `copies` pairs those whose texts it copies or rewrites with how often; `entity` is its page where it has one.
    """

    kind: str
    name: str
    entity: str | None
    claims: int
    things: int
    alone: int
    contradicted: int
    copies: tuple[tuple[str, int], ...]


class Sources:
    """The page of sources."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return its address."""
        return [Route("/sources", self.page, methods=["GET"])]

    async def page(self, request: Request) -> Response:
        """Show the sources of one kind, those with most claims first."""
        ix = self.house.desk.index()
        asked = request.query_params.get("kind", "")
        kind = asked if asked in {k for k, _, _ in KINDS} else "outlet"
        everything = sources(ix)
        items, pager = paged([s for s in everything if s.kind == kind], request)
        counts = Counter(s.kind for s in everything)
        kinds = [(k, title, about, counts[k]) for k, title, about in KINDS]
        return self.house.page(request, "sources", ix, items=items, pager=pager, kinds=kinds, kind=kind)


@lru_cache(maxsize=2)
def sources(ix: Index) -> tuple[Source, ...]:
    """Return all sources of the record, those with most claims first."""
    voices = {c.id: tuple(_voices(ix, c)) for c in ix.record.claims}
    claims = Counter(key for keys in voices.values() for key in keys)
    things: Counter[Key] = Counter()
    alone: Counter[Key] = Counter()
    contradicted: Counter[Key] = Counter()
    owners: list[Event | Figure] = [*ix.record.events, *ix.record.figures]
    for owner in owners:
        told = [set(voices.get(c, ())) for c in owner.claims]
        every = set().union(*told)
        things.update(every)
        alone.update(set.intersection(*told) if told else ())
        for dispute in owner.disputes:
            contradicted.update({k for v in dispute.values for c in v.claims for k in voices.get(c, ())})
    copies = _copies(ix)
    made = [_source(ix, key, n, (things, alone, contradicted), copies.get(key, Counter())) for key, n in claims.items()]
    return tuple(sorted(made, key=lambda s: (-s.claims, s.name.casefold(), s.kind)))


def _voices(ix: Index, claim: Claim) -> Iterator[Key]:
    dispatch = ix.dispatches.get(claim.dispatch)
    statement = ix.statements.get(claim.statement or "")
    if dispatch and dispatch.outlet:
        yield "outlet", dispatch.outlet
    if dispatch and dispatch.agency:
        yield "agency", dispatch.agency
    if statement:
        yield "speaker", statement.speaker or statement.speaker_text
    if statement and statement.organisation:
        yield "organisation", statement.organisation


def _copies(ix: Index) -> dict[Key, Counter[str]]:
    found: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for dispatch in ix.record.dispatches:
        root = ix.dispatches.get(ix.record.lineage.get(dispatch.id, dispatch.id))
        if root and root.id != dispatch.id and dispatch.outlet:
            found["outlet", dispatch.outlet][root.agency or root.outlet or "an outlet that is not known"] += 1
    return found


def _source(ix: Index, key: Key, claims: int, counts: tuple[Counter[Key], ...], copies: Counter[str]) -> Source:
    kind, name = key
    known = name if name in ix.entities else None
    things, alone, contradicted = (count[key] for count in counts)
    ranked = tuple(sorted(copies.items(), key=lambda pair: (-pair[1], pair[0])))
    return Source(kind, name_of(ix, known) if known else name, known, claims, things, alone, contradicted, ranked)
