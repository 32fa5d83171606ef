"""Quantities to figure claims: what each number counts, whom, where, as of when, and in which mode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.where_when import narrower, place_of, time_of
from onrecord.extract.parts import Quantity, TimeExpression
from onrecord.extract.quantities.meant import Counted, Measured
from onrecord.extract.quantities.measures import measured as measured_as
from onrecord.extract.quantities.modes import mode_of
from onrecord.extract.quantities.recounted import recounted
from onrecord.model.records import Claim, Mention, claim_id
from onrecord.model.values import Span, When
from onrecord.model.vocabulary import Mode, Status

_SCORES = {"role": 0.8, "verb": 0.75, "whole": 0.7, "noun": 0.65, "cue": 0.6, "other": 0.4}
_MARKS = re.compile(r"[\[\]“”\"()]")
_WITHIN = frozenset({"in", "at", "near", "from", "around", "outside", "inside"})
_SOMEWHERE = frozenset({"present", "trapped", "missing"})  # counts of those who are in a place
_NEXT = 4  # words between a number and the place that is its own: "35 in Ardun", "12 of them near Ardun"


def figures(
    views: Sequence[View],
    found: Sequence[Found],
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    published: str | None,
) -> tuple[Claim, ...]:
    """Return a claim for each quantity that counts something of the conflict, in order.

    `as_of` is the end of the time that the sentence or the event counted gives, else `published`, an ISO date.
    """
    made: dict[Span, Claim] = {}
    known: dict[Span, Measured] = {}
    for view in views:
        here = [item for item in found if item.view is view]
        dated = [time for time in times if view.sentence.span.holds(time.span)]
        for quantity in quantities:
            if not view.sentence.span.holds(quantity.span):
                continue
            first, after = view.token_at(quantity.span.start), view.token_at(quantity.span.end - 1) + 1
            counted = Counted(view, quantity, first, after)
            meant = measured_as(counted, here, known)
            if meant is None:
                continue
            known[quantity.span] = meant
            whole = made.get(quantity.whole) if quantity.whole else None
            mode = mode_of(counted, meant, whole)
            claim = _claim(counted, meant, whole, mode)
            as_of = _as_of(counted, meant, mode, dated) or published
            made[quantity.span] = replace(claim, as_of=as_of, place=_where(counted, meant, whole))
    told = _placed(tuple(made.values()))
    return (*told, *recounted(views, told))


def _placed(told: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give a count of those who are somewhere, in a sentence without a place, the place of the last such count."""
    found: list[Claim] = []
    for claim in told:
        last = next((c for c in reversed(found) if c.type == claim.type and c.place), None)
        lent = claim.place is None and claim.type in _SOMEWHERE and last
        found.append(replace(claim, place=last.place) if lent and last else claim)
    return tuple(found)


def _as_of(counted: Counted, meant: Measured, mode: Mode, times: Sequence[TimeExpression]) -> str | None:
    """Return the date as of which a count holds by the words of its sentence, or by those that date the event counted.

    What began at a time and goes on is counted when it is told, so that such a time gives none.
    """
    when: When = time_of(counted.view, counted.first, times)
    if not when.known and meant.event and mode == "event":
        when = meant.event.when
    return when.end


def _where(counted: Counted, meant: Measured, whole: Claim | None) -> str | None:
    """Return the mention of the place of those counted: their own, that of their sentence, else the event's."""
    own = _own_place(counted)
    if own is None and whole and meant.step == "whole":
        return whole.place
    place = own or place_of(counted.view, counted.first, counted.after)
    where: Mention | None = place.mention if place else meant.event.place if meant.event else None
    return where.id if where else None


def _own_place(counted: Counted) -> Chunk | None:
    """Return the place right behind a number, which is its own: "60 people, including 35 in Ardun and 12 in Belis"."""
    view = counted.view
    for chunk in view.chunks:
        between = view.words[counted.after : chunk.first]
        if chunk.first < counted.after or chunk.category != "place":
            continue
        near = len(between) <= _NEXT and between[:1] and between[0] in _WITHIN
        return narrower(view, chunk) if near and chunk.preposition in _WITHIN else None
    return None


def _claim(counted: Counted, meant: Measured, whole: Claim | None, mode: Mode) -> Claim:
    quantity, event = counted.quantity, meant.event
    state: Status = event.status if event else "happened"
    about = claim_id("event", event.kind, event.view.span(event.trigger.first, event.trigger.after)) if event else None
    return Claim(
        id=claim_id("figure", meant.measure, quantity.span),
        kind="figure",
        type=meant.measure,
        trigger=quantity.span,
        sentence=counted.view.sentence.span,
        status=state,
        amount=quantity.amount,
        who=_MARKS.sub("", quantity.counted) or None if quantity.amount.unit != "days" else None,
        mode=mode,
        about=about,
        part_of=whole.id if whole else None,
        score=_SCORES[meant.step],
        reasons=(meant.reason,),
    )


__all__ = ["figures"]
