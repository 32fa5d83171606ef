"""Makes dispatches, mentions, statements, claims and records by hand, with sane defaults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from onrecord.model.records import (
    Claim,
    Dispatch,
    Mention,
    Reading,
    Statement,
    claim_id,
    dispatch_id,
    mention_id,
    statement_id,
)
from onrecord.model.values import Span


def a_dispatch(text: str = "Fighters left Ardun on Sunday.", **fields: Any) -> Dispatch:
    """A dispatch of 15 October 2017 by the Example Post, unless told otherwise."""
    defaults: dict[str, Any] = {
        "file": "one.txt",
        "outlet": "Example Post",
        "published": "2017-10-15",
        "published_basis": "metadata",
    }
    return Dispatch(id=dispatch_id(text), text=text, **(defaults | fields))


def span_of(dispatch: Dispatch, words: str, nth: int = 0) -> Span:
    """The nth place where the words stand in the dispatch."""
    start = -1
    for _ in range(nth + 1):
        start = dispatch.text.index(words, start + 1)
    return Span(dispatch.id, start, start + len(words))


def a_mention(dispatch: Dispatch, words: str, kind: Any = "group", *, nth: int = 0, **fields: Any) -> Mention:
    """A mention of these words of the dispatch."""
    span = span_of(dispatch, words, nth)
    return Mention(id=mention_id(span, kind), span=span, kind=kind, name=fields.pop("name", words), **fields)


def a_statement(dispatch: Dispatch, words: str, speaker: Mention | None = None, **fields: Any) -> Statement:
    """An indirect assertion of these words."""
    span = span_of(dispatch, words)
    text = fields.pop("speaker_text", speaker.name if speaker else "a source")
    defaults: dict[str, Any] = {"stance": "asserts", "direct": False}
    return Statement(
        id=statement_id(span, text),
        content=span,
        speaker=speaker.id if speaker else None,
        speaker_text=text,
        **(defaults | fields),
    )


def a_claim(dispatch: Dispatch, words: str, kind: Any = "event", type: str = "withdrawal", **fields: Any) -> Claim:  # noqa: A002
    """A claim whose trigger is these words and whose sentence is the whole text, unless told otherwise."""
    trigger = fields.pop("trigger", None) or span_of(dispatch, words, fields.pop("nth", 0))
    sentence = fields.pop("sentence", None) or Span(dispatch.id, 0, len(dispatch.text))
    return Claim(
        id=claim_id(kind, type, trigger),
        kind=kind,
        type=type,
        trigger=trigger,
        sentence=sentence,
        reader="test",
        **fields,
    )


def a_reading(dispatch: Dispatch, *parts: Mention | Statement | Claim, reader: str = "test") -> Reading:
    """A reading of these mentions, statements and claims."""
    return replace(
        Reading(dispatch=dispatch.id, reader=reader),
        mentions=tuple(p for p in parts if isinstance(p, Mention)),
        statements=tuple(p for p in parts if isinstance(p, Statement)),
        claims=tuple(p for p in parts if isinstance(p, Claim)),
    )
