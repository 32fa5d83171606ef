"""Who does what to whom around an event noun: its owner, its carrier, and what follows each preposition."""

from __future__ import annotations

from functools import cache

from onrecord.extract.events.grammar import Chunk, View, forms_of, is_adverb, words
from onrecord.extract.events.neighbours import (
    governed_after,
    group_start,
    joined_back,
    joined_on,
    object_at,
    subject_before,
)
from onrecord.extract.events.roles import Roles
from onrecord.extract.events.triggers import Trigger

_OWNER_REACH = 4  # words between "Turkey's" and "offensive"


def of_noun(view: View, trigger: Trigger) -> Roles:
    """Return the roles around an event noun; whoever suffers what it names is its object."""
    owner = _owner(view, trigger.first)
    after = governed_after(view, trigger.after)
    subject, undergone = _carrier(view, trigger)
    if undergone:
        return Roles(object=subject, owner=owner, after=after, start=trigger.first)
    return Roles(subject, _hit(view, trigger), owner, after, start=trigger.first)


def _hit(view: View, trigger: Trigger) -> tuple[Chunk, ...]:
    """Return what follows "shelling" without a preposition, and what "the strike destroyed"."""
    following = view.chunk_at(trigger.after)
    if view.word(trigger.after - 1).endswith("ing") and following and following.first == trigger.after:
        return joined_on(view, following)
    at = trigger.after
    while is_adverb(view.word(at)) or view.word(at) in words("have"):
        at += 1
    word = view.word(at)
    active = (word.endswith("ed") or word in words("pasts")) and view.word(at + 1) not in words("prepositions")
    return object_at(view, at + 1) if active else ()


def _owner(view: View, first: int) -> tuple[Chunk, ...]:
    """Return who owns an event noun: "Turkey's latest offensive", "regime airstrikes"."""
    for chunk in reversed(view.chunks):
        gap = view.words[chunk.after : first]
        if chunk.after > first or len(gap) > _OWNER_REACH:
            continue
        if chunk.possessive and not set(gap[1:]) & (words("prepositions") | words("conjunctions") | {","}):
            return joined_back(view, chunk)
        if not gap:
            return (chunk,)
        return ()
    return ()


def _carrier(view: View, trigger: Trigger) -> tuple[tuple[Chunk, ...], bool]:
    """Return who launches, leads or suffers the event of a noun, and whether it suffers it."""
    for i in range(trigger.first - 1, max(-1, trigger.first - 7), -1):
        word = view.words[i]
        if word in light_verbs():
            return subject_before(view, group_start(view, i)), word in _suffered()
        if word in words("relatives") or not (word[0].isalnum() or word == "'s") or word in words("openers"):
            break
    for i in range(trigger.after, min(len(view.words), trigger.after + 8)):
        if view.words[i] in light_verbs() and view.word(i + 1) == "by":
            return governed_after(view, i + 1).get("by", ()), False
    return (), False


@cache
def light_verbs() -> frozenset[str]:
    """Return the forms of the verbs that carry an event noun: "launched", "led"."""
    return _forms("light_verbs")


@cache
def _suffered() -> frozenset[str]:
    return _forms("suffered_verbs")


def _forms(name: str) -> frozenset[str]:
    """Return each one-word form of the verbs of a list; of "carry out" the first word."""
    return frozenset(form.split()[0] for form in forms_of(name))
