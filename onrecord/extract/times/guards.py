"""Tells whether words that fit a wording of a time are one: "May" may be a name, "2014 fighters" is a count."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from onrecord.extract.quantities.numerals import lowered, options
from onrecord.lexicon.lexicon import table

Match = re.Match[str]
_BEFORE, _AFTER = 30, 30  # characters read beside the words; the longest guard phrase is "over the course of "


def sensible(means: str, match: Match, text: str) -> bool:
    """Tell whether the words that fit the wording `means` are a time in this text.

    The match is in the lowered text, whose offsets are those of `text`.
    """
    guard = _GUARDS.get(means)
    return guard is None or guard(match, text)


@cache
def _guard(name: str) -> re.Pattern[str]:
    """Return the list `guards.NAME` of times.toml as a pattern: ends a text (`before_`) or opens one (`after_`)."""
    words = options(table("times")["guards"][name])
    return re.compile(rf"(?<![\w-])(?:{words})[\s-]+$" if name.startswith("before") else rf"\s*(?:{words})(?!\w)")


def _led_by(name: str, match: Match, text: str, *, start: int | None = None) -> bool:
    at = match.start() if start is None else start
    return bool(_guard(f"before_{name}").search(lowered(text[max(0, at - _BEFORE) : at])))


def _followed_by(name: str, match: Match, text: str) -> bool:
    return bool(_guard(f"after_{name}").match(lowered(text[match.end() : match.end() + _AFTER])))


def _month(match: Match, text: str) -> bool:
    start, groups = match.start("month"), match.groupdict()
    if not text[start].isupper():
        return False
    if any(groups.get(slot) for slot in ("dd", "year", "yearword", "spelled_year", "shift")):
        return True
    word, guards = groups["month"].rstrip("."), table("times")["guards"]
    if _led_by("month", match, text, start=start):
        return not (word in guards["verb_months"] and _followed_by("verb", match, text))
    if word in guards["shy_months"]:
        return False
    follows = text[match.end() : match.end() + 2]
    return word not in guards["first_names"] or not (follows[:1] == " " and follows[1:].isupper())


def _season(match: Match, text: str) -> bool:
    groups, guards = match.groupdict(), table("times")["guards"]
    noun = groups["season"] in guards["noun_seasons"]
    if groups.get("year") or groups.get("yearword") or groups.get("spelled_year"):
        return not noun or groups.get("yearword") not in guards["noun_years"]  # "the tyrant’s fall that year"
    if text[match.start("season")].isupper() or noun:
        return bool(groups.get("shift")) and groups["shift"] in guards["season_shifts"]
    return (
        bool(groups.get("shift"))
        or _led_by("season", match, text)
        or _led_by("season", match, text, start=match.start("season"))
    )


def _year(match: Match, text: str) -> bool:
    joined = text.startswith(tuple(table("times")["guards"]["joined_count"]), match.end())
    if joined or _led_by("count", match, text) or _followed_by("count", match, text):
        return _led_by("year", match, text)
    return match.group("year")[:4] < "2045"  # later ones are counts, not years, in dispatches


_FULL = 6  # letters; shorter names of weekdays are abbreviations


def _weekday(match: Match, text: str) -> bool:
    word = match.group("weekday")
    if not text[match.start("weekday")].isupper():
        return False
    return len(word) >= _FULL or word.endswith(".") or bool(re.match(r",?\s+\d", text[match.end() :]))


def _length(match: Match, text: str) -> bool:
    """Leave out rates ("a month"), idioms ("one day") and people's ages ("a 34-year-old man")."""
    groups, words = match.groupdict(), match.group()
    count, guards = groups.get("count"), table("times")["guards"]
    long = tuple(guards["long"])
    if words.endswith(tuple(guards["old"])):
        return _followed_by("old", match, text)
    if _followed_by("age", match, text) or (
        count in ("a", "an") and words.endswith(tuple(f"s-{word}" for word in long))
    ):
        return False
    if count in ("a", "an") and _followed_by("offset", match, text):
        return False
    if groups.get("units_only") and not groups.get("loose") and not words.endswith(long):
        return (
            match.start() == 0
            or _led_by("bare_length", match, text)
            or bool(re.match(r"\s+of\s+\w", text[match.end() :]))
        )
    if groups.get("loose") in ("the", "these", "those"):
        return words.split()[-1] in guards["loose_units"] and bool(re.match(r"\s+of\b", text[match.end() :]))
    return count not in ("a", "an", "one") or "-" in words or _led_by("length", match, text)


def _quarter(match: Match, text: str) -> bool:
    """Leave out a part of a town: "the first quarter of the old city", "of Aleppo"."""
    if match.groupdict().get("year2") or match.groupdict().get("yearword2"):
        return True
    town = _followed_by("part_of_town", match, text) or re.match(r"\s+of\s+[A-Z]", text[match.end() :])
    return not town or _followed_by("quarter_of_year", match, text)


def _period(match: Match, text: str) -> bool:
    """Let "the week" or "the day" stand only where another word makes it a date ("the end of the week")."""
    groups = match.groupdict()
    if groups.get("full"):
        return True
    if match.group("span") == "quarter" and not _quarter(match, text):
        return False
    if match.group("span") in ("year", "month", "week") and _led_by("whole_period", match, text):
        return not _followed_by("period", match, text)
    if not match.group().startswith("the ") or match.groupdict().get("shift") or match.group("span") == "weekend":
        return True
    before = lowered(text[max(0, match.start() - 10) : match.start()])
    if _followed_by("period", match, text) and not any(end in before for end in table("times")["guards"]["ends"]):
        return False
    return _led_by("period", match, text)


def _plain_word(match: Match, text: str) -> bool:
    """Leave out a capital "Now" or "Daily" within a sentence: it is part of a name."""
    at = match.start()
    return not text[at].isupper() or at == 0 or text[at - 1] in '“"‘`'


_GUARDS: dict[str, Callable[[Match, str], bool]] = {
    "month": _month, "date": _month, "date_range": _month, "season": _season, "year": _year, "year_range": _year,
    "weekday": _weekday, "length": _length, "length_ordinal": _length, "period": _period, "quarter": _quarter,
    "now": _plain_word, "often": _plain_word, "offset_from": lambda match, text: not _led_by("lasting", match, text),
}  # fmt: skip
