"""Who holds a place, and since when: captures, sieges and claims of holding put in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Control, Event
from onrecord.model.values import day_after, first_day
from onrecord.reconcile.events import order
from onrecord.reconcile.facts import Facts, sources
from onrecord.reconcile.handovers import handed_over, with_town
from onrecord.reconcile.sieges import sieges
from onrecord.reconcile.timeline import Mark, moment, timeline

_TELLING = frozenset(("territory_gain", "siege", "withdrawal"))  # the events that tell who holds a place
_SILENCE_DAYS = 31  # after a month without a word of it nobody knows whether a fight or a siege goes on


class Controls:
    """Who held each place over which time, kept as events and claims come, change and go.

    A capture that happened opens a stretch and ends that of the other side; a side that only entered makes the place
    contested, and so does a capture that nobody but its own side tells of and another denies. A claim that a side holds
    the place is put with the stretch that it falls into; where that is another side's, the stretch is disputed. Fights
    and sieges end with the capture, or where nothing more is told of them.
    A change of hands that no report tells of follows from who is seen to hold the place, or from its town's capture.
    Provinces and countries are held by several at once, so that there each claim of holding stands by itself.
    """

    def __init__(self, facts: Facts, claims: Mapping[str, Claim]) -> None:
        self._facts, self._claims = facts, claims
        self._events: defaultdict[str, dict[str, Event]] = defaultdict(dict)
        self._seen: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
        self._told: dict[str, list[tuple[str, str]]] = {}  # the places of a dispatch's claims, with their ids
        self._stretches: dict[str, list[Control]] = {}

    def update(self, fallen: Iterable[Event], came: Iterable[Event], claims: Mapping[str, Iterable[Claim]]) -> None:
        """Take away events that fell and put in those that came; take the claims of dispatches for those they had."""
        places: set[str] = set()
        for event in (e for e in fallen if e.place and e.type in _TELLING):
            self._events[event.place or ""].pop(event.id, None)
            places.add(event.place or "")
        for event in (e for e in came if e.place and e.type in _TELLING):
            self._events[event.place or ""][event.id] = event
            places.add(event.place or "")
        for dispatch, listed in claims.items():
            for place, told in self._told.pop(dispatch, ()):
                del self._seen[place][told]
                places.add(place)
            for claim in _holdings(listed, self._facts):
                self._told.setdefault(dispatch, []).append((claim.place or "", claim.id))
                self._seen[claim.place or ""][claim.id] = claim
                places.add(claim.place or "")
        for place in places:
            self._stretches[place] = self._of(place)

    def stretches(self) -> list[Control]:
        """Return who held each place over which time, by place, start and holder."""
        last = max((d.published for d in self._facts.dispatches.values() if d.published), default=None)
        each = [s for place in sorted(self._stretches) for s in self._stretches[place]]
        found = with_town(each, self._claims, self._facts)
        told = [_until_last_told(s, self._claims, last, self._facts) for s in found]
        return sorted(_merged(told), key=_order)

    def _of(self, place: str) -> list[Control]:
        """Return the stretches of one place, fights and sieges open where no change of hands ends them."""
        facts, claims = self._facts, self._claims
        events = sorted(self._events[place].values(), key=order)
        narrow = not facts.wide(place)
        marks = [m for e in events if narrow and (m := _capture(e, claims, facts))]
        besieged = [e for e in events if narrow and e.type == "siege"]
        seen = sorted(self._seen[place].values(), key=facts.order)
        stretches = list(handed_over(timeline(place, marks, seen, claims, facts), claims, facts))
        return _left([*stretches, *sieges(besieged, stretches, claims, facts)], events)


def _holdings(claims: Iterable[Claim], facts: Facts) -> Iterator[Claim]:
    """Yield the claims of a dispatch that a place is held or fought over, each with those who can hold one.

    Sieges are events, and come from them; so does what follows from an entry, but for wide places.
    """
    listed = list(claims)
    told = {c.trigger for c in listed if c.kind == "event" and c.type == "territory_gain"}
    for claim in listed:
        if claim.kind != "control" or claim.type == "besieged" or facts.denied(claim):
            continue
        if claim.type == "contested" and claim.trigger in told and claim.place and not facts.wide(claim.place):
            continue
        holders = facts.holders(claim.agents)
        fought = claim.type == "contested" and not claim.agents
        if claim.place and (holders or fought) and claim.status in ("happened", "ongoing"):
            yield replace(claim, agents=tuple(holders))


def _until_last_told(stretch: Control, claims: Mapping[str, Claim], last: str | None, facts: Facts) -> Control:
    """End a fight or a siege with the last word of it, where dispatches of a month later say no more."""
    if stretch.state not in ("contested", "besieged") or stretch.until or not last:
        return stretch
    told = max((m for c in map(claims.get, stretch.claims) if c and (m := moment(c, facts))), default=None)
    if told is None or first_day(last) - day_after(told) < timedelta(days=_SILENCE_DAYS):
        return stretch
    return replace(stretch, until=told)


def _merged(stretches: Iterable[Control]) -> list[Control]:
    """Return stretches that say the same once, with the claims of all."""
    found: dict[Control, Control] = {}
    for stretch in stretches:
        same = replace(stretch, claims=())
        known = found.get(same)
        found[same] = (
            replace(stretch, claims=tuple(dict.fromkeys([*known.claims, *stretch.claims]))) if known else stretch
        )
    return list(found.values())


def _order(stretch: Control) -> tuple[str, str, str, str, tuple[str, ...]]:
    return (stretch.place, stretch.since or "", stretch.holder or "", stretch.state, stretch.claims)


def _capture(event: Event, claims: Mapping[str, Claim], facts: Facts) -> Mark | None:
    """Return the mark that a capture makes, `None` for other events and for those without a date or a side."""
    day = event.when.start or event.when.end
    holders = facts.holders(event.agents)
    if event.type != "territory_gain" or event.status not in ("happened", "ongoing") or not day or not holders:
        return None
    held = [claims[c] for c in event.claims if c in claims and not facts.denied(claims[c])]
    shares = [c.share for c in held if c.share is not None]
    entries = frozenset(table("reconcile")["entries"])
    only_entered = all((facts.words(c).split() or [""])[0] in entries for c in held)
    judged = any(c in facts.right for c in event.claims)
    return Mark(
        day=day,
        # Where a force took the town with a coalition's help, the force holds it.
        holder=min(holders, key=lambda one: facts.categories.get(one) == "coalition"),
        claims=event.claims,
        full=event.status == "happened"
        and not only_entered
        and (not shares or max(shares) >= 100)
        and (judged or not _only_boasted(event, held, facts)),
        loser=_loser(event, claims, facts),
        share=max(shares, default=None),
        disputed=event.grade == "contested",
        judged=judged,
    )


def _loser(event: Event, claims: Mapping[str, Claim], facts: Facts) -> str | None:
    """Return who is said to have lost the place, else the side that denies that it fell."""
    denials = [c for c in map(claims.get, event.claims) if c and facts.denied(c)]
    deniers = [source for c in denials if (source := facts.source(c))]
    bodies = [*facts.holders(event.targets), *facts.holders(deniers)]
    own = [b for b in bodies if any(facts.related(b, agent) for agent in event.agents)]
    return next((b for b in bodies if b not in facts.generic and b not in own), None)


def _only_boasted(event: Event, held: list[Claim], facts: Facts) -> bool:
    """Tell whether a capture is denied, and nobody but the side that is said to have made it tells of it."""
    if not any(d.field == "status" for d in event.disputes):
        return False
    told = [s for c in held if (s := facts.source(c)) is not None]
    return (
        bool(told)
        and all(any(facts.related(s, agent) for agent in event.agents) for s in told)
        and not any(origin.startswith("own:") for origin in sources(held, facts))
    )


def _left(stretches: list[Control], events: list[Event]) -> list[Control]:
    """End the last stretch of a side that left a place as a whole and was followed by nobody.

    A withdrawal of a counted part ("275 fighters left") ends nothing.
    """
    gone = {
        (e.place, agent): e
        for e in events
        if e.type == "withdrawal" and e.status == "happened" and not e.figures and e.when.end
        for agent in e.agents
    }
    return [_ended(s, gone.get((s.place, s.holder or ""))) for s in stretches]


def _ended(stretch: Control, left: Event | None) -> Control:
    day = left.when.end if left else None
    if not left or not day or stretch.until or stretch.state != "holds" or not stretch.since:
        return stretch
    if first_day(day) <= first_day(stretch.since):
        return stretch
    return replace(stretch, until=day, claims=tuple(dict.fromkeys([*stretch.claims, *left.claims])))
