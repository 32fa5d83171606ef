"""Score the record of annotated dispatches: `python -m bench.gold GOLD_DIR [--part dev|train]`.

GOLD_DIR holds `docs/` (texts), `gold/` (annotation), `split.json` and `score.py`, which does the scoring. Prints one
JSON object: for each score its precision, recall and F1 in per cent.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import onrecord


def scores(gold: Path, part: str | None = None, *, errors: int = 0) -> dict[str, Any]:
    """Return the scores of what is read from `gold/docs`, by the scorer that comes with the gold."""
    with tempfile.TemporaryDirectory() as folder, onrecord.open(":memory:") as project:
        project.add(gold / "docs")
        record = Path(folder) / "record.json"
        project.export("json", record)
        command = [sys.executable, str(gold / "score.py"), str(gold), str(record), "--json", "--errors", str(errors)]
        done = subprocess.run(command + (["--part", part] if part else []), capture_output=True, text=True, check=True)
    sys.stderr.write(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--part", choices=("dev", "train"))
    parser.add_argument("--errors", type=int, default=0, help="print so many errors to standard error")
    args = parser.parse_args()
    if not (args.gold / "score.py").is_file():
        parser.error(f"{args.gold} has no score.py; give the folder that holds docs/, gold/ and score.py")
    print(json.dumps(scores(args.gold, args.part, errors=args.errors), indent=1))


if __name__ == "__main__":
    main()
