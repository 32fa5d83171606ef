"""Figures, control, and the statements that claims stand in, from tables of sentences."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.extract.claims import linked
from onrecord.extract.read import read, standard_kit
from onrecord.model.records import Claim, Dispatch, Reading
from onrecord.model.values import Span
from tests.factories import a_claim, a_dispatch, a_statement, span_of

TABLES = Path(__file__).parents[1] / "cases"
FIGURES = tomllib.loads((TABLES / "figures.toml").read_text(encoding="utf-8"))["case"]
CONTROL = tomllib.loads((TABLES / "control.toml").read_text(encoding="utf-8"))["case"]
KIT = standard_kit(trained=False)  # the cases hold what the rules do by themselves


def of_kind(reading: Reading, kind: str) -> list[Claim]:
    """Return the claims of a kind."""
    return [claim for claim in reading.claims if claim.kind == kind]


def called(dispatch: Dispatch, reading: Reading, mention_id: str | None) -> set[str]:
    """Return what a mention is called: in full, and as the dispatch words it."""
    mention = next(m for m in reading.mentions if m.id == mention_id)
    return {mention.name.lower(), dispatch.quote(mention.span).lower()}


@pytest.mark.parametrize("case", FIGURES, ids=[case["text"][:50] for case in FIGURES])
def test_figures_are_measured(case: dict[str, Any]) -> None:
    dispatch = a_dispatch(case["text"])
    reading = read(dispatch, KIT)
    figures = of_kind(reading, "figure")
    for expected in case.get("figure", ()):
        start = dispatch.text.index(expected["words"])
        claim = next(
            (c for c in figures if c.trigger.start < start + len(expected["words"]) and start < c.trigger.end), None
        )
        assert claim is not None, [dispatch.quote(c.trigger) for c in figures]
        check_figure(dispatch, reading, claim, expected)
    for words in case.get("none", ()):
        assert not any(words in dispatch.quote(c.trigger) for c in figures)


def check_figure(dispatch: Dispatch, reading: Reading, claim: Claim, expected: dict[str, Any]) -> None:
    """Compare each field that a case gives."""
    assert claim.type == expected["measure"], claim.reasons
    assert claim.amount is not None
    for field in ("low", "high"):
        if field in expected:
            assert getattr(claim.amount, field) == expected[field]
    for field in ("mode", "who", "as_of"):
        if field in expected:
            assert getattr(claim, field) == expected[field]
    if "place" in expected:
        assert expected["place"].lower() in called(dispatch, reading, claim.place)
    if "part" in expected:
        assert (claim.part_of is not None) == expected["part"]


@pytest.mark.parametrize("case", CONTROL, ids=[case["text"][:50] for case in CONTROL])
def test_control_is_read(case: dict[str, Any]) -> None:
    dispatch = a_dispatch(case["text"])
    reading = read(dispatch, KIT)
    claims = of_kind(reading, "control")
    if case.get("none"):
        assert [(dispatch.quote(c.trigger), c.status) for c in claims] == []
    for expected in case.get("control", ()):
        claim = next((c for c in claims if dispatch.quote(c.trigger) == expected["trigger"]), None)
        assert claim is not None, [dispatch.quote(c.trigger) for c in claims]
        check_control(dispatch, reading, claim, expected)
    if case.get("only"):
        assert len(claims) == len(case["control"]), [(dispatch.quote(c.trigger), c.status) for c in claims]


def check_control(dispatch: Dispatch, reading: Reading, claim: Claim, expected: dict[str, Any]) -> None:
    """Compare each field that a case gives."""
    assert claim.type == expected.get("type", claim.type)
    if expected.get("noplace"):
        assert claim.place is None
    else:
        assert any(expected["place"].lower() in name for name in called(dispatch, reading, claim.place))
    if "holder" in expected:
        assert any(expected["holder"].lower() in name for name in called(dispatch, reading, claim.agents[0]))
    if "holders" in expected:
        named = [called(dispatch, reading, agent) for agent in claim.agents]
        assert len(named) == len(expected["holders"])
        assert all(any(one.lower() in name for names in named for name in names) for one in expected["holders"])
    for field in ("status", "share"):
        if field in expected:
            assert getattr(claim, field) == expected[field]
    if "start" in expected:
        assert claim.when.start == expected["start"]


def test_a_figure_names_the_event_that_it_counts() -> None:
    reading = read(a_dispatch("Shelling killed 9 civilians in Douma."), KIT)
    figure = of_kind(reading, "figure")[0]
    event = next(c for c in of_kind(reading, "event") if c.id == figure.about)
    assert event.type == "killing"


def test_a_part_names_the_figure_that_includes_it() -> None:
    reading = read(a_dispatch("Twenty people died, including six children."), KIT)
    whole, part = of_kind(reading, "figure")
    assert (whole.part_of, part.part_of) == (None, whole.id)


def test_a_claim_takes_the_innermost_statement() -> None:
    dispatch = a_dispatch("Rebels said monitors saw troops captured Ardun.")
    outer = a_statement(dispatch, "monitors saw troops captured Ardun", speaker_text="Rebels")
    inner = a_statement(dispatch, "troops captured Ardun", speaker_text="monitors")
    (claim,) = linked([a_claim(dispatch, "captured", type="territory_gain")], [outer, inner])
    assert claim.statement == inner.id


@pytest.mark.parametrize(
    ("stance", "before", "after"),
    [
        ("denies", "happened", "denied"),
        ("predicts", "happened", "expected"),
        ("demands", "ongoing", "expected"),
        ("predicts", "conditional", "conditional"),
        ("asserts", "uncertain", "uncertain"),
        ("estimates", "happened", "happened"),
    ],
)
def test_a_stance_bears_on_the_status(stance: str, before: str, after: str) -> None:
    dispatch = a_dispatch()
    statement = a_statement(dispatch, "Fighters left Ardun on Sunday", stance=stance, speaker_text="a source")
    (claim,) = linked([a_claim(dispatch, "left", status=before)], [statement])
    assert claim.status == after


@pytest.mark.parametrize(("stance", "after"), [("predicts", "happened"), ("demands", "happened"), ("denies", "denied")])
def test_a_status_that_the_trained_reader_weighed_gives_way_to_a_denial_only(stance: str, after: str) -> None:
    dispatch = a_dispatch()
    statement = a_statement(dispatch, "Fighters left Ardun on Sunday", stance=stance, speaker_text="a source")
    (claim,) = linked([a_claim(dispatch, "left")], [statement], weighed=True)
    assert claim.status == after


def test_who_denies_a_claim_denies_what_it_says() -> None:
    dispatch = a_dispatch("Brek rejected claims that troops captured Ardun.")
    outer = a_statement(dispatch, "claims that troops captured Ardun", speaker_text="Brek", stance="denies")
    cue = Span(dispatch.id, outer.content.start, outer.content.start + len("claims"))
    inner = a_statement(dispatch, "troops captured Ardun", speaker_text="claims", cue=cue, within=outer.id)
    (claim,) = linked([a_claim(dispatch, "captured", type="territory_gain")], [outer, inner])
    assert (claim.statement, claim.status) == (inner.id, "denied")


def test_no_claim_is_given_twice() -> None:
    dispatch = a_dispatch()
    assert len(linked([a_claim(dispatch, "left"), a_claim(dispatch, "left")], [])) == 1


def test_a_claim_in_the_rest_of_a_speech_stands_in_its_statement() -> None:
    dispatch = a_dispatch("“We held the mill. The guards left at dawn,” Selo said. Kanto left.")
    whole = span_of(dispatch, "“We held the mill. The guards left at dawn,”")
    statement = a_statement(dispatch, "We held the mill.", whole=whole)
    inside, outside = linked([a_claim(dispatch, "left"), a_claim(dispatch, "left", nth=1)], [statement])
    assert (inside.statement, outside.statement) == (statement.id, None)
