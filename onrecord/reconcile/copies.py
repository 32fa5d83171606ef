"""What two dispatches have in common: whether one text is a copy or a rewrite of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from sys import intern
from zlib import crc32

from rapidfuzz.distance import LCSseq

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.model.tablerows import is_table_row
from onrecord.model.values import When

_SHINGLE = 5  # words; long enough that two reporters rarely hit on the same, short enough to survive an edit
_COPY = 0.5  # of the shorter text's shingles; two reports of one briefing by two reporters stay under 0.15
_ALIKE = 0.12  # of all shingles of both: a digest of ten wires holds each of them, and is a copy of none
_ENOUGH = 15  # shared shingles: less is a stock sentence, such as a line of a daily list of strikes
_VERBATIM = 0.9  # of all shingles of both: short texts are copies only where they hardly differ
_SAME_NUMBERS = 0.6  # a form filled in anew every day shares its words, and up to 0.48 of its numbers
_SOME_NUMBERS = 0.34  # a rewrite drops some; two daily lists of strikes with one set of footnotes share 0.24
_FEW_NUMBERS = 3  # of two numbers, one may well be new
_LONG_QUOTE = 6  # words of a quotation, below which two reporters may pick the same one
_LONG_SENTENCE = 9  # words of a sentence that no two reporters write alike
_REWRITE_DAYS = 4  # how far apart two rewrites of one wire are published
_REWRITE_SHARED = 3  # quotations and sentences in common; two where both credit the same agency
_RETOLD = 0.4  # of the shorter text's words, in sentences told alike; a rewrite has 0.65, two reports of one day 0.29
_RETOLD_FEW = 0.6  # the same where the numbers are too few to bear it out
_TOLD_ALIKE = 0.75  # of the shorter sentence's words, in the same order in the other: cut, reordered, renamed
_TOLD_WORDS = 8  # words of a sentence that is long enough to tell
_TOLD_SHINGLES = 0.15  # shared with the shorter text; without them sentences need not be compared

_DAY_DIGITS = 2
_SHORT = 3  # letters by which months are told

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_NUMBER = re.compile(r"\d[\d,.]*")
_QUOTE = re.compile(r"[“\"]([^“”\"]{20,600})[”\"]")
SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+|\n+")


@cache
def _months() -> frozenset[str]:
    return frozenset(name for name in table("times")["months"] if len(name) == _SHORT)


@dataclass(frozen=True, slots=True)
class Print:
    """What of a dispatch is compared: its agency, the ordinal of its day, checksums of its parts, its sentences.

    `days` are those that its text writes out.
    """

    agency: str | None
    day: int | None
    shingles: frozenset[int]
    numbers: frozenset[str]
    days: frozenset[str]
    stretches: frozenset[int]
    sentences: tuple[tuple[str, ...], ...]


def print_of(dispatch: Dispatch) -> Print:
    """Return what is compared of a dispatch."""
    # Rows of one table are worded alike, and each is an event of its own.
    text = "" if is_table_row(dispatch) else story(dispatch)
    words = _WORD.findall(text.casefold())
    first = When(dispatch.published, dispatch.published).first
    return Print(
        agency=dispatch.agency,
        day=first.toordinal() if first else None,
        shingles=frozenset(_shingles(words)),
        numbers=_numbers(words, text),
        days=frozenset(_days(words)),
        stretches=frozenset(_stretches(text)),
        sentences=tuple(_sentences(text)),
    )


def shared(one: Print, other: Print) -> set[int]:
    """Return what two dispatches have in common that appeared too far apart to be rewrites of one wire.

    That is an outlet's stock: the footer, the paragraph on how the war began, the lines of a form.
    """
    return {*(one.shingles & other.shingles), *(one.stretches & other.stretches)}


def without(print_: Print, stock: set[int]) -> Print:
    """Return what is compared of a dispatch without what is an outlet's stock."""
    sentences = tuple(s for s in print_.sentences if not stock.issuperset(_shingles(list(s))))
    kept = print_.shingles - stock
    return replace(print_, shingles=kept or print_.shingles, stretches=print_.stretches - stock, sentences=sentences)


def is_copy(one: Print, other: Print) -> bool:
    """Tell whether one text is mostly the other, with the same numbers where both hold numbers."""
    if _of_other_days(one, other):
        return False
    both = len(one.shingles & other.shingles)
    alike = both / (len(one.shingles) + len(other.shingles) - both)
    if (both < _ENOUGH or not close(one, other)) and alike < _VERBATIM:
        return False  # what is shared by reports weeks apart is the background that an outlet tells again and again
    contained = both / min(len(one.shingles), len(other.shingles))
    return contained >= _COPY and alike >= _ALIKE and _numbers_in_common(one, other) >= _SAME_NUMBERS


def is_rewrite(one: Print, other: Print) -> bool:
    """Tell whether the two share several long quotations or sentences, and numbers, and appeared within a few days."""
    if _of_other_days(one, other):
        return False
    credited = one.agency is not None and one.agency == other.agency
    if len(one.stretches & other.stretches) < _REWRITE_SHARED - credited:
        return False
    # What shares most of its words but not its numbers is no rewrite: it is a form that is filled in anew.
    numbers = _SAME_NUMBERS if _contained(one, other) >= _COPY else _SOME_NUMBERS
    return _numbers_in_common(one, other) >= numbers and close(one, other)


