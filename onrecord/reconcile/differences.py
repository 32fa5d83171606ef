"""On what the accounts of one figure differ: disputes, their values in words, and the likeliest reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Dispute
from onrecord.model.values import Amount
from onrecord.model.wording import listed, number
from onrecord.reconcile.counts import Count, revises
from onrecord.reconcile.events import dispute, with_verdict
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.people import noun_phrase
from onrecord.reconcile.rules import allows, rougher
from onrecord.reconcile.tellings import apart, is_fine


def differences(group: Sequence[Count], standing: Collection[str], facts: Facts) -> tuple[Dispute, ...]:
    """Return the disputes of one figure: on the amount, on who was counted, on whether it is so at all.

    `standing` are the ids of the claims that no later number replaces.
    """
    told = [c for c in group if not c.loose] or list(group)
    found = (_amount_dispute(told, standing, facts), _who_dispute(told), _denial(group))
    return tuple(with_verdict(d, facts) for d in found if d)


def _amount_dispute(told: Sequence[Count], standing: Collection[str], facts: Facts) -> Dispute | None:
    """Return the dispute of accounts whose bounds contradict one another, of which no later total made the older past.

    Rougher accounts that a finer one bears out take no part in it.
    """
    corrections = _corrections(told, facts)
    rivals = [c for c in told if c.claim.id in standing or c in corrections]
    fine = [c for c in rivals if not any(rougher(c.amount, other.amount) for other in rivals)]
    if not any(_at_odds(a.amount, b.amount) for a in fine for b in fine):
        return None
    by_amount: defaultdict[Amount, list[Claim]] = defaultdict(list)
    for count in fine:
        by_amount[count.amount].append(count.claim)
    values = [(in_words(a), by_amount[a]) for a in sorted(by_amount, key=_size)]
    return dispute("amount", values, why(fine, facts))


def _at_odds(one: Amount, other: Amount) -> bool:
    """Tell whether two amounts have nothing in common, or no more than an end: 200 to 300 and 300 to 400."""
    meet = None not in (one.high, other.low) and one.high == other.low
    meet = meet or (None not in (other.high, one.low) and other.high == one.low)
    return apart(one, other) or (meet and not allows(one, other) and not allows(other, one))


def _corrections(told: Sequence[Count], facts: Facts) -> list[Count]:
    """Return the numbers that their own source took back: not those that a running total has outgrown."""
    return [a for a in told for b in told if revises(a, b) or _taken_back(a, b, facts)]


def _taken_back(one: Count, other: Count, facts: Facts) -> bool:
    """Tell whether one source gave two numbers of one thing on two days, of which the later is no mere growth."""
    if one.origin != other.origin or not apart(one.amount, other.amount):
        return False
    days = [(facts.dispatches[c.claim.dispatch].published or "", c.claim.trigger) for c in (one, other)]
    if days[0][0] == days[1][0] or (one.mode == "current" and one.claim.as_of != other.claim.as_of):
        return False  # of one day, or a state that has changed since
    first, second = (one, other) if days[0] < days[1] else (other, one)
    grown = second.mode == "cumulative" and _size(first.amount) <= _size(second.amount) and not second.revised
    return not grown


def _size(amount: Amount) -> tuple[float, float, bool]:
    low = amount.low if amount.low is not None else -1.0
    return (low, amount.high if amount.high is not None else float("inf"), amount.approx)


def in_words(amount: Amount) -> str:
    """Return the amount as one would write it: "275", "about 350", "at least 3,250", "200 to 300", "90 %"."""
    low, high = (number(n) if n is not None else "" for n in (amount.low, amount.high))
    about = "about " if amount.approx else ""
    unit = f" {amount.unit}" if amount.unit in ("%", "km2", "days") else ""
    if not high:
        return f"{about}at least {low}{unit}" if low else "not known"
    if not low:
        return f"{about}up to {high}{unit}"
    return f"{about}{low}{unit}" if low == high else f"{about}{low} to {high}{unit}"


def why(group: Sequence[Count], facts: Facts) -> str:
    """Return in one sentence the likeliest reasons why accounts of one figure give different numbers."""
    corrected, several = bool(_corrections(group, facts)), len({c.origin for c in group}) > 1
    if corrected and not several:
        return "The source corrected its number later."
    reasons = listed(_reasons(group))
    if several:
        parties = {facts.party(c.claim) for c in group} >= {True, False}
        who = "A party to the conflict and an outside observer" if parties else "Different sources"
        told = f"{who} give different numbers{': they ' if reasons else ''}{reasons}"
    else:
        told = f"The accounts {reasons or 'give different numbers'}"
    return f"{told}, and one of them corrected its own later." if corrected else f"{told}."


def _reasons(group: Sequence[Count]) -> list[str]:
    """Return what accounts differ in beside who gives them, as what they do."""
    found = []
    if len({c.group for c in group if c.group}) > 1:
        found.append("count different groups of people")
    if len({c.when for c in group if is_fine(c.when)}) > 1:
        found.append("are of different days")
    elif len({_earlier(c) for c in group}) > 1:
        found.append("speak of different moments")
    return found


def _earlier(count: Count) -> bool:
    """Tell whether an account of a state speaks of an earlier moment than its report."""
    words = set(table("reconcile")["moments"]["earlier"])
    return count.mode == "current" and not words.isdisjoint(count.sentence.split())


def _who_dispute(group: Sequence[Count]) -> Dispute | None:
    """Return the dispute of accounts that agree on the number and differ on who was counted."""
    by_group: defaultdict[str, list[Count]] = defaultdict(list)
    for count in group:
        if count.group:
            by_group[count.group].append(count)
    numbers = {c.amount for held in by_group.values() for c in held}
    if len(by_group) < 2 or any(_at_odds(a, b) for a in numbers for b in numbers):
        return None
    values = [(_said(held) or name, [c.claim for c in held]) for name, held in by_group.items()]
    return dispute(
        "who", sorted(values, key=lambda v: v[0]), "The accounts agree on the number but not on who it counts."
    )


def _said(held: Sequence[Count]) -> str | None:
    """Return the words for whom these accounts count that most of them use."""
    given = Counter(w for c in held if (w := noun_phrase(c.claim.who, c.claim.type)))
    return min(given, key=lambda w: (-given[w], -len(w), w), default=None)


def _denial(group: Sequence[Count]) -> Dispute | None:
    """Return the dispute of claims that deny the number with those that assert it."""
    denied, others = [c.claim for c in group if c.denied], [c.claim for c in group if not c.loose]
    if not denied or not others:
        return None
    return dispute("status", [("asserted", others), ("denied", denied)], "One account denies what another asserts.")
