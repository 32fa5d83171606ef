"""What truly happens in an invented conflict: who takes which place when, who strikes whom, and how many it costs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from tests.synthetic.world import World

WEEKS = 7
# How often each sort of event happens a day, besides captures; about what one front of a war yields.
_A_DAY = {
    "air_strike": 0.55,
    "shelling": 0.3,
    "armed_clash": 0.35,
    "bombing": 0.15,
    "suicide_bombing": 0.08,
    "displacement": 0.12,
    "surrender": 0.08,
    "detention": 0.08,
    "abduction": 0.06,
    "negotiation": 0.05,
}
_TWIN = 0.15  # of strikes and shellings are followed by another one on the same day in the neighbouring place
_AGAIN = 0.05  # or in the very same place
_SIEGE = 0.3  # of towns that fall were besieged before
_PLAN = 0.5  # of offensives were announced
_PARTS = 0.3  # of tolls of six or more say how many children are among them


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happens on one day (or, where it is `false`, that a side only says has happened).

    `tolls` give the true numbers by measure and by whom they count: ("killed", "civilians", 12); `parts` likewise those
    who are among them ("killed", "children", 3). A siege goes on `until` a day; what is only a `plan` has not happened.
    """

    id: str
    type: str
    day: date
    place: str
    agents: tuple[str, ...]
    targets: tuple[str, ...] = ()
    tolls: tuple[tuple[str, str, int], ...] = ()
    parts: tuple[tuple[str, str, int], ...] = ()
    until: date | None = None
    plan: bool = False
    false: bool = False
    denied_by: str | None = None


@dataclass(slots=True)
class Story:
    """All incidents by day, and who holds each place on each day; `start` and `end` bound the days told of."""

    start: date
    end: date
    incidents: list[Incident] = field(default_factory=list)
    holders: dict[str, dict[date, str]] = field(default_factory=dict)

    def holder(self, place: str, day: date) -> str:
        """Return the body that holds a place on a day."""
        return self.holders[place][min(max(day, self.start), self.end)]

    def total(self, measure: str, group: str, until: date) -> int:
        """Return how many of a group have met with this since the beginning, true incidents only."""
        told = (t for i in self.incidents if i.day <= until and not i.false for t in i.tolls)
        return sum(n for m, g, n in told if (m, g) == (measure, group))


def a_story(world: World, random: Random) -> Story:
    """Return seven weeks of war over the towns of the world."""
    start = date(2016, 1, 10) + timedelta(days=random.randrange(1000))
    story = Story(start, start + timedelta(days=7 * WEEKS - 1))
    first, second, third = world.forces
    now = {t: (first, second, second, third)[n % 4] for n, t in enumerate(world.towns)}
    now[world.towns[0]] = second
    now |= {p: now[world.town_of(p)] for p in (*world.quarters, *world.facilities)}
    quarters = list(world.quarters)
    plan = _captures(world, random)
    for number in range(7 * WEEKS):
        day = start + timedelta(days=number)
        for place in plan.get(number, ()):
            _capture(story, world, random, now, day, place)
        if quarters and number > 14 and random.random() < 0.15 and now[world.towns[0]] == second:
            _capture(story, world, random, now, day, quarters.pop())
        _violence(story, world, random, now, day)
        for place, body in now.items():
            story.holders.setdefault(place, {})[day] = body
    _false_claims(story, world, random)
    story.incidents.sort(key=lambda i: (i.day, i.id))
    return story


def _captures(world: World, random: Random) -> dict[int, list[str]]:
    """Return the towns that fall, by the number of the day; the city falls late, and one town changes hands twice."""
    plan: dict[int, list[str]] = {}
    towns = world.towns[1:]
    random.shuffle(towns)
    days = sorted(random.sample(range(4, 7 * WEEKS - 6), 7))
    for day, town in zip(days, [*towns[:6], towns[0]], strict=True):
        plan.setdefault(day, []).append(town)
    plan.setdefault(7 * WEEKS - 5, []).append(world.towns[0])
    return plan


def _rival(world: World, random: Random, body: str) -> str:
    first, second, third = world.forces
    return {first: second, third: second, second: random.choice((first, first, third))}[body]


def _capture(story: Story, world: World, random: Random, now: dict[str, str], day: date, place: str) -> None:
    """Let a rival take the place; a town passes with all that lies in it, which no report spells out."""
    loser = now[place]
    winner = _rival(world, random, loser)
    if place in world.quarters:
        winner = world.forces[0]
    now[place] = winner
    if place in world.towns:
        now |= {p: winner for p in (*world.quarters, *world.facilities) if world.things[p].parent == place}
    if loser == winner:
        return
    name = f"i{len(story.incidents)}"
    tolls = (("killed", world.things[loser].noun, random.randint(5, 60)),) if random.random() < 0.5 else ()
    story.incidents.append(Incident(name, "territory_gain", day, place, (winner,), (loser,), tolls))
    if random.random() < 0.4 and place in world.towns:
        left = Incident(f"{name}w", "withdrawal", day, place, (loser,), (), ())
        story.incidents.append(left)
    if random.random() < 0.5 and place in world.towns:
        before = day - timedelta(days=random.randint(2, 4))
        story.incidents.append(Incident(f"{name}o", "offensive", before, place, (winner,), (loser,)))
        if random.random() < _PLAN:
            said = before - timedelta(days=random.randint(1, 4))
            story.incidents.append(Incident(f"{name}p", "offensive", said, place, (winner,), (loser,), plan=True))
    if random.random() < _SIEGE and place in world.towns:
        began = day - timedelta(days=random.randint(6, 12))
        story.incidents.append(Incident(f"{name}s", "siege", began, place, (winner,), (loser,), until=day))


