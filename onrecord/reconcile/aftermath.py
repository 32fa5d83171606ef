"""Deaths and injuries that one event caused, told in several reports: one event where what caused them is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import Telling, actors_in_common, other_counts


def with_causes(groups: Sequence[list[Telling]], facts: Facts) -> list[list[Telling]]:
    """Return the groups, those of one sort whose causes lie in one group joined, unless something speaks against it.

    "The strike killed 12" and "the death toll rose to 15" are one event, though the second gives no day.
    """
    home = {t.claim.id: number for number, group in enumerate(groups) for t in group}
    by_cause: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for telling in group:
            if telling.cause in home:
                key = (telling.claim.type, home[telling.cause])
                if number not in by_cause[key]:
                    by_cause[key].append(number)
    joined = list(map(list, groups))
    at = list(range(len(joined)))
    for numbers in by_cause.values():
        for number in numbers[1:]:
            first, other = _found(at, numbers[0]), _found(at, number)
            if first != other and not _against(joined[first], joined[other], facts):
                joined[first] += joined[other]
                joined[other] = []
                at[other] = first
    return [group for group in joined if group]


def _found(at: list[int], number: int) -> int:
    while at[number] != number:
        number = at[number]
    return number


def _against(one: Sequence[Telling], other: Sequence[Telling], facts: Facts) -> bool:
    pairs = ((a, b) for a in one for b in other)
    return any(a.denied != b.denied or other_counts(a, b) or actors_in_common(a, b, facts) < 0 for a, b in pairs)
