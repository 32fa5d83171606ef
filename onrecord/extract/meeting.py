"""Where the rules and the trained reader meet: which words are events, of which type and status.

The rules go first: names, times, numbers, and events by word list and grammar. The reader is told all of it, was
trained to weigh it with its own view, and has the last word; the rules keep what they are best at (dates, bounds,
channels) and a say in the type. `whoandwhere` goes on from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.forms import BASE, ING, PARTICIPLE, PAST
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import View
from onrecord.extract.events.idioms import idle
from onrecord.extract.events.roles import Roles
from onrecord.extract.events.statuswords import TOLD_AS_HEARSAY
from onrecord.extract.events.triggers import ADJECTIVE, NOUN, VERB, Trigger
from onrecord.extract.events.where_when import headings, time_of
from onrecord.extract.learned import Learned
from onrecord.extract.parts import TimeExpression
from onrecord.extract.whoandwhere import with_sides_and_places
from onrecord.lexicon.actors import Actors
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention
from onrecord.model.values import When
from onrecord.model.vocabulary import Status
from onrecord.reader.read import Trigger as Seen

# Chosen on the development part of the gold annotation (27 dispatches).
RULE_TYPE = 0.3  # the say of the rules in an event's type, where they have one
SURE = 0.57  # what both together must give an event
RULE_STATUS = 0.15  # the say of the rules in its status; 0.2 is worse on both parts
# Their say where they find signs of hearsay: these hold in 83 of 100 on the training part and on our annotations, by
# rules alone, and the reader knows few examples of them.
RULE_HEARSAY = 0.4
ALONE = 0.7  # what the reader must give an event that it alone sees
TYPE_SURE = 0.5  # what the reader must give the type of an event that it alone sees
_TAGS = {"VERB": VERB, "AUX": VERB, "ADJ": ADJECTIVE}


def met(
    found: Sequence[Found],
    learned: Learned,
    views: Sequence[View],
    times: Sequence[TimeExpression],
    actors: Actors,
    led: Mapping[str, Mention],
) -> list[Found]:
    """Return the events as rules and reader together have them, in the order of the words.

    `led` gives the governments of leaders.
    """
    by_rule: dict[int, list[Found]] = {}
    for item in found:
        by_rule.setdefault(item.view.sentence.index, []).append(item)
    events: list[Found] = []
    for view, heading in zip(views, headings(views, times), strict=True):
        seen = learned.within(view.sentence.span)
        pairs = _paired(by_rule.get(view.sentence.index, []), seen)
        here = [kept for item, one in pairs if (kept := _weighed(item, one))]
        taken = [item.view.span(item.trigger.first, item.trigger.after) for item, _ in pairs]
        none = idle(view)
        alone = [s for s in seen if not any(s.start < span.end and span.start < s.end for span in taken)]
        alone = [s for s in alone if view.token_at(s.start) not in none]
        here += [own for s in alone if (own := _seen_only(view, s, learned, times, heading))]
        events += sorted(here, key=lambda item: item.trigger.first)
    return with_sides_and_places(events, learned, views, actors, led)


def _paired(found: Sequence[Found], seen: Sequence[Seen]) -> list[tuple[Found, Seen | None]]:
    """Return each event of the rules with the reader's trigger that overlaps it, the one that agrees if several do."""
    pairs = []
    for item in found:
        span = item.view.span(item.trigger.first, item.trigger.after)
        same = [s for s in seen if s.start < span.end and span.start < s.end]
        kind = item.kind
        pairs.append((item, max(same, key=lambda s: (dict(s.types).get(kind, 0.0), s.event_score), default=None)))
    return pairs


def _weighed(item: Found, seen: Seen | None) -> Found | None:
    """Return an event of the rules with the type and status that the reader gives it, `None` where it is none."""
    chances = dict(seen.types) if seen else {}
    total = {kind: (1 - RULE_TYPE) * chance for kind, chance in chances.items()}
    total[item.kind] = total.get(item.kind, 0.0) + RULE_TYPE
    if seen is None or sum(total.values()) < SURE:
        return None
    kind = max(total, key=lambda one: (total[one], one))
    reasons = item.reasons
    if kind != item.kind:
        reasons = (*reasons, f"the trained reader takes it for {kind} ({chances[kind]:.0%})")
    say = RULE_HEARSAY if TOLD_AS_HEARSAY in item.reasons else RULE_STATUS
    statuses: dict[Status, float] = {name: (1 - say) * chance for name, chance in seen.statuses}
    statuses[item.status] = statuses.get(item.status, 0.0) + say
    status = max(statuses, key=lambda one: (statuses[one], one))
    if status != item.status:
        reasons = (*reasons, f"the trained reader takes it as {status} ({seen.status_score:.0%})")
    return replace(item, kind=kind, status=status, seen=seen, score=round(total[kind], 2), reasons=reasons)


def _seen_only(
    view: View, seen: Seen, learned: Learned, times: Sequence[TimeExpression], heading: When
) -> Found | None:
    """Return an event that the reader alone sees, `None` where it is not sure enough."""
    trigger = _trigger(view, seen, learned)
    if trigger is None or seen.event_score < ALONE or seen.score < TYPE_SURE:
        return None
    holding = table("events")["holding"]
    if seen.type in holding["types"] and trigger.lemma in holding["words"]:
        return None
    here = [time for time in times if view.sentence.span.holds(time.span)]
    when = time_of(view, trigger.first, here, verbal=trigger.verbal, state=seen.status)
    when = when if when.known else heading
    reason = f"the trained reader takes it for {seen.type}, {seen.status} ({seen.score:.0%})"
    score = round((1 - RULE_TYPE) * seen.score, 2)
    return Found(view, trigger, Roles(), seen.type, (), (), seen.status, None, when, (reason,), seen, score)


def _trigger(view: View, seen: Seen, learned: Learned) -> Trigger | None:
    """Return a trigger of the reader in the words of a sentence."""
    first, after = view.token_at(seen.start), view.token_at(seen.end - 1) + 1
    if not first < after <= len(view.words):
        return None
    word = view.words[first]
    pos = _TAGS.get(learned.tag_at(seen.start), NOUN)
    form = {ING} if word.endswith("ing") else {PAST, PARTICIPLE} if word.endswith("ed") else {BASE}
    lemma = " ".join(view.words[first:after])
    return Trigger(first, after, lemma, pos, (seen.type,), frozenset(form) if pos == VERB else frozenset(), after)
