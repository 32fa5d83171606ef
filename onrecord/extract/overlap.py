"""What two stretches of a text, as offsets, have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.reader.read import Stretch

Span = tuple[int, int]
SAME = 0.5  # share of the longer one from which on two stretches are the same words
_MARKS = 2  # characters by which stretches differ that differ in their marks only


def span_of(stretch: Stretch) -> Span:
    """Return the offsets of what the trained reader marks."""
    return stretch.start, stretch.end


def shared(one: Span, other: Span) -> int:
    """Return how many characters two stretches share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def same(one: Span, other: Span) -> bool:
    """Tell whether two stretches are the same words, give or take a few."""
    return shared(one, other) >= SAME * max(one[1] - one[0], other[1] - other[0])


def holds(outer: Span, inner: Span) -> bool:
    """Tell whether a stretch holds another, but for a mark or a blank at either end."""
    return outer[0] <= inner[0] + _MARKS and inner[1] - _MARKS <= outer[1]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return stretches with those that overlap joined."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def covered(span: Span, others: Sequence[Span]) -> float:
    """Return the share of a stretch that lies within the others."""
    return sum(shared(span, other) for other in others) / (span[1] - span[0])
