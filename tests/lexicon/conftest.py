"""A gazetteer of a few made-up towns, compiled in a moment; and the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.lexicon import gazetteer_build
from onrecord.lexicon.gazetteer import Gazetteer, open_gazetteer
from onrecord.lexicon.gazetteer_sources import Row, Supplement

TOWNS = (
    Row("Ardūn", 35.0, 40.0, "town", "SY", population=9_000, geonames=11, others=("Ardunum",), admin1="04"),
    Row("Ardun", 48.0, 9.0, "town", "DE", population=70_000, geonames=12),
    Row("Velm", 36.0, 41.0, "town", "SY", population=500, geonames=13),
)
OURS = Supplement(
    "ours.toml",
    (
        Row("Syria", 35.0, 38.0, "country", "SY"),
        Row("Ardun town", 35.05, 40.05, "town", "SY", aliases=("Ardun", "Arduun"), rough=True),
        Row("Velm", 36.02, 41.02, "town", "SY"),
        Row("North Quarter", 35.01, 40.01, "quarter", "SY", within="Ardun"),
        Row("Ardun Governorate", 35.2, 40.3, "admin1", "SY"),
        Row("Qaribat", 35.3, 40.3, "town", "SY"),
        Row("Lake Ardun (Syria)", 35.1, 40.1, "lake", ""),
        Row("Union of Ardun", 35.0, 40.0, "region", "SY", aliases=("UA",)),
    ),
    frozenset({"SY"}),
)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Gazetteer]:
    """A gazetteer of TOWNS and OURS."""
    monkeypatch.setattr(gazetteer_build, "towns", lambda: iter(TOWNS))
    monkeypatch.setattr(gazetteer_build, "supplement", lambda: OURS)
    monkeypatch.setattr(gazetteer_build, "divisions", lambda: Supplement("none", ()))
    gazetteer = open_gazetteer(cache=tmp_path / "cache")
    yield gazetteer
    gazetteer.close()


@pytest.fixture(scope="session")
def real() -> Gazetteer:
    """The gazetteer as shipped, in the user's cache folder."""
    return open_gazetteer()
