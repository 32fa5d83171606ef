"""The rules under which one figure is concluded."""

from __future__ import annotations

import pytest

from onrecord.model.values import Amount
from onrecord.reconcile.rules import Account, conclude


def _account(
    low: float | None, high: float | None, origin: str, moment: str = "2017-10-17", standing: int = 2
) -> Account:
    return Account(f"{origin}{moment}{low}", Amount(low, high), origin, moment, standing)


_EXACT = [
    _account(30, 30, "a"), _account(42, 42, "b"), _account(42, 42, "c", standing=1),
    _account(36, 36, "d", "2017-10-19", standing=0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("widest", (30, 42, 42)),
        ("lowest", (30, 30, 30)),
        ("latest", (36, 36, 36)),
        ("majority", (42, 42, 42)),
        ("monitors-first", (36, 36, 36)),
        ("acled", (30, 30, 30)),
        ("ucdp", (30, 36, 42)),
    ],
)
def test_each_rule_on_four_accounts(rule: str, expected: tuple[float, float, float]) -> None:
    concluded = conclude(_EXACT, rule)  # type: ignore[arg-type]
    assert (concluded.low, concluded.best, concluded.high) == expected


def test_an_open_bound_stays_open_under_the_widest_rule() -> None:
    concluded = conclude([_account(30, 30, "a"), _account(25, None, "b")], "widest")
    assert (concluded.low, concluded.high) == (25, None)


def test_a_source_that_repeats_itself_is_no_majority() -> None:
    accounts = [_account(10, 10, "a"), _account(12, 12, "b"), _account(12, 12, "c")]
    accounts += [Account(f"again{n}", Amount(10, 10), "a", "2017-10-17") for n in range(5)]
    assert conclude(accounts, "majority").best == 12


def test_up_to_a_number_is_told_by_its_upper_bound() -> None:
    concluded = conclude([_account(None, 400, "a")], "widest")
    assert (concluded.low, concluded.best, concluded.high) == (None, 400, 400)


def test_observers_count_before_parties_where_no_monitor_does() -> None:
    accounts = [_account(10, 12, "army"), _account(30, None, "press", standing=1), _account(40, 40, "aid", standing=1)]
    concluded = conclude(accounts, "monitors-first")
    assert (concluded.low, concluded.high) == (30, None)
    assert conclude(accounts[:1], "monitors-first").high == 12


def test_acled_keeps_one_number_of_a_range() -> None:
    concluded = conclude([_account(25, None, "a"), _account(20, 40, "b")], "acled")
    assert (concluded.low, concluded.best, concluded.high) == (20, 20, 20)


def test_no_account_concludes_nothing() -> None:
    assert conclude([], "latest").best is None
