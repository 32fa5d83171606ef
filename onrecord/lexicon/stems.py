"""The family that a word belongs to: one stem for "arrested", "arrests" and "the arrest"."""

from __future__ import annotations

from functools import cache, lru_cache

from onrecord.lexicon.lexicon import table

_LEAST = 3  # letters that a stem keeps
_DOUBLED = frozenset("bdgmnprt")  # consonants that an ending doubles: "stopped"; "kill" and "pass" keep theirs


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a word in small letters, by `stems.toml`: its family, or the word without its ending.

    A stem is a key to compare by and need be no word: "continued" gives "continu". The endings are the common ones of
    English inflexion and derivation, fewer than those of Porter (1980); what they would spoil is listed as a family.
    """
    known = _families().get(word)
    if known:
        return known
    for ending, least in _endings():
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= least and _speakable(bare) and not (ending in {"s", "es"} and bare[-1] == "s"):
            return _families().get(bare) or _trimmed(bare)
    return _trimmed(word)


def is_empty(word: str) -> bool:
    """Tell whether a word in small letters says nothing by itself ("the", "was")."""
    return word in _empty()


def _speakable(bare: str) -> bool:
    return any(letter in "aeiouy" for letter in bare)


def _trimmed(bare: str) -> str:
    """Return a stem without the final letters that come and go: "continue" and "continu", "stopp" and "stop"."""
    while len(bare) > _LEAST and bare[-1] in "eyi":
        bare = bare[:-1]
    doubled = len(bare) > _LEAST and bare[-1] == bare[-2] and bare[-1] in _DOUBLED
    return bare[:-1] if doubled else bare


@cache
def _families() -> dict[str, str]:
    listed = table("stems")["families"]
    return {word: family for family, words in listed.items() for word in (family, *words)}


@cache
def _endings() -> tuple[tuple[str, int], ...]:
    return tuple(table("stems")["endings"].items())


@cache
def _empty() -> frozenset[str]:
    return frozenset(table("stems")["empty"]["words"])


def mean_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether news uses stems of the one for what it uses stems of the other for."""
    known, none = _meanings(), frozenset[int]()
    return any(known.get(root, none) & known.get(another, none) for root in one for another in other)


@cache
def _meanings() -> dict[str, frozenset[int]]:
    """Return the lines of words used for one thing in which each stem stands."""
    lines = [frozenset(map(stem, line.split())) for line in table("stems")["meanings"]["lines"]]
    return {root: frozenset(n for n, line in enumerate(lines) if root in line) for root in frozenset().union(*lines)}
