from __future__ import annotations

from typing import Any

import pytest

from onrecord.exports.places import GazetteerDivisions, country
from onrecord.lexicon.gazetteer import Place
from tests.exports.told import HAJIN, NOWHERE, SYRIA

TOWN = Place("t1", "Hajin", (40.83, 34.69), "town", "SY", "07")
SEAT = Place("t2", "Deir ez-Zor", (40.15, 35.33), "town", "SY", "07")
ABROAD = Place("t3", "Qaim", (41.0, 34.4), "town", "IQ", "01")


class Few:
    """A gazetteer of these places, all of them near."""

    def __init__(self, *places: Place) -> None:
        self.places = places

    def near(self, point: tuple[float, float], kilometres: float) -> tuple[Place, ...]:
        return self.places


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [("Eastern Province", "07", "Eastern Province"), ("Deir ez-Zor Governorate", None, "Deir ez-Zor Governorate"),
     ("Aleppo Governorate", None, None)],
)  # fmt: skip
def test_the_province_of_a_place_is_that_of_the_towns_around(name: str, code: str | None, found: str | None) -> None:
    gazetteer: Any = Few(ABROAD, TOWN, SEAT, Place("p", name, (40.4, 35.0), "admin1", "SY", code))
    assert GazetteerDivisions(lambda: gazetteer)(HAJIN) == (found, None)


def test_what_has_no_point_or_is_a_country_lies_in_no_province() -> None:
    divisions = GazetteerDivisions(lambda: pytest.fail("nothing to look up"))
    assert divisions(NOWHERE) == divisions(SYRIA) == (None, None)


def test_countries_by_code() -> None:
    known = country("SY")
    assert known is not None
    assert (known.name, known.iso3, known.number) == ("Syria", "SYR", 760)
    assert country(None) is None
