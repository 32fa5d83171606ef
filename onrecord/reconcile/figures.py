"""How many: claims of one quantity brought together and concluded under a rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from onrecord.model.records import Claim, Figure, figure_id
from onrecord.model.values import When
from onrecord.model.vocabulary import RULES, Mode, Rule
from onrecord.reconcile.counts import Count, certainty, counts, enough, in_common, index_keys, revises
from onrecord.reconcile.differences import differences
from onrecord.reconcile.events import Events
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.gathering import Gathering, closest
from onrecord.reconcile.people import group_of, is_part, noun_phrase
from onrecord.reconcile.rules import Account, Conclusion, conclude, telling
from onrecord.reconcile.tellings import apart

_SUPERSEDED_DAYS = 2  # a running total this much older than the latest one is replaced by it


class Figures:
    """The figures by id, and the figure of each claim, kept as claims and events come, change and go."""

    def __init__(self, facts: Facts, rule: Rule) -> None:
        self.by_id: dict[str, Figure] = {}
        self.of_claim: dict[str, str] = {}
        self._facts, self._rule = facts, rule
        self._told: dict[str, list[str]] = {}
        self._figures: dict[str, Figure] = {}  # by the claim that opened its group, each at the place that it names
        self._gathered: Gathering[Count] = Gathering(order=lambda count: certainty(count, facts), keys=index_keys)

    def update(
        self, claims: Mapping[str, Iterable[Claim]], events: Events, other: Collection[str]
    ) -> tuple[list[Figure], list[Figure]]:
        """Take the claims of dispatches for those that they had; return what fell and what came in its stead.

        A figure that names no place has its event's; `other` are the ids of the events that changed.
        """
        changed: dict[str, Count | None] = {}
        for dispatch, listed in claims.items():
            told = {c.claim.id: c for c in counts(listed, events.of_claim, self._facts)}
            changed |= dict.fromkeys(self._told.pop(dispatch, ())) | told
            if told:
                self._told[dispatch] = list(told)
        gone, anew = self._gathered.update(changed, closest(partial(in_common, facts=self._facts), enough))
        before = [self._figures.pop(group[0].claim.id) for group in gone]
        moved = [f for f in self._figures.values() if not f.place and f.event in other]
        made = {group[0].claim.id: _figure(list(group), self._facts, self._rule) for group in anew}
        self._figures |= made
        fallen = [self.by_id.pop(figure.id) for figure in (*before, *moved)]
        for claim in (c for figure in fallen for c in figure.claims):
            del self.of_claim[claim]
        came = [_placed(figure, events) for figure in (*made.values(), *moved)]
        for figure in came:
            self.by_id[figure.id] = figure
            self.of_claim |= dict.fromkeys(figure.claims, figure.id)
        return fallen, came


def order(figure: Figure) -> tuple[str, str, str]:
    """Return the key that puts figures by measure, date and id."""
    return (figure.measure, figure.as_of or "9999", figure.id)


def _placed(figure: Figure, events: Events) -> Figure:
    """Return the figure with the place of its event where it names none."""
    event = events.by_id.get(figure.event or "")
    return replace(figure, place=event.place) if event and event.place and not figure.place else figure


def _figure(group: list[Count], facts: Facts, rule: Rule) -> Figure:
    group = sorted(group, key=lambda c: facts.order(c.claim))
    claims = [c.claim for c in group]
    every = [c for c in group if not c.loose] or group
    right = facts.judged(claims)[:1]
    told = [c for c in group if c.claim in right] or every
    accounts = _standing(told, facts)
    concluded = conclude(accounts, rule)
    standing = {a.claim for a in accounts} | {a.claim for a in _standing(every, facts)}
    measure = _common([c.claim.type for c in told]) or claims[0].type
    return Figure(
        id=facts.id_of(claims, figure_id),
        measure=measure,
        who=noun_phrase(_whom(told), measure),
        place=_common([c.claim.place for c in told]) or _common([c.claim.place for c in every]),
        as_of=max(c.claim.as_of or c.when.end or c.when.start or "" for c in told if c.claim.id in standing) or None,
        mode=_mode(told),
        low=concluded.low,
        best=concluded.best,
        high=concluded.high,
        rule="judged" if right else rule,
        claims=tuple(c.id for c in claims),
        sources=len(_origins(every, facts)),
        event=_common([c.event for c in every]),
        unit=_common([c.amount.unit for c in told]) or "",
        disputes=differences(group, standing, facts),
    )


def under_rules(figure: Figure, claims: Iterable[Claim], facts: Facts) -> dict[Rule, Conclusion]:
    """Return what each rule makes of a figure's claims, those that no one judged right included.

    `facts` may be those of a finished record, which lacks what only reading knows (`generic`, `categories`).
    """
    told = [c for c in counts(claims, {}, facts) if c.claim.id in figure.claims]
    accounts = _standing([c for c in told if not c.loose] or told, facts) if told else []
    return {rule: conclude(accounts, rule) for rule in RULES}


def _origins(told: Sequence[Count], facts: Facts) -> frozenset[str]:
    """Return the independent origins; a dispatch's own number counts beside one it quotes only where the two differ."""
    quoted = [c for c in told if c.claim.statement in facts.statements]
    own = [c for c in told if c.claim.statement not in facts.statements]
    differing = [c for c in own if all(apart(c.amount, q.amount) for q in quoted if q.lineage == c.lineage)]
    return frozenset(c.origin for c in [*quoted, *differing])


