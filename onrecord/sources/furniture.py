"""Knows the lines of a page that are not its story: buttons, notices, captions, the headline once more."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from onrecord.lexicon.lexicon import table
from onrecord.sources.dates import words
from onrecord.sources.pieces import plain

_PLACEHOLDERS = {
    "{number}": r"[\d.,]+k?",
    "{name}": r"\S+(?:\s+\S+){0,5}(?<!\.)",
    "{rest}": r"\S.{0,160}",
    "{date}": r".{4,40}",
    "{site}": r"(?P<outlet>\w+(?:[.-]\w+)+)",
    "{outlet}": r"(?P<outlet>\S.{0,60}?)",
}
_BULLETS = " \t•*>|·#"
# A cross-heading shares nearly all its letters with the sentence it was taken from; in other words it stays below 85.
_LIFTED = 90


def _compiled(phrases: list[str]) -> re.Pattern[str]:
    """Return a pattern that matches a whole line; only the first phrase that names an outlet may hold a group."""
    parts = []
    for phrase in phrases:
        pattern = re.escape(phrase).replace(r"\{", "{").replace(r"\}", "}").replace(r"\ ", r"\s+")
        for name, form in _PLACEHOLDERS.items():
            pattern = pattern.replace(name, form)
        parts.append(pattern)
    return re.compile("(?:" + "|".join(parts) + r")\s*[.:|»›→…]*", re.IGNORECASE)


@cache
def _lines() -> re.Pattern[str]:
    return _compiled(table("furniture")["lines"])


@cache
def _outlets() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled([phrase]) for phrase in table("furniture")["outlets"])


def is_furniture(line: str) -> bool:
    """Tell whether the whole line is a button, a menu, a notice or a rule between parts."""
    line = line.strip(_BULLETS)
    if len(line) > 300:  # no button and no notice is that long
        return False
    return not any(map(str.isalnum, line)) or bool(_lines().fullmatch(line)) or outlet_in(line) is not None


def outlet_in(line: str) -> str | None:
    """Return the outlet that a line of furniture names ("search the-outlet", "Published in The Outlet, ...")."""
    for pattern in _outlets():
        match = pattern.fullmatch(line.strip(_BULLETS))
        if match and not line.rstrip().endswith((".", "!", "?")):
            return match["outlet"]
    return None


@cache
def _caption() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = table("furniture")["captions"]
    agencies = [name for names in table("headers")["agencies"].values() for name in names]
    stocks, credit = words(lists["stocks"] + agencies), words(lists["credits"])
    starts = re.compile(rf"[\[(]?(?:{words(lists['starts'])})(?:\s*[:|/]|\s+[-–—])\s*\S.*", re.IGNORECASE)
    named = rf"[\[(|]\s*(?i:{credit})\s*[:/]?\s+[^()\[\]]{{2,60}}[\])]?"
    bracket = rf"\[(?:[^\[\]]{{1,50}}[/,]\s*)?{stocks}\]"
    slash = rf"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){{1,3}}\s?/\s?{stocks}[\])]?"
    return starts, re.compile(rf".*(?:{named}|{bracket}|{slash})\.?")


def is_caption(line: str) -> bool:
    """Tell whether a line is a photo caption: it begins as one or ends with the credit of a picture."""
    starts, ends = _caption()
    return len(line) <= 400 and bool(starts.fullmatch(line) or ends.fullmatch(line))


def repeats(line: str, title: str) -> bool:
    """Tell whether a line is the headline once more, whatever its quotation marks and capitals."""
    one, two = plain(line), plain(title)
    return one == two or (len(two) >= 20 and abs(len(one) - len(two)) <= 8 and fuzz.ratio(one, two) >= 93)


def is_lifted(heading: str, paragraph: str) -> bool:
    """Tell whether a short line only repeats words of the paragraph beside it, as cross-headings and pull quotes do."""
    one, two = plain(heading), plain(paragraph)
    return 20 <= len(one) <= 120 and len(two) >= len(one) + 20 and fuzz.partial_ratio(one, two) >= _LIFTED
