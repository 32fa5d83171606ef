"""Grid references in a text are points."""

from __future__ import annotations

import pytest

from onrecord.lexicon.gazetteer import distance
from onrecord.lexicon.grids import grid_point, grids


@pytest.mark.parametrize("words", ["31UDQ482119", "31U DQ 4825 1193", "31UDQ4825111932"])
def test_a_grid_is_a_point(words: str) -> None:
    point = grid_point(words)
    assert point is not None
    assert distance(point, (2.2945, 48.8583)) < 0.2  # the Eiffel Tower


def test_grids_are_found_by_their_offsets() -> None:
    text = "The store stood at 31UDQ482112, they said, and the other one at 31U DQ 4825 1125."
    assert [text[start:end] for start, end, _ in grids(text)] == ["31UDQ482112", "31U DQ 4825 1125"]


@pytest.mark.parametrize("words", ["31UZZ482112", "99UDQ482112", "31UDQ48211", "31UDQ4811", "section 31 U DQ"])
def test_what_is_no_grid_has_no_point(words: str) -> None:
    assert list(grids(words)) == []


def test_a_text_with_a_grid_in_it_is_none_itself() -> None:
    assert grid_point("near 31UDQ482112") is None
