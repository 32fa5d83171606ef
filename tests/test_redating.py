"""A date that the record finds for an undated dispatch resolves the weekdays in it, and goes with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import kits
from onrecord.exports.record_json import faults
from onrecord.project import Project

DATED = (
    "Syrian Democratic Forces seize Hajin\n\n14 December 2018\n\nHAJIN: The Syrian Democratic Forces captured the town "
    "of Hajin from Islamic State on Friday, a spokesman said. Air strikes by the US-led coalition killed 31 people in "
    "Hajin on Friday, the Syrian Observatory for Human Rights said.\n"
)
UNDATED = (
    "The last town falls\n\nResidents who had fled to the desert heard it from their relatives: the Syrian Democratic "
    "Forces captured Hajin on Friday.\n\nAir strikes by the US-led coalition hit Hajin on Friday as well, a teacher "
    "said by telephone.\n"
)


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by the rules alone: what is tested is that they are asked again, not how well the network dates."""
    monkeypatch.setattr(kits, "kit", kits.rule_kit)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "wires"
    path.mkdir()
    (path / "dated.txt").write_text(DATED, encoding="utf-8")
    (path / "undated.txt").write_text(UNDATED, encoding="utf-8")
    return path


def document(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(project.export("json")))
    return found


def days(project: Project, file: str) -> set[str | None]:
    """The days of the capture and the strikes of which a dispatch tells."""
    whole = document(project)
    name = next(d["id"] for d in whole["dispatches"] if d["file"] == file)
    events = [c for c in whole["claims"] if c["dispatch"] == name and c["kind"] == "event"]
    told = [c for c in events if c["trigger"]["text"] in ("captured", "Air strikes")]
    assert len(told) == 2
    return {c["start"] for c in told}


def test_weekdays_stay_open_until_a_dated_dispatch_tells_of_the_same(folder: Path, tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "record.db") as project:
        project.add(folder / "undated.txt")
        assert days(project, "undated.txt") == {None}
        project.add(folder / "dated.txt")
        assert days(project, "dated.txt") == {"2018-12-14"}
        assert days(project, "undated.txt") == {"2018-12-14"}
        undated = next(d for d in document(project)["dispatches"] if d["file"] == "undated.txt")
        assert (undated["published"], undated["published_basis"]) == ("2018-12", "linked")
        assert undated["published_between"] == ["2018-12-14", "2018-12-20"]
        assert "a Friday as here" in undated["published_reasons"][0]
        assert faults(document(project)) == []
        before = project.export("json")
        project.rebuild()
        assert project.export("json") == before
    other = onrecord.open(":memory:")
    other.add(folder)
    assert other.export("json") == before, "the order in which they came does not matter"


def test_a_date_that_a_person_gives_resolves_them_and_is_taken_back(folder: Path) -> None:
    project = onrecord.open(":memory:")
    project.add(folder / "undated.txt")
    before = project.export("json")
    judgement = project.judge("dated", "undated.txt", "2018-12-20")
    assert days(project, "undated.txt") == {"2018-12-14"}
    [undated] = document(project)["dispatches"]
    assert undated["published_reasons"] == ["a person gave this date"]
    project.withdraw(judgement.id)
    assert document(project) | {"judgements": []} == json.loads(str(before))


def test_what_was_read_again_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = onrecord.open(":memory:")
    project.add(folder)
    before = project.export("json")
    monkeypatch.setattr("onrecord.kits.read", lambda *_: pytest.fail("read once more"))
    project.rebuild()
    assert project.export("json") == before
