"""What the words beside a time say: which way it is counted and from when, by the lists of `times.toml`."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.lexicon import table


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return a list of the section `shifts`."""
    return tuple(table("times")["shifts"][name])


def tells(words: str, *names: str) -> bool:
    """Tell whether the words hold one of these lists."""
    return any(word in words for name in names for word in listed(name))


def opens(words: str, *names: str) -> bool:
    """Tell whether the words begin with one of these lists."""
    return any(words.startswith(listed(name)) for name in names)


def turn(words: str) -> int:
    """Return 1 for words that look forward ("the next"), -1 for those that look back ("last"), else 0."""
    if tells(words, "ahead", "later"):
        return 1
    return -1 if tells(words, "behind", "earlier") else 0
