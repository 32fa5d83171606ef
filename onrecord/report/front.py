"""The head of the page: headline, title, period, and what there is in one breath."""

from __future__ import annotations

from onrecord.model.records import Figure
from onrecord.model.wording import count, listed, sentence, span
from onrecord.report.desk import Desk, drawn
from onrecord.report.names import table
from onrecord.report.parts import Cited, Section
from onrecord.report.plots import timeline
from onrecord.report.weights import Development


def headline(desk: Desk) -> Cited:
    """Return the weightiest development in the present tense, and the largest number of dead of the same town."""
    first = [one for found in desk.ranked.values() for one in found[:2]]
    acting = [one for one in first if one.told.agents] or first
    best = max(acting, key=lambda d: (_news(d, desk), d.told.event.id), default=None)
    if best is None:
        return Cited("Nothing dated and placed is on record" if desk.record.dispatches else "Nothing is on record yet")
    clause, killed = desk.phrases.headline(best.told), _toll(desk, best)
    if killed is None or best.told.figure:
        return Cited(clause, best.told.borne_out, best.told.cited)
    toll = desk.phrases.toll(killed)
    cited = tuple(dict.fromkeys([*best.told.cited, *toll.cited]))
    return Cited(f"{clause}; {toll.text}", (*best.told.borne_out, *toll.rests_on), cited)


def _news(one: Development, desk: Desk) -> int:
    """Return how well a development stands at the head of a page: a place taken first, and nobody killed namelessly."""
    told = one.told
    named = told.figure or any((desk.lookup.name(t) or "")[:1].isupper() for t in told.targets)
    nameless = "{people}" in table()[told.event.type]["headline"] and not named
    return one.weight + 6 * desk.phrases.whole(told) - 12 * nameless


def _toll(desk: Desk, best: Development) -> Figure | None:
    """Return the largest number of dead, of those that two sources give, in the town of the weightiest development."""
    town = list(desk.lookup.within(best.told.place))[-1]
    dead = [f for f in desk.figures if f.measure == "killed" and f.sources > 1 and f.low]
    here = [f for f in dead if town in desk.lookup.within(f.place)]
    return max(here, key=lambda f: (f.low or 0, f.id), default=None)


def title(desk: Desk) -> str:
    """Return what the report is of: the place asked for, or those that weigh most."""
    names = [desk.lookup.entities[place].name for place in list(desk.ranked)[:3]]
    where = desk.lookup.name(desk.scope.place) or listed(names)
    return f"Situation report: {where}" if where else "Situation report"


def period(desk: Desk) -> str:
    """Return the days covered, or else those on which the dispatches were published."""
    dates = sorted(d.published for d in desk.record.dispatches if d.published)
    period = desk.scope.period or (span(dates[0], dates[-1]) if dates else "")
    return f"{period[:1].upper()}{period[1:]}"


def brief(desk: Desk) -> Section:
    """Return how much there is, where, and on how much accounts differ."""
    total = len(desk.all)
    if not total:
        within = " for this period and place" if not desk.scope.whole else ""
        return Section(
            "In brief", (), f"Nothing with a known time and place is on record{within}.", counted=True, prose=True
        )
    most = listed([desk.phrases.names.entity(place) for place in list(desk.ranked)[:3]])
    places = count(len(desk.ranked), "place")
    where = f", in {most}" if len(desk.ranked) == 1 else f" at {places}, {most}"
    where = f" at {places}, chiefly in {most}" if len(desk.ranked) > 3 else where
    told = f"{count(total, 'development')} with a date {'is' if total == 1 else 'are'} on record{where}"
    disputed = [e for e in desk.part.events if e.disputes] + [f for f in desk.part.figures if f.disputes]
    differ = f"accounts differ on {count(len(disputed), 'point')}" if disputed else "no accounts are known to differ"
    picture = drawn("Developments over time.", timeline(desk.all))
    return Section("In brief", (Cited(sentence(f"{told}; {differ}")),), counted=True, prose=True, picture=picture)
