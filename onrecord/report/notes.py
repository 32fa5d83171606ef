"""What a report says of itself: what is not known, what was left out, and what it rests on."""

from __future__ import annotations

from collections import Counter

from onrecord.model.lookup import source_name
from onrecord.model.records import Dispatch
from onrecord.model.wording import count, listed, sentence
from onrecord.report.accounts import HAPPENED
from onrecord.report.desk import FIGURES, Desk
from onrecord.report.parts import Cited, Section

_OUTLETS = 5  # outlets that are named; more would be a list of trifles
_HOW = (
    "The numbers behind a sentence lead to the words that it rests on; of many that agree two or three are cited.",
    "A number on which accounts differ is given with its bounds.",
    "Nothing planned, denied or alleged is counted as having happened.",
)


def unknown(desk: Desk) -> Section:
    """Return what the record does not tell: what rests on one source, has no date or place, or was left out here."""
    happened = [e for e in desk.part.events if e.status in HAPPENED]
    alone = sum(e.sources == 1 for e in happened)
    timeless, placeless = sum(not e.when.known for e in happened), sum(e.place is None for e in happened)
    undated = sum(d.published is None for d in _used(desk))
    unmapped = len({e.place for e in happened if e.place and desk.lookup.entities[e.place].point is None})
    told = f"Of {count(len(happened), 'event')} told as having happened,"
    no_place = f", and {count(placeless, 'has', 'have')} no place" if placeless else ""
    facts = (
        (alone, f"{told} {count(alone, 'rests', 'rest')} on one source alone"),
        (timeless, f"{count(timeless, 'of them has', 'of them have')} no date{no_place}"),
        (undated, f"{count(undated, 'dispatch has', 'dispatches have')} no date of publication"),
        (unmapped, f"{count(unmapped, 'place', 'places')} of these events could not be put on the map"),
    )
    lines = [Cited(sentence(text)) for number, text in facts if number]
    empty = "Each event has a date, a place and more than one source." if happened else "Nothing is on record."
    return Section("What is not known", (*lines, *_left_out(desk)), empty, prose=True, counted=True)


def _left_out(desk: Desk) -> list[Cited]:
    told = sum(len(desk.told(place)) for place in desk.places)
    rest = [(len(desk.all) - told, "dated development", "dated developments")]
    rest += [(len(desk.figures) - FIGURES, "figure", "figures")]
    parts = [count(number, one, many) for number, one, many in rest if number > 0]
    return [Cited(sentence(f"left out here for length: {listed(parts)}"))] if parts else []


def on_sources(desk: Desk) -> Section:
    """Return which outlets the report rests on, how many dispatches are copies, and how to read its numbers."""
    title, used = "Notes on the sources", _used(desk)
    if not used:
        return Section(title, (), "No dispatch tells of this period and place.", prose=True, counted=True)
    outlets = sorted(Counter(source_name(d) for d in used).items(), key=lambda o: (-o[1], o[0]))
    named = [f"{name} ({number})" for name, number in outlets[:_OUTLETS]]
    named += [count(len(outlets) - _OUTLETS, "other")] if len(outlets) > _OUTLETS else []
    copies = len(used) - len({desk.lookup.origin(d.id) for d in used})
    copied = f"{count(copies, 'is a copy or rewrite', 'are copies or rewrites')} and no source of its own"
    shares = f": {listed(named)}" if len(outlets) > 1 else f", all of {outlets[0][0]}"
    lines = [f"this report rests on {count(len(used), 'dispatch', 'dispatches')}{shares}"]
    lines += [copied.replace("no source of its own", "no sources of their own") if copies > 1 else copied] * bool(
        copies
    )
    return Section(title, tuple(Cited(sentence(x)) for x in (*lines, *_HOW)), prose=True, counted=True)


def _used(desk: Desk) -> list[Dispatch]:
    if desk.scope.whole:
        return list(desk.record.dispatches)
    part = desk.part
    claims = [t.claims for t in part.events] + [t.claims for t in part.figures] + [t.claims for t in part.control]
    telling = {c.dispatch for some in claims for c in desk.lookup.told(some)}
    telling |= {s.dispatch for s in part.statements}
    return [d for d in desk.record.dispatches if d.id in telling]
