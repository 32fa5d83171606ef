"""Tells which numbers are no figures: ages, names, ranks, prices, distances, and "one" where it counts nothing."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract.quantities.counted import Phrase, counted_phrase
from onrecord.extract.quantities.numerals import Numeral, changes, options
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
    names, cased = options(table("amounts")["names"]["words"]), options(table("amounts")["names"]["cased"])
    scales, scores = options(table("amounts")["money"]["scales"]), options(table("amounts")["scores"]["words"])
    money = rf"[$€£¥]\s?\d[\d.,]*(?:\s?(?:-|–|to)\s?[$€£]?\d[\d.,]*)?(?:\s?(?:{scales})\b)?"
    address = r"https?://\S+|www\.\S+|[@#]\w+"
    phone = r"\+\d[\d\s()-]{7,}\d|\b\d{3}[-\s]\d{4}\b(?!\s+\w+s\b)|\b\d{9,}\b"
    score = rf"\b\d{{1,2}}[-–]\d{{1,2}}\s+(?:{scores})\b"
    coordinate = r"\d+\.\d{3,}|\d+(?:\.\d+)?\s?°[NSEW]?(?:\s?\d+[’′'])?"
    listed = r"\[\d{1,3}\]|^\s*\(?\d{1,3}[.)]\s|\(\d{1,2}\)"
    return re.compile(rf"(?<!\w)(?:(?i:{names})|{cased})(?!\w)|{money}|{address}|{phone}|{score}|{coordinate}|{listed}")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = table("amounts")
    bare, flags = data["bare"], re.IGNORECASE
    compound = options([word for words in data["compound"].values() for word in words])
    return {
        "before": re.compile(rf"(?<!\w)(?:{options(data['not_before']['words'])})\s*[:#]?\s*$", flags),
        "after": re.compile(rf"[\s-]*(?:{options(data['not_after']['words'])})(?!\w)", flags),
        "joined": re.compile(rf"-(?!(?:{compound})\b)\w|/\d|:\d|°|′"),
        "fate": re.compile(
            rf"\s*(?:[,–—-]\s*)?(?:\w+ly\s+)?(?:{options(bare['after'])})\b|\s*(?:[,.;)–—”\"’]|$)", flags
        ),
        "age": re.compile(
            rf"(?:\b(?:{options(bare['age_before'])})|\b(?:{options(bare['of_ages'])})\s+\S+\s+and|\b(?-i:[A-Z])[\w’-]+,)\s+$",
            flags,
        ),
        "speaks": re.compile(
            rf",?\s+(?:[\w’-]+\s+){{0,5}}?(?<!been\s)(?<!were\s)(?<!was\s)(?<!are\s)(?<!being\s)"
            rf"(?:{options(bare['speech'])})\b(?!\s+(?:to\s+(?:be|have)|{options(bare['spoken_of'])})\b)"
        ),
        "vague": re.compile(rf"(?:{options(bare['vague'])})$"),
        "idle_one": re.compile(
            rf"\s+(?:of\s+(?!its\b|his\b|her\b|their\b)|(?:{options(bare['idle_one_after'])})\b)", flags
        ),
        "one_before": re.compile(rf"\b(?:{options(bare['idle_one_before'])}|(?<!well\s)as)\s+$"),
        "does": re.compile(rf"\b(?:{options(bare['does'])})\w*\s+(?:(?:at\s+least|only|just)\s+)?$", flags),
        "ends": re.compile(r"\s*(?:[,.;:)]|$)|\s+(?:and|near|on|at|who|outside|inside)\b"),
        "aged": re.compile(rf"\b(?:{options(bare['aged'])})\s+(?:(?:{options(bare['of_ages'])})\s+)?$", flags),
        "parent": re.compile(rf"\b(?:{options(bare['parents'])})\s+$", flags),
        "bounded": re.compile(r"(?:over|under|above|below)\s", flags),
        "were": re.compile(r"\b(?:was|were|is|are)\s+(?:all\s+|both\s+|still\s+)?$", flags),
        "titled": re.compile(
            r"(?:^[“\"]?|,\s)(?:the|an?|his|her|its|our|their)\s+(?:[\w’-]+\s+){0,2}\w+(?<!s),\s$", flags
        ),
        "hours_of": re.compile(rf"\s+(?:{options(bare['hours_of'])})\b", flags),
        "role": re.compile(rf"\s+(?:{options(table('titles')['roles'])})\b", flags),
        "away": re.compile(r"\s+away\b"),
        "one_fate": re.compile(rf"\s+(?:was\s+|were\s+)?(?:{options(bare['one_fates'])})\b"),
        "hurting": re.compile(rf"(?:{options(bare['hurting'])})\w+[^.]*$"),
        "the": re.compile(r"\b(?:the|these|those|our|both)\s+$", flags),
        "month": re.compile(rf"(?:{options(bare['dates'])}|{options(list(table('times')['months']))})$", flags),
    }


def is_no_figure(text: str, numeral: Numeral) -> bool:
    """Tell by what stands beside a number that it names, dates, measures or prices something."""
    patterns = _patterns()
    if patterns["after"].match(text, numeral.end) or patterns["joined"].match(text, numeral.end):
        return True
    if _bounds_age(text, numeral):
        return True
    left = text[max(0, numeral.start - _BESIDE) : numeral.start]
    if patterns["parent"].search(left):
        return True
    if not text[numeral.core_start].isdigit():
        return False
    return bool(patterns["before"].search(left)) or _closes_name(text, numeral, left) or _is_age(text, numeral)


def _is_age(text: str, numeral: Numeral) -> bool:
    """Read "Ahmed, 34, said": a number between commas after a name, unless it counts deaths ("in Homs, 34, ...")."""
    value = numeral.bounds.low
    if value is None or value > _OLDEST or text[numeral.core_end : numeral.core_end + 1] not in (",", "."):
        return False
    left = text[max(0, numeral.core_start - 60) : numeral.core_start]
    named = re.search(r"[A-Z][\w’'-]+(?:\s+\([^)]*\))?,\s$", left)
    titled = _patterns()["titled"].search(text[: numeral.core_start])
    return bool(named or titled) and not _patterns()["hurting"].search(left)


def _bounds_age(text: str, numeral: Numeral) -> bool:
    """Read "anyone over 15" and "were under 18": a bound with nothing counted after it."""
    bounds, patterns = numeral.bounds, _patterns()
    value = bounds.low if bounds.low is not None else bounds.high
    if value is None or value > _OLDEST or not patterns["bounded"].match(text, numeral.start):
        return False
    left = text[max(0, numeral.start - _BESIDE) : numeral.start]
    minor = bounds.low is None and value <= table("amounts")["bare"]["minor"] and patterns["were"].search(left)
    return bool(minor or patterns["aged"].search(left)) and not counted_phrase(text, numeral.end).noun


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
    if phrase.noun in nouns["never"] or patterns["away"].match(text, phrase.end):
        return False
    if words == "one":
        return _one_counts(text, numeral, phrase)
    if words == "zero":
        return phrase.noun in people() or phrase.noun in table("amounts")["bare"]["zero"]
    if phrase.noun:
        speaks = phrase.noun in nouns["speakers"] and patterns["speaks"].match(text, phrase.end)
        return not speaks and not _is_known_pair(text, numeral, phrase)
    if words in table("amounts")["bare"]["twos"] or (words.endswith(" of") and numeral.bounds.high is not None):
        return False
    if phrase.end > numeral.end or numeral.another or patterns["vague"].search(words):
        return True
    told = patterns["fate"].match(text, numeral.end) or changes(text, numeral.start)
    return bool(told) and not _may_be_age(text, numeral)


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
    before = text[max(0, numeral.start - _BESIDE) : numeral.start].lower()
    if patterns["idle_one"].match(text, numeral.end) or patterns["one_before"].search(before):
        return False
    if patterns["role"].match(text, phrase.end):
        return False  # "one rebel official said"
    single = table("amounts")["nouns"]["single"]
    known = phrase.noun in people() or phrase.noun in single or phrase.noun.removesuffix("s") in single
    done = patterns["does"].search(before) and patterns["ends"].match(text, numeral.end)
    return known or bool(done or patterns["one_fate"].match(text, numeral.end))


@cache
def _lengths() -> dict[str, re.Pattern[str]]:
    data = {name: options(listed) for name, listed in table("amounts")["lengths"].items() if name != "never"}
    return {
        "hours": re.compile(rf"\b(?:{data['hours']})\b"),
        "nth": re.compile(rf"\b(?:{data['nth']})\s+(?:in\s+)?$"),
        "when": re.compile(rf"in\s+(?!the\b)(?!(?:\w+\s+)?(?:{data['bare']})$)"),
        "name": re.compile(rf"['’]\s+(?:{data['names']})\b"),
    }


def lasts(kind: str, text: str, start: int, end: int) -> bool:
    """Tell whether a length of time at `text[start:end]` says how long something lasted.

    "In three months" tells when, and bare hours ("a four hours' walk") are left out; "a 48-hour truce" is not. On the
    training gold this leaves 33 of 104 lengths read that no one counted, and loses one of 72 that someone did.
    """
    words = text[start:end].lower()
    patterns = _lengths()
    if patterns["hours"].search(words) and ("-" not in words or _patterns()["hours_of"].match(text, end)):
        return False
    if (
        patterns["name"].match(text, end)
        or patterns["when"].match(words)
        or any(word in words for word in table("amounts")["lengths"]["never"])
        or patterns["nth"].search(text[:start])
    ):
        return False
    return kind in ("duration", "since")
