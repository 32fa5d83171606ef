"""How a report words an account, sentence by sentence, and the claims that a perfect reader finds in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from onrecord.model.values import Amount, When
from tests.synthetic import phrases
from tests.synthetic.accounts import COUNTRY, Account, Habits, amount, moment, speaking, where
from tests.synthetic.prose import Line, Named, Piece, Said, Slot, Told, parsed
from tests.synthetic.story import Incident, Story
from tests.synthetic.world import World


@dataclass(frozen=True, slots=True)
class Wording:
    """What one report keeps the same from sentence to sentence about an incident: place, time and their words."""

    place: str
    bare: tuple[Piece, ...]
    inside: tuple[Piece, ...]
    when_words: str
    when: When
    relative: bool


def wording(told: Account, published: date, habits: Habits, world: World, random: Random) -> Wording:
    """Return how a report of these habits words where and when."""
    vague = random.random() >= habits.exact_place and told.type != "territory_gain"
    bare, inside, place = where(told.place, world, vague=vague, random=random)
    words, when, relative = moment(told.day, published, vague=random.random() >= habits.exact_day, random=random)
    return Wording(place, bare, inside, words, when, relative)


def lead(told: Account, words: Wording, world: World, random: Random, *, prefix: str = "") -> Line:
    """Return the sentence that tells of the incident, with its source behind it where one is named."""
    options = phrases.LEADS[told.type]
    options = tuple(t for t in options if words.when_words or not t.startswith("{W}"))
    return _telling(random.choice(options), told, words, world, random=random, prefix=prefix)


def again(told: Account, words: Wording, world: World, random: Random) -> Line:
    """Return a sentence further down that speaks of the same incident; now and then it says neither where nor when."""
    line = _telling(random.choice(phrases.AGAIN[told.type]), told, words, world, random=random, said=False)
    if random.random() < 0.15:
        return Line(line.pieces, tuple(_bare(t) for t in line.told), line.said, line.attributed)
    return line


def _bare(told: Told) -> Told:
    return Told(told.slot, told.kind, told.type, told.truth, told.agents, told.targets)


def _telling(
    template: str, told: Account, words: Wording, world: World, *, random: Random, said: bool = True, prefix: str = ""
) -> Line:
    agents = told.agents if "{A}" in template or not said else ()
    targets = told.incident.targets if "{T}" in template else ()
    if "{T}" in template and not targets:
        targets = ()
    fill = _fill(told, words, world, random)
    pieces = _tidy((prefix, *parsed(template, fill)))
    claim = Told(
        "x", "event", told.type, told.incident.id, agents, targets, words.place, words.when, relative=words.relative
    )
    return attributed(Line(pieces, (claim,)), told.said if said else None, world, random)


def _fill(told: Account, words: Wording, world: World, random: Random) -> dict[str, tuple[Piece, ...]]:
    noun = random.random() < 0.3 and told.type != "air_strike"
    agent: tuple[Piece, ...] = (Named(told.agents[0], noun=noun),) if told.agents else ("unknown men",)
    target: tuple[Piece, ...] = (Named(told.incident.targets[0]),) if told.incident.targets else ("local men",)
    return {"A": agent, "T": target, "P": words.bare, "I": words.inside, "W": (words.when_words,)}


def _tidy(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    kept = [p for p in pieces if p != ""]
    if isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip()
    return tuple(p for p in kept if p != "")


def attributed(line: Line, said: Said | None, world: World, random: Random) -> Line:
    """Return the line with who said it behind it."""
    if said is None:
        return line
    before, _, after = random.choice(phrases.SAID).partition("{S}")
    pieces = (*line.pieces, before, *speaking(said, world, random), *((after,) if after else ()))
    return Line(pieces, line.told, said, (0, len(line.pieces)))


def toll(
    told: Account,
    measure: tuple[str, str, int],
    words: Wording,
    habits: Habits,
    *,
    world: World,
    random: Random,
    published: date,
) -> Line:
    """Return the sentence that says how many."""
    name, group, number = measure
    phrase, bounds = amount(number, habits, random, early=told.early)
    joined = f"{phrase} {group}"
    template = random.choice(phrases.TOLLS[name])
    part = next(
        ((g, n) for m, g, n in told.parts if m == name and n < number and group in ("civilians", "people")), None
    )
    among: tuple[Piece, ...] = (f", {part[0]} among them: ", Slot("p", f"{part[1]}"), ",") if part else ()
    fill: dict[str, tuple[Piece, ...]] = {"N": (Slot("n", joined), *among)}
    pieces = parsed(template, fill)
    truth = f"{told.incident.id}:{name}"
    event = phrases.TOLL_EVENTS.get(name)
    claims: list[Told] = []
    if event and any(isinstance(p, Slot) and p.key == "k" for p in pieces):
        targets = told.incident.targets if group not in ("civilians", "people") else ()
        claims.append(
            Told(
                "k",
                "event",
                event,
                truth,
                (),
                targets if _mentions(pieces, targets) else (),
                words.place,
                words.when,
                relative=words.relative,
            )
        )
    claims.append(
        Told(
            "n",
            "figure",
            name,
            truth,
            place=words.place,
            when=words.when,
            amount=bounds,
            who=group,
            mode="event",
            as_of=words.when.end or published.isoformat(),
            about="k" if claims else f"@{told.incident.id}",
            relative=words.relative,
        )
    )
    if part:
        own = Amount(part[1], part[1], unit="people")
        claims.append(replace(claims[-1], slot="p", truth=f"{truth}:{part[0]}", amount=own, who=part[0], part_of="n"))
    return attributed(Line(pieces, tuple(claims)), told.said, world, random)


def _mentions(pieces: tuple[Piece, ...], things: tuple[str, ...]) -> bool:
    return any(isinstance(p, Named) and p.thing in things for p in pieces)


def denial(incident: Incident, words: Wording, world: World, random: Random) -> Line:
    """Return the sentence in which the accused, or who lost the place, denies it."""
    body = incident.denied_by or incident.agents[0]
    person = random.choice(world.speakers[body]) if body in world.speakers and random.random() < 0.5 else None
    said = Said(body, world.things[body].spellings[0], stance="denies")
    if person:
        said = Said(person, world.things[person].spellings[0], body, world.things[person].role, stance="denies")
    template = random.choice(phrases.DENIED_BY_TYPE.get(incident.type, phrases.DENIED))
    fill = {
        "A": (Named(incident.agents[0], noun=random.random() < 0.3),),
        "P": words.bare,
        "I": words.inside,
        "T": (Named(incident.targets[0]),) if incident.targets else ("anybody",),
        "W": (words.when_words,),
    }
    speaking_pieces = speaking(said, world, random)
    pieces = _tidy(parsed(template, {**fill, "S": speaking_pieces}))
    claim = Told(
        "x",
        "event",
        incident.type,
        incident.id,
        incident.agents,
        incident.targets if "{T}" in template else (),
        words.place,
        words.when,
        status="denied",
        relative=words.relative,
    )
    at = len(speaking_pieces) + 1
    return Line(pieces, (claim,), said, (at, len(pieces)))


def plan(told: Account, world: World, random: Random) -> Line:
    """Return a sentence on an attack that a side only means to make."""
    bare, _, place = where(told.place, world, vague=False, random=random)
    pieces = parsed(random.choice(phrases.PLANS), {"A": (Named(told.agents[0]),), "P": bare})
    claim = Told("x", "event", told.type, told.incident.id, told.agents, (), place, status="expected")
    return attributed(Line(pieces, (claim,)), told.said, world, random)


def besieging(siege: Incident, world: World, random: Random) -> Line:
    """Return a sentence on a siege that goes on."""
    bare, _, place = where(siege.place, world, vague=False, random=random)
    template = random.choice(phrases.BESIEGED)
    pieces = parsed(template, {"A": (Named(siege.agents[0]),), "P": bare})
    agents = siege.agents if "{A}" in template else ()
    return Line(pieces, (Told("x", "event", "siege", siege.id, agents, (), place, status="ongoing"),))


def holding(place: str, day: date, story: Story, world: World, random: Random) -> Line:
    """Return a sentence on who holds a place on the day of the report."""
    holder = story.holder(place, day)
    bare, _, name = where(place, world, vague=False, random=random)
    pieces = parsed(random.choice(phrases.HOLDS), {"P": bare, "A": (Named(holder),)})
    claim = Told("h", "control", "holds", f"held:{place}", (holder,), (), name, status="ongoing")
    return Line(pieces, (claim,))


def summary(day: date, story: Story, habits: Habits, world: World, random: Random) -> Line:
    """Return a sentence on the count of dead civilians since the campaign began, by a watcher."""
    total = max(2, story.total("killed", "civilians", day))
    phrase, bounds = amount(total, habits, random, early=False)
    began = f"{story.start.day} {story.start:%B} {story.start.year}"
    fill: dict[str, tuple[Piece, ...]] = {
        "N": (Slot("n", f"{phrase} civilians"),),
        "P": (Named(COUNTRY),),
        "D": (began,),
    }
    pieces = parsed(random.choice(phrases.SUMMARY), fill)
    span = When(story.start.isoformat(), day.isoformat())
    claims: list[Told] = []
    if any(isinstance(p, Slot) and p.key == "k" for p in pieces):
        claims.append(Told("k", "event", "killing", "sum:killed", place=COUNTRY, when=span))
    claims.append(
        Told(
            "n",
            "figure",
            "killed",
            "sum:killed",
            place=COUNTRY,
            when=span,
            amount=bounds,
            who="civilians",
            mode="cumulative",
            as_of=day.isoformat(),
            about="k" if claims else None,
        )
    )
    return attributed(
        Line(pieces, tuple(claims)),
        Said(world.watchers[0], world.things[world.watchers[0]].spellings[0]),
        world,
        random,
    )


def filler(random: Random) -> Line:
    """Return a sentence of which no claim is made."""
    parts = (phrases.COLOUR_WHO, phrases.COLOUR_DID, phrases.COLOUR_WHEN)
    first = [random.choice(p) for p in parts]
    second = [random.choice(p) for p in parts[:2]]
    words = " ".join(first) if random.random() < 0.5 else f"{' '.join(first)}, and {' '.join(second)}"
    return Line((words,))
