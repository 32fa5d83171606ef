"""Whom a figure counts: the sort of people that the words mean, and the words as a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table

_PEOPLE = frozenset(
    ("killed", "wounded", "missing", "abducted", "detained", "surrendered", "released", "casualties", "displaced",
     "evacuated", "trapped", "present", "deployed", "joined", "affected")
)  # fmt: skip


_AND = re.compile(r"[,;]|\b(?:and|or|plus|with|including)\b")


@lru_cache(maxsize=1 << 14)
def group_of(who: str | None) -> str:
    """Return the sort of people or things that these words mean: groups of reconcile.toml, else their last word.

    "Fighters and their families" are two groups, written "families+fighters", "foreign fighters" what two groups have
    in common, "fighters&foreigners"; "people" adds nothing to another group. Words that only say what became of them
    ("dead") and no words at all mean no sort: that is the empty text.
    """
    text = (who or "").lower()
    for words, word in table("reconcile")["one_word"].items():
        text = text.replace(words, word)
    named = {term for part in _AND.split(text) if (term := _term(part))}
    telling = sorted(named - {"people"} or named)
    last = [word for word in fold(text).split() if word in _without_fates(text)]
    return "+".join(telling) or (last[-1] if last else "")


def _term(words: str) -> str:
    """Return the groups that all of these people belong to."""
    told = _without_fates(words)
    found = {str(group) for group, members in table("reconcile")["groups"].items() if not told.isdisjoint(members)}
    return "&".join(sorted(found - {"people"} or found))


def _without_fates(words: str) -> frozenset[str]:
    return frozenset(fold(words).split()) - frozenset(table("reconcile")["fates"]["words"])


def known_groups(group: str) -> bool:
    """Tell whether a sort of people is made of the groups of reconcile.toml alone."""
    return set(re.split("[+&]", group)) <= set(table("reconcile")["groups"])


def alike(one: str, other: str) -> bool:
    """Tell whether two sorts of people may be the same; where one account does not say whom it counts, they may."""
    return one == other or not one or not other


@lru_cache(maxsize=1 << 14)
def is_part(one: str, other: str) -> bool:
    """Tell whether all of one sort of people are of the other, which has more: foreign fighters of fighters."""
    return one != other and bool(one) and all(any(_within(a, b) for b in other.split("+")) for a in one.split("+"))


def _within(one: str, other: str) -> bool:
    """Tell whether what some groups have in common lies within what others have."""
    mine = {wider for group in one.split("&") for wider in _wider(group)}
    return mine.issuperset(other.split("&"))


@cache
def _wider(group: str) -> tuple[str, ...]:
    """Return the group and all those that hold it."""
    return (group, *_above(group))


def _above(group: str) -> Iterator[str]:
    held_by = table("reconcile")["within"]
    while group in held_by:
        group = str(held_by[group])
        yield group


def noun_phrase(who: str | None, measure: str) -> str | None:
    """Return the words for whom a figure counts as a noun phrase: "civilians" for "civilian deaths".

    Only for figures of people, of whom "people" is said where the words name no sort; others keep their words.
    """
    if measure not in _PEOPLE:
        return who
    words = (who or "").split()
    fates, plural = frozenset(table("reconcile")["fates"]["words"]), table("reconcile")["plural"]
    if words and not (_is_fate(words[0], fates) or _is_fate(words[-1], fates)):
        return who
    kept = list(words)
    while kept and _is_fate(kept[-1], fates):
        kept.pop()
    if not any(word.lower() == "and" for word in kept):  # "wounded and sick fighters" stays whole
        while kept and _is_fate(kept[0], fates):
            kept.pop(0)
    if not kept:
        return "people"
    last = kept[-1]
    return " ".join([*kept[:-1], str(plural.get(fold(last), last))])


def _is_fate(word: str, fates: frozenset[str]) -> bool:
    return fold(word) in fates
