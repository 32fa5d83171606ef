"""What two mentions have in common: the features by which the reader tells whether they name the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

REACH: Final = 100  # how many mentions back an antecedent may stand
FEATURES: Final = 20

_CLASSES: Final = {
    "i": 1, "me": 1, "my": 1, "mine": 1, "myself": 1, "we": 2, "us": 2, "our": 2, "ours": 2, "ourselves": 2,
    "you": 3, "your": 3, "yours": 3, "yourself": 3, "yourselves": 3, "he": 4, "him": 4, "his": 4, "himself": 4,
    "she": 5, "her": 5, "hers": 5, "herself": 5, "it": 6, "its": 6, "itself": 6, "they": 7, "them": 7,
    "their": 7, "theirs": 7, "themselves": 7, "who": 8, "whom": 8, "whose": 8, "which": 9, "that": 9,
    "this": 9, "there": 10, "here": 11, "where": 12,
}  # fmt: skip
_EMPTY: Final = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "of", "'s", "’s", "'", "’", "and", "in", "for", "its", "their",
     "his", "her"}
)  # fmt: skip

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Described:
    """The mentions of a text in order, as arrays of one row a mention."""

    anchor: Numbers  # number of the head word's form, -1 for a pronoun
    whole: Numbers  # number of the mention's form without articles, -1 for a pronoun
    pronoun: Numbers  # class of the pronoun, 0 for none
    number: Numbers  # number of the pronoun's form
    sentence: Numbers
    first: Numbers
    last: Numbers
    proper: Floats
    initials: Numbers  # number of the initials' form, or of the form itself where it is an acronym; -1 for neither
    acronym: Floats
    content: Floats  # (mentions, forms) 1 where the mention holds the word
    size: Floats


def described(words: list[str], sentence: list[int], mentions: list[tuple[int, int, int]]) -> Described:
    """Describe mentions (head word, first word, last word) of a text that is cut into words."""
    number: dict[str, int] = {}

    def known(form: str) -> int:
        return number.setdefault(form, len(number))

    rows = []
    held: list[list[int]] = []
    for head, first, last in mentions:
        low = [w.lower() for w in words[first : last + 1]]
        solid = [w for w in low if w not in _EMPTY]
        kind = _CLASSES.get(words[head].lower(), 0) if first == last else 0
        capital = [w for w in words[first : last + 1] if w[:1].isupper() and w.lower() not in _EMPTY]
        acronym = len(words[head]) > 1 and words[head].isupper()
        initials = words[head].lower() if acronym else "".join(w[0] for w in capital).lower()
        held.append([] if kind else [known("w:" + w) for w in solid])
        rows.append(
            (
                -1 if kind else known("w:" + words[head].lower()),
                -1 if kind else known("t:" + " ".join(solid)),
                kind,
                known("p:" + words[head].lower()),
                sentence[head],
                first,
                last,
                float(words[head][:1].isupper() and not kind),
                known("i:" + initials) if len(initials) > 1 and not kind else -1,
                float(acronym),
            )
        )
    columns = np.array(rows, dtype=np.float64).reshape(len(rows), 10).T
    content = np.zeros((len(rows), max(1, len(number))), dtype=np.float32)
    for i, forms in enumerate(held):
        content[i, forms] = 1
    whole = [c.astype(np.int64) for c in columns]
    return Described(
        whole[0], whole[1], whole[2], whole[3], whole[4], whole[5], whole[6],
        columns[7].astype(np.float32), whole[8], columns[9].astype(np.float32),
        content, np.maximum(content.sum(1), 1),
    )  # fmt: skip


def antecedents(count: int, start: int, stop: int) -> Numbers:
    """Return for the mentions from `start` to `stop` the numbers of those before them, nearest first; -1 for none."""
    back = np.arange(1, min(REACH, max(1, count)) + 1)
    found: Numbers = np.maximum(np.arange(start, stop)[:, None] - back[None, :], -1)
    return found


def features(d: Described, start: int, before: Numbers) -> Floats:
    """Return (rows, antecedents, FEATURES) for the mentions from `start` and the antecedents `before` of each."""
    rows = np.arange(start, start + len(before))[:, None]
    other = np.maximum(before, 0)

    def same(values: Numbers) -> NDArray[np.bool_]:
        equal: NDArray[np.bool_] = (values[rows] == values[other]) & (values[rows] >= 0)
        return equal

    shared = d.content[start : start + len(before)] @ d.content.T
    shared = np.take_along_axis(shared, other, 1)
    heads_in = np.take_along_axis(d.content[:, np.maximum(d.anchor[rows[:, 0]], 0)].T, other, 1) * (d.anchor[rows] >= 0)
    heads_of = d.content[rows, np.maximum(d.anchor[other], 0)] * (d.anchor[other] >= 0)
    apart = d.sentence[rows] - d.sentence[other]
    one, two = d.pronoun[rows], d.pronoun[other]
    inside = (d.first[rows] <= d.last[other]) & (d.first[other] <= d.last[rows])
    letters = same(d.initials) & (d.acronym[rows] != d.acronym[other])
    found = [
        same(d.anchor), same(d.whole), heads_in, heads_of, letters,
        one > 0, two > 0, (one > 0) & (two > 0) & same(d.number), (one > 0) & (one == two),
        (one > 0) & (two > 0) & (one != two), d.proper[rows] * d.proper[other], d.proper[rows] + d.proper[other],
        shared / np.minimum(d.size[rows], d.size[other]), inside,
        apart == 0, apart == 1, (apart > 1) & (apart < 4), apart > 8,
        np.log1p(rows - other) / 4, np.log1p(d.size[other]) / 2,
    ]  # fmt: skip
    return np.stack([np.broadcast_to(f, before.shape).astype(np.float32) for f in found], -1)
