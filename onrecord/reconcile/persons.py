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
from onrecord.reconcile.sightings import Sighting

_SPELT_ALIKE = (
    70  # of two whole names that sound alike: the worst true pair met (Rami Abdurrahman, Abdel Rahman) has 83
)
_MISSPELT = 88  # of two surnames: a slip in a name of eight letters has 88; Robertson and Robinson have 71
_GIVEN_ALIKE = (
    65  # of two first names beside one surname, on one side: Yusuf and Youssef have 67, Hassan and Hussein 62
)
_ABD = re.compile(r"^abd(?:[aeou][lrn])?(?=\w{3})")  # Abdurrahman, Abdul Rahman and Abdel-Rahman are one name


def person_keys(sightings: Iterable[Sighting], lineage: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each sighting of a person.

    A full name is its own key everywhere. A surname alone goes to the one full name of its dispatch, or else of its
    lineage, that ends so; or to the one of all dispatches that two reports or more use. What is left, and everyone
    who is only described ("a spokesman"), is someone of that dispatch alone.
    """
    listed = list(sightings)
    full = [s for s in listed if s.named and len(parts(s.folded)) > 1]
    keys = {s.id: _key(s.folded) for s in full}
    by_surname = _Surnames(full, lineage)
    for sighting in listed:
        if sighting.id not in keys:
            owner = by_surname.owner(sighting) if sighting.named else None
            keys[sighting.id] = _key(owner) if owner else f"{_key(sighting.folded)}@{lineage[sighting.dispatch]}"
    return keys


class _Surnames:
    """The full names by the sound of their last part: within a dispatch, within a lineage, and everywhere."""

    def __init__(self, full: list[Sighting], lineage: Mapping[str, str]) -> None:
        self._lineage = lineage
        self._near: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._spread: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for sighting in full:
            root = lineage[sighting.dispatch]
            for sound in {sounds(sighting.folded)[-1], sounds(sighting.folded)[0]}:
                self._near[f"d{sighting.dispatch}", sound].add(sighting.folded)
                self._near[f"l{root}", sound].add(sighting.folded)
            self._spread[sounds(sighting.folded)[-1]][sighting.folded].add(root)

    def owner(self, sighting: Sighting) -> str | None:
        """Return the fold of the full name that a bare surname stands for, or `None` where it is not certain."""
        sound = sounds(sighting.folded)[-1]
        for scope in (f"d{sighting.dispatch}", f"l{self._lineage[sighting.dispatch]}"):
            names = self._near.get((scope, sound), set())
            if names:
                return _one_person(names)
        everywhere: dict[str, set[str]] = self._spread.get(sound, defaultdict(set))
        one = _one_person(everywhere)
        return one if one and len(set().union(*everywhere.values())) > 1 else None


def _one_person(names: Iterable[str]) -> str | None:
    """Return the smallest of several folded names where all are spellings of one, else `None`."""
    listed = sorted(names)
    if not listed or any(not alike(one, other) for one, other in combinations(listed, 2)):
        return None
    return listed[0]


def person_links(organisations: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of keys of full names that are spellings of one name.

    `organisations` gives, for each key, the sides for which its bearer is said to speak. Two that speak for different
    sides are not brought together, nor is a short name that fits two longer ones which do not fit each other.
    """
    buckets: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for key in sorted(organisations):
        if "@" not in key:
            for end in (0, -1):
                buckets[end, sounds(_name(key))[end]].append(key)
    for (end, _), keys in buckets.items():
        like = _alike_names if end == 0 else _spelt_anew
        links = [p for p in combinations(keys, 2) if like(*p, organisations)]
        for one, other in links:
            mine, theirs = organisations[one], organisations[other]
            if (not mine or not theirs or mine & theirs) and not _torn(one, other, links):
                yield one, other


def _alike_names(one: str, other: str, organisations: Mapping[str, frozenset[str]]) -> bool:
    return alike(_name(one), _name(other)) or _spelt_anew(one, other, organisations)


def _spelt_anew(one: str, other: str, organisations: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether two speakers of one side have surnames of one sound (Silo, Sello) and one first name (Saleh, Salih).

    The first name is the same, or has the same consonants and much the same letters.
    """
    mine, theirs = parts(_name(one)), parts(_name(other))
    if not organisations[one] & organisations[other] or len(mine) != len(theirs) or len(mine) < 2:
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
    return min(len(one), len(other)) >= 7 and one[0] == other[0] and fuzz.ratio(one, other) >= _MISSPELT


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
