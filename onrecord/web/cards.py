"""Cards: what one stretch of a dispatch was read as, where it went, and the decisions that can be taken on it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from onrecord.model.corrections import TYPES, amount_in_words, when_in_words
from onrecord.model.vocabulary import STATUSES
from onrecord.web.house import House
from onrecord.web.nearby import same_events, suggested
from onrecord.web.queries import Index, found
from onrecord.web.templating import Page


class Cards:
    """The card of a claim or of a name, as a page of its own or as the part that a page shows beside its text."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return the addresses of cards, and of the names that a form suggests."""
        return [
            Route("/claims/{key}", self.claim, methods=["GET"]),
            Route("/mentions/{key}", self.mention, methods=["GET"]),
            Route("/names", self.names, methods=["GET"]),
        ]

    async def claim(self, request: Request) -> Response:
        """Show one claim."""
        ix = self.house.desk.index()
        claim = found(ix.claims, request.path_params["key"], "claim")
        return self._card(
            request,
            "claim",
            ix,
            claim=claim,
            types=[kind for kind in TYPES[claim.kind] if kind != claim.type],
            statuses=[status for status in STATUSES if status != claim.status],
            number=amount_in_words(claim.amount) if claim.amount else "",
            days=when_in_words(claim.when),
            candidates=same_events(ix, ix.events.get(claim.event or "") if claim.kind == "event" else None),
        )

    async def mention(self, request: Request) -> Response:
        """Show one name where it stands."""
        ix = self.house.desk.index()
        mention, entity = found(ix.mentions, request.path_params["key"], "name")
        elsewhere = {m.span.dispatch for m in ix.mentions_of.get(entity, ())} - {mention.span.dispatch}
        return self._card(request, "mention", ix, mention=mention, entity=entity, elsewhere=len(elsewhere))

    def _card(self, request: Request, name: str, ix: Index, **values: Any) -> Response:
        if request.query_params.get("part") != "card":
            return self.house.page(request, name, ix, **values)
        template = self.house.templates.get_template(f"_{name}_card.html")
        return Page(template.render(**self.house.frame(request, ix), **values))

    async def names(self, request: Request) -> Response:
        """Return names of the record that hold some words, the most often read first."""
        ix = self.house.desk.index()
        kind, words = (request.query_params.get(name, "") for name in ("kind", "q"))
        return JSONResponse([e.name for e in suggested(ix, words, kind)])
