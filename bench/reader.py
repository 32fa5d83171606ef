"""Score the neural reader on annotated files; each prints one JSON object, in per cent.

    python -m bench.reader parse FILE.conllu.gz          upos uas las, on the file's own words and sentences
    python -m bench.reader entities FILE.jsonl.gz        f1, and f1 of each kind (form of re3d)
    python -m bench.reader attribution FILE.jsonl.gz     source cue content linked (form of PolNeAR)
    python -m bench.reader coref FILE.conllu.gz          muc b3 ceaf conll (form of GUM: Entity= in MISC)
    python -m bench.reader events GOLD_DIR [--part dev]  trigger typed status agent target … (docs/, gold/, split.json)
    python -m bench.reader speed FOLDER                  ms for 500 words, memory, loading (a folder of .txt files)

`--weights DIR` scores other weights than those that ship.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.reading import attribution, coreference, entities, events, parsing, speed
from onrecord.reader.network import WEIGHTS
from onrecord.reader.neural import Reader

TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "parse": parsing.scores,
    "entities": entities.scores,
    "attribution": attribution.scores,
    "coref": coreference.scores,
    "events": events.scores,
    "speed": speed.scores,
}


def main(argv: list[str] | None = None) -> None:
    """Print the scores of one task."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("path", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--part", choices=("dev", "train"), help="of a gold folder")
    parser.add_argument("--alone", action="store_true", help="of a gold folder: without what the rules find")
    parser.add_argument("--held-back", action="store_true", help="only every fifth document, which is never trained on")
    args = parser.parse_args(argv)
    if not args.path.exists():
        parser.error(f"{args.path} does not exist")
    options: dict[str, Any] = {"part": args.part, "alone": args.alone} if args.task == "events" else {}
    options |= {"held_back": args.held_back} if args.task == "entities" else {}
    given = args.weights if args.task == "speed" else Reader(args.weights)
    print(json.dumps(TASKS[args.task](given, args.path, **options), indent=1))


if __name__ == "__main__":
    main()
