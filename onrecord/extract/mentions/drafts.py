"""What the search for mentions works with: the story's tokens, drafts of mentions, and the word lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from onrecord.extract.parts import Kit, Sentence
from onrecord.lexicon.actors import Actor
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.model.vocabulary import EntityKind

DEFINITE = frozenset({"the", "these", "those", "this", "that"})
INDEFINITE = frozenset({"a", "an", "one", "another"})
POSSESSIVE = frozenset({"his", "her", "its", "their"})
POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention in the making: tokens `first` to `last` (included) of a sentence, by its index.

    `head` is a nominal's noun in small letters, `owner` the name whose "'s" or "its" stands before it. `gender` is
    "m", "f" or "" where the words do not tell.
    """

    sentence: int
    first: int
    last: int
    kind: EntityKind
    name: str
    form: str = "name"
    actor: Actor | None = None
    head: str = ""
    modifiers: tuple[str, ...] = ()
    determiner: str = ""
    owner: str = ""
    plural: bool = False
    gender: str = ""

    @property
    def where(self) -> tuple[int, int]:
        """The sentence and the first token: drafts in this order are in the order of the text."""
        return (self.sentence, self.first)


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of the lexicon as sets; what each is for stands in the files."""

    never: frozenset[str]
    openers: frozenset[str]
    organisation: frozenset[str]
    force: frozenset[str]
    formation: frozenset[str]
    facility: frozenset[str]
    place: frozenset[str]
    place_before: frozenset[str]
    facility_before: frozenset[str]
    place_of: frozenset[str]
    prepositions: frozenset[str]
    directions: frozenset[str]
    place_after: frozenset[str]
    metonyms: frozenset[str]
    seats: frozenset[str]
    capitals: dict[str, str]
    known_as: frozenset[str]
    joints: frozenset[str]
    verbs: frozenset[str]
    after_head: frozenset[str]
    too_plain: frozenset[str]
    between: frozenset[str]
    undertakings: frozenset[str]
    heads_joined: frozenset[str]
    no_place_after: frozenset[str]
    party: frozenset[str]
    before_bodies: frozenset[str]
    in_short: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    role_modifiers: frozenset[str]
    offices: frozenset[str]
    ranks: frozenset[str]
    past: frozenset[str]
    speech: frozenset[str]
    heads: dict[str, str]
    in_names: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    to_whom: frozenset[str]
    naming: frozenset[str]
    people_say: frozenset[str]
    of_office: frozenset[str]
    demonyms: dict[str, str]
    countries: frozenset[str]


@cache
def meant(name: str) -> frozenset[str]:
    """Return the words of this name that tell whom a phrase means."""
    return frozenset(table("nominals")["meant"][name])


_OF_TITLES = (
    "speech", "in_names", "male", "female", "to_whom", "naming", "people_say", "of_office",
)  # fmt: skip


@cache
def word_lists() -> Lists:
    """Return the word lists, read once."""
    words, titles, nominals = table("name_words"), table("titles"), table("nominals")
    demonyms = {str(k): str(v) for k, v in nominals["demonyms"].items()}
    return Lists(
        **{name: frozenset(words[name]) for name in words if name != "capitals"},
        capitals={str(k): str(v) for k, v in words["capitals"].items()},
        titles=frozenset(titles["titles"]),
        roles=_with_plurals(titles["roles"]),
        role_modifiers=frozenset(titles["role_modifiers"]),
        offices=frozenset(titles["offices"]),
        ranks=frozenset(titles["ranks"]),
        past=frozenset(titles["past"]),
        **{name: frozenset(titles[name]) for name in _OF_TITLES},
        heads={str(k): str(v) for k, v in titles["heads"].items()},
        demonyms=demonyms,
        countries=frozenset(demonyms.values()) | frozenset(nominals["countries"]["names"]),
    )


def _with_plurals(words: Iterable[str]) -> frozenset[str]:
    """Return the words and their plurals."""
    found = set(words)
    for word in words:
        if word.endswith(("man", "woman")):
            found.add(word[:-2] + "en")
        elif word.endswith("y") and word[-2] not in "aeiou":
            found.add(word[:-1] + "ies")
        else:
            found.add(word + ("es" if word.endswith(("s", "ch")) else "s"))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Story:
    """A dispatch's sentences with easy access to their words; a word outside a sentence is the empty string."""

    dispatch: Dispatch
    sentences: tuple[Sentence, ...]
    kit: Kit
    lists: Lists = field(default_factory=word_lists)

    def word(self, sentence: int, token: int) -> str:
        """Return the token's text."""
        tokens = self.sentences[sentence].tokens
        return tokens[token].text if 0 <= token < len(tokens) else ""

    def low(self, sentence: int, token: int) -> str:
        """Return the token's text in small letters."""
        return self.word(sentence, token).lower()

    def text(self, sentence: int, first: int, last: int) -> str:
        """Return the words from one token to another, line breaks made spaces."""
        tokens = self.sentences[sentence].tokens
        return " ".join(self.dispatch.text[tokens[first].start : tokens[last].end].split())

    def speaks(self, sentence: int, first: int, last: int) -> bool:
        """Tell whether a verb of speech stands beside these tokens."""
        speech = self.lists.speech
        after = self.low(sentence, last + 1)
        if after in self.lists.naming and self.word(sentence, last + 2)[:1].isupper():
            return False  # "a daughter called Sarah"
        if after in speech or (after in {"also", "has", "had"} and self.low(sentence, last + 2) in speech):
            return True
        return self.low(sentence, first - 1) in speech - self.lists.to_whom and self.word(sentence, last + 1) in {
            "",
            ".",
            ",",
            "who",
        }


@dataclass(slots=True)
class Seen:
    """What has been mentioned so far, in order, and how often each actor is named in the whole dispatch."""

    story: Story
    named: Counter[str]
    actors: dict[str, Actor]
    drafts: list[Draft] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
