"""What the pages ask of a record: everything by its id, and what belongs together."""

from __future__ import annotations

import gc
import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from onrecord.model.errors import NotFoundError, OnrecordError
from onrecord.model.records import (
    Claim,
    Control,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Judgement,
    Mention,
    Record,
    Standing,
    Statement,
    events_by_id,
    figures_by_id,
)
from onrecord.model.sweeps import no_sweeps
from onrecord.store.base import Store

LOG = logging.getLogger("onrecord")
T = TypeVar("T")
Groups = dict[str, tuple[T, ...]]
_PATIENCE_S = 0.15  # that a page waits for a new index before it shows the one before: few notice less


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A record with its parts by id and by what they belong to; built once per version of the record.

    Two are one only where they are the same object, so that what is worked out from one can be kept with it.
    """

    record: Record
    number: int
    timeline: tuple[Event, ...]
    dispatches: dict[str, Dispatch]
    entities: dict[str, Entity]
    statements: dict[str, Statement]
    claims: dict[str, Claim]
    events: dict[str, Event]
    figures: dict[str, Figure]
    claims_in: Groups[Claim]
    statements_in: Groups[Statement]
    mentions_in: Groups[tuple[Mention, str]]
    mentions: dict[str, tuple[Mention, str]]
    mentions_of: Groups[Mention]
    statements_by: Groups[Statement]
    events_with: Groups[Event]
    events_of: Groups[Event]
    events_at: Groups[Event]
    judged: Groups[tuple[Judgement, Standing]]
    figures_at: Groups[Figure]
    control_of: Groups[Control]
    held_by: Groups[Control]
    parts_of: Groups[Entity]
    copies: Groups[str]

    @property
    def lineage(self) -> dict[str, str]:
        """The oldest copy of each dispatch."""
        return self.record.lineage


def index(record: Record, number: int = 0) -> Index:
    """Return the record of this number with its parts by id and by what they belong to; events come by time."""
    timeline = events_by_time(record.events)
    return Index(
        record=record,
        number=number,
        timeline=timeline,
        dispatches={d.id: d for d in record.dispatches},
        entities={e.id: e for e in record.entities},
        statements={s.id: s for s in record.statements},
        claims={c.id: c for c in record.claims},
        events=events_by_id(record),
        figures=figures_by_id(record),
        claims_in=_grouped(record.claims, lambda c: (c.dispatch,)),
        statements_in=_grouped(record.statements, lambda s: (s.dispatch,)),
        mentions_in=_grouped(record.mentions, lambda pair: (pair[0].span.dispatch,)),
        mentions={m.id: (m, entity) for m, entity in record.mentions},
        mentions_of=_mentions(record),
        statements_by=_grouped(record.statements, lambda s: _known(s.speaker, s.organisation)),
        events_with=_grouped(timeline, lambda e: _known(*e.agents, *e.targets, e.place)),
        events_of=_grouped(timeline, lambda e: (e.type,)),
        events_at=_grouped(timeline, lambda e: _known(e.place)),
        judged=_judged(record),
        figures_at=_grouped(record.figures, lambda f: _known(f.place)),
        control_of=_grouped(record.control, lambda c: (c.place,)),
        held_by=_grouped(record.control, lambda c: _known(c.holder)),
        parts_of=_grouped(record.entities, lambda e: _known(e.parent)),
        copies=_grouped(sorted(record.lineage), lambda d: (record.lineage[d],)),
    )


class LoadingError(OnrecordError):
    """The record is still being made ready, and there is none before it to show."""


class Desk:
    """Hands out the index of the record that the store holds, and builds it anew only when the record changed.

    A large record takes seconds to build: until the new index is there, pages show the one before. `warm` are
    worked out and kept with each index before it is shown. `patience` is for how many seconds a page waits for the
    first index before a LoadingError; `None` waits until it is there.
    """

    def __init__(
        self, store: Store, warm: Iterable[Callable[[Index], object]] = (), *, patience: float | None = None
    ) -> None:
        self.store = store
        self._patience = patience
        self._refused: Exception | None = None
        self._warm = tuple(warm)
        self._version: int | None = None
        self._index = index(Record())
        self._building: threading.Thread | None = None

    def warm(self, work: Iterable[Callable[[Index], object]]) -> None:
        """Work this out, too, before an index is shown."""
        self._warm += tuple(work)

    def index(self) -> Index:
        """Return the index of the record last saved, or for a moment of the one before. Raises LoadingError."""
        if self._building is not None and not self._building.is_alive():
            self._building = None
        version = self.store.version()
        if version == self._version:
            return self._index
        if self._building is None:
            self._building = threading.Thread(target=self._try, args=(version,), daemon=True)
            self._building.start()
            self._building.join(self._patience if self._version is None else _PATIENCE_S)
        if self._version is None:
            raise self._refused or LoadingError("the record is being made ready; try again in a moment")
        return self._index

    def _try(self, version: int) -> None:
        self._refused = None
        try:
            self._build(version)
        except Exception as error:  # the page that waits for it tells what it is
            self._refused = error
            LOG.exception("The record of version %s cannot be shown", version)

    def _build(self, version: int) -> None:
        with no_sweeps():
            made = index(self.store.record(), version)
            for work in self._warm:
                work(made)
        gc.freeze()  # an index lives until the next one: the collector need not walk it for every page
        self._index, self._version = made, version


def unfollowed(store: Store, ix: Index) -> int:
    """Return how many decisions the record shown does not follow yet."""
    if not store.stale() and ix.number == store.version():
        return 0
    states = {s.judgement: s.state for s in ix.record.standings}
    judged = store.judgements()
    return sum((states.get(j.id) != "withdrawn") if j.withdrawn else j.id not in states for j in judged)


def _known(*ids: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for i in ids if i))


def _grouped(items: Iterable[T], keys: Callable[[T], Iterable[str]]) -> Groups[T]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            groups[key].append(item)
    return {key: tuple(group) for key, group in groups.items()}


def _mentions(record: Record) -> Groups[Mention]:
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention, entity in record.mentions:
        groups[entity].append(mention)
    return {entity: tuple(group) for entity, group in groups.items()}


def _judged(record: Record) -> Groups[tuple[Judgement, Standing]]:
    """Return the decisions that bear on each thing of the record, those that were taken back left out."""
    made = {j.id: j for j in record.judgements}
    pairs = [(made[s.judgement], s) for s in record.standings if s.state != "withdrawn" and s.judgement in made]
    return _grouped(pairs, lambda pair: pair[1].touches)


def read_times(ix: Index, entity: str) -> int:
    """Return how often an entity was read."""
    return len(ix.mentions_of.get(entity, ()))


def first_mentions(ix: Index, entity: str) -> tuple[tuple[Mention, Dispatch], ...]:
    """Return an entity's first mention in each dispatch that holds one, the latest dispatch first."""
    firsts: dict[str, Mention] = {}
    for mention in ix.mentions_of.get(entity, ()):
        known = firsts.get(mention.span.dispatch)
        if known is None or mention.span < known.span:
            firsts[mention.span.dispatch] = mention
    pairs = [(m, ix.dispatches[d]) for d, m in firsts.items() if d in ix.dispatches]
    return tuple(sorted(pairs, key=lambda p: (p[1].published or "", p[1].id), reverse=True))


