"""What stands near something in a record: neighbours in time, things that may be the same, names that hold words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from onrecord.model.records import Claim, Entity, Event, Figure
from onrecord.model.values import first_day
from onrecord.web.queries import Index, name_of, read_times
from onrecord.web.words import heading, span

_SUGGESTED = 12  # names offered while one types
_CHOICES = 24  # events offered to be the same: as many as a person reads through
_FAR = 10**6  # days: beyond any two events


def event_words(ix: Index, event: Event) -> str:
    """Return an event in a line: "Air strike, Hajin, 10 December 2018 (3 claims)"."""
    where = f", {name_of(ix, event.place)}" if event.place else ""
    return f"{heading(event.type)}{where}, {span(event.when)} ({len(event.claims)})"


def by_what_they_say(ix: Index, event: Event, claims: Sequence[Claim]) -> list[tuple[str, list[Claim]]]:
    """Return the claims of an event in groups that say the same of its status and who acts, the largest first."""
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_said(ix, event, claim)].append(claim)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _said(ix: Index, event: Event, claim: Claim) -> str:
    if claim.kind != "event":
        return heading(claim.kind)
    doer = ", ".join(name_of(ix, a) for a in claim.agents) or "no one named as acting"
    status = "" if claim.status == event.status else f", {claim.status}"
    return doer[:1].upper() + doer[1:] + status


def near_events(ix: Index, event: Event, *, same_type: bool = False) -> list[Event]:
    """Return other events, those nearest in time and then in place first; with `same_type` of its type only."""
    pool = ix.events_of.get(event.type, ()) if same_type else ix.events_at.get(event.place or "", ())
    day = _day(event)
    others = (e for e in pool if e.id != event.id)
    return sorted(others, key=lambda e: (_away(day, _day(e)), e.place != event.place, e.id))


def same_events(ix: Index, event: Event | None) -> list[tuple[str, str]]:
    """Return the events that an event might be one with, the nearest first: a claim of each, and words for it."""
    near = near_events(ix, event, same_type=True)[:_CHOICES] if event else []
    return [(e.claims[0], event_words(ix, e)) for e in near if e.claims]


def related_figures(ix: Index, figure: Figure) -> list[tuple[str, Figure]]:
    """Return figures that hold this one, are held by it, or count the same event, each with what it is to this one."""
    claims = [ix.claims[c] for c in figure.claims if c in ix.claims]
    wholes = {ix.claims[c.part_of].figure for c in claims if c.part_of in ix.claims}
    own = set(figure.claims)
    beside = (ix.figures[f] for f in _of_event(ix, figure) if f in ix.figures)
    pool = [*ix.figures_at.get(figure.place or "", ()), *beside]
    parts = {f.id for f in pool if any(ix.claims[c].part_of in own for c in f.claims if c in ix.claims)}
    found = [("the whole", ix.figures[f]) for f in sorted(filter(None, wholes)) if f in ix.figures]
    found += [("a part of it", ix.figures[f]) for f in sorted(parts)]
    known = {figure.id, *parts, *wholes}
    same = dict.fromkeys(f for f in pool if f.id not in known and f.event and f.event == figure.event)
    return [*found, *(("of the same event", f) for f in same)][:_CHOICES]


def _of_event(ix: Index, figure: Figure) -> tuple[str, ...]:
    event = ix.events.get(figure.event or "")
    return event.figures if event else ()


def _day(event: Event) -> date | None:
    known = event.when.start or event.when.end
    return first_day(known) if known else None


def _away(one: date | None, other: date | None) -> int:
    return abs((one - other).days) if one and other else _FAR


def suggested(ix: Index, words: str, kind: str = "") -> list[Entity]:
    """Return the entities under whose names words stand, those that begin with them and are read most first."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    fitting = [e for e in ix.record.entities if kind in ("", e.kind) and wanted in e.name.casefold()]
    ranked = sorted(fitting, key=lambda e: (not e.name.casefold().startswith(wanted), -read_times(ix, e.id), e.name))
    return ranked[:_SUGGESTED]
