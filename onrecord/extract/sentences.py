"""The sentences of the story: furniture left out, a dateline cut off, the headline told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from onrecord.extract.parts import Sentence
from onrecord.model.records import Dispatch
from onrecord.model.values import Span
from onrecord.reader.tagger import Tagged, Token

_STORY, _TITLE, _LEFT_OUT = "story", "title", "left out"

# "NEW YORK - ", "BEIRUT, June 3 (Reuters) - ", "(AP) - ": where and by whom a dispatch was filed.
_DATELINE = re.compile(
    r"""(?:
        [A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,40}                             # the town, in capitals
        (?:,\s+[A-Z][\w.]+){0,2} (?:,?\s+\d{1,2}(?:,\s+\d{4})?)? # a country or state, a date
        (?:\s*\([^()]{2,40}\))?                                  # the agency
      | \([A-Z][^()]{1,40}\)
    )\s*(?:[-–—]+|:)\s+""",
    re.VERBOSE,
)
_TOWN_COLON = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?:\s+(?=[\"“'‘]?[A-Z])")  # "Beirut: The force ..."
_LEAD = 4  # sentences from the top among which the first of the story is, a headline and a date line before it


def sentences(dispatch: Dispatch, tagged: Tagged) -> tuple[Sentence, ...]:
    """Return the sentences that a dispatch tells its story in, in order.

    Words in marked stretches are left out, except those of the `title`, which are sentences with `headline` set; a
    dateline is cut off the start of a sentence. Spans are code points of the dispatch's text. A token's own
    `sentence` stays the tagger's number.
    """
    found: list[Sentence] = []
    paragraph, last = 0, 0
    for tokens, kind in _stretches(dispatch, tagged):
        body = tokens if kind == _TITLE else _without_dateline(dispatch.text, tokens, first=len(found) < _LEAD)
        if not any(token.text[0].isalnum() for token in body):
            continue
        start, end = body[0].start, body[-1].end
        if found and "\n" in dispatch.text[last:start]:
            paragraph += 1
        span = Span(dispatch.id, start, end)
        found.append(Sentence(span, span.of(dispatch.text), body, len(found), paragraph, kind == _TITLE))
        last = end
    return tuple(found)


def _stretches(dispatch: Dispatch, tagged: Tagged) -> Iterator[tuple[tuple[Token, ...], str]]:
    """Yield each run of tokens of one sentence that is all story or all headline."""
    marks = [(m.start, m.end, _TITLE if m.kind == "title" else _LEFT_OUT) for m in dispatch.marked]

    def kind(token: Token) -> str:
        return next((k for start, end, k in marks if start < token.end and token.start < end), _STORY)

    for (_, label), run in groupby(tagged.tokens, key=lambda token: (token.sentence, kind(token))):
        if label != _LEFT_OUT:
            yield tuple(run), label


def _without_dateline(text: str, tokens: tuple[Token, ...], *, first: bool) -> tuple[Token, ...]:
    """Return the tokens after the dateline; only the first sentences may open with "Beirut: "."""
    start, end = tokens[0].start, tokens[-1].end
    found = _DATELINE.match(text, start, end) or (_TOWN_COLON.match(text, start, end) if first else None)
    if not found:
        return tokens
    return tuple(token for token in tokens if token.start >= found.end()) or tokens
