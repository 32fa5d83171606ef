"""Finds the phrase that names a source before its verb; `phrasesafter` finds those that follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from onrecord.extract.attribution.channels import time_tail
from onrecord.extract.attribution.cuegrammar import (
    PRONOUNS,
    governed,
    has_verb,
    listed,
    pattern,
    prepositions,
)
from onrecord.extract.attribution.cues import either, words
from onrecord.extract.attribution.quotations import MASK
from onrecord.extract.mentions.cast import Cast
from onrecord.model.records import Mention

_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DASHED = re.compile(r"[–—]([^–—]*)[–—](?=\s*$)")
_RELATIVE = re.compile(r",?\s*\b(?:(?:some|many|most|several|all|both|one|two|three) of whom|who)\s*$")
_ARTICLE = re.compile(
    r"(?<![\w-])(?:the|a|an|one|another|some|several|many|two|three|his|her|its|their)\s", re.IGNORECASE
)
REACH = 280  # characters before a verb in which its subject is looked for; in the training texts none is longer
_GUESS = 6  # words that a source told by no known name or noun may have


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a source is named: the whole phrase `[start, end)` and its head, the words that name the speaker.

    A phrase with `carried` names nobody: the source is that of the cue before it. One that is `guessed` ends with no
    mention and no word for a speaker, and counts only before words that nothing but speech can follow. Offsets count
    the dispatch.
    """

    start: int
    end: int
    head: tuple[int, int]
    carried: bool = False
    guessed: bool = False

    @classmethod
    def carries(cls, at: int) -> Phrase:
        """Return a phrase that names nobody."""
        return cls(at, at, (at, at), carried=True)

    @classmethod
    def of(cls, mention: Mention) -> Phrase:
        """Return the phrase that is the mention and nothing more."""
        return cls(mention.span.start, mention.span.end, (mention.span.start, mention.span.end))


# ------------------------------------------------------------------------------------------------ before the verb


def subject_before(view: str, base: int, end: int, cast: Cast) -> tuple[Phrase | None, str]:
    """Return the phrase of the subject of the verb that starts at `end`, and the auxiliaries between the two.

    `view` is the text that begins at offset `base` of the dispatch, with full quotations masked. The phrase is `None`
    where the words before the verb name nobody who could speak.
    """
    low = max(0, end - base - REACH)
    left = _PARENTHESIS.sub(lambda found: " " * len(found[0]), view[low : end - base])
    base += low
    left, between = _without_auxiliaries(left)
    if not left.strip(" ,") or re.search(rf"(?:\b(?:and|but|or|then|yet)|[{MASK}])\s*$", left):
        return Phrase.carries(end), between
    if left.rstrip().endswith(("–", "—")):
        left = _DASHED.sub(lambda found: "," + found[1].replace(",", " ") + ",", left)
    if re.search(r"(?:,|\b(?:of whom|who))\s*$", left):
        return _apposed(left, base, cast), between
    return _plain(left, base, cast), between


def subject_of(start: int, end: int, cast: Cast) -> Phrase | None:
    """Return the phrase of the subject of the clause that begins at `start`: what stands before its first verb."""
    left = re.sub(r"^(?:In|On|At|During|After)\s[^,]{2,40},\s", lambda found: " " * len(found[0]), cast.text[start:end])
    lead = len(left) - len(left.lstrip())
    verb = pattern("first_verb").search(left, lead)
    if not verb:
        return None
    found, _ = subject_before(left, start, start + verb.start() + 1, cast)
    return found if found and not found.carried else None


def _without_auxiliaries(left: str) -> tuple[str, str]:
    """Return the words without auxiliaries, adverbs, times and channels at their end, and those that were cut."""
    between = ""
    while True:
        cut = pattern("auxiliary").search(left) or time_tail().search(left) or pattern("channel_tail").search(left)
        if not cut or not cut[0].strip():
            return left, between
        opened, closed = cut[0].lstrip().startswith(","), cut[0].rstrip().endswith(",")
        if closed and not opened:  # the comma closes a description: "Selo, speaking on Tuesday,"
            return left, between
        between = cut[0] + between
        left = left[: cut.start()]
        if opened and not closed and left.rstrip()[-1:] != ",":
            left += ","


