"""Reads the corpora that the reader is trained on into samples. Paths are those of the shared data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.reading.conllu import Document, documents
from bench.reading.entities import KINDS, is_held_back
from bench.reading.jsonl import rows
from onrecord.reader.words import sentence_of_each, sentences_of, words_of
from training.samples import Link, Sample, bio

# re3d's kinds as ours; where ours is finer, either is right.
RE3D_KINDS = KINDS | {"Organisation": "organisation/group", "Location": "place/facility"}
# GUM's kinds of those whom the record follows, as ours.
GUM_KINDS = {
    "person": "person/population/group",
    "organization": "organisation/group",
    "place": "place/facility",
}


def conllu(path: Path, *, free_only: bool = False, coreference: bool = False) -> Iterator[Sample]:
    """Yield each document of a CoNLL-U file as a sample, with GUM's mentions and chains where asked.

    `free_only` leaves out those whose text is marked non-commercial.
    """
    for document in documents(path):
        if document.free or not free_only:
            labels: dict[str, list[str | None]] = {"upos": [*document.tags], "rel": [*document.relations]}
            sample = Sample(document.words, document.sentence, labels, document.heads)
            if coreference:
                _add_mentions(sample, document)
            yield sample


def head_of(sample: Sample, first: int, last: int) -> int:
    """Return the head word of a span: the one whose own head lies outside; of a name in several words, the last."""
    heads, relations = sample.heads or [], sample.labels["rel"]
    inside = range(first, last + 1)
    head = next((i for i in inside if heads[i] not in inside or heads[i] == i), last)
    flat = [i for i in inside if heads[i] == head and relations[i] == "flat" and i > head]
    return flat[-1] if flat else head


def _add_mentions(sample: Sample, document: Document) -> None:
    anchors: list[str | None] = ["O"] * len(sample)
    for first, end, chain, kind in document.mentions():
        if kind not in GUM_KINDS or sample.sentence[first] != sample.sentence[end - 1]:
            continue
        head = head_of(sample, first, end - 1)
        if anchors[head] == "O":
            anchors[head] = GUM_KINDS[kind]
            sample.mentions.append((head, first, end - 1))
            sample.chains.append(chain)
    order = sorted(range(len(sample.mentions)), key=lambda i: (sample.mentions[i][1], -sample.mentions[i][2]))
    sample.mentions = [sample.mentions[i] for i in order]
    sample.chains = [sample.chains[i] for i in order]
    sample.labels["anchor"] = anchors


def cut(text: str) -> tuple[list[tuple[int, int]], Sample]:
    """Return the word offsets of a text, and a sample of it without labels, cut as the reader cuts it."""
    offsets = words_of(text)
    return offsets, Sample([text[s:e] for s, e in offsets], sentence_of_each(offsets, sentences_of(text)))


def attributions(path: Path) -> Iterator[Sample]:
    """Yield the documents of PolNeAR with source, cue and content as labels, and content linked to the two others."""
    for row in rows(path):
        offsets, sample = cut(row["text"])
        for name in ("source", "cue", "content"):
            spans = [(s, e, name) for a in row["attributions"] for s, e in a[name]]
            longest_first = sorted(set(spans), key=lambda span: span[0] - span[1])
            sample.labels[name] = bio(offsets, longest_first)
        sample.links = list(_attribution_links(row["attributions"], offsets))
        yield sample


def _attribution_links(attributions: list[dict[str, Any]], offsets: list[tuple[int, int]]) -> Iterator[Link]:
    ends = {name: {_last_word(offsets, e) for a in attributions for _, e in a[name]} for name in ("source", "cue")}
    for attribution in attributions:
        for start, _ in attribution["content"]:
            word = next((i for i, (_, e) in enumerate(offsets) if e > start), None)
            for name in ("source", "cue"):
                if word is not None:
                    right = {_last_word(offsets, e) for _, e in attribution[name]}
                    yield word, name, tuple(sorted(ends[name])), tuple(sorted(right))


def _last_word(offsets: list[tuple[int, int]], end: int) -> int:
    return max((i for i, (s, _) in enumerate(offsets) if s < end), default=0)


def entities(path: Path, *, held_back: bool | None = None) -> Iterator[Sample]:
    """Yield the re3d documents with our kinds; every fifth document is held back for development.

    One document's text is marked non-commercial and is left out of training.
    """
    for number, row in enumerate(rows(path)):
        if held_back is not None and is_held_back(number) != held_back:
            continue
        if not held_back and "NC" in row["licence"]:
            continue
        offsets, sample = cut(row["text"])
        add_entities(sample, offsets, row["entities"])
        yield sample


def add_entities(sample: Sample, offsets: list[tuple[int, int]], found: list[dict[str, Any]]) -> None:
    """Label the outermost of re3d's spans as `entity`, and the outermost within these as `inner`."""
    spans = sorted(
        {(e["start"], e["end"], RE3D_KINDS[e["type"]]) for e in found if e["type"] in RE3D_KINDS},
        key=lambda s: (s[0] - s[1], s),
    )
    outer: list[tuple[int, int, str]] = []
    inner: list[tuple[int, int, str]] = []
    for span in spans:
        crossed = [o for o in outer if o[0] < span[1] and span[0] < o[1]]
        (inner if crossed else outer).append(span)
    sample.labels["entity"] = bio(offsets, outer)
    sample.labels["inner"] = bio(offsets, inner)
