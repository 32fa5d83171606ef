"""The time expressions of a dispatch, resolved against its publication date and what the text said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.parts import Sentence, TimeExpression
from onrecord.extract.quantities.numerals import lowered
from onrecord.extract.times.calendar import OPEN, Setting, moved
from onrecord.extract.times.joins import Dated, joined, looks_ahead, prefixed, ranges
from onrecord.extract.times.periods import length
from onrecord.extract.times.rules import resolve
from onrecord.extract.times.shifts import opens, tells
from onrecord.extract.times.wordings import Found, find
from onrecord.model.records import Dispatch
from onrecord.model.values import Span, When

_OF_WHAT = re.compile(r"\s+of\s+(?:an?|the|its|their|his|her)\s")
_REACH = 4  # sentences that an anchor holds for within its paragraph; "a day earlier" rarely points further back


@dataclass(slots=True)
class _Told:
    """What the text has told up to a sentence: the last date, and the last quarter of a year as its months."""

    published: str | None
    anchor: str | None = None
    anchored: int = 0
    quarter: When = OPEN
    quartered: int = 0

    def move_on(self, index: int) -> None:
        """Forget a date that lies too far back, on going to the sentence of this number."""
        if index - self.anchored > _REACH and self.published is not None:
            self.anchor = None

    def setting(self, index: int, year: str | None, ahead: bool | None, part: str) -> Setting:
        """Return what a time in the sentence of this number is resolved against."""
        compared = self.quarter.known and index - self.quartered <= _REACH
        return Setting(self.published, self.anchor, year, ahead, part, self.quarter, compared)

    def day(self, index: int) -> str | None:
        """Return the day that "for a third day" counts back from: that of its sentence, else that of publication."""
        return self.anchor if self.anchored == index and len(self.anchor or "") == 10 else self.published

    def hear(self, item: Dated, index: int) -> None:
        """Keep what a time gives to those after it."""
        if item.found.means == "quarter" and item.when.known and (not self.quarter.known or self._is_over(item.when)):
            self.quarter, self.quartered = item.when, index
        elif item.found.means == "quarter_again":
            self.quartered = index
        if _can_anchor(item):
            self.anchor, self.anchored = item.when.start or item.when.end or self.anchor, index

    def _is_over(self, when: When) -> bool:
        return self.published is None or (when.end or "") < self.published[:7]


def times(dispatch: Dispatch, sentences: Sequence[Sentence]) -> tuple[TimeExpression, ...]:
    """Return the time expressions of the sentences in order; spans are code points of the dispatch's text.

    Relative ones are resolved against the publication date (or, for "a day earlier", against the last day that the
    text gave shortly before); in an undated dispatch they stay open. Dates are cut at the precision of their words.
    Conventions for "last week" and the like are those of `rules`. "The quarter" is a time only after the text has
    named one of the four of a year; else it is a part of a town.
    """
    told = _Told(dispatch.published)
    out: list[TimeExpression] = []
    for index, sentence in enumerate(sentences):
        told.move_on(index)
        out += [_expression(sentence, item, told.published) for item in _in_sentence(sentence.text, index, told)]
    return tuple(out)


def _goes_on(plain: str, item: Dated) -> bool:
    """Tell whether "a third day" is of something that goes on: "for a third day", "on the third day of a strike"."""
    in_a_row = tells(item.found.slots["all"], "in_a_row")
    return in_a_row or opens(item.part, "going_on") or bool(_OF_WHAT.match(plain, item.end))


def _can_anchor(item: Dated) -> bool:
    loose = ("clock", "recent", "coming", "window_back", "window_ahead", "decade")
    return item.found.kind == "point" and item.found.means not in loose


def _expression(sentence: Sentence, item: Dated, published: str | None) -> TimeExpression:
    offset = sentence.span.start
    span = Span(sentence.span.dispatch, offset + item.start, offset + item.end)
    counted = item.found.kind == "duration" or item.found.means in ("window_back", "window_ahead")
    amount = length(item.found, item.bounds) if counted else None
    return TimeExpression(span, _kind(item), _bounded(item, published), amount)


def _kind(item: Dated) -> str:
    if item.found.means in ("window_back", "window_ahead"):
        return "duration"
    if item.found.kind != "point":
        return "since" if item.found.kind == "duration" and item.bound == "since" else item.found.kind
    return {"since": "since", "after": "since", "until": "until", "before": "until"}.get(item.bound, "point")


def _bounded(item: Dated, published: str | None) -> When:
    """Open the side of the date that its preposition leaves open ("since Monday", "until Tuesday")."""
    when = item.when
    if item.found.kind == "duration":
        return _lasting(item, published)
    if item.found.means in ("window_back", "window_ahead"):
        return when
    if item.bound in ("since", "after"):
        return When(when.start, None)
    if item.bound == "until":
        return When(None, when.end)
    if item.bound == "before" and when.start:
        return When(None, moved(when.start, -1, {4: "year", 7: "month", 10: "day"}[len(when.start)]))
    return when


def _lasting(item: Dated, published: str | None) -> When:
    """Return when what lasts began: "has been besieged for four months", "continued for a fifth day"."""
    if item.found.means == "length_ordinal":
        return item.when
    if not (item.bound == "since" or (item.bound == "lasting" and item.bounds)):
        return When()
    return When(resolve(replace(item.found, means="ago"), Setting(published), item.bounds).start, None)


def _in_sentence(text: str, index: int, told: _Told) -> list[Dated]:
    plain = lowered(text)
    found = joined(plain, find(text))
    ends = [0, *(one.end for one in found)]
    items = ranges(plain, [prefixed(plain, one, end) for one, end in zip(found, ends, strict=False)])
    out: list[Dated] = []
    year = None
    for item in items:
        if item.found.means == "quarter_again" and not told.quarter.known:
            if "year" not in item.found.slots:
                continue
            item = replace(item, found=replace(item.found, means="year"))  # noqa: PLW2901 - "the 2016 period"
        setting = told.setting(index, year, looks_ahead(plain, item), item.part)
        if item.found.means == "length_ordinal":
            setting = replace(setting, anchor=told.day(index)) if _goes_on(plain, item) else Setting(None)
        dated = _resolved(item, setting)
        out.append(dated)
        year = _year_given(item.found) or year
        told.hear(dated, index)
    return out


def _year_given(found: Found) -> str | None:
    year = found.slots.get("year") or found.slots.get("iso")
    return year[:4] if year else None


def _resolved(item: Dated, setting: Setting) -> Dated:
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
