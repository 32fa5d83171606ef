"""What a dispatch says that a person is, and for whom: "SDF spokesman", "head of the council"."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from onrecord.extract.mentions.drafts import POSSESSIVE_MARKS, Story
from onrecord.extract.parts import Kit, Sentence
from onrecord.model.records import Dispatch, Mention

_BODIES = frozenset({"group", "organisation"})
_OF = frozenset({"of", "for", "at", "from", "with", "in"})
_OFFICE = 3  # words of an office's name: "foreign relations department"
_WINDOW = 14  # tokens after a name in which its role may end; the longest in the seeds has 12


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands beside one mention of a person: the role in the dispatch's words, and the body's mention."""

    mention: str
    role: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with its first and last token in a sentence."""

    mention: Mention
    sentence: int
    first: int
    last: int


def profiles(
    dispatch: Dispatch, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...], kit: Kit
) -> tuple[Profile, ...]:
    """Return a profile for each mention of a person or of unnamed officials that has a role or a body beside it."""
    story = Story(dispatch, sentences, kit)
    placed = _placed(sentences, mentions)
    ends = {(p.sentence, p.last): p for p in placed}
    starts = {(p.sentence, p.first): p for p in placed}
    found = (_profile(story, p, starts, ends) for p in placed if p.mention.form != "pronoun")
    return tuple(profile for profile in found if profile)


_Index = dict[tuple[int, int], _Place]


def _placed(sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]) -> list[_Place]:
    starts = {t.start: (s.index, i) for s in sentences for i, t in enumerate(s.tokens)}
    ends = {t.end: i for s in sentences for i, t in enumerate(s.tokens)}
    return [
        _Place(m, *starts[m.span.start], ends[m.span.end])
        for m in mentions
        if m.span.start in starts and m.span.end in ends
    ]


def _profile(story: Story, person: _Place, starts: _Index, ends: _Index) -> Profile | None:
    if person.mention.kind != "person":
        return _of_officials(story, person, ends)
    role_before, body_before = _nominal(story, person, ends) or _before(story, person, ends)
    role_after, body_after = _after(story, person, starts)
    ranks = story.lists.ranks
    only_rank = role_before is not None and all(word in ranks for word in role_before.lower().split())
    role = (role_after or role_before) if only_rank else (role_before or role_after)
    body = body_before if body_before and (body_before.mention.form == "name" or not body_after) else body_after
    if role is None and body is None:
        return None
    return Profile(person.mention.id, role, body.mention.id if body else None)


def _nominal(story: Story, person: _Place, ends: _Index) -> tuple[str, _Place | None] | None:
    """Read an unnamed person's own words: "an SDF spokesman"."""
    if person.mention.form != "nominal" or story.low(person.sentence, person.last) not in story.lists.roles:
        return None
    at = person.first - 1
    if story.word(person.sentence, at) in POSSESSIVE_MARKS:
        at -= 1
    return story.text(person.sentence, person.first, person.last), _body_at(ends, person.sentence, at)


def _of_officials(story: Story, group: _Place, ends: _Index) -> Profile | None:
    """Read "SDF officials", "commanders of the SDF": who stands for a body without a name."""
    role = story.low(group.sentence, group.last)
    body = _body_at(ends, group.sentence, group.first - 1)
    if group.mention.form != "nominal" or role not in story.lists.roles or body is None:
        return None
    return Profile(group.mention.id, role, body.mention.id)


def _before(story: Story, person: _Place, ends: _Index) -> tuple[str | None, _Place | None]:
    """Read "SDF spokesman NAME", "the alliance's spokesman, NAME", "a council official, NAME"."""
    index, at = person.sentence, person.first - 1
    if story.word(index, at) == ",":
        at -= 1
    last = at
    if at > 1 and story.text(index, at - 2, at).lower() in story.lists.roles:
        at -= 3  # "secretary of state"
    while at >= 0 and (index, at) not in ends and _role_word(story, index, at):
        at -= 1
    if at == last or not any(
        story.low(index, i) in story.lists.roles | story.lists.titles for i in range(at + 1, last + 1)
    ):
        return None, None
    while last > at + 1 and story.word(index, last - 1).islower() and story.low(index, last) in story.lists.ranks:
        last -= 1  # "spokesman Colonel": the role, not the rank
    first = at + 1
    if story.word(index, at) in POSSESSIVE_MARKS:
        at -= 1
    return _held(story, index, (first, last), _body_at(ends, index, at))


