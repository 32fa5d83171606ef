"""What a query string asks for: which events, and which part of a long list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

from onrecord.model.records import Event
from onrecord.web.queries import Index, within

T = TypeVar("T")
_A_PAGE = 60  # rows of a list on one page: enough to skim, and a page of the longest rows stays well under 1 MB


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events to show; an empty field asks for all. `since` and `until` are ISO dates, both included.

    `who` is an entity that takes part: that acts, or to whom it is done, or where it happens.
    """

    type: str = ""
    place: str = ""
    who: str = ""
    status: str = ""
    grade: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, request: Request) -> Filter:
        """Return the filter that a request's query string asks for."""
        ask = request.query_params
        return cls(*(ask.get(name, "") for name in ("type", "place", "who", "status", "grade", "since", "until")))

    def __bool__(self) -> bool:
        return any((self.type, self.place, self.who, self.status, self.grade, self.since, self.until))

    def select(self, ix: Index, events: Iterable[Event]) -> list[Event]:
        """Return the events that are asked for; a place stands for all that lies in it."""
        if not self:
            return list(events)
        region = within(ix, self.place) if self.place else None
        return [e for e in events if (region is None or e.place in region) and self._fits(e) and self._in_time(e)]

    def _fits(self, event: Event) -> bool:
        return (
            (not self.type or self.type == event.type)
            and (not self.status or self.status == event.status)
            and (not self.grade or self.grade == event.grade)
            and (not self.who or self.who in (*event.agents, *event.targets, event.place))
        )

    def _in_time(self, event: Event) -> bool:
        if not (self.since or self.until):
            return True
        start = event.when.start and event.when.start + "0001-01-01"[len(event.when.start) :]  # its first day
        return start is not None and self.since <= start and (not self.until or start <= self.until)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands: `first` to `last` of `total`, and the addresses of its neighbours."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


def paged(items: Sequence[T], request: Request, *, size: int = _A_PAGE) -> tuple[Sequence[T], Pager]:
    """Return the part of a list that the query's `page` asks for (from 1; anything else is 1), and where it stands.

    `size` is the number of items on a page.
    """
    asked = request.query_params.get("page", "1")
    pages = max(1, -(-len(items) // size))
    page = min(int(asked), pages) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    page = max(1, page)
    start = (page - 1) * size
    part = items[start : start + size]
    before = _address(request, page - 1) if page > 1 else None
    after = _address(request, page + 1) if page < pages else None
    return part, Pager(start + 1 if part else 0, start + len(part), len(items), before, after)


def _address(request: Request, page: int) -> str:
    others = [(k, v) for k, v in request.query_params.multi_items() if k != "page" and v]
    return f"{request.url.path}?{urlencode([*others, ('page', str(page))])}"
