"""What the rules find in a sentence, each thing as a stretch of it with the labels that an example may ask for.

Only the parts that the labels need are run, and the network for `recorded` alone, so that thousands of examples take
seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from onrecord.extract.attribution.cuegrammar import listed, pattern
from onrecord.extract.attribution.cues import leanings
from onrecord.extract.attribution.statements import made, stretches
from onrecord.extract.control.control import control
from onrecord.extract.control.taking import on_its_ground
from onrecord.extract.events.bystanders import relative_suffers, stands_by
from onrecord.extract.events.carried import carried
from onrecord.extract.events.demonyms import demonyms
from onrecord.extract.events.entries import in_entries
from onrecord.extract.events.found import Found
from onrecord.extract.events.frames import event_claims, frames, views_of
from onrecord.extract.events.grammar import View
from onrecord.extract.events.sides import leaders
from onrecord.extract.hearing import heard
from onrecord.extract.mentions.cast import Cast, Profile
from onrecord.extract.mentions.names import mentions
from onrecord.extract.mentions.profiles import profiles
from onrecord.extract.parts import Kit, Quantity, Sentence, TimeExpression
from onrecord.extract.quantities.amounts import quantities
from onrecord.extract.quantities.figures import figures
from onrecord.extract.read import read, standard_kit, without_months
from onrecord.extract.sentences import sentences
from onrecord.extract.times.times import times
from onrecord.model.records import Mention, Statement
from onrecord.model.values import Span
from onrecord.model.vocabulary import CONTROL_STATES, ENTITY_KINDS, EVENT_TYPES, MODES, STANCES, STATUSES
from onrecord.reader.read import Read
from onrecord.reconcile.places import resolve
from tests.extract.marked import worded_amount, worded_time
from tests.factories import a_dispatch
from tests.lexicon.pages import labelled
from tests.lexicon.records import name_labels, people_labels, record_labels

PUBLISHED = "2017-10-18"  # a Wednesday


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a text and all that it was found as."""

    start: int
    end: int
    labels: frozenset[str]


class Findings:
    """What the rules find in one text, part by part, each part run when it is asked for."""

    def __init__(self, text: str, kit: Kit) -> None:
        self.dispatch = a_dispatch(text, published=PUBLISHED)
        self.kit = kit

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.dispatch, self.kit.tagger.tag(self.dispatch.text))

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        return times(self.dispatch, self.sentences)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        named = without_months(mentions(self.dispatch, self.sentences, self.kit), self.times)
        return tuple(sorted((*named, *demonyms(self.sentences, named, self.kit)), key=lambda m: m.span))

    @cached_property
    def views(self) -> tuple[View, ...]:
        return views_of(self.sentences, self.mentions, self.kit.actors)

    @cached_property
    def led(self) -> dict[str, Mention]:
        return leaders(self.mentions, self.profiles, self.kit.actors)

    @cached_property
    def events(self) -> list[Found]:
        found = in_entries(carried(frames(self.views, self.times, led=self.led)), self.views, self.times)
        return [on_its_ground(item, self.kit.actors) for item in found]

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.dispatch, self.sentences, self.times)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        return profiles(self.dispatch, self.sentences, self.mentions, self.kit)

    @cached_property
    def cast(self) -> Cast:
        return Cast.of(self.dispatch.text, self.mentions, self.profiles)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return made(self.dispatch, stretches(self.dispatch, self.sentences, self.cast), self.cast)

    def words(self, words: str) -> Iterator[Span]:
        """Yield each place where words stand."""
        at = self.dispatch.text.find(words) if words else -1
        while at >= 0:
            yield Span(self.dispatch.id, at, at + len(words))
            at = self.dispatch.text.find(words, at + 1)


def _item(span: Span, *labels: str) -> Item:
    return Item(span.start, span.end, frozenset(labels))


def _sentences(found: Findings) -> Iterator[Item]:
    return (_item(sentence.span, "sentence") for sentence in found.sentences)


def _times(found: Findings) -> Iterator[Item]:
    return (_item(time.span, "time", time.kind, worded_time(time)) for time in found.times)


def _mentions(found: Findings) -> Iterator[Item]:
    for mention in found.mentions:
        yield _item(mention.span, "mention", mention.kind, mention.form, f"named {mention.name}")


