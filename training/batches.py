"""Samples as tensors: pieces of windows for the encoder, and one row of all words for everything after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.extract.events.triggers import AMBIGUOUS, entries
from onrecord.model.vocabulary import EVENT_TYPES
from onrecord.reader.labels import LINKS, PAIR_HINTS, TAGS
from onrecord.reader.pairs import antecedents, described, features
from onrecord.reader.windows import WINDOW
from onrecord.reader.words import shape_of, word_hints
from training.samples import Sample, cuts


@cache
def hints() -> dict[str, tuple[int, ...]]:
    """Return for each form of the event word lists the numbers of the types that it may have."""
    number = {name: i for i, name in enumerate((*EVENT_TYPES, AMBIGUOUS))}
    found: dict[str, set[int]] = {}
    for entry in entries():
        found.setdefault(entry.words[0], set()).add(number[entry.type])
    return {form: tuple(sorted(types)) for form, types in found.items()}


@dataclass
class Batch:
    """Texts as tensors. Indices count in the row of all words of the batch, `first` and `last` in that of pieces."""

    samples: list[Sample]
    starts: list[int]  # the first word of each sample
    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    shape: Tensor
    hint: Tensor
    sentence: Tensor  # (sentences, longest) word numbers, the number of all words for padding
    own: Tensor  # the sentence of each word
    place: Tensor  # where each word stands in its sentence

    def inputs(self) -> tuple[Tensor, ...]:
        """Return what `Words` takes, in its order."""
        return self.pieces, self.mask, self.first, self.last, self.shape, self.hint


def collate(samples: list[Sample], tokenizer: Tokenizer) -> Batch:
    """Return samples as one batch."""
    rows: list[list[int]] = []
    outer: list[tuple[int, int, int]] = []  # window, first and last piece of each word
    words: list[str] = []
    own: list[int] = []
    starts: list[int] = []
    for sample in samples:
        starts.append(len(words))
        edges = cuts(sample.sentence, WINDOW)
        for start, end in pairwise(edges):
            encoded = tokenizer.encode(sample.words[start:end], is_pretokenized=True)
            ends: dict[int, list[int]] = {}
            for at, word in enumerate(encoded.word_ids[:511]):
                if word is not None:
                    ends.setdefault(word, [at, at])[1] = at
            outer += [(len(rows), *ends.get(i, [0, 0])) for i in range(end - start)]
            rows.append(encoded.ids[:512])
        base = own[-1] + 1 if own else 0
        own += [base + s - sample.sentence[0] for s in sample.sentence]
        words += sample.words
    longest = max(map(len, rows))
    table, place = _sentences(own)
    ruled = [sample.ruled.get(i, ()) for sample in samples for i in range(len(sample))]
    return Batch(
        samples,
        starts,
        torch.tensor([r + [0] * (longest - len(r)) for r in rows]),
        torch.tensor([[1] * len(r) + [0] * (longest - len(r)) for r in rows]),
        torch.tensor([w * longest + f for w, f, _ in outer]),
        torch.tensor([w * longest + t for w, _, t in outer]),
        torch.tensor([shape_of(word) for word in words]),
        torch.tensor(word_hints(words, hints(), ruled)),
        torch.tensor(table),
        torch.tensor(own),
        torch.tensor(place),
    )


def _sentences(own: list[int]) -> tuple[list[list[int]], list[int]]:
    groups: list[list[int]] = []
    place = []
    for i, number in enumerate(own):
        if not i or number != own[i - 1]:
            groups.append([])
        place.append(len(groups[-1]))
        groups[-1].append(i)
    longest = max(map(len, groups))
    return [g + [len(own)] * (longest - len(g)) for g in groups], place


def allowed(batch: Batch, task: str) -> tuple[Tensor, Tensor] | None:
    """Return the words that have a label of the task, and (words, labels) 1 for each label that is right."""
    number = {name: i for i, name in enumerate(TAGS[task])}
    at: list[int] = []
    right: list[tuple[int, int]] = []
    for start, sample in zip(batch.starts, batch.samples, strict=True):
        for i, label in enumerate(sample.labels.get(task, ())):
            if label is not None:
                right += [(len(at), number[one]) for one in label.split("/") if one in number]
                at.append(start + i)
    if not at:
        return None
    mask = torch.zeros(len(at), len(number), dtype=torch.bool)
    rows, columns = torch.tensor(right).T
    mask[rows, columns] = True
    return torch.tensor(at), mask


@dataclass
class Asked:
    """Links asked for: each row is a word, a kind of link, and its candidates (padded), of which some are right."""

    link: Tensor
    word: Tensor
    candidate: Tensor
    real: Tensor
    right: Tensor
    hints: Tensor  # what rules know of each word and candidate


def asked(batch: Batch) -> Asked | None:
    """Return all links that the samples ask for."""
    found = [
        (
            LINKS.index(link),
            start + word,
            [start + c for c in candidates],
            {start + r for r in right},
            [pair_hints(sample, word, c) for c in candidates],
        )
        for start, sample in zip(batch.starts, batch.samples, strict=True)
        for word, link, candidates, right in sample.links
        if candidates
    ]
    if not found:
        return None
    most = max(len(row[2]) for row in found)
    pad = [row[2] + [0] * (most - len(row[2])) for row in found]
    return Asked(
        torch.tensor([row[0] for row in found]),
        torch.tensor([row[1] for row in found]),
        torch.tensor(pad),
        torch.tensor([[True] * len(row[2]) + [False] * (most - len(row[2])) for row in found]),
        torch.tensor([[c in row[3] for c in row[2]] + [False] * (most - len(row[2])) for row in found]),
        torch.tensor([row[4] + [[0.0] * len(PAIR_HINTS)] * (most - len(row[2])) for row in found]),
    )


def pair_hints(sample: Sample, word: int, candidate: int) -> list[float]:
    """Return what rules know of a trigger's word and a candidate, as `PAIR_HINTS` has it."""
    cast = sample.casts.get(word, ((),) * 3)
    return [*(float(candidate in some) for some in cast), *sample.about.get(candidate, (0.0,) * 3)]


@dataclass
class Chain:
    """The mentions of one sample, and for each the antecedents that name the same."""

    head: Tensor
    first: Tensor
    before: Tensor  # (mentions, antecedents), -1 where there is none
    features: Tensor
    right: Tensor


def chain_of(sample: Sample, start: int) -> Chain | None:
    """Return the mentions of a sample with their antecedents; `start` is the sample's first word in the batch."""
    if len(sample.mentions) < 2:
        return None
    before = antecedents(len(sample.mentions), 0, len(sample.mentions))
    looks = features(described(sample.words, sample.sentence, sample.mentions), 0, before)
    chains = np.array(sample.chains)
    right = (chains[:, None] == chains[np.maximum(before, 0)]) & (before >= 0)
    heads, firsts, _ = np.array(sample.mentions).T
    return Chain(
        torch.tensor(heads + start),
        torch.tensor(firsts + start),
        torch.tensor(before),
        torch.tensor(looks),
        torch.tensor(right),
    )


def with_none(scores: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
    """Return scores of candidates, and which are right, with none as the last; its score is 0."""
    return torch.cat([scores, scores.new_zeros(len(scores), 1)], 1), torch.cat([right, ~right.any(1, keepdim=True)], 1)
