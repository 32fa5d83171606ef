"""The record: what follows from all that was read and judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from onrecord.model.records import Dating, Dispatch, Judgement, Reading, Record
from onrecord.model.sweeps import no_sweeps
from onrecord.model.vocabulary import Rule
from onrecord.reconcile import events, figures
from onrecord.reconcile.conclusions import Conclusions
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.grades import GradeRule
from onrecord.reconcile.intake import Intake, differing
from onrecord.reconcile.judgements import Decisions, decisions
from onrecord.reconcile.keys import Knowledge
from onrecord.reconcile.lineage import age
from onrecord.reconcile.linking import Datings
from onrecord.reconcile.redating import Redating, Reread, dated_outright
from onrecord.reconcile.registry import Registry
from onrecord.reconcile.sightings import Read
from onrecord.reconcile.standings import standings
from onrecord.reconcile.told import Accounts

__all__ = ["Knowledge", "Reconciler", "reconcile"]


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
        self._decided = Decisions()
        self._intake = Intake()
        self._registry = Registry(knowledge, self._intake.lineages, self._ids)
        self._accounts = Accounts(self._intake, self._registry)
        self._redating = Redating(self._reread)
        self._facts = Facts(
            dispatches=self._redating.dispatches,
            lineage=self._intake.lineages.of,
            entities=self._registry.by_id,
            statements=self._accounts.statements,
            voices=self._accounts.voices,
            actors=knowledge.actors,
            generic=self._registry.generic,
            categories=self._registry.categories,
            mentions=self._accounts.bodies,
            given=self._ids,
        )
        self._datings = Datings(replace(self._facts, dispatches=self._intake.dispatches))
        self._conclusions = Conclusions(self._facts, self._accounts.claims, self._rule, self._grades)

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
        with no_sweeps():
            self._number(given)
            judged = sorted({j.id: j for j in sorted(judgements, key=_last)}.values(), key=lambda j: (j.at, j.id))
            return self._record(self._intake.found(dispatches, readings), judged)

    def _record(self, found: dict[str, Read], judged: list[Judgement]) -> Record:
        decided = decisions(judged, found.values(), self._knowledge.gazetteer)
        changed, relined = self._intake.update(found, decided)
        moved = self._registry.update(changed, relined, self._intake.reads, decided)
        moved |= relined | self._accounts.hear(changed.keys() | relined) | self._judged_otherwise(decided)
        self._datings.update(self._accounts.tell(moved, decided))
        dispatches, lineage = self._intake.dispatches, self._intake.lineages.of
        datings = dated_outright(found, dispatches, decided.dated, lineage) | self._datings.by_dispatch
        moved |= self._redating.update(found, dispatches, datings)
        again = self._redating.again
        self._conclusions.update({name: self._accounts.claim(name, again.get(name)) for name in moved})
        record = self._put_together(judged, datings)
        called = self._registry.called(decided.labels)
        return replace(record, standings=standings(record, decided, called)) if judged else record

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

    def _judged_otherwise(self, decided: Decisions) -> set[str]:
        """Note what was judged of claims; return the dispatches of those of which that is other than before."""
        facts, before = self._facts, self._decided
        names = decided.wrong ^ before.wrong | {claim for claim, _ in decided.right.items() ^ before.right.items()}
        names |= {claim for _, pair in decided.ties.pairs ^ before.ties.pairs for claim in pair}
        names |= differing(before.changed, decided.changed).keys()
        self._decided, facts.right, facts.ties = decided, decided.right, decided.ties
        claims = (c for r in self._intake.reads.values() for c in r.reading.claims) if names else ()
        return {c.dispatch for c in claims if c.id in names}

    def _put_together(self, judged: list[Judgement], datings: Mapping[str, Dating]) -> Record:
        """Return what is concluded, every list in its order."""
        told, conclusions = [told for _, told in sorted(self._accounts.told.items())], self._conclusions
        return Record(
            dispatches=tuple(sorted(self._redating.dispatches.values(), key=age)),
            entities=tuple(sorted(self._registry.by_id.values(), key=lambda e: (e.kind, e.name, e.id))),
            mentions=tuple(chain.from_iterable(t.mentions for t in told)),
            statements=tuple(chain.from_iterable(t.statements for t in told)),
            claims=tuple(chain.from_iterable(claims for _, claims in sorted(conclusions.linked.items()))),
            events=tuple(sorted(conclusions.events.values(), key=events.order)),
            figures=tuple(sorted(conclusions.figures.values(), key=figures.order)),
            control=tuple(conclusions.control()),
            judgements=tuple(judged),
            datings=tuple(dating for _, dating in sorted(datings.items())),
            lineage=dict(sorted(self._intake.lineages.of.items())),
        )


def _last(judgement: Judgement) -> tuple[str, str]:
    """Return the key that puts the withdrawn form of a judgement behind the standing one."""
    return (judgement.withdrawn or "", judgement.id)
