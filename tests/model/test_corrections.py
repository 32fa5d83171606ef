"""What a person may say of a claim: read back as it is written, and refused with what to write instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model.corrections import amount_in_words, corrected, parted, when_in_words
from onrecord.model.values import Amount
from tests.factories import a_claim, a_dispatch

_DISPATCH = a_dispatch("Mortars killed 12 people in Ardun.")
_FIGURE = a_claim(_DISPATCH, "12", "figure", "killed", amount=Amount(12, 12, unit="people"), who="people")
_EVENT = a_claim(_DISPATCH, "killed", "event", "killing")


@pytest.mark.parametrize(
    ("says", "amount"),
    [
        ("12", Amount(12, 12, unit="people")),
        ("~1,200", Amount(1200, 1200, approx=True, unit="people")),
        ("12..15", Amount(12, 15, unit="people")),
        ("12..", Amount(12, None, unit="people")),
        ("..15", Amount(None, 15, unit="people")),
        ("~2.5..3", Amount(2.5, 3, approx=True, unit="people")),
    ],
)
def test_a_number_is_read_as_it_is_written(says: str, amount: Amount) -> None:
    assert corrected(_FIGURE, {"amount": says}).amount == amount
    assert amount_in_words(amount) == says.replace(",", "")


@pytest.mark.parametrize("says", ["2017-10-17", "2017-10", "2017", "2017-10-01..2017-10-17", "2017-10..", "..2018"])
def test_days_are_read_as_they_are_written(says: str) -> None:
    when = corrected(_EVENT, {"when": says}).when
    assert when.known
    assert when_in_words(when) == says


def test_a_claim_keeps_its_id_and_says_what_was_changed() -> None:
    changed = corrected(_FIGURE, {"type": "wounded", "who": "farmers", "status": "uncertain"})
    assert (changed.type, changed.who, changed.status) == ("wounded", "farmers", "uncertain")
    assert changed.reasons[-1] == "A person says that its who is farmers."
    assert replace(changed, type="killed", who="people", status="happened", reasons=()) == replace(_FIGURE, reasons=())
    assert len(changed.reasons) == len(_FIGURE.reasons) + 3


@pytest.mark.parametrize(
    ("field", "says", "message"),
    [
        ("type", "killing", "no type of a claim of kind figure; use one of killed"),
        ("status", "likely", "no status"),
        ("amount", "many", "no number"),
        ("amount", "..", "no number"),
        ("amount", "15..12", "above the high bound"),
        ("when", "yesterday", "no date"),
        ("when", "2017-13", "no date"),
        ("when", "2018..2017", "ends before it begins"),
        ("when", "..", "no date"),
    ],
)
def test_what_cannot_be_so_is_refused_with_what_to_write(field: str, says: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        corrected(_FIGURE, {field: says})


def test_an_event_counts_nothing() -> None:
    with pytest.raises(ValueError, match="counts nothing"):
        corrected(_EVENT, {"amount": "12"})


@pytest.mark.parametrize("value", ["shelling", "size=3", "type=", ""])
def test_a_value_names_its_field(value: str) -> None:
    with pytest.raises(ValueError, match="FIELD=VALUE"):
        parted(value)
