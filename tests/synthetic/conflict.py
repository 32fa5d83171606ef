"""A whole invented conflict: what was printed, what a reader makes of it, and the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from onrecord.model.records import Dispatch, Reading
from onrecord.reconcile.record import Knowledge
from tests.synthetic.noise import noisy
from tests.synthetic.press import issues
from tests.synthetic.printing import Printer
from tests.synthetic.story import Story, a_story
from tests.synthetic.world import World, a_world


@dataclass(slots=True)
class Truth:
    """The thing of each mention, what each claim is truly of, the report from which each dispatch comes.

    `numbers` gives the true number of each quantity that was told of; "sum:killed" runs on, by day.
    """

    of_mention: dict[str, str] = field(default_factory=dict)
    of_claim: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Conflict:
    """Dispatches, the readings of them, what is known beforehand, and the truth."""

    dispatches: list[Dispatch]
    readings: list[Reading]
    knowledge: Knowledge
    world: World
    story: Story
    truth: Truth


def a_conflict(seed: int, *, noise: float = 0.0) -> Conflict:
    """Return the conflict of this seed, as a reader with this share of errors reads it; 0 is a perfect reader.

    The dispatches and the truth of a seed are the same at every noise.
    """
    random = Random(seed)
    world = a_world(random)
    story = a_story(world, random)
    truth = Truth(numbers=_numbers(story))
    dispatches: dict[str, Dispatch] = {}
    readings: dict[str, Reading] = {}
    for issue in issues(world, story, random):
        printed = Printer(world, issue.habits.style).print(issue.page, random)
        name = printed.dispatch.id
        dispatches[name], readings[name] = printed.dispatch, printed.reading
        truth.of_mention |= printed.of_mention
        truth.of_claim |= printed.of_claim
        truth.origins[name] = issue.origin
    read = [noisy(readings[i], dispatches[i], noise, f"{seed}:{i}") for i in sorted(readings)]
    truth.of_claim |= {new: truth.of_claim[old] for r in read for new, old in r.renamed.items()}
    return Conflict(list(dispatches.values()), [r.reading for r in read], world.knowledge(), world, story, truth)


def _numbers(story: Story) -> dict[str, int]:
    """Return the true number of each quantity, by the key that claims of it carry."""
    found = {f"{i.id}:{m}": n for i in story.incidents for m, _, n in i.tolls}
    found |= {f"{i.id}:{m}:{g}": n for i in story.incidents for m, g, n in i.parts}
    return found | {f"sum:killed@{d.isoformat()}": max(2, story.total("killed", "civilians", d)) for d in _days(story)}


def _days(story: Story) -> list[date]:
    return sorted(next(iter(story.holders.values())))
