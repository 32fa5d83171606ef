"""Words that look like an event and are none: "struck a deal", "pushed back against the plan"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.extract.events.forms import verb_forms
from onrecord.extract.events.grammar import View, is_number, words
from onrecord.lexicon.lexicon import table

_PARTS = re.compile(r"(.*?)\[(.+?)\](.*)")
_PASSED = 2  # articles and the like between an idiom's words: "lose the first election"
_ANY, _GAP = "…", 4  # any words, and so many at most: "bombarded the ministry with emails"


@dataclass(frozen=True, slots=True)
class _Idiom:
    """The words before those that are no event, the rest of those behind their first, and what follows."""

    before: tuple[str, ...]
    rest: tuple[str, ...]
    after: tuple[str, ...]


def idle(view: View) -> frozenset[int]:
    """Return the tokens of a sentence that an idiom keeps from being an event."""
    found: set[int] = set()
    for i, word in enumerate(view.words):
        for idiom in _index().get(word, ()):
            end = i + 1 + len(idiom.rest)
            if _stands(view, i, end, idiom):
                found.update(range(i, end))
    return frozenset(found)


def _stands(view: View, first: int, end: int, idiom: _Idiom) -> bool:
    before = view.words[max(0, first - len(idiom.before)) : first]
    return view.words[first + 1 : end] == idiom.rest and before == idiom.before and (_follow(view, end, idiom.after))


def _follow(view: View, at: int, wanted: tuple[str, ...]) -> bool:
    """Tell whether these words follow, articles and numbers before each passed over, and any words for "…".

    A capital asks for a capital.
    """
    gap = False
    for word in wanted:
        if word == _ANY:
            gap = True
            continue
        end = at + (_GAP if gap else _PASSED)
        passes = str.isalnum if gap else _passed
        while at < end and view.word(at) != word.lower() and passes(view.word(at)):
            at += 1
        if view.word(at) != word.lower() or (word[0].isupper() and not view.capital(at)):
            return False
        at, gap = at + 1, False
    return True


def _passed(word: str) -> bool:
    return word in words("determiners") or is_number(word)


@cache
def _index() -> dict[str, tuple[_Idiom, ...]]:
    """Return the idioms by each form of the first word that is no event in them."""
    found: dict[str, list[_Idiom]] = {}
    irregular = table("events")["forms"]
    for phrases in table("idioms").values():
        for phrase in phrases:
            match = _PARTS.fullmatch(phrase)
            before, inside, after = (tuple(part.split()) for part in (match.groups() if match else ("", phrase, "")))
            for form in verb_forms(inside[0], irregular):
                found.setdefault(form, []).append(_Idiom(before, inside[1:], after))
    return {word: tuple(idioms) for word, idioms in found.items()}