def _violence(story: Story, world: World, random: Random, now: dict[str, str], day: date) -> None:
    for kind, rate in _A_DAY.items():
        if random.random() >= rate:
            continue
        spots = [*world.towns, *world.towns, *world.facilities, *world.quarters]
        place = random.choice(spots)
        story.incidents.append(_incident(f"i{len(story.incidents)}", kind, day, place, world, random, now))
        town = world.town_of(place)
        if kind in ("air_strike", "shelling") and random.random() < _TWIN:
            twin = _incident(f"i{len(story.incidents)}", kind, day, world.near[town], world, random, now)
            story.incidents.append(twin)
        if kind in ("air_strike", "shelling") and random.random() < _AGAIN:
            story.incidents.append(_incident(f"i{len(story.incidents)}", kind, day, place, world, random, now))


def _incident(
    name: str, kind: str, day: date, place: str, world: World, random: Random, now: dict[str, str]
) -> Incident:
    held = now[place]
    rival = _rival(world, random, held)
    noun = world.things[held].noun
    civil = random.choice(("civilians", "civilians", "people"))
    agent, target = rival, held
    tolls: list[tuple[str, str, int]] = []
    if kind in ("air_strike", "shelling", "bombing", "suicide_bombing"):
        agent = world.flyer if kind == "air_strike" else rival
        tolls = [("killed", civil, _size(random)), ("wounded", civil, _size(random, 3.0))]
    elif kind == "armed_clash":
        tolls = [("killed", noun, _size(random))]
    elif kind in ("surrender", "detention", "abduction", "displacement"):
        measure = {"surrender": "surrendered", "detention": "detained", "abduction": "abducted"}.get(kind, "displaced")
        agent = held if kind in ("surrender", "detention") else rival
        group = noun if kind in ("surrender", "detention") else "civilians"
        tolls = [(measure, group, _size(random, 3.0) * (20 if kind == "displacement" else 2))]
    if kind == "armed_clash" and random.random() < 0.3 and world.brigades and rival == world.forces[0]:
        agent = world.brigades[0]
    kept = [t for t in tolls if random.random() < 0.8]
    if kind == "surrender":
        return Incident(name, kind, day, place, (agent,), (rival,), tuple(kept))
    if kind == "displacement":
        return Incident(name, kind, day, place, (), (), tuple(kept))
    if kind == "detention":
        return Incident(name, kind, day, place, (rival,), (agent,), tuple(kept))
    targets = (target,) if kind in ("armed_clash", "shelling", "negotiation") or random.random() < 0.3 else ()
    return Incident(name, kind, day, place, (agent,), targets, tuple(kept), _parts(kept, random))


def _parts(tolls: list[tuple[str, str, int]], random: Random) -> tuple[tuple[str, str, int], ...]:
    """Return how many children are among the civilians killed, where that is told."""
    found = [n for m, g, n in tolls if m == "killed" and g in ("civilians", "people") and n >= 6]
    told = found and random.random() < _PARTS
    return (("killed", "children", random.randint(2, found[0] // 2)),) if told else ()


def _size(random: Random, scale: float = 1.0) -> int:
    """Return a number of people: mostly few, seldom many, as tolls are."""
    return max(2, int(scale * random.paretovariate(1.3) * random.uniform(2, 7)))


def _false_claims(story: Story, world: World, random: Random) -> None:
    """Add captures that a side only says it made, and denials by the accused of strikes that did happen."""
    for number in range(2):
        day = story.start + timedelta(days=random.randrange(8, 7 * WEEKS - 8))
        place = random.choice(world.towns)
        held = story.holder(place, day)
        rival = _rival(world, random, held)
        near = [i for i in story.incidents if i.type == "territory_gain" and i.place == place]
        if any(abs((i.day - day).days) < 6 for i in near):
            continue
        story.incidents.append(
            Incident(f"x{number}", "territory_gain", day, place, (rival,), (held,), false=True, denied_by=held)
        )
    for number in range(2):  # plans of which nothing comes
        day, place = story.start + timedelta(days=random.randrange(4, 7 * WEEKS - 4)), random.choice(world.towns)
        held = story.holder(place, day)
        agents = (_rival(world, random, held),)
        story.incidents.append(Incident(f"y{number}", "offensive", day, place, agents, (held,), plan=True))
    story.incidents[:] = [
        replace(i, denied_by=i.agents[0])
        if i.type in ("air_strike", "shelling", "negotiation") and i.agents and random.random() < 0.15
        else i
        for i in story.incidents
    ]
