"""A sentence as the finding of events sees it: plain words, clauses, and who or what is mentioned where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.events.forms import verb_forms
from onrecord.extract.parts import Sentence
from onrecord.lexicon.actors import Actors
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention
from onrecord.model.values import Span

_STOPS = frozenset({";", ":", "“", "”", '"', "[", "]", "...", "…"})
_DASHES = frozenset({"–", "—", "-", "--"})
_REACH_BACK = 6  # words between a preposition and the name that it governs: "in the small northern town Ardun"

_BEFORE_DATES = frozenset({"since", "until"})
_WHAT_IS_AS = frozenset({"such", "well", "soon"})
_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_ARTICLES = frozenset({"all", "both", "half", "only", "just", "even", "such", "of"})
_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})

PLACE, FIGHTERS, PEOPLE, PERSON, BODY, THING = "place", "fighters", "people", "person", "body", "thing"
_CATEGORIES = {
    "place": PLACE, "facility": PLACE, "group": FIGHTERS, "population": PEOPLE, "person": PERSON,
    "organisation": BODY, "other": THING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    """A mention within a sentence: its half-open token range, what it is, and the preposition that governs it.

    `sort` is the category of the lexicon's actor by that name ("jihadist", "monitor"), "" where there is none.
    """

    first: int
    after: int
    mention: Mention
    category: str
    preposition: str = ""
    possessive: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A sentence in lower-case words, the number of the clause of each word, and its chunks in order."""

    sentence: Sentence
    words: tuple[str, ...]
    clauses: tuple[int, ...]
    chunks: tuple[Chunk, ...]

    def word(self, index: int) -> str:
        """Return the word at an index, "" beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def capital(self, index: int) -> bool:
        """Tell whether the word at an index is written with a capital."""
        return 0 <= index < len(self.words) and self.sentence.tokens[index].text[:1].isupper()

    def span(self, first: int, after: int) -> Span:
        """Return the stretch of the dispatch that the tokens cover."""
        tokens = self.sentence.tokens
        return Span(self.sentence.span.dispatch, tokens[first].start, tokens[after - 1].end)

    def chunk_at(self, index: int) -> Chunk | None:
        """Return the chunk that covers a token."""
        return next((chunk for chunk in self.chunks if chunk.first <= index < chunk.after), None)

    def chunk_of(self, mention: Mention) -> Chunk | None:
        """Return the chunk that a mention is here, `None` where it stands in another sentence."""
        return next((chunk for chunk in self.chunks if chunk.mention.id == mention.id), None)

    def clause_words(self, index: int, first: int = 0, after: int | None = None) -> tuple[str, ...]:
        """Return the words of the clause of a token, of those in a half-open token range, in order."""
        some = slice(first, after)
        told = zip(self.words[some], self.clauses[some], strict=True)
        return tuple(word for word, clause in told if clause == self.clauses[index])

    def token_at(self, offset: int) -> int:
        """Return the index of the first token that ends after an offset."""
        return bisect_right([token.end for token in self.sentence.tokens], offset)


@cache
def forms_of(name: str) -> frozenset[str]:
    """Return each form of the verbs of one list in `grammar.toml`: "led" and "leading" of "lead"."""
    irregular = table("events")["forms"]
    return frozenset(form for verb in table("grammar")[name] for form in verb_forms(verb, irregular))


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of small words from `grammar.toml`."""
    return frozenset(table("grammar")[name])


def view(sentence: Sentence, mentions: Iterable[Mention], actors: Actors | None = None) -> View:
    """Return the view of a sentence; of mentions that overlap the longer is kept, `actors` tell their sorts."""
    plain = tuple(_plain(token.text) for token in sentence.tokens)
    clauses = _clauses(plain)
    chunks = _chunks(sentence, plain, mentions)
    return View(sentence, plain, clauses, tuple(_sorted(chunk, actors) for chunk in chunks) if actors else chunks)


def _sorted(chunk: Chunk, actors: Actors) -> Chunk:
    actor = actors.by_name.get(chunk.mention.name)
    return replace(chunk, sort=actor.category) if actor else chunk


def _plain(text: str) -> str:
    """Return a word in small letters; the group IS is no form of "to be", and the US is not "us"."""
    return _acronyms().get(text) or text.lower().replace("’", "'").replace("‑", "-")


