"""What happened: claims of one event brought together, and what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Final

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Dispute, Event, Position, event_id
from onrecord.model.values import When
from onrecord.model.vocabulary import Status
from onrecord.reconcile import aftermath, slips, ties, vague
from onrecord.reconcile.blocks import BOTH, Blocks
from onrecord.reconcile.clusters import Clusters
from onrecord.reconcile.facts import Facts, sources
from onrecord.reconcile.gathering import Gathering, closest
from onrecord.reconcile.grades import GradeRule, grade, shipped
from onrecord.reconcile.incidents import is_listed, unlisted
from onrecord.reconcile.tellings import Common, Telling, certainty, enough, index_keys, is_fine, tellings

# What an event is when its claims differ: the first of these that a claim asserts.
_STATUSES: Final[tuple[Status, ...]] = ("happened", "ongoing", "uncertain", "expected", "conditional", "denied")
_NOT_YET: Final = ("expected", "conditional", "denied")  # nobody can bear out what nobody says has happened
_PRECISIONS: Final[tuple[str, ...]] = ("day", "week", "range", "month", "year", "none")

Group = tuple[Telling, ...]


class Events:
    """The events by id, without their figures, and the event of each claim, kept as claims come, change and go.

    Claims are gathered into groups, vague groups settled with those that they can mean, slips of a day or a word
    mended, and what one event caused or a person tied brought together. An event's id follows from its first claim by
    date of publication: an older dispatch that turns out to tell of the same event would change it, but an id that was
    given out stays. Claims of types that the record does not list are brought together by their words. `grades` are
    the rules that grade it, ours where there are none.
    """

    def __init__(self, facts: Facts, grades: Sequence[GradeRule] = ()) -> None:
        self.by_id: dict[str, Event] = {}
        self.of_claim: dict[str, str] = {}
        self._facts, self._grades = facts, grades or shipped()
        self._profiles: dict[object, int] = {}
        self._told: dict[str, list[str]] = {}
        self._gathered: Gathering[Telling] = Gathering(order=self._certainty, keys=index_keys)
        self._settled: Gathering[Group] = Gathering(order=self._firm_first, keys=partial(vague.keys_of, facts=facts))
        self._slipped: Blocks[slips.Keyed, Group] = Blocks(lambda keyed: keyed.keys, self._slip)
        self._worded: Blocks[Telling, Group] = Blocks(lambda _: {"unlisted": BOTH}, self._by_words)
        self._joined: Blocks[Group, Event] = Blocks(self._joining_keys, self._join)

    def update(self, claims: Mapping[str, Iterable[Claim]]) -> tuple[list[Event], list[Event]]:
        """Take the claims of dispatches for those that they had; return what fell and what came in its stead."""
        changed: dict[str, Telling | None] = {}
        for dispatch, listed in claims.items():
            told = {t.claim.id: t for t in tellings(listed, self._facts, self._profiles)}
            changed |= dict.fromkeys(self._told.pop(dispatch, ())) | told
            if told:
                self._told[dispatch] = list(told)
        points = ties.apart(Common(self._facts), self._facts.ties, _claim)
        typed = {name: t for name, t in changed.items() if t is None or is_listed(t)}
        others = {name: t for name, t in changed.items() if t is None or not is_listed(t)}
        gathered = _other(*self._gathered.update(typed, closest(points, enough)))
        settled = (map(_flat, groups) for groups in self._settled.update(gathered, self._home))
        slipped, worded = self._slipped.update(self._keyed(_other(*settled))), self._worded.update(others)
        fallen, came = self._joined.update(_other(*slipped) | _other(*worded))
        for event in fallen:
            del self.by_id[event.id]
            for claim in event.claims:
                del self.of_claim[claim]
        for event in came:
            self.by_id[event.id] = event
            self.of_claim |= dict.fromkeys(event.claims, event.id)
        return fallen, came

    def _certainty(self, telling: Telling) -> tuple[object, ...]:
        return certainty(telling, self._facts)

    def _firm_first(self, group: Group) -> tuple[object, ...]:
        return (vague.is_vague(group, self._facts), *self._certainty(group[0]))

    def _home(self, group: Group, firm: Sequence[Iterable[Group]]) -> int | None:
        return vague.home(group, firm, self._facts)

    def _keyed(self, groups: Mapping[str, Group | None]) -> dict[str, slips.Keyed | None]:
        return {name: slips.keyed(group, self._facts) if group else None for name, group in groups.items()}

    def _slip(self, block: list[slips.Keyed]) -> list[Group]:
        ordered = sorted(block, key=lambda keyed: self._firm_first(keyed.group))
        return [tuple(group) for group in slips.with_slips(ordered, self._facts)]

    def _by_words(self, block: list[Telling]) -> list[Group]:
        return [tuple(group) for group in unlisted(sorted(block, key=self._certainty), self._facts)]

    def _joining_keys(self, group: Group) -> Mapping[Hashable, int]:
        return {**aftermath.keys_of(group), **ties.keys_of(map(_claim, group), self._facts.ties)}

    def _join(self, block: list[Group]) -> list[Event]:
        facts = self._facts
        groups = ties.tied(aftermath.with_causes(self._ordered(block), facts), facts.ties, _claim)
        return [_event(group, facts, self._grades) for group in groups]

    def _ordered(self, block: list[Group]) -> list[Group]:
        """Return the groups in the order in which they are joined: firm ones before vague ones."""
        return sorted(block, key=self._firm_first)


def order(event: Event) -> tuple[str, str, str]:
    """Return the key that puts events by date, type and id."""
    return (event.when.start or event.when.end or "9999", event.type, event.id)


def _flat(groups: Iterable[Group]) -> Group:
    return tuple(chain.from_iterable(groups))


def _claim(telling: Telling) -> str:
    return telling.claim.id


def _other(fallen: Iterable[Group], came: Iterable[Group]) -> dict[str, Group | None]:
    """Return the groups that are other than before by the claim that opened them, `None` for those that are no more.

    A group is the same only where its tellings are the same objects: equal ones may stand on other facts.
    """
    before, now = ({_claim(group[0]): group for group in groups} for groups in (fallen, came))
    return {
        first: now.get(first)
        for first in before.keys() | now.keys()
        if list(map(id, before.get(first, ()))) != list(map(id, now.get(first, ())))
    }


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
        id=facts.id_of(claims, event_id),
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
