"""Lists of incidents: each entry opens with its day and place, and tells in whole sentences what happened there.

"Nov. 4, 2018, near Ardun, Veshland, via a report of residents. Aircraft struck a vehicle. 37SFU100200." What follows
such an opening in its paragraph has its day and place, unless its own sentence gives others; the one grid reference of
an entry says where all of it happened. An entry may tell of no event but weigh a report of harm to civilians ("The
allegation is not credible"): then that harm is the event, which nobody vouches for or which is denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.events.arguments import Roles
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import Chunk, View, words
from onrecord.extract.events.triggers import NOUN, Trigger
from onrecord.extract.parts import TimeExpression
from onrecord.lexicon.grids import grid_point
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention
from onrecord.model.values import When
from onrecord.model.vocabulary import Status

_OPENING = 3  # words before the day: "1.", "(2.)", "On"
_LONGEST = 30  # words; an opening is no story
_SOURCES = frozenset({"via", "by", "per", "from", "(", "—", "–", "-"})  # what may follow the place
_REASON = "as the opening of its entry gives it"
_VERBS = ("be", "have", "do", "modals", "pronouns", "plain_verbs")  # with none of these a stretch is all nouns
_HARM = "killing"  # what a report of harm to civilians alleges
_REPORTED = 4  # words from "report" to the harm: "the reports of possible civilian casualties"


@dataclass(frozen=True, slots=True)
class Opening:
    """The day and the place of an entry, and all places that its opening names ("Ardun, Veshland").

    It `stands` alone where its sentence tells nothing else.
    """

    when: When
    place: Mention
    named: frozenset[str]
    stands: bool = True


def in_entries(found: Sequence[Found], views: Sequence[View], times: Sequence[TimeExpression]) -> list[Found]:
    """Return the events, those told in an entry of a list with its day and place where their sentence gives none."""
    telling = {item.view.sentence.index for item in found}
    openings = _openings(telling, views, times)
    spots = _grids(views)
    every = sorted((*found, *_alleged(telling, views, openings)), key=_by_place) if any(openings.values()) else found
    placed = (_told(item, openings[item.view.sentence.index]) for item in every)
    return [_at_grid(item, openings[item.view.sentence.index], spots) for item in placed]


def _by_place(item: Found) -> tuple[int, int]:
    return item.view.sentence.index, item.trigger.first


def _alleged(telling: set[int], views: Sequence[View], openings: dict[int, Opening | None]) -> Iterator[Found]:
    """Yield the harm that each entry weighs a report of and otherwise tells nothing of."""
    told = {id(openings[index]) for index in telling}
    for view in views:
        opening = openings[view.sentence.index]
        found = _allegation(view) if opening and id(opening) not in told else None
        if found:
            told.add(id(opening))
            yield found


def _allegation(view: View) -> Found | None:
    """Return the harm of which a sentence weighs a report, by its words; `None` where it weighs none."""
    lists = table("events")["allegations"]
    at = next((i for i, word in enumerate(view.words) if word in lists["nouns"]), None)
    sentence = f" {' '.join(view.words)} "
    if at is None or not any(f" {words} " in sentence for words in (*lists["denying"], *lists["weighing"])):
        return None
    denied = any(f" {words} " in sentence for words in lists["denying"])
    status: Status = "denied" if denied else "uncertain"
    trigger = Trigger(at, at + 1, view.words[at], NOUN, (_HARM,))
    return Found(view, trigger, Roles(), _HARM, (), (), status, None, When(), ("a report of harm is weighed",))


def _openings(telling: set[int], views: Sequence[View], times: Sequence[TimeExpression]) -> dict[int, Opening | None]:
    """Return the opening under which each sentence stands, by its index; it reaches to the end of its paragraph.

    One that is a paragraph by itself holds for the next paragraph.
    """
    under: dict[int, Opening | None] = {}
    opening, last, alone = None, -1, False
    for view in views:
        sentence = view.sentence
        here = [time for time in times if sentence.span.holds(time.span)]
        own = _opening(view, here, tells=sentence.index in telling)
        if own:
            opening, last, alone = own, sentence.paragraph, own.stands
        elif sentence.paragraph != last and not (alone and sentence.paragraph == last + 1):
            opening = None
        else:
            last, alone = sentence.paragraph, False
        under[sentence.index] = opening
    return under


def _opening(view: View, times: Sequence[TimeExpression], *, tells: bool) -> Opening | None:
    """Return the day and place that a sentence opens with, `None` if it does not open so."""
    day = next((time for time in times if time.kind == "point" and time.when.start), None)
    if day is None or view.token_at(day.span.start) > _OPENING:
        return None
    after = view.token_at(day.span.end - 1) + 1
    after += view.word(after) == ","
    governed = view.word(after) in words("place_prepositions")
    if not governed and not (view.chunk_at(after) and day.when.precision == "day"):
        return None
    places = _places_from(view, after + governed)
    if not places:
        return None
    closing = _closing(view, places)
    stands = not tells and len(view.words) <= _LONGEST and _only_sources(view, closing)
    return Opening(
        day.when, places[0].mention, frozenset(c.mention.id for c in view.chunks if c.after <= closing), stands
    )


def _closing(view: View, places: Sequence[Chunk]) -> int:
    """Return where the places of an opening end: behind what closes it after a comma, whatever nouns stand between.

    "In Ardun: the Belis quarter, school building, Veshland" goes on to its country.
    """
    after = places[-1].after
    last = next((c for c in reversed(view.chunks) if c.category == "place"), places[-1])
    between = view.words[after : last.first]
    plain = not any(word.endswith(("ed", "ing")) or any(word in words(kind) for kind in _VERBS) for word in between)
    return last.after if plain and between[-1:] == (",",) else after


def _grids(views: Sequence[View]) -> dict[int, Mention]:
    """Return the grid reference of each paragraph that gives one and no other."""
    found: dict[int, dict[str, Mention]] = {}
    for view in views:
        for chunk in view.chunks:
            if grid_point(chunk.mention.name):
                found.setdefault(view.sentence.paragraph, {}).setdefault(chunk.mention.name, chunk.mention)
    return {paragraph: next(iter(named.values())) for paragraph, named in found.items() if len(named) == 1}


def _places_from(view: View, at: int) -> list[Chunk]:
    """Return the places that stand one after another from a token on: "the town of Ardun or Belis area, Veshland"."""
    places: list[Chunk] = []
    for chunk in (c for c in view.chunks if c.first >= at):
        between = view.words[at : chunk.first]
        if chunk.category != "place" or not set(between) <= _between():
            break
        places.append(chunk)
        at = chunk.after
    return places


def _only_sources(view: View, after: int) -> bool:
    """Tell whether nothing follows but who reported it."""
    rest = [word for word in view.words[after:] if word not in {",", ".", ":"} and word not in _place_words()]
    return not rest or rest[0] in _SOURCES | words("according")


@cache
def _place_words() -> frozenset[str]:
    """Return the words that say what a place is: "Ardun village", "Ardun area"."""
    return frozenset(word for kind in ("near", "town", "facility", "admin1") for word in table("placewords")[kind])


@cache
def _between() -> frozenset[str]:
    """Return the words that may stand between the places of an opening, articles of names among them."""
    return _place_words() | {",", "/", "(", ")", "of", "in", "the", "al", "el", "or", "and", "near"}


def _told(item: Found, opening: Opening | None) -> Found:
    if opening is None or not opening.stands:
        return item
    if item.status == "happened" and _is_reported(item):
        item = replace(item, status="uncertain", reasons=(*item.reasons, "only a report of it is told"))
    if item.place is None or not item.view.sentence.span.holds(item.place.span):
        item = replace(item, place=opening.place, reasons=(*item.reasons, f"place: {_REASON}"))
    if not item.when.known:
        item = replace(item, when=opening.when, reasons=(*item.reasons, f"date: {_REASON}"))
    return item


def _is_reported(item: Found) -> bool:
    """Tell whether an entry speaks of an event only as reported: "corresponds to the report of civilian casualties"."""
    before = item.view.words[max(0, item.trigger.first - _REPORTED) : item.trigger.first]
    return "of" in before and any(word in table("events")["allegations"]["nouns"] for word in before)


def _at_grid(item: Found, opening: Opening | None, spots: dict[int, Mention]) -> Found:
    """Put an event that has the place of its entry, or none, at the grid reference of its paragraph."""
    spot = spots.get(item.view.sentence.paragraph)
    if spot is None or opening is None or not (item.place is None or item.place.id in opening.named):
        return item
    return replace(item, place=spot, reasons=(*item.reasons, "place: the grid reference of its entry"))
