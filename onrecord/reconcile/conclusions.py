"""What follows from claims: events, figures and control, each kept as claims come, change and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model.records import Claim, Control, Event, Figure
from onrecord.model.vocabulary import Rule
from onrecord.reconcile.control import Controls
from onrecord.reconcile.events import Events
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.figures import Figures, order
from onrecord.reconcile.grades import GradeRule


class Conclusions:
    """Events and figures by id, and the claims of each dispatch linked with theirs; `claims` are all claims by id.

    Figures are concluded under `rule`, events graded by `grades`.
    """

    def __init__(self, facts: Facts, claims: Mapping[str, Claim], rule: Rule, grades: Sequence[GradeRule]) -> None:
        self.events: dict[str, Event] = {}
        self.linked: dict[str, tuple[Claim, ...]] = {}
        self._claims = claims
        self._of_dispatch: dict[str, tuple[Claim, ...]] = {}
        self._events, self._figures = Events(facts, grades), Figures(facts, rule)
        self._controls = Controls(facts, claims)
        self._counted: defaultdict[str, dict[str, Figure]] = defaultdict(dict)

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures by id."""
        return self._figures.by_id

    def control(self) -> list[Control]:
        """Return who held each place over which time."""
        return self._controls.stretches()

    def update(self, claims: Mapping[str, tuple[Claim, ...]]) -> None:
        """Take the claims of dispatches, or none, for those that they had."""
        for dispatch, told in claims.items():
            self._of_dispatch.pop(dispatch, None)
            if told:
                self._of_dispatch[dispatch] = told
        fallen, came = self._events.update(claims)
        rehoused = self._rehoused(fallen, came)
        counted = {d: self._of_dispatch.get(d, ()) for d in claims.keys() | rehoused}
        old, new = self._figures.update(counted, self._events, {event.id for event in (*fallen, *came)})
        self._controls.update(*self._with_figures(fallen, came, old, new), claims)
        self._link(claims.keys() | rehoused | self._rehoused(old, new))

    def _rehoused(self, fallen: Iterable[Event | Figure], came: Iterable[Event | Figure]) -> set[str]:
        """Return the dispatches with a claim that belongs to another event or figure than before."""
        before, after = ({c: f.id for f in found for c in f.claims} for found in (fallen, came))
        moved = {c for c in before.keys() | after.keys() if before.get(c) != after.get(c)}
        return {self._claims[c].dispatch for c in moved if c in self._claims}

    def _with_figures(
        self, fallen: list[Event], came: list[Event], old: list[Figure], new: list[Figure]
    ) -> tuple[list[Event], list[Event]]:
        """Give events the figures that count them; return the events that fell and those that came, with figures."""
        for figure in (f for f in old if f.event):
            self._counted[figure.event or ""].pop(figure.id, None)
        for figure in (f for f in new if f.event):
            self._counted[figure.event or ""][figure.id] = figure
        touched = {e.id for e in (*fallen, *came)} | {f.event for f in (*old, *new) if f.event}
        gone = [self.events.pop(i) for i in sorted(touched) if i in self.events]
        known = {e.id: e for e in gone}
        for name in touched & self._events.by_id.keys():
            counted = tuple(f.id for f in sorted(self._counted[name].values(), key=order))
            event = replace(self._events.by_id[name], figures=counted)
            self.events[name] = known[name] if known.get(name) == event else event
        return gone, [self.events[name] for name in sorted(touched & self.events.keys())]

    def _link(self, dispatches: Iterable[str]) -> None:
        """Tell the claims of these dispatches their events and figures; a claim that says the same stays the object."""
        event_of, figure_of = self._events.of_claim, self._figures.of_claim
        for dispatch in dispatches:
            known = {c.id: c for c in self.linked.pop(dispatch, ())}
            made = [
                replace(c, event=event_of.get(c.id) or event_of.get(c.about or ""), figure=figure_of.get(c.id))
                for c in self._of_dispatch.get(dispatch, ())
            ]
            if made:
                self.linked[dispatch] = tuple(known[c.id] if known.get(c.id) == c else c for c in made)