def _held(story: Story, index: int, role: tuple[int, int], body: _Place | None) -> tuple[str, _Place | None]:
    """Return a role, by its first and last token, and the body for which it is held.

    Nobody speaks for a body that he has left: a "former SDF spokesman" is that in these words, and for no body.
    """
    first, last = role
    begin, end = (min(first, body.first), max(last, body.last)) if body else role
    begin -= story.low(index, begin - 1) in story.lists.past
    if story.lists.past.isdisjoint((story.low(index, begin), story.low(index, first))):
        return story.text(index, first, last), body
    return story.text(index, begin, end), None


def _role_word(story: Story, index: int, i: int) -> bool:
    word = story.low(index, i)
    return word in story.lists.roles or word in story.lists.titles or word in story.lists.role_modifiers


def _body_at(places: _Index, index: int, i: int) -> _Place | None:
    found = places.get((index, i))
    return found if found and found.mention.kind in _BODIES else None


def _after(story: Story, person: _Place, starts: _Index) -> tuple[str | None, _Place | None]:
    """Read "NAME, head of the council", "NAME of the council", "NAME, the SDF's commander", "NAME, who heads ..."."""
    index, at = person.sentence, person.last + 1
    if story.word(index, at) in _OF - {"in", "with"}:
        return None, _next_body(story, index, at + 1, starts, stops=_OF)
    if story.word(index, at) not in {",", "("}:
        return None, None
    at += 1
    if story.low(index, at) == "who" and story.low(index, at + 1) in story.lists.heads:
        return story.lists.heads[story.low(index, at + 1)], _next_body(story, index, at + 2, starts)
    if story.low(index, at) in {"of", "from", "with"}:
        return None, _next_body(story, index, at + 1, starts)
    return _apposition(story, index, at, starts)


def _apposition(story: Story, index: int, first: int, starts: _Index) -> tuple[str | None, _Place | None]:
    """Read a role between commas, with the body before it ("an SDF commander") or after it ("head of the SDF")."""
    body: _Place | None = None
    for at in range(first, first + _WINDOW):
        word = story.low(index, at)
        if word in {"", ",", ".", ")", ";"} or word in story.lists.speech or word in story.lists.verbs - {"and"}:
            return None, None
        place = _body_at(starts, index, at)
        body = place or body
        if word in story.lists.roles and story.low(index, at + 1) not in story.lists.roles:
            begin = at
            while begin > first and _role_word(story, index, begin - 1) and _body_at(starts, index, begin - 1) is None:
                begin -= 1
            of = _next_body(story, index, at + 2, starts) if story.low(index, at + 1) in _OF else None
            named = " ".join(story.low(index, i) for i in range(at, at + 3))
            whole = at + 2 if named in story.lists.roles else at  # "secretary of state"
            if of is not None and (office := _office(story, index, of.last + 1)):
                whole = office  # "head of the SDF press office" is not head of the SDF
            return _held(story, index, (begin, whole), of or body)
    return None, None


def _office(story: Story, index: int, first: int) -> int | None:
    """Return the last token of the part of a body that is named behind it: "SDF press office"."""
    if story.word(index, first) in POSSESSIVE_MARKS:
        first += 1
    words = itertools.takewhile(lambda i: story.word(index, i).islower(), range(first, first + _OFFICE))
    return max((i for i in words if story.low(index, i) in story.lists.offices), default=None)


def _next_body(
    story: Story, index: int, first: int, starts: _Index, *, stops: frozenset[str] = frozenset()
) -> _Place | None:
    """Return the body named next, articles and adjectives passed over, before the phrase ends.

    `stops` are more words that end it: "lobbied Adil Selo for the return of families from the group" names no body.
    """
    for at in range(first, first + 7):
        found = _body_at(starts, index, at)
        if found:
            return found
        if (
            story.low(index, at) in {"", ",", ".", ";", "and", "who", "which", "that"} | stops
            or story.low(index, at) in story.lists.speech
        ):
            return None
    return None
