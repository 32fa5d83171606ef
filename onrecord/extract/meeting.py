"""Where the rules and the trained reader meet.

The rules go first: names, times, numbers, and events by word list and grammar. The reader is told all of it, was
trained to weigh it with its own view, and has the last word on which words are events, of which type and status, and
who and where; the rules keep what they are best at (dates, bounds, channels) and a say in the type.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.events.bystanders import homes, relative_suffers, stands_by, without_bystanders
from onrecord.extract.events.casting import acting, allies, suffering
from onrecord.extract.events.forms import BASE, ING, PARTICIPLE, PAST
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View, chunk_of, words
from onrecord.extract.events.idioms import idle
from onrecord.extract.events.jointly import Foes, foes_in, helping, joint
from onrecord.extract.events.neighbours import of_a_side
from onrecord.extract.events.nounarguments import light_verbs
from onrecord.extract.events.roles import Roles
from onrecord.extract.events.sides import fitting_sides, not_their_own
from onrecord.extract.events.statuswords import TOLD_AS_HEARSAY
from onrecord.extract.events.triggers import ADJECTIVE, NOUN, VERB, Trigger
from onrecord.extract.events.where_when import headings, time_of
from onrecord.extract.parts import Quantity, TimeExpression
from onrecord.lexicon.actors import Actors
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention
from onrecord.model.values import Span, When
from onrecord.model.vocabulary import Status
from onrecord.reader.candidates import Known, KnownEvent, KnownName
from onrecord.reader.read import Argument, Read
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
_TAGS = {"VERB": VERB, "AUX": VERB, "ADJ": ADJECTIVE}
_PARTIES = frozenset({"agreement", "negotiation"})  # whoever hosts talks is one of several
_BODIES = frozenset({"organisation", "group"})
_PLACES = frozenset({"place", "facility"})


def known_of(
    mentions: Iterable[Mention],
    times: Iterable[TimeExpression],
    quantities: Iterable[Quantity],
    found: Iterable[Found],
) -> Known:
    """Return what the reader is told: all that the rules have found in a dispatch."""
    return Known(
        tuple(KnownName(m.span.start, m.span.end, m.name, m.form != "name", m.kind) for m in mentions),
        tuple((t.span.start, t.span.end) for t in times),
        tuple((q.span.start, q.span.end) for q in quantities),
        tuple(map(_known_event, found)),
    )


def _known_event(found: Found) -> KnownEvent:
    span = found.view.span(found.trigger.first, found.trigger.after)
    agents, targets = (frozenset(c.mention.name for c in side) for side in (found.agents, found.targets))
    place = frozenset({found.place.name} if found.place else ())
    return KnownEvent(span.start, span.end, found.kind, found.status, agents, targets, place)


@dataclass(frozen=True, slots=True)
class Learned:
    """What the trained reader makes of a dispatch, to be asked by place."""

    read: Read
    mentions: dict[tuple[int, int], Mention]
    starts: list[int] = field(default_factory=list)
    triggers: list[Seen] = field(default_factory=list)

    @classmethod
    def of(cls, read: Read, mentions: Iterable[Mention]) -> Learned:
        """Return what was read, with the mentions that the reader was told of."""
        triggers = sorted((*read.events, *read.doubted), key=lambda t: t.start)
        by_span = {(m.span.start, m.span.end): m for m in mentions}
        return cls(read, by_span, [t.start for t in triggers], triggers)

    def within(self, span: Span) -> list[Seen]:
        """Return the triggers that begin in a stretch, in order."""
        return self.triggers[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def mention_of(self, argument: Argument) -> Mention | None:
        """Return the mention that an argument is, or the nearest that names the same; `None` where none has a name."""
        own = self.mentions.get((argument.start, argument.end))
        if own:
            return own
        inside = [m for (s, e), m in self.mentions.items() if argument.start <= s and e == argument.end]
        if inside or argument.name is None:
            return max(inside, key=lambda m: m.span.end - m.span.start, default=None)
        same = [m for m in self.mentions.values() if m.name == argument.name]
        return min(same, key=lambda m: (abs(m.span.start - argument.start), m.span.start), default=None)

    def as_kind(self, mention: Mention, kinds: frozenset[str]) -> Mention | None:
        """Return a mention if it is of one of these kinds, else the nearest of them by its name: Syria as a land."""
        if mention.kind in kinds:
            return mention
        same = [m for m in self.mentions.values() if m.name == mention.name and m.kind in kinds]
        at = mention.span.start
        return min(same, key=lambda m: (abs(m.span.start - at), m.span.start), default=None)

    def tag_at(self, offset: int) -> str:
        """Return the part of speech of the word that begins at an offset, "X" where none does."""
        at = bisect_left(self.read.words, offset, key=lambda w: w.start)
        return self.read.words[at].tag if at < len(self.read.words) and self.read.words[at].start == offset else "X"


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
    sides = [_sides(item, learned) for item in events]
    told = [(_chosen(*both, AGENT_SURE), _chosen(both[1], both[0], SIDE_SURE)) for both in sides]
    foes = foes_in((e.kind, _names(a), _names(t)) for e, (a, t) in zip(events, told, strict=True))
    abroad = frozenset(c.mention.id for view in views for c in view.chunks if c.first in homes(view))
    known = (actors, led, foes, abroad)
    return [_with_arguments(*pair, learned, known) for pair in zip(events, sides, strict=True)]


def _names(mentions: Iterable[Mention]) -> list[str]:
    return [mention.name for mention in mentions]


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
    likeliest = max((chance for chance, _ in doers.values()), default=0.0)
    for chunk in allies(item.trigger, item.around):
        doers[chunk.mention.name] = (max(likeliest, AGENT_SURE), chunk.mention)
        sufferers.pop(chunk.mention.name, None)
    return doers, sufferers


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
