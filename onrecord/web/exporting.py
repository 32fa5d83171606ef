"""The page on which a part of the record is chosen to be exported, and the zip that comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.exports.formats import FORMATS
from onrecord.exports.selection import GRADES
from onrecord.exports.write import Asked, format_of
from onrecord.model.errors import NotFoundError, OnrecordError
from onrecord.model.vocabulary import RULES
from onrecord.web.downloads import TYPES
from onrecord.web.house import House


@dataclass(frozen=True, slots=True)
class Wish:
    """What a query string asks for; an empty field asks for all, an empty `rule` for the record's own.

    `since` and `until` are days, months or years, both included; `place` is a name or an id.
    """

    format: str = ""
    rule: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    grades: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: Request) -> Wish:
        """Return what a request asks for."""
        ask = request.query_params
        said = {name: ask.get(name, "").strip() for name in ("format", "rule", "since", "until", "place")}
        return cls(**said, grades=tuple(ask.getlist("grade")))

    @property
    def asked(self) -> Asked:
        """The part of the record, as exports are asked for it."""
        return Asked(since=self.since or None, until=self.until or None, place=self.place or None, grades=self.grades)


class Exporting:
    """The form and its answer."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        """Return the addresses of both."""
        return [
            Route("/export", self.form, methods=["GET"]),
            Route("/download/export.zip", self.export, methods=["GET"]),
        ]

    async def form(self, request: Request) -> Response:
        """Show what can be chosen."""
        return self._form(request, Wish.of(request))

    def export(self, request: Request) -> Response:
        """Return the export as a zip with its losses, or the form with what is wrong with the choice."""
        wish = Wish.of(request)
        try:
            format_of(wish.format)
            data = self.house.packed(wish.format, rule=wish.rule or None, **wish.asked)
        except OnrecordError as error:
            return self._form(request, wish, fault=str(error), status=404 if isinstance(error, NotFoundError) else 400)
        headers = {"Content-Disposition": f'attachment; filename="{wish.format}.zip"'}
        return Response(data, headers=headers, media_type=TYPES["zip"])

    def _form(self, request: Request, wish: Wish, *, fault: str = "", status: int = 200) -> Response:
        return self.house.page(
            request,
            "exporting",
            self.house.desk.index(),
            status=status,
            wish=wish,
            fault=fault,
            formats=FORMATS,
            rules=RULES if self.house.office else (),
            grades=GRADES,
        )
