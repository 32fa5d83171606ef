"""Attributions, on documents in the form of PolNeAR."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from bench.reading.counting import Span, add, half, paired, results
from bench.reading.jsonl import rows
from onrecord.reader.neural import Reader
from onrecord.reader.read import Read, Stretch


def scores(reader: Reader, path: Path) -> dict[str, float]:
    """Return F1 of `source`, `cue` and `content` spans, and of pairs of source and content (`linked`).

    Spans count as equal where they share at least half of the longer one, paired one to one; a content in several
    pieces is several spans. A pair counts where both its spans do.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(path):
        read = reader.read(row["text"])
        gold, found = spans_of_gold(row["attributions"]), _found(read)
        for part in ("source", "cue", "content"):
            pairs = paired(sorted(gold[part]), sorted(found[part]), half)
            add(counts, part, len(pairs), len(gold[part]), len(found[part]))
        count_links(counts, gold, found)
    return results(counts, ("source", "cue", "content", "linked"))


def spans_of_gold(attributions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the annotated spans of each part, and the pairs of source and content."""
    spans: dict[str, Any] = {
        part: {(s, e) for a in attributions for s, e in a[part]} for part in ("source", "cue", "content")
    }
    pairs = {((s, e), (cs, ce)) for a in attributions for s, e in a["source"] for cs, ce in a["content"]}
    return spans | {"linked": pairs}


def _found(read: Read) -> dict[str, Any]:
    return {
        "source": set(map(_span, read.sources)),
        "cue": set(map(_span, read.cues)),
        "content": {_span(a.content) for a in read.attributions},
        "linked": {(_span(a.source), _span(a.content)) for a in read.attributions if a.source},
    }


def _span(stretch: Stretch) -> Span:
    return stretch.start, stretch.end


def count_links(counts: Counter[tuple[str, str]], gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Count the pairs of source and content that are found."""
    add(counts, "linked", 0, len(gold["linked"]), len(found["linked"]))
    left = sorted(found["linked"])
    for source, content in sorted(gold["linked"]):
        fits = [p for p in left if half(source, p[0]) and half(content, p[1])]
        if fits:
            counts["linked", "hit"] += 1
            left.remove(fits[0])
