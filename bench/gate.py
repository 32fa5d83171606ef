"""Hold the reader's scores above their floors: `python -m bench.gate SHARED [--only NAME …] [--raise]`.

`gate.json` says what is measured on which file, with the hash of that file: on another file the floors mean nothing,
and the gate says so instead of passing. It exits with 1 where a score lies below its floor. `--raise` lifts floors to
what is reached and never lowers one; `--lower NAME SCORE VALUE --why TEXT` lowers one, and the reason stays.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.reader import TASKS
from onrecord.reader.network import WEIGHTS
from onrecord.reader.neural import Reader

GATE = Path(__file__).with_name("gate.json")
SLACK = 0.2  # points below the floor that another processor's rounding may take

Gate = dict[str, Any]


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of all annotated files of a gold folder."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    whole = sha256()
    for file in sorted([*(path / "docs").glob("*.txt"), *(path / "gold").glob("*.json"), path / "split.json"]):
        whole.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return whole.hexdigest()


def measured(entry: dict[str, Any], shared: Path, reader: Reader) -> dict[str, float]:
    """Return the scores of one entry; raises ValueError where its file is not the one that the floors are for."""
    path = shared / entry["path"]
    if fingerprint(path) != entry["sha256"]:
        raise ValueError(f"{entry['path']} is not the file that its floors were measured on; its hash differs")
    return TASKS[entry["task"]](reader, path, **entry.get("options", {}))


def below(entry: dict[str, Any], scores: dict[str, float]) -> list[str]:
    """Return a line for each score of an entry that lies below its floor."""
    return [
        f"{name} {scores[name]} is below its floor {floor}"
        for name, floor in entry["floors"].items()
        if scores[name] < floor - SLACK
    ]


def raised(entry: dict[str, Any], scores: dict[str, float]) -> dict[str, Any]:
    """Return the entry with each floor at the higher of itself and what is reached."""
    return entry | {"floors": {name: max(floor, scores[name]) for name, floor in entry["floors"].items()}}


def lowered(gate: Gate, name: str, score: str, value: float, why: str) -> Gate:
    """Return the gate with one floor lowered, and what it was and why in its list of `lowered`.

    Raises ValueError where nothing is lowered or no reason is given.
    """
    floor = gate["entries"][name]["floors"][score]
    if value >= floor:
        raise ValueError(f"{value} does not lower the floor {floor} of {score} in {name}; --raise lifts floors")
    if not why.strip():
        raise ValueError("say why the floor is lowered: --why TEXT")
    entry = gate["entries"][name]
    entries = gate["entries"] | {name: entry | {"floors": entry["floors"] | {score: value}}}
    note = {"entry": name, "score": score, "from": floor, "to": value, "why": why}
    return gate | {"entries": entries, "lowered": [*gate["lowered"], note]}


def _save(gate: Gate) -> None:
    GATE.write_text(json.dumps(gate, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def run(gate: Gate, shared: Path, reader: Reader, only: list[str]) -> tuple[Gate, list[str]]:
    """Measure the entries and print their scores; return the gate with floors lifted, and what is wrong."""
    wrong = []
    for name, entry in gate["entries"].items():
        if only and name not in only:
            continue
        try:
            scores = measured(entry, shared, reader)
        except (OSError, ValueError) as error:
            wrong.append(f"{name}: {error}")
            continue
        print(name, json.dumps(scores), flush=True)
        wrong += [f"{name}: {line}" for line in below(entry, scores)]
        gate = gate | {"entries": gate["entries"] | {name: raised(entry, scores)}}
    return gate, wrong


def main(argv: list[str] | None = None) -> int:
    """Run the gate; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?", help="the folder that holds data/ and gold/")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift floors to what is reached")
    parser.add_argument("--lower", nargs=3, metavar=("NAME", "SCORE", "VALUE"))
    parser.add_argument("--why", default="")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args(argv)
    gate: Gate = json.loads(GATE.read_text(encoding="utf-8"))
    if args.lower:
        name, score, value = args.lower
        _save(lowered(gate, name, score, float(value), args.why))
        return 0
    if args.shared is None:
        parser.error("name the folder that holds data/ and gold/")
    gate, wrong = run(gate, args.shared, Reader(args.weights), args.only)
    if args.lift:
        _save(gate)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
