"""Reads nouns and phrases that attribute without a verb: "according to", "the ministry's claim that"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.attribution.clauses import clip, content_before, tail_of
from onrecord.extract.attribution.cuegrammar import has_verb, listed, pattern
from onrecord.extract.attribution.cues import nouns
from onrecord.extract.attribution.phrases import Phrase, subject_before
from onrecord.extract.attribution.phrasesafter import phrase_after
from onrecord.extract.attribution.reportunits import Attributed, Hit, Unit
from onrecord.extract.mentions.cast import Cast

_OPENED = re.compile(r"\bthat\s*,?\s*$")
_OWNER = re.compile(r"(?P<owner>[^,;:.“”\"()]{2,60})[’'](?:s)?\s+(?:[\w-]+\s+){0,3}?$")
_OWN = re.compile(r"\b(?:his|her|its|their)\s+(?:[\w-]+\s+){0,2}$")
_PEOPLE_OF = re.compile(r"(?:^|\s)(?P<who>[A-Z][a-z]+(?:an|ish|ch|ese|i|qi|li|ian))\s+$")
_NAMED_JUST_BEFORE = re.compile(r"\b(?:a|an|the)\s+[\w.-]+\s+$")
_UNOWNED = re.compile(r"(?:^|\b(?:amid|were|are|been|of|despite|after|Amid|Despite))\s*$")
_LEAST = 8  # characters of content after a noun; less is no clause


def read_according(unit: Unit, cast: Cast) -> Iterator[Attributed]:
    """Yield what is said "according to" somebody, before the phrase or after it, and what he goes on to say."""
    for match in pattern("according").finditer(unit.view):
        phrase = phrase_after(unit.view, unit.start, unit.start + match.end(), cast)
        if phrase is None:
            continue
        hit = Hit(unit, unit.start + match.start(), unit.start + len(unit.view[: match.end()].rstrip()), phrase)
        before = content_before(unit.view, unit.start, hit.start, comma=False)
        if before and _OPENED.search(unit.view, 0, match.start()):  # "Officials said that, according to the footage,"
            before = None
        tail = tail_of(unit.view, unit.start, phrase.end, opening=before is None)
        yield from (hit.made(content, "asserts") for content in (before, tail) if content)


def read_noun(unit: Unit, match: re.Match[str], cast: Cast) -> Iterator[Attributed]:
    """Yield what a noun of saying with an owner attributes: "the ministry's claim that ...", "their pledge to ..."."""
    noun = nouns()[match["noun"]]
    start = unit.start + match.start()
    phrase = _owner(unit, start, match, cast) if match["join"] in noun.joins else None
    if phrase is None:
        return
    begin = unit.start + (match.start("join") if match["join"] == "to" else match.end())
    content = clip(unit.view, unit.start, begin)
    if content and not has_verb(unit.view[: match.start()]):
        content = _before_predicate(unit, content)
    if content and content[1] - content[0] > _LEAST:
        yield Hit(unit, start, unit.start + match.end("noun"), phrase).made(content, noun.stance)


def _before_predicate(unit: Unit, content: tuple[int, int]) -> tuple[int, int]:
    """Return reported words without the verb of which the noun of saying is the subject."""
    found = pattern("predicate").match(unit.view, content[0] - unit.start, content[1] - unit.start)
    return (content[0], unit.start + found.start("end")) if found else content


def _owner(unit: Unit, start: int, match: re.Match[str], cast: Cast) -> Phrase | None:
    """Return whose claim or pledge it is; reports and rumours that nobody owns are a source of their own."""
    left = unit.view[: match.start()]
    if pattern("time_owner").search(left):
        return None
    if owned := _OWNER.search(left):
        view = unit.view[: owned.end("owner")]
        named, _ = subject_before(view, unit.start, unit.start + len(view), cast)
        if named is None or named.carried:
            return None
        verb = has_verb(cast.text[named.start : named.head[0]])  # "The army confirmed Selo's announcement that"
        return replace(named, start=named.head[0]) if verb else named
    if own := _OWN.search(left):
        return Phrase.carries(unit.start + own.start())
    if issued := pattern("making").search(left):
        return subject_before(unit.view, unit.start, unit.start + issued.start(), cast)[0]
    if people := _PEOPLE_OF.search(left):
        span = (unit.start + people.start("who"), unit.start + people.end("who"))
        return Phrase(*span, span)
    before = [m for m in cast.within(unit.start, start) if m.span.end >= start - 1 and m.kind != "person"]
    if before and _NAMED_JUST_BEFORE.search(left):
        return Phrase.of(before[-1])
    if match["noun"] in listed("unowned") and match["join"] == "that" and _UNOWNED.search(left):
        return Phrase(start, start + len(match["noun"]), (start, start + len(match["noun"])))
    return None
