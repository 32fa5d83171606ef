"""Turns scores of arcs into one tree a sentence (Chu and Liu 1965, Edmonds 1967), and arcs into relations."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]


def heads_of(arcs: Floats) -> list[int]:
    """Return the head of each word, its own number for the root: the best tree with one root.

    `arcs[i, j]` scores word j as the head of word i, and `arcs[i, i]` word i as the root.
    """
    scores = arcs.astype(np.float64)
    heads = scores.argmax(1)
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) != 1:
        root = int(np.diagonal(scores).argmax())
        np.fill_diagonal(scores, -np.inf)
        scores[root] = -np.inf
        scores[root, root] = 0
        heads = scores.argmax(1)
    else:
        root = int(roots[0])
    if _circle(list(heads)):
        np.fill_diagonal(scores, -np.inf)
        heads = np.array(_spanning(scores, root))
        heads[root] = root
    return [int(h) for h in heads]


def _circle(heads: list[int]) -> list[int]:
    """Return the words of a circle of heads, in order, or none; a word that heads itself is none."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        trail, word = [], start
        while not state[word]:
            state[word] = start + 1
            trail.append(word)
            word = int(heads[word])
        if state[word] == start + 1 and heads[word] != word and word in trail:
            return trail[trail.index(word) :]
    return []


def _spanning(scores: Floats, root: int) -> list[int]:
    """Return the heads of the best tree below `root`; the root's own entry means nothing."""
    n = len(scores)
    heads = scores.argmax(1)
    heads[root] = root
    circle = _circle([int(h) for h in heads])
    if not circle:
        return [int(h) for h in heads]
    inside = np.zeros(n, bool)
    inside[circle] = True
    outside, ring = np.flatnonzero(~inside), np.array(circle)
    kept = scores[circle, heads[circle]]
    # The circle becomes one word, the last: its head is the best entry into it, less the arc that this entry breaks.
    into = scores[np.ix_(ring, outside)] - kept[:, None]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = into.max(0)
    small[:-1, -1] = scores[np.ix_(outside, ring)].max(1)
    found = _spanning(small, int(np.flatnonzero(outside == root)[0]))
    result = [int(h) for h in heads]
    for at, word in enumerate(outside):
        if word == root:
            continue
        head = found[at]
        result[word] = circle[int(scores[word, circle].argmax())] if head == len(outside) else int(outside[head])
    entry = circle[int(into[:, found[-1]].argmax())]
    result[entry] = int(outside[found[-1]])
    return result
