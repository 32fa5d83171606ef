"""Mapping over the cores of this machine."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
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
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            while wave := list(islice(left, WAVE)):
                with _deaf():
                    results = pool.map(function, wave, chunksize=4)
                yield from results
        finally:  # stopped halfway, it waits for what is being done and drops the rest
            pool.shutdown(cancel_futures=True)

    return mapped


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C, which reaches all of a terminal: the one that started them ends them."""
    if threading.current_thread() is not threading.main_thread():  # only there may a handler be set
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
