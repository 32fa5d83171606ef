"""Sentences to control claims: who holds a place, or that it is besieged or contested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.extract.events.arguments import Roles, roles
from onrecord.extract.events.choice import objects
from onrecord.extract.events.forms import verb_forms
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.status import status
from onrecord.extract.events.triggers import VERB, Trigger
from onrecord.extract.events.where_when import narrower, time_of
from onrecord.extract.parts import Quantity, TimeExpression
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, claim_id
from onrecord.model.values import When
from onrecord.model.vocabulary import ControlState, Status

_REACH = 6  # words between "controlled by" and the place that it is said of
_SCORE_STATED, _SCORE_FOLLOWS = 0.7, 0.6  # said as a state; concluded from a capture or a siege


@dataclass(frozen=True, slots=True)
class Held:
    """A state of control as one sentence gives it: its half-open token range, the place, the holders."""

    view: View
    first: int
    after: int
    state: ControlState
    place: Chunk
    holders: tuple[Chunk, ...]
    status: Status
    reason: str
    when: When = field(default_factory=When)
    score: float = _SCORE_STATED


def control(
    views: Sequence[View], found: Sequence[Found], quantities: Sequence[Quantity], times: Sequence[TimeExpression]
) -> tuple[Claim, ...]:
    """Return a claim for each statement of who holds a place, and for the state that a capture or a siege leaves.

    `share` is the percentage of the place that is held, where one number gives it.
    """
    claims: dict[str, Claim] = {}
    for view in views:
        dated = [time for time in times if view.sentence.span.holds(time.span)]
        for held in (*_stated(view), *_following([item for item in found if item.view is view])):
            claim = _claim(held, quantities, dated)
            claims.setdefault(claim.id, claim)
    return tuple(claims.values())


def _stated(view: View) -> Iterator[Held]:
    seen: set[int] = set()
    for held in (*_by_verb(view), *_by_phrase(view), *_by_owner(view), *_by_compound(view), *_contested(view)):
        if held.first not in seen:
            seen.update(range(held.first, held.after))
            yield held


def _by_verb(view: View) -> Iterator[Held]:
    """Find "the SDF controls the town" and "the town, which is held by rebels"."""
    for i, word in enumerate(view.words):
        form = _verbs().get(word)
        if not form or set(view.words[i + 1 : i + 4]) & _list("not_held") or _is_noun(view, i):
            continue
        trigger = Trigger(i, i + 1, word, VERB, (), form, i + 1)
        around = roles(view, trigger, ())
        place = next((c for c in objects(around) if c.category == "place"), None) or _share_of(view, around, i)
        holders = around.after.get("by", ()) if around.passive else around.subject
        holders = tuple(c for c in holders if _can_hold(c))
        if place and holders and (around.passive or not around.attributive):
            state, _ = status(view, trigger, around)
            yield Held(
                view, i, i + 1, "holds", place, holders, _state(view, i, state), f'"{word}" says who holds the place'
            )


def _is_noun(view: View, i: int) -> bool:
    """Tell whether "control" or "rule" is a noun: "in control of", "under rebel control"."""
    near = set(view.words[max(0, i - 3) : i])
    return (
        view.word(i + 1) in {"of", "over"}
        or view.word(i - 1) in _list("noun_after")
        or ("under" in near and view.words[i] in {"control", "rule"})
    )


def _share_of(view: View, around: Roles, i: int) -> Chunk | None:
    """Return the place of "controls 90 % of the city" and "controls most of the province"."""
    chunks = around.after.get("of", ())
    gap = chunks[0].first - i if chunks else 99
    return (
        chunks[0]
        if chunks and chunks[0].category == "place" and gap <= _REACH and view.words[i] not in {"run", "runs"}
        else None
    )


def _by_phrase(view: View) -> Iterator[Held]:
    """Find "under the control of the army" and "rebels are in control of the town"."""
    for phrase, holder_follows in _phrases():
        size = len(phrase)
        for i in range(len(view.words) - size + 1):
            if view.words[i : i + size] != phrase:
                continue
            following = next((c for c in view.chunks if 0 <= c.first - (i + size) <= 3), None)
            preceding = _place_before(view, i) if holder_follows else _holder_before(view, i)
            place, holder = (preceding, following) if holder_follows else (following, preceding)
            if place and holder and place.category == "place" and _can_hold(holder):
                said = " ".join(phrase)
                yield Held(
                    view,
                    i,
                    i + size,
                    "holds",
                    place,
                    (holder,),
                    _state(view, i, "happened"),
                    f'"{said}" says who holds the place',
                )


def _by_owner(view: View) -> Iterator[Held]:
    """Find "the town is under rebel control" and "in government hands"."""
    for i, word in enumerate(view.words):
        if word not in {"control", "hands", "rule"} or not {"under", "in"} & set(view.words[max(0, i - 4) : i]):
            continue
        holder = next((c for c in reversed(view.chunks) if c.after <= i and i - c.after <= 1 and _can_hold(c)), None)
        place = _place_before(view, holder.first) if holder else None
        if holder and place:
            yield Held(
                view,
                i,
                i + 1,
                "holds",
                place,
                (holder,),
                _state(view, i, "happened"),
                f'"{word}" says who holds the place',
            )


def _by_compound(view: View) -> Iterator[Held]:
    """Find "the rebel-held town", where the part before the hyphen is a mention of its own."""
    for i, word in enumerate(view.words):
        head, _, last = word.rpartition("-")
        place = next((c for c in view.chunks if 0 <= c.first - (i + 1) <= 2 and c.category == "place"), None)
        holder = next((c for c in view.chunks if c.first <= i < c.after and _can_hold(c)), None) if head else None
        if last in _list("compounds") and place and holder:
            yield Held(view, i, i + 1, "holds", place, (holder,), "happened", f'"{word}" says who holds the place')


def _contested(view: View) -> Iterator[Held]:
    for i, word in enumerate(view.words):
        if word in _list("contested"):
            place = next((c for c in view.chunks if c.category == "place" and abs(c.first - i) <= _REACH), None)
            if place:
                yield Held(
                    view, i, i + 1, "contested", place, (), "happened", f'"{word}" says that the place is fought over'
                )


def _following(found: Sequence[Found]) -> Iterator[Held]:
    """Yield the state that a capture or a siege leaves, where the sentence itself gives the place."""
    for item in found:
        places = [c for c in item.view.chunks if item.place and c.mention.id == item.place.id]
        if not places or item.status not in {"happened", "ongoing"}:
            continue
        first, after = item.trigger.first, item.trigger.after
        if item.kind == "territory_gain" and item.agents and item.trigger.verbal:
            reason = "whoever takes a place holds it"
            yield Held(
                item.view, first, after, "holds", places[0], item.agents, item.status, reason, item.when, _SCORE_FOLLOWS
            )
        elif item.kind == "siege" and item.status == "ongoing":
            reason = "a place under siege is besieged"
            yield Held(
                item.view, first, after, "besieged", places[0], (), item.status, reason, item.when, _SCORE_FOLLOWS
            )


def _state(view: View, i: int, found: Status) -> Status:
    before = " ".join(view.words[max(0, i - 3) : i])
    if any(f" {word} " in f" {before} " for word in _list("ended")):
        return "denied"
    return "ongoing" if found == "happened" and not {"was", "were", "had"} & set(before.split()) else found


def _can_hold(chunk: Chunk) -> bool:
    return chunk.category in {"fighters", "body", "person"} or (
        chunk.category == "place" and chunk.mention.form == "name"
    )


def _place_before(view: View, i: int) -> Chunk | None:
    near = [c for c in view.chunks if c.after <= i and i - c.after <= _REACH + 4 and c.category == "place"]
    subject = [c for c in near if not c.preposition]
    named = [c for c in near if c.mention.form == "name"]
    best = named or subject or near
    return best[-1] if best else None


def _holder_before(view: View, i: int) -> Chunk | None:
    return next((c for c in reversed(view.chunks) if c.after <= i and not c.preposition and _can_hold(c)), None)


def _claim(held: Held, quantities: Sequence[Quantity], times: Sequence[TimeExpression]) -> Claim:
    view = held.view
    trigger = view.span(held.first, held.after)
    return Claim(
        id=claim_id("control", held.state, trigger),
        kind="control",
        type=held.state,
        trigger=trigger,
        sentence=view.sentence.span,
        status=held.status,
        agents=tuple(dict.fromkeys(c.mention.id for c in held.holders)),
        place=narrower(view, held.place).mention.id,
        when=held.when if held.when.known else time_of(view, held.first, times),
        share=_share(held, quantities),
        score=held.score,
        reasons=(held.reason,),
    )


def _share(held: Held, quantities: Sequence[Quantity]) -> float | None:
    view = held.view
    clause = view.clauses[held.first]
    for quantity in quantities:
        amount = quantity.amount
        exact = amount.unit == "%" and amount.low == amount.high and view.sentence.span.holds(quantity.span)
        if exact and view.clauses[view.token_at(quantity.span.start)] == clause:
            return amount.low
    return None


@cache
def _verbs() -> dict[str, frozenset[str]]:
    irregular = dict(table("events")["forms"]) | {"control": ["controlled", "controlled", "controll"]}
    found: dict[str, frozenset[str]] = {}
    for verb in table("control")["holds"]:
        if " " not in verb:
            found |= verb_forms(verb, irregular)
    return found


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Return each phrase in words with whether the holder follows it, longer phrases first."""
    data = table("control")
    pairs = [(tuple(p.split()), True) for p in data["holder_after"]] + [
        (tuple(p.split()), False) for p in data["place_after"]
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("control")[name])
