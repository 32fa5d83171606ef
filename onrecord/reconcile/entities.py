"""What the record says of a person, body or place: its name and other names, roles, parent and point."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from onrecord.lexicon.actors import Actor
from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.gazetteer import Place
from onrecord.model.ids import content_id
from onrecord.model.records import Entity, Role
from onrecord.model.vocabulary import EntityKind, Precision
from onrecord.reconcile.gridplaces import from_words
from onrecord.reconcile.judgements import Decisions, latest
from onrecord.reconcile.keys import Knowledge
from onrecord.reconcile.localities import describes
from onrecord.reconcile.names import ACTING, LOCATED, NAMED, Name, Names, Tag

Find = Callable[[str], Place | None]


@dataclass(frozen=True, slots=True)
class Group:
    """All that one entity is made of: its keys, of which `key` stands for it, its names, and what the tables know.

    `told` sums what dispatches tell of its names. `town` is that of a facility that is named after it, and `proper`
    what it is called without the town. `holders` are the keys of what it belongs to, nearest first.
    """

    key: str
    keys: frozenset[str]
    names: frozenset[Name]
    told: Counter[Tag]
    actor: Actor | None
    place: Place | None
    precision: Precision
    town: Place | None
    proper: str | None
    holders: tuple[str, ...]
    id: str
    name: str = ""

    @property
    def real(self) -> bool:
        """Whether it is an entity: a person known by a role alone ("a spokesman") who does nothing is none."""
        return not self.key.startswith("person:") or self.named or ACTING in self.told

    @property
    def named(self) -> bool:
        """Whether any mention calls it by a name."""
        return NAMED in self.told

    @property
    def labels(self) -> frozenset[str]:
        """All that judgements may call it: its names and the tables', by their folds, and as one dispatch uses them."""
        known = [one.name for one in (self.actor, self.place) if one]
        return frozenset([*map(fold, known), *(label for n in self.names for label in n.labels)])

    def counts(self, tag: str) -> dict[str, int]:
        """Return what is told under a tag, with how often it is."""
        return {value: count for (kind, value), count in self.told.items() if kind == tag}


def group_of(keys: frozenset[str], names: Names, knowledge: Knowledge, find: Find, given: Mapping[str, int]) -> Group:
    """Return the group of these keys; `find` finds a place of the gazetteer by its key.

    Its id is that of one of its keys: one that was given out before, as `given` numbers them, else of that which stands
    for it.
    """
    key = min(keys, key=_rank)
    ids = [content_id("e", k) for k in (keys if given else ())]
    listed = sorted(n for k in keys for n in names.of_key[k])
    own = [n for n in names.of_key[key] if n.key == key]
    told = Counter[Tag]()
    for name in listed:
        told.update(names.told(name))
    actor = knowledge.actors.by_name.get(key.removeprefix("actor:")) if key.startswith("actor:") else None
    located = any(LOCATED in names.told(n) for n in own)
    spot = min((words for n in own for tag, words in names.told(n) if tag == "spot"), default=None)
    place = from_words(key, spot) if spot else find(key) if located else None
    home, _, what = key.removeprefix("part:").rpartition(":") if key.startswith("part:") else ("", "", "")
    town = find(home) if home and not home.startswith("place:") else None
    group = Group(
        key=key,
        keys=keys,
        names=frozenset(listed),
        told=told,
        actor=actor,
        place=place,
        precision=cast(
            "Precision", min((p for n in own for t, p in names.told(n) if t == "precision"), default="none")
        ),
        town=town,
        proper=what if town and describes(what) else None,
        id=min((i for i in ids if i in given), key=given.__getitem__, default=content_id("e", key)),
        holders=tuple(_holders(key, actor, place or town, town, knowledge=knowledge, find=find)),
    )
    return replace(group, name=_name(group))


def _holders(
    key: str, actor: Actor | None, place: Place | None, town: Place | None, *, knowledge: Knowledge, find: Find
) -> Iterator[str]:
    """Yield the keys of what a group belongs to, nearest first: bodies by the table of actors, places by theirs."""
    if actor:
        yield from (f"actor:{outer.name}" for outer in knowledge.actors.within(actor.name))
    if town:
        yield town.key
    seen = {key}
    while place and place.within and place.within not in seen:
        seen.add(place.within)
        yield place.within
        place = find(place.within)


def entity_of(
    group: Group, owner: str | None, in_town: str | None, *, roles: tuple[Role, ...], decided: Decisions
) -> Entity:
    """Return the entity of a group; `owner` is its parent's id, `in_town` its name where that holds its town's."""
    name = in_town or group.name
    aliases = _aliases(group)
    folds = sorted({fold(name), *(n.folded for n in group.names)})
    labels = [*folds, *(label for n in group.names for label in n.labels)]
    located = latest(decided.located, labels)
    name = latest(decided.renamed, labels) or name
    aliases.setdefault(name, 0)
    # A facility known only by its town lies within the town's point.
    place = group.place or (group.town if not located else None)
    known = group.place or group.town
    return Entity(
        id=group.id,
        kind=_kind(group),
        name=name,
        aliases=tuple(sorted(aliases.items(), key=lambda a: (-a[1], a[0]))),
        roles=roles,
        parent=owner if owner != group.id else None,
        point=located or (place.point if place else None),
        precision="exact" if located else group.precision if known else "none",
        country=place.country if place else group.actor.country if group.actor else None,
        reference={"geonames": group.place.geonames} if group.place and group.place.geonames else {},
    )


def in_town(group: Group, names: Mapping[str, str]) -> str | None:
    """Return the name that tells "the main hospital" of one town from that of another; `names` are those of towns."""
    town = group.town
    return f"{group.proper} ({names.get(town.key, town.name)})" if group.proper and town else None


def roles_of(said: Iterable[tuple[str, str | None, str]]) -> tuple[Role, ...]:
    """Return what someone is said to be, and for whom, from each role, body and statement."""
    statements: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for role, body, statement in said:
        if role:
            statements[role, body or ""].append(statement)
    return tuple(Role(role, body or None, tuple(sorted(ids))) for (role, body), ids in sorted(statements.items()))


def _name(group: Group) -> str:
    """Return an actor's name in the table, a facility's with its town, else the form read most often.

    Of equally frequent forms the longest holds, then the first by alphabet. A place goes by the spelling read most, for
    readers look for "Raqqa" and gazetteers write "Ar Raqqah"; only a short form such as "UK" gives way to the table's.
    """
    if group.actor:
        return group.actor.name
    counts = group.counts("form")
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


def _aliases(group: Group) -> dict[str, int]:
    """Return how often each surface form was read; descriptions count only where there is no name."""
    return group.counts("name") or group.counts("nominal") or group.counts("pronoun")


def _kind(group: Group) -> EntityKind:
    """Return the table's kind, else the one read most often, ties by alphabet."""
    if group.actor:
        return group.actor.kind
    if group.place:
        return "facility" if group.place.kind == "facility" else "place"
    counts = group.counts("kind")
    if group.key.startswith("body:") and "person" in counts:
        return "organisation"  # an outlet that was read as a person
    return cast("EntityKind", min(counts, key=lambda k: (-counts[k], k)))


def _rank(key: str) -> tuple[int, str]:
    """Return the order in which keys stand for an entity: known actors and places before names, names by alphabet."""
    own = key.partition(":")[0] in ("person", "body", "place")
    return (2 if "@" in key else int(own or key.startswith("part:place:")), key)
