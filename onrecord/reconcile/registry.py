"""The entities of the record, kept as dispatches come, change and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.model.records import Entity, Role
from onrecord.reconcile.copiednames import CopiedNames
from onrecord.reconcile.entities import Group, entity_of, group_of, in_town, roles_of
from onrecord.reconcile.hearsay import Hearsay, hearsay
from onrecord.reconcile.judgements import Decisions
from onrecord.reconcile.keys import Keys, Knowledge
from onrecord.reconcile.lineage import Lineages
from onrecord.reconcile.names import Name, Names, Said
from onrecord.reconcile.sightings import Read, Sighting

_WIDE = ("country", "admin1", "admin2")


@dataclass(frozen=True, slots=True)
class _Made:
    """What an entity was made from."""

    group: Group
    owner: str | None
    in_town: str | None
    roles: tuple[Role, ...]


class Registry:
    """The entities by id, and whom each mention means; `given` numbers the ids that were given out before.

    `generic` are the entities that no table knows and no mention calls by a name ("the fighters"); `categories` tells
    what sort of actor the table of actors has one for.
    """

    def __init__(self, knowledge: Knowledge, lineages: Lineages, given: Mapping[str, int]) -> None:
        self.by_id: dict[str, Entity] = {}
        self.generic: set[str] = set()
        self.categories: dict[str, str] = {}
        self._knowledge, self._given = knowledge, given
        self._place = lru_cache(maxsize=None)(knowledge.gazetteer.place)
        self._keys, self._names, self._copied = Keys(knowledge, lineages), Names(knowledge), CopiedNames(lineages)
        self._heard: dict[str, Hearsay] = {}
        self._sayings: defaultdict[Name, set[Said]] = defaultdict(set)  # by either of the two
        self._decided = Decisions()
        self._joined: dict[str, frozenset[str]] = {}
        self._groups: dict[str, Group] = {}  # by the key that stands for the entity
        self._home: dict[str, str] = {}  # that key, by each key
        self._held: set[str] = set()  # the keys of the groups that something may hold
        self._of: dict[Name, str] = {}
        self._roles: dict[str, tuple[Role, ...]] = {}
        self._made: dict[str, _Made] = {}
        self._names_of: dict[str, frozenset[Name]] = {}
        self._inner: defaultdict[str, set[str]] = defaultdict(set)  # what each entity holds

    def entity(self, dispatch: str, mention: str | None) -> str | None:
        """Return the entity that a mention of a dispatch means."""
        name = self._heard[dispatch].of_mention.get(mention or "")
        return self._of.get(name) if name else None

    def update(
        self, changed: Mapping[str, Read | None], relined: Iterable[str], reads: Mapping[str, Read], decided: Decisions
    ) -> set[str]:
        """Put dispatches in by id, or take away those that are `None`; return those of which claims may mean another.

        `relined` are the dispatches whose lineage has other members than before, `reads` all dispatches as they are
        now. A dispatch is returned where a mention means another entity, or where something changed of one that
        conclusions look at: of itself, of what holds it, or of whom it speaks for.
        """
        names: set[Name] = set()
        said: set[Said] = set()
        rekeyed = self._keys.update(changed, relined, reads, decided.placed) | self._judged_otherwise(decided)
        for dispatch in rekeyed:
            self._hear(dispatch, reads.get(dispatch), decided, names=names, said=said)
        self._copied.update({*changed, *relined}, reads)
        keys = self._names.update(names, decided)
        fallen, fresh = self._regroup(keys, self._names.clustered(decided, self._copies()).joined())
        renamed = self._rename(fallen, fresh)
        spoken = self._tell_roles(said | {s for n in renamed for s in self._sayings[n]}, fresh)
        anew = (decided.renamed, decided.located) != (self._decided.renamed, self._decided.located)
        self._decided = decided
        dirty = set(self._groups) if anew else fresh | spoken | self._held
        other = self._make(dirty, {g.id for g in fallen}, anew=anew)
        other |= {e.id for e in self.by_id.values() if any(r.organisation in other for r in e.roles)}
        touched = renamed | {n for e in other for n in self._names_of.get(e, ())}
        return rekeyed | {d for n in touched for d in self._names.shares.holders.get(n, ())}

    def called(self, labels: Collection[str]) -> dict[str, list[str]]:
        """Return the entities that go by each of these labels: in a dispatch, or in the tables; in order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for group in sorted((g for g in self._groups.values() if g.real), key=lambda g: g.id) if labels else ():
            for label in group.labels:
                if label in labels:
                    found[label].append(group.id)
        return found

    def _judged_otherwise(self, decided: Decisions) -> set[str]:
        """Return the dispatches of which judgements single out other names than before."""
        return {label.partition("|")[0] for label in decided.labels ^ self._decided.labels if "|" in label}

    def _hear(self, dispatch: str, read: Read | None, decided: Decisions, *, names: set[Name], said: set[Said]) -> None:
        """Take down what a dispatch tells of names; add to `names` and `said` those of which something changed."""
        self._heard.pop(dispatch, None)
        heard = Hearsay({}, {}, {})
        if read:
            heard = hearsay(read, self._keys.alone[dispatch], self._keys.of[dispatch], decided.labels)
            self._heard[dispatch] = heard
        names |= self._names.shares.put(dispatch, heard.names)
        said |= self._names.said.put(dispatch, heard.said)
        for pair in heard.said:
            for name in pair:
                if name is not None:
                    self._sayings[name].add(pair)

    def _copies(self) -> Iterator[tuple[Name, Name]]:
        """Yield the names that stand at one point of a sentence in two copies."""
        for one, other in self._copied.pairs():
            yield self._named(one), self._named(other)

    def _named(self, sighting: Sighting) -> Name:
        return self._heard[sighting.dispatch].of_mention[sighting.mentions[0].id]

    # ------------------------------------------------------------------------------------------------ groups

    def _regroup(self, keys: set[str], joined: dict[str, frozenset[str]]) -> tuple[list[Group], set[str]]:
        """Group keys anew where they or their clusters changed; return the groups that fell and the keys of the new."""
        other = {k for k in joined.keys() | self._joined.keys() if joined.get(k) != self._joined.get(k)} | keys
        other |= {m for k in other for clusters in (joined, self._joined) for m in clusters.get(k, ())}
        self._joined = joined
        homes = {home for key in other if (home := self._home.pop(key, None))}
        fallen = [self._groups.pop(home) for home in sorted(homes)]
        fresh: set[str] = set()
        for key in other & self._names.of_key.keys():
            if key not in self._home:
                held = joined.get(key, frozenset((key,)))
                group = group_of(held, self._names, self._knowledge, self._place, self._given)
                self._groups[group.key] = group
                self._home |= dict.fromkeys(group.keys, group.key)
                fresh.add(group.key)
        self._held -= homes
        self._held |= {key for key in fresh if self._groups[key].holders}
        return fallen, fresh

    def _rename(self, fallen: list[Group], fresh: set[str]) -> set[Name]:
        """Give names their entities; return the names that have another one than before."""
        before = {n: self._of.pop(n) for g in fallen for n in g.names if n in self._of}
        now = {n: g.id for g in map(self._groups.__getitem__, fresh) if g.real for n in g.names}
        self._of |= now
        return {n for n in before.keys() | now.keys() if before.get(n) != now.get(n)}

    def _tell_roles(self, said: set[Said], fresh: set[str]) -> set[str]:
        """Bring the roles of those who speak up to date; return the keys of those of whom they changed."""
        speakers = {self._home.get(self._names.key_of(speaker) or "", "") for speaker, _ in said}
        changed: set[str] = set()
        for key in (speakers | fresh) & self._groups.keys():
            roles = roles_of(
                (role, self._of.get(pair[1]) if pair[1] else None, statement)
                for name in self._groups[key].names
                for pair in self._sayings.get(name, ())
                if pair[0] == name
                for role, statement in self._names.said.sums.get(pair, ())
            )
            if roles != self._roles.get(key, ()):
                changed.add(key)
                self._roles[key] = roles
        return changed

    # ---------------------------------------------------------------------------------------------- entities

    def _make(self, keys: set[str], fallen: set[str], *, anew: bool) -> set[str]:
        """Make the entities of these keys; return those that are other in what conclusions look at."""
        other: set[str] = set()
        kept: set[str] = set()
        for key in keys & self._groups.keys():
            group = self._groups[key]
            if group.real:
                kept.add(group.id)
                owner = next((self._groups[k].id for k in group.holders if k in self._groups), None)
                made = _Made(group, owner, in_town(group, self._towns(group)), self._roles.get(key, ()))
                if anew or not _same(made, self._made.get(group.id)):
                    self._made[group.id] = made
                    self._put(made, other)
        for gone in fallen - kept:
            self._drop(gone)
        return other

    def _towns(self, group: Group) -> dict[str, str]:
        town = self._groups.get(group.town.key) if group.town else None
        return {town.key: town.name} if town else {}

    def _put(self, made: _Made, other: set[str]) -> None:
        """Put an entity in; add it to `other` where conclusions may change, and what it holds where that may be too."""
        group = made.group
        entity = entity_of(group, made.owner, made.in_town, roles=made.roles, decided=self._decided)
        old, core = self.by_id.get(group.id), self._core(group.id)
        self._names_of[group.id] = group.names
        self.by_id[group.id] = old if old == entity and old else entity
        (self.generic.discard if group.named or group.actor else self.generic.add)(group.id)
        self.categories.pop(group.id, None)
        if group.actor:
            self.categories[group.id] = group.actor.category
        if old is None or old.parent != entity.parent:
            self._inner[(old.parent if old else None) or ""].discard(group.id)
            self._inner[entity.parent or ""].add(group.id)
        if old is not None and self._core(group.id) != core:
            other.add(group.id)
            if (old.parent, old.precision in _WIDE) != (entity.parent, entity.precision in _WIDE):
                other |= self._all_within(group.id)

    def _core(self, entity: str) -> tuple[object, ...]:
        """Return what conclusions look at of an entity itself."""
        known = self.by_id.get(entity)
        bodies = frozenset(r.organisation for r in known.roles) if known else frozenset()
        described = (known.kind, known.name, known.parent, known.precision) if known else ()
        return (*described, bodies, entity in self.generic, self.categories.get(entity))

    def _all_within(self, entity: str) -> set[str]:
        found, waiting = set[str](), [entity]
        while waiting:
            inner = self._inner[waiting.pop()] - found
            found |= inner
            waiting.extend(inner)
        return found

    def _drop(self, entity: str) -> None:
        old = self.by_id.pop(entity, None)
        self._made.pop(entity, None)
        self._names_of.pop(entity, None)
        self.generic.discard(entity)
        self.categories.pop(entity, None)
        if old:
            self._inner[old.parent or ""].discard(entity)


def _same(one: _Made, other: _Made | None) -> bool:
    return other is not None and one.group is other.group and one == other
