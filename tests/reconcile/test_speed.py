"""A thousand dispatches of thirty claims are reconciled in seconds, and no pair of loops grows with their square."""

from __future__ import annotations

import random
from time import process_time

import pytest

from onrecord.model.records import Claim, Mention
from onrecord.model.values import When
from onrecord.reconcile.record import reconcile
from tests.factories import a_claim, a_dispatch, a_mention, a_reading
from tests.reconcile.scene import knowledge

_WORDS = [
    f"{a}{b}{c}" for a in ("ka", "bel", "or", "du", "mi") for b in ("ra", "ni", "so", "te") for c in ("n", "s", "th")
]
_SECONDS = 30  # of work: 3 to 6 on an idle core, twice that on a busy one; a build machine may be slower still


@pytest.mark.slow
def test_thirty_thousand_claims() -> None:
    made = random.Random(7)
    dispatches, readings = [], []
    for number in range(1000):
        names = [f"{made.choice(_WORDS).title()}{made.randrange(40)}" for _ in range(30)]
        text = f"No {number}. " + " ".join(
            f"They struck {n} {made.choice(_WORDS)} {made.choice(_WORDS)}." for n in names
        )
        dispatch = a_dispatch(text, outlet=f"Paper {number % 50}", published=f"2017-{1 + number % 12:02}-15")
        parts: list[Mention | Claim] = []
        for nth, name in enumerate(names):
            where = a_mention(dispatch, name, "place", nth=names[:nth].count(name))
            day = f"2017-{1 + number % 12:02}-{1 + made.randrange(28):02}"
            kind = made.choice(("air_strike", "killing", "territory_gain", "siege"))
            parts += [where, a_claim(dispatch, "struck", type=kind, nth=nth, place=where.id, when=When(day, day))]
        dispatches.append(dispatch)
        readings.append(a_reading(dispatch, *parts))
    began = process_time()
    record = reconcile(dispatches, readings, [], knowledge=knowledge())
    assert process_time() - began < _SECONDS
    assert len(record.claims) == 30_000