def _plain(left: str, base: int, cast: Cast) -> Phrase | None:
    """Return the subject that ends right before its verb: "the SDF spokesman Adil Selo" (said)."""
    breaks = list(pattern("break").finditer(left))
    start = breaks[-1].end() if breaks else 0
    segment = left[start:]
    if breaks and breaks[-1][0] in ("who", "which", "that") and "," not in segment and has_verb(segment):
        found = _plain(left[: breaks[-1].start()], base, cast)  # "residents who fled the town" (said)
        return replace(found, end=base + len(left.rstrip(" ,")), guessed=False) if found else None
    if (comma := segment.rfind(", ")) >= 0:
        if person := _described_person(segment, comma, base + start, cast):
            return replace(Phrase.of(person), end=base + len(left))
        start += comma + 2
    joined = left.rfind(" and ", start)
    if joined >= 0 and has_verb(left[start:joined]):
        start = joined + 5
    if opener := pattern("leading").match(left[start:]):
        start += opener.end()
    return _noun_phrase(left[start:], base + start, cast)


def _described_person(segment: str, comma: int, at: int, cast: Cast) -> Mention | None:
    """Return the person named before a description that no comma closes: "Pell, an adviser to the UN" (said)."""
    if not pattern("apposition").match(segment[comma + 2 :].strip()):
        return None
    piece = segment.rfind(", ", 0, comma) + 1
    return _exact_person(segment[piece:comma], at + piece, cast)


def _apposed(left: str, base: int, cast: Cast) -> Phrase | None:
    """Return the subject before something set between commas: "Adil Selo, a spokesman," (said)."""
    left = _RELATIVE.sub(",", left)
    start = max((m.end() for m in pattern("strong_break").finditer(left)), default=0)
    pieces = [(m.start() + base, m[0]) for m in re.compile(r"[^,]+").finditer(left, start) if m[0].strip()]
    end = base + len(left.rstrip(" ,"))
    return _apposed_person(pieces, end, cast) or _apposed_other(pieces, end, cast)


def _apposed_person(pieces: list[tuple[int, str]], end: int, cast: Cast) -> Phrase | None:
    """Return the person among the pieces: the one that is then described, else the last."""
    for (at, piece), (_, following) in pairwise(pieces):
        if pattern("apposition").match(following.strip()) and (person := _exact_person(piece, at, cast)):
            return replace(Phrase.of(person), start=_skip_blank(cast.text, at), end=end)
    if len(pieces) < 2:
        return None
    for number in range(len(pieces) - 1, -1, -1):
        at, piece = pieces[number]
        if person := _exact_person(piece, at, cast):
            first = pieces[number - 1][0] if number == len(pieces) - 1 else at
            return replace(Phrase.of(person), start=_skip_blank(cast.text, first), end=end)
    return None


def _apposed_other(pieces: list[tuple[int, str]], end: int, cast: Cast) -> Phrase | None:
    """Return the body or the described person that the pieces begin with."""
    for number in range(len(pieces) - 1, -1, -1):
        at, piece = pieces[number]
        if number > 0 and (pattern("apposition").match(piece.strip()) or pattern("set_in_speech").match(piece.strip())):
            continue
        found = _plain(pattern("speech_set_in").split(piece)[0], at, cast)
        return replace(found, end=end) if found else None
    return None


def _exact_person(piece: str, at: int, cast: Cast) -> Mention | None:
    """Return the person whose name the piece is, but for a title or a description before it."""
    person = cast.person_at(at, at + len(piece.rstrip(" ,")))
    if person is None:
        return None
    before = cast.text[at : person.span.start]
    return None if governed(before) or len(before.split()) > 8 or has_verb(before) else person


# ------------------------------------------------------------------------------------------------- noun phrases


def _noun_phrase(segment: str, at: int, cast: Cast) -> Phrase | None:
    """Return the noun phrase that ends the segment, told by the mention or by the noun for a speaker at its end."""
    segment = segment.rstrip(" ,")
    at, segment = at + len(segment) - len(segment.lstrip()), segment.lstrip()
    end = at + len(segment)
    last = segment.rsplit(maxsplit=1)[-1].lower() if segment else ""
    if not last or last in listed("never_sources") or re.search(r"(?:^|\s)[Nn]o\s+(?:\w+\s+)?\w+$", segment):
        return None
    if last in PRONOUNS:
        return Phrase(end - len(last), end, (end - len(last), end))
    person = cast.person_at(at, end)
    if person and not governed(cast.text[at : person.span.start]) and not _ruled(cast.text[at : person.span.start]):
        return replace(Phrase.of(person), start=_noun_start(segment, at, person.span.start), end=end)
    if member := _member(at, end, cast):
        return replace(Phrase.of(member), start=at, end=end)
    if described := _described(segment, at):
        return described
    ending = next((m for m in cast.within(at, end) if m.span.end == end and m.form != "pronoun"), None)
    if ending and not governed(cast.text[at : ending.span.start]):
        return replace(Phrase.of(ending), start=_noun_start(segment, at, ending.span.start))
    return _guess(segment, at)


