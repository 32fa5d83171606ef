"""Time every export of a large record that is made up in memory: `python -m bench.exports [FORMAT ...] [--events N]`.

Prints one JSON object: for each format the seconds it took (by the clock, and of the processor alone), the peak of
memory in MB and the megabytes written. Each format runs in a process of its own, which makes the record anew; the peak
is that of the whole process, the record's own size (`record_mb`) included.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.large import a_large_record
from onrecord.exports.formats import FORMATS
from onrecord.exports.losses import Losses
from onrecord.exports.write import write_export

EVENTS = 100_000
_MB = 1024 if sys.platform != "darwin" else 1024 * 1024


def measured(name: str, events: int) -> dict[str, Any]:
    """Return what it took to export a record of so many events in a format."""
    record = a_large_record(events)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    losses = Losses()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{FORMATS[name].suffix}"
        began, worked = time.perf_counter(), time.process_time()
        written = write_export(name, record, path, losses=losses)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        size = sum(p.stat().st_size for p in written) / 1_000_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "peak_mb": round(peak),
        "record_mb": round(held),
        "written_mb": round(size, 1),
        "events_lost": losses.count("event"),
    }


def main() -> None:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "formats", nargs="*", choices=[*FORMATS, []], help="the formats to time; all where none is named"
    )
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--here", action="store_true", help="in this process, one format")
    args = parser.parse_args()
    if args.here:
        print(json.dumps(measured(args.formats[0], args.events)))
        return
    found = {}
    for name in args.formats or FORMATS:
        command = [sys.executable, "-m", "bench.exports", name, "--events", str(args.events), "--here"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found[name] = json.loads(done.stdout)
    print(json.dumps({"events": args.events, "formats": found}, indent=1))


if __name__ == "__main__":
    main()
