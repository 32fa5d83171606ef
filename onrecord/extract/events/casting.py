"""Who is agent and who is target of an event, from what stands around its trigger and from its type."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.extract.events.arguments import Roles
from onrecord.extract.events.grammar import Chunk, forms_of, words
from onrecord.extract.events.triggers import ADJECTIVE, MOVE, NOUN, SUFFER, Trigger

Chunks = tuple[Chunk, ...]
Cast = tuple[Chunks, Chunks]

_MOVERS = frozenset({"displacement", "withdrawal", "deployment"})  # whoever moves is the agent, also as an object
_PARTIES = frozenset({"agreement", "negotiation"})
_SUFFERERS = frozenset(
    {"killing", "injury", "destruction", "detention", "abduction", "release", "evacuation", "clearance", "prosecution"}
)
_BESIDE = 4  # words between a verb of fighting and the side that is fought for: "fight for the self-styled state"


def cast(trigger: Trigger, kind: str, around: Roles) -> Cast:
    """Return the chunks that are agents and those that are targets; places count only where they may act."""
    if trigger.pos == NOUN:
        agents, targets = _of_noun(trigger, kind, around)
    else:
        agents, targets = _of_verb(trigger, kind, around)
    return acting(agents), suffering(targets, kind, agents)


def _of_verb(trigger: Trigger, kind: str, around: Roles) -> Cast:
    doer, undergoer = _sides(trigger, around)
    if kind in _MOVERS:
        return _mover(trigger, kind, doer, undergoer, around), ()
    if kind in _PARTIES:
        other = undergoer if trigger.lemma in words("meeting") else _first(around, "with", "between")
        return _together(doer, other), ()
    if kind == "surrender":
        return doer, _first(around, "to")
    if trigger.lemma in words("losing_verbs") and kind != "killing":
        return (), doer
    if kind == "territory_gain":
        losers = undergoer if _fighting(undergoer) else _first(around, "from")
        return doer, losers
    if kind in {"support", "aid"} and not undergoer:
        return doer, _first(around, "to", "for", "with")
    if kind == "armed_clash" and not undergoer:
        beside = allies(trigger, around)
        foes = _first(around, "against", "with", "on", "at")
        return _together(doer, beside), tuple(c for c in foes if c not in beside)
    if kind in {"bombing", "shelling", "air_strike"} and not undergoer:
        return doer, _first(around, "at", "on", "against")
    return doer, undergoer


def allies(trigger: Trigger, around: Roles) -> Chunks:
    """Return for or beside whom somebody fights: "fighting for the regime", "fought with the army against rebels"."""
    if trigger.lemma.split()[0] not in forms_of("fights"):  # the trained reader gives a trigger as the text has it
        return ()
    beside = ("for", "alongside", "with") if "against" in around.after else ("for", "alongside")
    near = (c for p in beside for c in around.after.get(p, ()) if 0 <= c.first - trigger.after <= _BESIDE)
    return tuple(dict.fromkeys(c for c in near if c.category in {"fighters", "body"}))


def _sides(trigger: Trigger, around: Roles) -> Cast:
    """Return who does what the verb says, and who undergoes it."""
    by = around.after.get("by", ())
    if trigger.pos in {SUFFER, ADJECTIVE}:
        return (around.after.get("to", ()) if trigger.lemma in words("falling") else by), around.subject
    if trigger.pos == MOVE:
        return around.subject, around.object
    if around.passive:
        return by, around.subject
    return around.subject, around.object


def _mover(trigger: Trigger, kind: str, doer: Chunks, undergoer: Chunks, around: Roles) -> Chunks:
    """Return who moves: the object of "displaced thousands", the subject of "fled"; for troops sent, whose they are."""
    if kind == "deployment":
        return undergoer if around.passive else doer
    movers = undergoer if _people(undergoer) and trigger.pos != MOVE else ()
    return movers or doer


def _of_noun(trigger: Trigger, kind: str, around: Roles) -> Cast:
    owner, by, of = around.owner, around.after.get("by", ()), around.after.get("of", ())
    between, against = around.after.get("between", ()), _first(around, "against", "on", "with")
    sent = around.after.get("from", ()) if kind in {"air_strike", "shelling"} else ()
    doer = by or owner or (sent if _fighting(sent) else ()) or around.subject
    if kind in _PARTIES:
        return between or _together(doer, around.after.get("with", ())), ()
    if kind in _MOVERS or kind == "surrender":
        movers = of if _people(of) else doer
        return movers, (_first(around, "to") if kind == "surrender" else ())
    if trigger.lemma in words("losing") and kind in {"territory_gain", "armed_clash"}:
        return by, (of if _fighting(of) else owner or around.object or around.subject)
    if kind == "territory_gain":
        return doer, _first(around, "from")
    if kind == "armed_clash":
        return (between, ()) if between else (doer, against or _fighters(of))
    if kind in _SUFFERERS:
        return _of_suffering(doer, owner, of, by, around)
    if kind in {"support", "aid"}:
        return doer, _first(around, "for", "to", "of")
    return doer, around.object or against or of or _first(around, "at")


def _of_suffering(doer: Chunks, owner: Chunks, of: Chunks, by: Chunks, around: Roles) -> Cast:
    """Return the sides of "the killing of X", "X's capture by Y", "ISIL custody"."""
    if of:
        return (by or owner or around.subject), of
    if by and owner:
        return by, owner
    if owner and owner[0].category in {"people", "person"}:
        return by, owner
    return doer, around.object or _first(around, "among", "on", "against", "to")


def _first(around: Roles, *prepositions: str) -> Chunks:
    return next((around.after[p] for p in prepositions if p in around.after), ())


def _together(one: Chunks, other: Chunks) -> Chunks:
    return one + tuple(chunk for chunk in other if chunk not in one)


def _people(chunks: Chunks) -> bool:
    return bool(chunks) and chunks[0].category in {"people", "person", "fighters", "body"}


def _fighting(chunks: Chunks) -> bool:
    return bool(chunks) and chunks[0].category in {"fighters", "body", "person", "people"}


def _fighters(chunks: Chunks) -> Chunks:
    return chunks if _fighting(chunks) else ()


def acting(chunks: Iterable[Chunk]) -> Chunks:
    """Leave out what cannot act: towns, buildings, things."""
    return tuple(c for c in chunks if c.category not in {"thing", "place"} or c.mention.kind == "organisation")


_HIT = frozenset(
    {"air_strike", "shelling", "bombing", "suicide_bombing", "destruction", "violence_against_civilians", "clearance"}
)


def suffering(chunks: Iterable[Chunk], kind: str, agents: Chunks) -> Chunks:
    """Leave out what cannot be meant as target: the agents again, and places where only people or forces are."""
    kept = tuple(c for c in chunks if c not in agents)
    if kind in {"offensive", "siege"}:
        return tuple(c for c in kept if c.category not in {"place", "thing"} or c.mention.kind == "facility")
    if kind in _HIT:
        return tuple(c for c in kept if c.category != "place" or c.mention.kind == "facility" or kind == "shelling")
    return tuple(c for c in kept if c.category not in {"place", "thing"})
