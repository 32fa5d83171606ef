"""How one figure is concluded from accounts that differ: seven rules, each the reader's to choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from onrecord.lexicon.lexicon import table
from onrecord.model.values import Amount
from onrecord.model.vocabulary import Rule

_HALF = 0.5  # of the finer number: rounding down takes less; on invented conflicts figures held 97.2 to 97.8 per cent


@dataclass(frozen=True, slots=True)
class Account:
    """One number that one source gave: `moment` is the ISO date as of which it holds, or else that it was published.

    `standing` is 0 for a monitor, 1 for another observer, 2 for a party to the conflict or for nobody that is known.
    """

    claim: str
    amount: Amount
    origin: str
    moment: str
    standing: int = 2

    @property
    def point(self) -> float | None:
        """The one number that stands for the account: its lower bound, or its upper bound where it has no lower."""
        return self.amount.low if self.amount.low is not None else self.amount.high


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a rule makes of the accounts; an open side is `None`."""

    low: float | None
    best: float | None
    high: float | None


def conclude(accounts: Sequence[Account], rule: Rule) -> Conclusion:
    """Return low, best and high under a rule; all open where there is no account.

    `best` is always a number that some account gives: no mean is taken of what different people counted.
    """
    told = sorted((a for a in accounts if a.point is not None), key=lambda a: (a.moment, a.origin, a.claim))
    return _RULES[rule](told) if told else Conclusion(None, None, None)


def telling(accounts: Sequence[Account]) -> list[Account]:
    """Leave out each rough account ("at least 3,000") that a finer one ("at least 3,250") bears out.

    "At least 15" is no rough word for 60: an account of less than half the finer number stays, as an account of less.
    "Dozens" is rough however many they were.
    """
    return [a for a in accounts if not any(_borne_out(a.amount, other.amount) for other in accounts)]


def _borne_out(one: Amount, other: Amount) -> bool:
    low, finer = one.low or 0.0, other.low or 0.0
    return rougher(one, other) and (one.low is None or low in _rough() or low >= _HALF * finer)


@cache
def _rough() -> frozenset[float]:
    """Return the numbers that words such as "dozens" are taken to reach at least."""
    return frozenset(float(words["low"]) for words in table("amounts")["fixed"] if "high" not in words)


def rougher(one: Amount, other: Amount) -> bool:
    """Tell whether all that the second amount allows, the first allows as well, and more."""
    return allows(one, other) and (one.low, one.high) != (other.low, other.high)


def allows(one: Amount, other: Amount) -> bool:
    """Tell whether all that the second amount allows, the first allows as well."""
    low = one.low is None or (other.low is not None and one.low <= other.low)
    return low and (one.high is None or (other.high is not None and other.high <= one.high))


def widest(accounts: Sequence[Account]) -> Conclusion:
    """From the lowest lower bound to the highest upper bound that any account allows; a side that one leaves is open.

    `best` is the number that most independent sources give: of equals the latest, then the lowest.
    """
    lows = [a.amount.low for a in accounts]
    highs = [a.amount.high for a in accounts]
    return Conclusion(
        low=None if None in lows else min(low for low in lows if low is not None),
        best=_most_given(accounts),
        high=None if None in highs else max(high for high in highs if high is not None),
    )


def lowest(accounts: Sequence[Account]) -> Conclusion:
    """Take the most cautious account: the one with the lowest number, with its own bounds."""
    chosen = min(accounts, key=lambda a: (_number(a), a.origin, a.claim))
    return _of(chosen)


def latest(accounts: Sequence[Account]) -> Conclusion:
    """Take the account of the latest moment: of equals the one most sources give, then the lowest."""
    last = max(a.moment for a in accounts)
    final = [a for a in accounts if a.moment == last]
    best = _most_given(final)
    return _of(min((a for a in final if a.point == best), key=lambda a: (a.origin, a.claim)))


def majority(accounts: Sequence[Account]) -> Conclusion:
    """Take the number that most independent sources give, with their bounds: of equals the latest, then the lowest."""
    best = _most_given(accounts)
    return widest([a for a in accounts if a.point == best])


def monitors_first(accounts: Sequence[Account]) -> Conclusion:
    """Take the monitors' accounts where there are any, else other observers', else all, and conclude as `widest` does.

    Observers are aid bodies, the press, and dispatches that assert a number themselves; a party's own count is taken
    only where nobody else counts.
    """
    first = min(a.standing for a in accounts)
    return widest([a for a in accounts if a.standing == first])


def acled(accounts: Sequence[Account]) -> Conclusion:
    """Take one number, as ACLED codes fatalities: the most conservative, until a later report puts it right.

    A source's own later number has replaced its older one by then. ACLED keeps no bounds, so all three are that number.
    """
    number = lowest(accounts).best
    return Conclusion(number, number, number)


def ucdp(accounts: Sequence[Account]) -> Conclusion:
    """Give the low, best and high of UCDP GED: the bounds of all accounts, and the most reliable number as the best.

    Reliable are monitors before other observers before parties (the codebook leaves it to the coder's judgement), and
    among them what most independent sources give.
    """
    bounds = widest(accounts)
    return Conclusion(bounds.low, monitors_first(accounts).best, bounds.high)


_RULES: Final[Mapping[Rule, Callable[[Sequence[Account]], Conclusion]]] = {
    "widest": widest,
    "lowest": lowest,
    "latest": latest,
    "majority": majority,
    "monitors-first": monitors_first,
    "acled": acled,
    "ucdp": ucdp,
}


def _most_given(accounts: Sequence[Account]) -> float:
    """Return the number with the most origins; of equals the one of the latest moment, then the lowest."""
    origins: defaultdict[float, set[str]] = defaultdict(set)
    moments: defaultdict[float, str] = defaultdict(str)
    for account in accounts:
        number = _number(account)
        origins[number].add(account.origin)
        moments[number] = max(moments[number], account.moment)
    return max(origins, key=lambda n: (len(origins[n]), moments[n], -n))


def _of(account: Account) -> Conclusion:
    return Conclusion(account.amount.low, account.point, account.amount.high)


def _number(account: Account) -> float:
    return account.point if account.point is not None else 0.0
