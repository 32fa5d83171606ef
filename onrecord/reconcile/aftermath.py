"""Deaths and injuries that one event caused, told in several reports: one event where what caused them is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

from onrecord.reconcile.blocks import ASKS, GIVES
from onrecord.reconcile.clusters import Clusters
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import Telling, actors_in_common, causes, other_counts


def keys_of(group: Sequence[Telling]) -> Mapping[Hashable, int]:
    """Return the keys under which deaths and injuries are brought together with what caused them."""
    told: dict[Hashable, int] = {t.claim.id: GIVES for t in group if t.claim.type in causes()}
    return told | {t.cause: ASKS for t in group if t.cause}


def with_causes(groups: Sequence[Sequence[Telling]], facts: Facts) -> list[list[Telling]]:
    """Return the groups, those of one sort whose causes lie in one group joined, unless something speaks against it.

    "The strike killed 12" and "the death toll rose to 15" are one event, though the second gives no day.
    """
    home = {t.claim.id: number for number, group in enumerate(groups) for t in group}
    by_cause: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for number, group in enumerate(groups):
        for telling in group:
            if telling.cause in home:
                by_cause[telling.claim.type, home[telling.cause]][str(number)] = None
    clusters = Clusters()
    joined = {str(number): list(group) for number, group in enumerate(groups)}
    for first, *others in map(list, by_cause.values()):
        for other in others:
            one, two = clusters.find(first), clusters.find(other)
            if one != two and not _against(joined[one], joined[two], facts):
                clusters.join(one, two)
                joined[clusters.find(one)] = joined.pop(one) + joined.pop(two)
    return list(joined.values())


def _against(one: Sequence[Telling], other: Sequence[Telling], facts: Facts) -> bool:
    pairs = ((a, b) for a in one for b in other)
    return any(a.denied != b.denied or other_counts(a, b) or actors_in_common(a, b, facts) < 0 for a, b in pairs)
