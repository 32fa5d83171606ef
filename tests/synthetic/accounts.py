"""What a source knows and gives of an incident: the place, the day and the numbers, as precise as its habits are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from onrecord.model.values import Amount, When
from tests.synthetic import phrases
from tests.synthetic.prose import Named, Piece, Said
from tests.synthetic.story import Incident
from tests.synthetic.world import World

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTRY = "syn:country"


@dataclass(frozen=True, slots=True)
class Habits:
    """How an outlet writes: shares of its accounts that give the day, the place and the number exactly, and its slips.

    `style` gives the spelling of each thing by number; `slip` the share of accounts with an error of each sort.
    """

    name: str
    style: Mapping[str, int]
    exact_day: float
    exact_place: float
    exact_number: float
    slip: float
    furniture: str
    credits: bool
    surnames: float


@dataclass(frozen=True, slots=True)
class Account:
    """What one source tells of an incident: the type, place, agents and numbers that it gives, and who is named for it.

    `numbers` pair each measure with (whom it counts, number). The truth of what it tells is that of the incident.
    """

    incident: Incident
    type: str
    place: str
    day: date
    agents: tuple[str, ...]
    numbers: tuple[tuple[str, str, int], ...]
    parts: tuple[tuple[str, str, int], ...]
    said: Said | None
    early: bool


def account(incident: Incident, told: date, habits: Habits, world: World, random: Random) -> Account:
    """Return what a source of these habits tells of an incident on a day, its slips included."""
    kind, place, day, agents = incident.type, incident.place, incident.day, incident.agents
    if random.random() < habits.slip and day < told:
        day += timedelta(days=1)
    if random.random() < habits.slip / 2:
        place = world.near[world.town_of(place)]
    if random.random() < habits.slip and kind in phrases.MISTAKEN:
        kind = phrases.MISTAKEN[kind]
    if random.random() < habits.slip / 2 and kind not in (
        "territory_gain",
        "withdrawal",
        "surrender",
        "negotiation",
        "siege",
    ):
        agents = (random.choice([*world.forces, world.flyer]),)
    said = speaker(incident, world, random)
    early = told <= incident.day
    party = said is not None and said.organisation in (*incident.agents, *incident.targets)
    numbers = tuple(
        (m, _group(g, random), _number(n, habits, random, early=early, bias=party and random.random() < 0.3))
        for m, g, n in incident.tolls
    )
    parts = incident.parts if random.random() < 0.7 else ()
    return Account(incident, kind, place, day, agents, numbers, parts, said, early)


def _group(group: str, random: Random) -> str:
    """Return whom the number is said to count: a writer in a hurry says "people" of civilians and fighters alike."""
    return "people" if random.random() < 0.15 else group


def _number(true: int, habits: Habits, random: Random, *, early: bool, bias: bool) -> int:
    if random.random() < habits.slip / 2 and true > 11:
        digits = str(true)
        return int(digits[1] + digits[0] + digits[2:])  # a slip of the pen
    if bias:
        return max(2, int(true * random.choice((0.5, 0.7, 1.4, 1.8))))
    return max(2, int(true * random.uniform(0.5, 1.0))) if early and random.random() < 0.5 else true


def speaker(incident: Incident, world: World, random: Random) -> Said | None:
    """Return who is named for an account: a monitor, a side, somebody without a name, or nobody."""
    chance = random.random()
    if chance < 0.3:
        return _official(random.choice(world.watchers), world, random)
    if chance < 0.6 and incident.agents:
        body = random.choice([*incident.agents, *incident.targets])
        return _official(body if body in world.speakers else world.forces[0], world, random)
    if chance < 0.75:
        return Said(None, random.choice(("residents", "a local official", "a medic", "witnesses")))
    return None


def _official(body: str, world: World, random: Random) -> Said:
    if random.random() < 0.45:
        return Said(body, world.things[body].spellings[0])
    person = random.choice(world.speakers[body])
    return Said(person, world.things[person].spellings[0], body, world.things[person].role)


def speaking(said: Said, world: World, random: Random) -> tuple[Piece, ...]:
    """Return the words for who said it: "KDF spokesman Karim Dasho", "the Vesh Monitor (VM)", "a medic"."""
    if said.speaker is None:
        return (said.words,)
    thing = world.things[said.speaker]
    if said.organisation:
        person: tuple[Piece, ...] = (Named(said.organisation), f" {said.role} ", Named(said.speaker))
        known = (", known as ", Named(said.speaker, alias=True), ",") if thing.alias and random.random() < 0.3 else ()
        return (*person, *known)
    acronym = (" (", Named(said.speaker, alias=True), ")") if thing.short and random.random() < 0.15 else ()
    return ("the ", Named(said.speaker), *acronym)


def where(place: str, world: World, *, vague: bool, random: Random) -> tuple[tuple[Piece, ...], tuple[Piece, ...], str]:
    """Return the words for a place, the same behind "in", and the id of the place that the claim gets."""
    thing = world.things[place]
    if place == COUNTRY:
        return (Named(place),), ("in ", Named(place)), place
    if vague and random.random() < 0.4:
        province = world.things[world.town_of(place)].parent or ""
        return (Named(province),), ("in ", Named(province)), province
    if vague:
        town = world.town_of(place)
        return ("an area near ", Named(town)), ("near ", Named(town)), town
    if thing.kind == "facility":
        bare: tuple[Piece, ...] = ("the ", Named(place, noun=False), " in ", Named(thing.parent or ""))
        return bare, ("at ", *bare), place
    if place in world.quarters:
        bare = ("the ", Named(place), " of ", Named(thing.parent or ""))
        return bare, ("in ", *bare), place
    return (Named(place),), ("in ", Named(place)), place


def moment(day: date, told: date, *, vague: bool, random: Random) -> tuple[str, When, bool]:
    """Return the words for a day in a report of another day, what they mean, and whether they mean it by that day."""
    if vague:
        monday = told - timedelta(days=told.weekday())
        if random.random() < 0.4:
            return "", When(), True
        if monday <= day and random.random() < 0.5:
            return "this week", When(monday.isoformat(), told.isoformat()), True
        if (told - day).days < 4:
            return "", When(), True  # nobody writes "this month" of yesterday
        month = day.isoformat()[:7]
        return ("earlier this month" if month == told.isoformat()[:7] else f"in {day:%B}"), When(month, month), True
    if 0 <= (told - day).days < 6:
        when = When(day.isoformat(), day.isoformat())
        return f"{random.choice(('on', 'late on', 'early on', 'on'))} {_DAYS[day.weekday()]}", when, True
    return f"on {day.day} {day:%B} {day.year}", When(day.isoformat(), day.isoformat()), False


def amount(number: int, habits: Habits, random: Random, *, early: bool) -> tuple[str, Amount]:
    """Return words for a number of people, and the bounds that they allow."""
    if early and random.random() < 0.6:
        return f"at least {number}", Amount(number, None, unit="people")
    if random.random() < habits.exact_number or number < 10:
        return f"{number:,}", Amount(number, number, unit="people")
    step = 10 if number < 300 else 50 if number < 1000 else 100 if number < 3000 else 1000
    down = max(step, number // step * step)
    form = random.randrange(5)
    if form == 0 and number >= 24:
        return "dozens of", Amount(24, None, unit="people")
    if form == 1:
        near = max(step, round(number / step) * step)
        return f"about {near:,}", Amount(near, near, approx=True, unit="people")
    if form == 2:
        return f"up to {down + step:,}", Amount(None, down + step, unit="people")
    if form == 3 and down < number:
        return f"more than {down:,}", Amount(down, None, unit="people")
    if form == 4 and down <= number:
        return f"between {down:,} and {down + step:,}", Amount(down, down + step, unit="people")
    return f"at least {number:,}", Amount(number, None, unit="people")
