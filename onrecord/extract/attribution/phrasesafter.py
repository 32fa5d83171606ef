"""Finds the phrase that names a source where it follows its cue, or where the trained reader marks it."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.extract.attribution.cuegrammar import PRONOUNS, either_of, has_verb, listed, pattern, prepositions
from onrecord.extract.attribution.cues import words
from onrecord.extract.attribution.phrases import REACH, Phrase, speaker_nouns, subject_before
from onrecord.extract.mentions.cast import Cast
from onrecord.model.records import Mention


def phrase_after(view: str, base: int, start: int, cast: Cast) -> Phrase | None:
    """Return the phrase of the source that begins at or after `start`: "according to ...", "said ...", "by ..."."""
    rest = view[start - base :]
    stop = _first_stop(rest)
    begin, segment = start + len(rest[:stop]) - len(rest[:stop].lstrip()), rest[:stop].strip()
    if not segment or segment.lower() in listed("never_sources"):
        return None
    end = begin + len(segment)
    person = _leading_person(begin, end, cast)
    if person:
        return replace(Phrase.of(person), start=begin, end=end)
    follow = re.match(r",\s*", rest[stop:])
    if follow and (named := _apposed_name(rest, stop + follow.end(), start, cast)):
        return replace(Phrase.of(named), start=begin)
    first = segment.split(maxsplit=1)[0]
    if first.lower() in PRONOUNS:
        return Phrase(begin, begin + len(first), (begin, begin + len(first)))
    return Phrase(begin, end, _head_after(segment, begin, cast))


def _leading_person(begin: int, end: int, cast: Cast) -> Mention | None:
    people = [m for m in cast.within(begin, end) if m.kind == "person" and m.form == "name"]
    if not people or cast.text[people[0].span.end : people[0].span.end + 1] in ("’", "'"):
        return None
    return None if re.search(rf"\b{prepositions()}\s+$", cast.text[begin : people[0].span.start]) else people[0]


def _head_after(segment: str, begin: int, cast: Cast) -> tuple[int, int]:
    """Return the head of a phrase that begins at `begin` and names no person."""
    some = speaker_nouns().finditer(segment)
    noun = next((n for n in some if n[0].lower() not in listed("quantifiers") or n.end() == len(segment)), None)
    first = next((m for m in cast.within(begin, begin + len(segment)) if m.form != "pronoun"), None)
    if noun and (first is None or noun.start() + begin < first.span.start or _extends(segment, begin, first, noun)):
        return begin, begin + noun.end()
    if first and first.span.start - begin <= 30:
        return first.span.start, first.span.end
    head = pattern("after_head").search(segment)
    return begin, begin + (head.start() if head and head.start() else len(segment))


def _first_stop(rest: str) -> int:
    """Return where the phrase must have ended; the full stop of a title or an initial does not end it."""
    for found in pattern("stop_forward").finditer(rest):
        if found[0] == "." and pattern("title").search(rest[: found.start()]) and rest[found.end() :].strip():
            continue
        return found.start()
    return len(rest)


def _extends(segment: str, begin: int, first: Mention, noun: re.Match[str]) -> bool:
    """Tell whether the noun belongs to the name before it: "Syrian officials", "the SDF spokesman"."""
    between = segment[max(0, first.span.end - begin) : noun.start()]
    return not re.search(rf"\b(?:{either_of('prepositions')})\b|,", between) and noun.end() + begin > first.span.end


def _apposed_name(rest: str, at: int, start: int, cast: Cast) -> Mention | None:
    """Return the person named right after a description: "the group's spokesman, Adil Selo"."""
    piece = rest[at : at + _first_stop(rest[at:])]
    if piece.strip().startswith(("a ", "the ", "an ")):
        return None
    inside = cast.within(start + at, start + at + len(piece))
    person = next((m for m in inside if m.kind == "person" and m.form == "name"), None)
    if person is None or person.span.start > start + at + 12:
        return None
    return None if has_verb(cast.text[person.span.end : start + at + len(piece)]) else person  # "the mayor, Selo left"


_NOBODY = re.compile(r"(?:neither|no|none|nobody|no-one)\b", re.IGNORECASE)
RELATIVES = frozenset({"who", "whom", "which", "that"})


def source_phrase(span: tuple[int, int], cast: Cast) -> Phrase | None:
    """Return the phrase of a source that the trained reader marks, `None` where its words name nobody.

    A relative pronoun stands for what it follows: "Selo, who" (said).
    """
    start, end = span
    view = cast.text[start:end]
    if _NOBODY.match(view):
        return None
    if view.lower().strip(" ,") in RELATIVES:
        before = max(0, start - REACH)
        before = max(before, cast.text.rfind("\n", 0, start) + 1)
        found, _ = subject_before(cast.text[before:end], before, end, cast)
        return found if found and not found.carried else None
    phrase = phrase_after(view, start, start, cast)
    if phrase is None or pattern("determiner").fullmatch(cast.text[slice(*phrase.head)] + " "):
        return None
    return replace(phrase, start=start, end=end, head=_with_noun(phrase.head, end, cast.text))


_NOUNS = re.compile(r"(?:[’']s)?(?:\s+(?!(?:and|or|but|whose?|whom|which|that|to|as)\b)[a-z][\w’'-]+)+")


def _with_noun(head: tuple[int, int], end: int, text: str) -> tuple[int, int]:
    """Return a head with the noun that a name in it belongs to: "the River Guard branch in Ardun" (said)."""
    rest = text[head[1] : end]
    stop = pattern("after_head").search(rest)
    more = rest[: stop.start()] if stop else rest.rstrip(" ,")
    return (head[0], head[1] + len(more)) if _NOUNS.fullmatch(more) and not has_verb(more) else head


def can_speak(phrase: Phrase, cast: Cast) -> bool:
    """Tell whether the head is a mention or ends with a noun for a speaker."""
    start, end = phrase.head
    last = cast.text[start:end].rsplit(maxsplit=1)[-1].lower().strip('”"’,.')
    return bool(cast.within(start, end)) or last in PRONOUNS or last in words("people") or last in words("bodies")
