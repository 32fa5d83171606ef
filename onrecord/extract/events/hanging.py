"""How a time and an event of one sentence hang together in its tree, as the trained reader parses it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from onrecord.extract.attribution.cues import nouns, verbs
from onrecord.model.values import Span
from onrecord.reader.read import Word

_CLAUSES = frozenset({"ccomp", "advcl", "acl", "parataxis", "csubj", "root"})
_DEEP = 40  # words from a word up to its root; a tree is never so deep, a broken one might be

ON, NEAR, PURPOSE, CLAUSE, APART, SAID, UNKNOWN = "on it", "near it", "purpose", "clause", "apart", "said", "unknown"


class Tree:
    """The words of a dispatch with their heads, to be asked by offsets."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._starts = [word.start for word in words]
        self._ends = [word.end for word in words]
        self._paths: dict[Span, list[int]] = {}

    def within(self, span: Span) -> range:
        """Return the numbers of the words that lie in a stretch."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def path(self, span: Span) -> list[int]:
        """Return the head word of a stretch and all above it, up to the root of its sentence; empty without words."""
        if span not in self._paths:
            self._paths[span] = self._path(span)
        return self._paths[span]

    def _path(self, span: Span) -> list[int]:
        inside = self.within(span)
        head = next((i for i in inside if self.words[i].head not in inside or self.words[i].head == i), None)
        path = [] if head is None else [head]
        while path and self.words[path[-1]].head != path[-1] and len(path) < _DEEP:
            path.append(self.words[path[-1]].head)
        return path

    def clauses(self, path: Sequence[int], top: int) -> list[str]:
        """Return the relations on a path below one of its words that begin a clause or a purpose ("to leave")."""
        relations = (self.words[i].relation for i in path[: path.index(top)])
        return [relation for relation in relations if relation in _CLAUSES or relation == "xcomp"]


def hanging(tree: Tree, event: Span, time: Span) -> str:
    """Return how a time hangs together with a trigger.

    `ON`: the time is told of it; `NEAR`: of what it is part of, or of a part of it, in the same clause ("killed in
    strikes on Monday", "killed and wounded on Monday"); `PURPOSE`: of what was to bring it about ("came on Monday to
    attack"); `CLAUSE`: of the clause around or within it; `SAID`: of when somebody spoke; `APART`: none of these.
    """
    below, above = tree.path(event), tree.path(time)
    if not below or not above:
        return UNKNOWN
    inside = tree.within(event)
    governor = above[1] if len(above) > 1 else above[0]
    if governor in inside or above[0] in inside:
        return ON
    shared = next((i for i in below if i in above[1:]), None)
    if shared is None:
        return SAID if _tells(tree.words[governor].text) else APART
    crossed = tree.clauses(below, shared)
    if not crossed and not tree.clauses(above[1:], shared):
        return NEAR
    if _tells(tree.words[governor].text):
        return SAID
    if shared not in (governor, *inside):
        return APART
    return PURPOSE if crossed == ["xcomp"] else CLAUSE


@cache
def _telling() -> frozenset[str]:
    return frozenset(verbs()) | frozenset(nouns())


def _tells(word: str) -> bool:
    return word.lower() in _telling()
