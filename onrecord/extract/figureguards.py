"""Tells which numbers are no figures: ages, names, ranks, prices, distances, and "one" where it counts nothing."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract.counted import Phrase, counted_phrase
from onrecord.extract.numerals import Numeral, options
from onrecord.lexicon.lexicon import table

_BESIDE = 24  # characters read beside a number; the longest name before one ("security council resolution") needs 20
_OLDEST = 110  # years; a number above it between commas is no age


@cache
def people() -> frozenset[str]:
    """Return the nouns that stand for people, in lower case."""
    return frozenset(word.lower() for word in table("amounts")["nouns"]["people"])


@cache
def masks() -> re.Pattern[str]:
    """Return the pattern of stretches whose numbers never count: names, money, addresses, coordinates, list marks."""
    names = options(table("amounts")["names"]["words"])
    money = r"[$€£¥]\s?\d[\d.,]*(?:\s?(?:-|–|to)\s?[$€£]?\d[\d.,]*)?(?:\s?(?:million|billion|trillion|m|bn|k)\b)?"
    address = r"https?://\S+|www\.\S+|[@#]\w+"
    phone = r"\+\d[\d\s()-]{7,}\d|\b\d{3}[-\s]\d{4}\b(?!\s+\w+s\b)|\b\d{9,}\b"
    score = r"\b\d{1,2}[-–]\d{1,2}\s+(?:win|victory|defeat|vote)\b"
    coordinate = r"\d+\.\d{3,}|\d+(?:\.\d+)?\s?°[NSEW]?(?:\s?\d+[’′'])?"
    listed = r"\[\d{1,3}\]|^\s*\(?\d{1,3}[.)]\s|\(\d{1,2}\)"
    return re.compile(rf"(?<!\w)(?i:{names})(?!\w)|{money}|{address}|{phone}|{score}|{coordinate}|{listed}")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = table("amounts")
    bare, flags = data["bare"], re.IGNORECASE
    return {
        "before": re.compile(rf"(?<!\w)(?:{options(data['not_before']['words'])})\s*[:#]?\s*$", flags),
        "after": re.compile(rf"[\s-]*(?:{options(data['not_after']['words'])})(?!\w)", flags),
        "joined": re.compile(r"-(?!strong|plus|odd)\w|/\d|:\d|°|′"),
        "fate": re.compile(
            rf"\s*(?:[,–—-]\s*)?(?:\w+ly\s+)?(?:{options(bare['after'])})\b|\s*(?:[,.;)–—”\"’]|$)", flags
        ),
        "age": re.compile(
            rf"(?:\b(?:{options(bare['age_before'])})|\baged\s+\S+\s+and|\b(?-i:[A-Z])[\w’-]+,)\s+$", flags
        ),
        "speaks": re.compile(rf",?\s+(?:[\w’-]+\s+){{0,5}}?(?:{options(bare['speech'])})\b"),
        "vague": re.compile(rf"(?:{options(bare['vague'])})$"),
        "idle_one": re.compile(
            rf"\s+(?:of\s+(?!its\b|his\b|her\b|their\b)|(?:{options(bare['idle_one_after'])})\b)", flags
        ),
        "one_before": re.compile(rf"\b(?:{options(bare['idle_one_before'])}|(?<!well\s)as)\s+$"),
        "one_fate": re.compile(r"\s+(?:was\s+|were\s+)?(?:dead|killed|wounded|injured|missing)\b"),
        "the": re.compile(r"\b(?:the|these|those|our|both)\s+$", flags),
        "month": re.compile(rf"(?:day|{options(list(table('times')['months']))})$", flags),
    }


def is_no_figure(text: str, numeral: Numeral) -> bool:
    """Tell by what stands beside a number that it names, dates, measures or prices something."""
    patterns = _patterns()
    if patterns["after"].match(text, numeral.end) or patterns["joined"].match(text, numeral.end):
        return True
    if not text[numeral.core_start].isdigit():
        return False
    left = text[max(0, numeral.start - _BESIDE) : numeral.start]
    return bool(patterns["before"].search(left)) or _closes_name(text, numeral, left) or _is_age(text, numeral)


def _is_age(text: str, numeral: Numeral) -> bool:
    """Read "Ahmed, 34, said": a number between commas after a name, unless it counts deaths ("in Homs, 34, ...")."""
    value = numeral.bounds.low
    if value is None or value > _OLDEST or text[numeral.core_end : numeral.core_end + 1] not in (",", "."):
        return False
    left = text[max(0, numeral.core_start - 60) : numeral.core_start]
    named = re.search(r"[A-Z][\w’'-]+(?:\s+\([^)]*\))?,\s$", left)
    return bool(named) and not re.search(r"(?:kill|wound|injur)\w+[^.]*$", left)


def _closes_name(text: str, numeral: Numeral, left: str) -> bool:
    """Tell whether digits close a name ("Brigade 101 said"): a capital word before, and no noun to count after."""
    name = re.search(r"(?:^|\s)([A-Z][\w’'-]*)\s$", left)
    small = numeral.bounds.high is not None and numeral.bounds.high < 1000
    if name is None or not small or numeral.start != numeral.core_start or _patterns()["month"].search(name.group(1)):
        return False
    return numeral.core_start > len(name.group(0)) and not counted_phrase(text, numeral.end).noun


def counts_something(text: str, numeral: Numeral, phrase: Phrase) -> bool:
    """Tell whether a number with the phrase after it counts people, forces, events or things of the conflict.

    A number with no noun counts only where its neighbours tell a fate ("45 injured") or end the clause.
    """
    nouns, patterns = table("amounts")["nouns"], _patterns()
    words = text[numeral.core_start : numeral.core_end].lower()
    if phrase.noun in nouns["never"]:
        return False
    if words == "one":
        return _one_counts(text, numeral, phrase)
    if phrase.noun:
        speaks = phrase.noun in nouns["speakers"] and patterns["speaks"].match(text, phrase.end)
        return not speaks and not _is_known_pair(text, numeral, phrase)
    if words in ("twin", "dual") or (words.endswith(" of") and numeral.bounds.high is not None):
        return False
    if phrase.end > numeral.end or numeral.another or patterns["vague"].search(words):
        return True
    return not _may_be_age(text, numeral) and bool(patterns["fate"].match(text, numeral.end))


def _may_be_age(text: str, numeral: Numeral) -> bool:
    low = numeral.bounds.low
    before = text[max(0, numeral.start - _BESIDE) : numeral.start]
    return low is not None and low < 100 and bool(_patterns()["age"].search(before))


def _is_known_pair(text: str, numeral: Numeral, phrase: Phrase) -> bool:
    """Leave out "the two leaders": a pair that the text has named, not a count of it."""
    if numeral.bounds.high not in (2, 3) or phrase.noun not in table("amounts")["nouns"]["pairs"]:
        return False
    return bool(_patterns()["the"].search(text[max(0, numeral.start - 8) : numeral.start]))


def _one_counts(text: str, numeral: Numeral, phrase: Phrase) -> bool:
    """Let "one" count only known things, and deaths and wounds ("leaving one dead")."""
    patterns = _patterns()
    before = text[max(0, numeral.start - 10) : numeral.start].lower()
    if patterns["idle_one"].match(text, numeral.end) or patterns["one_before"].search(before):
        return False
    known = phrase.noun in people() or phrase.noun in table("amounts")["nouns"]["single"]
    return known or bool(patterns["one_fate"].match(text, numeral.end))


_HOURS = re.compile(r"\b(?:hours?|minutes?)\b")
_WHEN = re.compile(r"in\s+(?!the\b)(?!(?:\w+\s+)?(?:days|weeks|months|years)$)")


def lasts(kind: str, text: str, start: int, end: int) -> bool:
    """Tell whether a length of time at `text[start:end]` says how long something lasted.

    "In three months" tells when, and bare hours ("a four hours' walk") are left out; "a 48-hour truce" is not. On the
    training gold this leaves 33 of 104 lengths read that no one counted, and loses one of 72 that someone did.
    """
    words = text[start:end].lower()
    if (_HOURS.search(words) and "-" not in words) or _WHEN.match(words) or "century" in words:
        return False
    return kind in ("duration", "since")
