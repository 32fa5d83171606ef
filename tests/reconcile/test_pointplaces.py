"""A point in brackets behind a name tells where the place lies."""

from __future__ import annotations

import pytest

from onrecord.lexicon.gazetteer import distance
from onrecord.model.records import Entity
from onrecord.model.vocabulary import Precision
from tests.reconcile.scene import record_of, scene

HAJIN = (40.831, 34.695)


def placed(text: str, *names: str) -> dict[str, Entity]:
    made = scene(text)
    for name in names:
        made.name(name, "place")
    return {e.name: e for e in record_of(made).entities}


@pytest.mark.parametrize(
    ("name", "point", "lies", "precision"),
    [
        ("Hajin", "34.6950, 40.8310", HAJIN, "exact"),
        ("Hajin", "34.70, 40.83", HAJIN, "exact"),  # the same town, measured elsewhere in it
        ("Hajin", "36.1000, 39.2000", (39.2, 36.1), "exact"),  # another of that name
        ("Tripoli", "36.1000, 39.2000", (39.2, 36.1), "exact"),
        ("Tripoli", "34.4367, 35.8497", (35.85, 34.437), "exact"),  # the one in Lebanon, not the one in Libya
        ("Qalbukha", "36.1000, 39.2000", (39.2, 36.1), "exact"),
        ("near Qalbukha", "36.1000, 39.2000", (39.2, 36.1), "near"),
        ("Qalbukha district", "36.1000, 39.2000", (39.2, 36.1), "admin2"),
        ("near Hajin", "34.6000, 40.9000", HAJIN, "near"),
    ],
)
def test_a_place_lies_where_the_text_says(
    name: str, point: str, lies: tuple[float, float], precision: Precision
) -> None:
    found = placed(f"There was a strike on {name} ({point}).", name)[name]
    assert found.point is not None
    assert distance(found.point, lies) < 2
    assert found.precision == precision


@pytest.mark.parametrize("words", ["(36.1, 39.2)", "(136.10, 39.20)", "36.1000, 39.2000", "(about 36.1000, 39.2000)"])
def test_what_is_no_point_tells_nothing(words: str) -> None:
    assert placed(f"There was a strike on Qalbukha {words}.", "Qalbukha")["Qalbukha"].point is None


def test_a_village_is_one_in_all_dispatches_that_give_its_point() -> None:
    scenes = []
    for day, point in ((1, "36.1500, 39.2500"), (2, "36.1510, 39.2510")):
        made = scene(f"On {day} May there was a strike on Qalbukha ({point}).", file=f"{day}.txt")
        made.name("Qalbukha", "place")
        scenes.append(made)
    assert [e.name for e in record_of(*scenes).entities] == ["Qalbukha"]
