"""The record: what follows from all that was read and judged."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TypeVar

from onrecord.model.records import Claim, Dating, Dispatch, Judgement, Reading, Record, Statement
from onrecord.model.values import Span
from onrecord.model.vocabulary import Rule
from onrecord.reconcile import events, figures, redating
from onrecord.reconcile.conclusions import Conclusions
from onrecord.reconcile.facts import Facts, voices
from onrecord.reconcile.grades import GradeRule
from onrecord.reconcile.judgements import Decisions, decisions, redated
from onrecord.reconcile.keys import Knowledge, Read
from onrecord.reconcile.lineage import Lineages, age
from onrecord.reconcile.linking import Datings
from onrecord.reconcile.redating import Reread, Rereadings
from onrecord.reconcile.registry import Registry
from onrecord.reconcile.sightings import sightings
from onrecord.reconcile.standings import standings
from onrecord.reconcile.told import Meant, Told, claims_of, told

__all__ = ["Knowledge", "Reconciler", "reconcile"]

T = TypeVar("T")


def reconcile(
    dispatches: Iterable[Dispatch],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    *,
    knowledge: Knowledge,
    rule: Rule = "widest",
    grades: Sequence[GradeRule] = (),
    reread: Reread | None = None,
) -> Record:
    """Return the record that follows from dispatches, their readings and a person's judgements.

    Pure: any order of the same input gives the same record, and so does the same input given twice. Readings of
    dispatches that are not given are left out; of several readings of one dispatch that of the last reader by name
    counts. Every conclusion names its claims. Figures are concluded under `rule`, events graded by `grades` (ours where
    there are none). `reread` reads a dispatch again under a date that it did not have when it was read, and is as pure;
    without it what such a dispatch says of weekdays stays open.
    """
    return Reconciler(knowledge, rule=rule, grades=grades, reread=reread)(dispatches, readings, judgements)


class Reconciler:
    """Does what `reconcile` does, and remembers: the next record costs what changed since the last.

    The answer is the same whatever was given before. What rests on several dispatches is kept in blocks (`blocks.py`)
    that are made again where one of them changed, and a whole record is made by the same steps: as an addition to none.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        rule: Rule = "widest",
        grades: Sequence[GradeRule] = (),
        reread: Reread | None = None,
    ) -> None:
        self._knowledge, self._rule, self._grades, self._reread = knowledge, rule, grades, reread
        self._numbered: Iterable[str] = ()
        self._forget()

    def _forget(self) -> None:
        """Begin with nothing."""
        knowledge = self._knowledge
        self._ids: dict[str, int] = {}
        self._found: dict[str, Dispatch] = {}  # as a person dates them
        self._reads: dict[str, Read] = {}
        self._wrong: frozenset[str] = frozenset()
        self._lineages = Lineages()
        self._registry = Registry(knowledge, self._lineages, self._ids)
        self._told: dict[str, Told] = {}
        self._rereadings = Rereadings(self._reread)
        self._again: dict[str, Reading] = {}
        self._known: dict[str, Dispatch] = {}  # as a copy dates them too
        self._dispatches: dict[str, Dispatch] = {}  # as others of the same events date them too
        self._statements: dict[str, Statement] = {}
        self._claims: dict[str, Claim] = {}
        self._claims_of: dict[str, tuple[Claim, ...]] = {}
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
        self._datings = Datings(replace(self._facts, dispatches=self._known))
        self._conclusions = Conclusions(self._facts, self._claims, self._rule, self._grades)

    def __call__(
        self,
        dispatches: Iterable[Dispatch],
        readings: Iterable[Reading],
        judgements: Iterable[Judgement],
        given: Iterable[str] = (),
    ) -> Record:
        """Return the record that follows from all of these; see `reconcile`.

        `given` are the ids that were given out before, in that order: what they were given to keeps them.
        """
        with _no_sweeps():
            self._number(given)
            judged = sorted({j.id: j for j in sorted(judgements, key=_last)}.values(), key=lambda j: (j.at, j.id))
            found = _once(dispatches)
            return self._record(found, _readings(readings, found), judged)

    def _record(self, found: dict[str, Dispatch], readings: dict[str, Reading], judged: list[Judgement]) -> Record:
        reads = {i: self._read(d, readings.get(i) or Reading(i, "")) for i, d in found.items()}
        seen = chain.from_iterable(read.sightings for read in reads.values())
        decided = decisions(judged, found, readings.values(), seen, self._knowledge.gazetteer)
        changed, relined = self._take(reads, decided)
        moved = self._registry.update(changed, relined, self._reads, decided)
        moved |= relined | self._decide(decided) | self._hear_voices(changed.keys() | relined)
        for name in moved:
            self._tell(name)
        self._datings.update({name: self._told.get(name, Told()) for name in moved})
        datings = redating.given(found, self._known, decided.dated, self._lineages.of) | self._datings.by_dispatch
        moved |= self._date(found, readings, datings)
        self._conclusions.update({name: self._claim(name) for name in moved})
        record = self._put_together(judged, datings)
        called = self._registry.called(decided.labels)
        return replace(record, standings=standings(record, decided, called)) if judged else record

    def _put_together(self, judged: list[Judgement], datings: Mapping[str, Dating]) -> Record:
        """Return what is concluded, every list in its order."""
        told, conclusions = [self._told[name] for name in sorted(self._told)], self._conclusions
        return Record(
            dispatches=tuple(sorted(self._dispatches.values(), key=age)),
            entities=tuple(sorted(self._registry.by_id.values(), key=lambda e: (e.kind, e.name, e.id))),
            mentions=tuple(chain.from_iterable(t.mentions for t in told)),
            statements=tuple(chain.from_iterable(t.statements for t in told)),
            claims=tuple(chain.from_iterable(conclusions.linked[name] for name in sorted(conclusions.linked))),
            events=tuple(sorted(conclusions.events.values(), key=events.order)),
            figures=tuple(sorted(conclusions.figures.values(), key=figures.order)),
            control=tuple(conclusions.control()),
            judgements=tuple(judged),
            datings=tuple(dating for _, dating in sorted(datings.items())),
            lineage=dict(sorted(self._lineages.of.items())),
        )

    # ------------------------------------------------------------------------------------------- what is given

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

    def _read(self, dispatch: Dispatch, reading: Reading) -> Read:
        """Return a dispatch with its reading and the names in it, which are looked for once."""
        known = self._reads.get(dispatch.id)
        seen = known.sightings if known and known.reading == reading else tuple(sightings([reading]))
        return Read(dispatch, reading, seen)

    def _take(self, reads: Mapping[str, Read], decided: Decisions) -> tuple[dict[str, Read | None], set[str]]:
        """Take in what is given; return the dispatches that changed and those of other lineages than before."""
        found = {i: redated(r.dispatch, decided.dated.get(i)) for i, r in reads.items()}
        relined = self._lineages.update(_differing(self._found, found), decided.copies, decided.originals)
        self._found = found
        dated = {i: _dated_by_copy(d, found[self._lineages.of[i]]) for i, d in found.items()}
        now = {i: Read(dated[i], r.reading, r.sightings) for i, r in reads.items()}
        changed = _differing(self._reads, now)
        self._reads = now
        _renew(self._known, {i: read.dispatch if read else None for i, read in changed.items()})
        return changed, relined

    def _decide(self, decided: Decisions) -> set[str]:
        """Note what was judged of claims; return the dispatches of those of which that is other than before."""
        facts = self._facts
        names = decided.wrong ^ self._wrong | {claim for claim, _ in decided.right.items() ^ facts.right.items()}
        names |= {claim for _, pair in decided.ties.pairs ^ facts.ties.pairs for claim in pair}
        self._wrong, facts.right, facts.ties = decided.wrong, decided.right, decided.ties
        claims = (c for r in self._reads.values() for c in r.reading.claims) if names else ()
        return {c.dispatch for c in claims if c.id in names}

    def _hear_voices(self, names: Iterable[str]) -> set[str]:
        """Find who speaks in the lineages of these dispatches; return the dispatches of which that is other."""
        lineages = self._lineages
        roots = {lineages.of[n] for n in names if n in lineages.of}
        now = voices(self._known, {m: root for root in roots for m in lineages.members[root]})
        moved = {m for root, voice in now.items() if voice != self._voices.get(root) for m in lineages.members[root]}
        for root in self._voices.keys() - lineages.members.keys():
            del self._voices[root]
        self._voices.update(now)
        return moved

    # ---------------------------------------------------------------------------------------------- what is told

    def _tell(self, name: str) -> None:
        """Put entities in place of the mentions of a dispatch."""
        old, read = self._told.pop(name, Told()), self._reads.get(name)
        new = told(read, self._meant(name), self._registry.generic, self._wrong) if read else None
        for statement in old.statements:
            del self._statements[statement.id]
        self._statements |= {s.id: s for s in (new.statements if new else ())}
        _renew(self._told, {name: new})
        _renew(self._bodies, {name: new.bodies if new else None})

    def _meant(self, name: str) -> Meant:
        return partial(self._registry.entity, name)

    def _date(
        self, found: Mapping[str, Dispatch], readings: Mapping[str, Reading], datings: Mapping[str, Dating]
    ) -> set[str]:
        """Date the undated by others of the same events; return the dispatches that are dated or read otherwise."""
        now = {i: redating.estimated(d, datings.get(i)) for i, d in self._known.items()}
        dated = _differing(self._dispatches, now)
        _renew(self._dispatches, dated)
        again = {i: self._rereadings.of(r, found[i], now[i], datings.get(i)) for i, r in readings.items()}
        read = _differing(self._again, again)
        self._again = again
        return dated.keys() | read.keys()

    def _claim(self, name: str) -> tuple[Claim, ...]:
        """Return the claims of a dispatch, read under the date that it has now."""
        for claim in self._claims_of.pop(name, ()):
            del self._claims[claim.id]
        claims = self._told[name].claims if name in self._told else ()
        again = self._again.get(name)
        if again is not None and again is not self._reads[name].reading:
            claims = claims_of(again, self._meant(name), self._wrong)
        if claims:
            self._claims_of[name] = claims
        self._claims |= {c.id: c for c in claims}
        return claims


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
    return dict(sorted(found.items()))


