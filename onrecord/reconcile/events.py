"""What happened: claims of one event brought together, and what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from onrecord.lexicon.lexicon import table
from onrecord.model.ids import content_id
from onrecord.model.records import Claim, Dispute, Event, Position
from onrecord.model.values import When
from onrecord.model.vocabulary import Status
from onrecord.reconcile.aftermath import with_causes
from onrecord.reconcile.clusters import Clusters, gather
from onrecord.reconcile.facts import Facts, sources
from onrecord.reconcile.grades import GradeRule, grade, shipped
from onrecord.reconcile.slips import with_slips
from onrecord.reconcile.tellings import Common, Telling, enough, index_keys, is_fine, tellings
from onrecord.reconcile.ties import apart, tied
from onrecord.reconcile.vague import settled

# What an event is when its claims differ: the first of these that a claim asserts.
_STATUSES: Final[tuple[Status, ...]] = ("happened", "ongoing", "uncertain", "expected", "conditional", "denied")
_NOT_YET: Final = ("expected", "conditional", "denied")  # nobody can bear out what nobody says has happened
_PRECISIONS: Final[tuple[str, ...]] = ("day", "week", "range", "month", "year", "none")


def events(claims: Iterable[Claim], facts: Facts, grades: Sequence[GradeRule] = ()) -> list[Event]:
    """Return the events that the claims tell of, by date, type and id, without their figures.

    An event's id follows from its first claim by date of publication: it stays while dispatches are added, unless an
    older one turns out to tell of the same event. `grades` are the rules that grade it, ours where there are none.
    """
    points = apart(Common(facts), facts.ties, _claim)
    gathered = gather(tellings(claims, facts), keys=index_keys, points=points, enough=enough)
    groups = with_causes(with_slips(settled(gathered, facts), facts), facts)
    made = [_event(group, facts, grades or shipped()) for group in tied(groups, facts.ties, _claim)]
    return sorted(made, key=lambda e: (e.when.start or e.when.end or "9999", e.type, e.id))


def _claim(telling: Telling) -> str:
    return telling.claim.id


def _event(group: list[Telling], facts: Facts, grades: Sequence[GradeRule]) -> Event:
    """Return what the claims of one event add up to; what a person judged right goes before the rest."""
    group = sorted(group, key=lambda t: facts.order(t.claim))
    claims = [t.claim for t in group]
    right = facts.judged(claims)
    status = _status(right[:1] or claims, facts)
    telling = [c for c in claims if status == "denied" or not facts.denied(c)]
    disputes = _disputes(group, claims, facts) if len(group) > 1 else ()
    open_disputes = [d for d in disputes if not decided(d, facts)]
    return Event(
        id=content_id("v", claims[0].type, claims[0].id),
        type=_type(group),
        agents=next((c.agents for c in right if c.agents), _actors([c.agents for c in telling], facts)),
        targets=next((c.targets for c in right if c.targets), _actors([c.targets for c in telling], facts)),
        place=next((c.place for c in right if c.place), _place(telling, facts)),
        when=next((c.when for c in right if c.when.known), _when(telling)),
        status=status,
        claims=tuple(c.id for c in claims),
        sources=len(sources(telling, facts)),
        grade=grade(telling, open_disputes, status, facts, grades) if status not in _NOT_YET else "weak",
        disputes=disputes,
    )


def _disputes(group: list[Telling], claims: list[Claim], facts: Facts) -> tuple[Dispute, ...]:
    found = (_agents_dispute(group, facts), _when_dispute(claims), _status_dispute(claims, facts))
    return tuple(with_verdict(d, facts) for d in found if d)


def decided(dispute: Dispute, facts: Facts) -> Position | None:
    """Return the value of a dispute that a person judged right, the last judged of several."""
    judged = [(facts.right[c], position) for position in dispute.values for c in position.claims if c in facts.right]
    return max(judged, key=lambda entry: entry[0])[1] if judged else None


def with_verdict(dispute: Dispute, facts: Facts) -> Dispute:
    """Return the dispute, saying which of its values a person judged right."""
    right = decided(dispute, facts)
    return replace(dispute, why=f"{dispute.why} A person judged right: {right.value}.") if right else dispute


def _type(group: Sequence[Telling]) -> str:
    """Return the type that most reports give; of equally frequent ones that of the first account."""
    told = Counter(kind for _, kind in {(t.lineage, t.claim.type): None for t in group})
    return max(told, key=lambda kind: (told[kind], kind == group[0].claim.type, kind))


def _status(claims: list[Claim], facts: Facts) -> Status:
    told = {"denied" if facts.denied(c) else c.status for c in claims}
    return next(status for status in _STATUSES if status in told)


def _actors(named: list[tuple[str, ...]], facts: Facts) -> tuple[str, ...]:
    """Return those named by claims, most often first; descriptions only where there is no name."""
    counts = Counter(entity for each in named for entity in each)
    proper = {e: n for e, n in counts.items() if e not in facts.generic} or counts
    return tuple(sorted(proper, key=lambda e: (-proper[e], e)))


def _place(claims: list[Claim], facts: Facts) -> str | None:
    """Return the narrowest place that a claim gives; of equally narrow ones the one given most often."""
    counts = Counter(c.place for c in claims if c.place)
    return min(counts, key=lambda p: (facts.wide(p), -len(facts.chain(p)), -counts[p], p), default=None)


def _when(claims: list[Claim]) -> When:
    """Return the most precise dates that a claim gives; of equally precise ones those given most often."""
    counts = Counter(c.when for c in claims if c.when.known)
    return min(counts, key=lambda w: (_PRECISIONS.index(_fineness(w)), -counts[w], _sides(w)), default=When())


def _fineness(when: When) -> str:
    return "week" if when.precision == "range" and is_fine(when) else when.precision


def _sides(when: When) -> tuple[str, str]:
    return (when.start or "", when.end or "")


def _agents_dispute(group: list[Telling], facts: Facts) -> Dispute | None:
    """Return the dispute of claims that name unrelated sides as the one that acted."""
    if group[0].claim.type in table("reconcile")["mutual"]:
        return None
    named = [t for t in group if t.agents and not facts.denied(t.claim)]
    sides = Clusters()
    for telling in named:
        agents = sorted(telling.agents)
        for agent in agents[1:]:
            sides.join(agents[0], agent)
    every = sorted({a for t in named for a in t.agents})
    for at, agent in enumerate(every):
        for other in every[at + 1 :]:
            if facts.related(agent, other):
                sides.join(agent, other)
    positions: defaultdict[str, list[Claim]] = defaultdict(list)
    for telling in named:
        positions[sides.find(min(telling.agents))].append(telling.claim)
    if len(positions) < 2:
        return None
    values = [(_names([c.agents for c in claims], facts), claims) for _, claims in sorted(positions.items())]
    return dispute("agents", values, "The accounts name different sides as the one that acted.")


def _names(named: list[tuple[str, ...]], facts: Facts) -> str:
    return ", ".join(facts.entities[e].name for e in _actors(named, facts) if e in facts.entities)


def _when_dispute(claims: list[Claim]) -> Dispute | None:
    """Return the dispute of claims that give days of which no one is common to all."""
    dated = [c for c in claims if is_fine(c.when)]
    days: defaultdict[When, list[Claim]] = defaultdict(list)
    for claim in dated:
        days[claim.when].append(claim)
    if all(one.meets(other) for one in days for other in days):
        return None
    values = [(_in_words(when), days[when]) for when in sorted(days, key=_sides)]
    return dispute("when", values, "The accounts give different days.")


def _in_words(when: When) -> str:
    return when.start or "" if when.start == when.end else f"{when.start or '…'} to {when.end or '…'}"


def _status_dispute(claims: list[Claim], facts: Facts) -> Dispute | None:
    """Return the dispute of claims that something happened with claims that it did not."""
    denials = [c for c in claims if facts.denied(c)]
    others: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not facts.denied(claim) and claim.status in ("happened", "ongoing", "uncertain"):
            others[claim.status].append(claim)
    if not denials or not others:
        return None
    values = [(status, others[status]) for status in _STATUSES if status in others]
    return dispute("status", [*values, ("denied", denials)], "One account denies what another asserts.")


def dispute(field: str, values: Iterable[tuple[str, Iterable[Claim]]], why: str) -> Dispute:
    """Return a dispute from each value in words and the claims that give it."""
    positions = tuple(Position(value, tuple(c.id for c in claims)) for value, claims in values)
    return Dispute(field=field, values=positions, why=why)
