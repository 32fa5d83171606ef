"""The timeline of one place: captures and claims of holding put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from onrecord.model.records import Claim, Control
from onrecord.model.values import first_day
from onrecord.model.vocabulary import ControlState
from onrecord.reconcile.facts import Facts

_STEPS_DAYS = 31  # between the first street and the last of a town that falls; longer fights count as two captures
_UNKNOWN: Final[ControlState] = "unknown"
_STATES: Final[tuple[ControlState, ...]] = ("holds", "contested", "besieged")


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a place's timeline: from `day` (ISO, cut at its precision) on, `holder` holds it.

    `full` is false where the side only entered or holds a share; `loser` is who lost it. `judged` is true where a
    person judged one of its claims right.
    """

    day: str
    holder: str
    claims: tuple[str, ...]
    full: bool = True
    loser: str | None = None
    share: float | None = None
    disputed: bool = False
    judged: bool = False


def timeline(
    place: str, marks: list[Mark], seen: list[Claim], claims: Mapping[str, Claim], facts: Facts
) -> list[Control]:
    """Return the stretches of one place from its captures and from the claims that someone holds it.

    A claim that says since when opens a stretch as a capture does; any other was seen at one moment, that of its words
    or else of its publication, and falls into the stretch of that moment. Where no stretch covers it, it opens one
    whose beginning is not known and which the next capture ends.
    """
    if facts.wide(place):
        return [_seen(place, claim) for claim in seen]
    since = [m for claim in seen if (m := _since(claim, facts))]
    ordered = sorted([*marks, *since], key=lambda m: (first_day(m.day), m.day, m.holder, m.claims))
    stretches: list[Control] = []
    for mark in _settled(ordered, facts):
        _extend(stretches, place, mark, facts)
    sightings = [c for c in seen if not _since(c, facts)]
    # Who holds the place is settled before what is only told to be fought over, which no holding falls into.
    for claim in sorted(sightings, key=lambda c: (c.type != "holds", moment(c, facts) or "9999", facts.order(c))):
        _attach(stretches, claim, claims=claims, facts=facts)
    return stretches


def moment(claim: Claim, facts: Facts) -> str | None:
    """Return the ISO date at which a state was seen: the one that its words give, else that of publication."""
    return claim.when.end or claim.when.start or facts.dispatches[claim.dispatch].published


def _settled(marks: list[Mark], facts: Facts) -> list[Mark]:
    """Return the marks that stand: each with the claims of those that give way to it.

    A capture known only by its year gives way to a better dated one of that year by another side, which is then
    disputed where it is not told twice as often. One of a day gives way to another side's that a person judged right.
    Of the captures of a place by one side within a month the best attested one counts: towns are taken street by
    street, and what falls on the way is often told as the town.
    """
    kept = {m: m for m in marks}
    for mark in marks:
        rival = _better(mark, marks, facts)
        if rival is None or mark not in kept or rival not in kept:
            continue
        heavy = 2 * len(mark.claims) >= len(kept[rival].claims)  # a single stray reading makes no dispute
        disputed = kept[rival].disputed or (heavy and not facts.related(mark.holder, rival.holder))
        loser = kept[rival].loser or mark.loser
        claims = tuple(dict.fromkeys([*kept[rival].claims, *kept.pop(mark).claims]))
        kept[rival] = replace(kept[rival], claims=claims, disputed=disputed, loser=loser)
    return [kept[m] for m in marks if m in kept]


def _better(mark: Mark, marks: list[Mark], facts: Facts) -> Mark | None:
    """Return the best attested mark to which this one gives way."""
    rivals = [m for m in marks if m.full and mark.full and m.judged >= mark.judged]
    better = [m for m in rivals if _weight(m) > _weight(mark)]
    vague = [m for m in rivals if m.day.startswith(mark.day) and len(mark.day) == 4 < len(m.day)]
    chosen = [m for m in better if m.judged and not mark.judged and m.day == mark.day]
    steps = [m for m in better if facts.related(m.holder, mark.holder) and _within_a_month(m, mark)]
    others = [m for m in [*vague, *chosen] if not facts.related(m.holder, mark.holder)]
    return max([*others, *steps], key=_weight, default=None)


def _weight(mark: Mark) -> tuple[bool, int, int, str, str, tuple[str, ...]]:
    return (mark.judged, len(mark.claims), len(mark.day), mark.day, mark.holder, mark.claims)


def _within_a_month(one: Mark, other: Mark) -> bool:
    to_the_day = len(one.day) == len(other.day) == 10
    return to_the_day and abs((first_day(one.day) - first_day(other.day)).days) <= _STEPS_DAYS


def _since(claim: Claim, facts: Facts) -> Mark | None:
    """Return the mark of a claim of holding that says since when; a state on one day only was seen on that day.

    One that a person judged right is a mark from the moment at which it was seen.
    """
    when, judged = claim.when, claim.id in facts.right
    day = when.start or (moment(claim, facts) if judged else None)
    if not day or claim.type != "holds":
        return None
    if not judged and claim.status != "happened" and len(day) == 10 and day == when.end:
        return None
    partial = claim.share is not None and claim.share < 100
    return Mark(day, claim.agents[0], (claim.id,), not partial, share=claim.share, judged=judged)