def _dated_by_copy(dispatch: Dispatch, oldest: Dispatch) -> Dispatch:
    """Return an undated dispatch with the date of the oldest copy of it."""
    return dispatch if dispatch.published else redated(dispatch, oldest.published)


def _readings(readings: Iterable[Reading], dispatches: Mapping[str, Dispatch]) -> dict[str, Reading]:
    """Return one reading a dispatch, by dispatch."""
    last: dict[str, Reading] = {}
    for reading in readings:
        known = last.get(reading.dispatch)
        if reading.dispatch in dispatches and (known is None or known.reader <= reading.reader):
            last[reading.dispatch] = reading
    return dict(sorted(last.items()))


def _differing(old: Mapping[str, T], new: Mapping[str, T]) -> dict[str, T | None]:
    """Return what came or changed, by id, with `None` for what went."""
    gone: dict[str, T | None] = dict.fromkeys(old.keys() - new.keys())
    return gone | {i: item for i, item in new.items() if i not in old or old[i] != item}


def _renew(held: dict[str, T], changed: Mapping[str, T | None]) -> None:
    """Put in what came or changed, take away what is `None`."""
    for name, item in changed.items():
        held.pop(name, None)
        if item is not None:
            held[name] = item


def _last(judgement: Judgement) -> tuple[str, str]:
    """Return the key that puts the withdrawn form of a judgement behind the standing one."""
    return (judgement.withdrawn or "", judgement.id)
