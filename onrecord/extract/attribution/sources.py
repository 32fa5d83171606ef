"""Tells who a source's phrase names: the mention, the body spoken for, the role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.extract.attribution.cuegrammar import PERSONAL, PRONOUNS, listed, pattern, prepositions
from onrecord.extract.attribution.cues import words
from onrecord.extract.attribution.phrases import Phrase
from onrecord.extract.mentions.cast import Cast
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention

_REACH = 80  # characters before a name in which the other of two who speak together stands
_BODY_KINDS = ("group", "organisation", "place", "facility", "other", "population")


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: the words that say so, the mention, the mention of the body spoken for, and the role."""

    text: str
    mention: str | None = None
    organisation: str | None = None
    role: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """Who spoke before: the last source and its channel, the last that is a person; `near`: a sentence away at most.

    `since` is the person with whom a sentence in between begins; `quoted` tells that the words are a quotation before
    the source, in which nobody can be meant by the source's pronoun.
    """

    last: Source | None = None
    person: Source | None = None
    near: bool = False
    channel: str | None = None
    since: Mention | None = None
    quoted: bool = False


def resolve(phrase: Phrase, cast: Cast, heard: Heard) -> Source | None:
    """Return who the phrase names; "he", "the group" and "the official" are those who spoke before."""
    start, end = phrase.head
    if phrase.carried:
        return heard.last
    said = cast.text[start:end]
    inside = (m for m in cast.within(start, end) if m.span.end == end)
    mention = next((m for m in inside if m.kind == "person" or _is_whole(m, start, cast)), None)
    if said.lower() in PRONOUNS:
        return _pronoun(phrase, mention, cast, heard)
    text = speaker_text(said)
    described = mention is not None and mention.kind == "person" and mention.form == "nominal" and text
    if described and (known := _definite(phrase, text, cast, heard)):
        return known  # "the spokesman" who was named before
    if mention and not (mention.form == "nominal" and mention.name.lower() == said.lower()):
        return replace(_named(phrase, mention, cast), text=_together(mention, cast))
    if not text:
        return None
    if known := _definite(phrase, text, cast, heard):
        return known
    last = re.split(r"\s+", text)[-1].lower()
    body = last in words("bodies")
    organisation = None if body and last not in words("voices") else _spoken_for(phrase, cast)
    return Source(text, mention.id if mention else None, organisation, role=None if body else _last_words(text))


def _is_whole(mention: Mention, start: int, cast: Cast) -> bool:
    """Tell whether a mention is all of the words from an offset on, but for the article of a name."""
    before = cast.text[start : mention.span.start].strip().lower()
    return not before or (before == "the" and mention.form == "name")


def _pronoun(phrase: Phrase, mention: Mention | None, cast: Cast, heard: Heard) -> Source | None:
    worded = cast.text[phrase.head[0] : phrase.head[1]]
    said = worded.lower()
    speaks = heard.last is not None and (heard.last.person or heard.last.role is not None)
    if said in PERSONAL and heard.near and speaks and heard.since is None:
        return heard.last
    if heard.since and said in PERSONAL and (mention is None or mention.name.lower() in PRONOUNS):
        return _named(Phrase.of(heard.since), heard.since, cast)
    if heard.quoted and heard.near and heard.last and said not in PERSONAL:
        return heard.last
    if mention and mention.name.lower() not in PRONOUNS:
        known = next((s for s in (heard.last, heard.person) if s and s.text == mention.name), None)
        return known or _named(Phrase.of(mention), mention, cast)
    last = heard.last if heard.near else None  # "they", sentences later, may be anybody
    before = ((heard.person or heard.last) if said in PERSONAL else last) or Source(worded)
    if before.text == worded and said in PERSONAL and (subject := cast.last_person(phrase.start)):
        return _named(Phrase.of(subject), subject, cast)
    return before


def _definite(phrase: Phrase, text: str, cast: Cast, heard: Heard) -> Source | None:
    """Return who "the group", "the official" or "the coroner" is: who spoke before, or the one with that role."""
    said = cast.text[slice(*phrase.head)]
    if not said.lower().startswith("the "):
        return None
    head = text.rsplit(maxsplit=1)[-1].lower()
    another = heard.last is not None and heard.last.text != head and heard.last.text in words("bodies")
    if head in listed("again") and len(text.split()) == 1 and heard.last and heard.near and not another:
        if not heard.last.person and heard.last.role is None:
            return heard.last
        body = next((m for m in cast.mentions if m.id == heard.last.organisation), None)
        if body and body.kind in ("group", "organisation"):
            return Source(body.name, body.id)
    of = _OF_WHAT.match(cast.text, phrase.head[1])
    office = [word for word in (text + (of[0] if of else "")).split() if word.islower()]
    if heard.person and _is_role(heard.person.role, head, office):
        return heard.person
    if heard.last and head == heard.channel:
        return heard.last  # "the statement said", after "the ministry said in a statement"
    told = [word for word in text.split() if word[0].isupper()]
    if head not in words("people"):
        return None
    known = ((m, cast.profiles.get(m.id)) for m in cast.mentions)
    some = (m for m, profile in known if profile and _is_role(profile.role, head, office))
    holders = {m.name: m for m in some if _fits(told, m, cast)}
    if len(holders) != 1:
        return None
    holder = next(iter(holders.values()))
    return _named(Phrase.of(holder), holder, cast)