def first_under_each_name(ix: Index, entity: Entity) -> dict[str, tuple[Mention, Dispatch]]:
    """Return, for each form of an entity's name, the earliest place where it stands in these words."""
    firsts: dict[str, tuple[Mention, Dispatch]] = {}
    for mention, dispatch in reversed(first_mentions(ix, entity.id)):
        firsts.setdefault(" ".join(dispatch.quote(mention.span).split()), (mention, dispatch))
        firsts.setdefault(mention.name, (mention, dispatch))
    return firsts


def found(table: dict[str, T], key: str, what: str) -> T:
    """Return what has this id. Raises NotFoundError that names what was sought."""
    if key not in table:
        raise NotFoundError(
            f"The record holds no {what} with the id {key!r}. It may have changed since the link was made."
        )
    return table[key]


def claims_of(ix: Index, ids: Iterable[str]) -> tuple[Claim, ...]:
    """Return the claims with these ids, the earliest published first; ids that are not on record are left out."""
    claims = [ix.claims[i] for i in ids if i in ix.claims]
    return tuple(sorted(claims, key=lambda c: (_published(ix, c.dispatch), c.dispatch, c.trigger.start, c.id)))


def _published(ix: Index, dispatch: str) -> str:
    known = ix.dispatches.get(dispatch)
    return (known.published if known else None) or "9999"


