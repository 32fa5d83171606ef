"""Statements that a side holds a place: by a verb, by "under the control of", by "rebel-held", by "stronghold"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.control.grounds import ground_after, ground_before
from onrecord.extract.control.held import Ground, Held, held, listed, phrases_in, verbs_in
from onrecord.extract.control.holders import Sides, can_hold, only_holders
from onrecord.extract.control.seats import by_foothold, by_grip, by_seat, where
from onrecord.extract.control.states import state_of
from onrecord.extract.events.arguments import Roles, roles
from onrecord.extract.events.forms import BASE
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.neighbours import joined_back, subject_before
from onrecord.extract.events.status import status
from onrecord.extract.events.triggers import VERB, Trigger
from onrecord.model.vocabulary import Status

_NEAR = 6  # words between "under" and "control", with the holder between them
_COMPOUND = 3  # words between "rebel-held" and the place


def stated(view: View, sides: Sides) -> Iterator[Held]:
    """Yield each statement of a sentence that a side holds a place; words that say it are told once."""
    taken: set[int] = set()
    steps = (_by_phrase, _by_owner, by_grip, _by_verb, by_foothold, _by_clinging, _by_compound, by_seat)
    for step in steps:
        for found in step(view, sides):
            said = range(found.first, found.after)
            if not taken & set(said):
                taken.update(said)
                if step is by_foothold:
                    taken.update(range(found.first, found.ground.after))
                yield found


# -------------------------------------------------------------------------------------------------------- by a verb


def _by_verb(view: View, sides: Sides) -> Iterator[Held]:
    """Find "the SDF controls the town", "the town, which is held by rebels", "villages held by rebels in Ardun"."""
    for i, _, form in verbs_in(view, "holds"):
        word = view.words[i]
        if _is_noun(view, i) or set(view.words[i + 1 : i + 4]) & listed("not_held", "words"):
            continue
        trigger = Trigger(i, i + 1, word, VERB, (), form, i + 1)
        around = roles(view, trigger, ())
        by = i + 1 if view.word(i + 1) == "by" else i + 3 if view.word(i + 1) in {"or", "and"} else 0
        passive = view.word(by) == "by" and by > i
        if not passive and (around.passive or around.attributive or view.word(i + 1) in listed("particles")):
            continue
        ground = _undergoing(view, i) if passive else ground_after(view, i + 1)
        holders = sides.behind(view, by + 1) if passive else _subject(view, around, sides)
        found, _ = status(view, trigger, around)
        if ground and ground.named and holders and not _meant(holders, around, form):
            yield held(view, (i, i + 1), ground, holders, state_of(view, i, found))


def _subject(view: View, around: Roles, sides: Sides) -> tuple[Chunk, ...]:
    """Return who holds: the subject, or a plain noun for a side that stands right before the verb."""
    found = only_holders(around.subject)
    plain = sides.at(view, around.start - 1) if around.start and not view.chunk_at(around.start - 1) else None
    return (plain,) if plain else found


def _undergoing(view: View, i: int) -> Ground | None:
    """Return what is held in the passive, `None` where it is people: "the nurses, held by the group in Ardun"."""
    ground = ground_before(view, i)
    if ground is None or ground.place is None or view.word(i - 1) != ",":
        return ground
    clause = view.clauses[i]
    people = [
        c
        for c in view.chunks
        if c.after < ground.first
        and c.category in {"people", "person"}
        and not c.preposition
        and view.clauses[c.first] == clause
    ]
    were = people and {"was", "were", "is", "are"} & set(view.words[people[-1].after : i])
    return None if were else ground


def _meant(holders: tuple[Chunk, ...], around: Roles, form: frozenset[str]) -> bool:
    """Tell whether a person is only meant to run a place: "of the council formed to run the town"."""
    return BASE in form and "to" in around.helpers and all(c.category == "person" for c in holders)


def _is_noun(view: View, i: int) -> bool:
    """Tell whether "control" or "rule" is a noun: "in control of", "under rebel control"."""
    near = view.words[max(0, i - 3) : i]
    plain = view.words[i] in listed("also_nouns")
    return view.word(i + 1) in {"of", "over"} or (
        plain and (view.word(i - 1) in listed("noun_after") or "under" in near)
    )


def _by_clinging(view: View, sides: Sides) -> Iterator[Held]:
    """Find "the militants cling to a last sliver of land in Ardun"."""
    for i, after, form in verbs_in(view, "clings"):
        trigger = Trigger(i, i + 1, view.words[i], VERB, (), form, after)
        around = roles(view, trigger, ())
        ground, holders = where(view, i, ground_after(view, after)), _subject(view, around, sides)
        if ground and holders:
            found, _ = status(view, trigger, around)
            yield held(view, (i, after), ground, holders, state_of(view, i, found))


# ------------------------------------------------------------------------------------------------------ by a phrase


def _by_phrase(view: View, sides: Sides) -> Iterator[Held]:
    """Find "under the control of the army" and "rebels are in control of the town"."""
    yield from _holder_behind(view, sides)
    yield from _place_behind(view)


def _holder_behind(view: View, sides: Sides) -> Iterator[Held]:
    for i, after, phrase in phrases_in(view, "holder_after"):
        ground, holders = ground_before(view, i), sides.behind(view, after)
        if ground and holders:
            state = "denied" if phrase[0] in listed("outside") else state_of(view, i)
            yield held(view, (i, after), ground, holders, state)


def _place_behind(view: View) -> Iterator[Held]:
    for i, after, _ in phrases_in(view, "place_after"):
        ground, start = ground_after(view, after), _verb_start(view, i)
        close = next((c for c in view.chunks if c.after == start and can_hold(c)), None)
        holders = joined_back(view, close) if close else only_holders(subject_before(view, start))
        if ground and holders:
            yield held(view, (i, after), ground, holders, state_of(view, i))


def _verb_start(view: View, i: int) -> int:
    """Return where the verb starts that stands before a phrase: "[are still] in control of"."""
    while i > 0 and view.words[i - 1] in listed("status", "skipped") | {"'s"} and not view.chunk_at(i - 1):
        i -= 1
    return i


def _by_owner(view: View, sides: Sides) -> Iterator[Held]:
    """Find "the town is under rebel control", "in government hands", and "outside Ardun's control"."""
    for i, word in enumerate(view.words):
        if word not in listed("owned") or view.word(i + 1) in {"of", "over"}:
            continue
        at = next(
            (k for k in range(i - 1, max(-1, i - _NEAR), -1) if view.words[k] in {"under", "in", *listed("outside")}),
            None,
        )
        holders = sides.before(view, i) if at is not None else ()
        ground = ground_before(view, at) if at is not None and holders else None
        if ground is None and at is not None and holders:
            ground = ground_after(view, i + 2) if view.word(i + 1) == "in" else None
        if at is not None and ground and holders:
            state = "denied" if view.words[at] in listed("outside") else state_of(view, at)
            yield held(view, (i, i + 1), ground, holders, state)


def _by_compound(view: View, sides: Sides) -> Iterator[Held]:
    """Find "the rebel-held town", where the part before the hyphen names a side."""
    for i, word in enumerate(view.words):
        head, _, last = word.rpartition("-")
        apart = not head and i > 0 and view.word(i + 1) in listed("parts") | listed("wholes")
        if not (head or apart) or last not in listed("compounds", "words"):
            continue
        holder = sides.at(view, i, len(view.sentence.tokens[i].text) - len(last) - 1) if head else sides.at(view, i - 1)
        ground = _apposition(view, i) or ground_after(view, i + 1)
        if holder and ground and ground.named and ground.after - i <= _COMPOUND + 6:
            yield held(view, (i, i + 1), ground, (holder,), _told(view, i))


def _told(view: View, i: int) -> Status:
    """Return the status of an epithet: "the formerly rebel-held town" is no longer theirs, any other is."""
    return "denied" if view.word(i - 1) in listed("status", "ended") else "ongoing"


def _apposition(view: View, i: int) -> Ground | None:
    """Return the place of "Ardun, a rebel-held suburb of Belis"."""
    if view.word(i - 1) not in {"a", "an", "the"} or view.word(i - 2) != ",":
        return None
    place = next((c for c in view.chunks if c.after == i - 2 and c.category == "place"), None)
    return Ground(place.first, i, place) if place else None
