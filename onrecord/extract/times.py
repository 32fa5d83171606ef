"""The time expressions of a dispatch, resolved against its publication date and what the text said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.calendar import Setting, moved
from onrecord.extract.numerals import Bounds, core_bounds, lowered, modified, options
from onrecord.extract.parts import Sentence, TimeExpression
from onrecord.extract.timegrammar import Found, find
from onrecord.extract.timeperiods import length
from onrecord.extract.timerules import resolve
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.model.values import Span, When

_REACH = 4  # sentences that an anchor holds for within its paragraph; "a day earlier" rarely points further back
_LEFT = 48  # characters looked at to the left for prepositions ("by the end of the month of")
_CUE_LEFT, _CUE_RIGHT = 110, 70  # characters within which a verb decides whether a time lies ahead


_OPEN = When()


@dataclass(frozen=True, slots=True)
class _Dated:
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
    when: When = _OPEN


def times(dispatch: Dispatch, sentences: Sequence[Sentence]) -> tuple[TimeExpression, ...]:
    """Return the time expressions of the sentences in order; spans are code points of the dispatch's text.

    Relative ones are resolved against the publication date (or, for "a day earlier", against the last day that the
    text gave shortly before); in an undated dispatch they stay open. Dates are cut at the precision of their words.
    Conventions for "last week" and the like are those of `timerules`.
    """
    out: list[TimeExpression] = []
    anchor, anchored = None, 0
    for index, sentence in enumerate(sentences):
        if index - anchored > _REACH and dispatch.published is not None:
            anchor = None
        for item in _in_sentence(sentence.text, dispatch.published, anchor):
            out.append(_expression(sentence, item, dispatch.published))
            if _can_anchor(item):
                anchor, anchored = item.when.start or item.when.end or anchor, index
    return tuple(out)


def _can_anchor(item: _Dated) -> bool:
    loose = ("clock", "recent", "coming", "window_back", "window_ahead", "decade")
    return item.found.kind == "point" and item.found.means not in loose


def _expression(sentence: Sentence, item: _Dated, published: str | None) -> TimeExpression:
    offset = sentence.span.start
    span = Span(sentence.span.dispatch, offset + item.start, offset + item.end)
    counted = item.found.kind == "duration" or item.found.means in ("window_back", "window_ahead")
    amount = length(item.found, item.bounds) if counted else None
    return TimeExpression(span, _kind(item), _bounded(item, published), amount)


def _kind(item: _Dated) -> str:
    if item.found.means in ("window_back", "window_ahead"):
        return "duration"
    if item.found.kind != "point":
        return "since" if item.found.kind == "duration" and item.bound == "since" else item.found.kind
    return {"since": "since", "after": "since", "until": "until", "before": "until"}.get(item.bound, "point")


def _bounded(item: _Dated, published: str | None) -> When:
    """Open the side of the date that its preposition leaves open ("since Monday", "until Tuesday")."""
    when = item.when
    if item.found.kind == "duration":
        return _lasting(item, published)
    if item.found.means.startswith("window"):
        return when
    if item.bound in ("since", "after"):
        return When(when.start, None)
    if item.bound == "until":
        return When(None, when.end)
    if item.bound == "before" and when.start:
        return When(None, moved(when.start, -1, {4: "year", 7: "month", 10: "day"}[len(when.start)]))
    return when


def _lasting(item: _Dated, published: str | None) -> When:
    """Return when "for four months" began where the verb says that it still lasts ("has been besieged for")."""
    if not (item.bound == "since" or (item.bound == "lasting" and item.bounds)):
        return When()
    return When(resolve(replace(item.found, means="ago"), Setting(published), item.bounds).start, None)


def _in_sentence(text: str, published: str | None, anchor: str | None) -> list[_Dated]:
    plain = lowered(text)
    joined = _joined(plain, find(text))
    ends = [0, *(found.end for found in joined)]
    items = _ranges(plain, [_prefixed(plain, found, end) for found, end in zip(joined, ends, strict=False)])
    out: list[_Dated] = []
    year = None
    for item in items:
        dated = _resolved(item, Setting(published, anchor, year, _looks_ahead(plain, item), item.part))
        out.append(dated)
        year = _year_given(item.found) or year
        if _can_anchor(dated):
            anchor = dated.when.start or dated.when.end or anchor
    return out


def _year_given(found: Found) -> str | None:
    year = found.slots.get("year") or found.slots.get("iso")
    return year[:4] if year else None


def _resolved(item: _Dated, setting: Setting) -> _Dated:
    if item.tail is None:
        return replace(item, when=resolve(item.found, setting, item.bounds))
    last = resolve(item.tail, setting, None)
    year = _year_given(item.tail)
    first = resolve(item.found, replace(setting, year=year or setting.year), None)
    if year is None and _year_given(item.found):
        last = resolve(item.tail, replace(setting, year=_year_given(item.found)), None)
    start, end = first.start, last.end
    if start and end and start[: len(end)] > end[: len(start)]:  # "from November to February 2017"
        start = moved(start, -1, "year") and f"{int(start[:4]) - 1}{start[4:]}"
    return replace(item, when=When(start, end))


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


def _joined(plain: str, found: Sequence[Found]) -> list[Found]:
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


def _ranges(plain: str, items: list[_Dated]) -> list[_Dated]:
    """Join "from June to October" and "between 2014 and 2017"; "and" joins only after "between"."""
    out: list[_Dated] = []
    for item in items:
        last = out[-1] if out else None
        if last is not None and _makes_range(plain, last, item):
            out[-1] = replace(last, end=item.end, bound="", tail=item.found)
        else:
            out.append(item)
    return out


def _makes_range(plain: str, last: _Dated, item: _Dated) -> bool:
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
    return re.compile(rf"\s*(?:{words})\s*(?:(?:the|early|late|mid|end|of|in|on)[\s-]+)*")


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


_STILL = re.compile(r"\b(?:has|have|’s|’ve)\s+(?:\w+\s+){0,2}?(?:been|\w+ed|held|lain|stood)\b[^.;]{0,70}$")


def _prefixed(plain: str, found: Found, floor: int) -> _Dated:
    """Extend a time to the left over its modifiers and prepositions, never beyond `floor`."""
    start, bounds = found.start, _count(found)
    if found.count_at and bounds:
        numeral = modified(plain, *found.count_at, bounds)
        if not _means_during(plain, numeral.start, found):
            start, bounds = min(start, max(floor, numeral.start)), _loosened(found, numeral.bounds)
    offset = max(floor, start - _LEFT)
    match = _prefix_pattern().search(plain[offset:start])
    if match is None:
        return _Dated(found, start, found.end, bounds=bounds)
    words = " ".join(match.group().split())
    if found.kind in ("frequency", "now"):
        return _Dated(found, start, found.end)
    bound = "" if found.kind == "duration" and not words.startswith("since") else _bound(words)
    if bound == "until" and ("’s" in found.slots["all"] or found.slots["all"] == "overnight"):
        bound = ""  # "by last September’s deal" names who or what did it
    if found.kind == "duration" and words.startswith("for") and _STILL.search(plain[: offset + match.start()]):
        bound = "lasting"
    if words.startswith("within") and bounds and bounds.high and found.kind == "duration":
        bounds = Bounds(None, bounds.high, bounds.approx)
    return _Dated(found, offset + match.start(), found.end, bound, words, bounds)


def _means_during(plain: str, start: int, found: Found) -> bool:
    """Tell whether "over" before a number of days is "in the course of" and not "more than"."""
    if found.means in ("window_back", "window_ahead"):
        return True
    if not plain.startswith("over ", start):
        return False
    return not re.search(
        r"\b(?:for|in|after|lasted|lasting|took|well|just|a|little|by|of|within|spent)\s+$",
        plain[max(0, start - 12) : start],
    )


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
    return core_bounds("two" if words.endswith("couple of") else words)


def _loosened(found: Found, bounds: Bounds) -> Bounds:
    words = found.slots["all"]
    if words.endswith("or so"):
        return Bounds(bounds.low, bounds.high, True)
    return Bounds(bounds.low, None, bounds.approx) if words.endswith("or more") else bounds


@cache
def _tenses() -> re.Pattern[str]:
    lists = table("times")["tense"]
    return re.compile(
        rf"(?P<ahead>\bto\s+be(?:\s+\w+)?\b|(?<!\w)(?:{options(lists['ahead'])}|’ll)(?!\w))|(?P<behind>\b(?:{options(lists['behind'])}|\w{{3,}}ed)\b)"
    )


def _looks_ahead(plain: str, item: _Dated) -> bool | None:
    """Tell whether the nearest verb before the time, else the first one after it, looks ahead; `None` if none tells."""
    before = [match.lastgroup for match in _tenses().finditer(plain, max(0, item.start - _CUE_LEFT), item.start)]
    if before:
        return before[-1] == "ahead"
    after = _tenses().search(plain, item.end, item.end + _CUE_RIGHT)
    if after is None:
        return True if item.bound == "until" else None
    return after.lastgroup == "ahead"
