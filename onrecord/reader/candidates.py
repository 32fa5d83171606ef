"""What can fill the roles of an event, and the choice among it.

Candidates are the mentions, times and numbers that the network marks; a caller that knows better, by rules, gives its
own (`Known`), as the dispatches were annotated in training, and only what it lacks is taken from the network.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np

from onrecord.reader.decode import Floats, rounded
from onrecord.reader.labels import PAIR_HINTS, RULED
from onrecord.reader.read import Argument, Entity, Mentioned

FAINT = 0.05  # chance below which a candidate for a role is not told at all


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name or a description `text[start:end]`, and whom it means: those that mean the same have one `name`.

    `kind` is one of `labels.WHO_AND_WHERE`, or empty where it is not known.
    """

    start: int
    end: int
    name: str
    described: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event as rules have it: its trigger, type and status, and the names of who is in which role."""

    start: int
    end: int
    type: str
    status: str
    agents: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    place: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What rules have found in a text, by code-point offsets; the network was trained to weigh it with its own view."""

    names: tuple[KnownName, ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    numbers: tuple[tuple[int, int], ...] = ()
    events: tuple[KnownEvent, ...] = ()

    def word_hints(self, offsets: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
        """Return for each word the numbers in `RULED` of what the rules say of it."""
        hints: list[tuple[int, ...]] = [()] * len(offsets)
        number = {name: i for i, name in enumerate(RULED)}
        ends = [end for _, end in offsets]
        for event in self.events:
            at = bisect_right(ends, event.start)
            while at < len(offsets) and offsets[at][0] < event.end:
                hints[at] = (number[event.type], number[event.status])
                at += 1
        return hints

    def about(self) -> dict[str, float]:
        """Return how often each is named, as the logarithm of one more."""
        return {name: log1p(times) for name, times in Counter(n.name for n in self.names).items()}

    def pair_hints(self, events: Sequence[tuple[int, int]], names: Sequence[KnownName | None]) -> Floats:
        """Return (events, names, PAIR_HINTS) of what is known of triggers, by their offsets, and of candidates."""
        hints = np.zeros((len(events), len(names), len(PAIR_HINTS)), np.float32)
        often = self.about()
        for column, name in enumerate(names):
            if name:
                hints[:, column, 3:] = often[name.name], not name.described, name.described
        for row, (start, end) in enumerate(events):
            for event in self.events:
                if event.start < end and start < event.end:
                    for column, name in enumerate(names):
                        if name:
                            cast = (event.agents, event.targets, event.place)
                            hints[row, column, :3] = [name.name in some for some in cast]
        return hints


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can fill a role: its word, its offsets, and what those that mean the same have in common."""

    word: int
    start: int
    end: int
    chain: int | None
    name: str | None
    known: KnownName | None = None

    @property
    def group(self) -> tuple[str | None, int | None]:
        """Equal for candidates that mean the same."""
        return (self.name, None) if self.name is not None else (None, self.chain)


@dataclass(frozen=True, slots=True)
class Candidates:
    """All that can fill a role, by sort."""

    named: tuple[Candidate, ...]
    times: tuple[Candidate, ...]
    numbers: tuple[Candidate, ...]


def candidates(
    offsets: Sequence[tuple[int, int]], mentions: Iterable[Mentioned], entities: Iterable[Entity], known: Known | None
) -> Candidates:
    """Return all candidates; what is known comes first, and what the network marks is added where nothing is known."""
    starts = [start for start, _ in offsets]

    def last_word(end: int) -> int:
        return max(0, bisect_left(starts, end) - 1)

    names = known.names if known else ()
    named = tuple(Candidate(last_word(n.end), n.start, n.end, None, n.name, n) for n in names)
    spans = {kind: [(e.start, e.end) for e in entities if e.kind == kind] for kind in ("time", "quantity")}
    times = known.times if known else spans["time"]
    numbers = known.numbers if known else spans["quantity"]
    return Candidates(
        (*named, *_marked(mentions, named, offsets)),
        tuple(Candidate(last_word(e), s, e, None, None) for s, e in times),
        tuple(Candidate(last_word(e), s, e, None, None) for s, e in numbers),
    )


def _marked(
    mentions: Iterable[Mentioned], named: Sequence[Candidate], offsets: Sequence[tuple[int, int]]
) -> list[Candidate]:
    """Return the network's own mentions outside known names; one whose chain holds a known name bears it."""
    called: dict[int, Counter[str]] = {}
    others = []
    for mention in mentions:
        start, end = offsets[mention.head]
        inside = [c for c in named if c.start < end and start < c.end]
        if not inside:
            others.append(mention)
        for one in inside:
            called.setdefault(mention.chain, Counter())[one.name or ""] += 1
    best = {chain: min(names, key=lambda name: (-names[name], name)) for chain, names in called.items()}
    return [Candidate(m.head, m.start, m.end, m.chain, best.get(m.chain)) for m in others]


def members_of(some: Sequence[Candidate]) -> list[list[int]]:
    """Return the numbers of those candidates that mean the same, in the order of the first of each."""
    groups: dict[object, list[int]] = {}
    for i, one in enumerate(some):
        groups.setdefault(one.group, []).append(i)
    return list(groups.values())


def filled(
    some: Sequence[Candidate], role: str, likely: Floats, members: Sequence[Sequence[int]], each: Floats
) -> list[tuple[list[Argument], list[Argument]]]:
    """Return for each event what fills a role, and what else may.

    `likely` is (events, groups and none): the chances of the groups of candidates that `members` numbers, and of none.
    A group is shown by the candidate that has the most of `each` (events, candidates). Chosen are groups likelier than
    none and at least half as likely as the likeliest; an event has one place.
    """
    return [_chosen(role, some, members, *one) for one in zip(likely, each, strict=True)]


def _chosen(
    role: str, some: Sequence[Candidate], members: Sequence[Sequence[int]], likely: Floats, each: Floats
) -> tuple[list[Argument], list[Argument]]:
    """Return what fills a role of one event, and what else may."""
    total = likely[:-1]
    order = sorted(np.flatnonzero(total >= FAINT).tolist(), key=lambda g: (-total[g], members[g]))
    least = max(float(likely[-1]), 0.5 * float(total[order[0]])) if order else 1.0
    chosen: list[Argument] = []
    others: list[Argument] = []
    for group in order:
        shown = some[max(members[group], key=lambda i: (each[i], -i))]
        argument = Argument(role, shown.start, shown.end, shown.chain, shown.name, rounded(total[group]))
        sure = total[group] > least and not (role == "place" and chosen)
        (chosen if sure else others).append(argument)
    return chosen, others
