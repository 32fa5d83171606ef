"""Reads the corpora that the reader is trained on into samples. Paths are those of the shared data folder."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.reader.rules import RuleTagger
from training.samples import Sample, bio, words_of

# re3d's kinds as ours; kinds that the record has no use for are left out.
RE3D_KINDS = {
    "Organisation": "organisation",
    "Location": "place",
    "Person": "person",
    "Nationality": "population",
    "Temporal": "time",
    "Quantity": "quantity",
    "Weapon": "weapon",
    "MilitaryPlatform": "weapon",
    "Vehicle": "weapon",
}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def conllu(path: Path, *, free_only: bool = False) -> Iterator[Sample]:
    """Yield each document of a CoNLL-U file; `free_only` leaves out those whose text is marked non-commercial."""
    document: list[list[list[str]]] = []
    sentence: list[list[str]] = []
    free = keep = True
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    for line in [*text.split("\n"), "# newdoc", ""]:
        if line.startswith("# licence ="):
            free = "non-commercial" not in line
        if line.startswith("# newdoc"):
            if document and keep:
                yield _parsed(document)
            document, keep = [], free or not free_only
        elif line and line[0].isdigit() and line.split("\t", 1)[0].isdigit():
            sentence.append(line.split("\t"))
        elif not line and sentence:
            document.append(sentence)
            sentence = []


def _parsed(document: list[list[list[str]]]) -> Sample:
    words, sentences, tags, relations, heads = [], [], [], [], []
    for number, sentence in enumerate(document):
        first = len(words)
        for i, row in enumerate(sentence):
            words.append(row[1])
            sentences.append(number)
            tags.append(row[3])
            relations.append(row[7].split(":")[0])
            heads.append(first + int(row[6]) - 1 if row[6] != "0" else first + i)
    return Sample(words, sentences, {"upos": list(tags), "rel": list(relations)}, heads)


def cut(text: str) -> tuple[list[tuple[int, int]], Sample]:
    """Return the word offsets of a text, and a sample of it without labels, with the sentences of the rule tagger."""
    offsets = words_of(text)
    ends = [end for _, end in RuleTagger().tag(text).sentences]
    sentence, at = [], 0
    for start, _ in offsets:
        while at + 1 < len(ends) and start >= ends[at]:
            at += 1
        sentence.append(at)
    return offsets, Sample([text[s:e] for s, e in offsets], sentence)


def attributions(path: Path) -> Iterator[Sample]:
    """Yield the documents of PolNeAR with source, cue and content as BIO labels."""
    for row in lines(path):
        offsets, sample = cut(row["text"])
        for part in ("source", "cue", "content"):
            spans = [(s, e, part) for a in row["attributions"] for s, e in a[part]]
            longest_first = sorted(set(spans), key=lambda span: span[0] - span[1])
            sample.labels[part] = bio(offsets, longest_first)
        yield sample


def entities(path: Path, *, held_back: bool | None = None) -> Iterator[Sample]:
    """Yield the re3d documents with our kinds; every fifth document is held back for development.

    One document's text is marked non-commercial and is left out of training.
    """
    for number, row in enumerate(lines(path)):
        if held_back is not None and (number % 5 == 4) != held_back:
            continue
        if not held_back and "NC" in row["licence"]:
            continue
        offsets, sample = cut(row["text"])
        spans = [(e["start"], e["end"], RE3D_KINDS[e["type"]]) for e in row["entities"] if e["type"] in RE3D_KINDS]
        sample.labels["entity"] = bio(offsets, sorted(spans, key=lambda span: span[0] - span[1]))
        yield sample
