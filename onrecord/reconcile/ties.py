"""Accounts that a person tied together or told apart: held when claims are gathered into events."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.reconcile.blocks import BOTH
from onrecord.reconcile.clusters import Clusters

Item = TypeVar("Item")
Points = Callable[[Item, Item], float | None]


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of claims, by id, judged to tell of the same event or of two; no pair is in both."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()

    @property
    def pairs(self) -> frozenset[tuple[bool, tuple[str, str]]]:
        """All pairs, with whether they are of the same event."""
        return frozenset([*((True, pair) for pair in self.same), *((False, pair) for pair in self.different)])


def keys_of(claims: Iterable[str], ties: Ties) -> Mapping[Hashable, int]:
    """Return the keys that bring groups of claims together which a person tied, or told apart."""
    held = frozenset(claims) if ties.same or ties.different else frozenset()
    return {pair: BOTH for pair in (*ties.same, *ties.different) if not held.isdisjoint(pair)}


def apart(points: Points[Item], ties: Ties, name: Callable[[Item], str]) -> Points[Item]:
    """Return `points` with what was told apart speaking against each other; `name` gives an item's claim."""
    if not ties.different:
        return points
    told = frozenset(pair for one, other in ties.different for pair in ((one, other), (other, one)))
    return lambda one, other: None if (name(one), name(other)) in told else points(one, other)


def tied(groups: Iterable[Sequence[Item]], ties: Ties, name: Callable[[Item], str]) -> list[list[Item]]:
    """Return the groups with those joined that hold items judged the same, and items told apart in groups of their own.

    Where the two contradict each other by way of a third item, what was told apart stays apart.
    """
    listed = [list(group) for group in groups]
    if not (ties.same or ties.different):
        return listed
    told = frozenset(pair for one, other in ties.different for pair in ((one, other), (other, one)))
    split = [part for group in listed for part in _split(group, told, name)]
    at = {name(item): str(number) for number, group in enumerate(split) for item in group}
    labels = {str(number): frozenset(map(name, group)) for number, group in enumerate(split)}
    clusters = Clusters(labels, ties.different)
    for one, other in ties.same:
        if one in at and other in at:
            clusters.join(at[one], at[other])
    joined: dict[str, list[Item]] = {}
    for number, group in enumerate(split):
        joined.setdefault(clusters.find(str(number)), []).extend(group)
    return list(joined.values())


def _split(group: list[Item], told: Container[tuple[str, str]], name: Callable[[Item], str]) -> list[list[Item]]:
    """Part a group that holds items told apart (vague accounts may have joined them): each goes where it first can."""
    parts: list[list[Item]] = []
    for item in group:
        home = next((p for p in parts if not any((name(item), name(other)) in told for other in p)), None)
        if home is None:
            parts.append([item])
        else:
            home.append(item)
    return parts
