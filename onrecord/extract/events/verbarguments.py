"""Who does what to whom around a verb: active or passive, describing a noun, or sharing a subject."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.events.forms import ING, PARTICIPLE
from onrecord.extract.events.grammar import Chunk, View, is_number, words
from onrecord.extract.events.neighbours import governed_after, group_start, object_at, plain_word, subject_before
from onrecord.extract.events.roles import Roles
from onrecord.extract.events.triggers import MOVE, VERB, Trigger


def of_verb(view: View, trigger: Trigger, before: Sequence[tuple[Trigger, Roles]]) -> Roles:
    """Return the roles around a verb; `before` holds the triggers to its left, whose subject it may share."""
    start = group_start(view, trigger.first)
    helpers = view.words[start : trigger.first]
    after = governed_after(view, trigger.after)
    described = _described(view, trigger, start)
    if described:
        passive = ING not in trigger.form
        return Roles(subject=(described,), after=after, helpers=helpers, passive=passive, attributive=True, start=start)
    found = object_at(view, trigger.object_at)
    named = found and view.word(start - 1) not in {"the", "a", "an", "its", "their", "this", "these"}
    if not named and _describes_more(view, trigger, start):
        return Roles(after=after, helpers=helpers, passive=True, attributive=True, start=start)
    passive = _is_passive(view, trigger, helpers, found) or (
        not found and _shares_passive(view, trigger, start, before)
    )
    subject = (
        _reduced(view, trigger, start)
        or _shared_subject(view, trigger, start, before)
        or subject_before(view, start, _undergoing(before))
    )
    return Roles(subject, () if passive else found, (), after, helpers, passive, False, start)


def _described(view: View, trigger: Trigger, start: int) -> Chunk | None:
    """Return the noun that a participle describes: "the captured fighters", "fleeing refugees"."""
    if start < trigger.first or not trigger.form & {PARTICIPLE, ING}:
        return None
    covering = view.chunk_at(trigger.first)
    if covering and covering.after > trigger.after:
        return covering
    following = next((c for c in view.chunks if 0 <= c.first - trigger.after <= 1 and c.first >= trigger.after), None)
    if not following or (following.first > trigger.after and not plain_word(view, trigger.after)):
        return None
    previous = view.word(trigger.first - 1)
    opened = (
        previous in words("determiners")
        or previous in words("prepositions")
        or is_number(previous)
        or previous in {"'s", ""}
    )
    if PARTICIPLE in trigger.form and ING not in trigger.form:
        return following if opened and trigger.pos != MOVE else None
    if trigger.lemma in words("by_armies") and following.category == "fighters":
        free = opened or previous in words("openers")
        return following if free and following.first == trigger.after else None
    return (
        following
        if trigger.pos == MOVE and (opened or (previous not in words("be") and following.first == trigger.after))
        else None
    )


def _reduced(view: View, trigger: Trigger, start: int) -> tuple[Chunk, ...]:
    """Return whom a participle right behind a name is told of: "the coalition backing the rebels"."""
    if ING not in trigger.form or start < trigger.first:
        return ()
    return tuple(
        c for c in view.chunks if c.after == start and not c.possessive and c.category in {"fighters", "people"}
    )


def _describes_more(view: View, trigger: Trigger, start: int) -> bool:
    """Tell whether a participle describes a noun that is no mention: "the besieged and battered enclave"."""
    alone = start == trigger.first and trigger.form & {PARTICIPLE} and trigger.pos != MOVE
    return bool(alone) and view.word(start - 1) in words("determiners") and view.word(trigger.after) not in {"by", "in"}


def _shares_passive(view: View, trigger: Trigger, start: int, before: Sequence[tuple[Trigger, Roles]]) -> bool:
    """Tell whether a participle shares the helping verb of one before: "be hunted down and killed"."""
    joined = view.word(start - 1) in {"and", "or"} and PARTICIPLE in trigger.form and start == trigger.first
    return joined and bool(before) and before[-1][1].passive and not before[-1][1].attributive


def _is_passive(view: View, trigger: Trigger, helpers: Sequence[str], found: tuple[Chunk, ...]) -> bool:
    if PARTICIPLE not in trigger.form or trigger.pos != VERB:
        return False
    forms = [word for word in helpers if word in words("be")]
    if forms:
        return True
    if set(helpers) & words("have") or found:
        return False
    following = view.word(trigger.after)
    counted = next((chunk for chunk in view.chunks if chunk.after == trigger.first), None)
    ends = following in words("prepositions") | {"", ".", ",", "when"}
    return following == "by" or (counted is not None and (ends or counted.category == "people"))


def _shared_subject(
    view: View, trigger: Trigger, start: int, before: Sequence[tuple[Trigger, Roles]]
) -> tuple[Chunk, ...]:
    """Return the subject that a verb takes over: "captured the town and killed", "struck the market, killing"."""
    previous = view.word(start - 1)
    joined = previous in {"and", "or", "then", "but"} or (
        previous == "," and not set(view.words[start : trigger.first]) & words("be")
    )
    if not joined or not before:
        return ()
    last, given = next(((t, r) for t, r in reversed(before) if t.verbal or ING in trigger.form), (None, None))
    if last is None or given is None or given.attributive:
        return ()
    if not last.verbal:
        return given.owner or given.after.get("by", ())
    if ING in trigger.form and given.passive:
        return given.after.get("by", ())
    return given.subject


def _undergoing(before: Sequence[tuple[Trigger, Roles]]) -> frozenset[str]:
    """Return the mentions that are objects of verbs to the left, which do nothing themselves in what follows."""
    return frozenset(chunk.mention.id for trigger, given in before if trigger.verbal for chunk in given.object)