def _ruled(before: str) -> bool:
    """Tell whether a name is what somebody before it rules, not who speaks: "the council governing Ardun" (said)."""
    return bool(re.search(r"\s\w{3,}ing\s+$", before))


def _member(at: int, end: int, cast: Cast) -> Mention | None:
    """Return the person with whom the stretch begins and whose body follows: "Adil Selo of the council" (said)."""
    people = [m for m in cast.within(at, end) if m.kind == "person" and m.form == "name"]
    if not people or not _OF_A_BODY.fullmatch(cast.text, people[0].span.end, end):
        return None
    before, after = cast.text[at : people[0].span.start], cast.text[people[0].span.end : end]
    return None if governed(before) or len(before.split()) > 4 or has_verb(before) or has_verb(after) else people[0]


_OF_A_BODY = re.compile(r"\s+(?:of|from|at|with)\s+(?:the\s+)?[A-Z][^,;:.]{2,60}")


def _guess(segment: str, at: int) -> Phrase | None:
    """Return the whole segment where it looks like a noun phrase: few words, none of them a verb."""
    first = re.split(r"[\s’']", segment, maxsplit=1)[0].lower()
    odd = first in listed("never_first")
    too_long = len(segment.split()) > _GUESS or not segment[-1].isalnum()
    if odd or too_long or has_verb(segment) or re.match(rf"{prepositions()}\b", segment, re.IGNORECASE):
        return None
    return Phrase(at, at + len(segment), (at, at + len(segment)), guessed=True)


@cache
def speaker_nouns() -> re.Pattern[str]:
    """Return the pattern of nouns for people and bodies that speak."""
    return re.compile(rf"(?<![\w’'-])(?:{either(words('people') | words('bodies'))})(?![\w’'-])", re.IGNORECASE)


def _described(segment: str, at: int) -> Phrase | None:
    """Return a source told by a noun: "a council member", "officials in northern Iraq", "the defence ministry"."""
    for noun in speaker_nouns().finditer(segment):
        rest = segment[noun.end() :]
        if rest and not pattern("rest_of_noun").match(rest):
            continue
        if rest and not pattern("participle").match(rest) and has_verb(rest):
            continue
        start = _described_start(segment[: noun.start()])
        if len(segment[start : noun.start()].split()) > 9:
            return None
        return Phrase(at + start, at + len(segment), (at + start, at + _head_end(noun, rest)))
    return None


def _described_start(before: str) -> int:
    """Return where the noun phrase begins, given the words before its noun: at its article, after a preposition."""
    cut = max((m.end() for m in pattern("cut_before_noun").finditer(before)), default=0)
    if joined := re.search(r"[\w’'-]+\s+and\s+(?:[\w’'-]+\s+){0,2}$", before):
        whole = not has_verb(before[: joined.end()]) and cut <= joined.end()
        cut = min(cut, joined.start()) if whole else cut
    return max((m.start() for m in _ARTICLE.finditer(before, cut)), default=cut)


def _head_end(noun: re.Match[str], rest: str) -> int:
    """Return where the head ends: after "one of the drivers", and after "ministry of defence"."""
    word = noun[0].lower()
    if word in listed("quantifiers") and rest.startswith(" of ") and (more := speaker_nouns().search(rest)):
        return noun.end() + more.end()
    named = word in words("bodies") and len(rest.split()) <= 4 and not re.match(r"\s+\w+ing\s", rest)
    return noun.end() + (len(rest) if named else 0)


def _noun_start(segment: str, at: int, head: int) -> int:
    """Return where the noun phrase begins whose head starts at `head`: after the preposition or comma before it."""
    before = segment[: head - at]
    cut = max((m.end() for m in re.finditer(rf",\s*|\b{prepositions()}\s+(?=[A-Z])|\band\s+", before)), default=0)
    return at + cut


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
