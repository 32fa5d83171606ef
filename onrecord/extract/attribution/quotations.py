"""Finds the stretches of a text that stand in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.lexicon import table

MASK = "\u241f"  # stands for a character inside a full quotation; a control picture that no dispatch uses

_MARK = re.compile(r"[\"“”„«»]|\n")
_SINGLE = re.compile(r"(?<!\w)‘((?:[^‘’\n]|’(?=\w)){2,400}?)’(?!\w)")
_OPENS_LIKE_A_SENTENCE = re.compile(r"[\[(‘'.…\s]*(?:[A-Z0-9\[]|[^\W\d_a-z])")
_FULL_WORDS = 5  # a quotation in capitals shorter than this, with no stop inside it, is a name or a catchword


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """One stretch between quotation marks: `[start, end)` without the marks, `[outer_start, outer_end)` with them.

    `full` tells a quotation that is a sentence of its own from words quoted within a sentence of the dispatch.
    `carries_on` is set where the stretch continues the quotation before it: a new paragraph of the same speech.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    full: bool
    carries_on: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order, a stretch for each paragraph of a speech.

    Curly, straight and angle marks are read, and single curly marks outside double ones. A mark that opens while a
    quotation is open begins a new paragraph of the same speech, as newspapers print it. A quotation that is never
    closed ends with its paragraph where the next one reopens it, and else is dropped. In an official statement that
    is printed without marks after "the minister said:" and a line break, each paragraph to the end is a quotation.
    """
    if "''" in text:  # typewriter marks, as some agencies send them; the lengths stay the same
        text = re.sub(r"(?<!\S)''(?=\S)", ' "', text).replace("''", '" ')
    doubles = [q for q in _doubles(text) if q.end > q.start]
    singles = list(_singles(text, doubles))
    unmarked = list(_unmarked(text, doubles + singles))
    return tuple(sorted([*doubles, *singles, *unmarked]))


def masked(text: str, found: tuple[Quotation, ...]) -> str:
    """Return the text with each full quotation, marks included, overwritten by MASK; offsets stay the same."""
    parts, at = [], 0
    for quotation in found:
        if quotation.full and quotation.outer_start >= at:
            parts += [text[at : quotation.outer_start], MASK * (quotation.outer_end - quotation.outer_start)]
            at = quotation.outer_end
    return "".join([*parts, text[at:]])


def _doubles(text: str) -> Iterator[Quotation]:
    opened, carries, paragraph, inner = -1, False, False, 0
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\n":
            if opened >= 0 and at > opened + 1 and (_reopens(text, at) or _closes_later(text, at)):
                yield _quotation(text, opened, at, at, carries=carries)
                opened, carries, paragraph = _next_word(text, at) - 1, True, True
        elif opened < 0:
            if mark not in "”»" and _may_open(text, at, mark):
                opened, carries, paragraph, inner = at, False, False, 0
        elif mark in "“«" and _quotes_within(text, at):
            inner += 1
        elif inner and mark in "”»":
            inner -= 1
        elif mark in "“„«" or (mark == '"' and paragraph and _may_open(text, at, mark) and text[at - 1 : at] == "\n"):
            if at > opened + 1 and text[opened + 1 : at].strip():
                yield _quotation(text, opened, at, at, carries=carries)
            opened, carries = at, True
        else:
            yield _quotation(text, opened, at, at + 1, carries=carries)
            opened = -1


def _quotes_within(text: str, at: int) -> bool:
    """Tell whether the mark at `at` opens words quoted inside a quotation: two marks close before the line ends."""
    following = [m[0] for m in _MARK.finditer(text, at + 1, _line_end(text, at))][:2]
    return len(following) == 2 and all(mark in "”»" for mark in following)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _singles(text: str, doubles: list[Quotation]) -> Iterator[Quotation]:
    for match in _SINGLE.finditer(text):
        if not any(q.outer_start < match.start() < q.outer_end for q in doubles):
            yield _quotation(text, match.start(), match.end() - 1, match.end(), carries=False)


_PARAGRAPH = re.compile(r"[^\n]+")


@cache
def _either(name: str) -> str:
    """Return an alternation of a list of the section `speech` of `cues.toml`."""
    return "|".join(sorted(table("cues")["speech"][name], key=len, reverse=True))


@cache
def _joined() -> re.Pattern[str]:
    """Return the pattern of what stands before words that are quoted within a sentence."""
    small = (
        "that|an?|the|of|as|was|is|are|were|be|been|to|and|or|by|with|from|in|for|its|his|her|their|this|these|on|at"
    )
    return re.compile(rf"(?:^|\s)(?:{small}|not|but|would|will|should)\s$")


@cache
def _said_line() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either('opens')})(?:\s+(?:{_either('days')}|on \w+))?:[ \t]*\n\s*(?=\w)")


@cache
def _afterword() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_either('ends')})")


def _unmarked(text: str, marked: list[Quotation]) -> Iterator[Quotation]:
    """Yield the paragraphs of a statement printed without marks; a text that quotes in marks is no such statement."""
    found = _said_line().search(text)
    if found is None or any(q.full for q in marked):
        return
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text, found.end())):
        start, end = paragraph.start(), paragraph.start() + len(paragraph[0].rstrip())
        if _afterword().match(paragraph[0]):
            return
        if paragraph[0].strip():
            start += len(paragraph[0]) - len(paragraph[0].lstrip())
            yield Quotation(start, end, start, end, full=True, carries_on=number > 0)


def _quotation(text: str, opened: int, closed: int, outer_end: int, *, carries: bool) -> Quotation:
    """Return the quotation after the mark at `opened` without blanks and a comma that is the dispatch's."""
    start = opened + 1
    while start < closed and text[start].isspace():
        start += 1
    end = closed
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    full = carries or _is_full(text, max(opened, 0), start, closed)
    return Quotation(start, end, max(opened, 0), outer_end, full, carries)


def _is_full(text: str, opened: int, start: int, closed: int) -> bool:
    words = text[start:closed]
    count = words.count(" ") + 1
    if _joined().search(text[max(0, opened - 20) : opened]):
        return False
    stopped = words.rstrip()[-1:] in tuple(".,!?…–—")
    if _OPENS_LIKE_A_SENTENCE.match(words):
        return stopped or count >= _FULL_WORDS
    return count >= _FULL_WORDS and text[:opened].rstrip()[-1:] in tuple(":,")


def _may_open(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return mark in "“„«" or ((not before or before.isspace() or before in "([—–-") and bool(after.strip()))


def _reopens(text: str, newline: int) -> bool:
    at = _next_word(text, newline)
    return text[at : at + 1] in tuple('“„«"') and _may_open(text, at, text[at])


def _closes_later(text: str, newline: int) -> bool:
    """Tell whether the next mark closes, so that the line break stands inside the quotation."""
    following = _MARK.search(text, newline + 1)
    while following and following[0] == "\n":
        following = _MARK.search(text, following.end())
    return following is not None and not _may_open(text, following.start(), following[0])


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
