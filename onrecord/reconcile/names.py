"""One entity per person, group, organisation, population, place and facility, under all its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from onrecord.lexicon.actors import Actor, Actors
from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch, Entity, Reading
from onrecord.reconcile.clusters import Clusters
from onrecord.reconcile.copiednames import copied_names
from onrecord.reconcile.entities import Group, entities
from onrecord.reconcile.judgements import Decisions
from onrecord.reconcile.localities import Localities, localities
from onrecord.reconcile.othernames import other_names, reordered_names
from onrecord.reconcile.persons import consonants, person_keys, person_links
from onrecord.reconcile.shortforms import short_forms
from onrecord.reconcile.sightings import Sighting, sightings

_PLACE_ALIKE = 45  # of a place that the tables lack and the one that sounds the same: Choukra and Shuqra have 46
_PLACE_NEARLY = 70  # of such a place and the only one with its consonants: Busayra and Basirah have 71
_SPELT_ALIKE = 80  # of two folded names that sound alike: "Raqa Civil Council", "Raqqa Civil Council" have 97


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What reconciling knows beforehand: the tables of actors and of places."""

    actors: Actors
    gazetteer: Gazetteer


@dataclass(frozen=True, slots=True)
class Named:
    """The entities, the entity of each mention, and the entities that no mention calls by a name ("the fighters").

    `called` gives the labels of each entity, by which judgements name it; it is empty where nothing was judged.
    """

    entities: tuple[Entity, ...]
    of_mention: dict[str, str]
    generic: frozenset[str]
    categories: dict[str, str]
    called: dict[str, frozenset[str]]

    def by_label(self, label: str) -> list[str]:
        """Return the entities of which a dispatch uses this name, or that the tables know by it, in order."""
        return sorted(entity for entity, labels in self.called.items() if label in labels)


@dataclass(slots=True)
class _Keys:
    """The key of each sighting, and what is known of keys."""

    of: dict[str, str]
    actors: dict[str, Actor]
    places: Localities


def name_entities(
    readings: Iterable[Reading],
    dispatches: Mapping[str, Dispatch],
    lineage: Mapping[str, str],
    *,
    knowledge: Knowledge,
    decided: Decisions,
) -> Named:
    """Bring the names of all dispatches together under entities.

    The tables of actors and places come first, then equal folds, then names that sound alike; a judgement overrules
    all of them.
    """
    listed = list(readings)
    seen = sightings(listed)
    keys = _first_keys(seen, dispatches, lineage, knowledge=knowledge, decided=decided)
    _tell_apart(seen, keys, decided)
    copied = [(keys.of[a.id], keys.of[b.id]) for a, b in copied_names(seen, lineage, dispatches)]
    clusters = _clustered(seen, keys, listed, decided, copied=copied, knowledge=knowledge, dispatches=dispatches)
    acting = frozenset(m for r in listed for c in r.claims for m in (*c.agents, *c.targets))
    groups = [g for g in _groups(seen, keys, clusters) if not _role_only(g, acting)]
    made = entities(groups, dispatches, listed, knowledge=(knowledge.actors, knowledge.gazetteer), decided=decided)
    return Named(
        entities=tuple(made),
        of_mention={m.id: g.id for g in groups for s in g.sightings for m in s.mentions},
        generic=frozenset(g.id for g in groups if not any(s.named for s in g.sightings)),
        categories={g.id: g.actor.category for g in groups if g.actor},
        called={g.id: g.labels for g in groups} if decided.settled else {},
    )


def _first_keys(
    seen: list[Sighting],
    dispatches: Mapping[str, Dispatch],
    lineage: Mapping[str, str],
    *,
    knowledge: Knowledge,
    decided: Decisions,
) -> _Keys:
    """Return what each sighting is by itself: an actor, a place, a person, a short form, or its own fold."""
    places = localities(seen, knowledge.gazetteer, {i: d.text for i, d in dispatches.items()}, decided.placed)
    keys = _Keys(of=dict(places.keys), actors={}, places=places)
    keys.of |= person_keys((s for s in seen if s.sort == "person"), lineage)
    for sighting in (s for s in seen if s.sort == "body"):
        actor = knowledge.actors.find(sighting.name)
        key = f"actor:{actor.name}" if actor else f"body:{sighting.folded}"
        keys.of[sighting.id] = key
        if actor:
            keys.actors[key] = actor
    countries = _countries(seen, keys)
    keys.of |= short_forms(seen, keys.of, dispatches, actors=knowledge.actors, countries=countries)
    keys.of |= _places_as_persons(seen, keys)
    return keys


def _countries(seen: list[Sighting], keys: _Keys) -> dict[str, frozenset[str]]:
    """Return the countries of the places that each dispatch names."""
    countries: defaultdict[str, set[str]] = defaultdict(set)
    for sighting in seen:
        place = keys.places.places.get(keys.of[sighting.id])
        if place and place.country:
            countries[sighting.dispatch].add(place.country)
    return {dispatch: frozenset(found) for dispatch, found in countries.items()}


