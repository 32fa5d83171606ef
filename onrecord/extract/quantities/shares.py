"""Shares of a whole: percentages, fractions, and "most of"; each as a number in per cent with what it is a share of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.extract.quantities.counted import Phrase, counted_phrase
from onrecord.extract.quantities.numerals import Bounds, Numeral, lowered, modified, options, value_of
from onrecord.lexicon.lexicon import table

_SHARE_OF = re.compile(
    r"\s+(?:of\s+|in\s+|(?=(?:the|its|their|a)\s))(?:(?:the|its|their|his|her|all|this|that|our|a|\d[\d,]*)\s+)*",
    re.IGNORECASE,
)
_CLAUSE = 60  # characters read to the left for what a percentage is of
_NAMED = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:and\s+)?[A-Z][\w’'-]*)*")
_PRONOUN = re.compile(r"(?:whom|which|them|us|those|these)\b")


@dataclass(frozen=True, slots=True)
class Share:
    """A share in a text: offsets of its words, bounds in per cent, and what it is a share of."""

    start: int
    end: int
    bounds: Bounds
    phrase: Phrase


def shares(text: str, found: list[Numeral]) -> list[Share]:
    """Return the shares of a text in order, none overlapping; `found` are its numerals.

    "One-third of the country" and "one in three" are 33.3, "more than half" at least 50, "most of the province" at
    least 50 (only of places and of people, as docs/vocabulary.md counts territory).
    """
    out: list[Share] = []
    for item in sorted(
        [*_percentages(text, found), *_ratios(text), *_fractions(text), *_majorities(text)],
        key=lambda item: (item.start, -item.end),
    ):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = table("amounts")
    words, fractions = options(list(data["words"])), options(list(data["fractions"]))
    return {
        "percent": re.compile(rf"\s*-?(?:{options(data['percent']['words'])})(?!\w)", re.IGNORECASE),
        "fraction": re.compile(
            rf"(?<![\w-])(?:(a|an|{words})[\s-]+)?({fractions})(?=\s+(?:of|the|its|their|a)\b)", re.IGNORECASE
        ),
        "measured": re.compile(rf"\s+(?:of\s+)?an?\s+(?:{options(data['measured']['words'])})"),
        "price": re.compile(rf"\b(?:{options(data['not_share']['words'])})\b[^.;]*$", re.IGNORECASE),
        "ratio": re.compile(
            rf"(?<![\w,.-])({words}|\d{{1,3}})\s+(in|out\s+of|in\s+every|out\s+of\s+every|of\s+every)\s+"
            rf"({options(data['ratio']['wholes'])})(?![\w,.-]?\w)"
        ),
        "ratio_time": re.compile(rf"\s+(?:\w+\s+)?(?:{options(data['ratio']['times'])})\b"),
        "opens": re.compile(r"(?:^|[.,;:“\"(–—-]\s*|\b(?:that|and|but|where|while|of|as|than)\s+)$", re.IGNORECASE),
        "majority": re.compile(rf"(?<![\w-])({options(data['majority']['words'])})\s+", re.IGNORECASE),
    }


def _whole(text: str, end: int) -> Phrase:
    """Return what a share that ends at `end` is a share of: a name, or the phrase up to its noun."""
    of = _SHARE_OF.match(text, end)
    if of is None:
        return Phrase(end, "", "")
    if _PRONOUN.match(text, of.end()):
        return Phrase(_PRONOUN.match(text, of.end()).end(), "", "")  # type: ignore[union-attr]
    place = _place(text, of.end())
    if place is not None:
        return place
    name, phrase = _NAMED.match(text, of.end()), counted_phrase(text, of.end())
    if phrase.noun and (name is None or phrase.end >= name.end()):
        return phrase
    noun = _noun(text, of.end())
    if name and name.end() >= noun.end:
        return Phrase(name.end(), name.group().split()[-1].lower(), name.group())
    return noun


def _place(text: str, start: int) -> Phrase | None:
    """Return the words up to a word for a place ("the besieged city" of "half of the besieged city lies in ruins")."""
    words = _noun(text, start)
    for word in re.finditer(r"[^\W\d_][\w’'-]*", words.counted):
        owner = text[start + word.end() :].startswith(("’", "'"))  # "of the camp's residents" is of people
        if word.group().lower() in table("amounts")["majority"]["of_territory"] and not owner:
            return Phrase(start + word.end(), word.group().lower(), words.counted[: word.end()])
    return None


def _noun(text: str, start: int) -> Phrase:
    """Return the words from `start` to the next small word, the last of them as the noun."""
    end, last = start, ""
    for word in re.finditer(r"\s*([^\W\d_][\w’'-]*)", text[start : start + 60]):
        if start + word.start() != end or (word.group(1).lower() in _small() and not word.group(1).isupper()):
            break
        end, last = start + word.end(), word.group(1)
    return Phrase(end, last.lower(), text[start:end].strip())


@cache
def _small() -> frozenset[str]:
    return frozenset(table("amounts")["stop"]["words"])


def _percentages(text: str, found: list[Numeral]) -> list[Share]:
    out = []
    for numeral in found:
        sign = _patterns()["percent"].match(text, numeral.end)
        if sign and not _patterns()["price"].search(text[max(0, numeral.start - _CLAUSE) : numeral.start]):
            phrase = _whole(text, sign.end())
            out.append(Share(numeral.start, max(phrase.end, sign.end()), numeral.bounds, phrase))
    return out


def _ratios(text: str) -> list[Share]:
    """Return shares of the form "one in three residents", which open a clause, and "nine out of ten houses"."""
    out, plain, patterns = [], lowered(text), _patterns()
    for match in patterns["ratio"].finditer(plain):
        part, whole = value_of(match.group(1)), value_of(match.group(3))
        if not part or not whole or part >= whole or patterns["ratio_time"].match(plain, match.end()):
            continue
        value = round(100 * part / whole, 1)
        numeral = modified(plain, match.start(), match.end(), Bounds(value, value))
        if match.group(2) == "in" and not patterns["opens"].search(text[: numeral.start]):
            continue
        phrase = counted_phrase(text, match.end())
        out.append(Share(numeral.start, max(phrase.end, numeral.end), numeral.bounds, phrase))
    return out


def _fractions(text: str) -> list[Share]:
    data, out = table("amounts"), []
    for match in _patterns()["fraction"].finditer(text):
        count = data["words"].get((match.group(1) or "a").lower(), 1)
        part = match.group(2).lower()
        value = round(count * data["fractions"][part], 1)
        ranked = match.group(1) is None and part != "half"  # "third of" without a count is a rank
        if (
            ranked
            or (count > 1) != part.endswith("s")
            or value >= 100
            or _patterns()["measured"].match(text[match.end() :])
        ):
            continue
        numeral = modified(lowered(text), match.start(), match.end(), Bounds(value, value))
        phrase = _whole(text, match.end())
        out.append(Share(numeral.start, max(phrase.end, match.end()), numeral.bounds, phrase))
    return out


def _majorities(text: str) -> list[Share]:
    data, out = table("amounts")["majority"], []
    for match in _patterns()["majority"].finditer(text):
        words = " ".join(match.group(1).lower().split())
        phrase = _whole(text, match.end(1) - (3 if words.endswith(" of") else 0))
        if not phrase.noun and not words.endswith("of"):
            phrase = counted_phrase(text, match.end(1))
            phrase = phrase if phrase.noun else _noun(text, match.end())
        if phrase.noun in data["of_territory"] or "majority" in words:
            bounds = Bounds(100.0, 100.0, True) if words in data["nearly_all"] else Bounds(float(data["low"]), None)
            out.append(Share(match.start(), max(phrase.end, match.end(1)), bounds, phrase))
    return out
