"""Who is who: MUC, B-cubed, CEAF and their mean, on documents in the form of GUM.

The measures are those of the CoNLL shared tasks 2011 and 2012 (Vilain and others 1995, Bagga and Baldwin 1998, Luo
2005: CEAF with the entity-based phi-4).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.reading.conllu import Document, documents
from bench.reading.counting import f1
from onrecord.reader.neural import Reader, cut_words

KINDS = {"person", "organization", "place"}
Chains = list[frozenset[Hashable]]


def scores(reader: Reader, path: Path) -> dict[str, float]:
    """Return F1 of `muc`, `b3` and `ceaf` and their mean `conll`, for persons, organisations and places.

    Mentions are found by the reader, on the file's own words and sentences, and count where both ends are equal. As GUM
    marks mentions that nothing else in the text names again, these count too; `without_singletons` is the mean
    with these left out on both sides, and `mentions` the F1 of finding mentions.
    """
    whole, repeated = Tally(), Tally()
    for document in documents(path):
        gold = gold_chains(document)
        found = found_chains(reader, document)
        whole.add(gold, found)
        repeated.add([c for c in gold if len(c) > 1], [c for c in found if len(c) > 1])
    return whole.result() | {
        "mentions": f1(whole.shared, whole.gold, whole.found),
        "without_singletons": repeated.result()["conll"],
    }


def gold_chains(document: Document) -> Chains:
    """Return the chains of a document as sets of half-open word ranges."""
    chains: dict[int, set[Hashable]] = defaultdict(set)
    for first, end, chain, kind in document.mentions():
        if kind in KINDS:
            chains[chain].add((first, end))
    return [frozenset(c) for c in chains.values()]


def found_chains(reader: Reader, document: Document) -> Chains:
    """Return the chains that the reader finds."""
    cut = cut_words(document.words, document.sentence)
    starts = {start: i for i, (start, _) in enumerate(cut.offsets)}
    ends = {end: i + 1 for i, (_, end) in enumerate(cut.offsets)}
    chains: dict[int, set[Hashable]] = defaultdict(set)
    for mention in reader.read_words(cut).mentions:
        chains[mention.chain].add((starts[mention.start], ends[mention.end]))
    return [frozenset(c) for c in chains.values()]


class Tally:
    """Adds up the parts of the measures over documents."""

    def __init__(self) -> None:
        self.parts: Counter[tuple[str, str]] = Counter()
        self.gold = self.found = self.shared = 0

    def add(self, gold: Chains, found: Chains) -> None:
        """Add one document."""
        self.gold += sum(map(len, gold))
        self.found += sum(map(len, found))
        self.shared += len(frozenset().union(*gold) & frozenset().union(*found)) if gold and found else 0
        for name, given, wanted in (("recall", gold, found), ("precision", found, gold)):
            for measure, (top, bottom) in (("muc", _muc(given, wanted)), ("b3", _b3(given, wanted))):
                self.parts[measure, name] += top  # type: ignore[assignment]
                self.parts[measure, name + " of"] += bottom  # type: ignore[assignment]
        likeness = _ceaf(gold, found)
        for name, of in (("recall", len(gold)), ("precision", len(found))):
            self.parts["ceaf", name] += likeness  # type: ignore[assignment]
            self.parts["ceaf", name + " of"] += of

    def result(self) -> dict[str, float]:
        """Return F1 of each measure and their mean."""
        found = {}
        for measure in ("muc", "b3", "ceaf"):
            share = {
                n: self.parts[measure, n] / max(1e-9, self.parts[measure, n + " of"]) for n in ("recall", "precision")
            }
            total = share["recall"] + share["precision"]
            found[measure] = 200 * share["recall"] * share["precision"] / total if total else 0.0
        found["conll"] = sum(found.values()) / 3
        return {name: round(value, 1) for name, value in found.items()}


def _owner(chains: Chains) -> dict[Hashable, int]:
    return {mention: i for i, chain in enumerate(chains) for mention in chain}


def _muc(given: Chains, wanted: Chains) -> tuple[float, float]:
    owner = _owner(wanted)
    top = bottom = 0
    for chain in given:
        parts = {owner[m] for m in chain if m in owner}
        top += len(chain) - len(parts) - sum(m not in owner for m in chain)
        bottom += len(chain) - 1
    return top, bottom


def _b3(given: Chains, wanted: Chains) -> tuple[float, float]:
    owner = _owner(wanted)
    top = 0.0
    for chain in given:
        overlap = Counter(owner[m] for m in chain if m in owner)
        top += sum(n * n for n in overlap.values()) / len(chain)
    return top, sum(map(len, given))


def _ceaf(gold: Chains, found: Chains) -> float:
    if not gold or not found:
        return 0.0
    owner = _owner(found)
    likeness = np.zeros((len(gold), len(found)))
    for i, chain in enumerate(gold):
        for j, n in Counter(owner[m] for m in chain if m in owner).items():
            likeness[i, j] = 2 * n / (len(chain) + len(found[j]))
    rows, columns = linear_sum_assignment(-likeness)
    return float(likeness[rows, columns].sum())
