"""However a record came about, bit by bit, it is byte for byte that which all of it at once gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.exports.record_json import to_json
from onrecord.model.anchors import Anchor
from onrecord.model.records import Dispatch, Judgement, Reading, Record
from onrecord.model.values import When
from onrecord.reconcile import lineage
from onrecord.reconcile.lineage import Lineages, lineages
from onrecord.reconcile.record import Reconciler, reconcile
from tests.reconcile.scene import a_judgement, knowledge, scene
from tests.synthetic.conflict import Conflict, a_conflict
from tests.synthetic.noise import noisy

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("add", "add", "add", "drop", "read", "date", "copy", "claim", "tie", "name", "name", "withdraw", "give")
        ),
        st.integers(0, 9999),
    ),
    min_size=4,
    max_size=7,
)
_FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def _conflict() -> Conflict:
    return a_conflict(3)


@cache
def _pool() -> list[Dispatch]:
    """The dispatches of some days, so that they tell of the same events, with some of long before and after.

    Every sixth has lost its date.
    """
    dated = sorted(_conflict().dispatches, key=lambda d: (d.published or "", d.id))
    chosen = dated[:3] + dated[60:95] + dated[-5:]
    return [replace(d, published=None, published_basis="none") if n % 6 == 0 else d for n, d in enumerate(chosen)]


def _reread(dispatch: Dispatch) -> Reading:
    """The reading of a dispatch under another date, on which all happens of which it gives no time."""
    reading = next(r for r in _conflict().readings if r.dispatch == dispatch.id)
    day = When(dispatch.published, dispatch.published)
    return replace(reading, claims=tuple(c if c.when.known else replace(c, when=day) for c in reading.claims))


@dataclass
class Desk:
    """What lies on a desk as the steps go: dispatches, readings, judgements and ids given out."""

    dispatches: dict[str, Dispatch] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    def step(self, what: str, number: int, record: Record) -> None:
        """Do one thing; the number chooses with what."""
        pool = _pool()
        chosen = pool[number % len(pool)]
        if what == "add":
            self.add(pool[(number + n) % len(pool)] for n in range(0, 24, 3))
        elif what == "drop":
            self.dispatches.pop(chosen.id, None)
        elif what == "read":
            self.readings[chosen.id] = noisy(self.readings[chosen.id], chosen, 0.5, str(number)).reading
        elif what == "withdraw":
            self.judgements = [replace(j, withdrawn="2021-01-01T00:00:00Z") for j in self.judgements]
        elif what == "give":
            self.given += [i.id for part in (record.events, record.figures, record.entities) for i in part]
            self.given = list(dict.fromkeys(self.given))
        else:
            self.judgements.append(_judgement(what, number, chosen, record))

    def add(self, dispatches: Iterable[Dispatch]) -> None:
        """Lay dispatches on the desk."""
        self.dispatches |= {d.id: d for d in dispatches}


def _judgement(what: str, number: int, dispatch: Dispatch, record: Record) -> Judgement:
    at = f"2020-05-01T12:{number % 60:02}:00Z"
    claims = [c for c in record.claims if c.kind == "event"]
    claim = claims[number % len(claims)]
    if what == "date":
        return a_judgement("dated", dispatch.id, ("2016-01-05", "2018-03", "2019")[number % 3], at=at)
    if what == "copy":
        other = record.dispatches[number % len(record.dispatches)]
        return a_judgement(("copy", "original")[number % 2], claim.dispatch, other.id, at=at)
    if what == "claim":
        return a_judgement(("wrong", "right")[number % 2], claim.id, at=at)
    if what == "tie":
        two = [claim, next(c for c in claims if c.type == claim.type and (c.event == claim.event or number % 3))]
        anchors = tuple(Anchor(c.dispatch, 0, 0, "", kind=c.kind, type=c.type) for c in two)
        return a_judgement(("same", "different")[number % 2], two[0].id, two[1].id, at=at, anchors=anchors)
    verdict = ("same", "different", "rename", "locate", "place")[number % 5]
    first, second = (record.entities[(number * n) % len(record.entities)] for n in (3, 7))
    named = f"{first.name}@{dispatch.id}" if number % 3 else first.name
    spelt = first.aliases[-1][0] if verdict == "different" else second.name
    places = [place for place, _ in _conflict().world.places]
    value = {"locate": "41,36", "place": places[number % len(places)].key}.get(verdict, spelt)
    return a_judgement(verdict, named, value, at=at)


@_FEW
@given(_STEPS)
def test_bit_by_bit_gives_the_bytes_of_all_at_once(steps: list[tuple[str, int]]) -> None:
    known = _conflict().knowledge
    kept, desk = Reconciler(known, reread=_reread), Desk(readings={r.dispatch: r for r in _conflict().readings})
    desk.add(d for n, d in enumerate(_pool()) if n % 2)
    record = kept(desk.dispatches.values(), desk.readings.values(), ())
    for what, number in steps:
        desk.step(what, number, record)
        logs = list(desk.dispatches.values()), list(desk.readings.values()), desk.judgements
        record = kept(*logs, tuple(desk.given))
        whole = Reconciler(known, reread=_reread)(*logs, tuple(desk.given))
        assert to_json(record) == to_json(whole)
        assert record == whole


@pytest.mark.parametrize("common", [3, 40])
@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 42), st.integers(0, 3)), min_size=5, max_size=40))
def test_lineages_follow_as_dispatches_come_change_and_go(common: int, steps: list[tuple[int, int]]) -> None:
    pool = _pool()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lineage, "_COMMON", common)
        kept, held = Lineages(), dict[str, Dispatch]()
        for number, what in steps:
            chosen = pool[number % len(pool)]
            changed = {0: None, 1: replace(chosen, published="2018-01-01")}.get(what, chosen)
            kept.update({chosen.id: changed})
            held = {**held, chosen.id: changed} if changed else {i: d for i, d in held.items() if i != chosen.id}
        assert dict(sorted(kept.of.items())) == lineages(held.values())


def _struck(number: int, published: str) -> tuple[Dispatch, Reading]:
    made = scene(f"No {number}: the ARDF struck Ardun on Sunday and 12 fell.", published=published)
    force, town = made.name("ARDF"), made.name("Ardun", "place")
    event = made.claim("struck", type="air_strike", agents=[force], place=town, when="2017-10-15")
    made.figure("12 fell", "killed", 12, 12, about=event, place=town, as_of="2017-10-15")
    return made.dispatch, made.reading


def test_an_id_that_was_given_out_stays_when_an_older_dispatch_comes() -> None:
    late, early = _struck(1, "2017-10-17"), _struck(2, "2017-10-16")
    first = reconcile([late[0]], [late[1]], (), knowledge=knowledge())
    ids = [first.events[0].id, first.figures[0].id]
    both = [late[0], early[0]], [late[1], early[1]], ()
    assert reconcile(*both, knowledge=knowledge()).events[0].id != ids[0]
    record = Reconciler(knowledge())(*both, ids)
    assert [record.events[0].id, record.figures[0].id] == ids
    assert len(record.events) == len(record.figures) == 1


def test_of_two_ids_given_out_the_earlier_stays() -> None:
    late, early = _struck(1, "2017-10-17"), _struck(2, "2017-10-16")
    alone = [reconcile([d], [r], (), knowledge=knowledge()).events[0].id for d, r in (late, early)]
    both = [late[0], early[0]], [late[1], early[1]], ()
    for given_out in (alone, alone[::-1]):
        assert Reconciler(knowledge())(*both, given_out).events[0].id == given_out[0]
