"""Who holds a place, and since when: captures, sieges and claims of holding put in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Control, Event
from onrecord.model.values import first_day
from onrecord.model.vocabulary import ControlState
from onrecord.reconcile.facts import Facts

_STEPS_DAYS = 31  # between the first street and the last of a town that falls; longer fights count as two captures
_UNKNOWN: Final[ControlState] = "unknown"
_STATES: Final[tuple[ControlState, ...]] = ("holds", "contested", "besieged")


@dataclass(frozen=True, slots=True)
class _Mark:
    """One point of a place's timeline: from `day` (ISO, cut at its precision) on, `holder` holds it.

    `full` is false where the side only entered or holds a share; `loser` is who lost it.
    """

    day: str
    holder: str
    claims: tuple[str, ...]
    full: bool = True
    loser: str | None = None
    share: float | None = None
    disputed: bool = False


def control(events: Iterable[Event], claims: Iterable[Claim], facts: Facts) -> list[Control]:
    """Return who held each place over which time, by place, start and holder.

    A capture that happened opens a stretch and ends that of the other side; a side that only entered makes the place
    contested. A claim that a side holds the place is put with the stretch that it falls into; where that is another
    side's, the stretch is disputed. Provinces and countries are held by several at once, so that there each claim of
    holding stands by itself.
    """
    listed = list(events)
    of_claim = {c.id: c for c in claims}
    marks: defaultdict[str, list[_Mark]] = defaultdict(list)
    for event in listed:
        mark = _capture(event, of_claim, facts)
        if mark and event.place and not facts.wide(event.place):
            marks[event.place].append(mark)
    seen: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(of_claim.values(), key=facts.order):
        holders = facts.holders(claim.agents) if claim.kind == "control" and not facts.denied(claim) else []
        if claim.place and holders and claim.status in ("happened", "ongoing"):
            seen[claim.place].append(replace(claim, agents=tuple(holders)))
    found = [
        stretch
        for place in sorted({*marks, *seen})
        for stretch in _timeline(place, marks[place], seen[place], of_claim, facts)
    ]
    found += [s for s in (_siege(event, facts) for event in listed) if s]
    return sorted(_merged(_left(found, listed)), key=_order)


def _merged(stretches: Iterable[Control]) -> list[Control]:
    """Return stretches that say the same once, with the claims of all."""
    found: dict[Control, Control] = {}
    for stretch in stretches:
        same = replace(stretch, claims=())
        known = found.get(same)
        found[same] = (
            replace(stretch, claims=tuple(dict.fromkeys([*known.claims, *stretch.claims]))) if known else stretch
        )
    return list(found.values())


def _order(stretch: Control) -> tuple[str, str, str, str, tuple[str, ...]]:
    return (stretch.place, stretch.since or "", stretch.holder or "", stretch.state, stretch.claims)


def _capture(event: Event, claims: Mapping[str, Claim], facts: Facts) -> _Mark | None:
    """Return the mark that a capture makes, `None` for other events and for those without a date or a side."""
    day = event.when.start or event.when.end
    holders = facts.holders(event.agents)
    if event.type != "territory_gain" or event.status not in ("happened", "ongoing") or not day or not holders:
        return None
    held = [claims[c] for c in event.claims if c in claims and not facts.denied(claims[c])]
    shares = [c.share for c in held if c.share is not None]
    entries = frozenset(table("reconcile")["entries"])
    only_entered = all((facts.words(c).split() or [""])[0] in entries for c in held)
    return _Mark(
        day=day,
        holder=holders[0],
        claims=event.claims,
        full=event.status == "happened" and not only_entered and (not shares or max(shares) >= 100),
        loser=next((body for body in facts.holders(event.targets) if body not in facts.generic), None),
        share=max(shares, default=None),
        disputed=event.grade == "contested",
    )


def _timeline(
    place: str, marks: list[_Mark], seen: list[Claim], claims: Mapping[str, Claim], facts: Facts
) -> list[Control]:
    """Return the stretches of one place from its captures and from the claims that someone holds it."""
    if facts.wide(place):
        return [_seen(place, claim) for claim in seen]
    since = [m for m in (_since(c) for c in seen) if m]
    ordered = sorted([*marks, *since], key=lambda m: (first_day(m.day), m.day, m.holder, m.claims))
    stretches: list[Control] = []
    for mark in _settled(ordered, facts):
        _extend(stretches, place, mark, facts)
    for claim in (c for c in seen if not _since(c)):
        _attach(stretches, place, claim, claims=claims, facts=facts)
    return stretches


def _settled(marks: list[_Mark], facts: Facts) -> list[_Mark]:
    """Return the marks that stand: each with the claims of those that give way to it.

    A capture known only by its year gives way to a better attested one of that year by another side, which is then
    disputed. Of the captures of a place by one side within a month the best attested one counts: towns are taken street
    by street, and what falls on the way is often told as the town.
    """
    kept = {m: m for m in marks}
    for mark in marks:
        rival = _better(mark, marks, facts)
        if rival is None or mark not in kept or rival not in kept:
            continue
        disputed = kept[rival].disputed or not facts.related(mark.holder, rival.holder)
        loser = kept[rival].loser or mark.loser
        claims = tuple(dict.fromkeys([*kept[rival].claims, *kept.pop(mark).claims]))
        kept[rival] = replace(kept[rival], claims=claims, disputed=disputed, loser=loser)
    return [kept[m] for m in marks if m in kept]


def _better(mark: _Mark, marks: list[_Mark], facts: Facts) -> _Mark | None:
    """Return the best attested mark to which this one gives way."""
    better = [m for m in marks if _weight(m) > _weight(mark) and m.full and mark.full]
    vague = [m for m in better if m.day.startswith(mark.day) and len(mark.day) == 4]
    steps = [m for m in better if facts.related(m.holder, mark.holder) and _within_a_month(m, mark)]
    return max([m for m in vague if not facts.related(m.holder, mark.holder)] + steps, key=_weight, default=None)


def _weight(mark: _Mark) -> tuple[int, int, str, str, tuple[str, ...]]:
    return (len(mark.claims), len(mark.day), mark.day, mark.holder, mark.claims)


def _within_a_month(one: _Mark, other: _Mark) -> bool:
    to_the_day = len(one.day) == len(other.day) == 10
    return to_the_day and abs((first_day(one.day) - first_day(other.day)).days) <= _STEPS_DAYS


def _since(claim: Claim) -> _Mark | None:
    """Return the mark of a claim of holding that says since when."""
    if not claim.when.start or claim.type != "holds":
        return None
    partial = claim.share is not None and claim.share < 100
    return _Mark(claim.when.start, claim.agents[0], (claim.id,), not partial, share=claim.share)


def _extend(stretches: list[Control], place: str, mark: _Mark, facts: Facts) -> None:
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
    holder = mark.holder if mark.full else last.holder if last else None
    state: ControlState = "holds" if mark.full else "contested"
    stretches.append(
        Control(place, holder, state, mark.day, None, mark.share, mark.claims, mark.disputed or contradicted)
    )


def _attach(stretches: list[Control], place: str, claim: Claim, *, claims: Mapping[str, Claim], facts: Facts) -> None:
    """Put a claim of holding, seen at one moment, with the stretch that it confirms or disputes.

    A source that contradicts its own report has been misread: such a claim decides nothing.
    """
    moment = claim.when.end or facts.dispatches[claim.dispatch].published
    at = next((n for n, s in enumerate(stretches) if moment and _covers(s, moment)), None)
    if at is None or claim.type != "holds":
        stretches.append(_seen(place, claim))
        return
    stretch = stretches[at]
    agrees = stretch.holder is None or any(facts.related(stretch.holder, agent) for agent in claim.agents)
    contested = not agrees and stretch.state == "holds" and not (claim.share is not None and claim.share < 100)
    own = {(facts.lineage[c.dispatch], facts.origin(c)) for c in map(claims.get, stretch.claims) if c}
    if contested and (facts.lineage[claim.dispatch], facts.origin(claim)) in own:
        return
    merged = tuple(dict.fromkeys([*stretch.claims, claim.id]))
    stretches[at] = replace(stretch, claims=merged, disputed=stretch.disputed or contested)


def _covers(stretch: Control, moment: str) -> bool:
    """Tell whether a moment lies in a stretch; the day of the change belongs to either side."""
    day = first_day(moment)
    begins = stretch.since is None or first_day(stretch.since) <= day
    return begins and (stretch.until is None or day <= first_day(stretch.until))


def _seen(place: str, claim: Claim) -> Control:
    """Return the stretch of a claim that stands by itself: open on both sides unless the claim gives dates."""
    state = next((s for s in _STATES if s == claim.type), _UNKNOWN)
    return Control(
        place=place,
        holder=claim.agents[0],
        state=state,
        since=claim.when.start,
        until=claim.when.end if claim.status == "happened" and claim.when.end != claim.when.start else None,
        share=claim.share,
        claims=(claim.id,),
    )


def _siege(event: Event, facts: Facts) -> Control | None:
    """Return the stretch over which a place was besieged."""
    if event.type != "siege" or not event.place or event.status not in ("happened", "ongoing"):
        return None
    if facts.wide(event.place):
        return None
    held = next(iter(facts.holders(event.targets)), None)
    return Control(
        place=event.place,
        holder=held,
        state="besieged",
        since=event.when.start,
        until=event.when.end if event.when.end != event.when.start else None,
        share=None,
        claims=event.claims,
        disputed=event.grade == "contested",
    )


def _left(stretches: list[Control], events: list[Event]) -> list[Control]:
    """End the last stretch of a side that left a place as a whole and was followed by nobody.

    A withdrawal of a counted part ("275 fighters left") ends nothing.
    """
    gone = {
        (e.place, agent): e
        for e in events
        if e.type == "withdrawal" and e.status == "happened" and not e.figures and e.when.end
        for agent in e.agents
    }
    return [_ended(s, gone.get((s.place, s.holder or ""))) for s in stretches]


def _ended(stretch: Control, left: Event | None) -> Control:
    day = left.when.end if left else None
    if not left or not day or stretch.until or stretch.state != "holds" or not stretch.since:
        return stretch
    if first_day(day) <= first_day(stretch.since):
        return stretch
    return replace(stretch, until=day, claims=tuple(dict.fromkeys([*stretch.claims, *left.claims])))