def is_retold(one: Print, other: Print) -> bool:
    """Tell whether much of the shorter text stands in the other in nearly the same sentences, with the same numbers.

    That finds the wire that each desk cut and reworded a little, whom neither credits alike. Measured on 300 texts:
    the only such pair has 0.65 of its words in common sentences, the next pairs with these numbers have 0.12.
    """
    if not close(one, other) or _numbers_in_common(one, other) < _SAME_NUMBERS:
        return False
    if _of_other_days(one, other):
        return False
    if _contained(one, other) < _TOLD_SHINGLES or _alike(one, other) < _ALIKE:
        return False
    few = min(len(one.numbers), len(other.numbers)) < _FEW_NUMBERS
    return _retold(one, other) >= (_RETOLD_FEW if few else _RETOLD)


def _contained(one: Print, other: Print) -> float:
    """Return the share of the shorter text's runs of five words that stand in the other."""
    return len(one.shingles & other.shingles) / min(len(one.shingles), len(other.shingles))


def _alike(one: Print, other: Print) -> float:
    """Return the share of all runs of five words of both texts that both have."""
    return len(one.shingles & other.shingles) / len(one.shingles | other.shingles)


def _retold(one: Print, other: Print) -> float:
    """Return the share of the words of the text with fewer that lie in sentences the other has nearly the same."""
    short, long = sorted((one.sentences, other.sentences), key=lambda told: (sum(map(len, told)), told))
    words = sum(map(len, short))
    return sum(len(s) for s in short if any(told_alike(s, t) for t in long)) / words if words else 0.0


def told_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether most words of the shorter sentence stand in the other in the same order."""
    return LCSseq.similarity(one, other) >= _TOLD_ALIKE * min(len(one), len(other))


def _numbers_in_common(one: Print, other: Print) -> float:
    """Return the share of the numbers of the text with fewer that the other has as well; 1 where one has hardly any."""
    fewer = min(len(one.numbers), len(other.numbers))
    return len(one.numbers & other.numbers) / fewer if fewer >= _FEW_NUMBERS else 1.0


def _of_other_days(one: Print, other: Print) -> bool:
    """Tell whether both write out days and none in common: one form filled in for two days, however alike the words."""
    return bool(one.days and other.days) and not one.days & other.days


def close(one: Print, other: Print) -> bool:
    """Tell whether two dispatches may have appeared within a few days of each other."""
    return one.day is None or other.day is None or abs(one.day - other.day) <= _REWRITE_DAYS


def story(dispatch: Dispatch) -> str:
    """Return the text without what is marked as furniture; a blank stands for each stretch left out."""
    parts, at = [], 0
    for mark in sorted(dispatch.marked, key=lambda m: (m.start, m.end)):
        parts.append(dispatch.text[at : max(at, mark.start)])
        at = max(at, mark.end)
    return " ".join([*parts, dispatch.text[at:]])


def _numbers(words: list[str], text: str) -> frozenset[str]:
    """Return the numbers of a text in digits, and in words with the word that follows ("two strikes")."""
    written = _number_words()
    counted = {f"{one} {other}" for one, other in pairwise(words) if one in written}
    return frozenset(_NUMBER.findall(text)) | counted


def _days(words: list[str]) -> Iterator[str]:
    """Yield the days that a text writes out ("Nov. 4", "4 November"), each by its month's first letters and number."""
    for one, other in pairwise(words):
        for month, day in ((one, other), (other, one)):
            if day.isdigit() and len(day) <= _DAY_DIGITS and month[:_SHORT] in _months() and month.isalpha():
                yield f"{month[:3]} {int(day)}"


def _number_words() -> frozenset[str]:
    return frozenset(table("reconcile")["number_words"])


def _shingles(words: list[str]) -> Iterator[int]:
    """Yield a checksum of each run of five words, or of all words where they are fewer."""
    for at in range(max(1, len(words) - _SHINGLE + 1)):
        yield crc32(" ".join(words[at : at + _SHINGLE]).encode())


def _stretches(text: str) -> set[int]:
    """Return a checksum of each long quotation and of each long sentence without one."""
    quotes = {q for q in map(_plain, _QUOTE.findall(text)) if q.count(" ") >= _LONG_QUOTE - 1}
    unquoted = _QUOTE.sub(" ", text)
    sentences = {s for s in map(_plain, SENTENCE_END.split(unquoted)) if s.count(" ") >= _LONG_SENTENCE - 1}
    return {crc32(stretch.encode()) for stretch in quotes | sentences}


def _sentences(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the folded words of each sentence that is long enough to tell."""
    for sentence in SENTENCE_END.split(text):
        words = tuple(map(intern, _WORD.findall(sentence.casefold())))  # a large archive has few different words
        if len(words) >= _TOLD_WORDS:
            yield words


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
