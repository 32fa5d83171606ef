"""Time the whole way for a folder of dispatches: `python -m bench.throughput FOLDER`.

Prints one JSON object: dispatches and words, how many were lost, seconds for the whole run (start-up, reading and
reconciling included), dispatches a second, milliseconds a 500-word dispatch, and the peak of memory in MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import onrecord


def measured(folder: Path) -> dict[str, Any]:
    """Return what it took to read a folder into a record in memory."""
    began = time.perf_counter()
    with onrecord.open(":memory:") as project:
        report = project.add(folder)
        seconds = time.perf_counter() - began
        dispatches = project.record.dispatches
        words = sum(len(d.text.split()) for d in dispatches)
        files = sum(1 for p in folder.rglob("*") if p.is_file() and not p.name.startswith("metadata."))
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # kilobytes on Linux, bytes on macOS
    return {
        "files": files,
        "dispatches": len(dispatches),
        "set_aside": len(report.aside),
        "lost": files - len(dispatches) - report.known - report.sighted - len(report.aside),
        "words": words,
        "seconds": round(seconds, 2),
        "dispatches_per_second": round(len(dispatches) / seconds, 1),
        "ms_per_500_words": round(1000 * seconds * 500 / max(words, 1), 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit),
    }


def main() -> None:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    print(json.dumps(measured(parser.parse_args().folder), indent=1))


if __name__ == "__main__":
    main()
