"""What ties a judgement to text: where the words stand, and the words themselves."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.values import Span

CONTEXT = 32  # characters kept on either side: enough to tell one "killed" of a text from the next
OPENING = 120  # characters of a dispatch that stand for the whole of it


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a dispatch by position and by quotation, after the selectors of the W3C Web Annotation model.

    `start` and `end` are code points of the dispatch's frozen text, half-open; `exact` the words there, `prefix` and
    `suffix` those around them, by which the place is found again in another copy of the text. `kind` and `type` say
    what a reader found there: the kind and type of a claim, or the kind of a mention. Where both are empty the opening
    words stand for the whole dispatch.
    """

    dispatch: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    kind: str = ""
    type: str = ""


def anchor_at(span: Span, text: str, *, kind: str, type: str = "") -> Anchor:  # noqa: A002
    """Return the anchor of a stretch of a dispatch's text; `kind` and `type` say what was found there."""
    return Anchor(
        dispatch=span.dispatch,
        start=span.start,
        end=span.end,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        kind=kind,
        type=type,
    )


def anchor_of_whole(dispatch: str, text: str) -> Anchor:
    """Return the anchor of a dispatch as a whole: its opening words."""
    return Anchor(dispatch=dispatch, start=0, end=min(OPENING, len(text)), exact=text[:OPENING])
