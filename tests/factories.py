"""Makes dispatches, mentions, statements, claims and records by hand, with sane defaults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from onrecord.model.records import (
    Claim,
    Control,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Mention,
    Position,
    Reading,
    Record,
    Role,
    Statement,
    claim_id,
    dispatch_id,
    mention_id,
    statement_id,
)
from onrecord.model.values import Amount, Span, When


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


def a_record() -> Record:
    """A small record of two dispatches on one event, with a figure on which they differ and who holds the place."""
    one = a_dispatch("Forty rebels left Ardun on Sunday, Lena Okafor said.", file="one.txt")
    two = a_dispatch("Some 60 rebels left Ardun.", file="two.txt", outlet="Second Wire", published="2017-10-16")
    rebels = Entity(id="e-rebels", kind="group", name="Ardun Front", aliases=(("rebels", 2),))
    town = Entity(
        id="e-ardun",
        kind="place",
        name="Ardun",
        aliases=(("Ardun", 2),),
        point=(39.0, 35.9),
        precision="exact",
        country="SY",
    )
    speaker = Entity(
        id="e-lena",
        kind="person",
        name="Lena Okafor",
        aliases=(("Lena Okafor", 1),),
        roles=(Role("mayor", None, ("s",)),),
    )
    said = a_statement(one, "Forty rebels left Ardun on Sunday", speaker_text="Lena Okafor")
    said = replace(said, speaker=speaker.id)
    sunday = When("2017-10-15", "2017-10-15")
    left = a_claim(one, "left", agents=(rebels.id,), place=town.id, when=sunday, statement=said.id, event="v-1")
    also = a_claim(two, "left", agents=(rebels.id,), place=town.id, event="v-1")
    forty = a_claim(
        one, "Forty rebels", "figure", "evacuated", amount=Amount(40, 40, unit="people"), who="rebels", mode="event",
        place=town.id, figure="f-1", about=left.id, statement=said.id,
    )  # fmt: skip
    sixty = a_claim(
        two, "Some 60 rebels", "figure", "evacuated", amount=Amount(60, 60, approx=True, unit="people"), who="rebels",
        mode="event", place=town.id, figure="f-1", about=also.id,
    )  # fmt: skip
    values = (Position("40", (forty.id,)), Position("about 60", (sixty.id,)))
    dispute = Dispute("amount", values, "one count is exact and the other rough")
    claims = tuple(sorted((left, also, forty, sixty), key=lambda c: (c.dispatch, c.trigger.start, c.id)))
    told = tuple(c.id for c in claims if c.kind == "event")
    counted = tuple(c.id for c in claims if c.kind == "figure")
    event = Event(
        id="v-1", type="withdrawal", agents=(rebels.id,), targets=(), place=town.id, when=sunday, status="happened",
        claims=told, sources=2, grade="fair", figures=("f-1",),
    )  # fmt: skip
    figure = Figure(
        id="f-1", measure="evacuated", who="rebels", place=town.id, as_of="2017-10-15", mode="event", low=40, best=40,
        high=60, rule="widest", claims=counted, sources=2, event="v-1", unit="people", disputes=(dispute,),
    )  # fmt: skip
    mention = a_mention(one, "Ardun", "place")
    dispatches = tuple(sorted((one, two), key=lambda d: d.id, reverse=True))  # not the order of ids: it must be kept
    return Record(
        dispatches=dispatches,
        entities=(town, speaker, rebels),
        mentions=((mention, town.id),),
        statements=(said,),
        claims=claims,
        events=(event,),
        figures=(figure,),
        control=(Control(town.id, rebels.id, "holds", None, "2017-10-15", None, told[:1]),),
        lineage={d.id: d.id for d in dispatches},
    )