def _places_as_persons(seen: list[Sighting], keys: _Keys) -> dict[str, str]:
    """Return the place's key for a single word read as a person that the same dispatch reads as a place elsewhere."""
    places = {(s.dispatch, _sound(s.folded)): keys.of[s.id] for s in seen if s.sort == "place" and s.named}
    persons = (s for s in seen if s.sort == "person" and s.named and " " not in s.folded and "@" in keys.of[s.id])
    return {s.id: places[s.dispatch, _sound(s.folded)] for s in persons if (s.dispatch, _sound(s.folded)) in places}


def _tell_apart(seen: list[Sighting], keys: _Keys, decided: Decisions) -> None:
    """Give a name its own key where someone judged it different from another name of the same key."""
    folds: defaultdict[str, set[str]] = defaultdict(set)
    for sighting in seen:
        folds[keys.of[sighting.id]] |= {sighting.folded, sighting.label}
    for one, other in decided.different:
        for key in [k for k, names in folds.items() if one in names and other in names]:
            proper = keys.actors[key].name if key in keys.actors else ""
            leaving = one if fold(proper) == other else other
            for sighting in seen:
                if keys.of[sighting.id] == key and leaving == sighting.folded:
                    keys.of[sighting.id] = f"{sighting.sort}:{leaving}"
                elif keys.of[sighting.id] == key and leaving == sighting.label:
                    keys.of[sighting.id] = f"{sighting.sort}:{sighting.folded}@{sighting.dispatch}"


def _clustered(
    seen: list[Sighting],
    keys: _Keys,
    readings: list[Reading],
    decided: Decisions,
    *,
    copied: Iterable[tuple[str, str]],
    knowledge: Knowledge,
    dispatches: Mapping[str, Dispatch],
) -> Clusters:
    """Return the keys joined: as judged, then bodies and places, then persons, of whom the sides are known by then."""
    labels: defaultdict[str, set[str]] = defaultdict(set)
    judged = {label for pair in (*decided.same, *decided.different) for label in pair}
    named = {}
    for sighting in seen:
        key = keys.of[sighting.id]
        labels[key] |= {sighting.folded} | ({sighting.label} & judged)
        if sighting.named and key == f"{sighting.sort}:{sighting.folded}" and sighting.sort != "person":
            named[key] = sighting.folded
    for key, actor in keys.actors.items():
        labels[key].add(fold(actor.name))
    for key, place in keys.places.places.items():
        labels.setdefault(key, set()).add(fold(place.name))
    clusters = Clusters({k: frozenset(v) for k, v in labels.items()}, decided.different)
    for one, other in _judged_same(labels, decided):
        clusters.join(one, other)
    spelt = [*_spellings(named), *_actors_misspelt(named, seen, keys), *_places_elsewhere(seen, keys)]
    for one, other in [*spelt, *_quarters(named), *reordered_names(named)]:
        clusters.join(one, other)
    _join_copied(copied, keys, clusters)
    bodies, persons = ([s for s in seen if s.sort == sort] for sort in ("body", "person"))
    for one, other in other_names(bodies, _joined(bodies, keys, clusters), dispatches):
        clusters.join(one, other)
    for one, other in sorted(person_links(_sides(seen, keys, readings, knowledge.actors, clusters))):
        clusters.join(one, other)
    for one, other in other_names(persons, _joined(persons, keys, clusters), dispatches):
        clusters.join(one, other)
    for one, other in _facilities(keys, clusters):
        clusters.join(one, other)
    return clusters


def _join_copied(copied: Iterable[tuple[str, str]], keys: _Keys, clusters: Clusters) -> None:
    """Join the names that copies give in one spot, unless the tables know both, as two: a form names another town."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for key in (*keys.actors, *keys.places.places):
        known[clusters.find(key)].add(key)
    for one, other in sorted(set(copied)):
        first, second = clusters.find(one), clusters.find(other)
        if first != second and not (known[first] and known[second]) and clusters.join(first, second):
            known[clusters.find(first)] = known[first] | known[second]


def _joined(seen: Iterable[Sighting], keys: _Keys, clusters: Clusters) -> dict[str, str]:
    """Return the key that stands for each sighting so far."""
    return {s.id: clusters.find(keys.of[s.id]) for s in seen}


def _quarters(named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield "Mashlab district" with "Mashlab" where no table holds either."""
    closing = frozenset(table("reconcile")["quarters"]["words"])
    for key, folded in sorted(named.items()):
        head, _, last = folded.rpartition(" ")
        if last in closing and f"place:{head}" in named and key == f"place:{folded}":
            yield f"place:{head}", key


