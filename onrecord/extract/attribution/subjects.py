"""Finds who says something by the tree of the sentence: the subject of a verb that attributes, the owner of a noun."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.extract.attribution.cuegrammar import listed
from onrecord.reader.read import Word

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "’s", "get", "gets", "got"})
_CASE = frozenset({"'s", "’s", "'", "’"})
_SMALL = frozenset({"aux", "mark", "advmod", "cop", "case", "punct", "det"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "parataxis"})  # verbs that have their subject from the one they hang on
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_UP = 4  # verbs that are gone up to find a subject

Span = tuple[int, int]


class Subjects:
    """The trees of a dispatch, to be asked who says what a cue attributes."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._starts = [word.start for word in words]
        self._ends = [word.end for word in words]
        self._below: dict[int, list[int]] = {}
        for number, word in enumerate(words):
            if word.head != number:
                self._below.setdefault(word.head, []).append(number)

    def of(self, cue: Span, content: Span) -> Span | None:
        """Return the words that name the source of what the cue attributes, `None` where its sentence names none.

        That is the subject of the cue's verb or of the verb that it goes on from, "by" somebody after a passive, the
        owner of a noun; what "who" stands for in place of "who". What lies in the words attributed is no source.
        """
        head = self._head(cue)
        subject = None if head is None else self._subject(head)
        if subject is None:
            return None
        span = self._phrase(subject)
        return None if _meet(span, content) or _meet(span, cue) else span

    def _head(self, cue: Span) -> int | None:
        """Return the word of a cue on which its others hang."""
        inside = range(bisect_left(self._starts, cue[0]), bisect_right(self._ends, cue[1]))
        tops = [i for i in inside if self._words[i].head not in inside or self._words[i].head == i]
        full = [i for i in tops if self._words[i].relation not in _SMALL]
        if full or not tops:
            return full[0] if full else None
        return self._words[tops[0]].head  # "would" alone, of "would not say"

    def _subject(self, verb: int) -> int | None:
        for _ in range(_UP):
            word, below = self._words[verb], self._below.get(verb, [])
            if word.text.lower() in listed("seeming"):
                return None
            if word.tag in ("NOUN", "PROPN"):
                return next((i for i in below if self._owns(i)), None)
            if self._is_passive(verb):
                return next((i for i in below if self._words[i].relation == "obl" and self._has(i, {"by"})), None)
            if found := next((i for i in below if self._words[i].relation == "nsubj"), None):
                return self._meant(found, verb)
            if word.relation == "acl" and word.text.endswith("ing"):  # "a resident speaking of"
                return word.head
            if word.relation not in _SHARED or word.head == verb:
                return None
            verb = word.head
        return None

    def _owns(self, number: int) -> bool:
        word = self._words[number]
        return word.relation == "nmod" and (word.tag == "PRON" or self._has(number, _CASE))

    def _is_passive(self, verb: int) -> bool:
        word, below = self._words[verb], self._below.get(verb, [])
        helped = any(self._words[i].text.lower() in _BE for i in below if self._words[i].relation in ("aux", "cop"))
        verbal = word.tag == "VERB" and not word.text.endswith("ing")
        return helped and (verbal or word.text.lower() in listed("unsourced"))

    def _has(self, number: int, texts: frozenset[str] | set[str]) -> bool:
        return any(self._words[i].text.lower() in texts for i in self._below.get(number, []))

    def _meant(self, subject: int, verb: int) -> int:
        """Return what a relative pronoun stands for: the word on which its clause hangs."""
        relative = self._words[subject].text.lower() in _RELATIVES and self._words[verb].relation == "acl"
        return self._words[verb].head if relative else subject

    def _phrase(self, head: int) -> Span:
        """Return the words around a head that hang on it, without the preposition or the clause that it stands in."""
        inside = {head}
        for below in self._below.get(head, []):
            if self._words[below].relation not in ("case", "punct", "acl"):
                inside |= self._all_below(below)
        first = last = head
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return self._words[first].start, self._words[last].end

    def _all_below(self, number: int) -> set[int]:
        found, left = {number}, [number]
        while left:
            more = [i for i in self._below.get(left.pop(), []) if i not in found]
            found.update(more)
            left += more
        return found


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
