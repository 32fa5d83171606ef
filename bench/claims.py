"""Score who said what: `python -m bench.claims GOLD_DIR [--part dev|train]`, or a file of PolNeAR's form.

Of a folder of annotated dispatches it prints `claim`, `claim.speaker` and `claim.stance` as the folder's `score.py` has
them. Of a JSON Lines file of attributions (PolNeAR) it prints F1 of `content` and `source` spans, which count where
they share at least half of the longer one, and of both together (`linked`): of what the record is made from, rules and
trained reader together, cut as our own guide cuts it; `bench.reader attribution` scores the reader alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from bench.gold import scores as gold_scores
from bench.reading.attribution import count_links, spans_of_gold
from bench.reading.counting import add, half, paired, results
from bench.reading.jsonl import rows
from onrecord.extract.parts import Kit
from onrecord.extract.read import attributed_in, standard_kit
from onrecord.model.records import Dispatch, dispatch_id

OURS = ("claim", "claim.speaker", "claim.stance")


def of_gold(folder: Path, part: str | None = None) -> dict[str, Any]:
    """Return precision, recall and F1 of claims, speakers and stances in a folder of annotated dispatches."""
    found = gold_scores(folder, part)["scores"]
    return {name: found[name] for name in OURS}


def of_attributions(path: Path, kit: Kit) -> dict[str, float]:
    """Return F1 of contents, sources and their links in a file of PolNeAR's form."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(path):
        said = attributed_in(Dispatch(id=dispatch_id(row["text"]), text=row["text"]), kit)
        pairs = {((one.phrase.start, one.phrase.end), one.content) for one in said if not one.phrase.carried}
        contents, sources = {one.content for one in said}, {source for source, _ in pairs}
        found: dict[str, Any] = {"content": contents, "source": sources, "linked": pairs}
        gold = spans_of_gold(row["attributions"])
        for name in ("content", "source"):
            hits = paired(sorted(gold[name]), sorted(found[name]), half)
            add(counts, name, len(hits), len(gold[name]), len(found[name]))
        count_links(counts, gold, found)
    return results(counts, ("content", "source", "linked"))


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
