"""The generator: the same seed gives the same conflict, its readings quote, its truth is whole, and it is not easy."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from random import Random

import pytest

from onrecord.model.records import Record
from onrecord.model.values import Amount
from onrecord.reconcile.record import reconcile
from tests.reconcile.scene import a_judgement
from tests.synthetic.conflict import Conflict, a_conflict


@pytest.fixture(scope="module")
def conflict() -> Conflict:
    return a_conflict(21)


def test_a_seed_always_gives_the_same_conflict(conflict: Conflict) -> None:
    again = a_conflict(21)
    assert again.dispatches == conflict.dispatches
    assert again.readings == conflict.readings
    assert a_conflict(22).dispatches != conflict.dispatches


def test_readings_quote_their_dispatches(conflict: Conflict) -> None:
    texts = {d.id: d.text for d in conflict.dispatches}
    for reading in conflict.readings:
        text = texts[reading.dispatch]
        known = {m.id for m in reading.mentions}
        for mention in reading.mentions:
            assert mention.span.of(text).strip() == mention.span.of(text) != ""
        for claim in reading.claims:
            assert claim.sentence.holds(claim.trigger)
            assert {*claim.agents, *claim.targets, *filter(None, [claim.place])} <= known


@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_the_truth_covers_all_that_is_read(noise: float) -> None:
    conflict = a_conflict(21, noise=noise)
    assert {m.id for r in conflict.readings for m in r.mentions} == set(conflict.truth.of_mention)
    assert {c.id for r in conflict.readings for c in r.claims} <= set(conflict.truth.of_claim)
    assert {d.id for d in conflict.dispatches} == set(conflict.truth.origins)


def test_the_conflict_is_hard(conflict: Conflict) -> None:
    """Same-day strikes beside each other, two speakers of one surname, one event of two types, numbers that differ."""
    days = Counter((i.type, i.day, conflict.world.town_of(i.place)) for i in conflict.story.incidents)
    neighbours = [(k, d, t) for k, d, t in days if (k, d, conflict.world.near[t]) in days]
    assert neighbours
    types: defaultdict[str, set[str]] = defaultdict(set)
    amounts: defaultdict[str, set[Amount | None]] = defaultdict(set)
    for claim in (c for r in conflict.readings for c in r.claims):
        truth = conflict.truth.of_claim[claim.id]
        if claim.kind == "event":
            types[truth].add(claim.type)
        else:
            amounts[truth].add(claim.amount)
    assert any(len(t) > 1 for t in types.values())
    assert sum(len(a) > 1 for a in amounts.values()) > 10

    worlds = [a_conflict(n) for n in (22, 23)] + [conflict]
    shared = [Counter(t.short[0] for t in c.world.things.values() if t.kind == "person") for c in worlds]
    assert max(max(names.values()) for names in shared) > 1
    assert any(i.false for c in worlds for i in c.story.incidents)
    assert any(i.denied_by for i in conflict.story.incidents)


def test_order_repeats_and_withdrawn_judgements_leave_no_trace(conflict: Conflict) -> None:
    whole = _record(conflict)
    dispatches, readings = list(conflict.dispatches), list(conflict.readings)
    for each in (dispatches, readings):
        Random(3).shuffle(each)
    assert (
        reconcile([*dispatches, *dispatches[:9]], [*readings, *readings[:9]], (), knowledge=conflict.knowledge) == whole
    )
    towns = [conflict.world.things[t].spellings[0] for t in conflict.world.towns[:2]]
    withdrawn = replace(a_judgement("same", *towns), withdrawn="2020-06-01T00:00:00Z")
    restored = reconcile(dispatches, readings, (withdrawn,), knowledge=conflict.knowledge)
    assert replace(restored, judgements=(), standings=()) == whole


def _record(conflict: Conflict) -> Record:
    return reconcile(conflict.dispatches, conflict.readings, (), knowledge=conflict.knowledge)


def test_there_are_sieges_plans_and_parts(conflict: Conflict) -> None:
    worlds = [a_conflict(n) for n in (22, 23)] + [conflict]
    claims = [c for world in worlds for r in world.readings for c in r.claims]
    assert {"ongoing", "happened"} <= {c.status for c in claims if c.type == "siege"}
    assert any(c.type == "offensive" and c.status == "expected" for c in claims)
    parts = [c for c in claims if c.part_of]
    wholes = {c.id: c for c in claims}
    assert parts
    amounts = [(c.amount, wholes[c.part_of].amount) for c in parts if c.part_of]
    assert all(part and whole and (not whole.high or (part.low or 0) < whole.high) for part, whole in amounts)
