"""Who held what: of each place the stretches that a sentence can tell, in the order of time."""

from __future__ import annotations

from collections import defaultdict

from onrecord.model.lookup import Lookup
from onrecord.model.records import Control
from onrecord.model.values import first_day
from onrecord.report.accounts import HAPPENED
from onrecord.report.desk import HELD, Desk
from onrecord.report.names import table
from onrecord.report.parts import Section

_CHAIN = 4  # stretches of one place that a sentence can hold


def control(desk: Desk) -> Section:
    """Return a sentence a place on who held it, the places most told of first."""
    found: defaultdict[str, list[Control]] = defaultdict(list)
    for stretch in desk.part.control:
        if _tellable(stretch, desk.lookup):
            found[stretch.place].append(stretch)
    chains = {place: _uncovered(chain) for place, chain in found.items()}
    weight = {place: sum(len(s.claims) for s in chain) + 3 * len(chain) for place, chain in chains.items()}
    order = sorted(chains, key=lambda p: (-weight[p], desk.lookup.name(p) or "", p))[:HELD]
    told = tuple(desk.phrases.control(sorted(chains[p], key=_by_time)[-_CHAIN:]) for p in order)
    return Section("Control", told, "No dated statement of who held what is on record.")


def _uncovered(chain: list[Control]) -> list[Control]:
    """Leave out what has no beginning but the last holder, and fights and sieges that fall into a dated stretch."""
    dated = [s for s in chain if s.since]
    held = [s for s in chain if s.state == "holds" and not s.since]
    earlier = sorted(held, key=lambda s: (first_day(s.until or "0001"), s.holder or ""))[:-1]
    chain = [s for s in chain if s not in earlier]
    return [s for s in chain if s.since or s.state == "holds" or not any(_covers(d, s.until or "") for d in dated)]


def _covers(stretch: Control, day: str) -> bool:
    begun = bool(stretch.since) and first_day(stretch.since or "") <= first_day(day)
    return begun and (not stretch.until or first_day(day) <= first_day(stretch.until))


def _tellable(stretch: Control, lookup: Lookup) -> bool:
    """Tell whether a stretch has a time and, where it is a holding, a named holder of a place that can be held."""
    place = lookup.entities[stretch.place]
    wide = place.precision == "country" or place.name in table()["rivers"]
    backwards = stretch.since and stretch.until and first_day(stretch.until) < first_day(stretch.since)
    happened = any(c.status in HAPPENED for c in lookup.told(stretch.claims))
    known = happened and (stretch.state != "holds" or (lookup.name(stretch.holder) or "")[:1].isupper())
    return bool(stretch.since or stretch.until) and not wide and not backwards and known and stretch.state != "unknown"


def _by_time(stretch: Control) -> tuple[str, str, str]:
    return (stretch.since or stretch.until or "", stretch.until or "9999", stretch.state)