def _standing(told: Sequence[Count], facts: Facts) -> list[Account]:
    """Return the accounts that decide: those that no later number replaces and no finer one makes superfluous.

    A source replaces its own older number; a running total of any source replaces one of some days before.
    """
    revised = {a.claim.id for a in told for b in told if _later(b, a) and revises(a, b)}
    accounts = [_account(c, facts) for c in told if c.claim.id not in revised]
    last: defaultdict[str, str] = defaultdict(str)
    for account in accounts:
        last[account.origin] = max(last[account.origin], account.moment)
    kept = [a for a in accounts if a.moment == last[a.origin]]
    if _mode(told) == "cumulative":
        newest = max(a.moment for a in kept)
        kept = [a for a in kept if not _superseded(a.moment, newest)]
    return telling(kept)


def _later(one: Count, other: Count) -> bool:
    return one.claim.trigger > other.claim.trigger


def _account(count: Count, facts: Facts) -> Account:
    published = facts.dispatches[count.claim.dispatch].published or ""
    return Account(
        count.claim.id, count.amount, count.origin, count.claim.as_of or published, facts.standing(count.claim)
    )


def _superseded(moment: str, newest: str) -> bool:
    """Tell whether a running total of this moment is replaced by one of the newest moment; unknown moments are."""
    if not moment or not newest:
        return moment != newest
    mine, latest = When(moment, moment).after, When(newest, newest).first
    return mine is not None and latest is not None and mine + timedelta(days=_SUPERSEDED_DAYS) <= latest


def _mode(group: Sequence[Count]) -> Mode:
    """Return the mode most claims give, of equals the first by alphabet."""
    modes = Counter(c.mode for c in group)
    return min(modes, key=lambda m: (-modes[m], m))


def _common(values: Iterable[str | None]) -> str | None:
    """Return the value given most often, of equals the longest and then the first by alphabet; `None` for none."""
    given = Counter(v for v in values if v)
    return min(given, key=lambda v: (-given[v], -len(v), v), default=None)


def _whom(told: Sequence[Count]) -> str | None:
    """Return the words for whom most accounts count, of equals those that take in the others, then the longest."""
    given = Counter(c.claim.who for c in told if c.claim.who)
    parts = {w for w in given for other in given if is_part(group_of(w), group_of(other))}
    return min(given, key=lambda w: (-given[w], w in parts, -len(w), w), default=None)
