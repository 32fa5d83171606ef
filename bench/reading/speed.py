"""How fast the reader loads and reads, and what memory it takes."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_WORDS = 500


def scores(weights: Path, path: Path) -> dict[str, Any]:
    """Return milliseconds for a text of 500 words (median and 95th percentile), peak memory in MB, seconds to load.

    Measured in a process of its own with two threads; texts are the first 500 words of each `.txt` file of the folder.
    """
    done = subprocess.run(
        [sys.executable, __file__, str(weights), str(path)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measure(weights: Path, folder: Path) -> dict[str, Any]:
    began = time.perf_counter()
    from onrecord.reader.neural import Reader  # noqa: PLC0415 -- its import is part of what is timed

    reader = Reader(weights)
    loaded = time.perf_counter() - began
    took = []
    for file in sorted(folder.glob("*.txt")):
        words = file.read_text(encoding="utf-8").split(" ")
        if len(words) >= _WORDS:
            text = " ".join(words[:_WORDS])
            start = time.perf_counter()
            reader.read(text)
            took.append(1000 * (time.perf_counter() - start))
    return {
        "median_ms": round(statistics.median(took), 1),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
        "texts": len(took),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_s": round(loaded, 2),
    }


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), Path(sys.argv[2]))))
