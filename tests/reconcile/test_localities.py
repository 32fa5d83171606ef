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
