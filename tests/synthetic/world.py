"""The invented country: towns and quarters, sides and watchers, people, and what is known of them beforehand."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from onrecord.lexicon.actors import Actors, load
from onrecord.lexicon.folding import fold, skeleton
from onrecord.lexicon.gazetteer import Gazetteer, Place
from onrecord.model.vocabulary import EntityKind
from onrecord.reconcile.record import Knowledge
from tests.synthetic import names

_COUNTRY = Place("syn:country", "Veshland", (40.0, 35.0), "country", "XV", population=9_000_000)
_TABLED = 0.7  # of forces stand in the table of actors; new ones appear in every war
# Of a town's other spellings stand in the gazetteer, by how many live there: GeoNames has many for cities.
_ALTERNATE = {2_000: 0.35, 9_000: 0.45, 25_000: 0.6, 70_000: 0.8, 300_000: 1.0}
_SHARED_SURNAME = 0.5  # of conflicts have a second speaker with the surname of a first


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, body or place of the conflict: its id, kind, spellings in print, and a noun for it ("the militants").

    `spellings` are whole names, the usual one first; `short` is an acronym or a surname's spellings; `parent` is the
    body that it belongs to or the place that holds it; `side` of a person is the body it speaks for.
    """

    id: str
    kind: EntityKind
    spellings: tuple[str, ...]
    short: tuple[str, ...] = ()
    noun: str = ""
    parent: str | None = None
    category: str = ""
    role: str = ""
    alias: str | None = None


@dataclass(slots=True)
class World:
    """All things by id, and the ids of each sort; `near` pairs each town with its neighbour."""

    things: dict[str, Thing] = field(default_factory=dict)
    towns: list[str] = field(default_factory=list)
    quarters: list[str] = field(default_factory=list)
    facilities: list[str] = field(default_factory=list)
    forces: list[str] = field(default_factory=list)
    brigades: list[str] = field(default_factory=list)
    flyer: str = ""
    watchers: list[str] = field(default_factory=list)
    speakers: dict[str, list[str]] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    places: list[tuple[Place, tuple[str, ...]]] = field(default_factory=list)
    tabled: list[str] = field(default_factory=list)

    def add(self, thing: Thing) -> str:
        """Keep a thing and return its id."""
        self.things[thing.id] = thing
        return thing.id

    def town_of(self, place: str) -> str:
        """Return the town that a quarter or facility lies in, a town itself."""
        return place if place in self.towns else self.things[place].parent or place

    def knowledge(self) -> Knowledge:
        """Return the tables of actors and places that reconciling is given."""
        return Knowledge(actors=self._actors(), gazetteer=Atlas(self.places))

    def _actors(self) -> Actors:
        """Return the shipped actors with those of this conflict that the table holds."""
        lines = []
        for thing in (self.things[i] for i in self.tabled):
            parent = self.things[thing.parent].spellings[0] if thing.parent in self.tabled and thing.parent else None
            aliases = json.dumps([*thing.spellings[1:], *thing.short])
            held = f", parent = {json.dumps(parent)}" if parent else ""
            name = json.dumps(thing.spellings[0])
            lines.append(f'[{thing.category}]\n{name} = {{ aliases = {aliases}, country = "XV"{held} }}\n')
        merged: defaultdict[str, list[str]] = defaultdict(list)
        for line in lines:
            head, _, entry = line.partition("\n")
            merged[head].append(entry)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "actors.toml"
            path.write_text("\n".join(f"{h}\n{''.join(e)}" for h, e in merged.items()), encoding="utf-8")
            return load((path,))


class Atlas(Gazetteer):
    """A gazetteer of this conflict's places alone, held in memory; real ones would only slow the checks down."""

    def __init__(self, rows: Iterable[tuple[Place, tuple[str, ...]]]) -> None:
        self._by_key: dict[str, Place] = {}
        self._folds: defaultdict[str, list[Place]] = defaultdict(list)
        self._sounds: defaultdict[str, list[Place]] = defaultdict(list)
        for place, others in rows:
            self._by_key[place.key] = place
            for name in (place.name, *others):
                for keys, key in ((self._folds, fold(name)), (self._sounds, skeleton(name))):
                    if key and place not in keys[key]:
                        keys[key].append(place)

    def spelt(self, name: str) -> tuple[Place, ...]:
        """Return the places spelt so."""
        return tuple(sorted(self._folds.get(fold(name), ()), key=lambda p: (-p.population, p.key)))

    def commonly(self, name: str) -> tuple[Place, ...]:
        """Return the places that go by this name first of all."""
        return tuple(p for p in self.spelt(name) if fold(p.name) == fold(name))

    def alike(self, name: str) -> tuple[Place, ...]:
        """Return the places that sound so."""
        return tuple(sorted(self._sounds.get(skeleton(name), ()), key=lambda p: (-p.population, p.key)))

    def place(self, key: str) -> Place | None:
        """Return the place of this key."""
        return self._by_key.get(key)

    def country(self, code: str) -> Place | None:
        """Return the country of this code."""
        return _COUNTRY if code == "XV" else None


def a_world(random: Random) -> World:
    """Return a country at war: 10 towns, a city with quarters, three sides, an air force, watchers, people."""
    world = World()
    world.places.append((_COUNTRY, ()))
    world.add(Thing(_COUNTRY.key, "place", (_COUNTRY.name,), noun="country"))
    _provinces(world, random)
    _towns(world, random)
    _bodies(world, random)
    _people(world, random)
    return world


