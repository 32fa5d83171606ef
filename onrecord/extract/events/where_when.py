"""Where and when an event is told to have happened: the nearest place and time that its sentence allows."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.events.grammar import Chunk, View, words
from onrecord.extract.parts import TimeExpression
from onrecord.model.values import When
from onrecord.model.vocabulary import Status

_POINTS = frozenset({"point"})
_DATING = frozenset({"point", "since", "duration"})  # of durations only those that say when they began
# Measured on the training part of the gold annotation, where dates taken so are right 69 times in 100, and were 58
# times in 100 when any time of the sentence counted; what lies ahead or goes on is seldom dated from further away.
_NEAR_TIME = 12
_AWAY = 3  # a place in another clause counts as this many words further away


def place_of(view: View, first: int, after: int, taken: Sequence[Chunk] = ()) -> Chunk | None:
    """Return the place that an event at these tokens is told of, from its own sentence.

    A place that the event has as object or owner wins; then the nearest that a preposition of place governs, places of
    the same clause first; a place that follows is nearer than one before.
    """
    for chunk in taken:
        if _is_named_place(chunk):
            return narrower(view, chunk)
    places = [c for c in view.chunks if _is_named_place(c) and not _of_a_part(view, c)]
    candidates = [c for c in places if c.preposition in words("place_prepositions")]
    if not candidates:
        candidates = [c for c in places if c.mention.form == "name"]
    if not candidates:
        return None
    return narrower(view, min(candidates, key=lambda c: (_distance(view, c, first, after), c.first)))


def _is_named_place(chunk: Chunk) -> bool:
    """Tell whether a place has a name, of its own or as part of a description: "the hospital" alone says no place."""
    return chunk.category == "place" and any(word[:1].isupper() for word in chunk.mention.name.split())


def _of_a_part(view: View, chunk: Chunk) -> bool:
    """Tell whether a place belongs to a part of those counted: "112 people were killed, including 35 in Ardun"."""
    stop = max((i for i in range(chunk.first) if view.words[i] in {".", ";", "when", "after"}), default=-1)
    return bool({"including", "among"} & set(view.words[stop + 1 : chunk.first]))


def _distance(view: View, chunk: Chunk, first: int, after: int) -> int:
    gap = chunk.first - after if chunk.first >= after else (first - chunk.after) * 2
    low, high = min(first, chunk.first), max(first, chunk.first)
    clauses = len(set(view.clauses[low : high + 1])) - 1
    return gap + clauses * _AWAY


def narrower(view: View, chunk: Chunk) -> Chunk:
    """Return the named place of "the town of Ardun", and of "the Ost suburb of Ardun"."""
    following = next((c for c in view.chunks if c.first >= chunk.after), None)
    if following is None or following.category != "place":
        return chunk
    between = view.words[chunk.after : following.first]
    if chunk.mention.form != "name" and between == ("of",):
        return following
    part = len(between) == 2 and between[0] in words("appositions") and between[1] == "of"
    return following if part else chunk


def time_of(
    view: View, first: int, times: Sequence[TimeExpression], *, verbal: bool = True, state: Status = "happened"
) -> When:
    """Return when what a token tells of happened, by the time expressions of its sentence; open where there is none.

    A time counts in the clause of the token; a verb also takes one that stands before it in another clause. What is
    not told as done takes a time only from nearby words. When something was said is not when it happened: "said on
    Sunday" is passed over.
    """
    best: tuple[int, int] | None = None
    found = When()
    for time in times:
        if time.kind not in _DATING or not time.when.known or not (time.when.start or time.kind == "point"):
            continue
        at = view.token_at(time.span.start)
        if at >= len(view.clauses) or not _dates(view, first, at, verbal=verbal, state=state):
            continue
        low, high = min(at, first), max(at, first)
        rank = (len(set(view.clauses[low : high + 1])), high - low)
        if best is None or rank < best:
            best, found = rank, time.when
    return found


def _dates(view: View, first: int, at: int, *, verbal: bool, state: Status) -> bool:
    """Tell whether a time at a token can be that of the event."""
    if set(view.words[max(0, at - 2) : at]) & words("saying"):
        return False
    same = view.clauses[at] == view.clauses[first]
    if state not in {"happened", "uncertain"}:
        return same and abs(at - first) <= _NEAR_TIME
    return same or (verbal and at < first)


def is_heading(view: View, times: Sequence[TimeExpression]) -> bool:
    """Tell whether a sentence is a date and nothing else, as over the entries of a timeline."""
    if len(times) != 1 or not times[0].when.known or times[0].kind not in _POINTS:
        return False
    span = times[0].span
    return span.end - span.start >= len(view.sentence.text.rstrip(" .:"))


def headings(views: Sequence[View], times: Sequence[TimeExpression]) -> list[When]:
    """Return for each sentence the date of the heading that it stands under, open where it stands under none."""
    found, heading = [], When()
    for view in views:
        here = [time for time in times if view.sentence.span.holds(time.span)]
        if is_heading(view, here):
            heading = here[0].when
        found.append(heading)
    return found
