"""A dispatch as dating sees it: its events in order, the times beside them, who is named with them, and its tree."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.extract.events.found import Found
from onrecord.extract.events.hanging import Tree
from onrecord.extract.events.told import Told
from onrecord.extract.parts import TimeExpression
from onrecord.extract.times.calendar import moved
from onrecord.model.values import Span, When
from onrecord.reader.read import Floats, Read

_DATING = frozenset({"point", "since", "duration"})
_YEAR, _MONTH = 365, 30  # days as which docs/vocabulary.md counts them


@dataclass(frozen=True, slots=True)
class Scene:
    """A dispatch as dating sees it; events go by their numbers, words by theirs in the tree."""

    found: Sequence[Found]
    told: list[Told]
    spans: list[Span]
    beside: Mapping[int, list[int]]  # the events of each sentence
    times: Mapping[int, list[TimeExpression]]  # of the sentences that tell of events
    aside: list[tuple[int, TimeExpression]]  # of the others, by the first word
    named: Mapping[int, frozenset[str]]  # who and what each sentence names
    naming: Mapping[str, int]  # how many sentences name each
    tree: Tree
    triggers: Mapping[int, int]  # the event that each word tells of
    said: list[bool]
    vectors: Floats
    published: str | None

    @classmethod
    def of(cls, found: Sequence[Found], times: Sequence[TimeExpression], seen: Read, published: str | None) -> Scene:
        """Return the scene of events in the order of the text, `seen` as the trained reader has it."""
        beside: dict[int, list[int]] = {}
        for i, item in enumerate(found):
            beside.setdefault(item.view.sentence.index, []).append(i)
        views = {index: found[some[0]].view for index, some in beside.items()}
        dating = [time for time in times if time.kind in _DATING]
        here = {i: [time for time in dating if view.sentence.span.holds(time.span)] for i, view in views.items()}
        inside = {time.span for some in here.values() for time in some}
        named = {i: frozenset(chunk.mention.name for chunk in view.chunks) for i, view in views.items()}
        spans = [item.view.span(item.trigger.first, item.trigger.after) for item in found]
        tree = Tree(seen.words)
        aside = [time for time in dating if time.when.start and time.span not in inside]
        ends = [word.end for word in seen.words]
        return cls(
            found,
            [Told.of(item) for item in found],
            spans,
            beside,
            here,
            [(words[0], time) for time in aside if (words := tree.within(time.span))],
            named,
            Counter(name for some in named.values() for name in some),
            tree,
            {word: i for i, span in reversed([*enumerate(spans)]) for word in tree.within(span)},
            [any(c.start <= s.start and s.end <= c.end for c in seen.claims) for s in spans],
            seen.vectors[[bisect_right(ends, s.start) for s in spans]],
            published,
        )

    def given(self, item: Found) -> list[tuple[TimeExpression, When, str]]:
        """Return the times of an event's sentence that begin on the calendar, what they mean to it, and their kind."""
        found = []
        for time in self.times[item.view.sentence.index]:
            when = time.when if time.when.start else _since(item, time, self.published)
            when = until_told(when, self.published) if _from_then_on(item, time) else when
            if when.start:
                found.append((time, when, time.kind if time.when.start else "lasting"))
        return found


def until_told(when: When, published: str | None) -> When:
    """Return a day's date up to the report: who died in an offensive that began on Monday died then or later."""
    if when.start is None or when.start != when.end:
        return when
    return When(when.start, published if published and published > when.start else None)


def _from_then_on(item: Found, time: TimeExpression) -> bool:
    """Tell whether "since" stands between an event and a time: "900 were killed since it began on 10 September"."""
    view = item.view
    return "since" in view.words[item.trigger.after : view.token_at(time.span.start)]


def _since(item: Found, time: TimeExpression, published: str | None) -> When:
    """Return when "a four-year battle" began, if it lasts to the day of publication."""
    amount = time.amount
    if time.kind != "duration" or amount is None or amount.low is None or amount.low != amount.high:
        return When()
    if item.trigger.verbal or not 0 <= item.trigger.first - item.view.token_at(time.span.end) <= 1:
        return When()
    if amount.low % _YEAR == 0:
        return When(moved(published, -round(amount.low / _YEAR), "year"), None)
    return When(moved(published, -round(amount.low / _MONTH), "month"), None) if amount.low % _MONTH == 0 else When()
