"""The common form of all corpora: texts cut into words, with labels for the tasks that the corpus has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

# A link that is asked for: (of which word, which link, the words that may be its partner, those that are).
Link = tuple[int, str, tuple[int, ...], tuple[int, ...]]


@dataclass(slots=True)
class Sample:
    """A stretch of text as words, with labels by task.

    A label of `None` is a word without a label; "B-place/B-facility" means that either is right. `heads` are indices
    into `words` (the word itself for a root). `mentions` are (head word, first word, last word), in order, and
    `chains` the number of the one whom each mention names. What rules say: `ruled` the numbers in `RULED` by word,
    `casts` for a trigger's word the words that they have as agent, target and place, and `about` for a word that can
    fill a role what is known of it (the last of `PAIR_HINTS`).
    """

    words: list[str]
    sentence: list[int]
    labels: dict[str, list[str | None]] = field(default_factory=dict)
    heads: list[int] | None = None
    links: list[Link] = field(default_factory=list)
    mentions: list[tuple[int, int, int]] = field(default_factory=list)
    chains: list[int] = field(default_factory=list)
    ruled: dict[int, tuple[int, ...]] = field(default_factory=dict)
    casts: dict[int, tuple[frozenset[int], ...]] = field(default_factory=dict)
    about: dict[int, tuple[float, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words)


def bio(words: list[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str | None]:
    """Return B-, I- and O labels for character spans; a span that overlaps an earlier one is left out.

    A name such as "place/facility" gives the label "B-place/B-facility".
    """
    labels: list[str | None] = ["O"] * len(words)
    for start, end, name in spans:
        inside = [i for i, (s, e) in enumerate(words) if s < end and start < e]
        if inside and all(labels[i] == "O" for i in inside):
            for i in inside:
                tag = "B" if i == inside[0] else "I"
                labels[i] = span_label(tag, name)
    return labels


def span_label(tag: str, name: str) -> str:
    """Return a word's label from B or I and a name: of "place/facility", "B-place/B-facility"."""
    return "/".join(f"{tag}-{one}" for one in name.split("/"))


def cuts(sentence: list[int], most: int) -> list[int]:
    """Return where to cut a text into stretches of about equal length, of at most `most` words, at sentence ends.

    The first is 0 and the last the length of the text; a sentence longer than `most` is cut inside.
    """
    total, found = len(sentence), [0]
    while total - found[-1] > most:
        start = found[-1]
        parts = -(-(total - start) // most)
        wanted = start + -(-(total - start) // parts)
        near = [i for i in range(start + most // 2, min(start + most, total - 1) + 1) if sentence[i] != sentence[i - 1]]
        found.append(min(near, key=lambda i: abs(i - wanted)) if near else start + most)
    return [*found, total]


def stretches(sample: Sample, most: int) -> Iterator[Sample]:
    """Cut a sample at sentence ends into samples of at most `most` words."""
    edges = cuts(sample.sentence, most)
    for start, end in pairwise(edges):
        yield part(sample, start, end)


def part(sample: Sample, start: int, end: int) -> Sample:
    """Return the words from `start` to `end` with their labels; heads, links and mentions that reach outside go."""
    inside = range(start, end)
    heads = None
    if sample.heads is not None:
        heads = [h - start if h in inside else i for i, h in enumerate(sample.heads[start:end])]
    links = [
        (
            word - start,
            link,
            tuple(c - start for c in candidates if c in inside),
            tuple(c - start for c in right if c in inside),
        )
        for word, link, candidates, right in sample.links
        if word in inside
    ]
    kept = [i for i, (_, first, last) in enumerate(sample.mentions) if first in inside and last in inside]
    mentions = [(h - start, f - start, t - start) for h, f, t in (sample.mentions[i] for i in kept)]
    labels = {task: values[start:end] for task, values in sample.labels.items()}
    chains = [sample.chains[i] for i in kept] if sample.chains else []
    moved = Sample(sample.words[start:end], sample.sentence[start:end], labels, heads, links, mentions, chains)
    moved.ruled = {i - start: hints for i, hints in sample.ruled.items() if i in inside}
    moved.about = {i - start: hints for i, hints in sample.about.items() if i in inside}
    moved.casts = {
        i - start: tuple(frozenset(c - start for c in some) for some in cast)
        for i, cast in sample.casts.items()
        if i in inside
    }
    return moved
