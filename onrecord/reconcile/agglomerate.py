"""Groups of things by how likely any two of them belong together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pair = tuple[int, int]

_DIGITS: Final = 9  # of a mean chance: what the order of adding changes lies behind


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
