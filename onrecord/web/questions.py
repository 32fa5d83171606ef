"""What waits for a person: the decisions that would change most, first."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import combinations, pairwise

from rapidfuzz.distance import JaroWinkler

from onrecord.model.records import Claim, Dispute, Entity, Event, Figure, Judgement
from onrecord.web.nearby import event_words
from onrecord.web.queries import Index, claims_of, name_of, read_times
from onrecord.web.words import label, path

KINDS = (
    ("dispute", "Disputes", "Which account is right?"),
    ("claim", "Doubtful claims", "Does the text say this?"),
    ("names", "Names", "One or two?"),
    ("events", "Events", "One or two?"),
)
_ALIKE = 0.9  # Jaro-Winkler of two words from which on a person is asked: Selo and Silo have 0.85, Sello and Selo 0.95
_DOUBTFUL = 0.6  # score of a claim below which a person is asked
_BLOCK = 60  # names that begin alike, compared with one another: more are no question that a person would answer
_MANY = 2000  # questions kept: more than a team answers before the record changes
_HIGH = ("confirmed", "fair")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its words, the decision that it is, and the claim whose words are shown with it."""

    words: str
    verdict: str
    about: str
    value: str = ""
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide; `weight` is what hangs on it, in claims, and `subjects` the ids that an answer names."""

    id: str
    kind: str
    weight: float
    title: str
    why: str
    href: str
    options: tuple[Option, ...]
    subjects: frozenset[str]


@lru_cache(maxsize=2)
def questions(ix: Index) -> tuple[Question, ...]:
    """Return what a person could decide in this record, what changes most first."""
    found = [*_disputes(ix), *_doubtful(ix), *_names(ix), *_events(ix)]
    return tuple(sorted(found, key=lambda q: (-q.weight, q.id)))[:_MANY]


def open_questions(ix: Index, judgements: Iterable[Judgement], kind: str = "") -> list[Question]:
    """Return the questions of a kind that no decision in force answers."""
    answered = [subjects_of(ix, j) for j in judgements if not j.withdrawn]
    single = {s for a in answered if len(a) == 1 for s in a}
    pairs = {a for a in answered if len(a) > 1}
    return [
        q
        for q in questions(ix)
        if kind in ("", q.kind)
        and q.subjects not in pairs
        and (q.kind in ("names", "events") or not q.subjects & single)
    ]


def subjects_of(ix: Index, judgement: Judgement) -> frozenset[str]:
    """Return the ids of what a decision is about: claims, or the entities whose names it gives."""
    if judgement.verdict not in ("wrong", "right", "same", "different"):
        return frozenset()
    found = set()
    for name, anchor in zip((judgement.about, judgement.value), judgement.anchors, strict=False):
        if anchor.type:
            claim = ix.claims.get(name or "")
            event = claim.event if claim and judgement.verdict in ("same", "different") else None
            found.add(event or name or "")
            continue
        here = ix.mentions_in.get(anchor.dispatch, ())
        found |= {e for m, e in here if (m.span.start, m.span.end) == (anchor.start, anchor.end)}
    return frozenset(found)


# ----------------------------------------------------------------------------------------------- disputes


def _disputes(ix: Index) -> Iterator[Question]:
    owners: list[Event | Figure] = [*ix.record.events, *ix.record.figures]
    for owner in owners:
        for dispute in owner.disputes:
            yield _dispute(ix, owner, dispute)


def _dispute(ix: Index, owner: Event | Figure, dispute: Dispute) -> Question:
    is_event = isinstance(owner, Event)
    title = event_words(ix, owner) if isinstance(owner, Event) else _figure_words(ix, owner)
    options = []
    for position in dispute.values[:9]:
        told = claims_of(ix, position.claims[:20])
        if told:
            options.append(Option(position.value, "right", told[0].id, claim=told[0]))
    claims = frozenset(c for position in dispute.values for c in position.claims)
    return Question(
        id=f"d-{owner.id}-{dispute.field}",
        kind="dispute",
        weight=len(claims) + owner.sources,
        title=f"{title}: {label(dispute.field)}",
        why=dispute.why,
        href=path("events" if is_event else "figures", owner.id),
        options=tuple(options),
        subjects=claims,
    )


def _figure_words(ix: Index, figure: Figure) -> str:
    where = f", {name_of(ix, figure.place)}" if figure.place else ""
    return f"{label(figure.measure).capitalize()}{f', {figure.who}' if figure.who else ''}{where}"


# ------------------------------------------------------------------------------------------- doubtful claims


def _doubtful(ix: Index) -> Iterator[Question]:
    for claim in ix.record.claims:
        event = ix.events.get(claim.event or "")
        if claim.score < _DOUBTFUL and event is not None and event.grade in _HIGH and len(event.claims) > 1:
            yield Question(
                id=f"c-{claim.id}",
                kind="claim",
                weight=round((1 - claim.score) * event.sources * (2 if event.grade == "confirmed" else 1), 2),
                title=f"{label(claim.type).capitalize()} in {event_words(ix, event)}",
                why=f"This claim was read with a score of {claim.score:.2f}; the event is {event.grade}.",
                href=path("events", event.id),
                options=(
                    Option("The text says so", "right", claim.id, claim=claim),
                    Option("Wrong: leave it out", "wrong", claim.id),
                    *_not_this_event(event, claim),
                ),
                subjects=frozenset((claim.id,)),
            )


def _not_this_event(event: Event, claim: Claim) -> tuple[Option, ...]:
    other = next((c for c in event.claims if c != claim.id), None) if claim.kind == "event" else None
    return (Option("It tells of another event", "different", claim.id, other),) if other else ()


# ------------------------------------------------------------------------------------------------ names, events


def _names(ix: Index) -> Iterator[Question]:
    blocks: defaultdict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in ix.record.entities:
        blocks[entity.kind, _plain(entity.name)[:2]].append(entity)
    for block in blocks.values():
        if len(block) <= _BLOCK:
            yield from (_pair(ix, a, b) for a, b in combinations(block, 2) if _alike(a, b))


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).removeprefix("al-").removeprefix("the ")


def _alike(one: Entity, other: Entity) -> bool:
    """Tell whether two proper names have as many words and each is spelt like its counterpart."""
    first, second = _plain(one.name).split(), _plain(other.name).split()
    if len(first) != len(second) or one.name.islower() or other.name.islower():
        return False
    if any(c.isdigit() for c in one.name + other.name):
        return False
    return all(JaroWinkler.similarity(a, b, score_cutoff=_ALIKE) for a, b in zip(first, second, strict=True))


def _pair(ix: Index, one: Entity, other: Entity) -> Question:
    one, other = sorted((one, other), key=lambda e: (-read_times(ix, e.id), e.id))
    often = f"read {read_times(ix, one.id)} and {read_times(ix, other.id)} times"
    return Question(
        id=f"n-{one.id}-{other.id}",
        kind="names",
        weight=read_times(ix, other.id) + len(ix.events_with.get(other.id, ())),
        title=f"{one.name} and {other.name}",
        why=f"Two {one.kind} names that are spelt alike, {often}.",
        href=path("entities", other.id),
        options=(
            Option("One", "same", one.id, other.id),
            Option("Two", "different", one.id, other.id),
        ),
        subjects=frozenset((one.id, other.id)),
    )


def _events(ix: Index) -> Iterator[Question]:
    groups: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in ix.timeline:
        if event.place and event.when.first and event.when.precision == "day" and event.claims:
            groups[event.type, event.place].append(event)
    for group in groups.values():
        for one, other in pairwise(group):
            if _a_day_apart(one, other) and not _told_together(ix, one, other):
                yield _two(ix, one, other)


def _a_day_apart(one: Event, other: Event) -> bool:
    first, second = one.when.first, other.when.first
    return first is not None and second is not None and second - first <= timedelta(days=1)


def _told_together(ix: Index, one: Event, other: Event) -> bool:
    """Tell whether one dispatch tells of both, which then are rarely one."""
    return not _dispatches(ix, one.claims).isdisjoint(_dispatches(ix, other.claims))


def _dispatches(ix: Index, claims: Sequence[str]) -> set[str]:
    return {ix.claims[c].dispatch for c in claims if c in ix.claims}


def _two(ix: Index, one: Event, other: Event) -> Question:
    first, second = (claims_of(ix, e.claims[:1])[0] for e in (one, other))
    return Question(
        id=f"v-{one.id}-{other.id}",
        kind="events",
        weight=min(len(one.claims), len(other.claims)) + 0.5,
        title=f"{event_words(ix, one)} and {event_words(ix, other)}",
        why="Two events of one type at one place, no more than a day apart, told by different dispatches.",
        href=path("events", one.id),
        options=(
            Option("One", "same", first.id, second.id, claim=first),
            Option("Two", "different", first.id, second.id, claim=second),
        ),
        subjects=frozenset((one.id, other.id)),
    )
