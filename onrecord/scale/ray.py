"""Mapping over a Ray cluster, for those who run one; `pip install ray` brings it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")


def cluster(address: str | None = None) -> Callable[[Callable[[A], B], Iterable[A]], Iterator[B]]:
    """Return a `map` over a Ray cluster, by its address or the one that the environment names, results in order.

    Raises ImportError where Ray is not installed.
    """
    pool = _pool(address)

    def mapped(function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        yield from pool.imap(function, items, chunksize=4)

    return mapped


def _pool(address: str | None) -> Any:
    try:
        from ray.util.multiprocessing import Pool  # noqa: PLC0415 -- an optional engine
    except ImportError:
        raise ImportError("reading on a cluster needs Ray; install it with `pip install ray`") from None
    return Pool(ray_address=address)
