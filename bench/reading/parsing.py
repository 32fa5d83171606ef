"""Part of speech and dependencies, on the words and sentences of a CoNLL-U file."""

from __future__ import annotations

from pathlib import Path

from bench.reading.conllu import documents
from onrecord.reader.neural import Reader, cut_words


def scores(reader: Reader, path: Path) -> dict[str, float]:
    """Return the share of words with the right UPOS (`upos`), head (`uas`), and head with relation (`las`).

    Punctuation counts; relations are compared without their subtypes.
    """
    right = {"upos": 0, "uas": 0, "las": 0}
    total = 0
    for document in documents(path):
        words = reader.read_words(cut_words(document.words, document.sentence)).words
        for i, word in enumerate(words):
            total += 1
            right["upos"] += word.tag == document.tags[i]
            right["uas"] += word.head == document.heads[i]
            right["las"] += word.head == document.heads[i] and word.relation == document.relations[i]
    return {name: round(100 * count / max(1, total), 2) for name, count in right.items()} | {"words": total}
