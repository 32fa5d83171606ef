"""What the record says of a person, body or place: its name and other names, roles, parent and point."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.lexicon.actors import Actor, Actors
from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.gazetteer import Gazetteer, Place
from onrecord.model.ids import content_id
from onrecord.model.records import Dispatch, Entity, Reading, Role
from onrecord.model.vocabulary import EntityKind, Precision
from onrecord.reconcile.judgements import Decisions, latest
from onrecord.reconcile.sightings import Sighting, plain_name


@dataclass(frozen=True, slots=True)
class Group:
    """All that one entity is made of: its key, its sightings, and what the tables know of it.

    `town` is the key of the town of a facility that is named after it, and `proper` what it is called without the town.
    """

    key: str
    sightings: tuple[Sighting, ...]
    actor: Actor | None = None
    place: Place | None = None
    precision: Precision = "none"
    town: str | None = None
    proper: str | None = None

    @property
    def id(self) -> str:
        """The entity's id, which follows from the key alone."""
        return content_id("e", self.key)

    @property
    def labels(self) -> frozenset[str]:
        """All that judgements may call it: its names by their folds, and each as one dispatch uses it."""
        known = [one.name for one in (self.actor, self.place) if one]
        return frozenset([*map(fold, known), *(n for s in self.sightings for n in (s.folded, s.label))])


def entities(
    groups: Iterable[Group],
    dispatches: Mapping[str, Dispatch],
    readings: Iterable[Reading],
    *,
    knowledge: tuple[Actors, Gazetteer],
    decided: Decisions,
) -> list[Entity]:
    """Return the entity of each group, by kind, name and id."""
    listed = list(groups)
    by_key = {g.key: g.id for g in listed}
    names = {g.key: _name(g) for g in listed}
    of_mention = {m.id: g.id for g in listed for s in g.sightings for m in s.mentions}
    roles = _roles(readings, of_mention)
    actors, gazetteer = knowledge
    made = []
    for group in listed:
        owner = next((by_key[k] for k in _holders(group, actors, gazetteer) if k in by_key), None)
        name = _in_town(group, names, gazetteer) or names[group.key]
        entity = _entity(group, name, dispatches, decided=decided, roles=roles.get(group.id, ()))
        made.append(_with_holder(entity, group, owner, gazetteer))
    return sorted(made, key=lambda e: (e.kind, e.name, e.id))


def _in_town(group: Group, names: Mapping[str, str], gazetteer: Gazetteer) -> str | None:
    """Return the name that tells "the main hospital" of one town from that of another."""
    town = gazetteer.place(group.town) if group.proper and group.town else None
    return f"{group.proper} ({names.get(town.key, town.name)})" if town else None


def _entity(
    group: Group, name: str, dispatches: Mapping[str, Dispatch], *, decided: Decisions, roles: tuple[Role, ...]
) -> Entity:
    """Return the entity without its parent."""
    aliases = _aliases(group, dispatches)
    folds = sorted({fold(name), *(s.folded for s in group.sightings)})
    labels = [*folds, *(s.label for s in group.sightings)]
    renamed, located = latest(decided.renamed, labels), latest(decided.located, labels)
    name = renamed or name
    aliases.setdefault(name, 0)
    place = group.place
    return Entity(
        id=group.id,
        kind=_kind(group),
        name=name,
        aliases=tuple(sorted(aliases.items(), key=lambda a: (-a[1], a[0]))),
        roles=roles,
        point=located or (place.point if place else None),
        precision="exact" if located else group.precision if place else "none",
        country=place.country if place else group.actor.country if group.actor else None,
        reference={"geonames": place.geonames} if place and place.geonames else {},
    )


def _with_holder(entity: Entity, group: Group, owner: str | None, gazetteer: Gazetteer) -> Entity:
    """Return the entity with its parent; a facility known only by its town lies within the town's point."""
    town = gazetteer.place(group.town) if group.town else None
    within = town is not None and entity.point is None
    return Entity(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        aliases=entity.aliases,
        roles=entity.roles,
        parent=owner if owner != entity.id else None,
        point=town.point if town and within else entity.point,
        precision=group.precision if within and group.precision != "none" else entity.precision,
        country=town.country if town and within else entity.country,
        reference=entity.reference,
    )


def _holders(group: Group, actors: Actors, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the keys of what the group belongs to, nearest first: bodies by the table of actors, places by theirs."""
    if group.actor:
        yield from (f"actor:{outer.name}" for outer in actors.within(group.actor.name))
    if group.town:
        yield group.town
    place = group.place or (gazetteer.place(group.town) if group.town else None)
    seen = {group.key}
    while place and place.within and place.within not in seen:
        seen.add(place.within)
        yield place.within
        place = gazetteer.place(place.within)


def _name(group: Group) -> str:
    """Return an actor's name in the table, a facility's with its town, else the form read most often.

    Of equally frequent forms the longest holds, then the first by alphabet. A place goes by the spelling read most, for
    readers look for "Raqqa" and gazetteers write "Ar Raqqah"; only a short form such as "UK" gives way to the table's.
    """
    if group.actor:
        return group.actor.name
    counts: Counter[str] = Counter()
    for sighting in group.sightings:
        named = [m for m in sighting.mentions if m.form == "name"] or sighting.mentions
        for mention in named:
            counts[plain_name(mention.name, sighting.sort)] += 1
    pool = {n: c for n, c in counts.items() if _is_full(n, group)} or counts
    name = min(pool, key=lambda n: (-pool[n], -len(n), n))
    return group.place.name if group.place and name.replace(".", "").isupper() else name


def _is_full(name: str, group: Group) -> bool:
    """Tell whether a form is the whole name: a person's of two words, a place's without "eastern" or "province"."""
    if group.key.startswith("person:"):
        return " " in name
    return group.place is None or _same_sound(name, group.place.name)


def _same_sound(one: str, other: str) -> bool:
    return fold(one) == fold(other) or (skeleton(one) == skeleton(other) and bool(skeleton(one)))


def _aliases(group: Group, dispatches: Mapping[str, Dispatch]) -> Counter[str]:
    """Return how often each surface form was read; descriptions count only where there is no name."""
    mentions = [m for s in group.sightings for m in s.mentions]
    named = [m for m in mentions if m.form == "name"]
    described = [m for m in mentions if m.form == "nominal"]
    if not (named or described):
        return Counter(" ".join(m.name.split()) for m in mentions)
    return Counter(" ".join(dispatches[m.span.dispatch].quote(m.span).split()) for m in named or described)


def _kind(group: Group) -> EntityKind:
    """Return the table's kind, else the one read most often, ties by alphabet."""
    if group.actor:
        return group.actor.kind
    if group.place:
        return "facility" if group.place.kind == "facility" else "place"
    counts = Counter(kind for s in group.sightings for kind in s.kinds)
    if group.key.startswith("body:") and counts["person"]:
        return "organisation"  # an outlet that was read as a person
    return min(counts, key=lambda k: (-counts[k], k))


def _roles(readings: Iterable[Reading], of_mention: Mapping[str, str]) -> dict[str, tuple[Role, ...]]:
    """Return what each speaker is said to be, and for whom, with the statements that say so."""
    said: defaultdict[str, defaultdict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in (s for r in readings for s in r.statements):
        speaker = of_mention.get(statement.speaker or "")
        if speaker and statement.role:
            body = of_mention.get(statement.organisation or "", "")
            said[speaker][" ".join(statement.role.split()), body].append(statement.id)
    return {
        speaker: tuple(Role(role, body or None, tuple(sorted(ids))) for (role, body), ids in sorted(roles.items()))
        for speaker, roles in said.items()
    }
