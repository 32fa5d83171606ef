"""The templates' environment, and pages as bytes."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from onrecord.model.records import Entity, Figure
from onrecord.web import charts, queries, words
from onrecord.web.highlight import claim_path, fenced
from onrecord.web.lanes import spell_words
from onrecord.web.queries import Index
from onrecord.web.quotes import quote_claim, quote_statement


class Page(HTMLResponse):
    """A page whose text may hold anything, halves of characters included."""

    def render(self, content: Any) -> bytes:
        """Return the page's bytes, what cannot be written as UTF-8 replaced."""
        return str(content).encode("utf-8", "replace")


def environment() -> Environment:
    """Return the templates' environment: everything escaped, unknown names refused, and the words they use."""
    env = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for tool in (
        words.label,
        words.heading,
        words.gloss,
        words.quoted,
        words.day,
        words.moment,
        words.span,
        words.number,
        words.amount,
        words.opening,
        fenced,
    ):
        env.filters[tool.__name__] = tool
    env.globals.update(
        path=words.path,
        bounds=words.bounds,
        plural=words.plural,
        spell_words=spell_words,
        name_of=queries.name_of,
        read_times=queries.read_times,
        claims_of=queries.claims_of,
        quote_claim=quote_claim,
        quote_statement=quote_statement,
        claim_path=claim_path,
        figure_title=_figure_title,
        bounds_row=charts.bounds_row,
        safe_url=_safe_url,
        parents=_parents,
    )
    return env


def _figure_title(figure: Figure) -> str:
    """Return what a figure counts, in words: "Killed: civilians"."""
    own = figure.who if figure.who and figure.who.casefold() != figure.measure else None
    return words.heading(figure.measure) + (f": {own}" if own else "")


def _safe_url(url: str | None) -> str | None:
    """Return an address that a person may follow, and nothing for schemes that run code."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _parents(ix: Index, entity: Entity | None) -> list[Entity]:
    """Return what an entity is part of, the nearest first."""
    line: list[Entity] = []
    parent = ix.entities.get(entity.parent or "") if entity else None
    while parent and parent not in line and parent != entity:
        line.append(parent)
        parent = ix.entities.get(parent.parent or "")
    return line
