"""From scores to answers: chances, spans and the best partner of a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.labels import spans_of

Floats = NDArray[Any]
_OUTSIDE = 0.999  # chance of lying outside every span from which on a word is taken to do so
_FAINT = 0.02  # a name of a span with less of a chance is not told
DIGITS = 3  # of a score: what is left is the same on every processor


def chances(scores: Floats, heat: float = 1.0) -> Floats:
    """Return chances along the last axis, scores divided by `heat` first (Guo and others 2017, temperature scaling)."""
    shifted = scores.astype(np.float64) / heat
    shifted -= shifted.max(-1, keepdims=True)
    powers = np.exp(shifted)
    result: Floats = powers / powers.sum(-1, keepdims=True)
    return result


def with_none(scores: Floats, heat: float = 1.0) -> Floats:
    """Return the chances of each candidate along the last axis, with that of none, whose score is 0, as the last."""
    none = np.zeros((*scores.shape[:-1], 1), scores.dtype)
    return chances(np.concatenate([scores, none], -1), heat)


def spans(found: Floats, names: Sequence[str]) -> Iterator[tuple[int, int, str, float]]:
    """Yield (first word, end, name, score) of the spans that the likeliest labels mark.

    `found` is (words, labels) of chances; a span's score is the mean over its words of the chance of its name.
    """
    labels = [names[i] for i in found.argmax(1)]
    columns: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        if name != "O":
            columns.setdefault(name[2:], []).append(i)
    for start, end, name in spans_of(labels):
        yield start, end, name, rounded(found[start:end][:, columns[name]].sum(1).mean())


def long_spans(found: Floats, name: str, *, cost: float) -> Iterator[tuple[int, int, str, float]]:
    """Yield (first word, end, name, score) of the likeliest spans, each of which costs `cost` nats to begin.

    `found` is (words, 3) of the chances of O, B and I. Taking each word's likeliest label would break a long span at
    one doubtful word; the likeliest whole sequence (Viterbi 1967), in which I follows only B or I, does not. Words that
    are almost certainly outside part the text into stretches that are searched one by one.
    """
    doubtful = np.flatnonzero(found[:, 0] < _OUTSIDE)
    for stretch in np.split(doubtful, np.flatnonzero(np.diff(doubtful) > 1) + 1):
        if len(stretch):
            first = int(stretch[0])
            labels = _likeliest(found[first : first + len(stretch)], cost)
            for start, end, _ in spans_of(labels):
                score = found[first + start : first + end, 1:].sum(1).mean()
                yield first + start, first + end, name, rounded(score)


def typed_spans(
    found: Floats, names: Sequence[str], *, least: float
) -> Iterator[tuple[int, int, float, list[tuple[str, float]]]]:
    """Yield (first word, end, chance of being a span, names with their chances) of spans of at least a chance.

    `found` is (words, labels) of chances of O and of B and I for each name; `least` is the chance from which on a span
    counts. A name's chance is the mean over the words; the likeliest comes first, those below `_FAINT` are left out.
    """
    ends = [[i for i, name in enumerate(names) if name.startswith(tag)] for tag in ("B-", "I-")]
    begun, within = (found[:, columns] for columns in ends)
    kinds = [names[i][2:] for i in ends[0]]
    flat = np.stack([found[:, 0] * least / (1 - least), begun.sum(1), within.sum(1)], 1)
    for start, end, _, _ in long_spans(flat, "", cost=0.0):
        each = (begun[start:end] + within[start:end]).mean(0)
        order = sorted(np.flatnonzero(each >= _FAINT).tolist(), key=lambda i: (-each[i], i))
        if order:
            yield start, end, rounded(each.sum()), [(kinds[i], rounded(each[i])) for i in order]


def _likeliest(found: Floats, cost: float) -> list[str]:
    """Return the likeliest sequence of O, B and I."""
    logs = np.log(np.maximum(found, 1e-12)) - np.array([0.0, cost, 0.0])
    out, begun, within = 0.0, -np.inf, -np.inf
    back: list[tuple[int, int]] = []
    for o, b, i in logs.tolist():
        inner, inside = (within, 2) if within >= begun else (begun, 1)
        best, state = (inner, inside) if inner >= out else (out, 0)
        back.append((state, inside))
        out, begun, within = best + o, best + b, inner + i
    state = max((out, 0), (begun, 1), (within, 2))[1]
    labels = []
    for before, inner_before in reversed(back):
        labels.append(("O", "B-", "I-")[state])
        state = inner_before if state == 2 else before
    return labels[::-1]


def rounded(score: float) -> float:
    """Return a chance as it is given out: at most 1, of `DIGITS` digits."""
    return min(1.0, round(float(score), DIGITS))
