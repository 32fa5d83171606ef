"""How many: claims of one quantity brought together, concluded under a rule, with what they differ on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from onrecord.lexicon.lexicon import table
from onrecord.model.ids import content_id
from onrecord.model.records import Claim, Dispute, Figure
from onrecord.model.values import Amount, When
from onrecord.model.vocabulary import Mode, Rule
from onrecord.reconcile.clusters import gather
from onrecord.reconcile.counts import Count, counts, enough, in_common, index_keys
from onrecord.reconcile.events import dispute
from onrecord.reconcile.facts import Facts, sources
from onrecord.reconcile.rules import Account, conclude
from onrecord.reconcile.tellings import apart

_SUPERSEDED_DAYS = 2  # a running total this much older than the latest one is replaced by it


def figures(claims: Iterable[Claim], events: Mapping[str, str], facts: Facts, *, rule: Rule) -> list[Figure]:
    """Return the figures that the claims give, by measure, date and id; `events` pairs claims with their event."""
    points = partial(in_common, facts=facts)
    groups = gather(counts(claims, events, facts), keys=index_keys, points=points, enough=enough)
    made = [_figure(group, facts, rule) for group in groups]
    return sorted(made, key=lambda f: (f.measure, f.as_of or "9999", f.id))


def _figure(group: list[Count], facts: Facts, rule: Rule) -> Figure:
    group = sorted(group, key=lambda c: facts.order(c.claim))
    claims = [c.claim for c in group]
    told = [c for c in group if not c.loose] or group
    accounts = _standing([_account(c, facts) for c in told], cumulative=_mode(told) == "cumulative")
    concluded = conclude(accounts, rule)
    standing = {a.claim for a in accounts}
    return Figure(
        id=content_id("f", claims[0].type, claims[0].id),
        measure=claims[0].type,
        who=_common([c.claim.who for c in told]),
        place=_common([c.claim.place for c in told]),
        as_of=max(c.claim.as_of or c.when.end or c.when.start or "" for c in told if c.claim.id in standing) or None,
        mode=_mode(told),
        low=concluded.low,
        best=concluded.best,
        high=concluded.high,
        rule=rule,
        claims=tuple(c.id for c in claims),
        sources=len(sources([c.claim for c in told], facts)),
        event=_common([c.event for c in told]),
        unit=_common([c.amount.unit for c in told]) or "",
        disputes=tuple(d for d in (_amount_dispute(told, facts), _who_dispute(told), _denial(group)) if d),
    )


def _account(count: Count, facts: Facts) -> Account:
    published = facts.dispatches[count.claim.dispatch].published or ""
    return Account(count.claim.id, count.amount, count.origin, count.claim.as_of or published)


def _standing(accounts: list[Account], *, cumulative: bool) -> list[Account]:
    """Return the accounts that later ones of the same source, or for a running total of any source, do not replace."""
    last: defaultdict[str, str] = defaultdict(str)
    for account in accounts:
        last[account.origin] = max(last[account.origin], account.moment)
    kept = [a for a in accounts if a.moment == last[a.origin]]
    newest = max(a.moment for a in kept)
    return [a for a in kept if not _superseded(a.moment, newest)] if cumulative else kept


def _superseded(moment: str, newest: str) -> bool:
    """Tell whether a running total of this moment is replaced by one of the newest moment; unknown moments are."""
    if not moment or not newest:
        return moment != newest
    mine, latest = When(moment, moment).after, When(newest, newest).first
    return mine is not None and latest is not None and mine + timedelta(days=_SUPERSEDED_DAYS) <= latest


def _mode(group: list[Count]) -> Mode:
    """Return the mode most claims give, of equals the first by alphabet."""
    modes = Counter(c.mode for c in group)
    return min(modes, key=lambda m: (-modes[m], m))


def _common(values: Iterable[str | None]) -> str | None:
    """Return the value given most often, of equals the longest and then the first by alphabet; `None` for none."""
    given = Counter(v for v in values if v)
    return min(given, key=lambda v: (-given[v], -len(v), v), default=None)


# ----------------------------------------------------------------------------------------- on what accounts differ


def _amount_dispute(group: list[Count], facts: Facts) -> Dispute | None:
    """Return the dispute of accounts that give different numbers, with the likeliest reason in words."""
    by_amount: defaultdict[Amount, list[Count]] = defaultdict(list)
    for count in group:
        by_amount[count.amount].append(count)
    bounds = {(a.low, a.high) for a in by_amount}
    if len(bounds) < 2:
        return None
    values = [(in_words(a), [c.claim for c in by_amount[a]]) for a in sorted(by_amount, key=_size)]
    return dispute("amount", values, why(group, facts))


def _size(amount: Amount) -> tuple[float, float, bool]:
    low = amount.low if amount.low is not None else -1.0
    return (low, amount.high if amount.high is not None else float("inf"), amount.approx)


def in_words(amount: Amount) -> str:
    """Return the amount as one would write it: "275", "about 350", "at least 3250", "200 to 300"."""
    low, high = (
        f"{n:g}" if n is not None and n < 1e6 else f"{n:.0f}" if n is not None else ""
        for n in (amount.low, amount.high)
    )
    about = "about " if amount.approx else ""
    if not high:
        return f"{about}at least {low}" if low else "not known"
    if not low:
        return f"{about}up to {high}"
    return f"{about}{low}" if low == high else f"{about}{low} to {high}"


def why(group: Sequence[Count], facts: Facts) -> str:
    """Return in one sentence the likeliest reason why accounts of one figure give different numbers."""
    amounts = [c.amount for c in group]
    moments = {c.claim.as_of or c.when.start for c in group}
    if _corrected(group, facts):
        return "A source gave another number later: a correction or a new count."
    if len(moments - {None}) > 1 and any(c.mode != "event" for c in group):
        return "The numbers are of different moments; the later one holds for a running total."
    if not any(apart(a, b) for a in amounts for b in amounts):
        return "One account is rougher than the other: their bounds do not contradict each other."
    if len({c.group for c in group}) > 1:
        return "The accounts count different groups of people."
    if _parties(group, facts) == {True, False}:
        return "A party to the conflict and an outside observer give different numbers."
    if len(moments - {None}) > 1:
        return "The numbers are of different moments."
    return "Different sources give different numbers."


def _corrected(group: Sequence[Count], facts: Facts) -> bool:
    """Tell whether one source gave different numbers in reports of different days."""
    said: defaultdict[str, set[tuple[Amount, str]]] = defaultdict(set)
    for count in group:
        said[count.origin].add((count.amount, facts.dispatches[count.claim.dispatch].published or ""))
    return any(len({a for a, _ in each}) > 1 and len({d for _, d in each}) > 1 for each in said.values())


def _parties(group: Sequence[Count], facts: Facts) -> set[bool]:
    """Return whether a watcher (a monitor, a newspaper) and whether anyone else stands behind the numbers."""
    watchers = frozenset(table("reconcile")["watchers"]["categories"])
    known = [facts.categories.get(facts.source(c.claim) or "") for c in group]
    return {category in watchers for category in known if category}


def _who_dispute(group: list[Count]) -> Dispute | None:
    """Return the dispute of accounts that agree on the number and differ on who was counted."""
    by_group: defaultdict[str, list[Count]] = defaultdict(list)
    for count in group:
        by_group[count.group].append(count)
    if len(by_group) < 2:
        return None
    values = [
        (_common([c.claim.who for c in held]) or name, [c.claim for c in held]) for name, held in by_group.items()
    ]
    return dispute("who", sorted(values, key=lambda v: v[0]), "The accounts differ on who was counted.")


def _denial(group: list[Count]) -> Dispute | None:
    """Return the dispute of claims that deny the number with those that assert it."""
    denied, others = [c.claim for c in group if c.denied], [c.claim for c in group if not c.loose]
    if not denied or not others:
        return None
    return dispute("status", [("asserted", others), ("denied", denied)], "One account denies what another asserts.")
