"""Quantities to figure claims: what each number counts, whom, where, as of when, and in which mode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.extract.events.forms import plural
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import View
from onrecord.extract.events.where_when import place_of, time_of
from onrecord.extract.parts import Quantity, TimeExpression
from onrecord.extract.quantities.guards import people as people_nouns
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Mention, claim_id
from onrecord.model.values import Span, When
from onrecord.model.vocabulary import Mode, Status

_CUE_REACH = 14  # words from a number within which a cue may say what it counts
_BEFORE_COSTS = 1.5  # "killed 12 people" and "12 people were killed": what follows is a little likelier to govern
_CLAUSE_COSTS = 6  # a cue in another clause counts as this many words further away
_SCORES = {"role": 0.8, "noun": 0.65, "whole": 0.7, "cue": 0.6, "other": 0.4}
_ATTACKS = frozenset(
    {"air_strike", "shelling", "bombing", "suicide_bombing", "chemical_attack", "armed_clash", "killing"}
)
_BY_NOUN_ALONE = frozenset({"attacks", "killed", "wounded", "casualties", "other"})
_NEAR_PLACE = 2  # words between a share and the place that it is one of: "80% of the north"
_THINGS = frozenset({"destroyed", "territory", "attacks"})


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number counts, by which step that was found, why, and the event that it counts, if one."""

    measure: str
    step: str
    reason: str
    event: Found | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity with its sentence and its half-open token range there."""

    view: View
    quantity: Quantity
    first: int
    after: int


def figures(
    views: Sequence[View],
    found: Sequence[Found],
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    published: str | None,
) -> tuple[Claim, ...]:
    """Return a claim for each quantity that counts something of the conflict, in order.

    `as_of` is the end of the time that the sentence gives, else `published`, an ISO date.
    """
    made: dict[Span, Claim] = {}
    measured: dict[Span, Measured] = {}
    for view in views:
        here = [item for item in found if item.view is view]
        dated = [time for time in times if view.sentence.span.holds(time.span)]
        for quantity in quantities:
            if not view.sentence.span.holds(quantity.span):
                continue
            counted = _Counted(
                view, quantity, view.token_at(quantity.span.start), view.token_at(quantity.span.end - 1) + 1
            )
            meant = _measured(counted, here, measured)
            if meant is None:
                continue
            measured[quantity.span] = meant
            whole = made.get(quantity.whole) if quantity.whole else None
            made[quantity.span] = _claim(counted, meant, whole, _when(counted, dated, published))
    return tuple(made.values())


def _measured(counted: _Counted, found: Sequence[Found], known: dict[Span, Measured]) -> Measured | None:
    """Return what a quantity counts by the first step that tells, `None` where it counts nothing of the conflict."""
    quantity = counted.quantity
    if quantity.amount.unit == "days":
        return _duration(counted, found)
    if quantity.noun in _nouns("dropped"):
        return None
    by_noun = _by_noun(quantity)
    if by_noun and by_noun.measure in _BY_NOUN_ALONE:
        return by_noun
    for step in (_by_role(counted, found), _by_whole(counted, known), _by_cue(counted), by_noun):
        if step and _fits(step, by_noun, quantity) and (step.measure != "territory" or _of_land(counted)):
            return step
    if not quantity.noun or quantity.noun == "%":
        return None
    return Measured("other", "other", f'nothing says what becomes of the "{quantity.noun}"')


def _of_land(counted: _Counted) -> bool:
    """Tell whether a share can be one of land: a word beside it speaks of holding or of a place."""
    if counted.quantity.amount.unit != "%":
        return True
    listed = table("measures")
    land = {*listed["cues"]["territory"], *listed["nouns"]["territory"], "country", "caliphate", "land", "ground"}
    follows = [c for c in counted.view.chunks if c.category == "place" and c.first <= counted.after + _NEAR_PLACE]
    named = any(chunk.after > counted.first for chunk in follows)
    return named or bool(set(counted.view.words) & (land - {"%"}))


def _fits(step: Measured, by_noun: Measured | None, quantity: Quantity) -> bool:
    """Tell whether a measure suits the noun: places are held, things destroyed, people neither."""
    people = quantity.amount.unit == "people" or _share_of_people(quantity)
    if quantity.amount.unit in {"%", "km2"} and not people:
        return step.measure == "territory"
    if people:
        return step.measure not in _THINGS
    if by_noun and by_noun.measure in {"territory", "destroyed"}:
        return step.measure in _THINGS | {"other"}
    return True


def _share_of_people(quantity: Quantity) -> bool:
    """Tell whether a share is one of people, not of land: "half of the population"."""
    words = {quantity.noun.lower(), *quantity.counted.lower().split()}
    return quantity.amount.unit == "%" and bool(words & (people_nouns() | {"population", "inhabitants"}))


def _by_role(counted: _Counted, found: Sequence[Found]) -> Measured | None:
    """Find the event whose agent, target, subject or object is what the number counts."""
    best: tuple[int, Found] | None = None
    for item in found:
        chunks = (*item.targets, *item.agents, *item.around.subject, *item.around.object)
        touches = any(chunk.first < counted.after and counted.first < chunk.after for chunk in chunks) or _bare(
            counted, item
        )
        kind = table("measures")["events"].get(item.kind)
        if touches and kind:
            distance = abs(item.trigger.first - counted.first)
            if best is None or distance < best[0]:
                best = (distance, item)
    if best is None:
        return None
    item = best[1]
    measure = table("measures")["events"][item.kind]
    if item.kind == "withdrawal" and item.status != "happened":
        measure = "deployed"  # troops that are yet to leave are still counted where they are
    if item.kind in {"air_strike", "shelling", "bombing"} and counted.quantity.amount.unit == "people":
        return None
    words = " ".join(item.view.words[item.trigger.first : item.trigger.after])
    return Measured(measure, "role", f'those counted are in the event "{words}"', item)


def _bare(counted: _Counted, item: Found) -> bool:
    """Tell whether a number without a noun stands right before or after the event's verb: "wounding 50"."""
    gap = (
        (counted.first - item.trigger.after)
        if counted.first >= item.trigger.after
        else (item.around.start - counted.after)
    )
    return not counted.quantity.noun and item.trigger.verbal and 0 <= gap <= 1


def _by_whole(counted: _Counted, known: dict[Span, Measured]) -> Measured | None:
    """Take over what the including quantity counts: "12 people were killed, three of them children"."""
    whole = known.get(counted.quantity.whole) if counted.quantity.whole else None
    if whole:
        return Measured(whole.measure, "whole", "it is part of a number that was told before", whole.event)
    return None


def _by_cue(counted: _Counted) -> Measured | None:
    """Find the nearest word that says what becomes of those counted."""
    view = counted.view
    best: tuple[float, str, str] | None = None
    for i, word in enumerate(view.words):
        inside = counted.first <= i < counted.after
        distance = (
            0.0 if inside else float(i - counted.after) if i >= counted.after else (counted.first - i) * _BEFORE_COSTS
        )
        distance += _CLAUSE_COSTS * (view.clauses[i] != view.clauses[counted.first])
        to_the_death = word == "death" and view.words[max(0, i - 2) : i] == ("to", "the")  # a way to fight, no death
        if distance > _CUE_REACH or to_the_death:
            continue
        for measure in _cues().get(word, ()):
            if best is None or distance < best[0]:
                best = (distance, measure, word)
    if best is None:
        return None
    return Measured(best[1], "cue", f'the word "{best[2]}" stands near')


def _by_noun(quantity: Quantity) -> Measured | None:
    key = quantity.amount.unit if quantity.amount.unit in {"%", "km2"} else quantity.noun
    measure = _by_nouns().get(key)
    return Measured(measure, "noun", f'it counts "{key}"') if measure else None


