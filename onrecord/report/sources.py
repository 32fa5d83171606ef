"""Numbers the quotations behind a report's sentences, each stretch of a dispatch once, in the order of need."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.lookup import Lookup, source_name
from onrecord.model.records import Dispatch
from onrecord.model.values import Span
from onrecord.model.wording import day
from onrecord.report.parts import Cited, Source

_LONGEST = 180  # characters of a quotation; the rest is found by its place in the dispatch


def numbered(lookup: Lookup, sentences: Iterable[Cited]) -> tuple[tuple[Source, ...], dict[str, int]]:
    """Return the sources, and the number of the source of each claim or statement that is cited."""
    numbers: dict[str, int] = {}
    by_span: dict[Span, int] = {}
    sources: list[Source] = []
    for key in (key for cited in sentences for key in cited.cited):
        stretch = quoted(lookup, key)
        if stretch not in by_span:
            by_span[stretch] = len(sources) + 1
            sources.append(_source(by_span[stretch], stretch, lookup))
        numbers[key] = by_span[stretch]
    return tuple(sources), numbers


def quoted(lookup: Lookup, key: str) -> Span:
    """Return the stretch that a claim (its sentence) or a statement (its words) quotes."""
    claim = lookup.claims.get(key)
    return claim.sentence if claim else lookup.statements[key].content


def _source(number: int, stretch: Span, lookup: Lookup) -> Source:
    dispatch = lookup.dispatches[stretch.dispatch]
    return Source(number, _shortened(lookup.words(stretch)), _publisher(dispatch), _where(dispatch, stretch))


def _publisher(dispatch: Dispatch) -> str:
    published = day(dispatch.published) if dispatch.published else "undated"
    return f"{source_name(dispatch)}, {published}"


def _where(dispatch: Dispatch, stretch: Span) -> str:
    file = dispatch.url or dispatch.file
    place = f"characters {stretch.start}–{stretch.end}"
    return f"{file}, {place}" if file else place


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
