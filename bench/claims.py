"""Score who said what: `python -m bench.claims GOLD_DIR [--part dev|train]`, or a file of PolNeAR's form.

Of a folder of annotated dispatches it prints `claim`, `claim.speaker` and `claim.stance` as the folder's `score.py` has
them. Of a JSON Lines file of attributions (PolNeAR) it prints F1 of `content` and `source` spans, which count where
they share at least half of the longer one, and of both together (`linked`): of the statements that are read, by rules
and trained reader together, each with all that is attributed; `bench.reader attribution` scores the reader alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.gold import scores as gold_scores
from bench.reading.attribution import count_links, spans_of_gold
from bench.reading.counting import add, half, paired, results
from bench.reading.jsonl import rows
from onrecord.extract.parts import Kit
from onrecord.extract.read import read, standard_kit
from onrecord.model.records import Dispatch, Statement, dispatch_id
from onrecord.model.values import Span

OURS = ("claim", "claim.speaker", "claim.stance")


def of_gold(folder: Path, part: str | None = None) -> dict[str, Any]:
    """Return precision, recall and F1 of claims, speakers and stances in a folder of annotated dispatches."""
    found = gold_scores(folder, part)["scores"]
    return {name: found[name] for name in OURS}


def of_attributions(path: Path, kit: Kit) -> dict[str, float]:
    """Return F1 of contents, sources and their links in a file of PolNeAR's form."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(path):
        found = _spans(read(Dispatch(id=dispatch_id(row["text"]), text=row["text"]), kit).statements)
        gold = spans_of_gold(row["attributions"])
        for name in ("content", "source"):
            hits = paired(sorted(gold[name]), sorted(found[name]), half)
            add(counts, name, len(hits), len(gold[name]), len(found[name]))
        count_links(counts, gold, found)
    return results(counts, ("content", "source", "linked"))


def _spans(said: Sequence[Statement]) -> dict[str, Any]:
    """Return the stretches that statements keep: all that is attributed, who is named as its source, and both."""
    pairs = {(_offsets(one.source), _offsets(one.in_full)) for one in said if one.source}
    contents = {_offsets(one.in_full) for one in said}
    return {"content": contents, "source": {source for source, _ in pairs}, "linked": pairs}


def _offsets(span: Span) -> tuple[int, int]:
    return span.start, span.end


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a folder with docs/, gold/ and score.py, or a file of PolNeAR's form")
    parser.add_argument("--part", choices=("dev", "train"))
    args = parser.parse_args()
    if args.path.is_file():
        print(json.dumps(of_attributions(args.path, standard_kit())))
    elif (args.path / "score.py").is_file():
        print(json.dumps(of_gold(args.path, args.part)))
    else:
        parser.error(f"{args.path} is neither a file of attributions nor a folder with score.py")


if __name__ == "__main__":
    main()
