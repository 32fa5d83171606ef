"""How many an event cost, by who they were: its figures brought to numbers that may be added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.exports.losses import Losses
from onrecord.exports.parties import Party, People
from onrecord.model.records import Claim, Figure

SIDES = ("agents", "targets", "civilians", "unknown")
_CIVIL = frozenset({"civilians", "children", "women", "men"})


def value(figure: Figure) -> float:
    """Return the one number that stands for a figure: the best, else the low, else the high, else nothing."""
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), 0.0)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that adds to a toll: whom it counts, and its bounds as whole numbers, low <= best <= high."""

    figure: Figure
    group: str
    side: str
    low: int
    best: int
    high: int


@dataclass(slots=True)
class Toll:
    """The figures of one measure and one event that may be added up."""

    parts: list[Counted] = field(default_factory=list)

    def total(self, bound: str = "best", **only: str) -> int:
        """Return the sum of `low`, `best` or `high`, over the parts of one `group` or `side` where asked."""
        fit = (p for p in self.parts if all(getattr(p, name) == wanted for name, wanted in only.items()))
        return sum(getattr(part, bound) for part in fit)

    def __bool__(self) -> bool:
        return bool(self.parts)


class Counter:
    """Brings the figures of an event to a toll, and says which it left out and why."""

    def __init__(self, people: People, part_of: Callable[[Figure], bool], losses: Losses) -> None:
        self._people = people
        self._part_of = part_of
        self._losses = losses

    def toll(self, figures: Sequence[Figure], agents: Sequence[Party], targets: Sequence[Party]) -> Toll:
        """Return the toll of these figures of one measure.

        Running totals are left out, since they count other events again, and so are numbers that a wider one of the
        same event holds: the wider is taken unless the finer ones add up to more.
        """
        own = [f for f in figures if f.mode == "event" and not self._part_of(f)]
        self._leave(f for f in figures if f.mode != "event")
        self._hold(f for f in figures if f.mode == "event" and self._part_of(f))
        wide = [f for f in own if self._people.group(f.who) == "everybody"]
        fine = self._distinct([f for f in own if f not in wide])
        chosen = max(wide, key=lambda f: (value(f), f.id), default=None)
        if chosen is not None and value(chosen) >= sum(map(value, fine)):
            self._hold(f for f in [*wide, *fine] if f is not chosen)
            return Toll([self._counted(chosen, agents, targets)])
        self._hold(wide)
        return Toll([self._counted(f, agents, targets) for f in fine])

    def _distinct(self, fine: list[Figure]) -> list[Figure]:
        """Return the largest number for each wording of whom it counts; two of one wording count the same people."""
        best: dict[str, Figure] = {}
        for figure in sorted(fine, key=lambda f: (-value(f), f.id)):
            best.setdefault((figure.who or "").casefold(), figure)
        kept = {f.id for f in best.values()}
        why = "another number of the same event counts the same people, and is larger"
        for figure in fine:
            if figure.id not in kept:
                self._losses.lose("figure", figure.measure, [figure.id], why=why, amount=value(figure))
        return [f for f in fine if f.id in kept]

    def _leave(self, figures: Iterable[Figure]) -> None:
        why = "a running total or a state, which counts what is told of other events too"
        for figure in figures:
            self._losses.lose("figure", figure.measure, [figure.id], why=why, amount=value(figure))

    def _hold(self, figures: Iterable[Figure]) -> None:
        why = "a part of a number that is exported, or a whole whose parts are"
        for figure in figures:
            self._losses.lose("figure", figure.measure, [figure.id], why=why, amount=value(figure))

    def _counted(self, figure: Figure, agents: Sequence[Party], targets: Sequence[Party]) -> Counted:
        group = self._people.group(figure.who)
        best = int(value(figure))
        low = min(int(figure.low if figure.low is not None else best), best)
        high = max(int(figure.high if figure.high is not None else best), best)
        return Counted(figure, group, self._side(figure, group, agents, targets), low, best, high)

    def _side(self, figure: Figure, group: str, agents: Sequence[Party], targets: Sequence[Party]) -> str:
        """Return the side whose people a figure counts: one that its words name, else the armed ones hit."""
        if group in _CIVIL:
            return "civilians"
        words = f" {(figure.who or '').casefold()} "
        for side, parties in (("agents", agents), ("targets", targets)):
            if any(_named(party, words) for party in parties if party.armed):
                return side
        if group == "fighters" and any(p.armed for p in targets) and not any(p.civil for p in targets):
            return "targets"
        return "unknown"


def _named(party: Party, words: str) -> bool:
    names = (party.name, *(name for name, _ in party.entity.aliases))
    return any(f" {name.casefold()} " in words for name in names if len(name) > 1)


def is_part(claims: dict[str, Claim]) -> Callable[[Figure], bool]:
    """Return what tells whether all claims of a figure count a part of what another figure counts."""

    def part(figure: Figure) -> bool:
        told = [claims[c] for c in figure.claims if c in claims]
        return bool(told) and all(claim.part_of for claim in told)

    return part
