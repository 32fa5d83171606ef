"""Tells who a source's phrase names: the mention, the body spoken for, the role."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.extract.attribution.cuegrammar import PERSONAL, PRONOUNS, listed, pattern
from onrecord.extract.attribution.cues import words
from onrecord.extract.attribution.phrases import Phrase
from onrecord.extract.mentions.cast import Cast, Profile
from onrecord.model.records import Mention

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
    """Who spoke before: the last source and its channel, the last that is a person; `near`: a sentence away at most."""

    last: Source | None = None
    person: Source | None = None
    near: bool = False
    channel: str | None = None


def resolve(phrase: Phrase, cast: Cast, heard: Heard) -> Source | None:
    """Return who the phrase names; "he", "the group" and "the official" are those who spoke before."""
    start, end = phrase.head
    if phrase.carried:
        return heard.last
    said = cast.text[start:end]
    mention = next(
        (m for m in cast.within(start, end) if m.span.end == end and (m.span.start == start or m.kind == "person")),
        None,
    )
    if said.lower() in PRONOUNS:
        return _pronoun(phrase, mention, cast, heard)
    if mention and not (mention.form == "nominal" and mention.name.lower() == said.lower()):
        return _named(phrase, mention, cast)
    text = speaker_text(said)
    if not text:
        return None
    if known := _definite(said, text, cast, heard):
        return known
    body = re.split(r"\s+", text)[-1].lower() in words("bodies")
    organisation = None if body else _spoken_for(phrase, cast)
    return Source(text, mention.id if mention else None, organisation, role=None if body else _last_words(text))


def _pronoun(phrase: Phrase, mention: Mention | None, cast: Cast, heard: Heard) -> Source | None:
    worded = cast.text[phrase.head[0] : phrase.head[1]]
    said = worded.lower()
    speaks = heard.last is not None and (heard.last.person or heard.last.role is not None)
    if said in PERSONAL and heard.near and speaks:
        return heard.last
    if mention and mention.name.lower() not in PRONOUNS:
        known = next((s for s in (heard.last, heard.person) if s and s.text == mention.name), None)
        return known or _named(Phrase.of(mention), mention, cast)
    before = ((heard.person or heard.last) if said in PERSONAL else heard.last) or Source(worded)
    if before.text == worded and said in PERSONAL and (subject := cast.last_person(phrase.start)):
        return _named(Phrase.of(subject), subject, cast)
    return before


def _definite(said: str, text: str, cast: Cast, heard: Heard) -> Source | None:
    """Return who "the group", "the official" or "the coroner" is: who spoke before, or the one with that role."""
    if not said.lower().startswith("the "):
        return None
    head = text.rsplit(maxsplit=1)[-1].lower()
    if head in listed("again") and len(text.split()) == 1 and heard.last and heard.near:
        if not heard.last.person and heard.last.role is None:
            return heard.last
        body = next((m for m in cast.mentions if m.id == heard.last.organisation), None)
        if body and body.kind in ("group", "organisation"):
            return Source(body.name, body.id)
    if heard.person and heard.person.role and heard.person.role.split()[-1].lower() == head:
        return heard.person
    if heard.last and head == heard.channel:
        return heard.last  # "the statement said", after "the ministry said in a statement"
    told = [word for word in text.split() if word[0].isupper()]
    holders = {m.name: m for m in cast.mentions if _has_role(cast.profiles.get(m.id), head) and _fits(told, m, cast)}
    if len(holders) != 1 or head not in words("people"):
        return None
    holder = next(iter(holders.values()))
    return _named(Phrase.of(holder), holder, cast)


def _fits(told: list[str], person: Mention, cast: Cast) -> bool:
    """Tell whether the names in "the Turkish president" fit the body that the person speaks for (Turkey)."""
    organisation = cast.profiles[person.id].organisation
    body = next((m.name for m in cast.mentions if m.id == organisation), "")
    return all(word[:4].lower() in body.lower() for word in told)


def _has_role(profile: Profile | None, head: str) -> bool:
    return profile is not None and profile.role is not None and profile.role.split()[-1].lower() == head


def _named(phrase: Phrase, mention: Mention, cast: Cast) -> Source:
    profile = cast.profiles.get(mention.id)
    person = mention.kind == "person"
    organisation = profile.organisation if profile else None
    if organisation is None and person:
        organisation = _spoken_for(phrase, cast)
    return Source(mention.name, mention.id, organisation, profile.role if profile else None, person)


def _spoken_for(phrase: Phrase, cast: Cast) -> str | None:
    """Return the body or country named beside the speaker: "a spokesman for the SDF", "SDF officials"."""
    inside = [m for m in cast.within(phrase.start, phrase.end) if m.kind in _BODY_KINDS and m.form != "pronoun"]
    order = {"organisation": 0, "group": 0, "place": 1, "facility": 2, "other": 2, "population": 3}
    inside = [m for m in inside if (m.span.start, m.span.end) != phrase.head]
    return min(inside, key=lambda m: (order[m.kind], m.span.start)).id if inside else None


def speaker_text(said: str) -> str:
    """Return a source as worded, without its article and what follows its head: "spokesman" of "a spokesman for ...".

    >>> speaker_text("a spokesman for the council")
    'spokesman'
    """
    said = pattern("determiner").sub("", said.strip(" ,\n"))
    found = pattern("after_head").search(said)
    return re.sub(r"\s+", " ", said[: found.start()] if found and found.start() else said).strip(' ,“”"')


def _last_words(text: str) -> str | None:
    last = text.rsplit(maxsplit=1)[-1].lower()
    return last if last in words("people") else None
