"""How likely two claims tell of one event by their words and roles, with the reasons.

`likeness.toml` says in a sentence what each feature means and how much it weighs; the weights were learnt (see there).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import exp

from onrecord.lexicon.lexicon import table
from onrecord.lexicon.stems import mean_alike
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import Telling
from onrecord.reconcile.wordings import (
    Bag,
    Wording,
    bag,
    begins_alike,
    in_the_other,
    overlap,
    wording,
    words_of,
)

_DIGITS = 6  # of a chance: what processors differ in lies far behind
_ENOUGH = 0.2  # of the words of two reports in common: from there on they tell of one incident, however much it is


@cache
def shipped() -> Mapping[str, float]:
    """Return the weights of `likeness.toml` by feature, and `start`."""
    listed = table("likeness")
    return {"start": listed["start"], **{name: about["weight"] for name, about in listed["features"].items()}}


@dataclass(slots=True)
class Likeness:
    """Compares tellings by their words; the words of each claim and dispatch are taken once.

    `weights` are those of the features and `start`: those of `likeness.toml` where none are given.
    """

    facts: Facts
    weights: Mapping[str, float] = field(default_factory=shipped)
    _wordings: dict[str, Wording] = field(default_factory=dict)
    _bags: dict[str, Bag] = field(default_factory=dict)

    def chance(self, one: Telling, other: Telling) -> float:
        """Return the chance, from 0 to 1, that two tellings are of one event."""
        points = self.weights["start"] + sum(self._points(one, other).values())
        return round(1 / (1 + exp(-points)), _DIGITS)

    def reasons(self, one: Telling, other: Telling) -> list[str]:
        """Return what speaks for one event (+) and what against it (-) in words, the weightiest first."""
        said = table("likeness")["features"]
        points = self._points(one, other)
        ranked = sorted(points, key=lambda name: (-abs(points[name]), name))
        return [f"{said[name]['says']} ({points[name]:+.1f})" for name in ranked if points[name]]

    def _points(self, one: Telling, other: Telling) -> dict[str, float]:
        return {name: self.weights.get(name, 0.0) * value for name, value in self.features(one, other).items()}

    def features(self, one: Telling, other: Telling) -> dict[str, float]:
        """Return what two tellings have in common, by name; what each means stands in `likeness.toml`."""
        mine, theirs = self._wording(one), self._wording(other)
        shared = float(bool(mine.roots & theirs.roots))
        meant = float(not shared and mean_alike(mine.roots, theirs.roots))
        around, near = overlap(mine.around, theirs.around), overlap(mine.near, theirs.near)
        together = one.claim.dispatch == other.claim.dispatch
        return {
            "same_words": float(mine.roots == theirs.roots),
            "shared_word": shared,
            "meaning": meant,
            "meaning_sentences": meant * around,
            "meaning_nearby": meant * near,
            "begins_alike": 0.0 if shared else begins_alike(mine, theirs),
            "sentences": around,
            "nearby": near,
            "shared_sentences": shared * around,
            "shared_nearby": shared * near,
            "beside": float(in_the_other(mine, theirs)),
            "shared_beside": shared * in_the_other(mine, theirs),
            "one_report": float(together),
            "one_sentence": float(together and one.claim.sentence == other.claim.sentence),
            "reports": min(_ENOUGH, self.reports(one.claim.dispatch, other.claim.dispatch)) / _ENOUGH,
            **self._roles(one, other),
        }

    def _roles(self, one: Telling, other: Telling) -> dict[str, float]:
        found = {"agent": (one.agents, other.agents), "target": (one.targets, other.targets)}
        found["place"] = _place(one), _place(other)
        common = {name: self._common(mine, theirs) for name, (mine, theirs) in found.items()}
        return {
            **{name: float(value is True) for name, value in common.items()},
            **{f"other_{name}": float(value is False) for name, value in common.items()},
            "turned": float(bool(one.agents & other.targets) or bool(one.targets & other.agents)),
            "other_time": float(one.days is not None and other.days is not None and not _meet(one.days, other.days)),
        }

    def reports(self, one: str, other: str) -> float:
        """Return how much the words of two dispatches have in common, from 0 to 1."""
        return 1.0 if one == other else overlap(self._bag(one), self._bag(other))

    def _wording(self, telling: Telling) -> Wording:
        claim = telling.claim
        if claim.id not in self._wordings:
            self._wordings[claim.id] = wording(claim, self.facts.dispatches[claim.dispatch].text)
        return self._wordings[claim.id]

    def _bag(self, dispatch: str) -> Bag:
        if dispatch not in self._bags:
            self._bags[dispatch] = bag(words_of(self.facts.dispatches[dispatch].text))
        return self._bags[dispatch]

    def _common(self, mine: frozenset[str], theirs: frozenset[str]) -> bool | None:
        """Tell whether two sets hold something in common or related; `None` where one of them is empty."""
        if not mine or not theirs:
            return None
        return bool(mine & theirs) or any(self.facts.related(a, b) for a in mine for b in theirs)


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _place(telling: Telling) -> frozenset[str]:
    return frozenset({telling.claim.place} if telling.claim.place else ())
