"""Score our time expressions on TimeML: `python -m bench.timex FOLDER_OR_ZIP`; prints one JSON object, in per cent.

`strict` counts times with equal spans, `relaxed` those that overlap, paired one to one, and `value` those of the
relaxed pairs whose TIMEX3 values are equal, as TempEval-3 (UzZaman and others 2013) does; for each its F1, precision
and recall. Our spans and values are worded as TIMEX3 has them by `bench.reading.timeml`. `--errors N` prints what is
missed, what no one marked, and what has another value to standard error.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.command import run
from bench.reading.counting import f1, in_context, paired, share, shared
from bench.reading.timeml import Document, Timex, documents, timexes
from onrecord.extract.sentences import sentences
from onrecord.extract.times.times import times
from onrecord.model.records import Dispatch, dispatch_id
from onrecord.reader.rules import RuleTagger

SCORES = ("strict", "relaxed", "value")


def found_in(document: Document, tagger: RuleTagger) -> list[Timex]:
    """Return the times that we find in the text of a document, published on its date, as TIMEX3 has them."""
    dispatch = Dispatch(dispatch_id(document.text), document.text, published=document.published)
    found = times(dispatch, sentences(dispatch, tagger.tag(document.text)))
    return [timex for expression in found for timex in timexes(expression, document.text)]


def scores(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """Return the scores over all documents of a folder or zip file; raises ValueError where there is none."""
    tagger, counts, seen = RuleTagger(), Counter[str](), list[str]()
    for document in documents(path):
        found = found_in(document, tagger)
        seen.extend(_count(counts, document, found))
    for line in seen[:errors]:
        sys.stderr.write(f"{line}\n")
    gold, found_in_all = counts["gold"], counts["found"]
    out: dict[str, Any] = {name: counts[name] for name in ("documents", "gold", "found")}
    for name in SCORES:
        hit = counts[name]
        out[name] = f1(hit, gold, found_in_all)
        out[f"{name}_precision"] = share(hit, found_in_all)
        out[f"{name}_recall"] = share(hit, gold)
    return out


def _count(counts: Counter[str], document: Document, found: list[Timex]) -> Iterator[str]:
    """Add a document to the counts; yields a line for each error."""
    gold = document.times
    spans = [(t.start, t.end) for t in gold], [(t.start, t.end) for t in found]
    pairs = paired(*spans, lambda g, f: shared(g, f) > 0)
    counts.update(documents=1, gold=len(gold), found=len(found), relaxed=len(pairs))
    for i, j in pairs:
        counts["strict"] += spans[0][i] == spans[1][j]
        counts["value"] += gold[i].value == found[j].value
        if gold[i].value != found[j].value:
            yield _line("value", document, gold[i], found[j])
    for i in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
        yield _line("missed", document, gold[i])
    for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
        yield _line("spurious", document, found[j])


def _line(what: str, document: Document, timex: Timex, other: Timex | None = None) -> str:
    text = document.text
    words = in_context(text, (timex.start, timex.end), 30)
    ours = f" ours {other.value or 'none'} [{text[other.start : other.end]}]" if other else ""
    return " ".join(f"{what} {document.name} {timex.value or 'none'}{ours}: {words}".split())


def main(argv: list[str] | None = None) -> None:
    """Print the scores."""
    run(__doc__, scores, argv, wanted="a folder or zip file of TimeML documents (.tml)")


if __name__ == "__main__":
    main()
