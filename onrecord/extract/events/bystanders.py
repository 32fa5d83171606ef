"""Who only stands by: names in an event's sentence that its grammar keeps from doing or suffering it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import PERSON, PLACE, Chunk, View, forms_of, is_number, words
from onrecord.extract.events.neighbours import group_start, subject_before
from onrecord.extract.events.triggers import ADJECTIVE, NOUN, SUFFER

_SUFFERED = frozenset({"killing", "injury"})
_HELP = frozenset({"support", "aid"})
_WITHIN = 4  # words that may stand between a preposition and its name: "alongside the local Kurdish forces"
_ACCUSED = 5  # words between a verb of accusing and whom it accuses: "blamed the army's eastern command"
_CHARGE = 12  # words between such a verb and the deed
_BESIDE = 3  # words between an event and "against": "support at home against the militia"
_SERVED = 8  # words between a death and the service of the dead
_HOME = 3  # words between a person and "from": "Omar Tell, aged 24, from Ardun"


def stands_by(item: Found, chunk: Chunk, role: Literal["agent", "target"]) -> bool:
    """Tell whether a name in the sentence of an event cannot have this role in it."""
    view, at = item.view, item.trigger.first
    if chunk.first in homes(view) or (item.kind in _SUFFERED and _companion(item, chunk)):
        return True
    if _owner(item, chunk) or _has_others(view, chunk) or _bound(item, chunk):
        return True
    if role == "agent":
        if _anybody(item):
            return True
        return _opposed(item, chunk) or _accuses(view, chunk, at) or _counted_dead(item, chunk)
    if item.kind in _HELP:
        return _opposed(item, chunk)
    alongside = item.kind == "armed_clash" and chunk.preposition == "alongside" and _near(item, chunk)
    return alongside or _helped(view, chunk, at)


def without_bystanders(item: Found) -> Found:
    """Return an event without those of its sentence that can have no part in it."""
    here = item.view.chunks
    agents = tuple(c for c in item.agents if c not in here or not stands_by(item, c, "agent"))
    targets = tuple(c for c in item.targets if c not in here or not stands_by(item, c, "target"))
    return replace(item, agents=agents, targets=targets)


def homes(view: View) -> frozenset[int]:
    """Return where the places begin that only tell whence somebody is: "Omar Tell, 24, from Ardun, Kent, died"."""
    found: set[int] = set()
    for person in view.chunks if "from" in view.words else ():
        if person.category != PERSON:
            continue
        at = person.after
        while at - person.after < _HOME and (view.word(at) in {","} | words("ages") or is_number(view.word(at))):
            at += 1
        if view.word(at) == "from" and at > person.after:
            found |= _listed(view, at + 1)
    return frozenset(found)


def _listed(view: View, at: int) -> set[int]:
    """Return where a place and those behind its commas begin: "Ardun, Kent"."""
    found: set[int] = set()
    for chunk in view.chunks:
        if chunk.first == at and chunk.category == PLACE:
            found.add(at)
            at = chunk.after + 1 if view.word(chunk.after) == "," else -1
    return found


def _preposition_at(view: View, chunk: Chunk) -> int:
    """Return where the preposition that governs a chunk stands, -1 where none does."""
    near = range(chunk.first - 1, max(-1, chunk.first - 2 - _WITHIN), -1)
    return next((i for i in near if chunk.preposition and view.words[i] == chunk.preposition), -1)


def _opposed(item: Found, chunk: Chunk) -> bool:
    """Tell whether an event is told to be against these."""
    return chunk.preposition == "against" and _near(item, chunk)


def _near(item: Found, chunk: Chunk) -> bool:
    """Tell whether the preposition of a name stands close behind an event."""
    return 0 <= _preposition_at(item.view, chunk) - item.trigger.after < _BESIDE


def _has_others(view: View, chunk: Chunk) -> bool:
    """Tell whether a name only says whose allies or foes others are: "Ardun's allies", "an ally of the army"."""
    owned = chunk.possessive and not words("counterparts").isdisjoint(view.words[chunk.after : chunk.after + _WITHIN])
    at = _preposition_at(view, chunk)
    return owned or (chunk.preposition == "of" and view.word(at - 1) in words("counterparts"))


def _bound(item: Found, chunk: Chunk) -> bool:
    """Tell whether a name only says with whom relations are so: "the offensive raised tensions with Washington"."""
    before = item.view.word(_preposition_at(item.view, chunk) - 1)
    return chunk.preposition == "with" and before in words("relations") and item.trigger.first < chunk.first


def _companion(item: Found, chunk: Chunk) -> bool:
    """Tell whether somebody only served with these: "killed while fighting alongside the militia"."""
    at = _preposition_at(item.view, chunk)
    near = abs(at - item.trigger.first) <= _SERVED
    return near and chunk.preposition in {"alongside", "with"} and item.view.word(at - 1) in forms_of("serving")


def _helped(view: View, chunk: Chunk, at: int) -> bool:
    """Tell whether what is done is done for these: "strikes in support of the militia", "backs it with strikes"."""
    before = _preposition_at(view, chunk)
    if view.words[max(0, before - 2) : before] in {("in", noun) for noun in words("helping")}:
        return True
    start = chunk.first - 1 if view.word(chunk.first - 1) in words("determiners") else chunk.first
    return view.word(start - 1) in forms_of("backing") and view.word(chunk.after) == "with" and chunk.after < at


def _accuses(view: View, chunk: Chunk, at: int) -> bool:
    """Tell whether a name is that of who lays an event at another's door: "Ardun blamed the army for the attack"."""
    for i in range(max(chunk.after, at - _CHARGE), at):
        held = view.words[i] in words("holding") and not words("responsible").isdisjoint(view.words[i:at])
        called = view.words[i] in forms_of("calling") and view.word(i + 1) in words("upon")
        if not (held or called) and view.words[i] not in forms_of("accusing"):
            continue
        accused = any(i < c.first <= i + _ACCUSED and c.first < at for c in view.chunks) or "whom" in view.words[:i]
        if accused and not set(view.words[group_start(view, i) : i]) & words("be"):
            return chunk in subject_before(view, group_start(view, i))
    return False


