"""Cuts a long text into overlapping windows for the encoder; nothing is cut off."""

from __future__ import annotations

from typing import Final

WINDOW: Final = 200  # words, as in training: about 260 of the encoder's 512 pieces
MARGIN: Final = 8  # words of context that a window has on each side beyond those that are taken from it
NEAR: Final = 24  # words before the end of a window in which the end of a sentence is looked for
MOST_PIECES: Final = 510  # besides the encoder's two marks


def windows(sizes: list[int], sentence: list[int]) -> list[tuple[int, int, int, int]]:
    """Return windows as (first word, end, first word taken, end of those taken); those taken are each word once.

    `sizes` counts the pieces of each word and `sentence` numbers its sentence. Windows are about equal in length, are
    taken up to sentence ends where these are near, and hold at most `MOST_PIECES` pieces (a longer word counts as one).
    """
    total = len(sizes)
    if total <= WINDOW and sum(sizes) <= MOST_PIECES:
        return [(0, total, 0, total)] if total else []
    found = []
    for start, end in _cores(sizes, sentence):
        first, after = max(0, start - MARGIN), min(total, end + MARGIN)
        spare = MOST_PIECES - sum(sizes[start:end])
        while first < start and sum(sizes[first:start]) > spare // 2:
            first += 1
        while after > end and sum(sizes[end:after]) > spare // 2:
            after -= 1
        found.append((first, after, start, end))
    return found


def _cores(sizes: list[int], sentence: list[int]) -> list[tuple[int, int]]:
    """Cut all words into stretches that a window fits around."""
    most = WINDOW - 2 * MARGIN
    total, start, found = len(sizes), 0, []
    while start < total:
        parts = -(-(total - start) // most)
        end = start + -(-(total - start) // parts)
        while sum(sizes[start:end]) > MOST_PIECES and end > start + 1:
            end -= 1
        ends = [i for i in range(max(start + 1, end - NEAR), end + 1) if i == total or sentence[i] != sentence[i - 1]]
        found.append((start, ends[-1] if ends else end))
        start = found[-1][1]
    return found
