"""Score the record of invented conflicts, whose truth is known; prints one JSON object, in per cent.

    python -m bench.synthetic [--seed N] [--conflicts N] [--noise X]
    python -m bench.synthetic --curve          the same at noise 0, 0.05, 0.1, 0.2, 0.3 and 0.4

The conflicts of `tests/synthetic` come with the readings that a perfect reader would make, so that reconciling is
scored apart from reading; the outlets' own errors are in them at any noise. `noise` adds the reader's: the share of
claims that lose their agent or target, half of it claims that are missed, and less of it wrong places, days, types.

entities, events: B3 F1 over mentions and over claims of events. lineage: F1 of pairs of dispatches that come from one
report. figures: true numbers within the bounds of the figure that holds most claims of them (a bound that only "about"
gives reaches half a step of its rounding further); `figures_told`: the share that lies within what is told at all,
which no rule can pass without guessing. control: days of places with the right
holder, from when the record could know it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from onrecord.model.records import Claim, Control, Figure, Record
from onrecord.model.values import Amount, first_day
from onrecord.reconcile.record import reconcile
from tests.synthetic.conflict import Conflict, a_conflict

CURVE = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)


@dataclass(slots=True)
class Tally:
    """Sums over conflicts: of each score what is right, and of how many."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, right: float, of: float) -> None:
        """Count what is right of so many."""
        self.right[name] += right  # type: ignore[assignment]
        self.of[name] += of  # type: ignore[assignment]

    def share(self, name: str) -> float:
        """Return the share in per cent, 100 of nothing."""
        return 100 * self.right[name] / self.of[name] if self.of[name] else 100.0

    def f1(self, name: str) -> float:
        """Return the F1 in per cent of the precision and recall counted under this name."""
        precision, recall = self.share(f"{name}.precision"), self.share(f"{name}.recall")
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scores(seeds: Iterable[int], noise: float = 0.0) -> dict[str, float]:
    """Return all scores over the conflicts of these seeds, in per cent to one decimal."""
    tally = Tally()
    for seed in seeds:
        conflict = a_conflict(seed, noise=noise)
        record = reconcile(conflict.dispatches, conflict.readings, (), knowledge=conflict.knowledge)
        _entities(tally, conflict, record)
        _events(tally, conflict, record)
        _lineage(tally, conflict, record)
        _figures(tally, conflict, record)
        _control(tally, conflict, record)
    made = {name: round(tally.f1(name), 1) for name in ("entities", "events", "lineage")}
    parts = {
        f"{name}_{part}": round(tally.share(f"{name}.{part}"), 1)
        for name in ("entities", "events", "lineage", "counts")
        for part in ("precision", "recall")
    }
    shares = {name: round(tally.share(name), 1) for name in ("figures", "figures_told", "control")}
    return made | shares | parts


def b3(tally: Tally, name: str, found: Mapping[str, str], true: Mapping[str, str]) -> None:
    """Add the B3 precision and recall of two ways to group the same items (Bagga and Baldwin 1998)."""
    groups, classes = Counter(found[i] for i in true), Counter(true.values())
    both = Counter((found[i], true[i]) for i in true)
    tally.add(f"{name}.precision", sum(n * n / groups[g] for (g, _), n in both.items()), len(true))
    tally.add(f"{name}.recall", sum(n * n / classes[c] for (_, c), n in both.items()), len(true))


def _entities(tally: Tally, conflict: Conflict, record: Record) -> None:
    found = {mention.id: entity for mention, entity in record.mentions}
    true = conflict.truth.of_mention
    b3(tally, "entities", {m: found.get(m, m) for m in true}, true)


def _events(tally: Tally, conflict: Conflict, record: Record) -> None:
    """Score claims of events and (as `counts`) of figures; what runs on for weeks is no one event."""
    for kind, name in (("event", "events"), ("figure", "counts")):
        claims = [c for c in record.claims if c.kind == kind]
        true = {c.id: t for c in claims if (t := conflict.truth.of_claim[c.id]) != "sum:killed" or kind == "figure"}
        b3(tally, name, {c.id: (c.event if kind == "event" else c.figure) or c.id for c in claims}, true)


def _lineage(tally: Tally, conflict: Conflict, record: Record) -> None:
    found, true = set(_pairs(record.lineage)), set(_pairs(conflict.truth.origins))
    tally.add("lineage.precision", len(found & true), len(found))
    tally.add("lineage.recall", len(found & true), len(true))


