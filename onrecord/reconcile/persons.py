"""Which names of persons mean the same one: spellings of a transliteration, and a surname after the full name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.lexicon import table
from onrecord.reconcile.lineage import Lineages
from onrecord.reconcile.sightings import Sighting

_SPELT_ALIKE = (
    70  # of two whole names that sound alike: the worst true pair met (Rami Abdurrahman, Abdel Rahman) has 83
)
_LONG_SURNAME = 7  # letters, from which on a slip of the pen leaves a surname recognisable
_MISSPELT = 88  # of two surnames: a slip in a name of eight letters has 88; Robertson and Robinson have 71
_GIVEN_ALIKE = (
    65  # of two first names beside one surname, on one side: Yusuf and Youssef have 67, Hassan and Hussein 62
)
_ABD = re.compile(r"^abd(?:[aeou][lrn])?(?=\w{3})")  # Abdurrahman, Abdul Rahman and Abdel-Rahman are one name


class Surnames:
    """Whom a bare surname means: kept as dispatches come, change and go.

    A full name is its own key everywhere. A surname alone goes to the one full name of its dispatch, or else of its
    lineage, that ends so; or to the one of all dispatches that two reports or more use. What is left, and everyone
    who is only described ("a spokesman"), is someone of that dispatch alone.
    """

    def __init__(self, lineages: Lineages) -> None:
        self._lineages = lineages
        self._full: dict[str, frozenset[str]] = {}
        self._spread: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self._everywhere: dict[str, str | None] = {}

    def put(self, dispatch: str, full: frozenset[str]) -> set[str]:
        """Replace the folded full names of a dispatch, which may be none; return their sounds, old and new."""
        old = self._full.pop(dispatch, frozenset())
        for name in old:
            self._spread[sounds(name)[-1]].pop(dispatch, None)
        for name in full:
            self._spread[sounds(name)[-1]].setdefault(dispatch, set()).add(name)
        if full:
            self._full[dispatch] = full
        return {sounds(name)[-1] for name in old | full}

    def refresh(self, heard: Iterable[str]) -> set[str]:
        """Look again whom these sounds mean everywhere; return those of which that changed."""
        changed: set[str] = set()
        for sound in heard:
            spread = self._spread[sound]
            reports = {self._lineages.of[dispatch] for dispatch in spread}
            one = _one_person(set().union(*spread.values())) if len(reports) > 1 else None
            if self._everywhere.get(sound) != one:
                changed.add(sound)
            self._everywhere[sound] = one
        return changed

    def sounds_of(self, dispatch: str) -> set[str]:
        """Return how the full names of a dispatch end."""
        return {sounds(name)[-1] for name in self._full.get(dispatch, ())}

    def key(self, sighting: Sighting) -> str:
        """Return the key of a sighting of a person."""
        if sighting.named and is_full(sighting.folded):
            return _key(sighting.folded)
        owner = self._owner(sighting) if sighting.named else None
        root = self._lineages.of[sighting.dispatch]
        return _key(owner) if owner else f"{_key(sighting.folded)}@{root}"

    def _owner(self, sighting: Sighting) -> str | None:
        """Return the fold of the full name that a bare surname stands for, or `None` where it is not certain."""
        sound = sounds(sighting.folded)[-1]
        report = self._lineages.members[self._lineages.of[sighting.dispatch]]
        for near in ((sighting.dispatch,), report):
            names = {n for d in near for n in self._full.get(d, ()) if sound in (sounds(n)[0], sounds(n)[-1])}
            if names:
                return _one_person(names)
        return self._everywhere.get(sound)


def is_full(folded: str) -> bool:
    """Tell whether a folded name has a part beside the surname."""
    return len(parts(folded)) > 1


def _one_person(names: Iterable[str]) -> str | None:
    """Return the smallest of several folded names where all are spellings of one, else `None`."""
    listed = sorted(names)
    if not listed or any(not alike(one, other) for one, other in combinations(listed, 2)):
        return None
    return listed[0]


Sides = Mapping[str, frozenset[str]]


class PersonLinks:
    """The pairs of keys of full names that are spellings of one, kept by the sounds with which names begin and end.

    Two that speak for different sides are not brought together, nor is a short name that fits two longer ones which do
    not fit each other.
    """

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._sides: Sides = {}
        self._buckets: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        self._links: dict[tuple[int, str], list[tuple[str, str]]] = {}

    def links(self, keys: set[str], sides: Sides) -> list[tuple[str, str]]:
        """Return the pairs among these keys, in order; `sides` are those for which bearers are said to speak."""
        spoken = {k for k in sides.keys() | self._sides.keys() if sides.get(k) != self._sides.get(k)}
        touched = {(end, sounds(_name(key))[end]) for key in keys ^ self._keys | (spoken & keys) for end in (0, -1)}
        for key in keys ^ self._keys:
            for end in (0, -1):
                self._buckets[end, sounds(_name(key))[end]] ^= {key}
        self._keys, self._sides = set(keys), sides
        for bucket in touched:
            self._links[bucket] = list(_linked(bucket[0], sorted(self._buckets[bucket]), sides))
        return sorted({pair for found in self._links.values() for pair in found})


def _linked(end: int, keys: list[str], sides: Sides) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that begin with one sound (`end` 0), or end with one."""
    like = _alike_names if end == 0 else _spelt_anew
    links = [pair for pair in _candidates(end, keys, sides) if like(*pair, sides)]
    for one, other in links:
        mine, theirs = sides.get(one, frozenset()), sides.get(other, frozenset())
        if (not mine or not theirs or mine & theirs) and not _torn(one, other, links):
            yield one, other


