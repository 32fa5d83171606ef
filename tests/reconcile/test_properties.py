"""Whatever is read: any order gives the same record, twice is once, a copy adds no source, withdrawing restores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.exports.record_json import to_json
from onrecord.model.records import Dispatch, Event, Figure, Judgement, Reading, Record
from onrecord.model.vocabulary import EntityKind
from onrecord.reconcile.record import reconcile
from onrecord.reconcile.sightings import name_fold
from tests.reconcile.scene import Scene, a_judgement, knowledge, record_of, scene

_ACTORS = ("ARDF", "Black Banner", "River Brigade", "Northern Coalition", "Grey Wolves")
_PEOPLE = ("Karim Dasho", "Kareem Dasho", "Dasho", "Lena Orsi")
_PLACES = ("Ardun", "Arduun", "Belis", "Millgate", "Oskhand")
_TYPES = ("air_strike", "territory_gain", "killing", "siege", "armed_clash")
_DAYS = (None, "2017-10-13", "2017-10-14", "2017-10", "2014")
_STATUSES = ("happened", "ongoing", "expected", "denied", "uncertain")

_line = st.tuples(
    st.sampled_from(_ACTORS),
    st.sampled_from(_PEOPLE),
    st.sampled_from(_PLACES),
    st.sampled_from(_TYPES),
    st.sampled_from(_DAYS),
    st.sampled_from(_STATUSES),
    st.sampled_from((0, 3, 12, 40, 275)),
)
_report = st.tuples(
    st.lists(_line, min_size=1, max_size=4),
    st.sampled_from(("Example Post", "Valley Times", None)),
    st.sampled_from(("2017-10-14", "2017-10-15", None)),
)
_reports = st.lists(_report, min_size=1, max_size=5)
_QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _written(reports: list[Any]) -> list[Scene]:
    return [_scene(number, *report) for number, report in enumerate(reports)]


def _scene(number: int, lines: list[Any], outlet: str | None, published: str | None) -> Scene:
    """A dispatch with one sentence a line, and all that stands in it."""
    sentences = [
        f"Item {number} {at}: {who} told that {actor} struck {place} and {count} fell."
        for at, (actor, who, place, _, _, _, count) in enumerate(lines)
    ]
    made = scene(" ".join(sentences), outlet=outlet, published=published)
    for at, line in enumerate(lines):
        _read(made, f"Item {number} {at}:", line)
    return made


def _read(made: Scene, label: str, line: Any) -> None:
    actor, who, place, kind, day, status, count = line
    start = made.text.index(label)
    nth = {words: made.text.count(words, 0, start) for words in (actor, who, place, "struck", f" {count} fell")}
    force = made.name(actor, nth=nth[actor])
    person = made.name(who, "person", nth=nth[who])
    where = made.name(place, "place", nth=nth[place])
    told = made.says(made.text[start : start + len(label) + 3], person, organisation=force, role="spokesman")
    event = made.claim(
        "struck", type=kind, nth=nth["struck"], agents=[force], place=where, status=status,
        statement=told, **({"when": day} if day else {}),
    )  # fmt: skip
    if count:
        made.figure(
            f" {count} fell", "killed", count, count, nth=nth[f" {count} fell"], about=event, place=where,
            who="people", as_of=day, statement=told,
        )  # fmt: skip


def _of(dispatches: list[Dispatch], readings: list[Reading], judgements: list[Judgement]) -> Record:
    return reconcile(dispatches, readings, judgements, knowledge=knowledge())


_JUDGEMENTS = st.lists(
    st.sampled_from(
        (
            a_judgement("same", "Ardun", "Belis"),
            a_judgement("different", "Karim Dasho", "Kareem Dasho"),
            a_judgement("different", "ARDF", "Ardun Defence Front"),
            a_judgement("rename", "Grey Wolves", "Wolves"),
            a_judgement("locate", "Oskhand", "41,36"),
            a_judgement("same", "Grey Wolves", "ARDF"),
        )
    ),
    unique_by=lambda j: j.id,
    max_size=4,
)


@_QUICK
@given(_reports, _JUDGEMENTS, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_record(reports: list[Any], judgements: list[Judgement], random: Any) -> None:
    scenes = _written(reports)
    dispatches, readings = [s.dispatch for s in scenes], [s.reading for s in scenes]
    whole = _of(dispatches, readings, judgements)
    mixed = [_shuffled(r, random) for r in readings]
    for each in (dispatches, mixed, judgements):
        random.shuffle(each)
    assert to_json(_of(dispatches, mixed, judgements)) == to_json(whole)


def _shuffled(reading: Reading, random: Any) -> Reading:
    parts: dict[str, Any] = {}
    for name in ("mentions", "statements", "claims"):
        items = list(getattr(reading, name))
        random.shuffle(items)
        parts[name] = tuple(items)
    return replace(reading, **parts)


@_QUICK
@given(_reports, _JUDGEMENTS)
def test_the_same_given_twice_is_given_once(reports: list[Any], judgements: list[Judgement]) -> None:
    scenes = _written(reports)
    dispatches, readings = [s.dispatch for s in scenes], [s.reading for s in scenes]
    once = _of(dispatches, readings, judgements)
    assert to_json(_of(dispatches * 2, readings * 2, judgements * 2)) == to_json(once)


@_QUICK
@given(_reports, _JUDGEMENTS)
def test_withdrawing_all_judgements_restores_the_record(reports: list[Any], judgements: list[Judgement]) -> None:
    scenes = _written(reports)
    withdrawn = tuple(replace(j, withdrawn="2020-06-01T00:00:00Z") for j in judgements)
    restored = record_of(*scenes, judgements=withdrawn)
    assert to_json(replace(restored, judgements=(), standings=())) == to_json(record_of(*scenes))


@_QUICK
@given(_reports, st.lists(_line, min_size=3, max_size=4))
def test_a_copy_adds_no_source(reports: list[Any], lines: list[Any]) -> None:
    reports = [(lines, "Example Post", "2017-10-14"), *reports]
    scenes = _written(reports)
    text = scenes[0].text + " All rights belong to the first paper."
    copied = scene(text, outlet="Copy Press", published="2017-10-16")
    for at, line in enumerate(lines):
        _read(copied, f"Item 0 {at}:", line)
    before, after = record_of(*scenes), record_of(*scenes, copied)
    assert after.lineage[copied.dispatch.id] == after.lineage[scenes[0].dispatch.id]
    assert _sources(after, before) == {told.id: told.sources for told in _concluded(before)}


def _sources(after: Record, before: Record) -> dict[str, int]:
    """The sources of the events and figures of the first record, as the second counts them."""
    of_claim = {claim: told for told in _concluded(after) for claim in told.claims}
    return {told.id: of_claim[told.claims[0]].sources for told in _concluded(before)}


def _concluded(record: Record) -> list[Event | Figure]:
    return [*record.events, *record.figures]


@_QUICK
@given(_reports, _JUDGEMENTS)
def test_every_conclusion_names_its_claims(reports: list[Any], judgements: list[Judgement]) -> None:
    record = record_of(*_written(reports), judgements=tuple(judgements))
    claims = {c.id: c for c in record.claims}
    entities = {e.id for e in record.entities}
    for held in [*(c.claims for c in _concluded(record)), *(c.claims for c in record.control)]:
        assert held
        assert set(held) <= set(claims)
    for event in record.events:
        assert {claims[c].event for c in event.claims} == {event.id}
        assert {claims[c].type for c in event.claims} == {event.type}
        assert {*event.agents, *event.targets} <= entities
    told = [c for event in record.events for c in event.claims] + [c for f in record.figures for c in f.claims]
    assert sorted(told) == sorted(claims)
    assert {entity for _, entity in record.mentions} == entities


# What names may hold where a page was badly scanned or is not English: nothing, titles alone, marks, other letters.
_ODD = (
    "", " ", "\u200f", "the", "The the", "Mr", "Gen. Col.", "al-", "abu", "’", "-", "ʿ", "\u0301", "İ", "ß",
    "\ud7ff", "\x00", "Раку", "الرقة", "阿勒颇", "🙂", "A", "@", "|", "person:", "Ardun|", "ﬁghters", "Nguyễn", "a\nb",
)  # fmt: skip
_names = st.lists(
    st.tuples(st.sampled_from(_ODD) | st.text(max_size=12), st.sampled_from(get_args(EntityKind)), st.booleans()),
    min_size=1,
    max_size=6,
)


def _called(names: list[tuple[str, Any, bool]], number: int) -> Scene:
    """A dispatch that says a line of each of these names: a person who speaks, a side that acts, a place."""
    made = scene(" ".join(f"Item {number} {at}: struck." for at in range(len(names))), outlet=f"Paper {number}")
    for at, (name, kind, named) in enumerate(names):
        known = made.name(f"Item {number} {at}", kind, name=name, form="name" if named else "nominal")
        told = made.says(f"{number} {at}: struck", known)
        place = known if kind in ("place", "facility") else None
        agents = [] if place else [known]
        made.claim("struck", type="air_strike", nth=at, agents=agents, place=place, statement=told)
    return made


@_QUICK
@example([("", "person", True)], [("Mr", "person", False)])
@given(_names, _names)
def test_any_name_may_be_read(one: list[tuple[str, Any, bool]], other: list[tuple[str, Any, bool]]) -> None:
    scenes = [_called(one, 1), _called(other, 2)]
    record = record_of(*scenes)
    assert to_json(record) == to_json(record_of(*reversed(scenes)))
    known = {entity.id for entity in record.entities}
    meant = {mention.id: entity for mention, entity in record.mentions}
    assert set(meant.values()) <= known
    for mention in (m for s in scenes for m in s.reading.mentions):
        assert (mention.id in meant) or not name_fold(mention) or mention.kind == "person"
    assert all(entity.name.strip() for entity in record.entities)