def _roles(found: Findings) -> Iterator[Item]:
    by_id = {mention.id: mention.span for mention in found.mentions}
    return (_item(by_id[profile.mention], f"role {profile.role}") for profile in found.profiles)


def _lies(found: Findings) -> Iterator[Item]:
    """Yield the whole text, which is the words for a place, with where that lies: "lies near Aleppo"."""
    text = found.dispatch.text
    if at := resolve(text, found.kit.gazetteer):
        yield Item(0, len(text), frozenset({f"lies {at.precision}", f"lies {at.precision} {at.place.name}"}))


def _events(found: Findings) -> Iterator[Item]:
    by_id = {mention.id: mention for mention in (*found.mentions, *found.led.values())}
    for event, claim in zip(found.events, event_claims(found.events), strict=True):
        sort = "verb" if event.trigger.verbal else event.trigger.pos
        sides = [("agent", by_id[m], f"done by {by_id[m].name}") for m in claim.agents]
        sides += [("target", by_id[m], f"done to {by_id[m].name}") for m in claim.targets]
        day = f"when {claim.when.start}..{claim.when.end}"
        yield _item(claim.trigger, "event", claim.type, claim.status, sort, day, *(told for _, _, told in sides))
        yield from (_item(mention.span, label) for label, mention, _ in sides)
        yield from (_item(by_id[place].span, "where") for place in (claim.place,) if place)


def _recorded(found: Findings) -> Iterator[Item]:
    """Yield the events that go into the record: those of the rules and the trained reader together."""
    reading = read(found.dispatch, _with_reader())
    by_id = {mention.id: mention.name for mention in reading.mentions}
    for claim in reading.claims:
        if claim.kind == "event":
            done_to = (f"recorded done to {by_id[target]}" for target in claim.targets)
            yield _item(claim.trigger, "recorded", f"recorded {claim.type}", *done_to)


@cache
def _with_reader() -> Kit:
    return standard_kit()


def _quantities(found: Findings) -> Iterator[Item]:
    return (_item(item.span, "quantity", worded_amount(item)) for item in found.quantities)


def _figures(found: Findings) -> Iterator[Item]:
    for claim in figures(found.views, found.events, found.quantities, found.times, found.dispatch.published):
        yield _item(claim.trigger, "figure", f"counts {claim.type}", f"of {claim.who}", claim.mode or "")


def _control(found: Findings) -> Iterator[Item]:
    claims, holders = control(found.views, found.events, found.quantities, found.times, found.kit.actors)
    by_id = {mention.id: mention for mention in (*found.mentions, *holders)}
    for claim in claims:
        holding = (f"held by {by_id[mention].name}" for mention in claim.agents)
        state = f"{claim.type} {claim.status}"
        yield _item(claim.trigger, "control", claim.type, state, f"share {claim.share}", *holding)
        yield from (_item(by_id[mention].span, "holder") for mention in claim.agents)
        yield from (_item(by_id[mention].span, "held") for mention in (claim.place,) if mention)


def _statements(found: Findings) -> Iterator[Item]:
    by_id = {mention.id: mention.span for mention in found.mentions}
    for statement in found.statements:
        manner = "in quotes" if statement.direct else "reported"
        by, over = f"by {statement.speaker_text}", f"over {statement.channel}"
        yield _item(statement.content, "statement", statement.stance, manner, by, over)
        if statement.cue:
            yield _item(statement.cue, "cue")
        if statement.speaker in by_id:
            yield _item(by_id[statement.speaker], "speaker")
        if statement.organisation in by_id:
            yield _item(by_id[statement.organisation], "spoken for")
        yield from (_item(span, "speaker") for span in found.words(statement.speaker_text))
        yield from (_item(span, "channel") for span in found.words(statement.channel or ""))


def _bystanders(found: Findings) -> Iterator[Item]:
    """Yield the names that grammar keeps from a part in an event of their sentence, and deaths of unnamed relatives."""
    for item in found.events:
        barred = [c for c in item.view.chunks if stands_by(item, c, "agent") or stands_by(item, c, "target")]
        yield from (_item(chunk.mention.span, "stands by") for chunk in barred)
        if relative_suffers(item):
            yield _item(item.view.span(item.trigger.first, item.trigger.after), "bereaving")


