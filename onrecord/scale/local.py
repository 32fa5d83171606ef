"""Mapping over the cores of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

WAVE = 256  # items handed out at a time: keeps every core busy, and memory bounded on an endless iterable


def processes(workers: int) -> Callable[[Callable[[A], B], Iterable[A]], Iterator[B]]:
    """Return a `map` that runs in this many processes and yields results in the order of the items.

    The function and the items must be picklable. Items are taken as they are needed, `WAVE` at a time.
    """

    def mapped(function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        left = iter(items)
        # Spawned, not forked: a fork beside threads may hang, and spawning is the same on every system.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            while wave := list(islice(left, WAVE)):
                yield from pool.map(function, wave, chunksize=4)

    return mapped
