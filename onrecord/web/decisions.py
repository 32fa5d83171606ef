"""Decisions from the browser: taken, taken back, and listed with who made them and what became of them."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import anyio
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.model.records import VERDICTS, Judgement
from onrecord.web.filters import paged
from onrecord.web.guard import ForbiddenError, Session, back_to, form_of
from onrecord.web.house import House, Office, Reviewer
from onrecord.web.queries import unfollowed

_LONGEST = 16_000  # characters of a name, value or note; the ids of 800 ticked claims
_WAIT_S = 1.0  # before a wrong password is answered: at most 86,400 guesses a day


class Decisions:
    """The addresses under which a person decides, and who that person is."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return the addresses; those that change something answer POST only."""
        shown = [Route("/decisions", self.listed, methods=["GET"]), Route("/state", self.state, methods=["GET"])]
        if self.house.guard.passwords is not None:
            shown += [
                Route("/signin", self.door, methods=["GET"]),
                Route("/signin", self.sign_in, methods=["POST"]),
                Route("/signout", self.sign_out, methods=["POST"]),
            ]
        if self.house.office is None:
            return shown
        return [
            *shown,
            Route("/decisions", self.decide, methods=["POST"]),
            Route("/decisions/withdraw", self.withdraw, methods=["POST"]),
            Route("/decisions/name", self.name, methods=["POST"]),
        ]

    # ------------------------------------------------------------------------------------------ deciding

    async def decide(self, request: Request) -> Response:
        """Keep a decision, and lead back to the page that it was made on."""
        fields = await form_of(request, self.house.guard)
        verdict, about, value, note = (
            fields.get(k, "").strip()[:_LONGEST] for k in ("verdict", "about", "value", "note")
        )
        office, reviewer = self._office(request)
        if verdict not in VERDICTS or not about:
            what = "tick the claims that tell of another event" if verdict == "split" else "say what is decided"
            raise ForbiddenError(f"Nothing was changed: the form does not tell what it is about; {what}.")
        if fields.get("field"):
            value = f"{fields['field']}={value}"
        keep = partial(office.decide, self.house.desk.index().record, verdict, about, value or None)
        judgement = await run_sync(partial(keep, by=reviewer.name, note=note or None))
        return self._back(request, fields, judgement)

    async def withdraw(self, request: Request) -> Response:
        """Take a decision back, and lead back to the page."""
        fields = await form_of(request, self.house.guard)
        office, reviewer = self._office(request)
        judgement = await run_sync(partial(office.withdraw, fields.get("id", ""), by=reviewer.name))
        return self._back(request, fields, judgement)

    def _office(self, request: Request) -> tuple[Office, Reviewer]:
        reviewer = self.house.reviewer(request)
        if self.house.office is None or reviewer is None:
            raise ForbiddenError("Nothing was changed: this workspace only shows.")
        return self.house.office, reviewer

    def _back(self, request: Request, fields: dict[str, str], judgement: Judgement) -> Response:
        kept = None if judgement.withdrawn else judgement.id
        if request.headers.get("accept", "").startswith("application/json"):
            response: Response = JSONResponse({"id": judgement.id, "withdrawn": bool(judgement.withdrawn)})
        else:
            response = RedirectResponse(back_to(fields.get("back", "/")), status_code=303)
        self.house.remember(response, kept)
        return response

    # ------------------------------------------------------------------------------------------ who decided what

    async def listed(self, request: Request) -> Response:
        """Show every decision, the latest first: who, what, when, and what became of it."""
        ix = self.house.desk.index()
        states = {s.judgement: s for s in ix.record.standings}
        everything = sorted(self.house.store.judgements(), key=lambda j: (j.at, j.id), reverse=True)
        by, verdict = (request.query_params.get(name, "") for name in ("by", "verdict"))
        chosen = [j for j in everything if by in ("", j.by) and verdict in ("", j.verdict)]
        items, pager = paged(chosen, request)
        people = sorted(Counter(j.by for j in everything).items())
        verdicts = [(v, n) for v in VERDICTS if (n := sum(j.verdict == v for j in everything))]
        values: dict[str, Any] = {"people": people, "verdicts": verdicts, "by": by, "verdict": verdict}
        makers = {j.id: j.by for j in everything}
        return self.house.page(
            request, "decisions", ix, items=items, pager=pager, states=states, makers=makers, **values
        )

    async def state(self, _request: Request) -> Response:
        """Return how many decisions the record shown does not follow yet."""
        return JSONResponse({"pending": unfollowed(self.house.store, self.house.desk.index())})

    # ------------------------------------------------------------------------------------------ who is there

    async def name(self, request: Request) -> Response:
        """Note under which name this browser decides; where there are passwords that is who signed in."""
        fields = await form_of(request, self.house.guard)
        if self.house.guard.passwords is not None:
            raise ForbiddenError("Nothing was changed: here you decide under the name with which you signed in.")
        session = Session(request.state.session.id, fields.get("name", "").strip()[:80])
        return self._kept(session, fields.get("back", "/decisions"))

    async def door(self, request: Request) -> Response:
        """Ask for a name and its password."""
        return self._door(request, request.query_params.get("back", "/"), "")

    def _door(self, request: Request, back: str, told: str) -> Response:
        token = self.house.guard.token(request.state.session)
        page = self.house.templates.get_template("signin.html")
        words = page.render(site=self.house.title, token=token, back=back_to(back), told=told)
        return Response(words, status_code=403 if told else 200, media_type="text/html; charset=utf-8")

    async def sign_in(self, request: Request) -> Response:
        """Let in who knows a password; a wrong one is answered after a wait."""
        fields = await form_of(request, self.house.guard)
        name = fields.get("name", "").strip()
        if not self.house.guard.known(name, fields.get("password", "")):
            await anyio.sleep(_WAIT_S)
            return self._door(request, fields.get("back", "/"), "This name and password do not fit. Try again.")
        return self._kept(Session(request.state.session.id, name), fields.get("back", "/"))

    async def sign_out(self, request: Request) -> Response:
        """Forget who signed in."""
        await form_of(request, self.house.guard)
        return self._kept(Session(request.state.session.id), "/signin")

    def _kept(self, session: Session, back: str) -> Response:
        response = RedirectResponse(back_to(back), status_code=303)
        response.headers.append("set-cookie", self.house.guard.written(session))
        return response
