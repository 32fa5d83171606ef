"""Events: trigger, type, status, who, whom, where and when, from a table of sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.events.forms import plural, verb_forms
from onrecord.extract.read import read, standard_kit
from onrecord.model.records import Claim, Dispatch, Reading
from tests.factories import a_dispatch

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]
KIT = standard_kit(trained=False)  # the cases hold what the rules do by themselves


def event_at(dispatch: Dispatch, reading: Reading, words: str) -> Claim | None:
    """Return the event claim whose trigger is exactly these words."""
    claims = [c for c in reading.claims if c.kind == "event" and dispatch.quote(c.trigger) == words]
    return claims[0] if claims else None


def names(reading: Reading, ids: tuple[str, ...]) -> list[str]:
    """Return the names that mention ids stand for, as the dispatch words them or in full."""
    by_id = {mention.id: mention.name for mention in reading.mentions}
    return [by_id[mention] for mention in ids]


def same(found: str, wanted: str, dispatch: Dispatch, reading: Reading) -> bool:
    """Tell whether a name is the one wanted, or is written so in the dispatch."""
    spelt = {dispatch.quote(m.span).lower() for m in reading.mentions if m.name == found}
    return wanted.lower() in {found.lower(), *spelt} or wanted.lower() in found.lower()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_events_are_found(case: dict[str, Any]) -> None:
    dispatch = a_dispatch(case["text"])
    reading = read(dispatch, KIT)
    for expected in case.get("event", ()):
        claim = event_at(dispatch, reading, expected["trigger"])
        assert claim is not None, [dispatch.quote(c.trigger) for c in reading.claims]
        check(dispatch, reading, claim, expected)
    for words in case.get("none", ()):
        at = [dispatch.text.index(words), dispatch.text.index(words) + len(words)]
        overlapping = [
            c for c in reading.claims if c.kind == "event" and c.trigger.start < at[1] and at[0] < c.trigger.end
        ]
        allowed = {e["trigger"] for e in case.get("event", ())}
        assert [c for c in overlapping if dispatch.quote(c.trigger) not in allowed] == []


def check(dispatch: Dispatch, reading: Reading, claim: Claim, expected: dict[str, Any]) -> None:
    """Compare each field that a case gives."""
    for field in ("type", "status"):
        if field in expected:
            assert getattr(claim, field) == expected[field], claim.reasons
    for field in ("agents", "targets"):
        if field in expected:
            found = names(reading, getattr(claim, field))
            assert len(found) == len(expected[field]), (field, found)
            for wanted in expected[field]:
                assert any(same(name, wanted, dispatch, reading) for name in found), (field, found)
    if "place" in expected:
        assert claim.place, "no place"
        assert same(names(reading, (claim.place,))[0], expected["place"], dispatch, reading)
    if "start" in expected:
        assert (claim.when.start or "") == expected["start"]


def test_reasons_and_scores_are_given() -> None:
    reading = read(a_dispatch("Rebels captured the town of Saraqeb on Friday."), KIT)
    claim = next(c for c in reading.claims if c.kind == "event")
    assert any("captured" in reason for reason in claim.reasons)
    assert 0.5 < claim.score <= 1


def test_more_that_a_sentence_tells_scores_higher() -> None:
    full = read(a_dispatch("Rebels captured the town of Saraqeb on Friday."), KIT).claims
    bare = read(a_dispatch("It was captured."), KIT).claims
    assert max(c.score for c in full if c.kind == "event") > max(c.score for c in bare if c.kind == "event")


@pytest.mark.parametrize(
    ("verb", "irregular", "form", "kind"),
    [
        ("seize", {}, "seizing", "ing"),
        ("carry out", {}, "carried out", "past"),
        ("withdraw", {"withdraw": ["withdrew", "withdrawn"]}, "withdrawn", "participle"),
        ("ban", {"ban": ["banned", "banned", "bann"]}, "banning", "ing"),
        ("push", {}, "pushes", "third"),
        ("free", {"free": ["freed", "freed"]}, "freeing", "ing"),
    ],
)
def test_verb_forms(verb: str, irregular: dict[str, list[str]], form: str, kind: str) -> None:
    assert kind in verb_forms(verb, irregular)[form]


@pytest.mark.parametrize(
    ("noun", "many"), [("siege", "sieges"), ("ambush", "ambushes"), ("casualty", "casualties"), ("talks", "talks")]
)
def test_plural(noun: str, many: str) -> None:
    assert plural(noun) == many
