"""The words by which a sentence refers to an event, found with the lists of `events.toml`.

This is the seam at which a reader that learned from texts takes over: anything that yields `Trigger`s may stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.extract.events.forms import BASE, ING, PARTICIPLE, PAST, THIRD, plural, verb_forms
from onrecord.extract.events.grammar import View, is_adverb, is_number, words
from onrecord.extract.events.idioms import idle
from onrecord.lexicon.lexicon import table
from onrecord.model.vocabulary import EVENT_TYPES

NOUN, VERB, SUFFER, MOVE, ADJECTIVE = "noun", "verb", "suffer", "move", "adjective"
AMBIGUOUS = "ambiguous"  # the type of words that are events only where a rule says so
_OWN = frozenset({"his", "her", "their", "its", "our", "my", "your"})
_SELF = frozenset({"himself", "herself", "themselves", "itself", "myself", "ourselves"})
_PARTICLES = frozenset({"out", "back", "off", "down", "up", "over", "away", "in"})
_GAP = 4  # words of an object between verb and particle: "drove the last militants out"


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one entry of the lists: its words, the dictionary form, its part of speech and its type."""

    words: tuple[str, ...]
    lemma: str
    pos: str
    type: str
    form: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or words that refer to an event: their half-open token range, and the types that they may have.

    `pos` is noun, adjective, verb, suffer (a verb whose subject it happens to) or move (a verb without target);
    `form` says which forms of the verb it may be. `object_at` is where the object of a verb starts.
    """

    first: int
    after: int
    lemma: str
    pos: str
    types: tuple[str, ...]
    form: frozenset[str] = frozenset()
    object_at: int = 0

    @property
    def verbal(self) -> bool:
        """Whether it is a verb."""
        return self.pos in {VERB, SUFFER, MOVE}


def triggers(view: View) -> Iterator[Trigger]:
    """Yield the triggers of a sentence in order; they do not overlap, and longer ones win."""
    i, none = 0, idle(view)
    while i < len(view.words):
        found = _trigger_at(view, i)
        if found and none.isdisjoint(range(found.first, found.after)) and not _inside_name(view, found):
            yield found
            i = found.after
        else:
            i += 1


def _trigger_at(view: View, i: int) -> Trigger | None:
    matches = [
        (end, object_at, entry)
        for entry in _index().get(view.words[i], ())
        for end, object_at in _match(view, i, entry)
    ]
    if not matches:
        return None
    longest = max(len(entry.words) for _, _, entry in matches)
    best = [match for match in matches if len(match[2].words) == longest]
    readings = {entry.pos for _, _, entry in best}
    if NOUN in readings and len(readings) > 1:
        noun = _is_noun(view, i, best[0][0], frozenset().union(*(e.form for _, _, e in best)))
        best = [match for match in best if (match[2].pos == NOUN) == noun]
    end, object_at, first = best[0]
    types = tuple(dict.fromkeys(entry.type for _, _, entry in best if entry.pos == first.pos or first.pos != NOUN))
    return Trigger(i, end, first.lemma, first.pos, types, first.form, object_at)


def _match(view: View, i: int, entry: Entry) -> Iterator[tuple[int, int]]:
    """Yield where a match of the entry at token `i` ends, and where its object may start."""
    n = len(entry.words)
    if all(_same(view.word(i + k), word) for k, word in enumerate(entry.words)):
        yield i + n, i + n
    elif n == 2 and entry.pos == VERB and entry.words[1] in _PARTICLES | words("after_objects"):
        for k in range(i + 2, i + 2 + _GAP):
            if view.word(k) == entry.words[1] and _object_between(view, i + 1, k):
                yield i + 1, i + 1
                return


def _object_between(view: View, first: int, after: int) -> bool:
    """Tell whether the words between a verb and its particle look like an object: no mark, no other verb."""
    between = view.words[first:after]
    stops = words("prepositions") | words("conjunctions") | words("be") | words("modals")
    return all(word[0].isalnum() and word not in stops for word in between)


def _same(word: str, pattern: str) -> bool:
    return word == pattern or (pattern in _OWN and word in _OWN) or (pattern in _SELF and word in _SELF)


def _is_noun(view: View, first: int, after: int, form: frozenset[str]) -> bool:
    """Tell whether words that may be noun or verb stand as a noun here."""
    before, following = view.word(first - 1), view.word(after)
    while is_adverb(before) and first > 0:
        first -= 1
        before = view.word(first - 1)
    if form and not form & {BASE, THIRD, ING}:
        return _is_nominal_participle(view, first, after)
    if before == "to" or before in words("modals") or before in words("do") or before in words("pronouns"):
        return False
    if ING in form:
        return _ing_is_noun(view, first, after)
    if before in words("determiners") or before in {"'s", "'"} or before in words("prepositions") or is_number(before):
        return True
    opens_object = following in words("determiners") - {"more", "most", "that"} or bool(_name_starts(view, after))
    return not (opens_object and (THIRD in form or before in {"and", "or"} or _name_ends(view, first)))


def _is_nominal_participle(view: View, first: int, after: int) -> bool:
    """Tell whether a participle stands for people: "the wounded", "11 of the injured"."""
    before, following = view.word(first - 1), view.word(after)
    opened = before in {"the", "those", "their", "many"} or is_number(before)
    return opened and (
        not following[:1].isalpha() or following in words("prepositions") | words("be") | words("conjunctions")
    )


def _ing_is_noun(view: View, first: int, after: int) -> bool:
    """Tell whether an "-ing" form is a noun: after determiner or adjective, or with no object after it."""
    before, following = view.word(first - 1), view.word(after)
    if before in words("be") or before in {",", "and", "while", "after", "before", "by", "without", "for"}:
        return following in {"of"} | words("be") or (
            before in {"and", "after", "before", "for"} and not _opens_object(view, after)
        )
    return before in words("determiners") or not _opens_object(view, after)


def _opens_object(view: View, index: int) -> bool:
    word = view.word(index)
    return (
        word in words("determiners")
        or is_number(word)
        or _name_starts(view, index)
        or word in {"them", "him", "her", "it", "us"}
    )


def _name_starts(view: View, index: int) -> bool:
    return any(chunk.first == index for chunk in view.chunks)


def _name_ends(view: View, index: int) -> bool:
    return any(chunk.after == index for chunk in view.chunks)


def _inside_name(view: View, trigger: Trigger) -> bool:
    """Tell whether the words are part of a name: "Operation Inherent Resolve", "on March 4"."""
    months = table("times")["guards"]["shy_months"]
    if trigger.lemma in months and view.capital(trigger.first) and (trigger.first or view.word(1).isdecimal()):
        return True
    chunk = view.chunk_at(trigger.first)
    if chunk and chunk.mention.form == "name" and view.capital(trigger.first) and chunk.after - chunk.first > 1:
        return True
    return trigger.lemma in words("before_names") and view.capital(trigger.first) and view.capital(trigger.after)


def is_event_noun(word: str) -> bool:
    """Tell whether a word in small letters is, or begins, an event noun of the lists."""
    return any(entry.pos == NOUN for entry in _index().get(word, ()))


@cache
def _index() -> dict[str, tuple[Entry, ...]]:
    """Return every form of every entry by its first word."""
    found: dict[str, dict[Entry, None]] = {}
    for entry in entries():
        found.setdefault(entry.words[0], {})[entry] = None
    return {word: tuple(entries) for word, entries in found.items()}


def entries() -> Iterator[Entry]:
    """Yield every form of every entry of the lists."""
    data = table("events")
    for kind in (*EVENT_TYPES, AMBIGUOUS):
        lists = data[kind]
        for key, pos in (("verbs", VERB), ("suffer", SUFFER), ("move", MOVE), ("phrases", VERB)):
            for lemma in lists.get(key, ()):
                for form, kinds in verb_forms(lemma, data["forms"]).items():
                    yield Entry(tuple(form.split()), lemma, pos, kind, kinds)
        for lemma in lists.get("nouns", ()):
            for form in dict.fromkeys((lemma, plural(lemma))):
                yield Entry(tuple(form.split()), lemma, NOUN, kind)
        for lemma in lists.get("adjectives", ()):
            yield Entry(tuple(lemma.split()), lemma, ADJECTIVE, kind)


FINITE = frozenset({BASE, THIRD, PAST})
__all__ = [
    "ADJECTIVE",
    "AMBIGUOUS",
    "FINITE",
    "MOVE",
    "NOUN",
    "PARTICIPLE",
    "PAST",
    "SUFFER",
    "VERB",
    "Entry",
    "Trigger",
    "entries",
    "triggers",
]
