"""The choice of dates: marks as arrays, and what the weights that ship make of them."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.model.errors import DataError
from onrecord.reader.dates import Dates, table
from onrecord.reader.network import LATER, Network

NONE = Dates(np.zeros((0, 384), np.float32), (), (), (), (), (), ())


def test_marks_become_an_array_and_unknown_ones_are_left_out() -> None:
    found = table([{"day": 1.0, "opens": 0.5}, {"strange": 3.0}, {}], ["opens", "day"])
    assert found.tolist() == [[0.5, 1.0], [0.0, 0.0], [0.0, 0.0]]
    assert table([], ["opens"]).shape == (0, 1)


def test_a_time_on_the_event_speaks_more_for_a_date_than_one_apart_from_it() -> None:
    happened = {"type shelling": 1.0, "status happened": 1.0, "form told": 1.0, "verb": 1.0, "a time": 1.0}
    near, far = (
        {"time point": 1.0, "day": 1.0, "lies days ago": 1.0, f"hangs {hangs}": 1.0, f"rule {rule}": 1.0}
        for hangs, rule in (("on it", "same"), ("said", "none"))
    )
    asked = Dates(np.zeros((1, 384), np.float32), [happened], [near, far], [0, 0], (), (), ())
    own = Network().dates(asked).own.tolist()
    assert own[0] > own[1]


def test_no_events_no_dates() -> None:
    found = Network().dates(NONE)
    assert [len(column) for column in (found.own, found.passing, found.tied)] == [0, 0, 0]


def test_weights_without_dates_say_so() -> None:
    network = Network()
    del network.sessions[LATER]
    with pytest.raises(DataError, match=r"training\.dating"):
        network.dates(NONE)
