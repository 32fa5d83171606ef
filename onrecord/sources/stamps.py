"""Reads a line that is all date, time, byline and buttons, as stands under a headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicon.lexicon import table
from onrecord.sources.credits import agency_pattern, byline_at
from onrecord.sources.dates import Stamp, find, time_pattern, words
from onrecord.sources.furniture import is_furniture

Label = Literal["published", "updated", "", "dateline"]
Kind = Literal["date", "byline", "agency", "furniture"]
_GAP = re.compile(r"(?:[\s|,;:–—·•()\[\]/*_-]|\b(?:at|on|in)\b)+", re.IGNORECASE)
_PLACE = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:\s+[A-ZÀ-Þ][\w.'’-]*){0,3}(?=\s*(?:[|,;:–—·•/-]|$))")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the header, with what the words beside it say that it is the date of."""

    stamp: Stamp
    label: Label = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a date line, by offsets into the line."""

    start: int
    end: int
    kind: Kind
    dated: Dated | None = None
    words: str = ""


@cache
def _labels() -> tuple[tuple[Label, re.Pattern[str]], ...]:
    lists = table("headers")["date"]
    return (
        ("published", re.compile(rf"{words(lists['published'])}(?!\w)", re.IGNORECASE)),
        ("updated", re.compile(rf"{words(lists['updated'])}(?!\w)", re.IGNORECASE)),
    )


@cache
def _time() -> re.Pattern[str]:
    return re.compile(time_pattern(), re.IGNORECASE)


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(agency_pattern())


def date_line(line: str) -> list[Part] | None:
    """Return the parts of a line that gives a date and nothing of a story; `None` for every other line.

    "14/10/2017 04:35 by admin" is a date and a byline; "Published: 3 May 2018 | Share" a date and furniture.
    """
    if len(line) > 140:  # the longest real ones give two dates with times, a writer and a place
        return None
    stamps = {stamp.start: stamp for stamp in find(line)}
    return _scan(line, stamps) if stamps else None


def _scan(line: str, stamps: dict[int, Stamp]) -> list[Part] | None:
    parts: list[Part] = []
    label: Label = ""
    position = opened = 0
    while position < len(line):
        if gap := _GAP.match(line, position):
            position = gap.end()
        elif position in stamps:
            stamp = stamps[position]
            parts.append(Part(opened if label else position, stamp.end, "date", Dated(stamp, label)))
            position, label = stamp.end, ""
        elif time := _time().match(line, position):
            position = time.end()
            if not label:
                _lengthen(parts, position)
        elif found := _label_at(line, position):
            opened, (label, position) = position, found
        elif part := _extra(line, position):
            parts.append(part)
            position = part.end
        else:
            return None
    return parts


def _lengthen(parts: list[Part], end: int) -> None:
    """Let the date that was just read cover its time of day."""
    if parts and parts[-1].kind == "date":
        last = parts[-1]
        parts[-1] = Part(last.start, end, "date", last.dated)


def _label_at(line: str, position: int) -> tuple[Label, int] | None:
    for label, pattern in _labels():
        if match := pattern.match(line, position):
            return label, match.end()
    return None


def _extra(line: str, position: int) -> Part | None:
    if byline := byline_at(line, position):
        return Part(position, byline.end(), "byline", words=byline["who"])
    if agency := _agency().match(line, position):
        return Part(position, agency.end(), "agency", words=agency.group())
    for end in _word_ends(line, position):
        if is_furniture(line[position:end]):
            return Part(position, end, "furniture")
    place = _PLACE.match(line, position)
    return Part(position, place.end(), "furniture") if place else None


def _word_ends(line: str, position: int) -> list[int]:
    """Return the ends of the words from here on, the farthest first, as far as buttons reach."""
    return [match.end() for match in re.finditer(r"\S+", line[: position + 40]) if match.end() > position][::-1]


def is_bare_date(line: str) -> bool:
    """Tell whether a line is a date and nothing else, as headings in a chronology are."""
    stamp = next(find(line), None) if len(line) <= 40 else None
    return stamp is not None and not line[: stamp.start].strip() and not line[stamp.end :].strip(" :.")
