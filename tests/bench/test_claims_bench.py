"""The bench of who said what, on a file of attributions and a folder of gold that are written here."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.claims import of_attributions
from onrecord.extract.read import standard_kit

TEXT = "The army captured the hill, Karim Haddad said. Nobody answered."


def row(**spans: str) -> dict[str, Any]:
    at = {name: [[TEXT.index(words), TEXT.index(words) + len(words)]] for name, words in spans.items()}
    return {"id": "one", "text": TEXT, "attributions": [at]}


@pytest.mark.parametrize(("content", "score"), [("The army captured the hill", 100.0), ("Nobody answered", 0.0)])
def test_contents_and_their_sources_are_scored(tmp_path: Path, content: str, score: float) -> None:
    path = tmp_path / "small.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row(source="Karim Haddad", cue="said", content=content)).encode()))
    found = of_attributions(path, standard_kit(trained=False))
    assert found["content"] == score
    assert found["linked"] == score
    assert found["source"] == 100.0


def test_a_path_that_is_neither_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.claims", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "neither" in done.stderr
