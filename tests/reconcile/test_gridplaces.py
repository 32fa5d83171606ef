"""A grid reference gives a point to the place of its paragraph, and a name its country to what stands before it."""

from __future__ import annotations

from onrecord.lexicon.gazetteer import distance
from tests.reconcile.scene import Scene, record_of, scene

GRID = "37SFU100200"
POINT = (40.2, 34.52)


def _placed(*scenes: Scene) -> dict[str, tuple[float, float] | None]:
    return {e.name: e.point for e in record_of(*scenes).entities if e.kind in ("place", "facility")}


def _list(text: str, *names: str) -> Scene:
    made = scene(text)
    for name in names:
        made.name(name, "place")
    return made


def test_a_village_of_no_table_lies_at_the_grid_of_its_entry() -> None:
    found = _placed(_list(f"Near Qalbukha, Syria: a strike. {GRID}", "Qalbukha", "Syria", GRID))
    assert set(found) == {"Qalbukha", "Syria"}
    assert found["Qalbukha"] is not None
    assert distance(found["Qalbukha"], POINT) < 5


def test_two_entries_of_one_village_make_one_place() -> None:
    one = _list(f"Near Qalbukha, Syria: a strike. {GRID}", "Qalbukha", "Syria", GRID)
    two = _list("Near Qalbukha, Syria: a fire. 37SFU102201", "Qalbukha", "Syria", "37SFU102201")
    assert set(_placed(one, two)) == {"Qalbukha", "Syria"}


def test_a_grid_far_from_the_town_is_a_spot_of_its_own() -> None:
    found = _placed(_list(f"Near Raqqa, Syria: a strike. {GRID}", "Raqqa", "Syria", GRID))
    assert set(found) == {"Raqqa", "Syria", GRID}
    assert found["Raqqa"] is not None
    assert distance(found["Raqqa"], (39.01, 35.95)) < 5


def test_a_grid_in_another_paragraph_tells_nothing_of_a_village() -> None:
    found = _placed(_list(f"Near Qalbukha, Syria: a strike.\n{GRID}", "Qalbukha", "Syria", GRID))
    assert found["Qalbukha"] is None


def test_the_country_behind_a_name_rules_out_others() -> None:
    assert _placed(_list("A strike near Hamar, Syria.", "Hamar", "Syria"))["Hamar"] is None
    assert _placed(_list("Talks in Hamar, Norway.", "Hamar", "Norway"))["Hamar"] is not None


def test_a_continent_is_not_looked_for_in_the_country_named_next() -> None:
    assert _placed(_list("In Asia, Norway buys little.", "Asia", "Norway"))["Asia"] is not None


def test_a_list_of_places_is_no_address() -> None:
    found = _placed(_list("Officials from Hamar, Syria and Norway met.", "Hamar", "Syria", "Norway"))
    assert found["Hamar"] is not None


def test_a_far_town_that_only_sounds_like_the_name_is_another_place() -> None:
    alone = _placed(_list("Near Hajeenah, Syria: a strike.", "Hajeenah", "Syria"))["Hajeenah"]
    beside = _placed(_list(f"Near Hajeenah, Syria: a strike. {GRID}", "Hajeenah", "Syria", GRID))["Hajeenah"]
    assert alone is not None
    assert beside is not None
    assert distance(alone, POINT) > 50
    assert distance(beside, POINT) < 5
