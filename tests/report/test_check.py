"""The check must find each kind of sentence that says more than its claims: each test breaks one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.model.records import Control, Record
from onrecord.report.check import faults
from onrecord.report.parts import Cited, Section, Situation, Source
from onrecord.report.situation import situation
from tests.factories import a_record, a_statement


def broken(report: Situation, old: str, new: str, **fields: Any) -> Situation:
    """The report in whose sentences the old words are the new ones."""

    def mend(cited: Cited) -> Cited:
        return replace(cited, text=cited.text.replace(old, new), **fields) if old in cited.text else cited

    def mended(section: Section) -> Section:
        return replace(section, sentences=tuple(mend(c) for c in section.sentences))

    changed = replace(report, headline=mend(report.headline), sections=tuple(mended(s) for s in report.sections))
    assert changed != report, f"no sentence holds {old!r}"
    return changed


def found(report: Situation, record: Record | None = None) -> list[str]:
    return [fault.what for fault in faults(report, record or a_record())]


def said() -> Record:
    """The record with a saying of its mayor that is long enough to be told."""
    record = a_record()
    text = "Lena Okafor said that forty rebels had left Ardun and that nobody had been hurt on the way."
    dispatch = replace(record.dispatches[0], id="d-said", text=text, file="said.txt")
    words = text.removesuffix(".").partition("said that ")[2]
    saying = a_statement(dispatch, words, speaker_text="Lena Okafor")
    cue = replace(saying.content, start=12, end=16)
    saying = replace(saying, speaker="e-lena", cue=cue)
    return replace(
        record, dispatches=(*record.dispatches, dispatch), statements=(*record.statements, saying),
        lineage=record.lineage | {dispatch.id: dispatch.id},
    )  # fmt: skip


def test_a_sound_report_has_no_faults() -> None:
    assert found(situation(a_record())) == []
    record = said()
    report = situation(record)
    assert any("nobody had been hurt" in c.text for c in report.sentences)
    assert found(report, record) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("between 40 and 60", "between 40 and 65", "number 65"),
        ("between 40 and 60 rebels", "40 rebels", "its claims give 40 and 60"),
        ("On 15 October 2017", "On 14 October 2017", "date 2017-10-14"),
        ("By 15 October 2017", "By December 2017", "date 2017-12"),
        ("On 15 October 2017", "From 3 to 15 October 2017", "date 2017-10-03"),
        ("withdrew from Ardun", "withdrew from Ardun with three guns", "number three"),
        ("the Ardun Front withdrew", "Tolm's army withdrew", "names Tolm"),
        ("withdrew from Ardun", "was denied to have left Ardun", "denied"),
        ("until 15 October 2017", "until 16 November 2017", "date 2017-11-16"),
        ("according to Lena Okafor and Second Wire", "according to four independent dispatches", "counts four"),
    ],
)
def test_a_broken_sentence_is_found(old: str, new: str, fault: str) -> None:
    record = a_record()
    exact = tuple(replace(c, amount=replace(c.amount, approx=False)) if c.amount else c for c in record.claims)
    tolm = replace(record.entities[0], id="e-tolm", name="Tolm")
    record = replace(record, claims=exact, entities=(*record.entities, tolm))
    assert any(fault in what for what in found(broken(situation(record), old, new), record))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("nobody had been hurt on the way", "nobody had been hurt on the bridge", "does not end so"),
        ("Lena Okafor said", "Lena Petrov said", "is of Lena Okafor"),
    ],
)
def test_words_put_into_a_mouth_are_found(old: str, new: str, fault: str) -> None:
    record = said()
    assert any(fault in what for what in found(broken(situation(record), old, new), record))


def test_a_quotation_that_nobody_made_is_found() -> None:
    record = said()
    report = broken(situation(record), "Lena Okafor said that forty", "Lena Okafor said: “All is well”, forty")
    assert any("does not hold “All is well”" in what for what in found(report, record))


def test_what_was_only_denied_must_not_be_told_as_having_happened() -> None:
    record = a_record()
    report = situation(record)
    claims = tuple(replace(c, status="denied") if c.kind == "event" else c for c in record.claims)
    wrong = found(report, replace(record, claims=claims))
    assert "it tells as having happened what its claims give as denied" in wrong


def test_a_sentence_without_a_citation_is_found() -> None:
    report = broken(situation(a_record()), "withdrew from Ardun", "withdrew from Ardun", cited=())
    assert found(report) == ["it cites nothing"]


def test_a_claim_that_is_not_on_record_is_found() -> None:
    report = broken(situation(a_record()), "withdrew from Ardun", "withdrew from Ardun", rests_on=("c-none",))
    assert found(report) == ["it rests on c-none, which is not on record"]


def test_a_citation_that_leads_to_other_words_is_found() -> None:
    report = situation(a_record())
    astray = tuple(Source(s.number, "Other words.", s.published_by, s.where) for s in report.sources)
    assert all("does not lead to the words" in what for what in found(replace(report, sources=astray)))


def test_a_citation_of_a_claim_that_says_something_else_is_found() -> None:
    record = a_record()
    held = replace(record.control[0], since="2016-01", until=None)
    assert any("date 2016-01" in what for what in found(situation(replace(record, control=(held,))), record))


def test_a_holding_is_checked_as_the_rest() -> None:
    record = a_record()
    held = Control("e-ardun", "e-lena", "holds", None, "2017-10-15", None, record.control[0].claims)
    report = situation(replace(record, control=(held,), statements=()))
    claims = tuple(replace(c, statement=None) for c in record.claims)
    assert "no claim that it rests on names Lena Okafor" in found(report, replace(record, claims=claims, statements=()))
