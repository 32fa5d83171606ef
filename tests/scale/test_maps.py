from __future__ import annotations

import importlib.util
from itertools import count, islice
from typing import Any

import pytest

from onrecord.scale.local import processes
from onrecord.scale.ray import cluster


def double(number: int) -> int:
    return 2 * number


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(processes(2)(double, range(600))) == [2 * n for n in range(600)]


def test_an_endless_iterable_is_read_only_as_far_as_needed() -> None:
    assert list(islice(processes(1)(double, count()), 3)) == [0, 2, 4]


def test_an_error_in_a_worker_reaches_the_caller() -> None:
    nothing: list[Any] = [None]
    with pytest.raises(TypeError):
        list(processes(1)(double, nothing))


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed here")
def test_a_missing_engine_is_named() -> None:
    with pytest.raises(ImportError, match="pip install ray"):
        cluster()
