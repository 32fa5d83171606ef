"""Which dispatches are copies or rewrites of one report: a reprint is not a second source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from zlib import crc32

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.model.values import When
from onrecord.reconcile.clusters import Clusters

_SHINGLE = 5  # words; long enough that two reporters rarely hit on the same, short enough to survive an edit
_SAMPLE = 4  # one shingle in four finds the candidates (4 of a text of 20 words); what is found is compared in full
_COMMON = 40  # a shingle of more dispatches than this is a form or a footer, and 40 squared pairs are the cost limit
_SHARED_SAMPLES = 2  # fewer shared samples are a stock phrase
_COPY = 0.5  # of the shorter text's shingles; two reports of one briefing by two reporters stay under 0.15
_ALIKE = 0.12  # of all shingles of both: a digest of ten wires holds each of them, and is a copy of none
_ENOUGH = 15  # shared shingles: less is a stock sentence, such as a line of a daily list of strikes
_VERBATIM = 0.9  # of all shingles of both: short texts are copies only where they hardly differ
_SAME_NUMBERS = 0.5  # a form that is filled in anew every day shares its words, not its numbers
_SOME_NUMBERS = 0.34  # a rewrite drops some; two daily lists of strikes with one set of footnotes share 0.24
_FEW_NUMBERS = 3  # of two numbers, one may well be new
_LONG_QUOTE = 6  # words of a quotation, below which two reporters may pick the same one
_LONG_SENTENCE = 9  # words of a sentence that no two reporters write alike
_REWRITE_DAYS = 4  # how far apart two rewrites of one wire are published
_REWRITE_SHARED = 3  # quotations and sentences in common; two where both credit the same agency

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_NUMBER = re.compile(r"\d[\d,.]*")
_QUOTE = re.compile(r"[“\"]([^“”\"]{20,600})[”\"]")
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Print:
    """What of a dispatch is compared."""

    dispatch: Dispatch
    shingles: frozenset[int]
    numbers: frozenset[str]
    stretches: frozenset[int]


def lineages(dispatches: Iterable[Dispatch]) -> dict[str, str]:
    """Pair each dispatch's id with that of the oldest dispatch of which it is a copy or a rewrite, or with its own.

    Two dispatches belong together where half of the shorter one's runs of five words stand in the other as well (and
    they hold the same numbers), or where they share several long quotations or sentences within a few days. The
    oldest is the first by date of publication, then by id; undated ones come last.
    """
    by_id = {d.id: d for d in dispatches}
    clusters = Clusters()
    for one, other in _akin(by_id):
        clusters.join(one, other)
    lineage = {}
    for members in clusters.groups(by_id).values():
        oldest = min(members, key=lambda i: age(by_id[i]))
        lineage.update(dict.fromkeys(members, oldest))
    return dict(sorted(lineage.items()))


def age(dispatch: Dispatch) -> tuple[str, str]:
    """Return the key that puts older dispatches first and undated ones last."""
    return (dispatch.published or "9999", dispatch.id)


def _akin(dispatches: dict[str, Dispatch]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of dispatches that are copies or rewrites of one report."""
    pairs = _candidates(dispatches)
    prints = {i: _print(dispatches[i]) for i in sorted({i for pair in pairs for i in pair})}
    for one, other in sorted(pairs):
        if is_copy(prints[one], prints[other]) or is_rewrite(prints[one], prints[other]):
            yield one, other


