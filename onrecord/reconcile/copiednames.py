"""Spellings of one name that copies of one report give in the same sentence: each desk prints a wire in its own way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from onrecord.model.records import Dispatch
from onrecord.reconcile.lineage import SENTENCE_END, told_alike
from onrecord.reconcile.persons import consonants
from onrecord.reconcile.sightings import Sighting

_WORDS = 5  # besides the names, in a sentence that tells: "X said on Tuesday" may be said of two
_ALIKE = 55  # of two folded names in one spot with other consonants; Raqqa and Hajin have 20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence, each name as one word that tells only its sort, and the names by their point in it."""

    words: tuple[str, ...]
    names: Mapping[int, Sighting]


def copied_names(
    seen: Iterable[Sighting], lineage: Mapping[str, str], dispatches: Mapping[str, Dispatch]
) -> Iterator[tuple[Sighting, Sighting]]:
    """Yield the pairs of sightings whose names stand at the same point of one sentence in two copies of a report.

    The two names are of one sort and not unlike: a desk may also put another name in its place ("the town" for
    "Hajin", "the rebels" for "the SDF").
    """
    by_dispatch: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        if sighting.named:
            by_dispatch[sighting.dispatch].append(sighting)
    copies: defaultdict[str, list[str]] = defaultdict(list)
    for dispatch in sorted(by_dispatch):
        copies[lineage[dispatch]].append(dispatch)
    for held in (d for d in copies.values() if len(d) > 1):
        first, *others = (list(_sentences(dispatches[d].text, by_dispatch[d])) for d in held)
        for told in others:
            yield from (pair for one in first for other in told for pair in _same_spot(one, other))


def _same_spot(one: _Sentence, other: _Sentence) -> Iterator[tuple[Sighting, Sighting]]:
    if not told_alike(one.words, other.words):
        return
    for block in LCSseq.opcodes(one.words, other.words):
        for n in range(block.src_end - block.src_start if block.tag == "equal" else 0):
            mine, theirs = one.names.get(block.src_start + n), other.names.get(block.dest_start + n)
            if mine and theirs and mine.folded != theirs.folded and _may_be_one(mine.folded, theirs.folded):
                yield mine, theirs


def _may_be_one(one: str, other: str) -> bool:
    return consonants(one) == consonants(other) or fuzz.ratio(one, other) >= _ALIKE


def _sentences(text: str, seen: Sequence[Sighting]) -> Iterator[_Sentence]:
    """Yield the sentences that hold a name and enough words besides."""
    spots = sorted(((m.span.start, m.span.end, s) for s in seen for m in s.mentions if m.form == "name"), key=_by_place)
    at = 0
    for end in [*(m.end() for m in SENTENCE_END.finditer(text)), len(text)]:
        words: list[str] = []
        names: dict[int, Sighting] = {}
        cut = at
        for start, after, sighting in spots:
            if cut <= start and after <= end:
                words += _WORD.findall(text[cut:start].casefold())
                names[len(words)] = sighting
                words.append(f"<{sighting.sort}>")
                cut = after
        words += _WORD.findall(text[cut:end].casefold())
        if names and len(words) - len(names) >= _WORDS:
            yield _Sentence(tuple(words), names)
        at = end


def _by_place(spot: tuple[int, int, Sighting]) -> tuple[int, int]:
    return spot[0], -spot[1]
