"""One entity per person, group, organisation, population, place and facility: which names are spellings of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from onrecord.lexicon.actors import Actors
from onrecord.lexicon.folding import fold, without_article
from onrecord.lexicon.gazetteer import Place
from onrecord.lexicon.lexicon import table
from onrecord.reconcile.blocks import Shares
from onrecord.reconcile.clusters import Clusters
from onrecord.reconcile.judgements import Decisions
from onrecord.reconcile.keys import Knowledge, sound
from onrecord.reconcile.othernames import other_names, reordered_names
from onrecord.reconcile.persons import PersonLinks, consonants
from onrecord.reconcile.sightings import Sort

_PLACE_ALIKE = 45  # of a place that the tables lack and the one that sounds the same: Choukra and Shuqra have 46
_PLACE_NEARLY = 70  # of such a place and the only one with its consonants: Busayra and Basirah have 71
_SPELT_ALIKE = 80  # of two folded names that sound alike: "Raqa Civil Council", "Raqqa Civil Council" have 97


class Name(NamedTuple):
    """One folded name under the key that its dispatches give it; `dispatch` where its use there was judged alone."""

    key: str
    sort: Sort
    folded: str
    dispatch: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What judgements call it by: its fold, and the fold as one dispatch uses it."""
        return (self.folded, f"{self.dispatch}|{self.folded}") if self.dispatch else (self.folded,)


# What dispatches tell of a name: that it is a proper name, that the gazetteer locates it, that it acts or is acted on.
NAMED: Final = ("named", "")
LOCATED: Final = ("located", "")
ACTING: Final = ("acting", "")
Tag = tuple[str, str]
Said = tuple[Name, Name | None]  # who speaks, for whom


class Names:
    """All names with what dispatches tell of them, kept as dispatches come, change and go.

    `shares` sums what dispatches tell of each name; `said` pairs those who speak with those for whom they do, with the
    role and the id of each statement that says so. `key_of` gives the key of a name once judgements told names apart.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.shares: Shares[Name, Tag] = Shares()
        self.said: Shares[Said, Tag] = Shares()
        self.of_key: defaultdict[str, set[Name]] = defaultdict(set)
        self._knowledge = knowledge
        self._apart: dict[Name, str] = {}
        self._known: dict[Name, str] = {}
        self._persons = PersonLinks()

    def update(self, changed: Iterable[Name], decided: Decisions) -> set[str]:
        """File names of which something changed; return the keys that have other names, or names told of otherwise."""
        touched = set(changed)
        apart = _told_apart(self.shares.sums, decided.different)
        touched |= {name for name, _ in apart.items() ^ self._apart.items()}
        self._apart = apart
        keys: set[str] = set()
        for name in touched:
            old = self._known.pop(name, None)
            if old is not None:
                keys.add(old)
                self.of_key[old].discard(name)
                if not self.of_key[old]:
                    del self.of_key[old]
            if name in self.shares.sums:
                key = self._known[name] = self._apart.get(name, name.key)
                keys.add(key)
                self.of_key[key].add(name)
        return keys

    def key_of(self, name: Name) -> str | None:
        """Return the key under which a name stands, `None` for a name that no dispatch uses."""
        return self._known.get(name)

    def told(self, name: Name) -> Counter[Tag]:
        """Return what dispatches tell of a name."""
        return self.shares.sums[name]

    def clustered(self, decided: Decisions, copied: Iterable[tuple[Name, Name]]) -> Clusters:
        """Return the keys joined: as judged, then bodies and places, then persons, of whom the sides are known by then.

        The tables of actors and places come first, then equal folds, then names that sound alike; a judgement overrules
        all of them. `copied` are spellings that copies of one report give.
        """
        known = _Known.of(self)
        labels = self._labels() if decided.same or decided.different else {}
        clusters = Clusters(labels, decided.different)
        for one, other in _judged_same(labels, decided):
            clusters.join(one, other)
        spelt = [*_spellings(known.own), *_actors_misspelt(known), *_places_elsewhere(known)]
        for one, other in [*spelt, *_quarters(known.own), *reordered_names(known.own)]:
            clusters.join(one, other)
        _join_copied({(self._known[one], self._known[other]) for one, other in copied}, known.tabled, clusters)
        for one, other in list(other_names("body", known.owners, known.called, clusters.find)):
            clusters.join(one, other)
        for one, other in self._persons.links(known.persons, self._sides(clusters)):
            clusters.join(one, other)
        for one, other in list(other_names("person", known.owners, known.called, clusters.find)):
            clusters.join(one, other)
        for one, other in list(_facilities(self.of_key, clusters)):
            clusters.join(one, other)
        return clusters

    def located(self, key: str) -> Place | None:
        """Return the place of the gazetteer that stands under a key, where dispatches name it so."""
        if any(n.key == key and LOCATED in self.shares.sums[n] for n in self.of_key.get(key, ())):
            return self._knowledge.gazetteer.place(key)
        return None

    def _labels(self) -> dict[str, frozenset[str]]:
        """Return the folded names of each key, that of the tables included."""
        labels = {}
        for key, names in self.of_key.items():
            place = self.located(key)
            proper = [key.removeprefix("actor:")] if key.startswith("actor:") else [place.name] if place else []
            labels[key] = frozenset({*(label for n in names for label in n.labels), *map(fold, proper)})
        return labels

    def _sides(self, clusters: Clusters) -> dict[str, frozenset[str]]:
        """Return, for each person's key, the sides for which statements say that the person speaks."""
        sides: defaultdict[str, set[str]] = defaultdict(set)
        for speaker, body in self.said.sums:
            if body is not None and speaker.sort == "person":
                side = _side(clusters.find(self._known[body]), self._knowledge.actors)
                sides[self._known[speaker]].add(clusters.find(side))
        return {key: frozenset(names) for key, names in sides.items()}