def _fits(told: list[str], person: Mention, cast: Cast) -> bool:
    """Tell whether the names in "the Turkish president" fit the body that the person speaks for (Turkey)."""
    organisation = cast.profiles[person.id].organisation
    body = next((m.name for m in cast.mentions if m.id == organisation), "")
    return all(word[:4].lower() in body.lower() for word in told)


# What an office is told by that follows its noun: "secretary of state".
_OF_WHAT = re.compile(r"\s+of\s+(?:the\s+)?[a-z]+\b")


def _is_role(role: str | None, head: str, office: list[str]) -> bool:
    """Tell whether a role may be the office told: "the minister" the foreign minister, "the army chief" a chief.

    "The secretary of state" is not the defence secretary.
    """
    if role is None or role.split(" of ")[0].split()[-1].lower() != head:
        return False
    own = set(role.lower().split())
    return set(office) <= own or own <= set(office)


def _named(phrase: Phrase, mention: Mention, cast: Cast) -> Source:
    profile = cast.profile_of(mention)
    person = mention.kind == "person"
    organisation = profile.organisation if profile else None
    role = profile.role if profile else None
    if organisation is None and person and not _has_left(role):
        organisation = _spoken_for(phrase, cast)
    return Source(mention.name, mention.id, organisation, role, person)


def _has_left(role: str | None) -> bool:
    """Tell whether a role is one that was held once: "former SDF spokesman"."""
    return role is not None and role.split(maxsplit=1)[0].lower() in table("titles")["past"]


_JOINED = re.compile(r"\s+and\s+(?:the\s+)?(?:[a-z][\w-]+\s+){0,3}")  # "and the watchdog group NAME"
_OPENS = re.compile(r"(?:^|[.!?,;:”\"\n]|\b(?:But|And|Both|both|but|while|that|as))\s*(?:[Tt]he\s+)?$")


def _together(mention: Mention, cast: Cast) -> str:
    """Return the name, after that of whoever speaks together with it: "Kanto and Brek said"."""
    low = max(0, mention.span.start - _REACH)
    before = [m for m in cast.within(low, mention.span.start) if m.form == "name" and m.name != mention.name]
    if not before or not _JOINED.fullmatch(cast.text, before[-1].span.end, mention.span.start):
        return mention.name
    alike = before[-1].kind == mention.kind and _OPENS.search(cast.text[low : before[-1].span.start])
    return f"{before[-1].name} and {mention.name}" if alike else mention.name


_ABOUT = re.compile(r"\b(?:on|about|near)\s+(?:the\s+)?$")  # "an expert on the coast" speaks for no coast


def _spoken_for(phrase: Phrase, cast: Cast) -> str | None:
    """Return the body or country named beside the speaker: "a spokesman for the SDF", "SDF officials"."""
    inside = [m for m in cast.within(phrase.start, phrase.end) if m.kind in _BODY_KINDS and m.form != "pronoun"]
    order = {"organisation": 0, "group": 0, "place": 1, "facility": 2, "other": 2, "population": 3}
    inside = [m for m in inside if (m.span.start, m.span.end) != phrase.head]
    inside = [m for m in inside if not _ABOUT.search(cast.text[phrase.start : m.span.start])]
    return min(inside, key=lambda m: (order[m.kind], m.span.start)).id if inside else None


def speaker_text(said: str) -> str:
    """Return a source as worded, without its article and what follows its head: "spokesman" of "a spokesman for ...".

    >>> speaker_text("a spokesman for the council")
    'spokesman'
    """
    said = pattern("share").sub("", said.strip(" ,\n"))
    bare = pattern("determiner").sub("", said)
    said = said if re.match(rf"{prepositions()}\b", bare) else bare  # "one in the crew" has no other head
    found = pattern("after_head").search(said)
    return re.sub(r"\s+", " ", said[: found.start()] if found and found.start() else said).strip(' ,“”"')


def _last_words(text: str) -> str | None:
    last = text.rsplit(maxsplit=1)[-1].lower()
    return last if last in words("people") else None