def _extend(stretches: list[Control], place: str, mark: Mark, facts: Facts) -> None:
    """Put the next mark behind the stretches so far: it goes on with the last one, or ends it and opens another."""
    last = stretches[-1] if stretches else None
    if last is None and mark.loser and not facts.related(mark.loser, mark.holder):
        last = Control(place, mark.loser, "holds", None, None, None, mark.claims)
        stretches.append(last)
    if last and last.state == "holds" and last.holder and facts.related(last.holder, mark.holder):
        merged = tuple(dict.fromkeys([*last.claims, *mark.claims]))
        since = mark.day if last.since and mark.day.startswith(last.since) else last.since
        stretches[-1] = replace(last, since=since, claims=merged, disputed=last.disputed or mark.disputed)
        return
    if last and last.state == "contested" and not mark.full:
        stretches[-1] = replace(last, claims=tuple(dict.fromkeys([*last.claims, *mark.claims])))
        return
    contradicted = bool(last and mark.full and last.since and last.since == mark.day and last.state == "holds")
    if last:
        stretches[-1] = replace(last, until=mark.day, disputed=last.disputed or contradicted)
    told = mark.full or mark.share is not None  # a share is its own holder's, not the other side's
    holder = mark.holder if told else last.holder if last else None
    state: ControlState = "holds" if mark.full else "contested"
    stretches.append(
        Control(place, holder, state, mark.day, None, mark.share, mark.claims, mark.disputed or contradicted)
    )


def _attach(stretches: list[Control], claim: Claim, *, claims: Mapping[str, Claim], facts: Facts) -> None:
    """Put a claim of holding, seen at one moment, with the stretch that it confirms or disputes, or open one for it."""
    place, seen = claim.place or "", moment(claim, facts)
    at = [n for n, s in enumerate(stretches) if s.state in ("holds", "contested") and _covers(s, seen)]
    if claim.type != "holds":
        _add_state(stretches, _seen(place, claim))
        return
    agreeing = next((n for n in at if _agrees(stretches[n], claim, facts)), None)
    if agreeing is not None:
        stretches[agreeing] = _with(stretches[agreeing], claim)
    elif not at:
        _open(stretches, claim, seen, facts)
    elif claim.share is not None and claim.share < 100:
        stretches[at[0]] = _with(stretches[at[0]], claim)
    elif not _stray(stretches[at[0]], claim, claims, facts):
        stretches[at[0]] = replace(_with(stretches[at[0]], claim), disputed=True)


def _agrees(stretch: Control, claim: Claim, facts: Facts) -> bool:
    return stretch.holder is None or any(facts.related(stretch.holder, agent) for agent in claim.agents)


def _with(stretch: Control, claim: Claim) -> Control:
    return replace(stretch, claims=tuple(dict.fromkeys([*stretch.claims, claim.id])))


def _add_state(stretches: list[Control], state: Control) -> None:
    """Add a stretch that is no holding ("contested"); what is told of it twice without a date is one stretch."""
    same = [n for n, s in enumerate(stretches) if replace(s, claims=()) == replace(state, claims=())]
    if same:
        state = replace(state, claims=tuple(dict.fromkeys([*stretches[same[0]].claims, *state.claims])))
        stretches.pop(same[0])
    stretches.append(state)


def _open(stretches: list[Control], claim: Claim, seen: str | None, facts: Facts) -> None:
    """Open a stretch for a holding that no stretch covers: the next capture ends it.

    One by the same side within a month takes it in; of a later one the place must have been lost in between.
    """
    later = [n for n, s in enumerate(stretches) if s.since and (not seen or first_day(seen) < first_day(s.since))]
    at = later[0] if later else len(stretches)
    soon = not seen or not later or _days_between(seen, stretches[at].since or "") <= _STEPS_DAYS
    if later and soon and stretches[at].state == "holds" and _agrees(stretches[at], claim, facts):
        stretches[at] = _with(stretches[at], claim)
        return
    until = stretches[at].since if later else None
    stretches.insert(at, replace(_seen(claim.place or "", claim), since=None, until=until))


def _days_between(one: str, other: str) -> int:
    return abs((first_day(one) - first_day(other)).days)


def _stray(stretch: Control, claim: Claim, claims: Mapping[str, Claim], facts: Facts) -> bool:
    """Tell whether a claim that contradicts a stretch is no account of its own.

    A report that tells of the capture does not dispute it in passing: only somebody named whom it quotes does.
    """
    told = {facts.lineage[c.dispatch] for c in map(claims.get, stretch.claims) if c}
    source = facts.source(claim)
    named = source is not None and source not in facts.generic
    own = {facts.origin(c) for c in map(claims.get, stretch.claims) if c}
    return facts.lineage[claim.dispatch] in told and (not named or facts.origin(claim) in own)


def _covers(stretch: Control, seen: str | None) -> bool:
    """Tell whether a moment lies in a stretch, which an unknown one does not; the day of a change belongs to both."""
    if seen is None:
        return False
    day = first_day(seen)
    begins = stretch.since is None or first_day(stretch.since) <= day
    return begins and (stretch.until is None or day <= first_day(stretch.until))


def holder_at(stretches: Iterable[Control], seen: str | None) -> str | None:
    """Return who holds the place of these stretches at a moment, of two on the day of a change the earlier one."""
    return next((s.holder for s in stretches if s.state == "holds" and s.holder and _covers(s, seen)), None)


def _seen(place: str, claim: Claim) -> Control:
    """Return the stretch of a claim that stands by itself: open on both sides unless the claim gives dates."""
    state = next((s for s in _STATES if s == claim.type), _UNKNOWN)
    return Control(
        place=place,
        holder=claim.agents[0] if claim.agents else None,
        state=state,
        since=claim.when.start,
        until=claim.when.end if claim.status == "happened" and claim.when.end != claim.when.start else None,
        share=claim.share,
        claims=(claim.id,),
    )
