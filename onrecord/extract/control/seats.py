"""Places that are named after who holds them: "the rebel stronghold of Ardun", "a shrinking foothold in Ardun"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.control.grounds import ground_after, ground_before
from onrecord.extract.control.held import Ground, Held, held, is_country, listed
from onrecord.extract.control.holders import Sides, can_hold, only_holders
from onrecord.extract.control.states import state_of
from onrecord.extract.events.grammar import Chunk, View, words
from onrecord.extract.events.neighbours import subject_before

_OWNER = 5  # words between the holder and "stronghold": "the group's last remaining desert stronghold"
_DRIVEN = 8  # words between "driven out of" and "stronghold"
_CLOSE = 4  # words between "stronghold" and the place, and between a verb and its foothold


def by_foothold(view: View, sides: Sides) -> Iterator[Held]:
    """Find "forced back into a shrinking foothold along the river": the subject of the clause holds it."""
    for i, word in enumerate(view.words):
        if word not in listed("footholds") or set(view.words[max(0, i - _CLOSE) : i]) & listed("not_yet"):
            continue
        ground = where(view, i, ground_after(view, i)) or Ground(i, i + 1, None)
        owner = _owner(view, i, sides)
        subject = owner or only_holders(_clause_subject(view, i))
        if subject and ground.after > i + 1:
            yield held(view, (i, i + 1), ground, subject, state_of(view, i))


def by_grip(view: View, sides: Sides) -> Iterator[Held]:
    """Find "the rebels' hold on the town" and "the army tightened its grip on the town"."""
    for i, word in enumerate(view.words):
        if word not in listed("grips") or view.word(i + 1) not in {"on", "over"}:
            continue
        ground, holders = ground_after(view, i + 2), _owner(view, i, sides)
        if ground and ground.named and holders:
            yield held(view, (i, i + 1), ground, holders, state_of(view, i))


def where(view: View, i: int, ground: Ground | None) -> Ground | None:
    """Return the ground with the place before "where", if it names none: "Ardun, where they cling to a strip"."""
    opening = view.clauses.index(view.clauses[i])
    if ground is None or ground.place or view.words[opening] != "where":
        return ground
    place = next((c for c in reversed(view.chunks) if c.after <= opening and c.category == "place"), None)
    return Ground(ground.first, ground.after, place, part=place is not None and is_country(place)) if place else ground


def _clause_subject(view: View, i: int) -> tuple[Chunk, ...]:
    """Return the first of a clause that can hold and that no preposition governs, with what is joined to it."""
    first = next(
        (
            c
            for c in view.chunks
            if c.after <= i
            and can_hold(c)
            and c.category != "place"
            and not c.preposition
            and view.clauses[c.first] == view.clauses[i]
        ),
        None,
    )
    return subject_before(view, first.after) or (first,) if first else ()


def by_seat(view: View, sides: Sides) -> Iterator[Held]:
    """Find "the rebel stronghold of Ardun", "Ardun, their last bastion", "Ardun was a stronghold of the group"."""
    for i, word in enumerate(view.words):
        if word not in listed("seats") or (view.chunk_at(i) and view.chunk_at(i).category != "place"):  # type: ignore[union-attr]
            continue
        if word in listed("of_countries") and not set(view.words[max(0, i - 4) : i]) & listed("so_called"):
            continue
        holders = _owner(view, i, sides) or _of_holder(view, i)
        ground = _named(view, i) if holders else None
        if (
            ground
            and holders
            and not {c.mention.id for c in holders} & {ground.place.mention.id if ground.place else ""}
        ):
            state = "denied" if _driven(view, i) else state_of(view, i)
            yield held(view, (i, i + 1), ground, holders, state)


def _driven(view: View, i: int) -> bool:
    """Tell whether a side is said to be out of its stronghold: "driven out of their last stronghold"."""
    before = set(view.words[max(0, i - _DRIVEN) : i])
    lost = before & listed("losing") and not before & listed("nearly")
    return bool(lost or (before & {"from", "out"} and before & listed("driven")))


def _owner(view: View, i: int, sides: Sides) -> tuple[Chunk, ...]:
    """Return who stands before "stronghold" as its owner: a possessive within reach, or a side right before it."""
    for k in range(i - 1, max(-1, i - 1 - _OWNER), -1):
        word = view.words[k]
        if word not in {"'s", "'"} and (word in words("prepositions") | words("be") or not word[0].isalnum()):
            return ()
        chunk = view.chunk_at(k)
        if chunk and chunk.after == k + 1 and can_hold(chunk) and chunk.category != "place":
            return (_meant_by(view, chunk),) if chunk.possessive or k == i - 1 else ()
        if chunk is None and word not in listed("peoples") and (plain := sides.at(view, k)):
            return (plain,)
    return ()


def _meant_by(view: View, owner: Chunk) -> Chunk:
    """Return whom "their" means where a side stands right before it: "against the militants in their last bastion"."""
    close = next((c for c in view.chunks if 0 < owner.first - c.after <= 2), None)
    return close if owner.mention.form == "pronoun" and close and close.category == "fighters" else owner


def _of_holder(view: View, i: int) -> tuple[Chunk, ...]:
    """Return the holder of "a stronghold of the group"."""
    if view.word(i + 1) != "of":
        return ()
    chunk = next((c for c in view.chunks if 0 <= c.first - (i + 2) <= 1), None)
    return (chunk,) if chunk and chunk.category in {"fighters", "body"} else ()


def _named(view: View, i: int) -> Ground | None:
    """Return the place that a stronghold is: "of Ardun", "Ardun, their ...", "Ardun is a ...", "their ..., Ardun"."""
    start = max((k for k in range(i) if view.words[k] in {","} | words("be")), default=None)
    near = start is not None and i - start <= _OWNER + 2 and view.word(i + 1) != "of"
    before = ground_before(view, start) if near and start is not None else None
    if before and before.place and not is_country(before.place):
        return before
    for chunk in view.chunks:
        gap = view.words[i + 1 : chunk.first]
        if (
            chunk.first > i
            and len(gap) <= _CLOSE
            and chunk.category == "place"
            and (not gap or gap[0] in {"of", "in", "at", ","} or gap[-1:] == ("of",))
        ):
            found = ground_after(view, i + 1 + (gap[:1] in {(",",), ("of",), ("in",), ("at",)}))
            part = gap[:1] == ("in",) and (is_country(chunk) or view.words[i].endswith("s"))
            return replace(found, part=True) if found and part else found
    return ground_before(view, start) if start is not None and i - start <= _OWNER + 2 else None
