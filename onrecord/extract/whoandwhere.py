"""Who did each event, to whom and where, as the rules and the trained reader together have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.events.bystanders import homes, relative_suffers, stands_by, without_bystanders
from onrecord.extract.events.casting import acting, allies, suffering
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View, chunk_of, words
from onrecord.extract.events.jointly import Foes, foes_in, helping, joint
from onrecord.extract.events.neighbours import of_a_side
from onrecord.extract.events.nounarguments import light_verbs
from onrecord.extract.events.sides import fitting_sides, not_their_own
from onrecord.extract.events.triggers import NOUN
from onrecord.extract.learned import Learned
from onrecord.lexicon.actors import Actors
from onrecord.model.records import Mention
from onrecord.reader.read import Argument

# Chosen on the development part of the gold annotation (27 dispatches).
SIDE_SURE = 0.18  # what reader and rules must give a target
AGENT_SURE = (
    0.21  # what they must give an agent: agents go from 68.1 to 68.5, and from 66.1 to 66.2 on the training part
)
RULE_SIDE = 0.15  # the say of the rules in who and whom
# The say of the rules for a name right before its verb, "the army captured", over RULE_SIDE: agents go from 65.1 to
# 65.4, and from 60.4 to 60.5 on the training part; where the subject is no name or not so near, the latter lose.
NAMED = 0.7
AWAY = 0.85  # how much the reader's chance of who or whom counts where it stands in another sentence
_OF_PLACES = frozenset({"siege", "territory_gain"})
RULE_PLACE = 0.1  # the say of the rules in where
PLACE_SURE = 0.15  # what both together must give a place
SLIGHT = 0.05  # a name that the reader gives less is nobody's side, whatever grammar says of it
SECOND = 0.4  # how likely another of the same side must be, beside the likeliest
_SUFFERED = frozenset({"killing", "injury"})
_CLOSE = 2  # words between "backed by the coalition" and the verb whose subject it describes; before the place taken
_OWNED = 4  # words between an owner and the event noun that is his: "Turkey's latest ground offensive"
_Side = dict[str, tuple[float, Mention]]
_Both = tuple[_Side, _Side]
_PARTIES = frozenset({"agreement", "negotiation"})  # whoever hosts talks is one of several
_BODIES = frozenset({"organisation", "group"})
_PLACES = frozenset({"place", "facility"})


def with_sides_and_places(
    events: Sequence[Found], learned: Learned, views: Sequence[View], actors: Actors, led: Mapping[str, Mention]
) -> list[Found]:
    """Return events with who, whom and where as both have it; `led` gives the governments of leaders."""
    sides = [_sides(item, learned) for item in events]
    told = [(_chosen(*both, AGENT_SURE), _chosen(both[1], both[0], SIDE_SURE)) for both in sides]
    foes = foes_in((e.kind, _names(a), _names(t)) for e, (a, t) in zip(events, told, strict=True))
    away = [(view, homes(view)) for view in views]
    abroad = frozenset(c.mention.id for view, some in away for c in view.chunks if c.first in some)
    known = (actors, led, foes, abroad)
    return [_with_arguments(*pair, learned, known) for pair in zip(events, sides, strict=True)]


def _names(mentions: Iterable[Mention]) -> list[str]:
    return [mention.name for mention in mentions]


def _sides(item: Found, learned: Learned) -> _Both:
    """Return how likely each is who does it, and whom it is done to, as rules and reader together have it."""
    item = without_bystanders(item)
    given = (*item.seen.arguments, *item.seen.others) if item.seen else ()
    doers = _chances(item, [a for a in given if a.role == "agent"], item.agents, learned)
    by = item.around.after.get("by", ()) if item.around.passive or not item.trigger.verbal else ()
    by = (
        item.around.after.get("to", ())
        if item.trigger.lemma in words("falling") and item.kind == "territory_gain"
        else by
    )
    for chunk in by if item.agents else ():
        doers[chunk.mention.name] = (1.0, chunk.mention)
    sufferers = _chances(item, [a for a in given if a.role == "target"], item.targets, learned)
    for subject in _named_before(item):
        side = sufferers if item.around.passive else doers
        side[subject.name] = (_chance(side, subject.name) + NAMED, subject)
    if item.around.passive:
        _alike(sufferers, item)
    likeliest = max((chance for chance, _ in doers.values()), default=0.0)
    for chunk in allies(item.trigger, item.around):
        doers[chunk.mention.name] = (max(likeliest, AGENT_SURE), chunk.mention)
        sufferers.pop(chunk.mention.name, None)
    return doers, sufferers


def _alike(side: _Side, item: Found) -> None:
    """Make those joined in one subject as likely as the likeliest: "15 militants and 10 soldiers were killed"."""
    joined = [c.mention for c in item.around.subject if c in (*item.agents, *item.targets) and c.mention.name in side]
    likeliest = max((_chance(side, m.name) for m in joined), default=0.0)
    side.update({m.name: (likeliest, side[m.name][1]) for m in joined})


def _joint(item: Found, both: _Both, foes: Foes) -> list[Mention]:
    """Return who does it, without the enemies of one likelier."""
    found = _chosen(*both, AGENT_SURE)
    others = frozenset(_names(_chosen(both[1], both[0], SIDE_SURE)))
    likeliest = sorted(_names(found), key=lambda name: (_behind(item, both[0][name][1]), -both[0][name][0], name))
    kept = joint(item.kind, likeliest, others, {c.mention.name for c in item.agents}, foes)
    return [m for m in found if m.name in kept]


def _behind(item: Found, mention: Mention) -> bool:
    """Tell whether a name stands behind an active verb of fighting, where the one who acts seldom does."""
    own = item.view.chunk_of(mention)
    active = item.kind == "armed_clash" and item.trigger.verbal and not item.around.passive
    return own is not None and active and own.first >= item.trigger.after


def _with_arguments(
    item: Found,
    both: _Both,
    learned: Learned,
    known: tuple[Actors, Mapping[str, Mention], Foes, frozenset[str]],
) -> Found:
    """Return an event with who, whom and where as the reader has them; the rules have a say in who and whom."""
    actors, led, foes, abroad = known
    doing, undergoing = _joint(item, both, foes), _chosen(both[1], both[0], SIDE_SURE)
    helpers, helped = {m.name: both[0][m.name][0] for m in doing}, {m.name: both[1][m.name][0] for m in undergoing}
    out = helping(item.kind, helpers, helped, foes)
    agents, targets = (
        tuple(_chunk(item, mention, actors) for mention in side if mention.name not in out)
        for side in (doing, undergoing)
    )
    kept, hit = fitting_sides(item.kind, acting(agents), suffering(targets, item.kind, agents), led)
    hit = not_their_own(item.kind, kept, hit, actors)
    given = (*item.seen.arguments, *item.seen.others) if item.seen else ()
    place = _place(item, [a for a in given if a.role == "place"], learned, abroad)
    reasons = (*item.reasons, "who, whom and where: the rules and the trained reader together")
    return replace(
        item, agents=kept, targets=hit, place=place, reasons=reasons if kept or hit or place else item.reasons
    )


def _named_before(item: Found) -> list[Mention]:
    """Return the name, and those joined to it, right before a verb: who does it, of a passive verb whom it hits.

    "Who" may stand between, and between a name and an event noun the verb that carries it: "the army led the assault".
    """
    sides = item.targets if item.around.passive else item.agents
    named = [c for c in item.around.subject if c in sides and c.mention.form == "name"]
    near = any(_leads(item, chunk) for chunk in named)
    return [c.mention for c in named] if near else []


def _leads(item: Found, chunk: Chunk) -> bool:
    """Tell whether a subject stands right before its verb, or before the verb that carries an event noun."""
    at = chunk.after
    if not item.trigger.verbal:
        return item.kind not in _PARTIES and item.view.word(at) in light_verbs()
    at += item.view.word(at) == "," and item.view.word(at + 1) in words("relatives")
    return item.around.start == at + (item.view.word(at) in words("relatives"))


def _place(item: Found, given: Iterable[Argument], learned: Learned, abroad: frozenset[str]) -> Mention | None:
    """Return the likeliest place, by the reader's chance and the rules' say; `abroad` are the homes of persons."""
    undergone = undergoing(item)
    if undergone:
        return undergone
    by_rule = item.place if item.place and item.place.id not in abroad else None
    found: _Side = {by_rule.name: (RULE_PLACE, by_rule)} if by_rule else {}
    for argument in given:
        mention = learned.mention_of(argument)
        mention = learned.as_kind(mention, _PLACES) if mention else None
        if mention and mention.id not in abroad:
            found[mention.name] = (_chance(found, mention.name) + argument.score, mention)
    best = max(found, key=lambda name: (found[name][0], name), default=None)
    return found[best][1] if best is not None and found[best][0] >= PLACE_SURE else None


def undergoing(item: Found) -> Mention | None:
    """Return the named place that is itself taken, besieged or hit: "Ardun is surrounded", "the recapture of Ardun"."""
    around = item.around
    chunks = (around.subject if around.passive else around.object) or around.after.get("of", ())
    named = [c for c in chunks if c.category == "place" and c.mention.form == "name"]
    close = named and (around.passive or 0 <= named[0].first - item.trigger.after <= _CLOSE)
    return named[0].mention if close and len(named) == 1 and item.kind in _OF_PLACES else None


def _chance(side: _Side, name: str) -> float:
    return side[name][0] if name in side else 0.0


def _chances(item: Found, given: Iterable[Argument], by_rule: Sequence[Chunk], learned: Learned) -> _Side:
    """Return how likely each is in a role: the reader's chance, less from other sentences, and the rules' say."""
    found: _Side = {}
    for argument in given:
        mention = learned.mention_of(argument)
        if mention and mention.kind == "place":
            mention = learned.as_kind(mention, _BODIES) or mention
        if mention and _passed_over(item, mention, argument):
            continue
        personal = mention and mention.kind == "person" and argument.role == "target"
        if mention and not ((item.kind in _SUFFERED or personal) and _owns_another(item, mention)):
            here = item.view.sentence.span.start <= argument.start < item.view.sentence.span.end
            chance = argument.score * (1.0 if here else AWAY)
            found[mention.name] = (_chance(found, mention.name) + chance, mention)
    for chunk in by_rule:
        known = found.get(chunk.mention.name, (0.0, chunk.mention))
        found[chunk.mention.name] = (known[0] + RULE_SIDE, known[1])
    return found


def _passed_over(item: Found, mention: Mention, argument: Argument) -> bool:
    """Tell whether grammar keeps a name from the role that the reader gives it."""
    own = item.view.chunk_of(mention) if argument.score >= SLIGHT else None
    if argument.role == "agent":
        return _of_a_side(item, mention) or (own is not None and stands_by(item, own, "agent"))
    return relative_suffers(item) or (own is not None and stands_by(item, own, "target"))


def _chosen(side: _Side, other: _Side, sure: float) -> list[Mention]:
    """Return those likely enough: in themselves, beside the likeliest of the side, and rather here than there."""
    least = max(sure, SECOND * max((chance for chance, _ in side.values()), default=0.0))
    return [m for name, (c, m) in side.items() if c >= least and _chance(other, name) <= c]


def _of_a_side(item: Found, mention: Mention) -> bool:
    """Tell whether a name only says whose side somebody is on: "militias backed by the coalition took the hill"."""
    own, trigger = item.view.chunk_of(mention), item.trigger
    near = own and (own.first >= trigger.after or (trigger.verbal and 0 <= trigger.first - own.after <= _CLOSE))
    return own is not None and bool(near) and of_a_side(item.view, own, trigger.after)


def _owns_another(item: Found, mention: Mention) -> bool:
    """Tell whether a name stands there only as the owner of something else: "the death of Begum's son"."""
    trigger = item.trigger
    own = item.view.chunk_of(mention)
    named = [own] if own else [c for c in item.view.chunks if c.mention.name == mention.name]
    near = any(trigger.pos == NOUN and 0 <= trigger.first - c.after <= _OWNED for c in named)
    return bool(named) and all(c.possessive for c in named) and not near


def _chunk(item: Found, mention: Mention, actors: Actors) -> Chunk:
    """Return a mention as a chunk: its place in the event's sentence, where it stands there."""
    return item.view.chunk_of(mention) or chunk_of(mention, actors)
