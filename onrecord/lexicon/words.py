"""Words of a running text as names are compared by: folded, with their places and their capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:['’‘ʼ`]\w+)*")
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")
# What may stand between the words of one name; a line may end inside a name, a sentence or a paragraph may not.
_JOINT = re.compile(r"[ \t\u00a0]{0,2}(?:[-‐‑–/]|\r?\n|&)?[ \t\u00a0]{0,2}")
_QUOTED_JOINT = frozenset(" \"“”'‘’«»(")
_MIXED = 4  # letters: "LeT" and "MoD" are acronyms, "McDonald" is a name


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place; `key` is its folded form, `end` leaves a possessive out, `after` does not."""

    start: int
    end: int
    after: int
    key: str
    word: str


def tokens_of(text: str) -> list[Token]:
    """Return the words of the text in order; a possessive ending is no part of a word."""
    found = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        if key := fold(word):
            found.append(Token(match.start(), match.start() + len(word), match.end(), key, word))
    return found


def joined(text: str, run: list[Token]) -> bool:
    """Tell whether only such signs stand between the words as a name may hold."""
    for left, right in pairwise(run):
        gap = text[left.after : right.start]
        if gap != " " and not _JOINT.fullmatch(gap) and not set(gap) <= _QUOTED_JOINT:
            return False
    return True


def key_of(tokens: list[Token]) -> str:
    """Return the key of a run of words, the same for all spellings of one name."""
    return " ".join(t.key for t in tokens)


def acronyms_fit(known: tuple[str, ...], run: list[Token]) -> bool:
    """Tell whether the known name's acronyms stand in capitals, and mixed ones ("LeT") as they are."""
    return all(_acronym_fits(word, token.word) for word, token in zip(known, run, strict=True))


def cased_so(known: tuple[str, ...], text: str, run: list[Token]) -> bool:
    """Tell whether the words in the text have the capitals that the known name has."""
    if not acronyms_fit(known, run):
        return False
    small = [
        token for word, token in zip(known, run, strict=True) if _wants_capital(word) and not token.word[0].isupper()
    ]
    # Some papers write the last word small: "the Free Syrian army", "Kurdistan Workers' party".
    if small and not (small == [run[-1]] and len(run) > 1 and run[-1].key in _listed("small")):
        return False
    plain_word_too = len(run) == 1 and _is_acronym(known[0]) and run[0].key in _listed("plain_words")
    return not (plain_word_too and _shouted(text, run[0]))


@cache
def _listed(name: str) -> frozenset[str]:
    """Return a list about the names of actors."""
    return frozenset(table("nominals")["actors"][name])


@cache
def tail() -> re.Pattern[str]:
    """Return the pattern of a word behind a name that may be missing from the table: "the Boko Haram militants"."""
    return re.compile(rf"\s+(?:{'|'.join(sorted(_listed('tails')))})$", re.IGNORECASE)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.replace(".", "").isupper()


def _acronym_fits(known: str, word: str) -> bool:
    if _is_acronym(known):
        return _is_acronym(word)
    mixed = len(known) <= _MIXED and known[1:] != known[1:].lower()
    return not mixed or word == known


def _wants_capital(word: str) -> bool:
    """Tell whether a word of a known name has a capital in any text; the article of "The Times" need not."""
    return word[0].isupper() and word != "The"


def _shouted(text: str, token: Token) -> bool:
    """Tell whether the line around the word is all in capitals."""
    start = text.rfind("\n", 0, token.start) + 1
    end = text.find("\n", token.end)
    rest = text[start : token.start] + text[token.end : end if end >= 0 else None]
    return rest.isupper() and len(rest) > 4
