"""Who does what to whom around a trigger: subject, object, owner, and what follows each preposition.

With `triggers` this is the seam at which a reader that learned from texts takes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.extract.forms import ING, PARTICIPLE, verb_forms
from onrecord.extract.grammar import Chunk, View, is_adverb, is_number, only_counts, words
from onrecord.extract.triggers import ADJECTIVE, MOVE, NOUN, VERB, Trigger
from onrecord.lexicon.lexicon import table

_REACH = 14  # words after a trigger within which a preposition may still belong to it
_OBJECT_REACH = 8  # words between a verb and its object: determiners, numbers, adjectives
_TITLE_REACH = 4  # words of a title between a country and a person: "UK foreign secretary,"
_OWNER_REACH = 4  # words between "Turkey's" and "offensive"
_ALSO_CONJUNCTIONS = frozenset({"after", "before", "since", "until", "as", "than", "like"})
_JOINTS = frozenset(
    {",", "and", "&", "or", "as", "well", "the", "a", "an", "its", "their", "his", "some", "other", "allied"}
)


@dataclass(frozen=True, slots=True)
class Roles:
    """What stands around a trigger; `helpers` are the helping words before a verb ("have", "not", "to")."""

    subject: tuple[Chunk, ...] = ()
    object: tuple[Chunk, ...] = ()
    owner: tuple[Chunk, ...] = ()
    after: dict[str, tuple[Chunk, ...]] = field(default_factory=dict)
    helpers: tuple[str, ...] = ()
    passive: bool = False
    attributive: bool = False
    start: int = 0


def roles(view: View, trigger: Trigger, before: Sequence[tuple[Trigger, Roles]]) -> Roles:
    """Return the roles around a trigger; `before` holds the triggers to its left, for verbs that share a subject."""
    if trigger.verbal:
        return _of_verb(view, trigger, before)
    if trigger.pos == ADJECTIVE:
        return Roles(subject=_subject(view, trigger.first), start=trigger.first)
    return _of_noun(view, trigger)


# ------------------------------------------------------------------------------------------------------ verbs


def _of_verb(view: View, trigger: Trigger, before: Sequence[tuple[Trigger, Roles]]) -> Roles:
    start = _group_start(view, trigger.first)
    helpers = view.words[start : trigger.first]
    after = _after(view, trigger.after)
    described = _described(view, trigger, start)
    if described:
        passive = ING not in trigger.form
        return Roles(subject=(described,), after=after, helpers=helpers, passive=passive, attributive=True, start=start)
    found = _object(view, trigger.object_at)
    if not found and _describes_more(view, trigger, start):
        return Roles(after=after, helpers=helpers, passive=True, attributive=True, start=start)
    passive = _is_passive(view, trigger, helpers, found) or (
        not found and _shares_passive(view, trigger, start, before)
    )
    subject = _shared_subject(view, trigger, start, before) or _subject(view, start, _undergoing(before))
    return Roles(subject, () if passive else found, (), after, helpers, passive, False, start)


def _group_start(view: View, first: int) -> int:
    """Return where the verb group that ends at `first` starts: "had not yet been" before "captured"."""
    helping = words("be") | words("have") | words("modals") | words("do") | words("negations") | {"to"}
    i = first
    while i > 0 and (view.words[i - 1] in helping or (is_adverb(view.words[i - 1]) and view.word(i - 2) != ",")):
        if view.words[i - 1] == "s" or (view.words[i - 1] == "'s" and any(c.after == i - 1 for c in view.chunks)):
            break
        i -= 1
    while i < first and is_adverb(view.words[i]) and view.words[i] not in words("negations"):
        i += 1
    return i


def _described(view: View, trigger: Trigger, start: int) -> Chunk | None:
    """Return the noun that a participle describes: "the captured fighters", "fleeing refugees"."""
    if start < trigger.first or not trigger.form & {PARTICIPLE, ING}:
        return None
    covering = view.chunk_at(trigger.first)
    if covering and covering.after > trigger.after:
        return covering
    following = next((c for c in view.chunks if 0 <= c.first - trigger.after <= 1 and c.first >= trigger.after), None)
    if not following or (following.first > trigger.after and not _plain(view, trigger.after)):
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
    return (
        following
        if trigger.pos == MOVE and (opened or (previous not in words("be") and following.first == trigger.after))
        else None
    )


def _describes_more(view: View, trigger: Trigger, start: int) -> bool:
    """Tell whether a participle describes a noun that is no mention: "the besieged and battered enclave"."""
    alone = start == trigger.first and trigger.form & {PARTICIPLE} and trigger.pos != MOVE
    return bool(alone) and view.word(start - 1) in words("determiners") and view.word(trigger.after) not in {"by", "in"}


def _shares_passive(view: View, trigger: Trigger, start: int, before: Sequence[tuple[Trigger, Roles]]) -> bool:
    """Tell whether a participle shares the helping verb of one before: "be hunted down and killed"."""
    joined = view.word(start - 1) in {"and", "or"} and PARTICIPLE in trigger.form and start == trigger.first
    return joined and bool(before) and before[-1][1].passive and not before[-1][1].attributive


def _plain(view: View, index: int) -> bool:
    word = view.word(index)
    return (
        word.isalpha()
        and word not in words("determiners")
        and word not in words("prepositions") | words("conjunctions")
    )


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


def _subject(view: View, start: int, undergoing: frozenset[str] = frozenset()) -> tuple[Chunk, ...]:
    """Return the subject of the verb group that starts at `start`, with what is joined to it.

    Mentions in `undergoing` are passed over, unless "who" follows one.
    """
    i = start - 1
    if view.word(i) in words("relatives"):
        return _joined_back(view, _last(view, i))
    adjacent = next((c for c in view.chunks if c.after == start and not c.possessive), None)
    if adjacent and adjacent.preposition in _ALSO_CONJUNCTIONS:
        return _joined_back(view, adjacent)
    clause = view.clauses[start] if start < len(view.clauses) else -1
    related = _relative_subject(view, start, clause)
    if related:
        return _joined_back(view, related)
    nearest = None
    for chunk in reversed(view.chunks):
        if chunk.after > start or chunk.possessive or chunk.mention.id in undergoing:
            continue
        if view.clauses[chunk.first] == clause and not chunk.preposition:
            return _joined_back(view, chunk)
        if nearest is None and not chunk.preposition:
            nearest = chunk
    return _joined_back(view, nearest) or _first_after(view, start)


def _relative_subject(view: View, start: int, clause: int) -> Chunk | None:
    """Return whom "who" stands for, for a later verb of its clause: "rebels who continue to ambush"."""
    opening = view.clauses.index(clause) if clause in view.clauses else 0
    at = opening + 1 if view.word(opening) == "," else opening
    if at == 0 or at >= start or view.word(at) not in {"who", "which"}:
        return None
    inside = any(at < c.first < start and not c.preposition and view.clauses[c.first] == clause for c in view.chunks)
    return None if inside else _last(view, at)


def _first_after(view: View, start: int) -> tuple[Chunk, ...]:
    """Return the subject that comes late: "After capturing the town, rebels ..."."""
    clause = view.clauses[start] if start < len(view.clauses) else 0
    comma = next((i for i in range(start, len(view.words)) if view.words[i] == "," and view.clauses[i] == clause), None)
    if comma is None:
        return ()
    return tuple(c for c in view.chunks if comma < c.first <= comma + 4 and not c.preposition and not c.possessive)[:1]


def _last(view: View, index: int) -> Chunk | None:
    return next((chunk for chunk in reversed(view.chunks) if chunk.after <= index), None)


def _joined_back(view: View, chunk: Chunk | None) -> tuple[Chunk, ...]:
    found: list[Chunk] = []
    while chunk is not None:
        found.insert(0, chunk)
        previous = _last(view, chunk.first)
        if previous and previous.possessive and previous.after == chunk.first:
            previous = _last(view, previous.first)  # "Russia and its allies": the owner joins nothing
        between = view.words[previous.after : chunk.first] if previous else ()
        chunk = previous if previous and "and" in between and all(map(_joins, between)) else None
    return tuple(found)


def _joins(word: str) -> bool:
    """Tell whether a word may stand between two names of a list: "100 soldiers and some eighty rebels"."""
    return word in _JOINTS or word in words("determiners") | words("numerals") or is_number(word)


def _object(view: View, at: int) -> tuple[Chunk, ...]:
    """Return the object that starts at or soon after `at`, with what is joined to it."""
    for i in range(at, min(at + _OBJECT_REACH, len(view.words))):
        chunk = next((c for c in view.chunks if c.first <= i < c.after), None)
        if chunk:
            owned = _owned(view, chunk)
            return _joined_on(view, owned) if owned else ()
        word = view.words[i]
        if i == at and word in {"and", "or"} and _verb_follows(view, i + 1):
            continue  # "kill or catch the rebels": the second verb is passed over
        if i == at + 1 and view.words[at] in {"and", "or"}:
            continue
        numeral = is_number(word) or word in words("determiners")
        numeral = numeral or (word in {"at", "up", "to", "than"} and only_counts(view.words, i, i + 4))
        if not numeral and (not word[0].isalnum() or word in words("prepositions") - {"of", "about", "over", "than"}):
            return ()
        if (
            word in words("be") | words("have") | words("modals") | words("openers") | words("conjunctions")
            and word != "that"
        ):
            return ()
    return ()


def _verb_follows(view: View, index: int) -> bool:
    """Tell whether a verb stands at an index, as in "killed or wounded": not a name, and an object after it."""
    if view.chunk_at(index) or not view.word(index).isalpha() or is_number(view.word(index)):
        return False
    word, following = view.word(index), view.word(index + 1)
    opens = following in words("determiners") or is_number(following) or view.chunk_at(index + 1) is not None
    return opens and word not in words("determiners") | words("be") | words("have") | words("numerals")


def _owned(view: View, chunk: Chunk) -> Chunk | None:
    """Return what is meant by "their vehicles" and "Syria's Kurds": what is owned, and nothing where it has no name."""
    if not chunk.possessive:
        return chunk
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    if following is None or following.first - chunk.after > _OWNER_REACH or following.preposition:
        return None
    between = view.words[chunk.after : following.first]
    return following if all(word[0].isalnum() or word in {"'s", "'"} for word in between) else None


def _joined_on(view: View, chunk: Chunk) -> tuple[Chunk, ...]:
    found = [chunk]
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    while following and following.first - found[-1].after <= 4:
        between = view.words[found[-1].after : following.first]
        loose = [w for w in between if w not in _JOINTS and w not in words("determiners") and not is_number(w)]
        if not between or loose or not set(between) & {",", "and", "or", "&"}:
            break
        found.append(following)
        following = next((c for c in view.chunks if c.first >= found[-1].after), None)
    if len(found) > 1 and not set(view.words[found[0].after : found[-1].first]) & {"and", "or", "&"}:
        return (chunk,)  # commas alone join no list: "killed a rebel, police said"
    return tuple(found)


def _after(view: View, at: int) -> dict[str, tuple[Chunk, ...]]:
    """Return the first chunk under each preposition after a trigger, within its clause."""
    found: dict[str, tuple[Chunk, ...]] = {}
    clause = view.clauses[at - 1]
    for chunk in view.chunks:
        near = at <= chunk.first <= at + _REACH
        if near and chunk.preposition and view.clauses[chunk.first] == clause and chunk.preposition not in found:
            found[chunk.preposition] = _joined_on(view, _titled(view, chunk))
    return found


def _titled(view: View, chunk: Chunk) -> Chunk:
    """Return the person of "the UK foreign secretary, A. Example": a country in a title gives way."""
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    if chunk.category in {"place", "body"} and following and following.category == "person":
        between = view.words[chunk.after : following.first]
        if len(between) <= _TITLE_REACH and not any(w in words("prepositions") | {"and"} for w in between):
            return following
    return chunk


# ------------------------------------------------------------------------------------------------------ nouns


def _of_noun(view: View, trigger: Trigger) -> Roles:
    owner = _owner(view, trigger.first)
    after = _after(view, trigger.after)
    subject, undergone = _carrier(view, trigger)
    if undergone:
        return Roles(object=subject, owner=owner, after=after, start=trigger.first)
    return Roles(subject, _hit(view, trigger), owner, after, start=trigger.first)


def _hit(view: View, trigger: Trigger) -> tuple[Chunk, ...]:
    """Return what follows "shelling" without a preposition, and what "the strike destroyed"."""
    following = view.chunk_at(trigger.after)
    if view.word(trigger.after - 1).endswith("ing") and following and following.first == trigger.after:
        return _joined_on(view, following)
    at = trigger.after
    while is_adverb(view.word(at)) or view.word(at) in words("have"):
        at += 1
    word = view.word(at)
    active = (word.endswith("ed") or word in {"hit", "struck"}) and view.word(at + 1) not in words("prepositions")
    return _object(view, at + 1) if active else ()


def _owner(view: View, first: int) -> tuple[Chunk, ...]:
    """Return who owns an event noun: "Turkey's latest offensive", "regime airstrikes"."""
    for chunk in reversed(view.chunks):
        gap = view.words[chunk.after : first]
        if chunk.after > first or len(gap) > _OWNER_REACH:
            continue
        if chunk.possessive and not set(gap[1:]) & (words("prepositions") | words("conjunctions") | {","}):
            return _joined_back(view, chunk)
        if not gap:
            return (chunk,)
        return ()
    return ()


def _carrier(view: View, trigger: Trigger) -> tuple[tuple[Chunk, ...], bool]:
    """Return who launches, leads or suffers the event of a noun, and whether it suffers it."""
    for i in range(trigger.first - 1, max(-1, trigger.first - 7), -1):
        word = view.words[i]
        if word in _light():
            return _subject(view, _group_start(view, i)), word in _suffered()
        if word in words("relatives") or not (word[0].isalnum() or word == "'s") or word in words("openers"):
            break
    for i in range(trigger.after, min(len(view.words), trigger.after + 8)):
        if view.words[i] in _light() and view.word(i + 1) == "by":
            return _after(view, i + 1).get("by", ()), False
    return (), False


@cache
def _light() -> frozenset[str]:
    return _forms("light_verbs")


@cache
def _suffered() -> frozenset[str]:
    return _forms("suffered_verbs")


def _forms(name: str) -> frozenset[str]:
    """Return each one-word form of the verbs of a list; of "carry out" the first word."""
    irregular = table("events")["forms"]
    return frozenset(form.split()[0] for verb in table("grammar")[name] for form in verb_forms(verb, irregular))


__all__ = ["NOUN", "Roles", "roles"]
