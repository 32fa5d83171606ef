"""Reads CoNLL-U files, plain or gzipped, with GUM's mentions."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ENTITY = re.compile(r"\((\d+)(?:\[\d+/\d+\])?-([a-z]+)[^()]*(\)?)|(\d+)(?:\[\d+/\d+\])?\)")


@dataclass
class Document:
    """The words of a document in one row; `heads` are word numbers, a root's is its own."""

    words: list[str] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    free: bool = True  # whether its text is not marked non-commercial

    def mentions(self) -> list[tuple[int, int, int, str]]:
        """Return (first word, end, chain, kind) of every mention that `Entity=` marks, in order."""
        found: list[tuple[int, int, int, str]] = []
        opened: dict[str, list[tuple[int, str]]] = {}
        for i, column in enumerate(self.misc):
            value = next((v[7:] for v in column.split("|") if v.startswith("Entity=")), "")
            for match in _ENTITY.finditer(value):
                if match[3]:
                    found.append((i, i + 1, int(match[1]), match[2]))
                elif match[1]:
                    opened.setdefault(match[1], []).append((i, match[2]))
                elif opened.get(match[4]):
                    start, kind = opened[match[4]].pop()
                    found.append((start, i + 1, int(match[4]), kind))
        return sorted(found, key=lambda m: (m[0], -m[1], m[2]))


def documents(path: Path) -> Iterator[Document]:
    """Yield each document of a file; a file without `# newdoc` is one document."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    document, free, opened = Document(), True, False
    rows: list[list[str]] = []
    for line in [*text.split("\n"), "", "# newdoc"]:
        if line.startswith("# licence ="):
            # It stands above the document that it is about, or in its head.
            if opened and not document.words:
                document.free = "non-commercial" not in line
            else:
                free = "non-commercial" not in line
        elif line.startswith("# newdoc"):
            if document.words:
                yield document
            document, free, opened = Document(free=free), True, True
        elif line.split("\t", 1)[0].isdigit():
            rows.append(line.split("\t"))
        elif not line and rows:
            _add(document, rows)
            rows = []


def _add(document: Document, rows: list[list[str]]) -> None:
    first = len(document.words)
    number = document.sentence[-1] + 1 if document.sentence else 0
    for i, row in enumerate(rows):
        document.words.append(row[1])
        document.sentence.append(number)
        document.tags.append(row[3])
        document.heads.append(first + int(row[6]) - 1 if row[6].isdigit() and row[6] != "0" else first + i)
        document.relations.append(row[7].split(":")[0])
        document.misc.append(row[9])
