"""Events of a type that the record's list does not have, told by the words that their accounts use.

Of a listed type there are few at one place and time, so that place, time and actors tell one from the next; our own
reading finds no others. What another reader hands over under a type of its own ("other") may be anything; there the
words decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from onrecord.lexicon.lexicon import table
from onrecord.model.vocabulary import EVENT_TYPES
from onrecord.reconcile.agglomerate import Floats, Pair, agglomerate
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.likeness import Likeness
from onrecord.reconcile.tellings import Telling

# What two reports of one incident have in common at least, on average: what tells of other incidents stays apart.
_ONE_INCIDENT: Final = 0.1


def is_listed(telling: Telling) -> bool:
    """Tell whether a telling is of a type of event that the record knows."""
    return telling.claim.type in EVENT_TYPES


def unlisted(told: Iterable[Telling], facts: Facts, likeness: Likeness | None = None) -> list[list[Telling]]:
    """Return tellings in groups of one event each, by the likeness of their words, in reports of like content.

    What a person judged the same or different is joined or kept apart before anything else. The order of the tellings
    decides between equal chances: give them in one that follows from what they are.
    """
    by_report: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        by_report[telling.claim.dispatch].append(telling)
    likeness, groups = likeness or Likeness(facts), list[list[Telling]]()
    for reports in _incidents(sorted(by_report), likeness):
        groups += _grouped([telling for report in reports for telling in by_report[report]], facts, likeness)
    return groups


def _grouped(told: Sequence[Telling], facts: Facts, likeness: Likeness) -> list[list[Telling]]:
    number = {telling.claim.id: n for n, telling in enumerate(told)}
    together, apart = (list(_numbered(pairs, number)) for pairs in (facts.ties.same, facts.ties.different))
    least = table("likeness")["least"]
    found = agglomerate(_square(told, likeness), least=least, together=together, apart=apart)
    return [[told[n] for n in group] for group in found]


def _numbered(pairs: Iterable[tuple[str, str]], number: dict[str, int]) -> Iterator[Pair]:
    return ((number[one], number[other]) for one, other in pairs if one in number and other in number)


def _incidents(reports: Sequence[str], likeness: Likeness) -> list[list[str]]:
    """Return dispatches in groups that tell of one incident or of such as are told alike."""
    common = np.zeros((len(reports), len(reports)))
    for i, one in enumerate(reports):
        for j in range(i):
            common[i, j] = common[j, i] = likeness.reports(one, reports[j])
    return [[reports[n] for n in group] for group in agglomerate(common, least=_ONE_INCIDENT)]


def _square(told: Sequence[Telling], likeness: Likeness) -> Floats:
    chances = np.zeros((len(told), len(told)))
    for i, one in enumerate(told):
        for j in range(i):
            chances[i, j] = chances[j, i] = likeness.chance(one, told[j])
    return chances
