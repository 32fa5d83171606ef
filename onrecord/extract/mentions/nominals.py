"""People, groups, buildings and things that a dispatch refers to without a name: "US troops", "local residents"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.extract.mentions.drafts import DEFINITE, INDEFINITE, POSSESSIVE, POSSESSIVE_MARKS, Draft, Story, meant
from onrecord.extract.mentions.runs import title_case
from onrecord.lexicon.actors import Actor
from onrecord.lexicon.lexicon import table
from onrecord.model.vocabulary import EntityKind

# Actors whose fighters are the actor: "SDF fighters" are the SDF, while "US troops" are a force of their own.
_ARMED = frozenset({"jihadist", "rebel", "militia", "coalition", "state_force", "external_force"})
_At = dict[tuple[int, int], Draft]
_NAMES = ("group", "organisation", "place", "person", "population")


@dataclass(frozen=True, slots=True)
class _Noun:
    kind: EntityKind
    plural: bool
    bare: bool  # may stand without a word before it


@cache
def _nouns() -> dict[str, _Noun]:
    data = table("nominals")
    found: dict[str, _Noun] = {}
    kinds: tuple[EntityKind, ...] = ("group", "population")
    for kind in kinds:
        found |= {w: _Noun(kind, True, True) for w in data[kind]["plural"]}
    found |= {w: _Noun("group", False, False) for w in data["group"]["singular"]}
    found |= {w: _Noun("person", False, False) for w in data["person"]["singular"]}
    found |= {w: _Noun("facility", w.endswith("s"), w.endswith("s")) for w in data["facility"]["words"]}
    found |= {w: _Noun("other", w.endswith("s"), w.endswith("s")) for w in data["other"]["words"]}
    found |= {w: _Noun("place", False, False) for w in data["place"]["words"] if w not in found}
    roles = {w: _Noun("person", False, False) for w in table("titles")["roles"] if w not in found}
    return found | roles | {w: _Noun("organisation", True, True) for w in data["organisation"]["words"]}


@cache
def _modifiers() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    data = table("nominals")["modifiers"]
    return frozenset(data["words"]), tuple(data["endings"]), tuple(data["beginnings"])


def nominals(story: Story, named: list[Draft]) -> list[Draft]:
    """Return the names with the nominal phrases among them, in order; a phrase takes in the names that it begins with.

    A phrase is its noun and the listed words before it; numbers and determiners stay outside. "IS fighters" is named
    after the actor, "US troops" and "local residents" after their own words.
    """
    at = {(d.sentence, i): d for d in named for i in range(d.first, d.last + 1)}
    found = [d for s in story.sentences for d in _in_sentence(story, s.index, at)]
    taken = {(d.sentence, i) for d in found for i in range(d.first, d.last + 1)}
    left = [d for d in named if not taken & {(d.sentence, i) for i in range(d.first, d.last + 1)}]
    return sorted(left + found, key=lambda d: d.where)


def _in_sentence(story: Story, index: int, at: _At) -> Iterator[Draft]:
    end = -1
    for i in range(len(story.sentences[index].tokens)):
        if i <= end or (index, i) in at:
            continue
        found = _noun_at(story, index, i, at)
        if found is None:
            continue
        last, noun = found
        draft = _phrase(story, index, (i, last), noun, at)
        if draft and draft.first > end:
            yield draft
            end = last


def _noun_at(story: Story, index: int, i: int, at: _At) -> tuple[int, _Noun] | None:
    """Return the last token, the entry and the words of a listed noun that begins at token `i` and ends its phrase."""
    nouns = _nouns()
    word = story.word(index, i)
    if word not in nouns and not (i and word[0].isupper() and title_case(story, index)):
        word = word.lower()
    second, third = story.word(index, i + 1), story.word(index, i + 2)
    for last, words in ((i + 2, f"{word} {second} {third}"), (i + 1, f"{word} {second}"), (i, word)):
        noun = nouns.get(words)
        if noun and (index, last) not in at and _ends_phrase(story, index, last, noun, at):
            return last, noun
    return None


def _ends_phrase(story: Story, index: int, last: int, noun: _Noun, at: _At) -> bool:
    """Tell whether the noun is the head, not a word before another noun: "hospital staff", "rebel stronghold"."""
    after = story.word(index, last + 1)
    if (index, last + 1) in at:
        return noun.plural or noun.kind == "facility"
    if noun.kind == "group" and not noun.plural and _role_follows(story, index, last + 1):
        return True
    if noun.plural:
        return after not in _nouns() or story.word(index, last) in meant("crowds")
    known = story.lists
    return (
        not after
        or not after[0].isalnum()
        or after.lower() in known.after_head
        or after in known.verbs
        or after in known.speech
        or after.endswith(("ed", "ing", "ly"))
    )


def _role_follows(story: Story, index: int, i: int) -> bool:
    """Tell whether a role stands next: in "the coalition spokesman" the coalition is meant as well."""
    while story.low(index, i) in story.lists.role_modifiers:
        i += 1
    return story.low(index, i) in story.lists.roles


def _phrase(story: Story, index: int, noun_at: tuple[int, int], noun: _Noun, at: _At) -> Draft | None:
    """Return the draft of the phrase that this noun ends, or `None` where it is too bare to refer to anything."""
    head_first, last = noun_at
    head = story.text(index, head_first, last).lower()
    stands_for_body = head in story.lists.roles and (noun.kind == "person" or head in meant("officials"))
    first, names = _start(story, index, head_first, at, absorbs=not stands_for_body, noun=noun)
    body = at.get((index, first - 1)) if stands_for_body else None
    body = body if body and body.kind in {"group", "organisation"} else None
    begin = body.first if body else first
    determiner, owner = _before(story, index, begin, at)
    if not noun.plural and not determiner and _role_follows(story, index, last + 1):
        determiner = "the"
    modifiers = tuple(story.word(index, i) for i in range(first, head_first))
    if not _refers(story, index, last, noun, ("the" if determiner == "'s" and body else determiner, modifiers)) or (
        noun.kind == "person" and _apposed(story, index, (begin, last), at)
    ):
        return None
    actor = next((d.actor for d in names if d.actor), None)
    called = begin
    if noun.kind == "group" and _role_follows(story, index, last + 1):
        while called < head_first and story.low(index, called) in _ranks():
            called += 1
    name = _name(story.text(index, called, last), head, actor, modifiers)
    return Draft(
        index, first, last, noun.kind, name, "nominal", actor,
        head=head, modifiers=modifiers, determiner=determiner, owner=owner, plural=noun.plural,
        gender=_genders().get(head, "") if noun.kind == "person" else "",
    )  # fmt: skip


@cache
def _ranks() -> frozenset[str]:
    """Return what is said of the person that a body stands before: "a senior military officer"."""
    return frozenset(table("nominals")["modifiers"]["ranks"])


@cache
def _genders() -> dict[str, str]:
    """Return the gender of the nouns that tell it."""
    person = table("nominals")["person"]
    return dict.fromkeys(person["male"], "m") | dict.fromkeys(person["female"], "f")


def gender_of(noun: str) -> str:
    """Return "m" or "f" for a noun that tells it ("father"), else nothing."""
    return _genders().get(noun, "")


def _start(story: Story, index: int, head: int, at: _At, *, absorbs: bool, noun: _Noun) -> tuple[int, list[Draft]]:
    """Return the first token of the phrase whose noun is at `head`, and the names that it takes in."""
    first, names = head, []
    while first:
        before = at.get((index, first - 1)) or _bracketed(story, index, first, at)
        if before is not None:
            if not absorbs or before.kind not in _NAMES or (before.kind == "person" and noun.kind == "population"):
                break
            names.append(before)
            first = before.first
        elif _modifies(story, index, first - 1) or (
            not absorbs and story.low(index, first - 1) in story.lists.role_modifiers
        ):
            first -= 1
        elif first < head and _halved(story, index, first):
            first -= 1  # "United States-backed fighters"
        elif story.word(index, first - 1).isdigit() and (index, first - 2) in at and not noun.plural:
            first -= 1  # a body with a number in its name: "Deir az-Zour 24 monitoring group"
        else:
            break
    return first, names


def _halved(story: Story, index: int, i: int) -> bool:
    """Tell whether a word with a hyphen begins with the second half of a known name."""
    half, hyphen, _ = story.word(index, i).partition("-")
    name = f"{story.word(index, i - 1)} {half}"
    known = story.lists.countries
    if not hyphen or story.low(index, i - 1) in DEFINITE:
        return False
    return name in known or bool(story.kit.actors.find(name)) or story.kit.gazetteer.known(name)


def _refers(story: Story, index: int, last: int, noun: _Noun, before: tuple[str, tuple[str, ...]]) -> bool:
    """Tell whether a phrase with this determiner and modifiers refers to someone: a lone singular noun does not."""
    determiner, modifiers = before
    if noun.kind == "person":
        return determiner in INDEFINITE | DEFINITE
    if noun.kind == "place":
        return not modifiers and determiner in DEFINITE and story.word(index, last + 1) != "of"
    return noun.bare or bool(determiner or modifiers)


def _apposed(story: Story, index: int, bounds: tuple[int, int], at: _At) -> bool:
    """Tell whether the phrase only says who a named person is: "Omar Tell, a local official"."""
    begin, last = bounds
    if story.word(index, last + 1) == "," and (after := at.get((index, last + 2))) and after.kind == "person":
        return True
    while begin and story.low(index, begin - 1) in DEFINITE | INDEFINITE:
        begin -= 1
    before = at.get((index, begin - 2))
    return story.word(index, begin - 1) == "," and before is not None and before.kind == "person"


def _bracketed(story: Story, index: int, first: int, at: _At) -> Draft | None:
    """Return the name before a gloss in brackets: in "IS [ISIL] fighters" the first."""
    if story.word(index, first - 1) not in {")", "]"} or (index, first - 2) not in at:
        return None
    before = at.get((index, at[index, first - 2].first - 2))
    return before if before and before.actor and before.actor == at[index, first - 2].actor else None


def _modifies(story: Story, index: int, i: int) -> bool:
    """Tell whether a token belongs to the phrase before its noun."""
    words, endings, beginnings = _modifiers()
    word = story.word(index, i)
    if word in story.lists.demonyms or word in words or word.lower() in words or word.endswith(endings):
        return True
    return word.startswith(beginnings) and len(word) > 5


def _before(story: Story, index: int, first: int, at: _At) -> tuple[str, str]:
    """Return the determiner before a phrase, passing over numbers and plain adjectives, and the owner's name if any."""
    for back in range(1, 4):
        word = story.low(index, first - back)
        if word in POSSESSIVE_MARKS:
            owner = at.get((index, first - back - 1))
            return "'s", owner.name if owner else ""
        if word in DEFINITE | INDEFINITE | POSSESSIVE or word in {"some", "other", "all"}:
            return word, ""
        if not word.isalpha() or word in story.lists.after_head or word in story.lists.verbs:
            break
    return "", ""


def _name(text: str, head: str, actor: Actor | None, modifiers: tuple[str, ...]) -> str:
    """Return the name of a phrase: the actor's where its fighters are meant, else the phrase's own words."""
    if actor is None or meant("no_longer") & set(modifiers):
        return text
    apposed = head in meant("own") or (actor.category == "monitor" and head in meant("monitors"))
    return actor.name if apposed and actor.category in _ARMED | {"monitor"} else text
