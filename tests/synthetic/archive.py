"""A whole archive: several wars over many months, with the long tail of villages, people and small events.

The conflicts of `conflict.py` are short and know every name. An archive has the same sides and towns again for
months, and beside them names that come once or twice: that tail is what grows, and what makes reconciling slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from string import ascii_uppercase
from typing import TypeVar

import msgspec

from onrecord.model.records import Dispatch, Reading
from onrecord.reconcile.record import Knowledge
from tests.synthetic import names
from tests.synthetic.accounts import account
from tests.synthetic.press import Issue, issues
from tests.synthetic.printing import Printer
from tests.synthetic.prose import Line, Page, Said
from tests.synthetic.story import Incident, Story, a_story
from tests.synthetic.telling import lead, toll, wording
from tests.synthetic.world import Thing, World, a_world

_WARS = 5  # fewer than the letters of `_TURNED`, which tell their names apart
_VILLAGES, _PEOPLE = 150, 1000  # of a war, beside its towns and spokesmen; the first of them come most often
_TABLED = 0.5  # of villages are in the gazetteer
_TURNED = "bmnrlv"  # turned by one place from war to war; none of them is part of a sound written with two letters
_KEPT = frozenset(
    (
        "Army",
        "Forces",
        "Force",
        "Front",
        "Council",
        "Committees",
        "Brigade",
        "Battalion",
        "Units",
        "Coalition",
        "Monitor",
        "Network",
        "Air",
        "Defence",
        "Human",
        "Rights",
        "Armed",
    )
)
T = TypeVar("T")


@dataclass(slots=True)
class Archive:
    """Dispatches by day of publication, their readings in the same order, and what is known beforehand."""

    dispatches: list[Dispatch]
    readings: list[Reading]
    knowledge: Knowledge


def an_archive(size: int, seed: int = 1) -> Archive:
    """Return an archive of so many dispatches, of about 12 claims each; a smaller one has shorter wars."""
    pairs: dict[str, tuple[Dispatch, Reading]] = {}
    joined = World()
    for war in range(_WARS):
        random = Random(f"{seed}:{war}")
        world = _widened(a_world(random), random)
        turn = _Turn(world, war)
        share = size * (war + 1) // _WARS
        while len(pairs) < share:
            for dispatch, reading in _campaign(world, random):
                if len(pairs) < share and dispatch.id not in pairs:
                    pairs[dispatch.id] = (turn.of(dispatch), turn.of(reading))
        turned = turn.of(world)
        joined.things |= turned.things
        joined.places += turned.places
        joined.tabled += turned.tabled
    ordered = sorted(pairs.values(), key=lambda p: (p[0].published or "2017", p[0].id))
    return Archive([d for d, _ in ordered], [r for _, r in ordered], joined.knowledge())


def _campaign(world: World, random: Random) -> Iterator[tuple[Dispatch, Reading]]:
    """Yield what is printed on seven weeks of a war, and the readings."""
    story = a_story(world, random)
    tails: dict[str, tuple[Line, ...]] = {}
    for issue in issues(world, story, random):
        if issue.origin not in tails:
            tails[issue.origin] = tuple(_tail(world, story, issue, random))
        page = replace(issue.page, lines=(*issue.page.lines, *tails[issue.origin]))
        printed = Printer(world, issue.habits.style).print(page, random)
        yield printed.dispatch, printed.reading


def _tail(world: World, story: Story, issue: Issue, random: Random) -> Iterator[Line]:
    """Yield sentences on one to three small events in villages, told by people without an office."""
    for number in range(random.choice((1, 2, 2, 3))):
        day = _day(issue.page, story) - timedelta(days=random.choice((0, 1, 1, 2)))
        force, other = random.sample(world.forces, 2)
        kind = random.choice(("armed_clash", "shelling", "bombing", "abduction"))
        tolls = (("killed", random.choice(("civilians", "people", "fighters")), random.randint(2, 30)),)
        place = _seldom(world, "village", _VILLAGES, random)
        small = Incident(f"{issue.origin}:{number}", kind, day, place, (force,), (other,), tolls)
        person = _seldom(world, "local", _PEOPLE, random)
        told = account(small, _day(issue.page, story), issue.habits, world, random)
        told = replace(told, said=Said(person, world.things[person].spellings[0]) if random.random() < 0.8 else None)
        words = wording(told, _day(issue.page, story), issue.habits, world, random)
        yield lead(told, words, world, random)
        published = _day(issue.page, story)
        yield toll(told, tolls[0], words, issue.habits, world=world, random=random, published=published)


def _day(page: Page, story: Story) -> date:
    return date.fromisoformat(page.published) if page.published else story.end


def _seldom(world: World, sort: str, count: int, random: Random) -> str:
    """Return one of so many things, the first ones far more often than the last."""
    return f"{sort}:{int(count * random.random() ** 2)}"


def _widened(world: World, random: Random) -> World:
    """Return the world with villages and with people who are quoted once or twice."""
    for number in range(_VILLAGES):
        opening = random.choice(names.OPENINGS)[0]
        name = f"{opening} {_invented(random)}" if random.random() < 0.5 else _invented(random)
        key, town = f"village:{number}", random.choice(world.towns)
        if random.random() < _TABLED:
            home = next(p for p, _ in world.places if p.key == town)
            point = (home.point[0] + random.uniform(-0.3, 0.3), home.point[1] + random.uniform(-0.3, 0.3))
            place = replace(home, key=f"syn:v{number}", name=name, point=point, population=800)
            world.places.append((place, ()))
        world.add(Thing(key, "place", (name,), noun="village", parent=town))
    for number in range(_PEOPLE):
        name = f"{random.choice(random.choice(names.GIVEN))} {_invented(random)}"
        world.add(Thing(f"local:{number}", "person", (name,), (name.split()[-1],), "he", role="resident"))
    return world


def _invented(random: Random) -> str:
    """Return a name of two or three syllables."""
    parts = ("ka", "bel", "or", "du", "mi", "sha", "tar", "zu", "han", "yar", "fi", "gul", "ra", "nis", "so", "tem")
    ends = ("n", "r", "sh", "di", "k", "la", "t", "m")
    return "".join([*random.choices(parts, k=random.choice((1, 2, 2))), random.choice(ends)]).capitalize()


class _Turn:
    """Gives the names of one war other letters in each word, as many as before, so that offsets hold."""

    def __init__(self, world: World, war: int) -> None:
        spelt = [s for t in world.things.values() for s in (*t.spellings, *t.short, t.alias or "")]
        self._words = {w for s in [*spelt, *(p.name for p, _ in world.places)] for w in re.findall(r"\w+", s)} - _KEPT
        self._war = war
        turned = _TURNED[war:] + _TURNED[:war]
        self._letters = str.maketrans(_TURNED + _TURNED.upper(), turned + turned.upper())
        self._capitals = str.maketrans(ascii_uppercase, ascii_uppercase[war:] + ascii_uppercase[:war])

    def of(self, value: T) -> T:
        """Return the value with the names of this war."""
        # A line end is written "\n" in JSON, of which the n stands before the first word of the next line.
        text = re.sub(r"(?:\b|(?<=\\n))[A-Z]\w+", self._turned, msgspec.json.encode(value).decode())
        text = re.sub(r'"(syn|body|person|village|local):', rf'"\g<1>{self._war}:', text)
        return msgspec.json.decode(text, type=type(value))

    def _turned(self, word: re.Match[str]) -> str:
        if word[0] not in self._words:
            return word[0]
        return word[0].translate(self._capitals if word[0].isupper() else self._letters)
