"""What the choice of who, whom and where looks at: triggers, the mentions that can fill a role, and what they share.

Shared with training, so that what is learnt is what is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.reader.candidates import Candidate, members_of
from onrecord.reader.labels import PAIR_HINTS, WHO_AND_WHERE

REACH: Final = 400  # words between a trigger, or a content, and its partner
PATHS: Final = 26  # ways between two words of one sentence's tree that are told apart, and none
APART: Final = 9  # distances in sentences that are told apart
SORTS: Final = len(WHO_AND_WHERE) + 1  # kinds of mentions, and none known
PAIR: Final = 4 + len(PAIR_HINTS)
NAME: Final = SORTS + 6 + len(PAIR_HINTS)
_EVENTS: Final = 64  # that are asked about at once
_STEPS: Final = 4  # up or down a tree that are counted
_FURTHEST: Final = APART // 2

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Setting:
    """Some triggers and all that can fill their roles, as arrays in the order in which the network takes them."""

    asked: Numbers  # the word of each trigger
    partners: Numbers  # the word of each mention
    far: Floats  # (triggers, mentions) 1 for those beyond reach of one another
    path: Numbers  # (triggers, mentions) the way between them in the tree of their sentence
    apart: Numbers  # (triggers, mentions) how many sentences the mention stands before or after
    kind: Numbers  # of each mention
    pair: Floats  # (triggers, mentions, PAIR)
    own: Floats  # (mentions, names) 1 where the mention bears the name
    name: Floats  # (triggers, names, NAME)

    def inputs(self) -> tuple[NDArray[np.generic], ...]:
        """Return what the network takes after the vectors of the triggers and the mentions."""
        return self.far, self.path, self.apart, self.kind, self.pair, self.own, self.name


def settings(
    sentence: Sequence[int], heads: Sequence[int], some: Sequence[Candidate], asked: Sequence[int], hints: Floats
) -> Iterator[Setting]:
    """Yield the triggers `asked`, in turn, with all candidates.

    `sentence` and `heads` are those of each word of the text; `hints` is (triggers, candidates, PAIR_HINTS).
    """
    partners = np.array([one.word for one in some], np.int64)
    own = np.array(sentence, np.int64)
    number = {name: i for i, name in enumerate(WHO_AND_WHERE)}
    kind = np.array([number.get(one.known.kind if one.known else "", SORTS - 1) for one in some], np.int64)
    members = members_of(some)
    order = np.sort(partners)
    bears = np.zeros((len(some), len(members)), np.float32)
    for column, rows in enumerate(members):
        bears[rows, column] = 1.0
    about = np.array([_about(some, rows, kind, own) for rows in members], np.float32)
    for start in range(0, len(asked), _EVENTS):
        words = np.array(asked[start : start + _EVENTS], np.int64)
        told = hints[start : start + _EVENTS]
        gap = partners[None, :] - words[:, None]
        away = own[partners][None, :] - own[words][:, None]
        between = np.abs(np.searchsorted(order, partners)[None, :] - np.searchsorted(order, words)[:, None])
        plain = [away == 0, np.log1p(np.maximum(-gap, 0)), np.log1p(np.maximum(gap, 0)), np.log1p(between)]
        yield Setting(
            words,
            partners,
            (np.abs(gap) > REACH).astype(np.float32),
            _paths(heads, words, partners, away == 0),
            away.clip(-_FURTHEST, _FURTHEST) + _FURTHEST,
            kind,
            np.concatenate([np.stack(plain, -1).astype(np.float32), told], -1),
            bears,
            _names(members, about, told, np.abs(gap)),
        )


def _about(some: Sequence[Candidate], rows: list[int], kind: Numbers, sentence: Numbers) -> list[float]:
    """Return what is known of a name in itself: its mentions' kinds, how many there are, their form, the first."""
    shares = np.bincount(kind[rows], minlength=SORTS) / len(rows)
    first = min(some[i].word for i in rows)
    named = any(known and not known.described for known in (some[i].known for i in rows))
    called = some[rows[0]].name is not None
    return [*shares, np.log1p(len(rows)), called, named, np.log1p(first) / 5, sentence[first] == sentence[0]]


def _names(members: list[list[int]], about: Floats, told: Floats, away: Numbers) -> Floats:
    """Return (triggers, names, NAME): what is known of each name, what the rules say of it here, how near it comes."""
    each = [
        np.concatenate([told[:, rows].max(1), np.log1p(away[:, rows].min(1, keepdims=True))], 1) for rows in members
    ]
    same = np.broadcast_to(about, (len(told), *about.shape))
    return np.concatenate([same, np.stack(each, 1)], -1).astype(np.float32)


def _paths(heads: Sequence[int], asked: Numbers, partners: Numbers, same: NDArray[np.bool_]) -> Numbers:
    """Return (triggers, mentions) the way from one to the other in their sentence's tree, 0 where there is none.

    A way is the steps up from the trigger to the first word above both and down from there, of each at most `_STEPS`.
    """
    above = {word: _above(heads, word) for word in {*asked.tolist(), *partners.tolist()}}
    found = np.zeros(same.shape, np.int64)
    for row, column in zip(*(at.tolist() for at in np.nonzero(same)), strict=True):
        up, down = above[int(asked[row])], above[int(partners[column])]
        meeting = next((word for word in up if word in down), None)
        if meeting is not None:
            found[row, column] = 1 + (_STEPS + 1) * min(up[meeting], _STEPS) + min(down[meeting], _STEPS)
    return found


def _above(heads: Sequence[int], word: int) -> dict[int, int]:
    """Return a word and those that it hangs on, each with its steps from the word, as far as two steps beyond."""
    steps: dict[int, int] = {}
    while word not in steps and len(steps) < 2 * _STEPS:
        steps[word] = len(steps)
        word = heads[word]
    return steps