def _facilities(keys: _Keys, clusters: Clusters) -> Iterator[tuple[str, str]]:
    """Yield the facilities of one name in towns that turned out to be one."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted({k for k in keys.of.values() if k.startswith("part:")}):
        home, _, what = key.removeprefix("part:").rpartition(":")
        found[clusters.find(home), what].append(key)
    yield from (pair for held in found.values() for pair in pairwise(held))


def _judged_same(labels: Mapping[str, set[str]], decided: Decisions) -> Iterator[tuple[str, str]]:
    """Yield the pairs of keys whose names someone judged to be one."""
    for pair in decided.same:
        keys = sorted(key for key, names in labels.items() if names & set(pair))
        yield from ((keys[0], other) for other in keys[1:])


def _places_elsewhere(seen: list[Sighting], keys: _Keys) -> Iterator[tuple[str, str]]:
    """Yield each place that its own dispatch does not locate with the one place of that name that others do."""
    located: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for sighting in seen:
        if keys.of[sighting.id] in keys.places.places:
            located[_sound(sighting.folded)][keys.of[sighting.id]] = sighting.folded
    every: defaultdict[str, dict[str, str]] = defaultdict(dict)  # by the consonants, of which three tell
    for key, folded in ((k, f) for held in located.values() for k, f in held.items()):
        if len(consonants(folded)) >= 3:
            every[consonants(folded)][key] = folded
    for sighting in seen:
        key = keys.of[sighting.id]
        if key != f"place:{sighting.folded}" or not sighting.named:
            continue
        homes = located.get(_sound(sighting.folded), {})
        near = homes or every.get(consonants(sighting.folded), {})
        for home, folded in near.items():
            if len(near) == 1 and fuzz.ratio(folded, sighting.folded) >= (_PLACE_ALIKE if homes else _PLACE_NEARLY):
                yield home, key


def _sound(folded: str) -> tuple[str, ...]:
    """Return the sound of each word of a folded name; a word too short for one stands as it is written."""
    return tuple(skeleton(word) or word for word in folded.split())


def _spellings(named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys of one sort whose folded names sound alike and are spelt much alike."""
    by_sound: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for key in sorted(named):
        by_sound[key.partition(":")[0], _sound(named[key])].append(key)
    for _, keys in sorted(by_sound.items()):
        for one, other in pairwise(keys):
            if fuzz.ratio(named[one], named[other]) >= _SPELT_ALIKE:
                yield one, other


def _actors_misspelt(named: Mapping[str, str], seen: list[Sighting], keys: _Keys) -> Iterator[tuple[str, str]]:
    """Yield each body that no table holds with the one known actor whose name of several words sounds the same."""
    known: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for key, actor in keys.actors.items():
        known[_sound(fold(actor.name))][key] = fold(actor.name)
    for sighting in seen:
        if keys.of[sighting.id] in keys.actors and sighting.named:
            known[_sound(sighting.folded)][keys.of[sighting.id]] = sighting.folded
    for key, folded in sorted(named.items()):
        owners = known.get(_sound(folded), {}) if key.startswith("body:") and " " in folded else {}
        for owner, name in owners.items():
            if len(owners) == 1 and fuzz.ratio(name, folded) >= _SPELT_ALIKE:
                yield owner, key


def _sides(
    seen: list[Sighting], keys: _Keys, readings: list[Reading], actors: Actors, clusters: Clusters
) -> dict[str, frozenset[str]]:
    """Return, for each person's key, the sides for which statements say that the person speaks."""
    key_of = {m.id: keys.of[s.id] for s in seen for m in s.mentions}
    sides: dict[str, set[str]] = {keys.of[s.id]: set() for s in seen if s.sort == "person"}
    for statement in (s for r in readings for s in r.statements):
        speaker = key_of.get(statement.speaker or "", "")
        if speaker in sides and statement.organisation in key_of:
            side = _side(clusters.find(key_of[statement.organisation]), keys.actors, actors)
            sides[speaker].add(clusters.find(side))
    return {key: frozenset(names) for key, names in sides.items()}


def _side(key: str, known: Mapping[str, Actor], actors: Actors) -> str:
    """Return the outermost body that a body belongs to: for the YPG the SDF."""
    if key not in known:
        return key
    outer = actors.within(known[key].name)
    return f"actor:{outer[-1].name}" if outer else key


def _role_only(group: Group, acting: frozenset[str]) -> bool:
    """Tell whether a person is known by a role alone ("a spokesman") and does or suffers nothing: no entity at all."""
    if not group.key.startswith("person:") or any(s.named for s in group.sightings):
        return False
    return not any(m.id in acting for s in group.sightings for m in s.mentions)


def _groups(seen: list[Sighting], keys: _Keys, clusters: Clusters) -> list[Group]:
    """Return what each entity is made of, by key."""
    members: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        members[clusters.find(keys.of[sighting.id])].append(sighting)
    groups = []
    for _, held in sorted(members.items()):
        key = min({keys.of[s.id] for s in held}, key=_rank)
        groups.append(
            Group(
                key=key,
                sightings=tuple(held),
                actor=keys.actors.get(key),
                place=keys.places.places.get(key),
                precision=keys.places.precisions.get(key, "none"),
                town=keys.places.towns.get(key),
                proper=keys.places.names.get(key),
            )
        )
    return groups


def _rank(key: str) -> tuple[int, str]:
    """Return the order in which keys stand for an entity: known actors and places before names, names by alphabet."""
    own = key.partition(":")[0] in ("person", "body", "place")
    return (2 if "@" in key else int(own or key.startswith("part:place:")), key)
