"""What our reading finds around words that an annotator marked as an event: who, whom, where, when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.extract.events.arguments import Roles, roles
from onrecord.extract.events.forms import BASE, ING, PARTICIPLE, PAST
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.triggers import NOUN, VERB, Trigger
from onrecord.extract.events.where_when import place_of, time_of
from onrecord.extract.parts import Kit
from onrecord.extract.read import Ruled, by_rule, read
from onrecord.model.records import Claim, Dispatch, Reading, claim_id
from onrecord.model.values import Span

OTHER = "other"  # a type of event that the record's list does not have


def asked(dispatch: Dispatch, marks: Iterable[tuple[Span, Span]], kit: Kit) -> Reading:
    """Return a reading whose claims are events at the marked triggers (each with its sentence), all of one type.

    Who, whom, where, when and status are those of the claim that the reading of this kit has at these words, else what
    the rules find around them.
    """
    reading, ruled = read(dispatch, kit), by_rule(dispatch, kit)
    own = [claim for claim in reading.claims if claim.kind == "event"]
    claims = []
    for trigger, sentence in marks:
        same = next((claim for claim in own if claim.trigger.overlaps(trigger)), None)
        found = same or _by_grammar(ruled, trigger, sentence)
        new = claim_id("event", OTHER, trigger)
        claims.append(replace(found, id=new, type=OTHER, trigger=trigger, sentence=sentence))
    return replace(reading, claims=tuple(claims))


def _by_grammar(ruled: Ruled, trigger: Span, sentence: Span) -> Claim:
    """Return a claim with what the rules find around a trigger, none of it where they see no sentence there."""
    bare = Claim(claim_id("event", OTHER, trigger), "event", OTHER, trigger, sentence)
    view = next((v for v in ruled.views if v.sentence.span.overlaps(trigger)), None)
    if view is None:
        return bare
    first, after = view.token_at(trigger.start), view.token_at(trigger.end - 1) + 1
    if not first < after <= len(view.words):
        return bare
    words = _trigger(view, first, after)
    around = roles(view, words, ())
    agents, targets = _sides(around)
    here = [time for time in ruled.times if view.sentence.span.holds(time.span)]
    place = place_of(view, first, after, (*around.object, *around.owner))
    return replace(
        bare,
        agents=tuple(dict.fromkeys(chunk.mention.id for chunk in agents)),
        targets=tuple(dict.fromkeys(chunk.mention.id for chunk in targets)),
        place=place.mention.id if place else None,
        when=time_of(view, first, here, verbal=words.verbal, state="happened"),
    )


def _trigger(view: View, first: int, after: int) -> Trigger:
    word = view.words[first]
    noun = view.word(first - 1) in {"the", "a", "an", "his", "her", "its", "their", "'s", "of"}
    form = {ING} if word.endswith("ing") else {PAST, PARTICIPLE} if word.endswith(("ed", "en")) else {BASE}
    return Trigger(first, after, word, NOUN if noun else VERB, (), frozenset() if noun else frozenset(form), after)


def _sides(around: Roles) -> tuple[Sequence[Chunk], Sequence[Chunk]]:
    """Return who does and who suffers it, by grammar alone."""
    by, of = around.after.get("by", ()), around.after.get("of", ())
    if around.passive:
        return by, around.subject
    return around.subject or around.owner or by, around.object or of
