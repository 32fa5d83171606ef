"""A tagger that works by rule: words, numbers and marks, and where one sentence ends and the next begins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.reader.tagger import Tagged, Token

_LETTER = r"[^\W\d_]"
_WORD = r"[\w\u0300-\u036f\u064b-\u0652]"  # letters, digits and the marks that combine with them
_PIECES = re.compile(
    rf"""
      https?://\S+ | www\.\S+                                       # addresses
    | [@#]{_WORD}+                                                  # handles and tags
    | (?:{_LETTER}\.){{2,}}(?:-{_WORD}+)*                           # U.S., a.m., U.S.-led
    | \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?:[-–]\d[\d,.]*\d|[-–]\d)?(?:-{_WORD}+)*   # 3,250 and 1,000-2,000
    | \d+(?:[.:/]\d+)+(?:[-–]\d+(?:[.:/]\d+)*)?(?!{_LETTER})        # 2.5, 04:35, 14/10/2017
    | {_WORD}+(?:[-–‑'’‘ʻ`]{_WORD}+)*                               # words, US-backed, 200-300, Da'esh, Sha‘afa
    | \.{{2,}} | -{{2,}} | \S                                       # an ellipsis, a dash, any other mark
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"(?i)['’]s$")
_FINAL = frozenset({".", "!", "?", "…", "...", "....", "؟", "。", "۔"})
_CLOSERS = frozenset("\"”’')]»")
_OPENERS = frozenset("\"“‘'([«-–—•*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_ARTICLE_LIKE = re.compile(r"(?:al|el|as|ash|an|ar|at|az|ad)[-‑]\w", re.IGNORECASE)
_HEADER_WIDTH = 50  # a block narrower than this is not wrapped prose; no outlet wraps its lines so short


@cache
def _words(name: str) -> frozenset[str]:
    """Return one list of `abbreviations.toml`; it is data, so this room reads it without importing the lexicon."""
    resource = files("onrecord") / "lexicon" / "data" / "abbreviations.toml"
    return frozenset(tomllib.loads(resource.read_text(encoding="utf-8"))[name])


def abbreviations() -> frozenset[str]:
    """Return the forms whose full stop belongs to them and never ends a sentence: "Gen.", "Mr."."""
    return _words("never_final")


class RuleTagger:
    """Cuts a text into sentences and tokens by rule; it needs no weights and no network."""

    version = "rules-2"

    def tag(self, text: str) -> Tagged:
        """Return the sentences and tokens of a text, in order.

        Offsets are code points and `text[t.start:t.end] == t.text`. Every character that is not white space belongs to
        one token, and every token to one sentence; a sentence runs from its first token to the end of its last.
        """
        return _tagged(text)


@lru_cache(maxsize=2)  # the rules and the trained reader cut the same text one after the other
def _tagged(text: str) -> Tagged:
    pieces = list(_pieces(text))
    starts = [0, *(i + 1 for i in _breaks(text, pieces))] if pieces else []
    ends = [*starts[1:], len(pieces)] if pieces else []
    tokens = tuple(
        Token(start, end, text[start:end], sentence)
        for sentence, (first, after) in enumerate(zip(starts, ends, strict=True))
        for start, end in pieces[first:after]
    )
    spans = tuple((pieces[a][0], pieces[b - 1][1]) for a, b in zip(starts, ends, strict=True))
    return Tagged(spans, tokens)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while found := _PIECES.search(text, position):
        start, end = found.span()
        if found[0][-1:] != "." and text[end : end + 1] == "." and _keeps_stop(text, start, end):
            end += 1
        for cut in _cuts(text, start, end):
            yield start, cut
            start = cut
        position = end


def _keeps_stop(text: str, start: int, end: int) -> bool:
    """Tell whether the full stop after a word belongs to it: "Col.", and the initial in "George W. Bush"."""
    word = text[start : end + 1]
    if word in _words("never_final") or word in _words("maybe_final"):
        return True
    after = text[end + 1 : end + 3]
    return end - start == 1 and word[0].isupper() and after[:1] == " " and after[1:].isupper()


def _cuts(text: str, start: int, end: int) -> Iterable[int]:
    """Return where a piece ends, a possessive cut off: "Raqqa's" is "Raqqa" and "'s"."""
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive and possessive.start() > start:
        return (possessive.start(), end)
    return (end,)


def _breaks(text: str, pieces: list[tuple[int, int]]) -> Iterator[int]:
    """Yield the index of each piece that ends a sentence, the last piece of the text left out."""
    first = 0
    for i in range(len(pieces) - 1):
        gap = text[pieces[i][1] : pieces[i + 1][0]]
        if _parts(text, pieces, i, gap) and not _only_a_number(text, pieces, first, i):
            yield i
            first = i + 1


def _parts(text: str, pieces: list[tuple[int, int]], i: int, gap: str) -> bool:
    """Tell whether the gap after piece `i` parts two sentences."""
    if "\n" in gap:
        if _BLANK_LINE.search(gap):
            return not _goes_on(text, pieces, i)
        return _ends(text, pieces, i) or _header_line(text, pieces[i][1], pieces[i + 1])
    if not gap:
        return _run_together(text, pieces, i)
    return _ends(text, pieces, i) and _begins(text, pieces, i + 1)


def _goes_on(text: str, pieces: list[tuple[int, int]], i: int) -> bool:
    """Tell whether a page put a blank line into running prose: a long line breaks off and goes on in lower case."""
    line = pieces[i][1] - (text.rfind("\n", 0, pieces[i][1]) + 1)
    return line > _HEADER_WIDTH and text[pieces[i + 1][0]].islower() and text[pieces[i][1] - 1].islower()


def _only_a_number(text: str, pieces: list[tuple[int, int]], first: int, last: int) -> bool:
    """Tell whether a would-be sentence is the number of a list entry ("3."), which belongs to what follows."""
    return last == first + 1 and text[slice(*pieces[first])].isdigit() and text[slice(*pieces[last])] == "."


def _ends(text: str, pieces: list[tuple[int, int]], i: int) -> bool:
    """Tell whether piece `i` may close a sentence: a final mark, and quotes or brackets set close behind it."""
    while i and text[pieces[i][0]] in _CLOSERS and pieces[i - 1][1] == pieces[i][0]:
        i -= 1
    word = text[slice(*pieces[i])]
    if word in _FINAL:
        return True
    return word[-1] == "." and word not in _words("never_final") and not _initial_before_name(text, pieces, i)


def _initial_before_name(text: str, pieces: list[tuple[int, int]], i: int) -> bool:
    """Tell whether a form such as "U.S.", "W." or "Aug." goes on into the next word."""
    if i + 1 >= len(pieces):
        return False
    following = text[slice(*pieces[i + 1])]
    if text[slice(*pieces[i])].lower() in {"a.m.", "p.m."} and following[0].isupper():
        return following in _words("after_clock")
    return following.lower() not in _words("openers") and following not in _OPENERS


def _begins(text: str, pieces: list[tuple[int, int]], i: int) -> bool:
    """Tell whether piece `i`, opening marks skipped, may be the first of a sentence."""
    while i < len(pieces) - 1 and text[pieces[i][0]] in _OPENERS and pieces[i][1] - pieces[i][0] <= 2:
        i += 1
    word = text[slice(*pieces[i])]
    return not word[0].islower() or bool(_ARTICLE_LIKE.match(word))


def _run_together(text: str, pieces: list[tuple[int, int]], i: int) -> bool:
    """Tell whether a page lost the space between two sentences: "the city.The force"."""
    if text[slice(*pieces[i])] != "." or i == 0:
        return False
    before, after = text[slice(*pieces[i - 1])], text[slice(*pieces[i + 1])]
    return len(before) > 2 and before.islower() and len(after) > 1 and after[0].isupper() and after[1:].islower()


def _header_line(text: str, end: int, following: tuple[int, int]) -> bool:
    """Tell whether a line without a final mark is a line of its own: a headline or a label, not wrapped prose.

    Wrapped prose breaks a line only where the next word would not have fitted the width of its block.
    """
    word = text[slice(*following)]
    if word[0].islower():
        return False
    top, bottom = text.rfind("\n\n", 0, end) + 1, text.find("\n\n", end)
    block = text[top : bottom if bottom >= 0 else len(text)].split("\n")
    width = max(_HEADER_WIDTH, *map(len, block), 0)
    line = end - (text.rfind("\n", 0, end) + 1)
    return line + 1 + len(word) <= width