def _anybody(item: Found) -> bool:
    """Tell whether a verb is told of anybody: "the army waits for everyone who gives himself up"."""
    view, at = item.view, item.trigger.first
    near = range(max(1, at - _WITHIN), at) if "who" in view.words else ()
    return any(view.words[i] == "who" and view.words[i - 1] in words("everybody") for i in near)


def _counted_dead(item: Found, chunk: Chunk) -> bool:
    """Tell whether the dead are these: "the toll among the militia", "losses for the army", "the dead of the SDF"."""
    if chunk.preposition not in {"among", "for", "of", "on"}:
        return False
    if chunk.after <= item.trigger.first:  # "the count for the army is lower: 538 killed"
        counted = item.view.word(_preposition_at(item.view, chunk) - 1) in words("tallies")
        return counted and item.kind in _SUFFERED
    near = 0 < chunk.first - item.trigger.after <= _WITHIN
    return near and item.trigger.lemma in words("tolls")


def _owner(item: Found, chunk: Chunk) -> bool:
    """Tell whether a name only says whose battles somebody fights: "mercenaries fighting Turkey's battles"."""
    own = chunk.possessive and chunk.first >= item.trigger.after and item.trigger.pos != NOUN
    return own and not words("causes").isdisjoint(item.view.words[chunk.after : chunk.after + 3])


def relative_suffers(item: Found) -> bool:
    """Tell whether somebody's relative without a name suffers what a verb says: "her husband was killed"."""
    view, at = item.view, group_start(item.view, item.trigger.first)
    suffering = item.trigger.pos in {SUFFER, ADJECTIVE} or not words("be").isdisjoint(
        view.words[at : item.trigger.first]
    )
    if item.kind not in _SUFFERED or not suffering:
        return False
    owned = not words("owners").isdisjoint(view.words[max(0, at - _WITHIN) : at - 1])
    return owned and view.word(at - 1) in words("kin") and view.chunk_at(at - 1) is None
