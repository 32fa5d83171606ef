"""Attributions, on documents in the form of PolNeAR."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from bench.reading.counting import Span, f1, half, paired
from bench.reading.jsonl import rows
from onrecord.reader.neural import Reader
from onrecord.reader.read import Attribution, Read, Stretch


def scores(reader: Reader, path: Path) -> dict[str, float]:
    """Return F1 of `source`, `cue` and `content` spans, and of pairs of source and content (`linked`).

    Spans count as equal where they share at least half of the longer one, paired one to one; a content in several
    pieces is several spans. A pair counts where both its spans do.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows(path):
        read = reader.read(row["text"])
        gold, found = _gold(row["attributions"]), _found(read)
        for part in ("source", "cue", "content"):
            _count(counts, part, sorted(gold[part]), sorted(found[part]))
        _count_links(counts, gold, found)
    return {
        p: f1(counts[p, "hit"], counts[p, "gold"], counts[p, "found"]) for p in ("source", "cue", "content", "linked")
    }


def _gold(attributions: list[dict[str, Any]]) -> dict[str, Any]:
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


def _count(counts: Counter[tuple[str, str]], part: str, gold: list[Span], found: list[Span]) -> None:
    counts[part, "gold"] += len(gold)
    counts[part, "found"] += len(found)
    counts[part, "hit"] += len(paired(gold, found, half))


def _count_links(counts: Counter[tuple[str, str]], gold: dict[str, Any], found: dict[str, Any]) -> None:
    counts["linked", "gold"] += len(gold["linked"])
    counts["linked", "found"] += len(found["linked"])
    left = sorted(found["linked"])
    for source, content in sorted(gold["linked"]):
        fits = [p for p in left if half(source, p[0]) and half(content, p[1])]
        if fits:
            counts["linked", "hit"] += 1
            left.remove(fits[0])


__all__ = ["Attribution", "scores"]