def _candidates(end: int, keys: list[str], sides: Sides) -> list[tuple[str, str]]:
    """Return the pairs that may be alike: with one last sound, or with long surnames between which a slip may lie."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys if end == 0 else (k for k in keys if sides.get(k)):
        groups[sounds(_name(key))[-1]].append(key)
        surname = parts(_name(key))[-1]
        if end == 0 and len(surname) >= _LONG_SURNAME:
            groups[f"long {surname[0]}"].append(key)
    return sorted({pair for held in groups.values() for pair in combinations(held, 2)})


def _alike_names(one: str, other: str, sides: Sides) -> bool:
    return alike(_name(one), _name(other)) or _spelt_anew(one, other, sides)


def _spelt_anew(one: str, other: str, sides: Sides) -> bool:
    """Tell whether two speakers of one side have surnames of one sound (Silo, Sello) and one first name (Saleh, Salih).

    The first name is the same, or has the same consonants and much the same letters.
    """
    mine, theirs = parts(_name(one)), parts(_name(other))
    if not sides.get(one, frozenset()) & sides.get(other, frozenset()) or len(mine) != len(theirs) or len(mine) < 2:
        return False
    first = fuzz.ratio(mine[0], theirs[0]) >= _GIVEN_ALIKE and consonants(mine[0]) == consonants(theirs[0])
    return first and sounds(_name(one))[1:] == sounds(_name(other))[1:]


@lru_cache(maxsize=1 << 16)
def consonants(part: str) -> str:
    """Return the consonants of the sound of a folded name; a weak h at the end is none."""
    return re.sub("[12]", "", skeleton(part) or part).rstrip("h")


def _torn(one: str, other: str, links: list[tuple[str, str]]) -> bool:
    """Tell whether the shorter of two names is also like a third one that the longer is not like."""
    short, long = sorted((one, other), key=lambda k: (len(parts(_name(k))), k))
    rivals = {a if b == short else b for a, b in links if short in (a, b)} - {long}
    return any(not alike(_name(long), _name(rival)) for rival in rivals)


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Tell whether two folded full names are spellings of one: first and last part sound the same, none contradicts."""
    mine, theirs = sounds(one), sounds(other)
    if len(mine) < 2 or len(theirs) < 2 or mine[0] != theirs[0]:
        return one == other
    middle, others = set(mine[1:-1]), set(theirs[1:-1])
    if not (middle <= others or others <= middle):
        return False
    if mine[-1] == theirs[-1]:
        return fuzz.ratio(" ".join(parts(one)[::-1][:1]), " ".join(parts(other)[::-1][:1])) >= _SPELT_ALIKE
    return _slip(parts(one)[-1], parts(other)[-1])


def _slip(one: str, other: str) -> bool:
    """Tell whether two long surnames differ by no more than a slip of the pen."""
    return min(len(one), len(other)) >= _LONG_SURNAME and one[0] == other[0] and fuzz.ratio(one, other) >= _MISSPELT


@lru_cache(maxsize=1 << 16)
def parts(folded: str) -> tuple[str, ...]:
    """Return the parts of a folded name: particles left out, "abu omar" and "abd al rahman" taken as one part."""
    words = table("reconcile")
    particles, openers = frozenset(words["particles"]), frozenset(words["openers"])
    found: list[str] = []
    opened = ""
    tokens = folded.split()
    for at, token in enumerate(tokens):
        if token in particles and 0 < at < len(tokens) - 1:
            continue
        if token in openers and at < len(tokens) - 1:
            opened += token
            continue
        found.append(_ABD.sub("abd", opened + token))
        opened = ""
    return tuple(found) if found else (folded,)


@lru_cache(maxsize=1 << 16)
def sounds(folded: str) -> tuple[str, ...]:
    """Return the sound of each part of a folded name; a part too short for one stands as it is written."""
    return tuple(skeleton(part) or part for part in parts(folded))


def _key(folded: str) -> str:
    return f"person:{fold(folded)}"


def _name(key: str) -> str:
    return key.removeprefix("person:")
