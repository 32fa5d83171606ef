"""The promises of the record, over the examples and, where they are at hand, over real dispatches."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

import onrecord
from onrecord.exports.record_json import faults
from onrecord.project import Project

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
SHARED = ROOT / ".." / "shared" / "dispatches"


def read(*sources: Path) -> tuple[Project, dict[str, Any]]:
    """A project in memory that has read these sources, and its record as a document."""
    project = onrecord.open(":memory:")
    project.add(*sources)
    return project, json.loads(str(project.export("json")))


@pytest.fixture(scope="module")
def examples() -> tuple[Project, dict[str, Any]]:
    return read(EXAMPLES)


def quotations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every quotation of a document with its dispatch."""
    claims = ((c["dispatch"], c["trigger"]) for c in document["claims"])
    contents = ((s["dispatch"], s["content"]) for s in document["statements"])
    cues = ((s["dispatch"], s["cue"]) for s in document["statements"] if s["cue"])
    mentions = ((m["dispatch"], m["span"]) for m in document["mentions"])
    return list(chain(claims, contents, cues, mentions))


def assert_quotes(project: Project, document: dict[str, Any]) -> None:
    """Every trigger, content, cue and mention is the text at its offsets, and lies in its sentence."""
    texts = {d.id: d.text for d in project.store.dispatches()}
    for dispatch, quotation in quotations(document):
        assert texts[dispatch][quotation["start"] : quotation["end"]] == quotation["text"]
    for claim in document["claims"]:
        trigger, sentence = claim["trigger"], claim["sentence"]
        assert (
            sentence["start"] <= trigger["start"] < trigger["end"] <= sentence["end"] <= len(texts[claim["dispatch"]])
        )


def test_the_examples_make_a_record_worth_looking_at(examples: tuple[Project, dict[str, Any]]) -> None:
    document = examples[1]
    assert len(document["dispatches"]) == 21
    for part, least in {
        "entities": 60,
        "statements": 40,
        "claims": 150,
        "events": 60,
        "figures": 30,
        "control": 5,
    }.items():
        assert len(document[part]) >= least, part
    assert any(f["disputes"] for f in document["figures"])


def test_the_examples_fit_the_schema_and_quote(examples: tuple[Project, dict[str, Any]]) -> None:
    assert faults(examples[1]) == []
    assert_quotes(*examples)


def test_every_id_that_is_named_exists(examples: tuple[Project, dict[str, Any]]) -> None:
    document = examples[1]
    known = {
        part: {item["id"] for item in document[part]}
        for part in ("entities", "statements", "claims", "events", "figures")
    }
    for claim in document["claims"]:
        assert {*claim["agents"], *claim["targets"], *filter(None, [claim["place"]])} <= known["entities"]
        assert set(filter(None, [claim["statement"]])) <= known["statements"]
        assert set(filter(None, [claim["event"]])) <= known["events"]
        assert set(filter(None, [claim["figure"]])) <= known["figures"]
    for item in chain(document["events"], document["figures"], document["control"]):
        assert item["claims"]
        assert set(item["claims"]) <= known["claims"]
    for statement in document["statements"]:
        assert set(filter(None, [statement["speaker"], statement["organisation"]])) <= known["entities"]


def test_reading_twice_gives_the_same_bytes(examples: tuple[Project, dict[str, Any]]) -> None:
    project, _ = examples
    assert read(EXAMPLES)[0].export("json") == project.export("json")


def test_another_order_gives_the_same_record(examples: tuple[Project, dict[str, Any]], tmp_path: Path) -> None:
    """One file at a time, shuffled: the metadata beside the files must not depend on the folder being named."""
    paths = sorted(p for p in EXAMPLES.iterdir() if not p.name.startswith("metadata"))
    Random(7).shuffle(paths)
    with onrecord.open(tmp_path / "record.db") as project:
        for path in paths:
            project.add(path)
        assert project.export("json") == examples[0].export("json")


def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "record.db") as project:
        project.add(EXAMPLES)
        before = project.export("json")
        project.rebuild()
        assert project.export("json") == before


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real dispatches are not beside this checkout")


@needs_shared
@pytest.mark.slow
def test_real_dispatches_are_all_read_and_quoted() -> None:
    files = list(SHARED.rglob("*.txt"))
    project, document = read(SHARED / "seeds", SHARED / "guardian")
    assert len(document["dispatches"]) == len(files)
    assert {d.reader for d in project.store.readings()} == {next(iter(project.store.readings())).reader}
    assert faults(document) == []
    assert_quotes(project, document)


@needs_shared
def test_plain_texts_are_quoted_against_the_very_file() -> None:
    project, document = read(SHARED / "seeds")
    files = {
        d.id: (SHARED / "seeds" / str(d.file)).read_bytes().decode("utf-8").replace("\r\n", "\n")
        for d in project.store.dispatches()
    }
    for dispatch, quotation in quotations(document):
        assert files[dispatch][quotation["start"] : quotation["end"]] == quotation["text"]


def test_an_exported_id_stays_and_an_older_one_still_leads_to_its_event(tmp_path: Path) -> None:
    """The later dispatches first, then all: an event that has been exported keeps its id while evidence is added."""
    paths = sorted(p for p in EXAMPLES.iterdir() if not p.name.startswith("metadata"))
    with onrecord.open(tmp_path / "record.db") as project:
        project.add(*paths[len(paths) // 2 :])
        shown = {c.id: c.event for c in project.record.claims if c.event}
        project.export("json")
        project.add(*paths)
        now = {c.id: c.event for c in project.record.claims if c.id in shown}
        assert set(now.values()) <= set(shown.values())
        for event in set(shown.values()):
            assert project.find(event) in project.record.events
