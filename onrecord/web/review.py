"""The review queue: one question at a time, one key an answer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.web.house import House
from onrecord.web.questions import KINDS, open_questions

_NEXT = 8  # questions listed below the one that is asked


class Review:
    """The page of what waits for a person."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return its address."""
        return [Route("/review", self.queue, methods=["GET"])]

    async def queue(self, request: Request) -> Response:
        """Ask what would change most, or what comes after the `skip` questions that a person passed over."""
        ix = self.house.desk.index()
        judgements = self.house.store.judgements()
        kind, asked = (request.query_params.get(name, "") for name in ("kind", "skip"))
        everything = open_questions(ix, judgements)
        counts = Counter(q.kind for q in everything)
        chosen = [q for q in everything if kind in ("", q.kind)]
        skipped = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
        skipped = skipped if skipped < len(chosen) else 0
        today = datetime.now(UTC).date().isoformat()
        return self.house.page(
            request,
            "review",
            ix,
            kinds=[(key, title, counts[key]) for key, title, _ in KINDS],
            asks={key: asks for key, _, asks in KINDS},
            kind=kind,
            question=chosen[skipped] if chosen else None,
            following=chosen[skipped + 1 : skipped + 1 + _NEXT],
            skipped=skipped,
            open=len(chosen),
            today=sum(j.at.startswith(today) and not j.withdrawn for j in judgements),
            decided=sum(not j.withdrawn for j in judgements),
        )
