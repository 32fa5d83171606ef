"""The whole reading of a dispatch: what must hold of every one."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.read import read, standard_kit
from onrecord.model.records import Dispatch, Marked, dispatch_id
from onrecord.model.vocabulary import CONTROL_STATES, EVENT_TYPES, MEASURES, STATUSES
from tests.factories import a_dispatch

KIT = standard_kit()
CASES = Path(__file__).parents[1] / "cases" / "read.toml"
SHARED = Path(__file__).parents[2] / ".." / "shared"
STORY = """Army retakes Tal Abyad as families flee

BEIRUT - The army captured the village of Tal Abyad on Saturday, a spokesman said, after two weeks of fighting with
militants of the Islamic State group.

At least 14 soldiers were killed and 30 wounded, the Syrian Observatory for Human Rights said. "We will push on to the
river," the spokesman, Karim Haddad, told reporters. He denied that jets had bombed the clinic in Tal Abyad.

About 3,000 people fled to Idlib. The United Nations called for a ceasefire. The rebels, who are backed by Turkey,
still hold the town of Saraqeb, and shelling of its market continues.
"""


def documents() -> Iterator[Dispatch]:
    """Yield the dispatches of the gold folder where it is there."""
    for path in sorted((SHARED / "gold" / "docs").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield Dispatch(id=dispatch_id(text), text=text, file=path.name)


def problems(dispatch: Dispatch) -> Iterator[str]:
    """Say what is wrong with the reading of a dispatch."""
    reading = read(dispatch, KIT)
    known = {mention.id for mention in reading.mentions}
    stated = {statement.id for statement in reading.statements}
    kinds = {"event": EVENT_TYPES, "figure": MEASURES, "control": CONTROL_STATES}
    claims = {claim.id for claim in reading.claims}
    if len(claims) != len(reading.claims):
        yield "two claims share an id"
    for claim in reading.claims:
        if claim.type not in kinds[claim.kind] or claim.status not in STATUSES:
            yield f"{claim.type} {claim.status} is not in the vocabulary"
        if not claim.sentence.holds(claim.trigger) or not dispatch.quote(claim.trigger).strip():
            yield f"the trigger {claim.trigger} does not lie in its sentence"
        if not {*claim.agents, *claim.targets, *filter(None, [claim.place])} <= known:
            yield f"{claim.id} names a mention that the reading does not hold"
        if claim.statement is not None and claim.statement not in stated:
            yield f"{claim.id} names a statement that the reading does not hold"
        if not {c for c in (claim.about, claim.part_of) if c} <= claims:
            yield f"{claim.id} counts or is part of a claim that is not there"
        if not 0 <= claim.score <= 1 or not claim.reasons or claim.reader != KIT.version:
            yield f"{claim.id} gives no score, reasons or reader"


def test_a_story_is_read_whole() -> None:
    dispatch = a_dispatch(STORY)
    reading = read(dispatch, KIT)
    told = {(c.type, dispatch.quote(c.trigger), c.status) for c in reading.claims if c.kind == "event"}
    assert {("territory_gain", "captured", "happened"), ("air_strike", "bombed", "denied")} <= told
    assert {("displacement", "fled", "happened"), ("agreement", "ceasefire", "expected")} <= told
    measured = {(c.type, c.amount.low) for c in reading.claims if c.kind == "figure" and c.amount}
    assert {("killed", 14), ("wounded", 30), ("displaced", 3000)} <= measured
    assert any(c.kind == "control" and dispatch.quote(c.trigger) == "hold" for c in reading.claims)
    assert any(c.statement for c in reading.claims)
    assert list(problems(dispatch)) == []


def test_reading_again_gives_the_same() -> None:
    dispatch = a_dispatch(STORY)
    assert read(dispatch, KIT) == read(dispatch, KIT)


def test_claims_come_in_the_order_of_the_text() -> None:
    reading = read(a_dispatch(STORY), KIT)
    assert [c.trigger.start for c in reading.claims] == sorted(c.trigger.start for c in reading.claims)


def test_furniture_makes_no_claims() -> None:
    text = "Rebels captured the village of Aziziyeh.\n\nRead more: rebels captured Saraqeb and killed nine people."
    start = text.index("Read more")
    dispatch = a_dispatch(text, marked=(Marked(start, len(text), "furniture"),))
    claims = read(dispatch, KIT).claims
    assert claims
    assert all(claim.trigger.end <= start for claim in claims)


@pytest.mark.parametrize("text", ["", "\n\n", "12 March 2016", "…", "Nothing to report.", "كتب المراسل", "a" * 500])
def test_texts_without_a_story_are_read_without_claims(text: str) -> None:
    assert read(a_dispatch(text), KIT).claims == ()


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the gold annotation is not beside this checkout")
def test_every_gold_document_reads_without_a_fault() -> None:
    found = {d.file: list(problems(d)) for d in documents()}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_dispatch_is_read_fast_enough() -> None:
    dispatch = a_dispatch("\n\n".join([STORY] * 5))  # about 500 words
    read(dispatch, KIT)
    began = time.perf_counter()
    read(dispatch, KIT)
    assert time.perf_counter() - began < 1  # about 0.05 s here; the bound is loose for a loaded machine


def test_the_reader_is_named_in_the_reading() -> None:
    assert read(a_dispatch(STORY), KIT).reader == KIT.version
    assert json.dumps(KIT.version)


@pytest.mark.parametrize(
    "case", tomllib.loads(CASES.read_text(encoding="utf-8"))["case"], ids=lambda case: case["name"]
)
def test_classes_of_error_that_were_mended(case: dict[str, Any]) -> None:
    reading = read(a_dispatch(case["text"]), KIT)
    name = {mention.id: mention.name for mention in reading.mentions}
    events = [claim for claim in reading.claims if claim.kind == "event"]
    agents = {name[agent] for event in events for agent in event.agents}
    targets = {name[target] for event in events for target in event.targets}
    measures = {claim.type for claim in reading.claims if claim.kind == "figure"}
    assert not {event.type for event in events} & set(case.get("none", ()))
    assert set(case.get("agents", ())) <= agents
    assert not agents & set(case.get("never_agents", ()))
    places = {name[event.place] for event in events if event.place}
    assert set(case.get("places", ())) <= places
    assert set(case.get("speakers", ())) <= {statement.speaker_text for statement in reading.statements}
    assert not places & set(case.get("never_places", ()))
    assert set(case.get("targets", ())) <= targets
    assert not targets & set(case.get("never_targets", ()))
    assert set(case.get("measures", ())) <= measures
    assert not measures & set(case.get("no_measures", ()))
