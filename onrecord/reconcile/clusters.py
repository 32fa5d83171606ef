"""Groups of things that belong together, where some pairs must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
Floats = NDArray[np.float64]
Pair = tuple[int, int]

_DIGITS: Final = 9  # of a mean chance: what the order of adding changes lies behind


class Clusters:
    """Joins keys into clusters; a cluster never holds two labels that were told apart.

    `labels` gives the labels that a key carries, `apart` the pairs of labels that no cluster may hold both of.
    """

    def __init__(
        self,
        labels: Mapping[str, frozenset[str]] | None = None,
        apart: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._root: dict[str, str] = {}
        self._labels = dict(labels or {})
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def find(self, key: str) -> str:
        """Return the key that stands for the whole cluster: the smallest of its keys."""
        while key in self._root:
            parent = self._root[key]
            if parent in self._root:  # halve the path, so that long chains stay cheap
                self._root[key] = self._root[parent]
            key = parent
        return key

    def join(self, one: str, other: str) -> bool:
        """Bring the clusters of two keys together; return False where labels that were told apart forbid it."""
        small, large = sorted((self.find(one), self.find(other)))
        if small == large:
            return True
        if self._forbidden(small, large):
            return False
        self._root[large] = small
        if self._labels:
            self._labels[small] = self._labels.get(small, frozenset()) | self._labels.get(large, frozenset())
        return True

    def groups(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return the keys by the key that stands for their cluster, all in order."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(set(keys)):
            groups[self.find(key)].append(key)
        return dict(groups)

    def _forbidden(self, one: str, other: str) -> bool:
        theirs = self._labels.get(other, frozenset())
        return any(self._apart[label] & theirs for label in self._labels.get(one, frozenset()) if label in self._apart)


def gather(
    items: Iterable[Item],
    *,
    keys: Callable[[Item], Iterable[str]],
    points: Callable[[Item, Item], float | None],
    enough: Callable[[Item, Item, float], bool],
) -> list[list[Item]]:
    """Return the items in groups: each joins the group with which it has most in common, or opens one.

    `keys` are those under which items of one group are found, `points` tells what two have in common (`None` where
    something speaks against them), `enough` whether that makes them one. Nothing in the whole group may speak against
    a new member, so that a vague item never makes a bridge between two groups. The outcome depends on the order of the
    items: give them in an order that follows from what they are.
    """
    groups: list[list[Item]] = []
    index: defaultdict[str, list[int]] = defaultdict(list)
    for item in items:
        own = list(dict.fromkeys(keys(item)))
        near = sorted({number for key in own for number in index[key]})
        fits = [(best, -number) for number in near if (best := _fit(item, groups[number], points, enough)) is not None]
        number = -max(fits)[1] if fits else len(groups)
        if fits:
            groups[number].append(item)
        else:
            groups.append([item])
        for key in own:
            if number not in index[key]:
                index[key].append(number)
    return groups


def _fit(
    item: Item,
    group: Sequence[Item],
    points: Callable[[Item, Item], float | None],
    enough: Callable[[Item, Item, float], bool],
) -> float | None:
    """Return the most an item has in common with one of a group; `None` where it contradicts any or is too far."""
    best: float | None = None
    for member in group:
        common = points(item, member)
        if common is None:
            return None
        if enough(item, member, common):
            best = common if best is None else max(best, common)
    return best


def agglomerate(
    chances: Floats, *, least: float, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[int]]:
    """Return the numbers of things in groups, by the chance that any two of them belong together.

    `chances` is a square, symmetric array. The two groups whose members belong together with the highest chance on
    average become one, as long as that is at least `least` (average linkage, Sokal and Michener 1958). The pairs of
    `together` are joined first whatever their chance; no group holds both of a pair of `apart`, which goes before.
    """
    sums = np.array(chances, dtype=np.float64)
    np.fill_diagonal(sums, -np.inf)
    for one, other in apart:
        sums[one, other] = sums[other, one] = -np.inf
    groups: dict[int, list[int]] = {number: [number] for number in range(len(sums))}
    home = list(groups)
    for one, other in together:
        low, high = sorted((home[one], home[other]))
        if low != high and np.isfinite(sums[low, high]):
            _merge(sums, groups, low, high)
            home = [low if at == high else at for at in home]
    while len(groups) > 1:
        sizes = np.array([len(groups.get(number, ())) or 1 for number in range(len(sums))], dtype=np.float64)
        means = np.round(sums / np.outer(sizes, sizes), _DIGITS)
        low, high = sorted(divmod(int(means.argmax()), len(sums)))
        if means[low, high] < least:
            break
        _merge(sums, groups, low, high)
    return [sorted(group) for group in groups.values()]


def _merge(sums: Floats, groups: dict[int, list[int]], low: int, high: int) -> None:
    groups[low] += groups.pop(high)
    sums[low] += sums[high]
    sums[:, low] = sums[low]
    sums[low, low] = -np.inf
    sums[high] = sums[:, high] = -np.inf
