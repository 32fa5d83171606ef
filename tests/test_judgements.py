"""Judgements through the whole program: they outlive a new reading, and go from one team to another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import kits
from onrecord.exports.record_json import faults
from onrecord.extract import parts
from onrecord.extract.parts import Kit
from onrecord.extract.read import read
from onrecord.model.errors import JudgementError, NotFoundError, SourceError
from onrecord.model.records import Claim, Dispatch, Reading
from onrecord.model.values import Span
from onrecord.project import Project

TEXTS = {
    "wire.txt": "Rebels leave Ardun under a deal\n\n14 March 2018\n\nARDUN: Some 120 rebels left Ardun on Tuesday "
    "under a deal, army spokesman Karim Haddad said.\n\nAt least 14 civilians were killed by shelling in the town last "
    "week, the Syrian Observatory for Human Rights said.\n",
    "evening.txt": "Ardun emptied of fighters\n\n15 March 2018\n\nAll rebels have left Ardun, the army said on "
    "Wednesday. Kareem Haddad, a spokesman, put their number at 90.\n\nResidents said shelling of Ardun had killed 20 "
    "civilians last week.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "wires"
    path.mkdir()
    for name, text in TEXTS.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def project(folder: Path) -> Project:
    made = onrecord.open(":memory:")
    made.add(folder)
    return made


def claims_of(project: Project, words: str) -> list[Claim]:
    """The claims whose sentence holds these words."""
    texts = {d.id: d.text for d in project.record.dispatches}
    return [c for c in project.record.claims if words in c.sentence.of(texts[c.dispatch])]


def judge_all(project: Project) -> None:
    """A judgement of every verdict that this small record allows."""
    event, figure = (next(c for c in claims_of(project, "Some 120 rebels") if c.kind == k) for k in ("event", "figure"))
    project.judge("wrong", event.id, by="amal", note="told twice")
    project.judge("right", figure.id, by="amal")
    project.judge("same", "Karim Haddad@wire.txt", "Kareem Haddad@evening.txt", by="amal")
    project.judge("rename", "Ardun", "Ardun town", by="boris")
    project.judge("locate", "Ardun", "40.1,35.2", by="boris")
    project.judge("dated", "evening.txt", "2018-03-16", by="boris")
    project.judge("copy", "evening.txt", "wire.txt", by="boris")


def document(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(project.export("json")))
    return found


def states(project: Project) -> list[str]:
    return [s.state if s else "" for _, s in project.judgements]


def test_every_judgement_holds_and_fits_the_schema(project: Project) -> None:
    judge_all(project)
    assert states(project) == ["holds"] * 7
    assert faults(document(project)) == []
    assert all(j["anchors"] for j in document(project)["judgements"])


def test_withdrawing_all_gives_the_bytes_back(project: Project) -> None:
    before = project.export("json")
    judge_all(project)
    assert project.export("json") != before
    for judgement, _ in project.judgements:
        project.withdraw(judgement.id)
    restored = document(project)
    assert {j["state"] for j in restored["judgements"]} == {"withdrawn"}
    assert restored | {"judgements": []} == json.loads(str(before))


def test_into_another_project_with_the_same_dispatches_they_give_the_same_record(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    judge_all(project)
    project.withdraw(project.judgements[1][0].id)
    file = tmp_path / "mine.jsonl"
    project.export_judgements(file)
    with onrecord.open(tmp_path / "other.db") as other:
        other.add(folder)
        done = other.import_judgements(file)
        assert (done.added, done.known, done.aside) == (7, 0, ())
        assert other.export("json") == project.export("json")
        again = other.import_judgements(file)
        assert (again.added, again.known, again.withdrawn) == (0, 7, 0)
        assert other.export("json") == project.export("json")
        assert other.export_judgements() == file.read_text(encoding="utf-8")


def test_judgements_that_came_first_hold_once_the_dispatches_are_there(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    judge_all(project)
    project.export_judgements(tmp_path / "mine.jsonl")
    other = onrecord.open(":memory:")
    done = other.import_judgements(tmp_path / "mine.jsonl")
    assert {s.state for _, s in done.standings} == {"adrift"}
    assert all(s.why for _, s in done.standings)
    other.add(folder)
    assert other.export("json") == project.export("json")


def test_a_judgement_withdrawn_by_the_other_team_is_withdrawn_here(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    judge_all(project)
    other = onrecord.open(":memory:")
    other.add(folder)
    project.export_judgements(tmp_path / "one.jsonl")
    other.import_judgements(tmp_path / "one.jsonl")
    project.withdraw(project.judgements[0][0].id)
    project.export_judgements(tmp_path / "two.jsonl")
    assert other.import_judgements(tmp_path / "two.jsonl").withdrawn == 1
    assert other.export("json") == project.export("json")
    assert other.import_judgements(tmp_path / "one.jsonl").withdrawn == 0, "an older file brings nothing back"
    assert other.export("json") == project.export("json")


def test_two_people_who_judge_the_contrary_are_shown(project: Project) -> None:
    figure = next(c for c in claims_of(project, "Some 120 rebels") if c.kind == "figure")
    first = project.judge("right", figure.id, by="amal")
    second = project.judge("wrong", figure.id, by="boris")
    found = {j.id: s for j, s in project.judgements}
    pairs = {name: s.conflicts for name, s in found.items() if s}
    assert pairs == {first.id: (second.id,), second.id: (first.id,)}
    exported = {j["id"]: j["conflicts"] for j in document(project)["judgements"]}
    assert exported == {first.id: [second.id], second.id: [first.id]}
    project.withdraw(second.id)
    assert not any(s.conflicts for _, s in project.judgements if s)


def test_one_person_who_thinks_better_of_it_is_no_conflict(project: Project) -> None:
    project.judge("rename", "Ardun", "Ardun town", by="amal")
    project.judge("rename", "Ardun town", "Old Ardun", by="amal")
    assert not any(s.conflicts for _, s in project.judgements if s)
    assert sorted(states(project)) == ["holds", "overruled"]


def test_the_same_again_after_it_was_taken_back_is_another_judgement(project: Project) -> None:
    first = project.judge("rename", "Ardun", "Ardun town", by="amal")
    project.withdraw(first.id)
    second = project.judge("rename", "Ardun", "Ardun town", by="amal")
    assert first.id != second.id
    assert any(e.name == "Ardun town" for e in project.record.entities)


def test_an_event_may_be_named_by_its_own_id(project: Project) -> None:
    left = next(c for c in claims_of(project, "Some 120 rebels") if c.kind == "event" and c.type == "withdrawal")
    also = next(c for c in claims_of(project, "All rebels have left") if c.type == left.type)
    judgement = project.judge("same", str(left.event), also.id)
    assert judgement.about.startswith("c")
    event_of = {c.id: c.event for c in project.record.claims}
    assert event_of[left.id] == event_of[also.id]


# ----------------------------------------------------------------------------------------------------- a new reading


def _with_wider_triggers(dispatch: Dispatch, kit: Kit) -> Reading:
    """A reading by rules that take one more character into each trigger, so that every claim has another id."""
    reading = read(dispatch, kit)
    claims = tuple(_wider(c) for c in reading.claims)
    ids = {old.id: new.id for old, new in zip(reading.claims, claims, strict=True)}
    claims = tuple(replace(c, about=ids.get(c.about or ""), part_of=ids.get(c.part_of or "")) for c in claims)
    return replace(reading, claims=claims)


def _wider(claim: Claim) -> Claim:
    trigger = Span(claim.dispatch, claim.trigger.start, min(claim.trigger.end + 1, claim.sentence.end))
    return replace(claim, id=f"{claim.id[:-1]}x", trigger=trigger)


def test_after_reading_again_by_other_rules_they_still_hold(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    judge_all(project)
    wrong = next(j for j, _ in project.judgements if j.verdict == "wrong")
    monkeypatch.setattr(parts, "RULES", "rules of another year")
    monkeypatch.setattr(kits, "read", _with_wider_triggers)
    assert project.rebuild().read == 2
    record = project.record
    assert all(c.id.endswith("x") for c in record.claims)
    assert states(project) == ["holds"] * 7
    span = wrong.anchors[0]
    assert not [c for c in record.claims if (c.trigger.start, c.type) == (span.start, span.type)]
    assert any(f.rule == "judged" for f in record.figures)


# ---------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("verdict", "about", "value", "says"),
    [
        ("praise", "Ardun", None, "no verdict"),
        ("wrong", "Ardun", None, "not a claim"),
        ("right", "wire.txt", None, "not a claim"),
        ("same", "Ardun", "wire.txt", "not a person"),
        ("rename", "Ardun", None, "needs a value"),
        ("locate", "Ardun", "far away", "no point"),
        ("place", "Ardun", "Nowhere-at-all", "has no place"),
        ("place", "Ardun", "San José", "several places"),
        ("place", "Karim Haddad", "172955", "no place"),
        ("dated", "wire.txt", "yesterday", "no date"),
        ("dated", "Ardun", "2018", "not a dispatch"),
        ("copy", "wire.txt", "wire.txt", "two different things"),
        ("change", "Ardun", "type=shelling", "not a claim"),
        ("change", "Ardun", "shelling", "FIELD=VALUE"),
        ("split", "Ardun", "Ardun", "no event"),
    ],
)
def test_a_judgement_that_does_not_fit_is_refused_with_the_reason(
    project: Project, verdict: str, about: str, value: str | None, says: str
) -> None:
    with pytest.raises(JudgementError, match=says):
        project.judge(verdict, about, value)
    assert project.judgements == ()


def test_a_name_that_its_dispatch_does_not_use_is_refused(project: Project) -> None:
    with pytest.raises(NotFoundError, match="uses no name"):
        project.judge("rename", "Kareem Haddad@wire.txt", "Karim")


def test_events_of_two_sorts_are_never_one(project: Project) -> None:
    events = {e.type: e.id for e in project.record.events}
    one, other = list(events.values())[:2]
    with pytest.raises(JudgementError, match="never one event"):
        project.judge("same", one, other)


_LINE = {
    "format": "onrecord-judgements/1", "verdict": "rename", "about": "Ardun", "value": "Ardun town", "by": "amal",
    "at": "2020-01-01T00:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "other/1"}, "its format"),
        ({"verdict": "praise"}, "no verdict"),
        ({"value": None}, "needs a value"),
        ({"at": "yesterday"}, "no moment"),
        ({"withdrawn": "2020"}, "no moment"),
        ({"by": " "}, "who judged"),
        ({"id": "j123"}, "leave the id out"),
        ({"about": 3}, "Expected `str`"),
        ({"anchors": [{"dispatch": "d", "start": 5, "end": 2, "exact": ""}]}, "backwards"),
    ],
)
def test_a_line_that_is_no_judgement_is_told_by_its_number_and_the_rest_is_taken(
    project: Project, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    file = tmp_path / "theirs.jsonl"
    file.write_text(json.dumps(_LINE | change) + "\n\n" + json.dumps(_LINE) + "\n", encoding="utf-8")
    done = project.import_judgements(file)
    assert done.added == 1
    [aside] = done.aside
    assert aside.name == "theirs.jsonl, line 1"
    assert says in aside.advice
    assert any(e.name == "Ardun town" for e in project.record.entities)


def test_a_file_that_is_none_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        project.import_judgements(tmp_path / "absent.jsonl")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00\x00")
    with pytest.raises(SourceError, match="not UTF-8"):
        project.import_judgements(tmp_path / "binary.jsonl")


def test_word_lists_that_changed_ask_for_another_reading(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project.rebuild().read == 0
    monkeypatch.setattr(kits, "reading_mark", lambda: "of edited lists")
    assert project.rebuild().read == 2
    assert project.rebuild().read == 0
