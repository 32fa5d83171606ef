"""Time how the record keeps up as it grows: `python -m bench.scale [--dispatches N] [--adds N] [--seed N]`.

Makes an archive of N invented dispatches with their readings (`tests/synthetic/archive.py`: five wars over months,
about 11 claims each), so that nothing is timed but reconciling and the store. Prints one JSON object: seconds and the
peak of memory of a whole rebuild, then median and worst of the seconds that it takes to add one more dispatch to a
record file and bring it up to date: with the record open, what is written included. `cpu` are the seconds that the
process worked, which a busy machine does not lengthen.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from onrecord.model.records import Dispatch, Reading
from onrecord.pipeline import run
from onrecord.reconcile.record import Reconciler
from onrecord.store.sql import open_sqlite
from tests.synthetic.archive import Archive, an_archive


class Known:
    """A reader that knows each reading beforehand."""

    version = "perfect"

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {r.dispatch: r for r in readings}

    def __call__(self, dispatch: Dispatch) -> Reading:
        """Return the reading of a dispatch."""
        return self._readings[dispatch.id]


def measured(archive: Archive, adds: int, folder: Path) -> dict[str, Any]:
    """Return what a whole rebuild takes and what one more dispatch does, for `adds` dispatches kept back at first."""
    last = set(Random(0).sample(range(len(archive.dispatches)), adds))  # noqa: S311 -- a choice, no secret
    store = open_sqlite(folder / "record.db")
    bring = partial(run, store=store, read=Known(archive.readings), reconcile=Reconciler(archive.knowledge))
    for number, (dispatch, reading) in enumerate(zip(archive.dispatches, archive.readings, strict=True)):
        if number not in last:
            store.add(dispatch)
            store.save_reading(reading)
    whole = _timed(lambda: bring((), anew=True))
    peak = _peak_mb()
    each = [_timed(partial(bring, [archive.dispatches[n]])) for n in sorted(last)]
    size = (folder / "record.db").stat().st_size
    store.close()
    return {
        "dispatches": len(archive.dispatches),
        "claims": sum(len(r.claims) for r in archive.readings),
        "rebuild_s": round(whole[0], 2),
        "rebuild_cpu_s": round(whole[1], 2),
        "rebuild_peak_mb": peak,
        "add_median_s": round(median(s for s, _ in each), 3) if each else None,
        "add_median_cpu_s": round(median(s for _, s in each), 3) if each else None,
        "add_worst_s": round(max(s for s, _ in each), 3) if each else None,
        "peak_mb": _peak_mb(),
        "file_mb": round(size / 1e6),
    }


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that passed and those that this process worked."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked


def _peak_mb() -> int:
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # kilobytes on Linux, bytes on macOS
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def main() -> None:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dispatches", type=int, default=10_000, help="in the record once all are added")
    parser.add_argument("--adds", type=int, default=20, help="added one at a time behind the rebuild")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measured(an_archive(args.dispatches, args.seed), args.adds, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