def _candidates(dispatches: dict[str, Dispatch]) -> set[tuple[str, str]]:
    """Return the pairs that share enough sampled shingles, or one long quotation or sentence, to be compared."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    stretches: defaultdict[int, list[str]] = defaultdict(list)
    for name in sorted(dispatches):
        words = _words(dispatches[name])
        for shingle in {s for s in _shingles(words) if s % _SAMPLE == 0}:
            holders[shingle].append(name)
        for stretch in _stretches(story(dispatches[name])):
            stretches[stretch].append(name)
    shared = Counter(pair for names in holders.values() if len(names) <= _COMMON for pair in combinations(names, 2))
    quoted = Counter(pair for names in stretches.values() if len(names) <= _COMMON for pair in combinations(names, 2))
    return {p for p, n in shared.items() if n >= _SHARED_SAMPLES} | {p for p, n in quoted.items() if n >= 2}


def is_copy(one: _Print, other: _Print) -> bool:
    """Tell whether one text is mostly the other, with the same numbers where both hold numbers."""
    smaller, both = min(len(one.shingles), len(other.shingles)), len(one.shingles & other.shingles)
    union = len(one.shingles | other.shingles)
    if both < _ENOUGH and both < _VERBATIM * union:
        return False
    return both / smaller >= _COPY and both / union >= _ALIKE and _numbers_in_common(one, other) >= _SAME_NUMBERS


def is_rewrite(one: _Print, other: _Print) -> bool:
    """Tell whether the two share several long quotations or sentences, and numbers, and appeared within a few days."""
    credited = one.dispatch.agency is not None and one.dispatch.agency == other.dispatch.agency
    if len(one.stretches & other.stretches) < _REWRITE_SHARED - credited:
        return False
    return _numbers_in_common(one, other) >= _SOME_NUMBERS and _close(one.dispatch, other.dispatch)


def _numbers_in_common(one: _Print, other: _Print) -> float:
    """Return the share of the numbers of the text with fewer that the other has as well; 1 where one has hardly any."""
    fewer = min(len(one.numbers), len(other.numbers))
    return len(one.numbers & other.numbers) / fewer if fewer >= _FEW_NUMBERS else 1.0


def _close(one: Dispatch, other: Dispatch) -> bool:
    """Tell whether two dispatches may have appeared within a few days of each other."""
    days = [When(d.published, d.published).first for d in (one, other)]
    first, second = days
    return first is None or second is None or abs((first - second).days) <= _REWRITE_DAYS


def story(dispatch: Dispatch) -> str:
    """Return the text without what is marked as furniture; a blank stands for each stretch left out."""
    parts, at = [], 0
    for mark in sorted(dispatch.marked, key=lambda m: (m.start, m.end)):
        parts.append(dispatch.text[at : max(at, mark.start)])
        at = max(at, mark.end)
    return " ".join([*parts, dispatch.text[at:]])


def _print(dispatch: Dispatch) -> _Print:
    words = _words(dispatch)
    return _Print(
        dispatch=dispatch,
        shingles=frozenset(_shingles(words)),
        numbers=_numbers(words, story(dispatch)),
        stretches=frozenset(_stretches(story(dispatch))),
    )


def _numbers(words: list[str], text: str) -> frozenset[str]:
    """Return the numbers of a text in digits, and in words with the word that follows ("two strikes")."""
    written = _number_words()
    counted = {f"{one} {other}" for one, other in pairwise(words) if one in written}
    return frozenset(_NUMBER.findall(text)) | counted


def _number_words() -> frozenset[str]:
    return frozenset(table("reconcile")["number_words"])


def _words(dispatch: Dispatch) -> list[str]:
    return _WORD.findall(story(dispatch).casefold())


def _shingles(words: list[str]) -> Iterator[int]:
    """Yield a checksum of each run of five words, or of all words where they are fewer."""
    for at in range(max(1, len(words) - _SHINGLE + 1)):
        yield crc32(" ".join(words[at : at + _SHINGLE]).encode())


def _stretches(text: str) -> set[int]:
    """Return a checksum of each long quotation and of each long sentence without one."""
    quotes = {q for q in map(_plain, _QUOTE.findall(text)) if q.count(" ") >= _LONG_QUOTE - 1}
    unquoted = _QUOTE.sub(" ", text)
    sentences = {s for s in map(_plain, _SENTENCE_END.split(unquoted)) if s.count(" ") >= _LONG_SENTENCE - 1}
    return {crc32(stretch.encode()) for stretch in quotes | sentences}


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
