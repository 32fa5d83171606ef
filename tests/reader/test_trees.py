"""Trees from scores of arcs, against all trees."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reader.trees import heads_of


def is_tree(heads: tuple[int, ...] | list[int]) -> bool:
    roots = [i for i, head in enumerate(heads) if i == head]
    for start in range(len(heads)):
        word, steps = start, 0
        while heads[word] != word and steps <= len(heads):
            word, steps = heads[word], steps + 1
        if steps > len(heads):
            return False
    return len(roots) == 1


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_tree_is_the_best_below_its_root(seed: int, size: int) -> None:
    arcs = np.random.default_rng(seed).normal(size=(size, size))
    found = heads_of(arcs)
    assert is_tree(found)
    root = next(i for i, head in enumerate(found) if i == head)
    trees = [t for t in product(range(size), repeat=size) if t[root] == root and is_tree(t)]
    best = max(sum(arcs[i, h] for i, h in enumerate(tree)) for tree in trees)
    assert sum(arcs[i, h] for i, h in enumerate(found)) == pytest.approx(best)


def test_a_long_sentence_with_many_circles_ends() -> None:
    arcs = np.random.default_rng(7).normal(size=(300, 300))
    assert is_tree(heads_of(arcs))


def test_of_two_roots_the_likelier_stays() -> None:
    arcs = np.array([[5.0, 0.0, 0.0], [0.0, 6.0, 1.0], [0.0, 4.0, 0.0]])
    assert heads_of(arcs) == [1, 1, 1] or heads_of(arcs) == [2, 1, 1]
    assert is_tree(heads_of(arcs))
