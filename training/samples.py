"""The common form of all corpora: texts cut into words, with labels for the tasks that the corpus has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Words as Universal Dependencies cuts English: hyphenated words apart, clitics apart, numbers whole.
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|S|re|ve|ll|d|m)\b|\w+|[^\w\s]")


@dataclass(slots=True)
class Sample:
    """A stretch of text as words, with labels by task; `None` in a label list is a word without a label.

    `heads` are indices into `words` (the word itself for a root); `spans` are half-open word ranges with a label, by
    task; `roles` are (trigger word, role, candidate words, right words).
    """

    words: list[str]
    sentence: list[int]
    labels: dict[str, list[str | None]] = field(default_factory=dict)
    heads: list[int] | None = None
    roles: list[tuple[int, str, tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)


def words_of(text: str) -> list[tuple[int, int]]:
    """Return the half-open offsets of the words of a text, in code points."""
    return [match.span() for match in _WORD.finditer(text)]


def bio(words: list[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str | None]:
    """Return B-, I- and O labels for character spans; a span that overlaps an earlier one is left out."""
    labels: list[str | None] = ["O"] * len(words)
    for start, end, name in spans:
        inside = [i for i, (s, e) in enumerate(words) if s < end and start < e]
        if inside and all(labels[i] == "O" for i in inside):
            labels[inside[0]] = f"B-{name}"
            for i in inside[1:]:
                labels[i] = f"I-{name}"
    return labels


def spans_of(labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open word ranges that B- and I- labels mark; an I- without its B- begins a range."""
    start, name, i = 0, "", -1
    for i, label in enumerate([*labels, "O"]):
        tag, _, kind = label.partition("-")
        if name and (tag != "I" or kind != name):
            yield start, i, name
            name = ""
        if tag != "O" and not name:
            start, name = i, kind


def windows(sample: Sample, most: int) -> Iterator[Sample]:
    """Cut a sample at sentence ends into samples of at most `most` words (cutting longer sentences)."""
    start = 0
    while start < len(sample):
        end = min(len(sample), start + most)
        if end < len(sample):
            at = end
            while at > start and sample.sentence[at] == sample.sentence[at - 1]:
                at -= 1
            end = at if at > start else end
        yield part(sample, start, end)
        start = end


def part(sample: Sample, start: int, end: int) -> Sample:
    """Return the words from `start` to `end` with their labels; heads and roles that reach outside are dropped."""
    heads = None
    if sample.heads is not None:
        heads = [h - start if start <= h < end else i for i, h in enumerate(sample.heads[start:end])]
    roles = []
    for trigger, role, candidates, right in sample.roles:
        if start <= trigger < end:
            kept = tuple(c - start for c in candidates if start <= c < end)
            roles.append((trigger - start, role, kept, tuple(c - start for c in right if start <= c < end)))
    labels = {task: values[start:end] for task, values in sample.labels.items()}
    return Sample(sample.words[start:end], sample.sentence[start:end], labels, heads, roles)
