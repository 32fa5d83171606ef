"""Precision, recall and F1 in per cent, and the pairing of spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Span = tuple[int, int]
T = TypeVar("T")


def f1(hit: float, gold: float, found: float) -> float:
    """Return F1 in per cent, 0 where nothing is right."""
    return round(200 * hit / (gold + found), 1) if hit else 0.0


def share(part: float, whole: float) -> float:
    """Return a share in per cent, 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def in_context(text: str, span: Span, reach: int) -> str:
    """Return a stretch in brackets with so many characters on each side."""
    start, end = span
    return f"{text[max(0, start - reach) : start]}[{text[start:end]}]{text[end : end + reach]}"


def add(counts: Counter[tuple[str, str]], name: str, hit: int, gold: int, found: int) -> None:
    """Add to what `results` turns into F1."""
    counts[name, "hit"] += hit
    counts[name, "gold"] += gold
    counts[name, "found"] += found


def results(counts: Counter[tuple[str, str]], names: Iterable[str]) -> dict[str, float]:
    """Return F1 by name."""
    return {name: f1(counts[name, "hit"], counts[name, "gold"], counts[name, "found"]) for name in names}


def shared(one: Span, other: Span) -> int:
    """Return how many characters (or words) two half-open spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def half(one: Span, other: Span) -> bool:
    """Tell whether two spans share at least half of the longer one."""
    return 2 * shared(one, other) >= max(one[1] - one[0], other[1] - other[0]) > 0


def paired(gold: Sequence[Span], found: Sequence[Span], fits: Callable[[Span, Span], bool]) -> list[tuple[int, int]]:
    """Pair spans one to one, those that share most first; returns numbers of `gold` and `found`."""
    chances = sorted((-shared(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if fits(g, f))
    left, right, pairs = set[int](), set[int](), []
    for _, i, j in chances:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs
