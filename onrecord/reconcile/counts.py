"""What of a figure's claim decides whether it counts the same as another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim
from onrecord.model.values import Amount, When
from onrecord.model.vocabulary import Mode
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import apart, is_fine, same_spot

_SAME_REPORT = 3.0  # within one report: the same place and group, or the same event and one thing more
_OTHER_REPORT = 4.0  # across reports: the same place and event, or the place, the date and the group
_COPIED = 9.0
_TELLING = 10  # smaller numbers meet by chance
_FAR = 4  # times: accounts of one battle's dead that differ by more count different things
_STATE_DAYS = 3  # two counts of a state (fighters left in a town) this far apart are of one moment


@dataclass(frozen=True, slots=True)
class Count:
    """One claim of a figure: what event it counts, whom, where, and as of when.

    `group` is the sort of people ("fighters"), `sides` the actors and other proper names among the words for them.
    `loose` counts are denied, expected or conditional: nothing is concluded from them where there are others.
    """

    claim: Claim
    amount: Amount
    mode: Mode
    event: str | None
    lineage: str
    origin: str
    town: str | None
    group: str
    sides: frozenset[str]
    when: When
    sentence: str
    denied: bool
    loose: bool


def counts(claims: Iterable[Claim], events: Mapping[str, str], facts: Facts) -> list[Count]:
    """Return the counts that these claims give, in a fixed order; `events` pairs claims of events with their event."""
    made = [_count(c, events, facts) for c in claims if c.kind == "figure" and c.amount]
    return sorted(made, key=lambda c: (c.loose, c.event is None, c.claim.place is None, facts.order(c.claim)))


def _count(claim: Claim, events: Mapping[str, str], facts: Facts) -> Count:
    around = [p for p in facts.chain(claim.place) if not facts.wide(p)] if claim.place else []
    when = When(claim.as_of, claim.as_of) if claim.as_of else claim.when
    return Count(
        claim=claim,
        amount=claim.amount or Amount(None, None),
        mode=claim.mode or "event",
        event=events.get(claim.about or ""),
        lineage=facts.lineage[claim.dispatch],
        origin=facts.origin(claim),
        town=around[-1] if around else claim.place,
        group=group_of(claim.who),
        sides=_sides(claim.who, facts),
        when=when,
        sentence=facts.sentence(claim),
        denied=facts.denied(claim),
        loose=facts.denied(claim) or claim.status in ("expected", "conditional"),
    )


def group_of(who: str | None) -> str:
    """Return the sort of people or things that these words mean: groups of reconcile.toml, else their last word.

    "Fighters and their families" are two groups, written "families+fighters"; "people" adds nothing to another group.
    """
    text = fold(who or "").replace("family members", "families")
    words = text.split()
    found = [
        str(group) for group, members in table("reconcile")["groups"].items() if not set(members).isdisjoint(words)
    ]
    telling = [group for group in found if group != "people"] or found
    return "+".join(telling) or (words[-1] if words else "people")


def _sides(who: str | None, facts: Facts) -> frozenset[str]:
    """Return the actors, else the capitalised words, in the words for whom a figure counts."""
    text = who or ""
    found = {actor.name for _, _, actor in facts.actors.in_text(text) if actor.kind != "population"}
    return frozenset(found or {fold(word) for word in text.split() if word[:1].isupper()})


def in_common(one: Count, other: Count, facts: Facts) -> float | None:
    """Return how much speaks for one figure, or `None` where something speaks against it.

    Two points for the same place or event, one for a place within the other, for a shared date, for the same group
    counted, two for the same number. A part is never its whole, one source does not give two numbers of one thing in
    one report, and different groups meet only over the same number.
    """
    if one.lineage == other.lineage and one.sentence == other.sentence and same_spot(one.claim, other.claim):
        return _COPIED
    equal = _equal(one.amount, other.amount)
    if one.claim.sentence == other.claim.sentence and not (equal and one.group == other.group):
        return None
    if _part(one.claim, other.claim) or (not equal and _two_numbers(one, other)):
        return None
    if one.group != other.group and not (equal and _may_be_recounted(one, other)):
        return None
    if _other_side(one, other, facts) or (not equal and (one.mode != other.mode or _far(one, other))):
        return None
    place, time = _places(one, other, facts), _times(one, other)
    if place is None or time is None:
        return None
    if one.lineage != other.lineage and (place < 1 or time < 1):
        return None
    return place + time + (one.group == other.group) + 2 * equal


def enough(one: Count, other: Count, points: float) -> bool:
    """Tell whether so many points make the two claims one figure."""
    return points >= (_SAME_REPORT if one.lineage == other.lineage else _OTHER_REPORT)


def _may_be_recounted(one: Count, other: Count) -> bool:
    """Tell whether accounts of one number may differ on whom it counts: people of one event, or a telling number."""
    known = table("reconcile")["groups"]
    same_event = one.event is not None and one.event == other.event
    telling = (one.amount.low or one.amount.high or 0) >= _TELLING
    groups = {*one.group.split("+"), *other.group.split("+")}
    exact = one.amount.low is not None and one.amount.low == one.amount.high
    return groups <= set(known) and exact and (same_event or telling)


def _far(one: Count, other: Count) -> bool:
    """Tell whether two numbers of no common event lie too far apart to be accounts of one thing."""
    if one.event is not None and one.event == other.event:
        return False
    ends = [
        (a.low if a.low is not None else a.high or 0, a.high if a.high is not None else a.low or 0)
        for a in (one.amount, other.amount)
    ]
    (low, high), (other_low, other_high) = ends
    return low > _FAR * max(other_high, 1) or other_low > _FAR * max(high, 1)


def _equal(one: Amount, other: Amount) -> bool:
    """Tell whether two amounts are the same number, rough or not."""
    return (one.low, one.high) == (other.low, other.high)


def _part(one: Claim, other: Claim) -> bool:
    if one.part_of is None and other.part_of is None:
        return False
    return one.part_of == other.id or other.part_of == one.id or (one.part_of is None) != (other.part_of is None)


def _two_numbers(one: Count, other: Count) -> bool:
    """Tell whether one source gives two numbers in one report, of one moment, that cannot both be right."""
    if one.claim.dispatch != other.claim.dispatch or one.origin != other.origin:
        return False
    return apart(one.amount, other.amount) and one.when == other.when


def _other_side(one: Count, other: Count, facts: Facts) -> bool:
    """Tell whether the two count people of different sides."""
    if not one.sides or not other.sides:
        return False
    mine, theirs = _with_outer(one.sides, facts), _with_outer(other.sides, facts)
    return mine.isdisjoint(theirs)


def _with_outer(names: frozenset[str], facts: Facts) -> frozenset[str]:
    return names | {outer.name for name in names for outer in facts.actors.within(name)}


def _places(one: Count, other: Count, facts: Facts) -> float | None:
    a, b = one.claim.place, other.claim.place
    if a is None or b is None:
        return 0.0
    if a == b:
        return 2.0
    return 1.0 if facts.related(a, b) else None


def _times(one: Count, other: Count) -> float | None:
    """Return what the two have in common in time, under the mode of the first: event, state, or running total."""
    if one.event and other.event:
        return 2.0 if one.event == other.event else None if "event" in (one.mode, other.mode) else 0.0
    if not (one.when.known and other.when.known):
        return 0.0
    if one.mode == "cumulative" and other.mode == "cumulative":
        return 1.0  # a total runs on: counts of different moments are one figure, of which the later holds
    if is_fine(one.when) and is_fine(other.when):
        return 1.0 if _close(one.when, other.when, _STATE_DAYS if one.mode == "current" else 0) else None
    return 0.0 if one.when.meets(other.when) else None


def _close(one: When, other: When, days: int) -> bool:
    firsts, afters = (one.first, other.first), (one.after, other.after)
    if None in firsts or None in afters:
        return False
    slack = timedelta(days=days)
    latest_start, earliest_end = max(f for f in firsts if f), min(a for a in afters if a)
    return latest_start < earliest_end + slack


def index_keys(count: Count) -> dict[str, None]:
    """Return the keys under which claims of the same figure are looked for: its report, event, place and time."""
    measure = count.claim.type
    keys = [f"r|{measure}|{count.lineage}"]
    if count.event:
        keys.append(f"e|{measure}|{count.event}")
    if count.town and count.mode == "cumulative":
        keys.append(f"c|{measure}|{count.town}|{count.group}")
    first, after = count.when.first, count.when.after
    if count.town and is_fine(count.when) and first and after:
        slack = _STATE_DAYS if count.mode == "current" else 0
        days = range(-slack, (after - first).days + slack)
        keys += [f"t|{measure}|{count.town}|{(first + timedelta(days=n)).isoformat()}" for n in days]
    return dict.fromkeys(keys)
