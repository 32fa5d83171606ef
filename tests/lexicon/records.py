"""What the record makes of whole texts, of names and of words for people, as labels that an example may ask for.

Each label is of the whole text. ` // ` parts two dispatches, ` / ` two names or two sorts of people, and `<mill:
facility>` is a name that the rules alone do not find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.parts import Kit
from onrecord.extract.read import read
from onrecord.lexicon.folding import fold
from onrecord.model.records import Dispatch, Reading, Record
from onrecord.reconcile import people, persons
from onrecord.reconcile.localities import describes
from onrecord.reconcile.record import Knowledge, reconcile
from onrecord.reconcile.sightings import plain_name
from tests.factories import a_dispatch, a_mention

_NAMED = re.compile(r"<([^<>]+): (\w+)>")


def name_labels(text: str) -> Iterator[str]:
    """Yield what a name is taken for; of two names, whether they are one person's."""
    one, _, other = text.partition(" / ")
    yield f"called {plain_name(text, 'person')}"
    if other and persons.alike(fold(one), fold(other)):
        yield "one name"
    if describes(fold(text)):
        yield "only described"


def people_labels(text: str) -> Iterator[str]:
    """Yield which sort of people words mean, and what those are called; of two sorts, whether one is of the other."""
    one, _, other = text.partition(" / ")
    yield f"sort {people.group_of(text) or 'not told'}"
    yield f"put as {people.noun_phrase(text, 'killed')}"
    if other and people.is_part(people.group_of(one), people.group_of(other)):
        yield "belongs"


def record_labels(text: str, kit: Kit, published: str) -> Iterator[str]:
    """Yield what the record of these dispatches, each of another paper of that day, holds."""
    dispatches, readings = [], []
    for number, words in enumerate(text.split(" // "), start=1):
        plain = _NAMED.sub(r"\1", words)
        dispatches.append(a_dispatch(plain, published=published, outlet=f"Paper {number}", file=f"{number}.txt"))
        readings.append(_with_named(read(dispatches[-1], kit), dispatches[-1], words))
    knowledge = Knowledge(actors=kit.actors, gazetteer=kit.gazetteer)
    record = reconcile(dispatches, readings, (), knowledge=knowledge)
    yield "copies" if len(set(record.lineage.values())) < len(dispatches) else "sources apart"
    yield from _counted(record)
    yield from _told(record)


def _with_named(reading: Reading, dispatch: Dispatch, words: str) -> Reading:
    """Return the reading with the names that an example marks in place of what the rules find there."""
    named = [a_mention(dispatch, match[1], match[2]) for match in _NAMED.finditer(words)]
    kept = [m for m in reading.mentions if not any(m.span.overlaps(own.span) for own in named)]
    return replace(reading, mentions=tuple(sorted((*kept, *named), key=lambda m: m.span)))


def _counted(record: Record) -> Iterator[str]:
    for kind, count in Counter(event.type for event in record.events).items():
        yield f"makes {count} {kind}"
    for measure, count in Counter(figure.measure for figure in record.figures).items():
        yield f"makes {count} {measure}"


def _told(record: Record) -> Iterator[str]:
    names = {entity.id: entity.name for entity in record.entities}
    yield from (f"makes {name}" for name in names.values())
    for event in record.events:
        yield f"graded {event.grade}"
        yield from (f"disputed {dispute.field}" for dispute in event.disputes)
    yield from (f"because {dispute.why}" for figure in record.figures for dispute in figure.disputes)
    yield from (f"leaves {names[stretch.place]} {stretch.state}" for stretch in record.control)
    yield from (f"leaves {names[s.place]} to {names[s.holder]}" for s in record.control if s.holder)
