"""Joins the found parts of one time, and reads what stands before and near it: prepositions, modifiers, tenses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.quantities.numerals import Bounds, core_bounds, modified, options
from onrecord.extract.times.calendar import OPEN
from onrecord.extract.times.shifts import listed, opens
from onrecord.extract.times.wordings import Found
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When

_LEFT = 48  # characters looked at to the left for prepositions ("by the end of the month of")
_CUE_LEFT, _CUE_RIGHT = 110, 70  # characters within which a verb decides whether a time lies ahead


@dataclass(frozen=True, slots=True)
class Dated:
    """A time on its way to a TimeExpression.

    `start` counts its prepositions in, `bound` says how they bound it, `part` holds words such as "earlier"; `tail` is
    the second part of a range ("October" of "from June to October").
    """

    found: Found
    start: int
    end: int
    bound: str = ""
    part: str = ""
    bounds: Bounds | None = None
    tail: Found | None = None
    when: When = OPEN


# ------------------------------------------------------------------------------------ joining what stands together

_EXACTNESS = {
    "iso": 0,
    "numeric": 0,
    "date": 1,
    "date_range": 1,
    "weekday": 3,
    "day_word": 3,
    "part_of_day": 4,
    "clock": 5,
    "month": 2,
    "year": 2,
    "offset": 6,
}
_BETWEEN = re.compile(
    r"\s*(?:,|\(|,?\s+at|,?\s+on|,?\s+of|,?\s+in|\s+about|\s+around|\s+at\s+about|\s+at\s+around)?\s*"
)


def joined(plain: str, found: Sequence[Found]) -> list[Found]:
    """Join what dates one moment in parts ("Monday, Dec. 26", "15 March at 14:00"); the most exact part counts."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if last is not None and _belong_together(plain, last, item):
            best = last if _EXACTNESS[last.means] <= _EXACTNESS[item.means] else item
            out[-1] = replace(best, start=last.start, end=item.end)
        else:
            out.append(item)
    return out


def _belong_together(plain: str, last: Found, item: Found) -> bool:
    if last.means not in _EXACTNESS or item.means not in _EXACTNESS or last.means == item.means:
        return False
    if item.means in ("month", "year", "offset") or last.means in ("month", "year"):
        told = last.means == "offset" and item.means in ("month", "year")  # "two years later, in 1953"
        return told and bool(re.fullmatch(r",\s+(?:in|on)\s+", plain[last.end : item.start]))
    if item.means in ("weekday", "day_word") and last.means in ("date", "day_word", "date_range"):
        return False
    return bool(_BETWEEN.fullmatch(plain[last.end : item.start]))


_RANGED = ("iso", "date", "month", "year", "weekday", "season", "decade")


def ranges(plain: str, items: list[Dated]) -> list[Dated]:
    """Join "from June to October" and "between 2014 and 2017"; "and" joins only after "between"."""
    out: list[Dated] = []
    for item in items:
        last = out[-1] if out else None
        if last is not None and _makes_range(plain, last, item):
            out[-1] = replace(last, end=item.end, bound="", tail=item.found)
        else:
            out.append(item)
    return out


def _makes_range(plain: str, last: Dated, item: Dated) -> bool:
    if last.tail or last.found.means not in _RANGED or item.found.means not in _RANGED:
        return False
    gap = _joiners().fullmatch(plain[last.end : item.found.start])
    if gap is None:
        return False
    opened = plain[last.start : last.found.start].split()
    if "and" in gap.group().split():
        return "between" in opened
    return "from" in opened or last.found.means == item.found.means


@cache
def _joiners() -> re.Pattern[str]:
    words = options(table("times")["before"]["range_to"])
    return re.compile(rf"\s*(?:{words})\s*(?:(?:the|of|in|on|{options(listed('in_ranges'))})[\s-]+)*")


# -------------------------------------------------------------------------------------- what stands before and near


@cache
def _prefix_pattern() -> re.Pattern[str]:
    words = [
        word
        for listed in table("times")["before"].values()
        for word in listed
        if word not in ("-", "–", "—", "to", "and")
    ]
    finished = r"(?!over\s+(?:by|within|in|on|until|before)\b)"  # "it will be over by Friday"
    return re.compile(rf"(?:(?<![\w-]){finished}(?:{options(words)})(?:\s+(?:the\s+)?|-|(?<=-)))+$")


@cache
def _bounders() -> dict[str, str]:
    lists = table("times")["before"]
    return {word: name for name in ("since", "after", "until", "before") for word in lists[name]}


@cache
def _still() -> re.Pattern[str]:
    pasts = options(listed("lasting_pasts"))
    return re.compile(rf"\b(?:has|have|’s|’ve)\s+(?:\w+\s+){{0,2}}?(?:been|\w+ed|{pasts})\b[^.;]{{0,70}}$")


@cache
def _since() -> re.Pattern[str]:
    """Match after "It is six weeks": so long ago. Not "two days since Monday", which tells the day itself."""
    bounds = options(listed("not_since"))
    return re.compile(rf"\s+since\s+(?:the|his|her|their|its|an?|he|she|it|they|we|i|you)\s(?!{bounds})")


@cache
def _in_the_course() -> re.Pattern[str]:
    return re.compile(rf"\b(?:for|in|after|just|a|by|of|within|{options(listed('more_than'))})\s+$")