def _pairs(group_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for item in sorted(group_of):
        groups[group_of[item]].append(item)
    return (pair for held in groups.values() for pair in combinations(held, 2))


def _figures(tally: Tally, conflict: Conflict, record: Record) -> None:
    figures, by_id = {f.id: f for f in record.figures}, {c.id: c for c in record.claims}
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in (c for c in record.claims if c.kind == "figure"):
        told[conflict.truth.of_claim[claim.id]].append(claim)
    for quantity, claims in sorted(told.items()):
        last = max(c.as_of or "" for c in claims)
        running = quantity == "sum:killed"
        decisive = [c for c in claims if not running or c.as_of == last]
        true = conflict.truth.numbers[f"{quantity}@{last}" if running else quantity]
        homes = Counter(c.figure for c in decisive if c.figure)
        home = figures[min(homes, key=lambda f: (-homes[f], f))]
        tally.add("figures", _within(true, home, by_id), 1)
        tally.add("figures_told", _tellable(true, decisive), 1)


def _within(true: int, figure: Figure, claims: Mapping[str, Claim]) -> bool:
    amounts = [a for c in figure.claims if (a := claims[c].amount)]
    low, high = figure.low, figure.high
    below = low is None or low - _slack(low, [a for a in amounts if a.low == low]) <= true
    return below and (high is None or true <= high + _slack(high, [a for a in amounts if a.high == high]))


def _slack(number: float, amounts: list[Amount]) -> float:
    """Return half a step of the rounding of a number that all accounts of it call rough: 5 of "about 350"."""
    if not amounts or not all(a.approx for a in amounts):
        return 0.0
    digits = f"{number:.0f}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) / 2


def _tellable(true: int, claims: list[Claim]) -> bool:
    """Tell whether the number lies between the lowest and the highest bound that any account gives."""
    amounts = [c.amount for c in claims if c.amount]
    low = any(a.low is None or a.low - _slack(a.low, [a]) <= true for a in amounts)
    return low and any(a.high is None or true <= a.high + _slack(a.high, [a]) for a in amounts)


def _control(tally: Tally, conflict: Conflict, record: Record) -> None:
    place_of = _places(conflict, record)
    by_place: defaultdict[str, list[Control]] = defaultdict(list)
    for stretch in record.control:
        if stretch.state in ("holds", "contested"):
            by_place[place_of.get(stretch.place, stretch.place)].append(stretch)
    for place, first in sorted(_known_from(conflict).items()):
        day = first
        while day <= conflict.story.end:
            held = {place_of.get(s.holder or "") for s in by_place[place] if _covers(s, day)}
            true = {conflict.story.holder(place, day), conflict.story.holder(place, day - timedelta(days=1))}
            tally.add("control", held <= true and bool(held), 1)
            day += timedelta(days=1)


def _places(conflict: Conflict, record: Record) -> dict[str, str]:
    """Return what each entity of the record truly is: what most of its mentions are."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention, entity in record.mentions:
        votes[entity][conflict.truth.of_mention[mention.id]] += 1
    return {entity: min(c, key=lambda t: (-c[t], t)) for entity, c in votes.items()}


def _known_from(conflict: Conflict) -> dict[str, date]:
    """Return from which day on the dispatches say who holds a place: a capture, or a report that a side holds it."""
    published = {d.id: d.published for d in conflict.dispatches}
    thing, found = conflict.truth.of_mention, dict[str, date]()
    for claim in (c for r in conflict.readings for c in r.claims):
        place = thing.get(claim.place or "", "")
        captures = claim.kind == "event" and claim.type == "territory_gain" and claim.status != "denied"
        day = claim.when.start if captures else published[claim.dispatch]
        if place in conflict.story.holders and claim.agents and day and (captures or claim.kind == "control"):
            found[place] = min(found.get(place, conflict.story.end), first_day(day))
    return found


def _covers(stretch: Control, day: date) -> bool:
    begins = stretch.since is None or first_day(stretch.since) <= day
    return begins and (stretch.until is None or day < first_day(stretch.until))


def main(argv: list[str] | None = None) -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="of the first conflict")
    parser.add_argument("--conflicts", type=int, default=10, help="how many, of seeds that follow one another")
    parser.add_argument("--noise", type=float, default=0.0, help="the reader's errors, from 0 (none) to 1")
    parser.add_argument("--curve", action="store_true", help="the scores at each of several noises")
    args = parser.parse_args(argv)
    if not 0 <= args.noise <= 1:
        parser.error(f"the noise is a number from 0 to 1, not {args.noise}")
    seeds = range(args.seed, args.seed + args.conflicts)
    found = {f"{n:g}": scores(seeds, n) for n in CURVE} if args.curve else scores(seeds, args.noise)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
