"""Statements that a place is fought over: "contested", "divided between", "fighting continues in"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.control.grounds import ground_after, ground_before
from onrecord.extract.control.held import Ground, Held, is_country, listed, phrases_in
from onrecord.extract.control.holders import only_holders
from onrecord.extract.control.states import state_of
from onrecord.extract.events.grammar import Chunk, View, words
from onrecord.extract.events.neighbours import joined_on
from onrecord.model.vocabulary import Status

_NEAR = 3  # words between a fight and the verb that says that it goes on
_WITHIN = frozenset({"in", "inside", "around", "across", "near", "of"})
_REACH = 8  # words between that verb and the place


def fought(view: View) -> Iterator[Held]:
    """Yield each statement of a sentence that a place is fought over or divided."""
    yield from _contested(view)
    yield from _divided(view)
    yield from _goes_on(view)
    yield from _for_control(view)


def _held(view: View, at: tuple[int, int], ground: Ground, holders: tuple[Chunk, ...], status: Status) -> Held:
    said = " ".join(view.words[at[0] : at[1]])
    return Held(view, *at, "contested", ground, holders, status, f'"{said}" says that the place is fought over')


def _contested(view: View) -> Iterator[Held]:
    """Find "the contested town" and "the town is contested", but no claim that is disputed by somebody."""
    for i, word in enumerate(view.words):
        if word not in listed("contested", "words") or view.word(i + 1) == "by":
            continue
        before = set(view.words[max(0, i - 3) : i]) & words("be") | {view.word(i - 1)} & listed("contested", "still")
        ground = ground_before(view, i) if before else ground_after(view, i + 1)
        if ground and ground.named:
            yield _held(view, (i, i + 1), ground, (), state_of(view, i) if before else "ongoing")


def _divided(view: View) -> Iterator[Held]:
    for i, after, _ in phrases_in(view, "contested", "divided"):
        ground = ground_before(view, i)
        first = next((c for c in view.chunks if 0 <= c.first - after <= _NEAR), None)
        holders = only_holders(joined_on(view, first)) if first else ()
        if ground and ground.named and holders:
            yield _held(view, (i, after), ground, holders, state_of(view, i))


def _goes_on(view: View) -> Iterator[Held]:
    """Find "fighting continues in the town", "clashes are still raging in parts of the city"."""
    verbs = [i for i, _, _ in phrases_in(view, "contested", "goes_on")]
    for i, after, _ in phrases_in(view, "contested", "fights"):
        on = next((k for k in verbs if i < k <= after + _NEAR), None)
        near = [c for c in view.chunks if on and c.category == "place" and 0 < c.first - on <= _REACH]
        place = next((c for c in near if c.preposition in _WITHIN), None)
        if on and place and view.clauses[place.first] == view.clauses[i] and not is_country(place):
            status: Status = "denied" if state_of(view, on) == "denied" else "ongoing"
            yield _held(view, (i, after), Ground(on + 1, place.after, place), (), status)


def _for_control(view: View) -> Iterator[Held]:
    for i, after, _ in phrases_in(view, "contested", "fight_for"):
        ground = ground_after(view, after)
        if ground and ground.named:
            yield _held(view, (i, after), ground, (), "ongoing")


__all__ = ["fought"]