def _duration(counted: _Counted, found: Sequence[Found]) -> Measured | None:
    """Keep a length of time where it says how long an operation, a siege, a hold or the war has lasted."""
    view, rules = counted.view, table("measures")["duration"]
    after = view.words[counted.after : counted.after + 4]
    compound = "-" in view.word(counted.first) or "-" in view.word(counted.after - 1)
    if compound:
        return (
            Measured("duration", "noun", "it says how long something lasts")
            if set(after) & set(rules["with"])
            else None
        )
    low = counted.quantity.amount.low
    if low is not None and low < 1:
        return None
    lead = view.word(counted.first) if not view.word(counted.first)[0].isdigit() else ""
    opened = view.word(counted.first - 1) in rules["before"] or lead in {"the", "for", "over", "after"}
    clause = {w for w, c in zip(view.words, view.clauses, strict=True) if c == view.clauses[counted.first]}
    if {"past", "last"} & set(view.words[counted.first : counted.after]) and not clause & {"been", "lasted"}:
        return None  # "in the past two days" tells when, not how long
    if "first" in view.words[max(0, counted.first - 6) : counted.first]:
        return None  # "the first assault for months"
    if opened and clause & set(rules["with"]):
        event = next((item for item in found if view.clauses[item.trigger.first] == view.clauses[counted.first]), None)
        return Measured("duration", "cue", "it says how long something lasts", event)
    return None


def _when(counted: _Counted, times: Sequence[TimeExpression], published: str | None) -> str | None:
    when: When = time_of(counted.view, counted.first, times)
    return when.end or when.start or published


def _claim(counted: _Counted, meant: Measured, whole: Claim | None, as_of: str | None) -> Claim:
    view, quantity, event = counted.view, counted.quantity, meant.event
    place = place_of(view, counted.first, counted.after)
    where: Mention | None = place.mention if place else event.place if event else None
    state: Status = event.status if event else "happened"
    about = claim_id("event", event.kind, event.view.span(event.trigger.first, event.trigger.after)) if event else None
    return Claim(
        id=claim_id("figure", meant.measure, quantity.span),
        kind="figure",
        type=meant.measure,
        trigger=quantity.span,
        sentence=view.sentence.span,
        status=state,
        place=where.id if where else None,
        amount=quantity.amount,
        who=quantity.counted or None,
        mode=_mode(counted, meant),
        as_of=as_of,
        about=about,
        part_of=whole.id if whole else None,
        score=_SCORES[meant.step],
        reasons=(meant.reason,),
    )


_CUMULATIVE = frozenset(
    {"since", "total", "toll", "risen", "rose", "brought", "bringing", "so", "altogether", "cumulative"}
)
_CURRENT = frozenset({"present", "deployed", "trapped", "other"})


def _mode(counted: _Counted, meant: Measured) -> Mode:
    near = set(counted.view.words[max(0, counted.first - 6) : counted.after + 8])
    if counted.quantity.relation.endswith("_to") or "since" in near or near & {"total", "risen", "bringing"}:
        return "cumulative"
    if meant.measure in _CURRENT or (
        meant.measure in {"detained", "duration", "territory"} and near & {"is", "are", "still", "has", "have"}
    ):
        return "current"
    return "event"


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for measure, cues in table("measures")["cues"].items():
        for word in cues:
            found.setdefault(word, []).append(measure)
    return {word: tuple(measures) for word, measures in found.items()}


@cache
def _by_nouns() -> dict[str, str]:
    """Return the measure of each noun, singular and plural; the first list that holds a noun wins."""
    found: dict[str, str] = {}
    for measure, nouns in table("measures")["nouns"].items():
        for noun in nouns:
            found.setdefault(noun, measure)
            found.setdefault(plural(noun), measure)
    return found


@cache
def _nouns(name: str) -> frozenset[str]:
    nouns = table("measures")[name]["nouns"]
    return frozenset(nouns) | {plural(noun) for noun in nouns}


__all__ = ["figures"]
