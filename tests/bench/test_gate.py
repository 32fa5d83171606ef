"""The gate: floors rise by measuring, fall only with a reason, and hold only for the file they were measured on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.gate import below, fingerprint, lowered, measured, raised
from onrecord.reader.neural import Reader

ENTRY = {"task": "entities", "path": "some.jsonl", "sha256": "0" * 64, "floors": {"f1": 70.0}}
GATE = {"entries": {"entities": ENTRY}, "lowered": []}


def test_a_score_below_its_floor_is_told() -> None:
    assert below(ENTRY, {"f1": 69.5}) == ["f1 69.5 is below its floor 70.0"]
    assert below(ENTRY, {"f1": 69.9}) == []  # within what rounding on another processor may take


def test_floors_are_lifted_and_never_lowered_by_measuring() -> None:
    assert raised(ENTRY, {"f1": 71.0, "person": 90.0})["floors"] == {"f1": 71.0}
    assert raised(ENTRY, {"f1": 60.0})["floors"] == {"f1": 70.0}


def test_lowering_keeps_the_reason() -> None:
    after = lowered(GATE, "entities", "f1", 65.0, "the corpus was corrected")
    assert after["entries"]["entities"]["floors"] == {"f1": 65.0}
    assert after["lowered"] == [
        {"entry": "entities", "score": "f1", "from": 70.0, "to": 65.0, "why": "the corpus was corrected"}
    ]


@pytest.mark.parametrize(("value", "why"), [(65.0, " "), (75.0, "a reason")])
def test_lowering_needs_a_reason_and_a_lower_value(value: float, why: str) -> None:
    with pytest.raises(ValueError, match=r"why|lower"):
        lowered(GATE, "entities", "f1", value, why)


def test_floors_hold_only_for_their_file(tmp_path: Path, neural: Reader) -> None:
    (tmp_path / "some.jsonl").write_text('{"text": "Hello.", "entities": []}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="hash differs"):
        measured(ENTRY, tmp_path, neural)
    entry = ENTRY | {"sha256": fingerprint(tmp_path / "some.jsonl")}
    assert "f1" in measured(entry, tmp_path, neural)


def test_the_hash_of_a_gold_folder_follows_its_annotation(tmp_path: Path) -> None:
    for name in ("docs", "gold"):
        (tmp_path / name).mkdir()
    (tmp_path / "split.json").write_text("{}", encoding="utf-8")
    (tmp_path / "docs" / "a.txt").write_text("Nothing.", encoding="utf-8")
    before = fingerprint(tmp_path)
    (tmp_path / "gold" / "a.json").write_text("{}", encoding="utf-8")
    assert fingerprint(tmp_path) != before
