"""Spellings of one name that copies of one report give in the same sentence: each desk prints a wire in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from onrecord.reconcile.copies import SENTENCE_END, told_alike
from onrecord.reconcile.lineage import Lineages
from onrecord.reconcile.persons import consonants
from onrecord.reconcile.sightings import Read, Sighting

_WORDS = 5  # besides the names, in a sentence that tells: "X said on Tuesday" may be said of two
_ALIKE = 55  # of two folded names in one spot with other consonants; Raqqa and Hajin have 20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence, each name as one word that tells only its sort, and the names by their point in it."""

    words: tuple[str, ...]
    names: Mapping[int, Sighting]


class CopiedNames:
    """The pairs of sightings whose names stand at the same point of one sentence in two copies of a report.

    The two names are of one sort and not unlike: a desk may also put another name in its place ("the town" for
    "Hajin", "the rebels" for "the SDF"). The pairs are kept as dispatches come, change and go.
    """

    def __init__(self, lineages: Lineages) -> None:
        self._lineages = lineages
        self._pairs: dict[str, list[tuple[Sighting, Sighting]]] = {}  # by lineage

    def update(self, dispatches: Iterable[str], reads: Mapping[str, Read]) -> None:
        """Compare anew the copies of the lineages of these dispatches; `reads` are all dispatches as they are now."""
        members = self._lineages.members
        for gone in self._pairs.keys() - members.keys():
            del self._pairs[gone]
        for root in {self._lineages.of[d] for d in dispatches if d in reads}:
            self._pairs[root] = list(_pairs([reads[d] for d in sorted(members[root])]))

    def pairs(self) -> Iterator[tuple[Sighting, Sighting]]:
        """Yield the pairs in a fixed order."""
        return chain.from_iterable(self._pairs[root] for root in sorted(self._pairs))


def _pairs(copies: Iterable[Read]) -> Iterator[tuple[Sighting, Sighting]]:
    """Yield the pairs of the first copy that names anything with each of the others."""
    named = [(c.dispatch.text, seen) for c in copies if (seen := [s for s in c.sightings if s.named])]
    told = [list(_sentences(text, seen)) for text, seen in named] if len(named) > 1 else []
    for others in told[1:]:
        yield from (pair for one in told[0] for other in others for pair in _same_spot(one, other))


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