def events_by_time(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events by their start, those without a date last."""
    return tuple(sorted(events, key=lambda e: (e.when.start or e.when.end or "9999", e.when.end or "", e.id)))


@lru_cache(maxsize=2)
def dispatches_by_time(ix: Index) -> tuple[Dispatch, ...]:
    """Return the dispatches, the latest published first and undated ones last."""
    dated = sorted(
        (d for d in ix.record.dispatches if d.published), key=lambda d: (d.published or "", d.id), reverse=True
    )
    return (*dated, *(d for d in ix.record.dispatches if not d.published))


@lru_cache(maxsize=2)
def figures_by_weight(ix: Index) -> tuple[Figure, ...]:
    """Return the figures that matter most first: disputed, then by independent sources, claims and size."""
    return tuple(
        sorted(
            ix.record.figures,
            key=lambda f: (not f.disputes, -f.sources, -len(f.claims), -(f.best or f.low or f.high or 0), f.id),
        )
    )


@lru_cache(maxsize=2)
def entities_by_weight(ix: Index) -> tuple[Entity, ...]:
    """Return the entities by how often they were read, then by name."""
    return tuple(sorted(ix.record.entities, key=lambda e: (-read_times(ix, e.id), e.name.casefold(), e.id)))


@lru_cache(maxsize=2)
def open_disputes(ix: Index) -> tuple[tuple[Event | Figure, Dispute], ...]:
    """Return each dispute with the event or figure that it is about, those with most claims first."""
    owners: list[Event | Figure] = [*ix.record.events, *ix.record.figures]
    pairs = [(owner, dispute) for owner in owners for dispute in owner.disputes]
    return tuple(sorted(pairs, key=lambda p: (-sum(len(v.claims) for v in p[1].values), p[0].id, p[1].field)))


@lru_cache(maxsize=2)
def holders_now(ix: Index) -> tuple[Control, ...]:
    """Return each place's latest stretches of control, by its name: those open, or else those that end last.

    Stretches with no dates count only where a place has no others.
    """
    latest: list[Control] = []
    for spells in ix.control_of.values():
        dated = [c for c in spells if c.since or c.until] or spells
        last = max(c.until or "9999" for c in dated)
        latest.extend(c for c in dated if (c.until or "9999") == last)
    return tuple(sorted(latest, key=lambda c: (name_of(ix, c.place).casefold(), c.since or "", c.holder or "")))


@lru_cache(maxsize=2)
def places_by_control(ix: Index) -> tuple[str, ...]:
    """Return the places of which control is told: those told of by most claims first, then by name."""
    told = {p: sum(len(c.claims) for c in spells) for p, spells in ix.control_of.items()}
    return tuple(sorted(told, key=lambda p: (-told[p], name_of(ix, p).casefold(), p)))


def name_of(ix: Index, entity: str | None) -> str:
    """Return the name of an entity, or its id where the record does not hold it, or nothing for none."""
    if not entity:
        return ""
    known = ix.entities.get(entity)
    return known.name if known else entity


@lru_cache(maxsize=2)
def origins(ix: Index) -> int:
    """Return the number of independent texts: copies and rewrites of one text count once."""
    return len({ix.record.lineage.get(d.id, d.id) for d in ix.record.dispatches})


def within(ix: Index, place: str) -> frozenset[str]:
    """Return the ids of a place and of all that lies in it."""
    seen = {place}
    queue = [place]
    while queue:
        for part in ix.parts_of.get(queue.pop(), ()):
            if part.id not in seen:
                seen.add(part.id)
                queue.append(part.id)
    return frozenset(seen)


def places_of(ix: Index, events: Sequence[Event]) -> tuple[tuple[Entity, int], ...]:
    """Return the places of these events that have a point, each with its number of events, most first."""
    counts = Counter(e.place for e in events if e.place)
    placed = [(ix.entities[p], n) for p, n in counts.items() if p in ix.entities and ix.entities[p].point]
    return tuple(sorted(placed, key=lambda pair: (-pair[1], pair[0].name, pair[0].id)))


def roots(ix: Index, dispatch: str) -> tuple[str, tuple[Dispatch, ...]]:
    """Return the id of the text that this dispatch copies or its own, and all other copies of that text."""
    root = ix.record.lineage.get(dispatch, dispatch)
    family = (*ix.copies.get(root, ()), root)
    others = tuple(ix.dispatches[d] for d in dict.fromkeys(family) if d != dispatch and d in ix.dispatches)
    return root, others


# What is worked out before an index is shown, so that no page has to wait for it.
HEAVY: Final[tuple[Callable[[Index], object], ...]] = (
    figures_by_weight,
    entities_by_weight,
    open_disputes,
    holders_now,
    origins,
    dispatches_by_time,
    places_by_control,
)