@cache
def _acronyms() -> dict[str, str]:
    return dict(table("grammar")["acronyms"])


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between a helping verb and its verb."""
    return word in words("adverbs") or (word.endswith("ly") and len(word) > 4)


def _clauses(plain: Sequence[str]) -> tuple[int, ...]:
    """Return the number of the clause of each word; what stands in brackets, dashes or ", who ...," is passed over."""
    numbers, count, outer = [], 0, [0]
    for i, word in enumerate(plain):
        closing = (
            word == ")"
            or (word in _DASHES and len(outer) > 1)
            or (word == "," and len(outer) > 1 and _closes(plain, i))
        )
        if closing and len(outer) > 1:
            outer.pop()
        elif word == "(" or word in _DASHES or (word in words("relatives") and i and plain[i - 1] == ","):
            count += 1
            outer.append(count)
        elif word in _STOPS or _opens_clause(plain, i):
            count += 1
            outer[-1] = count
        numbers.append(outer[-1])
    return tuple(numbers)


def _closes(plain: Sequence[str], i: int) -> bool:
    """Tell whether a comma ends the aside that it stands in: no list goes on after it."""
    return i + 1 < len(plain) and plain[i + 1] not in {"and", "or"}


def _opens_clause(plain: Sequence[str], i: int) -> bool:
    """Tell whether a word opens a clause: not "that" in "in that attack", "as" of a mere noun, or "since 2014"."""
    if plain[i] not in words("openers") or i == 0 or _before_a_date(plain, i):
        return False
    if plain[i] == "as" and plain[i - 1] in _WHAT_IS_AS | words("before_as"):
        return False
    return not (plain[i] == "that" and plain[i - 1] in words("prepositions"))


def _before_a_date(plain: Sequence[str], i: int) -> bool:
    """Tell whether only a date follows: "has held the town since July 2014"."""
    following = plain[i + 1] if i + 1 < len(plain) else ""
    named = following in table("times")["months"] or following in table("times")["weekdays"]
    return plain[i] in _BEFORE_DATES and (named or is_number(following))


def _chunks(sentence: Sentence, plain: Sequence[str], mentions: Iterable[Mention]) -> tuple[Chunk, ...]:
    starts = [token.start for token in sentence.tokens]
    ends = [token.end for token in sentence.tokens]
    kept: list[tuple[int, int, Mention]] = []
    ordered = sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start, m.kind))
    for mention in ordered:
        first = bisect_right(ends, mention.span.start)
        after = bisect_left(starts, mention.span.end)
        if first < after and not any(first < b and a < after for a, b, _ in kept):
            kept.append((first, after, mention))
    kept.sort(key=lambda item: item[0])
    taken = {i for first, after, _ in kept for i in range(first, after)}
    return tuple(_chunk(plain, first, after, mention, taken) for first, after, mention in kept)


def _chunk(plain: Sequence[str], first: int, after: int, mention: Mention, taken: set[int]) -> Chunk:
    possessive = after < len(plain) and (plain[after] in {"'s", "'"} or plain[first] in _POSSESSIVES)
    return Chunk(first, after, mention, category(mention), _governor(plain, first, taken), possessive)


def _governor(plain: Sequence[str], first: int, taken: set[int]) -> str:
    """Return the preposition that governs the name that starts at `first`, or ""."""
    for i in range(first - 1, max(-1, first - 2 - _REACH_BACK), -1):
        word = plain[i]
        if word in words("prepositions"):
            if only_counts(plain, i, first):
                continue
            return word
        if i in taken or not _may_lie_inside(word):
            return ""
        if word in _ARTICLES and i and plain[i - 1] not in words("prepositions") | _BEFORE_ARTICLES:
            return ""  # "since 2014 the army": the article opens the phrase, and no preposition stands before it
    return ""


def only_counts(plain: Sequence[str], i: int, first: int) -> bool:
    """Tell whether a preposition governs nothing: "at least 12", "tens of thousands of people", "the town of Ardun"."""
    if plain[i] == "of":
        return i > 0 and plain[i - 1] in words("amounts") | words("appositions")
    following = plain[i + 1] if i + 1 < first else ""
    counted = following in {"least", "most"} or is_number(following) or following in words("numerals")
    return plain[i] in {"at", "about", "around", "over", "under", "than", "to"} and counted


def _may_lie_inside(word: str) -> bool:
    """Tell whether a word may stand between a preposition and its name: determiner, adjective, noun, number."""
    if not word[0].isalnum() or word in words("plain_verbs") or word in words("openers") or is_adverb(word):
        return False
    known = ("be", "have", "do", "modals", "negations", "pronouns", "conjunctions")
    return not any(word in words(name) for name in known) and ("-" in word or not word.endswith(("ing", "ed")))


def category(mention: Mention) -> str:
    """Return what a mention is to an event: place, fighters, people, person, body or thing."""
    return _CATEGORIES[mention.kind]


def chunk_of(mention: Mention, actors: Actors) -> Chunk:
    """Return a mention of another sentence as a chunk, without a place in this one."""
    return _sorted(Chunk(0, 0, mention, category(mention)), actors)


_NUMBER = re.compile(r"\d[\d,.]*")


def is_number(word: str) -> bool:
    """Tell whether a word is a number in digits."""
    return bool(_NUMBER.fullmatch(word))