def _provinces(world: World, random: Random) -> None:
    for number, name in enumerate(random.sample(names.PROVINCES, 2)):
        key = f"syn:p{number}"
        world.places.append((Place(key, name, (39.0 + 2 * number, 35.0), "admin1", "XV", within=_COUNTRY.key), ()))
        world.add(Thing(key, "place", (f"{name} province", f"{name} governorate"), noun="province"))


def _towns(world: World, random: Random) -> None:
    stems = random.sample(names.STEMS, 9)
    for number in range(10):
        # The last town has the stem of the first behind another opening: "Tall Ardun" beside "Ardun".
        stem = stems[number % 9]
        opening = random.choice(names.OPENINGS[1:]) if number == 9 or random.random() < 0.3 else ()
        opening = names.OPENINGS[0] if number == 0 and opening else opening
        spellings = _joined(opening, stem)
        province = f"syn:p{number % 2}"
        key = f"syn:t{number}"
        point = (39.0 + 2 * (number % 2) + random.uniform(-0.4, 0.4), 35.0 + random.uniform(-0.4, 0.4))
        people = 300_000 if number == 0 else random.choice((2_000, 9_000, 25_000, 70_000))
        place = Place(key, spellings[0], point, "town", "XV", population=people, within=province)
        world.places.append((place, tuple(s for s in spellings[1:] if random.random() < _ALTERNATE[people])))
        world.towns.append(
            world.add(Thing(key, "place", spellings, noun="town" if number else "city", parent=province))
        )
    for one, other in zip(world.towns[::2], world.towns[1::2], strict=True):
        world.near |= {one: other, other: one}
    city = world.towns[0]
    for number, name in enumerate(random.sample(names.QUARTERS, 4)):
        key = f"syn:q{number}"
        known = number < 2
        if known:
            home = world.places[1 + 2][0]
            world.places.append((Place(key, name, home.point, "quarter", "XV", population=9_000, within=home.key), ()))
        world.quarters.append(world.add(Thing(key, "place", (name, f"{name} district"), noun="district", parent=city)))
    for number, (name, town) in enumerate(zip(random.sample(names.FACILITIES, 4), world.towns, strict=False)):
        key = f"syn:f{number}"
        world.facilities.append(world.add(Thing(key, "facility", (name,), noun=name.split()[-1], parent=town)))


def _joined(opening: tuple[str, ...], stem: tuple[str, ...]) -> tuple[str, ...]:
    if not opening:
        return stem
    spelt = [f"{opening[min(n, len(opening) - 1)]} {s}" for n, s in enumerate(stem)]
    return tuple(dict.fromkeys(spelt))


def _bodies(world: World, random: Random) -> None:
    for name, short, others, noun, category in random.sample(names.FORCES, 3):
        key = f"body:{short}"
        world.forces.append(world.add(Thing(key, "group", (name, *others), (short,), noun, category=category)))
        if random.random() < _TABLED or category == "state_force":  # a country's army is in every table
            world.tabled.append(key)
    for number, name in enumerate(random.sample(names.BRIGADES, 2)):
        key = f"body:brigade{number}"
        world.brigades.append(
            world.add(Thing(key, "group", (name,), (), "fighters", parent=world.forces[number], category="militia"))
        )
        if world.forces[number] in world.tabled and random.random() < _TABLED:
            world.tabled.append(key)
    name, short, others, noun, category = random.choice(names.FLYERS)
    world.flyer = world.add(Thing(f"body:{short}", "group", (name, *others), (), noun, category=category))
    world.tabled.append(world.flyer)
    for name, short, others, noun, category in names.WATCHERS:
        key = f"body:{short}"
        world.watchers.append(world.add(Thing(key, "organisation", (name, *others), (short,), noun, category=category)))
        world.tabled.append(key)


def _people(world: World, random: Random) -> None:
    """Give each body one or two speakers; often two of different bodies have one surname, sometimes of one body."""
    given, surnames = list(names.GIVEN), list(names.SURNAMES)
    random.shuffle(given)
    random.shuffle(surnames)
    wars = list(names.NOMS_DE_GUERRE)
    random.shuffle(wars)
    doubled: tuple[str, ...] | None = None
    for body in [*world.forces, world.flyer, *world.watchers]:
        world.speakers[body] = []
        for number in range(2 if body in world.forces else 1):
            last = surnames.pop()
            if doubled is not None and random.random() < _SHARED_SURNAME:
                last, doubled = doubled, None
            elif doubled is None and body == world.forces[0]:
                doubled = last
            role = "spokesman" if number == 0 else "commander"
            role = "director" if body in world.watchers else role
            alias = wars.pop() if role == "commander" and random.random() < 0.4 else None
            world.speakers[body].append(
                world.add(_person(f"person:{len(world.things)}", given.pop(), last, body, role=role, alias=alias))
            )


def _person(
    key: str, given: tuple[str, ...], last: tuple[str, ...], body: str, *, role: str, alias: str | None
) -> Thing:
    """Return a person whose spellings go through those of both names."""
    spelt = [f"{g} {s}" for s in last for g in given]
    return Thing(key, "person", tuple(spelt), last, "he", parent=body, role=role, alias=alias)
