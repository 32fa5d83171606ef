"""How much is made at once without looking for garbage in between."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_sweeps() -> Iterator[None]:
    """Keep Python from looking for circular garbage: a large record has none, and takes half as long without the looks.

    Measured on 10,000 dispatches with 100,000 claims: 2.5 instead of 5.8 s for reading it from SQLite, 0.9 instead of
    1.7 s for its index, and 1 s less for reconciling.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
