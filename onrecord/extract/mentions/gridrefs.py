"""Grid references as mentions of places: "37SFU296908" says where to a hundred metres."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.parts import Sentence
from onrecord.lexicon.grids import grids
from onrecord.model.records import Dispatch, Mention, mention_id
from onrecord.model.values import Span


def with_grids(dispatch: Dispatch, sentences: Sequence[Sentence], named: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with the grid references of the story as places, in order; what overlaps one goes."""
    spans = [Span(dispatch.id, start, end) for start, end, _ in grids(dispatch.text)]
    told = [span for span in spans if any(sentence.span.holds(span) for sentence in sentences)]
    if not told:
        return tuple(named)
    kept = [mention for mention in named if not any(mention.span.overlaps(span) for span in told)]
    found = [Mention(mention_id(span, "place"), span, "place", span.of(dispatch.text)) for span in told]
    return tuple(sorted((*kept, *found), key=lambda m: m.span))
