"""Lists of the conventions, against the libraries and the packages that carry them."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

import pytest

from onrecord.exports.acled import SCALES
from onrecord.exports.conventions import Conventions, by_country
from onrecord.exports.places import country

COUNTRIES = Conventions().table("countries")
# Where country_converter gives the number of a state that was there before: Czechoslovakia, South Vietnam, South Yemen.
FORMER = {"CZ", "VN", "YE"}


def converter() -> list[dict[str, str]]:
    """The rows of country_converter, read from its table: its class does not start under pandas 3."""
    found = find_spec("country_converter")
    if found is None or found.origin is None:
        pytest.skip("country_converter is not installed")
    with (Path(found.origin).parent / "country_data.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [row | {"ISO2": row["ISO2"].split("|")[0].strip("^$")} for row in rows]


def test_numbers_of_states_are_those_of_gleditsch_and_ward() -> None:
    theirs = {row["ISO2"]: int(row["GWcode"]) for row in converter() if row["GWcode"] and row["ISO2"] not in FORMER}
    ours = {code: number for code, number in COUNTRIES["gw"].items() if code not in FORMER}
    assert ours == theirs
    assert {code: COUNTRIES["gw"][code] for code in FORMER} == {"CZ": 316, "VN": 816, "YE": 678}


def test_a_number_stands_for_one_state() -> None:
    numbers = list(COUNTRIES["gw"].values())
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("regions", ["acled_regions", "ucdp_regions"])
def test_a_country_lies_in_one_region(regions: str) -> None:
    named = [code for codes in COUNTRIES[regions].values() for code in codes.split()]
    assert len(named) == len(set(named))
    assert all(country(code) for code in named)
    assert set(COUNTRIES["gw"]) <= set(by_country(COUNTRIES[regions]))


def test_regions_of_acled_are_those_of_the_un_but_for_what_is_said() -> None:
    aliases = {"South Asia": "Southern Asia", "Southeast Asia": "South-eastern Asia", "East Asia": "Eastern Asia"}
    un = {row["ISO2"]: row["UNregion"] for row in converter()}
    told = {"AF", "MX"}
    same = {
        "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa", "Central America",
        "South America", "Caribbean", *aliases,
    }  # fmt: skip
    for code, region in by_country(COUNTRIES["acled_regions"]).items():
        if region in same and code not in told:
            assert un[code] == aliases.get(region, region), code


def test_pairs_of_source_scales_are_those_of_the_data() -> None:
    pairs = (
        "Local partner-Other", "Local partner-International", "Other-New media", "Other-Subnational", "Other-National",
        "Other-Regional", "Other-International", "New media-Subnational", "New media-National", "New media-Regional",
        "New media-International", "Subnational-National", "Subnational-Regional", "Subnational-International",
        "National-Regional", "National-International", "Regional-International",
    )  # fmt: skip
    for pair in pairs:
        first, second = pair.split("-")
        assert SCALES.index(first) < SCALES.index(second), pair


def test_lists_of_airwars_are_those_of_airwars() -> None:
    table = Conventions().table("airwars")
    assert set(table["grades"].values()) <= {"Confirmed", "Fair", "Weak", "Contested", "Discounted"}
    assert set(table["strikes"].values()) == {
        "Declared strike", "Likely strike", "Single source claim", "Contested strike",
    }  # fmt: skip
    assert set(table["assessments"].values()) <= {"not_yet_assessed", "non_credible", "credible", "duplicate"}
    assert set(table["places"].values()) <= {
        "", "Town", "Village", "City", "Neighbourhood/area", "Street", "Nearby landmark", "Subdistrict", "District",
        "Province/governorate",
    }  # fmt: skip
