"""The two quickest floors of the gate, on the corpora beside the checkout; `make gate` holds all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.gate import GATE, run
from onrecord.reader.neural import Reader

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["entities", "events"])
def test_scores_are_above_their_floors(name: str, neural: Reader) -> None:
    gate = json.loads(GATE.read_text(encoding="utf-8"))
    if not (SHARED / gate["entries"][name]["path"]).exists():
        pytest.skip("the corpora are not beside the checkout")
    _, wrong = run(gate, SHARED, neural, [name])
    assert wrong == []
