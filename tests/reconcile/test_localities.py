"""A facility without a name of its own stands in the town that its sentence names, or that its dispatch is about."""

from __future__ import annotations

import pytest

from tests.reconcile.scene import names, record_of, scene


def _facility(text: str, what: str, **fields: str) -> list[str]:
    made = scene(text)
    for town in ("Ardun", "Belis"):
        for nth in range(text.count(town)):
            made.name(town, "place", nth=nth)
    made.name("Veshland", "place")
    made.name(what, "facility", **({"form": "nominal"} | fields))
    return [n for n in names(record_of(made)) if n not in ("Ardun", "Belis", "Veshland")]


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("Veshland: men in Ardun left the hospital.", "hospital", "hospital (Ardun)"),
        ("Veshland: Ardun is quiet. They took the hospital.", "hospital", "hospital (Ardun)"),
        ("Veshland: Ardun and Belis are quiet. They took the hospital.", "hospital", "hospital"),
        ("Veshland: Ardun burns. A woman reached the camp at Belis.", "camp", "camp (Belis)"),
        ("Veshland: Ardun is quiet. A woman reached the camp.", "camp", "camp"),
        ("Veshland: Ardun is quiet. They shelled the ARDF camp near Belis.", "ARDF camp", "camp (Belis)"),
    ],
)
def test_the_town_of_a_facility(text: str, what: str, expected: str) -> None:
    assert _facility(text, what) == [expected]


def _precisions(*named: list[tuple[str, int]]) -> dict[str, str]:
    """Return the precision of each place of dispatches that name these words, each the nth time that they stand."""
    scenes = []
    for words in named:
        made = scene(" ".join(f"A fire in {name}." for name, _ in words))
        for name, nth in words:
            made.name(name, "place", nth=nth)
        scenes.append(made)
    return {e.name: e.precision for e in record_of(*scenes).entities}


def test_a_district_of_no_table_does_not_make_its_seat_wide() -> None:
    assert _precisions([("Manbij district", 0)], [("Manbij", 0)]) == {"Manbij district": "admin2", "Manbij": "exact"}


def test_a_dispatch_that_names_the_seat_too_means_it_by_the_district() -> None:
    assert _precisions([("Manbij district", 0), ("Manbij", 1)]) == {"Manbij": "exact"}


def test_an_article_tells_no_two_villages_apart() -> None:
    assert len(_precisions([("al-Qalbukha", 0)], [("Al Qalbukha", 0)])) == 1
