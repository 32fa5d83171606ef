"""What a number counts: the phrase after it, and the head noun of that phrase, found without a parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.extract.quantities.numerals import number_pattern, options
from onrecord.lexicon.lexicon import table

_LONGEST = 8  # words; no counted phrase of the training gold has more before its head noun
_WORD = re.compile(r"[^\W\d_][\w’'.&/-]*")
_GAP = re.compile(r"(?:\s*-\s*|[\s“”\"‘’'\[(\]]*)")
_OF_WHOM = re.compile(
    r"\s+(?:more\s+)?of\s+(?:them|whom|which|us|those|these|(?:its|their|his|her|our)\s+own(?!\s+\w+s\b))\b"
)
_LOOSE = re.compile(r"\s+(?:more|others?|each|or\s+so)\b", re.IGNORECASE)
_PAIRED = re.compile(r"\s+(?:and|or|&)\s+(?:other\s+)?(?=[^\W\d_])")
_GOVERNS = re.compile(r"\s+(?:a|an|the|its|their|his|her)\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands after a number: where it ends in the text, its head noun (lower case) and all its words."""

    end: int
    noun: str
    counted: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        return self.text.lower().rstrip(".’'")


def counted_phrase(text: str, start: int) -> Phrase:
    """Return the phrase counted by a number that ends at `start`; its noun is empty where none follows.

    Reads over "of the" ("dozens of the fighters"), "-strong" and words between the number and its noun ("2,000 US
    troops", "about 400 hardcore Isis members"), and over a second noun joined by "and".
    """
    joined = _joined().match(text, start)
    if joined:
        force = _run(text, joined.end())
        noun = f"{joined.group(1).lower()}s" if joined.group(1) else "people"
        return Phrase(joined.end(), noun, " ".join(word.text for word in force))
    pronoun = _OF_WHOM.match(text, start)
    if pronoun:
        after = _noun_phrase(text, pronoun.end(), singular=False)
        direct = after and after.counted.count(" ") < 2
        return Phrase(pronoun.end(), after.noun if after and direct else "", after.counted if after and direct else "")
    of = _of().match(text, start)
    size = _size().match(text, start)
    begin = of.end() if of else size.end() if size else start
    phrase = _noun_phrase(text, begin, singular=True) or _shared_noun(text, start)
    if phrase is not None:
        return phrase
    loose = _LOOSE.match(text, start)
    return Phrase(loose.end() if loose else start, "", "")


@cache
def _of() -> re.Pattern[str]:
    """Return the pattern of "of the" and the like, with the number of the whole ("two of their three helicopters")."""
    before = "the|its|their|these|those|his|her|our|other|all|such|some|a"
    whole = rf"\d[\d,]*|{options(list(table('amounts')['words']))}"
    return re.compile(rf"\s+(?:(?:more|others?)\s+)?(?:out\s+)?of\s+(?:(?:{before}|{whole})\s+)*", re.IGNORECASE)


@cache
def _joined() -> re.Pattern[str]:
    """Return the pattern of what is counted in one word with its number ("3,000-strong", "30-vehicle")."""
    data = table("amounts")["compound"]
    people, things, apart = (
        options(data["people"]),
        options(data["things"]),
        options(table("amounts")["apart"]["words"]),
    )
    return re.compile(rf"(?:[-‑](?:{people}|({things}))|\s(?:{apart}))\b", re.IGNORECASE)


@cache
def _size() -> re.Pattern[str]:
    return re.compile(rf"\s+\d[\d.,]*[\s-]?(?:{options(table('amounts')['size']['words'])})\b", re.IGNORECASE)


@cache
def _next_number() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:and|or)\s+{number_pattern()}(?!\w)", re.IGNORECASE)


def _shared_noun(text: str, start: int) -> Phrase | None:
    """Return the phrase of a number whose noun waits for the next one ("two American and three French soldiers")."""
    words = _run(text, start)
    if not 1 <= len(words) <= 2:
        return None
    named = words[-1].text[0].isupper() or words[-1].low in table("amounts")["waiting"]["words"]
    other = _next_number().match(text, words[-1].end) if named else None
    phrase = _noun_phrase(text, other.end(), singular=False) if other else None
    return Phrase(words[-1].end, phrase.noun, text[words[0].start : words[-1].end]) if phrase else None


def _noun_phrase(text: str, start: int, *, singular: bool) -> Phrase | None:
    words = _run(text, start)
    head = _head(words, singular=singular)
    if head is None:
        return None
    last = words[head]
    end, noun = last.end, last.low
    end = last.start + len(last.text.rstrip(".’'"))
    pair = _PAIRED.match(text, end)
    if pair:
        second = _run(text, pair.end())
        after = _head(second, singular=False)
        verb = _GOVERNS.match(text, second[after].end) if after == 0 else None  # "two legions and controls a town"
        if after is not None and after < 3 and _is_plural(second[after]) and not verb:
            end = second[after].start + len(second[after].text.rstrip(".’'"))
    return Phrase(end, noun, " ".join(text[words[0].start : end].split()))


def _run(text: str, start: int) -> list[_Word]:
    """Return the words from `start` up to the first that cannot be part of a noun phrase."""
    words: list[_Word] = []
    position = start
    while len(words) < _LONGEST:
        gap = _GAP.match(text, position)
        match = _WORD.match(text, gap.end() if gap else position)
        if match is None or (match.start() == position == start and start > 0 and text[start - 1].isalnum()):
            break
        word = _Word(match.start(), match.end(), match.group())
        if word.low in _stops() and not (word.text.isupper() and len(word.text) > 1):  # "US" and "IS" are names
            break
        words.append(word)
        position = match.end()
        if word.text.endswith(".") and "." not in word.text[:-1]:
            break
    return words


def _head(words: list[_Word], *, singular: bool) -> int | None:
    """Return the index of the head: the first plural not followed by another noun, else a known single noun."""
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        if _is_plural(word) and not (following and _continues(word, following)):
            return index
    known = [singular and word.low in _known() for word in words]
    return next((i for i, hit in enumerate(known) if hit and not any(known[i + 1 : i + 2])), None)


def _continues(word: _Word, following: _Word) -> bool:
    return _is_plural(following) or (word.text[-1] in "’'" and not word.text.islower())


def _is_plural(word: _Word) -> bool:
    low = word.low
    if low in _plurals() or (low.endswith("s") and low in _known()):
        return True
    if low.endswith(("ss", "us", "is", "’s", "'s", "ous", "as")) or len(low) < 4:
        return False
    return low.endswith("s") and low not in _never_plural()


@cache
def _never_plural() -> frozenset[str]:
    return frozenset(table("amounts")["nouns"]["never_plural"])


@cache
def _stops() -> frozenset[str]:
    data = table("amounts")
    return frozenset([*data["stop"]["words"], *data["stop"]["numbers"], *data["words"]])


@cache
def _plurals() -> frozenset[str]:
    return frozenset(word.lower() for word in table("amounts")["nouns"]["plural"])


@cache
def _known() -> frozenset[str]:
    nouns = table("amounts")["nouns"]
    return frozenset(word.lower() for word in [*nouns["people"], *nouns["single"]])
