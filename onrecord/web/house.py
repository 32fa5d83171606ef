"""What all pages share: the record as it stands, the templates, who decides, and what is still being followed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Unpack, cast

from starlette.requests import Request
from starlette.responses import Response

from onrecord.exports.selection import Selection
from onrecord.exports.write import Asked, packed
from onrecord.model.errors import OnrecordError
from onrecord.model.records import Figure, Judgement, Record
from onrecord.model.vocabulary import Rule
from onrecord.report import land
from onrecord.store.base import Store
from onrecord.web.fulltext import Texts
from onrecord.web.ground import BASEMAP, Ground
from onrecord.web.guard import Guard, Session
from onrecord.web.queries import HEAVY, Desk, Index, unfollowed
from onrecord.web.questions import questions
from onrecord.web.templating import Page, environment

View = Callable[[Request], Awaitable[Response]]
Handler = Callable[[Request, Exception], Awaitable[Response]]
Side = float | None
FOLD = 12  # quotations shown before the rest is folded away: about two screens
_BARE = Ground()
_LAST_S = 900  # seconds for which the last decision is offered to be undone on every page


class Office(Protocol):
    """Takes decisions: keeps each at once, and sees to it that the record follows."""

    @property
    def user(self) -> str:
        """Who decides where nobody signs in."""
        ...

    def under_rules(self, figure: Figure, record: Index) -> Mapping[str, tuple[Side, Side, Side]]:
        """Return low, best and high of a figure under each rule, by the rule's name."""
        ...

    def packed(self, name: str, record: Record, *, rule: Rule | None = None, **asked: Unpack[Asked]) -> bytes:
        """Return an export of a part of the record as a zip, by the user's conventions. Raises OnrecordError."""
        ...

    def decide(
        self, record: Record, verdict: str, about: str, value: str | None, *, by: str, note: str | None
    ) -> Judgement:
        """Keep a decision on the record that its maker saw. Raises JudgementError, NotFoundError, StoreError."""
        ...

    def withdraw(self, judgement: str, *, by: str) -> Judgement:
        """Take a decision back. Raises NotFoundError, JudgementError where it was taken back before."""
        ...


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who looks at a page: the name that decides, the token of this browser's forms, and the last decision in it."""

    name: str
    token: str
    last: Judgement | None = None


class House:
    """The store, the templates and the guard, and how a page is made of them; without an office it only shows."""

    def __init__(
        self,
        store: Store,
        *,
        title: str,
        office: Office | None = None,
        guard: Guard | None = None,
        ground: Ground = _BARE,
        patience: float | None = None,
    ) -> None:
        self.store = store
        self.texts = Texts()
        self.desk = Desk(store, (self._read, questions, *HEAVY), patience=patience)
        self.title = title
        self.office = office
        self.guard = guard or Guard()
        self.ground = ground
        self.templates = environment()

    def _read(self, ix: Index) -> None:
        self.texts.take(ix.record.dispatches)

    def packed(self, name: str, *, rule: str | None = None, **asked: Unpack[Asked]) -> bytes:
        """Return an export of a part of the record as a zip with its losses.

        Without an office it is made by the conventions that ship and under the record's rule. Raises OnrecordError on
        an unknown place, date, grade or rule.
        """
        record = self.desk.index().record
        if self.office:
            return self.office.packed(name, record, rule=cast("Rule | None", rule), **asked)
        if rule:
            raise OnrecordError(
                "this workspace only shows; figures are concluded under another rule on the command line"
            )
        return packed(name, record, selection=Selection(**asked))

    def page(self, request: Request, name: str, ix: Index, *, status: int = 200, **values: Any) -> Response:
        """Return the page of a template, given what it shows."""
        template = self.templates.get_template(f"{name}.html")
        return Page(template.render({**self.frame(request, ix), **values}), status_code=status)

    def frame(self, request: Request, ix: Index) -> Mapping[str, Any]:
        """Return what every template is given."""
        return {
            "ix": ix,
            "site": self.title,
            "section": request.url.path.strip("/").split("/")[0],
            "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            "asked": f"?{request.url.query}" if request.url.query else "",
            "query": dict(request.query_params),
            "basemap": BASEMAP if self.ground.basemap else "",
            "built": (land.BUILD / "maplibre-gl.mjs").is_file(),
            "fold": FOLD,
            "reviewer": self.reviewer(request),
            "pending": unfollowed(self.store, ix) if self.office else 0,
            "passwords": self.guard.passwords is not None,
        }

    def reviewer(self, request: Request) -> Reviewer | None:
        """Return who decides in this browser, `None` where the workspace only shows."""
        session = getattr(request.state, "session", None)
        if self.office is None or not isinstance(session, Session):
            return None
        last = request.cookies.get(self._last_cookie)
        kept = next((j for j in self.store.judgements() if j.id == last and not j.withdrawn), None) if last else None
        return Reviewer(session.name or self.office.user, self.guard.token(session), kept)

    def remember(self, response: Response, judgement: str | None) -> None:
        """Have this browser offer to undo a decision for a while, or no longer."""
        age = _LAST_S if judgement else 0
        response.set_cookie(self._last_cookie, judgement or "", max_age=age, httponly=True, samesite="strict")

    @property
    def _last_cookie(self) -> str:
        return f"{self.guard.cookie}_last"