@dataclass(slots=True)
class _Known:
    """What the spellings are compared by.

    `own` are the names that are their own keys, but for persons; `tabled` the keys of the tables.
    """

    own: dict[str, str] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)
    tabled: set[str] = field(default_factory=set)
    actors: dict[tuple[str, ...], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[tuple[str, ...], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    consonants: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    called: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    owners: dict[tuple[str, str], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, names: Names) -> _Known:
        """Return what is compared of all names."""
        found = cls()
        for key in sorted(names.of_key):
            held = names.of_key[key]
            located = any(n.key == key and LOCATED in names.told(n) for n in held)
            for name in sorted(held):
                found._file(key, name, names.told(name), located=located)
        return found

    def _file(self, key: str, name: Name, told: Counter[Tag], *, located: bool) -> None:
        folded = name.folded
        if located or key.startswith("actor:"):
            self.tabled.add(key)
        if located:
            self.places[sound(folded)][key] = folded
            if len(consonants(folded)) >= 3:  # of which three tell
                self.consonants[consonants(folded)][key] = folded
        if key.startswith("person:") and "@" not in key:
            self.persons.add(key)
        if key.startswith("actor:"):
            proper = fold(key.removeprefix("actor:"))
            self.actors[sound(proper)].setdefault(key, proper)
        if NAMED not in told:
            return
        if name.sort != "person" and key == f"{name.sort}:{folded}":
            self.own[key] = folded
        if key.startswith("actor:"):
            self.actors[sound(folded)][key] = folded
        if name.sort != "place":
            self.called[name.sort, folded].add(key)
            for tag, words in told:
                if tag == "other":
                    self.owners[name.sort, words][key] = folded


def _told_apart(names: Iterable[Name], different: Iterable[tuple[str, str]]) -> dict[Name, str]:
    """Return an own key for each name that someone judged different from another of its key."""
    apart: dict[Name, str] = {}
    held = _by_label(names) if different else {}
    for one, other in different:
        for key in sorted(k for k, labels in held.items() if one in labels and other in labels):
            actor = fold(key.removeprefix("actor:")) if key.startswith("actor:") else ""
            leaving = one if actor == other else other
            for name in held[key][leaving]:
                alone = "" if leaving == name.folded else f"@{name.dispatch}"
                apart.setdefault(name, f"{name.sort}:{name.folded}{alone}")
    return apart


def _by_label(names: Iterable[Name]) -> dict[str, dict[str, list[Name]]]:
    """Return the names by their keys and labels."""
    held: defaultdict[str, defaultdict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        for label in name.labels:
            held[name.key][label].append(name)
    return {key: dict(labels) for key, labels in held.items()}


def _judged_same(labels: Mapping[str, frozenset[str]], decided: Decisions) -> Iterator[tuple[str, str]]:
    """Yield the pairs of keys whose names someone judged to be one."""
    for pair in decided.same:
        keys = sorted(key for key, names in labels.items() if names & set(pair))
        yield from ((keys[0], other) for other in keys[1:])


def _spellings(own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys of one sort whose folded names sound alike and are spelt much alike."""
    by_sound: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for key, folded in own.items():
        by_sound[key.partition(":")[0], sound(folded)].append(key)
    for _, keys in sorted((s, sorted(held)) for s, held in by_sound.items() if len(held) > 1):
        for one, other in pairwise(keys):
            if fuzz.ratio(_bare(own[one]), _bare(own[other])) >= _SPELT_ALIKE:
                yield one, other


@lru_cache(maxsize=1 << 16)
def _bare(folded: str) -> str:
    """Return a folded name without the articles in it: "al ezba" and "ezba" are spelt alike."""
    particles = frozenset(table("reconcile")["particles"])
    return " ".join(word for word in folded.split() if word not in particles) or folded


def _actors_misspelt(known: _Known) -> Iterator[tuple[str, str]]:
    """Yield each body that no table holds with the one known actor whose name of several words sounds the same."""
    for key, folded in sorted(known.own.items()):
        owners = known.actors.get(sound(folded), {}) if key.startswith("body:") and " " in folded else {}
        for owner, name in owners.items():
            if len(owners) == 1 and fuzz.ratio(name, folded) >= _SPELT_ALIKE:
                yield owner, key


def _places_elsewhere(known: _Known) -> Iterator[tuple[str, str]]:
    """Yield each place that its own dispatch does not locate with the one place of that name that others do."""
    for key, folded in known.own.items():
        if key.startswith("place:"):
            homes = known.places.get(sound(folded), {})
            near = homes or known.consonants.get(consonants(folded), {})
            for home, name in near.items():
                if len(near) == 1 and fuzz.ratio(_bare(name), _bare(folded)) >= (
                    _PLACE_ALIKE if homes else _PLACE_NEARLY
                ):
                    yield home, key


def _join_copied(copied: Iterable[tuple[str, str]], tabled: Iterable[str], clusters: Clusters) -> None:
    """Join the names that copies give in one spot, unless the tables know both, as two: a form names another town."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for key in tabled:
        known[clusters.find(key)].add(key)
    for one, other in sorted(copied):
        first, second = clusters.find(one), clusters.find(other)
        if first != second and not (known[first] and known[second]) and clusters.join(first, second):
            known[clusters.find(first)] = known[first] | known[second]


def _quarters(own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield "Mashlab district" with "Mashlab" where no table holds either."""
    closing = frozenset(table("reconcile")["quarters"]["words"])
    for key, folded in own.items():
        head, _, last = without_article(folded).rpartition(" ")
        if last in closing and f"place:{head}" in own and key == f"place:{head} {last}":
            yield f"place:{head}", key


def _facilities(keys: Iterable[str], clusters: Clusters) -> Iterator[tuple[str, str]]:
    """Yield the facilities of one name in towns that turned out to be one."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(k for k in keys if k.startswith("part:")):
        home, _, what = key.removeprefix("part:").rpartition(":")
        found[clusters.find(home), what].append(key)
    yield from (pair for held in found.values() for pair in pairwise(held))


def _side(key: str, actors: Actors) -> str:
    """Return the outermost body that a body belongs to: for the YPG the SDF."""
    outer = actors.within(key.removeprefix("actor:")) if key.startswith("actor:") else ()
    return f"actor:{outer[-1].name}" if outer else key