def prefixed(plain: str, found: Found, floor: int) -> Dated:
    """Extend a time to the left over its modifiers and prepositions, never beyond `floor`."""
    start, bounds = found.start, _count(found)
    if found.count_at and bounds:
        numeral = modified(plain, *found.count_at, bounds)
        if not _means_during(plain, numeral.start, found):
            start, bounds = min(start, max(floor, numeral.start)), _loosened(found, numeral.bounds)
    offset = max(floor, start - _LEFT)
    match = _prefix_pattern().search(plain[offset:start])
    past = "lasting" if found.kind == "duration" and _since().match(plain, found.end) else ""
    if match is None:
        return Dated(found, start, found.end, past, bounds=bounds)
    words = " ".join(match.group().split())
    if found.kind in ("frequency", "now", "vague"):
        return Dated(found, start, found.end)
    bound = past if found.kind == "duration" and not words.startswith("since") else _bound(words)
    if bound == "until" and ("’s" in found.slots["all"] or _spans_days(found.slots["all"])):
        bound = ""  # "by last September’s deal" names who or what did it
    if bound == "since" and words == "from" and found.means in ("ago", "offset", "date_range"):
        bound = ""  # "it rose by half from a year earlier" compares, "from 3 to 9 May" has an end
    if found.kind == "duration" and words.startswith("for") and _still().search(plain[: offset + match.start()]):
        bound = "lasting"
    if words.startswith("within") and bounds and bounds.high and found.kind == "duration":
        bounds = Bounds(None, bounds.high, bounds.approx)
    return Dated(found, offset + match.start(), found.end, bound, words, bounds)


def _means_during(plain: str, start: int, found: Found) -> bool:
    """Tell whether "over" before a number of days is "in the course of" and not "more than"."""
    if found.means in ("window_back", "window_ahead"):
        return True
    if not plain.startswith("over ", start):
        return False
    return not _in_the_course().search(plain[max(0, start - 12) : start])


def _spans_days(words: str) -> bool:
    """Tell whether a word for a day covers two: "overnight"."""
    return isinstance(table("times")["words"]["day_words"].get(words), list)


@cache
def _bound_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{options(list(_bounders()))})(?![\w-]|\s+as\b)")


def _bound(words: str) -> str:
    """Return what the first bounding word says: since, after, until, before, or nothing."""
    match = _bound_pattern().search(words)
    return _bounders()[" ".join(match.group().split())] if match else ""


def _count(found: Found) -> Bounds | None:
    words = " ".join(found.slots.get("count", "").split())
    if not words:
        return None
    if words in ("a", "an", "another"):
        return Bounds(1, 1)
    if words in ("few", "a few"):
        return Bounds(2, None)
    return core_bounds("two" if words.endswith(listed("pairs")) else words)


def _loosened(found: Found, bounds: Bounds) -> Bounds:
    words = found.slots["all"]
    if words.endswith("or so"):
        return Bounds(bounds.low, bounds.high, True)
    return Bounds(bounds.low, None, bounds.approx) if words.endswith("or more") else bounds


@cache
def _tenses() -> re.Pattern[str]:
    """Return the pattern of what tells a tense; "will be named" is one, so that "named" in it does not look back."""
    lists = table("times")["tense"]
    passive = r"(?:\s+(?:not|also|still|soon|then|\w+ly))*\s+be\s+\w+"
    ahead = rf"\bto\s+be(?:\s+\w+)?\b|(?:(?<!\w)(?:{options(lists['ahead'])})|[’']ll)(?:{passive})?(?!\w)"
    behind = rf"\b(?:{options(lists['no_longer_ahead'])})\s+(?:{options(lists['ahead'])})(?:\s+to)?(?:\s+\w+)?(?!\w)"
    verbs = rf"\b(?:{options(lists['behind'])}|(?!(?:{options(lists['no_verbs'])})\b)\w{{3,}}ed)\b"
    return re.compile(rf"(?P<behind>{behind})|(?P<ahead>{ahead})|(?P<told>{verbs})")


@cache
def _next_verb() -> re.Pattern[str]:
    """Return the pattern of a verb in the past right after a time: "the army on Sunday issued"."""
    lists = table("times")["tense"]
    ending = rf"(?!(?:{options(lists['no_verbs'] + lists['ahead'])})\b)\w{{2,}}ed"
    return re.compile(rf"\s+(?:{ending}|{options(lists['said'])})\s+(?!by\b)")


def looks_ahead(plain: str, item: Dated) -> bool | None:
    """Tell whether the verb near the time looks ahead; `None` if none tells.

    A verb in the past right after it decides, then the nearest verb before it, then the first one after it.
    """
    if _next_verb().match(plain, item.end):
        return False
    if opens(item.part, "as_soon"):
        return True
    start = item.found.start  # "planned for", "due on" and "postponed until" reach into the words before the time
    left = max(0, item.start - _CUE_LEFT)
    if item.found.means == "date" and plain.endswith("the ", 0, start):  # "…, where the 5 May attack": its clause only
        left = max(left, plain.rfind(",", 0, start))
    before = [match.lastgroup for match in _tenses().finditer(plain, left, start)]
    if before:
        return before[-1] == "ahead"
    if opens(item.part, "from_then"):
        return True
    after = _tenses().search(plain, item.end, item.end + _CUE_RIGHT)
    if after is None:
        return True if item.bound == "until" else None
    return after.lastgroup == "ahead" and not _no_outlook().match(after.group())


@cache
def _no_outlook() -> re.Pattern[str]:
    """Match what stands before "to" in the past and looks nowhere: "agreed to", but not "expected to"."""
    return re.compile(rf"(?!{options(listed('awaited'))})\w+ed\s+to\b")
