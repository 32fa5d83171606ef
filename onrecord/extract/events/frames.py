"""Sentences to event claims: trigger, type, who did it to whom, where, when, and whether it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.arguments import Roles, roles
from onrecord.extract.events.casting import cast
from onrecord.extract.events.choice import Case, Setting, choose
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import View, view
from onrecord.extract.events.sides import fitting_sides, outside_speech
from onrecord.extract.events.status import status
from onrecord.extract.events.triggers import Trigger, triggers
from onrecord.extract.events.where_when import headings, place_of, time_of
from onrecord.extract.parts import Sentence, TimeExpression
from onrecord.lexicon.actors import Actors
from onrecord.model.records import Claim, Mention, Statement, claim_id
from onrecord.model.values import When

_BASE_SCORE = 0.5  # a lexical trigger alone: about half of what such words yield is fully right
_PART_SCORE = 0.1  # for each of agent, target, place and date that the sentence itself gives


def views_of(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], actors: Actors | None = None
) -> tuple[View, ...]:
    """Return each sentence with the mentions in it, as the finding of events, figures and control sees it."""
    return tuple(view(sentence, [m for m in mentions if sentence.span.holds(m.span)], actors) for sentence in sentences)


def events(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], times: Sequence[TimeExpression]
) -> tuple[Claim, ...]:
    """Return a claim for each event mention of the sentences, in order; ids of mentions stand for who and where."""
    return event_claims(frames(views_of(sentences, mentions), times))


def event_claims(found: Sequence[Found]) -> tuple[Claim, ...]:
    """Return the claim that each event found amounts to."""
    return tuple(_claim(item) for item in found)


def frames(
    views: Sequence[View],
    times: Sequence[TimeExpression],
    statements: Sequence[Statement] = (),
    led: Mapping[str, Mention] | None = None,
) -> list[Found]:
    """Return what each sentence tells of events.

    Whoever tells of an event in `statements` is not the one that acts; `led` gives the governments of leaders.
    """
    told: list[str] = []
    setting = Setting(" ".join(word for seen in views for word in seen.words), told)
    found: list[Found] = []
    for seen, heading in zip(views, headings(views, times), strict=True):
        here = [time for time in times if seen.sentence.span.holds(time.span)]
        said = [statement for statement in statements if statement.content.overlaps(seen.sentence.span)]
        items = [_with_sides(item, said, led) for item in _of_sentence(seen, here, setting, told)]
        found += [_dated(item, heading) for item in items]
    return found


def _dated(item: Found, heading: When) -> Found:
    """Give an event without a date of its own that of the heading that it stands under, as timelines have."""
    if item.when.known or not heading.known:
        return item
    return replace(item, when=heading, reasons=(*item.reasons, "date: that of the heading above"))


def _with_sides(item: Found, said: Sequence[Statement], led: Mapping[str, Mention] | None) -> Found:
    """Leave out of an event whoever only tells of it ("the monitor said") and whoever can be no side of its type."""
    trigger = item.view.span(item.trigger.first, item.trigger.after)
    holding = [statement for statement in said if statement.content.holds(trigger)]
    agents = outside_speech(item.view, item.agents, holding)
    targets = outside_speech(item.view, item.targets, holding)
    agents, targets = fitting_sides(item.kind, agents, targets, led)
    return replace(item, agents=agents, targets=targets)


def _of_sentence(seen: View, times: Sequence[TimeExpression], setting: Setting, told: list[str]) -> list[Found]:
    before: list[tuple[Trigger, Roles]] = []
    found: list[Found] = []
    for trigger in triggers(seen):
        around = roles(seen, trigger, before)
        choice = choose(Case(seen, trigger, around, setting))
        before.append((trigger, around))
        if choice.type is None:
            continue
        told.append(choice.type)
        agents, targets = cast(trigger, choice.type, around)
        state, why = status(seen, trigger, around)
        undergone = around.subject if around.passive else around.object
        place = place_of(seen, trigger.first, trigger.after, (*undergone, *around.owner))
        when = time_of(seen, trigger.first, times, verbal=trigger.verbal, state=state)
        reasons = (choice.reason, why)
        found.append(
            Found(
                seen,
                trigger,
                around,
                choice.type,
                agents,
                targets,
                state,
                place.mention if place else None,
                when,
                reasons,
            )
        )
    return found


def _claim(found: Found) -> Claim:
    trigger = found.view.span(found.trigger.first, found.trigger.after)
    parts = (found.agents, found.targets, found.place, found.when.known)
    return Claim(
        id=claim_id("event", found.kind, trigger),
        kind="event",
        type=found.kind,
        trigger=trigger,
        sentence=found.view.sentence.span,
        status=found.status,
        agents=tuple(dict.fromkeys(chunk.mention.id for chunk in found.agents)),
        targets=tuple(dict.fromkeys(chunk.mention.id for chunk in found.targets)),
        place=found.place.id if found.place else None,
        when=found.when,
        score=found.score or round(_BASE_SCORE + _PART_SCORE * sum(map(bool, parts)), 2),
        reasons=found.reasons,
    )
