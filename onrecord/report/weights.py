"""What matters to a reader who has four pages: developments and figures by weight, grouped by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model.lookup import Lookup
from onrecord.model.records import Event, Figure, Record
from onrecord.model.values import When, first_day
from onrecord.report.accounts import COUNTED, HAPPENED, Account, account
from onrecord.report.names import last_word, table, words

_LEAD = 600  # characters: a dispatch tells what it is about in its title and first two paragraphs
_MONTH = 31  # days: a vaguer time places a development in no period
_LOSSES = ("killed", "casualties", "wounded", "missing")
_MOVED = ("displaced", "surrendered", "evacuated", "trapped", "abducted", "detained")


@dataclass(frozen=True, slots=True)
class Development:
    """One thing that happened, as it will be told, with its weight."""

    told: Account
    weight: int


def developments(record: Record, lookup: Lookup) -> dict[str, list[Development]]:
    """Return what happened at a known time, the weightiest first, by place; what lies in a town goes with the town.

    Two events of one type at one place and time are told once. Places come by the weight of their best five.
    """
    figures = {f.id: f for f in record.figures}
    by_place: defaultdict[str, list[Development]] = defaultdict(list)
    for event in record.events:
        found = development(event, lookup, figures)
        if found:
            by_place[_town(event.place or "", lookup)].append(found)
    recent = {place: [d for d in found if not _before(d, _first(record))] for place, found in by_place.items()}
    ranked = {place: kept for place, found in recent.items() if (kept := _once(found))}
    ranked = _without_echoes(ranked, lookup)
    names = {place: lookup.entities[place].name for place in ranked}
    order = sorted(ranked, key=lambda p: (-sum(d.weight for d in ranked[p][:5]), names[p], p))
    return {place: ranked[place] for place in order}


def _first(record: Record) -> date:
    """Return the day from which on things are news: a month before the first dispatch."""
    published = min((d.published for d in record.dispatches if d.published), default="0001-02-01")
    return first_day(published) - timedelta(days=_MONTH)


def _before(one: Development, first: date) -> bool:
    return bool(one.told.when.after and one.told.when.after <= first)


def _without_echoes(ranked: dict[str, list[Development]], lookup: Lookup) -> dict[str, list[Development]]:
    """Leave out of a country what the same side did in one of its places within three days: it is the same again."""
    fine = [_key(d) for p, found in ranked.items() if not wide(p, lookup) for d in found]
    days: defaultdict[tuple[str, frozenset[str]], list[date]] = defaultdict(list)
    for kind, agents, day in fine:
        days[kind, agents].append(day)
    kept: dict[str, list[Development]] = {}
    for place, found in ranked.items():
        told = [d for d in found if not wide(place, lookup) or not _echoes(d, days)]
        if told:
            kept[place] = told
    return kept


def _key(one: Development) -> tuple[str, frozenset[str], date]:
    return (one.told.event.type, frozenset(one.told.agents), one.told.when.first or date.min)


def _echoes(one: Development, days: Mapping[tuple[str, frozenset[str]], list[date]]) -> bool:
    kind, agents, day = _key(one)
    return any(abs((other - day).days) <= 3 for other in days.get((kind, agents), ()))


def wide(place: str, lookup: Lookup) -> bool:
    """Tell whether a place is a whole country."""
    return lookup.entities[place].precision == "country"


def development(event: Event, lookup: Lookup, figures: Mapping[str, Figure]) -> Development | None:
    """Return an event as a development, or nothing where its time, place or sides are too little known to tell it."""
    if event.status not in HAPPENED or event.place not in lookup.entities:
        return None
    told = account(event, lookup, _count(event, lookup, figures))
    if not told.place or not placed_in_time(told.when) or not _complete(told):
        return None
    return Development(told, _weight(told, lookup))


def _complete(told: Account) -> bool:
    """Tell whether a sentence has enough to say: who acted, or to whom it was done where that tells by itself."""
    suffered = "{people}" in table()[told.event.type]["target"] or told.event.type in words("by_itself")
    return bool(told.agents or told.figure or (told.targets and suffered))


def placed_in_time(when: When) -> bool:
    """Tell whether a time is known on both sides to a month."""
    return bool(when.first and when.after and (when.after - when.first).days <= _MONTH)


def _count(event: Event, lookup: Lookup, figures: Mapping[str, Figure]) -> Figure | None:
    """Return the figure that counts this event alone, of the same day, so that one sentence tells both."""
    counted = [f for f in (figures.get(i) for i in event.figures) if f and f.measure == COUNTED.get(event.type)]
    alone = [f for f in counted if f.mode == "event" and f.who and not f.disputes]
    same_day = [f for f in alone if any(c.when == event.when for c in lookup.told(f.claims))]
    return max(same_day, key=lambda f: (f.sources, f.best or f.low or f.high or 0, f.id), default=None)


def _weight(told: Account, lookup: Lookup) -> int:
    event = told.event
    claims = lookup.told(event.claims)
    leads = len({c.dispatch for c in claims if c.sentence.start < _LEAD})
    place = lookup.entities[event.place or ""]
    fine = place.precision not in ("country", "admin1", "none")
    kind: int = table()[event.type]["weight"]
    named = [e for e in (*told.agents, *told.targets) if lookup.entities[e].name[:1].isupper()]
    sides = min(len(named), 2)
    return 3 * kind + 4 * min(event.sources, 5) + 3 * min(leads, 3) + 3 * sides + 4 * fine + 3 * bool(told.figure)


def _town(place: str, lookup: Lookup) -> str:
    """Return the outermost place that this one lies in."""
    return list(lookup.within(place))[-1]


def _once(found: Iterable[Development]) -> list[Development]:
    """Return developments by weight, without those that tell again what a weightier one tells.

    That is: of the same type, time and agents; between the same sides at the same time; or read from one sentence.
    """
    kept: list[Development] = []
    seen: set[tuple[object, ...]] = set()
    for one in sorted(found, key=lambda d: (-d.weight, d.told.when.start or "", d.told.event.id)):
        told, day = one.told, one.told.when.start
        keys = {(told.event.type, day, frozenset(told.agents)), ("sentence", told.told)}
        keys |= {("sides", day, frozenset(told.agents), frozenset(told.targets))} if told.targets else set()
        if not keys & seen:
            kept.append(one)
        seen |= keys
    return kept


def telling_figures(record: Record, lookup: Lookup) -> list[Figure]:
    """Return the figures that a template tells, the weightiest first: lives, then people moved or held, then forces."""
    told = [f for f in record.figures if f.measure in table()["measures"] and (f.who or f.measure in _LOSSES)]
    told = [f for f in told if (f.low is not None or f.high is not None) and _many(f.who)]
    return sorted(told, key=lambda f: (-_worth(f, lookup), f.id))


def _many(who: str | None) -> bool:
    """Tell whether those counted are a noun that a number can stand before: "fighters", not "force"."""
    word = last_word(who or "people")
    if word in words("no_people"):
        return False
    return word == "population" or word in words("plural") or (word.endswith("s") and not word.endswith(("ss", "us")))


def _worth(figure: Figure, lookup: Lookup) -> int:
    claims = lookup.told(figure.claims)
    leads = any(c.sentence.start < _LEAD for c in claims)
    kind = 6 if figure.measure in _LOSSES else 4 if figure.measure in _MOVED else 1
    size = (
        len(f"{figure.best or figure.low or figure.high or 0:.0f}") if figure.sources > 1 else 0
    )  # thousands before dozens
    known = bool(figure.place) + bool(figure.as_of)
    return 4 * figure.sources + kind + 4 * bool(figure.disputes) + 2 * known + 2 * leads + size
