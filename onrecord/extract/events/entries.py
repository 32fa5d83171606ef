"""Lists of incidents: each entry opens with its day and place, and tells in whole sentences what happened there.

"Nov. 4, 2018, near Ardun, Veshland, via a report of residents. Aircraft struck a vehicle." What follows such an opening
in its paragraph has its day and place, unless its own sentence gives others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View, words
from onrecord.extract.parts import TimeExpression
from onrecord.model.records import Mention
from onrecord.model.values import When

_OPENING = 2  # words before the day: "1.", "On"
_LONGEST = 30  # words; an opening is no story
_SOURCES = frozenset({"via", "according", "by", "per", "from", "(", "—", "–", "-"})  # what may follow the place
_REASON = "as the opening of its entry gives it"


@dataclass(frozen=True, slots=True)
class Opening:
    """The day and the place of an entry, and all places that its opening names ("Ardun, Veshland")."""

    when: When
    place: Mention
    named: frozenset[str]


def in_entries(found: Sequence[Found], views: Sequence[View], times: Sequence[TimeExpression]) -> list[Found]:
    """Return the events, those told in an entry of a list with its day and place where their sentence gives none."""
    openings = _openings(found, views, times)
    return [_told(item, openings[item.view.sentence.index]) for item in found]


def _openings(
    found: Sequence[Found], views: Sequence[View], times: Sequence[TimeExpression]
) -> dict[int, Opening | None]:
    """Return the opening under which each sentence stands, by its index; an opening reaches to the end of its paragraph.

    One that is a paragraph by itself holds for the next paragraph.
    """
    telling = {item.view.sentence.index for item in found}
    under: dict[int, Opening | None] = {}
    opening, last, alone = None, -1, False
    for view in views:
        sentence = view.sentence
        here = [time for time in times if sentence.span.holds(time.span)]
        own = _opening(view, here) if sentence.index not in telling else None
        if own:
            opening, last, alone = own, sentence.paragraph, True
        elif sentence.paragraph != last and not (alone and sentence.paragraph == last + 1):
            opening = None
        else:
            last, alone = sentence.paragraph, False
        under[sentence.index] = opening
    return under


def _opening(view: View, times: Sequence[TimeExpression]) -> Opening | None:
    """Return the day and place that a sentence opens with if it says nothing else, `None` if it is no such opening."""
    day = next((time for time in times if time.kind == "point" and time.when.start), None)
    if day is None or len(view.words) > _LONGEST or view.token_at(day.span.start) > _OPENING:
        return None
    after = view.token_at(day.span.end - 1) + 1
    after += view.word(after) == ","
    if view.word(after) not in words("place_prepositions"):
        return None
    places = _places_from(view, after + 1)
    if not places or not _only_sources(view, places[-1].after):
        return None
    return Opening(day.when, places[0].mention, frozenset(c.mention.id for c in places))


def _places_from(view: View, at: int) -> list[Chunk]:
    """Return the places that stand one after another from a token on: "the town of Ardun, Veshland"."""
    places: list[Chunk] = []
    for chunk in (c for c in view.chunks if c.first >= at):
        between = view.words[at : chunk.first]
        if chunk.category != "place" or not set(between) <= {",", "of", "in", "the", "town", "village", "city"}:
            break
        places.append(chunk)
        at = chunk.after
    return places


def _only_sources(view: View, after: int) -> bool:
    """Tell whether nothing follows but who reported it."""
    rest = [word for word in view.words[after:] if word not in {",", ".", ":"}]
    return not rest or rest[0] in _SOURCES


def _told(item: Found, opening: Opening | None) -> Found:
    if opening is None:
        return item
    if item.place is None or not item.view.sentence.span.holds(item.place.span):
        item = replace(item, place=opening.place, reasons=(*item.reasons, f"place: {_REASON}"))
    if not item.when.known:
        item = replace(item, when=opening.when, reasons=(*item.reasons, f"date: {_REASON}"))
    return item
