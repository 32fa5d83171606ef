"""The key of each name in each dispatch: what it is by itself, before spellings are brought together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicon.actors import Actors
from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.reconcile.blocks import Shares
from onrecord.reconcile.judgements import Latest
from onrecord.reconcile.lineage import Lineages
from onrecord.reconcile.localities import Localities, localities
from onrecord.reconcile.persons import Surnames, is_full, sounds
from onrecord.reconcile.shortforms import Nicknames, short_forms
from onrecord.reconcile.sightings import Read, Sighting


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What reconciling knows beforehand: the tables of actors and of places."""

    actors: Actors
    gazetteer: Gazetteer


@dataclass(frozen=True, slots=True)
class Alone:
    """What the names of one dispatch are by themselves: places, actors, full names, the rest by their own fold."""

    sightings: tuple[Sighting, ...]
    outlets: frozenset[str]
    places: Localities
    bodies: dict[str, str]
    countries: frozenset[str]

    @property
    def full_names(self) -> frozenset[str]:
        """The folded names of persons that have more than a surname."""
        return frozenset(s.folded for s in self.sightings if s.sort == "person" and s.named and is_full(s.folded))

    def bare(self) -> Iterator[Sighting]:
        """Yield the persons who are called by a surname alone."""
        return (s for s in self.sightings if s.sort == "person" and s.named and not is_full(s.folded))


class Keys:
    """The key of each sighting (`of`, by dispatch and the sighting's id), kept as dispatches come, change and go."""

    def __init__(self, knowledge: Knowledge, lineages: Lineages) -> None:
        self.of: dict[str, dict[str, str]] = {}
        self.alone: dict[str, Alone] = {}
        self._knowledge, self._lineages = knowledge, lineages
        self._surnames = Surnames(lineages)
        self._bare: defaultdict[str, set[str]] = defaultdict(set)
        self._placed: Latest = {}
        self._named: Shares[str, str] = Shares()
        self._outlets: Shares[str, str] = Shares()
        self._nicknames = Nicknames(knowledge.actors, self._named)

    def update(
        self, changed: Mapping[str, Read | None], relined: Iterable[str], reads: Mapping[str, Read], placed: Latest
    ) -> set[str]:
        """Put dispatches in, or take away those that are `None`; return these and those of which a key changed.

        `relined` are the dispatches whose lineage has other members than before, `reads` all dispatches as they are
        now, `placed` the names that a person placed.
        """
        changed = {**changed, **{name: reads[name] for name in self._placed_otherwise(placed) if name in reads}}
        mates = {m for d in (*changed, *relined) for m in self._lineages.members.get(self._lineages.of.get(d, ""), ())}
        heard = {sound for d in mates for sound in self._surnames.sounds_of(d)}
        outlets = set(self._outlets.sums)
        for name, read in changed.items():
            heard |= self._put(name, read)
        again = self._surnames.refresh(heard)
        dirty = {*changed, *mates, *(d for sound in again for d in self._bare[sound])}
        dirty |= self._nicknames.refresh() | self._called_as(outlets ^ self._outlets.sums.keys())
        return changed.keys() | {name for name in dirty if self._key(name)}

    def _placed_otherwise(self, placed: Latest) -> set[str]:
        """Note where a person placed names; return the dispatches with a name of which that is other than before."""
        moved = {label for label, _ in placed.items() ^ self._placed.items()}
        self._placed = placed
        seen = ((d, s) for d, alone in self.alone.items() for s in alone.sightings) if moved else ()
        return {d for d, s in seen if s.folded in moved or s.label in moved}

    def _put(self, name: str, read: Read | None) -> set[str]:
        """Find what the names of a dispatch are by themselves; return how its full names end or ended."""
        alone = self._alone(read) if read else None
        self.alone.pop(name, None)
        if alone:
            self.alone[name] = alone
            for sighting in alone.bare():
                self._bare[sounds(sighting.folded)[-1]].add(name)
        seen = alone.sightings if alone else ()
        named = Counter(alone.bodies[s.id] for s in seen if s.named and s.id in alone.bodies) if alone else {}
        self._named.put(name, {key: Counter({"": n}) for key, n in named.items() if key.startswith("actor:")})
        self._outlets.put(name, {outlet: Counter([""]) for outlet in (alone.outlets if alone else ())})
        return self._surnames.put(name, alone.full_names if alone else frozenset())

    def _alone(self, read: Read) -> Alone:
        seen, dispatch = read.sightings, read.dispatch
        places = localities(seen, self._knowledge.gazetteer, dispatch.text, self._placed)
        bodies = {}
        for sighting in (s for s in seen if s.sort == "body"):
            actor = self._knowledge.actors.find(sighting.name)
            bodies[sighting.id] = f"actor:{actor.name}" if actor else f"body:{sighting.folded}"
        located = (places.places.get(places.keys[s.id]) for s in seen if s.sort == "place")
        return Alone(
            sightings=seen,
            outlets=frozenset(fold(name) for name in (dispatch.outlet, dispatch.agency) if name),
            places=places,
            bodies=bodies,
            countries=frozenset(p.country for p in located if p and p.country),
        )

    def _called_as(self, outlets: set[str]) -> set[str]:
        """Return the dispatches that name a person by one of these names of outlets."""
        seen = ((d, s) for d, alone in self.alone.items() for s in alone.sightings) if outlets else ()
        return {d for d, s in seen if s.sort == "person" and s.folded in outlets}

    def _key(self, name: str) -> bool:
        """Give the sightings of a dispatch their keys; tell whether any changed."""
        old = self.of.pop(name, None)
        alone = self.alone.get(name)
        if alone is None:
            return old is not None
        keys = alone.places.keys | alone.bodies
        keys |= {s.id: self._surnames.key(s) for s in alone.sightings if s.sort == "person"}
        keys |= short_forms(
            alone.sightings, keys, nicknames=self._nicknames, countries=alone.countries, outlets=self._outlets.sums
        )
        keys |= _places_as_persons(alone.sightings, keys)
        self.of[name] = keys
        return keys != old


def _places_as_persons(seen: Iterable[Sighting], keys: Mapping[str, str]) -> dict[str, str]:
    """Return the place's key for a single word read as a person that the same dispatch reads as a place elsewhere."""
    listed = list(seen)
    places = {sound(s.folded): keys[s.id] for s in listed if s.sort == "place" and s.named}
    persons = (s for s in listed if s.sort == "person" and s.named and " " not in s.folded and "@" in keys[s.id])
    return {s.id: places[sound(s.folded)] for s in persons if sound(s.folded) in places}


@lru_cache(maxsize=1 << 18)
def sound(folded: str) -> tuple[str, ...]:
    """Return the sound of each word of a folded name; a word too short for one stands as it is written."""
    return tuple(skeleton(word) or word for word in folded.split())
