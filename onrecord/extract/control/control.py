"""Sentences to control claims: who holds a place, or that it is besieged or contested."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.control.following import following
from onrecord.extract.control.fought import fought
from onrecord.extract.control.held import Held
from onrecord.extract.control.holders import Sides
from onrecord.extract.control.stated import stated
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import View
from onrecord.extract.events.where_when import time_of
from onrecord.extract.parts import Quantity, TimeExpression
from onrecord.lexicon.actors import Actors
from onrecord.model.records import Claim, Mention, claim_id
from onrecord.model.values import When


def control(
    views: Sequence[View],
    found: Sequence[Found],
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    actors: Actors,
) -> tuple[tuple[Claim, ...], tuple[Mention, ...]]:
    """Return a claim for each statement of who holds a place, and for the state that a capture or a siege leaves.

    `share` is the percentage of the place that is held, of a bound the number told ("more than 80 %" is 80). The
    mentions are those that only a claim of control names: "rebel" of "rebel-held".
    """
    sides = Sides.of(views, actors)
    known = {chunk.mention.id for view in views for chunk in view.chunks}
    known |= {c.mention.id for item in found for c in (*item.agents, *item.targets)}
    claims: dict[str, Claim] = {}
    made: dict[str, Mention] = {}
    for view in views:
        dated = [time for time in times if view.sentence.span.holds(time.span)]
        here = [item for item in found if item.view is view]
        for one in (*stated(view, sides), *fought(view), *following(here)):
            claim = _claim(one, quantities, dated)
            if claim.id not in claims:
                claims[claim.id] = claim
                made |= {c.mention.id: c.mention for c in one.holders if c.mention.id not in known}
    return tuple(claims.values()), tuple(made.values())


def _claim(one: Held, quantities: Sequence[Quantity], times: Sequence[TimeExpression]) -> Claim:
    view, place = one.view, one.ground.place
    trigger = view.span(one.first, one.after)
    return Claim(
        id=claim_id("control", one.state, trigger),
        kind="control",
        type=one.state,
        trigger=trigger,
        sentence=view.sentence.span,
        status=one.status,
        agents=tuple(dict.fromkeys(c.mention.id for c in one.holders)),
        place=place.mention.id if place else None,
        when=_when(one, times),
        share=_share(one, quantities),
        score=one.score,
        reasons=(one.reason,),
    )


def _when(one: Held, times: Sequence[TimeExpression]) -> When:
    """Return when it is held: by a time of its own clause, near it where the state goes on, else when the event was."""
    own = time_of(one.view, one.first, times, verbal=False, state=one.status)
    return own if own.known else one.when


def _share(one: Held, quantities: Sequence[Quantity]) -> float | None:
    """Return the percentage that the words for what is held give."""
    view = one.view
    told = view.span(one.ground.first, max(one.ground.after, one.ground.first + 1))
    for quantity in quantities:
        if quantity.amount.unit == "%" and quantity.span.overlaps(told):
            return quantity.amount.low if quantity.amount.low is not None else quantity.amount.high
    return None
