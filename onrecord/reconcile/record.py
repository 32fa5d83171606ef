"""The record: what follows from all that was read and judged."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import TypeVar

from onrecord.model.records import Claim, Dispatch, Judgement, Reading, Record, Statement
from onrecord.model.values import Span
from onrecord.model.vocabulary import Rule
from onrecord.reconcile import events, figures
from onrecord.reconcile.conclusions import Conclusions
from onrecord.reconcile.facts import Facts, voices
from onrecord.reconcile.judgements import Decisions, decisions, left_out, redated
from onrecord.reconcile.keys import Knowledge, Read
from onrecord.reconcile.lineage import Lineages, age
from onrecord.reconcile.registry import Registry
from onrecord.reconcile.told import Told, told

__all__ = ["Knowledge", "Reconciler", "reconcile"]

T = TypeVar("T")


def reconcile(
    dispatches: Iterable[Dispatch],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    *,
    knowledge: Knowledge,
    rule: Rule = "widest",
    given: Iterable[str] = (),
) -> Record:
    """Return the record that follows from dispatches, their readings and a person's judgements.

    Pure: any order of the same input gives the same record, and so does the same input given twice. Readings of
    dispatches that are not given are left out; of several readings of one dispatch that of the last reader by name
    counts. Every conclusion names its claims. `given` are the ids that were given out before, in that order: what they
    were given to keeps them.
    """
    return Reconciler(knowledge, rule)(dispatches, readings, judgements, given)


class Reconciler:
    """Does what `reconcile` does, and remembers: the next record costs what changed since the last.

    The answer is the same whatever was given before. What rests on several dispatches is kept in blocks (`blocks.py`)
    that are made again where one of them changed, and a whole record is made by the same steps: as an addition to none.
    """

    def __init__(self, knowledge: Knowledge, rule: Rule = "widest") -> None:
        self._knowledge, self._rule = knowledge, rule
        self._numbered: Iterable[str] = ()
        self._forget()

    def _forget(self) -> None:
        """Begin with nothing."""
        knowledge = self._knowledge
        self._ids: dict[str, int] = {}
        self._given: dict[str, Dispatch] = {}
        self._reads: dict[str, Read] = {}
        self._wrong: frozenset[str] = frozenset()
        self._lineages = Lineages()
        self._registry = Registry(knowledge, self._lineages, self._ids)
        self._told: dict[str, Told] = {}
        self._dispatches: dict[str, Dispatch] = {}
        self._statements: dict[str, Statement] = {}
        self._claims: dict[str, Claim] = {}
        self._voices: dict[str, str] = {}
        self._bodies: dict[str, tuple[tuple[Span, str], ...]] = {}
        self._facts = Facts(
            dispatches=self._dispatches,
            lineage=self._lineages.of,
            entities=self._registry.by_id,
            statements=self._statements,
            voices=self._voices,
            actors=knowledge.actors,
            generic=self._registry.generic,
            categories=self._registry.categories,
            mentions=self._bodies,
            given=self._ids,
        )
        self._conclusions = Conclusions(self._facts, self._claims, self._rule)

    def __call__(
        self,
        dispatches: Iterable[Dispatch],
        readings: Iterable[Reading],
        judgements: Iterable[Judgement],
        given: Iterable[str] = (),
    ) -> Record:
        """Return the record that follows from all of these; see `reconcile`."""
        with _no_sweeps():
            return self._record(dispatches, readings, judgements, given)

    def _record(
        self,
        dispatches: Iterable[Dispatch],
        readings: Iterable[Reading],
        judgements: Iterable[Judgement],
        given: Iterable[str],
    ) -> Record:
        self._number(given)
        judged = sorted({j.id: j for j in sorted(judgements, key=_last)}.values(), key=lambda j: (j.at, j.id))
        decided = decisions(judged)
        changed, relined = self._take(dispatches, readings, decided)
        moved = self._registry.update(changed, relined, self._reads, decided)
        moved |= relined | self._leave_out(decided) | self._hear_voices(changed.keys() | relined)
        for dispatch in moved:
            self._tell(dispatch)
        self._conclusions.update({d: self._told[d].claims if d in self._told else () for d in moved})
        ordered = [self._told[d] for d in sorted(self._told)]
        return Record(
            dispatches=tuple(sorted(self._dispatches.values(), key=age)),
            entities=tuple(sorted(self._registry.by_id.values(), key=lambda e: (e.kind, e.name, e.id))),
            mentions=tuple(chain.from_iterable(t.mentions for t in ordered)),
            statements=tuple(chain.from_iterable(t.statements for t in ordered)),
            claims=tuple(chain.from_iterable(self._conclusions.linked.get(d, ()) for d in sorted(self._told))),
            events=tuple(sorted(self._conclusions.events.values(), key=events.order)),
            figures=tuple(sorted(self._conclusions.figures.values(), key=figures.order)),
            control=tuple(self._conclusions.control()),
            judgements=tuple(judged),
            lineage=dict(sorted(self._lineages.of.items())),
        )

    def _number(self, given: Iterable[str]) -> None:
        """Note which ids were given out; begin anew unless the new ones are those that things have now."""
        if given is self._numbered:
            return
        self._numbered = given
        numbered = {name: number for number, name in enumerate(given)}
        held = (self._registry.by_id, self._conclusions.events, self._conclusions.figures)
        fresh = [name for name in numbered if name not in self._ids]
        if list(numbered)[: len(self._ids)] != list(self._ids) or not all(any(n in h for h in held) for n in fresh):
            self._forget()
        self._ids.update(numbered)

    def _take(
        self, dispatches: Iterable[Dispatch], readings: Iterable[Reading], decided: Decisions
    ) -> tuple[dict[str, Read | None], set[str]]:
        """Take in what is given; return the dispatches that changed and those of other lineages than before."""
        given = {i: redated(d, decided.dated.get(i)) for i, d in _once(dispatches).items()}
        relined = self._lineages.update(_differing(self._given, given))
        self._given = given
        dated = {i: _dated_by_copy(d, given[self._lineages.of[i]]) for i, d in given.items()}
        read = _readings(readings, dated)
        reads = {i: Read(d, read.get(i) or Reading(i, "")) for i, d in dated.items()}
        changed = _differing(self._reads, reads)
        for name, new in changed.items():
            self._reads.pop(name, None)
            self._dispatches.pop(name, None)
            if new:
                self._reads[name], self._dispatches[name] = new, new.dispatch
        return changed, relined

    def _leave_out(self, decided: Decisions) -> set[str]:
        """Find the claims that were judged wrong; return the dispatches of which that is other than before."""
        claims = [c for r in self._reads.values() for c in r.reading.claims] if decided.wrong or self._wrong else []
        wrong = left_out(decided.wrong, claims, self._dispatches)
        moved = {c.dispatch for c in claims if c.id in wrong ^ self._wrong}
        self._wrong = wrong
        return moved

    def _hear_voices(self, names: Iterable[str]) -> set[str]:
        """Find who speaks in the lineages of these dispatches; return the dispatches of which that is other."""
        lineages = self._lineages
        roots = {lineages.of[n] for n in names if n in lineages.of}
        now = voices(self._dispatches, {m: root for root in roots for m in lineages.members[root]})
        moved = {m for root, voice in now.items() if voice != self._voices.get(root) for m in lineages.members[root]}
        for root in self._voices.keys() - lineages.members.keys():
            del self._voices[root]
        self._voices.update(now)
        return moved

    def _tell(self, dispatch: str) -> None:
        """Put entities in place of the mentions of a dispatch."""
        old, read = self._told.pop(dispatch, Told()), self._reads.get(dispatch)
        for statement in old.statements:
            del self._statements[statement.id]
        for claim in old.claims:
            del self._claims[claim.id]
        self._bodies.pop(dispatch, None)
        if read:
            new = told(read, partial(self._registry.entity, dispatch), self._registry.generic, self._wrong)
            self._told[dispatch] = new
            self._bodies[dispatch] = new.bodies
            self._statements |= {s.id: s for s in new.statements}
            self._claims |= {c.id: c for c in new.claims}


@contextmanager
def _no_sweeps() -> Iterator[None]:
    """Keep Python from looking for circular garbage: there is none, and a look through 10,000 dispatches takes 1 s."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _once(dispatches: Iterable[Dispatch]) -> dict[str, Dispatch]:
    """Return each text once, under its best description."""
    found: dict[str, Dispatch] = {}
    for dispatch in dispatches:
        if dispatch.id not in found or dispatch.precedes(found[dispatch.id]):
            found[dispatch.id] = dispatch
    return found


def _dated_by_copy(dispatch: Dispatch, oldest: Dispatch) -> Dispatch:
    """Return an undated dispatch with the date of the oldest copy of it."""
    return dispatch if dispatch.published else redated(dispatch, oldest.published)


def _readings(readings: Iterable[Reading], dispatches: Mapping[str, Dispatch]) -> dict[str, Reading]:
    """Return one reading a dispatch."""
    last: dict[str, Reading] = {}
    for reading in readings:
        known = last.get(reading.dispatch)
        if reading.dispatch in dispatches and (known is None or known.reader <= reading.reader):
            last[reading.dispatch] = reading
    return last


def _differing(old: Mapping[str, T], new: Mapping[str, T]) -> dict[str, T | None]:
    """Return what came or changed, by id, with `None` for what went."""
    gone: dict[str, T | None] = dict.fromkeys(old.keys() - new.keys())
    return gone | {i: item for i, item in new.items() if i not in old or old[i] != item}


def _last(judgement: Judgement) -> tuple[str, str]:
    """Return the key that puts the withdrawn form of a judgement behind the standing one."""
    return (judgement.withdrawn or "", judgement.id)