def _cues(found: Findings) -> Iterator[Item]:
    """Yield the words that only serve where the trained reader marks them as a cue."""
    for word in (*leanings(), *listed("seeming")):
        stance = leanings().get(word)
        yield from (_item(span, f"leaning {stance}" if stance else "seeming") for span in found.words(word))


def _idioms(found: Findings) -> Iterator[Item]:
    """Yield the turns that report nothing, whoever marks them as a cue."""
    text = found.dispatch.text
    found_at = [match.span() for name in ("idiom", "unsaid") for match in pattern(name).finditer(text)]
    return (Item(*at, frozenset({"reports nothing"})) for at in found_at)


def _kept(found: Findings) -> Iterator[Item]:
    """Yield the words that somebody is said to have said even where the trained reader marks none."""
    nothing: dict[str, Any] = dict.fromkeys(Read.__slots__, ())
    said = stretches(found.dispatch, found.sentences, found.cast)
    for one in heard(found.sentences, said, Read(**nothing), found.cast):
        yield Item(*one.content, frozenset({"kept"}))


def _pages(found: Findings) -> Iterator[Item]:
    return (Item(*item) for item in labelled(found.dispatch.text))


def _names(found: Findings) -> Iterator[Item]:
    yield _whole(found, name_labels(found.dispatch.text))


def _people(found: Findings) -> Iterator[Item]:
    yield _whole(found, people_labels(found.dispatch.text))


def _record(found: Findings) -> Iterator[Item]:
    yield _whole(found, record_labels(found.dispatch.text, found.kit, PUBLISHED))


def _whole(found: Findings, labels: Iterable[str]) -> Item:
    return Item(0, len(found.dispatch.text), frozenset(labels))


# Each part, with the first words of the labels by which an example asks for it.
_TIMES = frozenset({"time", "point", "since", "until", "duration", "frequency", "now", "vague"})
_MENTIONS = frozenset({"mention", "name", "nominal", "pronoun", "named", *ENTITY_KINDS})
_EVENTS = frozenset(
    {"event", "verb", "noun", "adjective", "done", "agent", "target", "where", "when", *EVENT_TYPES, *STATUSES}
)
_STATEMENTS = frozenset({"statement", "in", "by", "over", "reported", "cue", "speaker", "spoken", "channel", *STANCES})
_PARTS: tuple[tuple[frozenset[str], Callable[[Findings], Iterator[Item]]], ...] = (
    (frozenset({"sentence"}), _sentences),
    (_TIMES, _times),
    (_MENTIONS, _mentions),
    (frozenset({"role"}), _roles),
    (frozenset({"leaning", "seeming"}), _cues),
    (frozenset({"stands", "bereaving"}), _bystanders),
    (frozenset({"kept"}), _kept),
    (frozenset({"reports"}), _idioms),
    (frozenset({"lies"}), _lies),
    (frozenset({"line", "page", "column"}), _pages),
    (frozenset({"called", "one", "only"}), _names),
    (frozenset({"sort", "put", "belongs"}), _people),
    (frozenset({"makes", "graded", "disputed", "because", "leaves", "copies", "sources"}), _record),
    (_EVENTS, _events),
    (frozenset({"recorded"}), _recorded),
    (_STATEMENTS, _statements),
    (frozenset({"figure", "counts", "of", *MODES}) - _EVENTS, _figures),
    (frozenset({"control", "holder", "held", "share", *CONTROL_STATES}), _control),
)


class UnknownLabelError(ValueError):
    """An example asks for something that no part finds."""


def items(found: Findings, label: str) -> list[Item]:
    """Return what the part that a label belongs to finds. Raises UnknownLabelError where no part knows the label."""
    first = label.partition(" ")[0]
    if label == "quantity" or (".." in label and first not in _TIMES | {"when"}):
        return list(_quantities(found))
    part = next((part for firsts, part in _PARTS if first in firsts), None)
    if part is None:
        raise UnknownLabelError(
            f"no part finds {label!r}; use a type, a status or another label of tests/cases/lexicon/README.md"
        )
    return list(part(found))
