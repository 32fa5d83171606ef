"""What the situation report says, in which order, each sentence with the claims that it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model.lookup import Lookup, source_name
from onrecord.model.records import Control, Event, Figure, Record
from onrecord.model.values import first_day
from onrecord.model.wording import count, listed, sentence, span
from onrecord.report.accounts import HAPPENED, account
from onrecord.report.maps import place_map
from onrecord.report.names import table
from onrecord.report.parts import Cited, Picture, Section, Situation
from onrecord.report.phrases import Phrases
from onrecord.report.plots import bounds, timeline
from onrecord.report.scope import Scope, cut
from onrecord.report.sources import numbered
from onrecord.report.voices import voices
from onrecord.report.weights import Development, developments, telling_figures

# Four pages at most, pictures and sources included: measured on 181 dispatches of twenty months, which fill them.
PLACES, A_PLACE, FIGURES, HELD, OPEN, VOICES = 5, 5, 8, 6, 6, 6
_EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one report is written from: the whole record for looking up, the part in scope, and how it is said."""

    record: Record
    part: Record
    scope: Scope
    lookup: Lookup
    phrases: Phrases
    ranked: dict[str, list[Development]]
    figures: list[Figure]

    @property
    def places(self) -> list[str]:
        """The places that are told, those of the frame of a country or province last."""
        shown = list(self.ranked)[:PLACES]
        return sorted(shown, key=lambda p: self.lookup.entities[p].precision in ("country", "admin1", "none"))

    def told(self, place: str) -> list[Development]:
        """Return what is told of a place in the order of time, what is known to a month after what falls in it."""
        chosen = self.ranked[place][:A_PLACE]
        return sorted(chosen, key=lambda d: (d.told.when.after or date.max, d.told.when.start or "", d.told.event.id))


def situation(record: Record, scope: Scope = _EVERYTHING) -> Situation:
    """Return the report of a record, or of the days and the place of a scope; the same record gives the same report."""
    lookup, part = Lookup(record), cut(record, scope)
    ranked = developments(part, lookup)
    in_events = {d.told.figure.id for p in list(ranked)[:PLACES] for d in ranked[p][:A_PLACE] if d.told.figure}
    figures = [f for f in telling_figures(part, lookup) if f.id not in in_events]
    desk = _Desk(record, part, scope, lookup, Phrases(lookup, part.control), ranked, figures)
    headline = _headline(desk)
    body = [_brief(desk), *_developments(desk), _figures(desk), _control(desk), _open(desk)]
    rests = frozenset(key for section in body for cited in section.sentences for key in cited.rests_on)
    body += [_voices(desk, rests), _unknown(desk), _on_sources(desk)]
    sources, numbers = numbered(lookup, [headline, *(c for section in body for c in section.sentences)])
    return Situation(headline, _title(desk), _scope(desk), tuple(body), _pictures(desk), sources, numbers)


def _headline(desk: _Desk) -> Cited:
    """Return the head of the page: the weightiest development, and the largest number of dead with whom it counts."""
    first = (one for found in desk.ranked.values() for one in found[:2] if one.told.agents)
    best = max(first, key=lambda d: (d.weight + 6 * desk.phrases.whole(d.told), d.told.event.id), default=None)
    killed = _toll(desk, best)
    if best is None:
        return Cited("Nothing dated and placed is on record" if not desk.scope.whole else "Nothing is on record yet")
    clause = desk.phrases.headline(best.told)
    if killed is None or best.told.figure:
        return Cited(clause, best.told.borne_out, best.told.cited)
    toll = desk.phrases.toll(killed)
    cited = tuple(dict.fromkeys([*best.told.cited, *toll.cited]))
    return Cited(f"{clause}; {toll.text}", (*best.told.borne_out, *toll.rests_on), cited)


def _toll(desk: _Desk, best: Development | None) -> Figure | None:
    """Return the largest number of dead, of those that two sources give, in the town of the weightiest development."""
    place = best.told.event.place if best else None
    towns = [list(desk.lookup.within(place))[-1]] if place else []
    dead = [f for f in desk.figures if f.measure == "killed" and f.sources > 1 and f.low]
    here = [f for f in dead if set(towns) & set(desk.lookup.within(f.place))]
    return max(here, key=lambda f: (f.low or 0, f.id), default=None)


def _title(desk: _Desk) -> str:
    names = [desk.lookup.entities[place].name for place in list(desk.ranked)[:3]]
    where = desk.lookup.name(desk.scope.place) or listed(names)
    return f"Situation report: {where}" if where else "Situation report"


def _scope(desk: _Desk) -> str:
    dates = sorted(d.published for d in desk.record.dispatches if d.published)
    period = desk.scope.period or (span(dates[0], dates[-1]) if dates else "")
    return f"{period[:1].upper()}{period[1:]}"


# ----------------------------------------------------------------------------------------------------- sections


def _brief(desk: _Desk) -> Section:
    total = sum(len(found) for found in desk.ranked.values())
    if not total:
        within = " for this period and place" if not desk.scope.whole else ""
        return Section(
            "In brief", (), f"Nothing with a known time and place is on record{within}.", counted=True, prose=True
        )
    most = [desk.phrases.names.entity(place) for place in list(desk.ranked)[:3]]
    where = f", chiefly in {listed(most)}" if len(desk.ranked) > 3 else f" in {listed(most)}"
    here = count(len(desk.ranked), "place")
    told = f"{count(total, 'development')} with a date {'is' if total == 1 else 'are'} on record at {here}{where}"
    disputed = [e for e in desk.part.events if e.disputes] + [f for f in desk.part.figures if f.disputes]
    differ = f"accounts differ on {count(len(disputed), 'point')}" if disputed else "no accounts are known to differ"
    return Section("In brief", (Cited(sentence(f"{told}; {differ}")),), counted=True, prose=True)


def _developments(desk: _Desk) -> Iterable[Section]:
    yield Section("Key developments", (), "" if desk.ranked else "None with a known time and place.", prose=True)
    for place in desk.places:
        sentences: list[Cited] = []
        for one in desk.told(place):
            sentences.append(desk.phrases.event(one.told))
            sentences += [desk.phrases.disputed(d) for d in one.told.event.disputes[:1]]
        yield Section(desk.lookup.entities[place].name, tuple(sentences), level=3, prose=True)


def _figures(desk: _Desk) -> Section:
    chosen = sorted(desk.figures[:FIGURES], key=lambda f: (f.as_of or "9999", f.measure, f.id))
    sentences: list[Cited] = []
    for figure in chosen:
        sentences.append(desk.phrases.figure(figure))
        sentences += [desk.phrases.disputed(d) for d in figure.disputes[:1]]
    return Section("Figures", tuple(sentences), "No figures are on record.")


def _control(desk: _Desk) -> Section:
    found: defaultdict[str, list[Control]] = defaultdict(list)
    for stretch in desk.part.control:
        if _tellable(stretch, desk.lookup):
            found[stretch.place].append(stretch)
    chains = {place: _uncovered(chain) for place, chain in found.items()}
    weight = {place: sum(len(s.claims) for s in chain) + 3 * len(chain) for place, chain in chains.items()}
    order = sorted(chains, key=lambda p: (-weight[p], desk.lookup.name(p) or "", p))[:HELD]
    told = tuple(desk.phrases.control(sorted(chains[p], key=_by_time)[-4:]) for p in order)
    return Section("Control", told, "No dated statement of who held what is on record.")


def _uncovered(chain: list[Control]) -> list[Control]:
    """Leave out fights and sieges without a beginning that fall into a stretch that has one."""
    dated = [s for s in chain if s.since]
    return [s for s in chain if s.since or s.state == "holds" or not any(_covers(d, s.until or "") for d in dated)]


def _covers(stretch: Control, day: str) -> bool:
    begun = bool(stretch.since) and first_day(stretch.since or "") <= first_day(day)
    return begun and (not stretch.until or first_day(day) <= first_day(stretch.until))


def _tellable(stretch: Control, lookup: Lookup) -> bool:
    """Tell whether a stretch has a time and, where it is a holding, a named holder of a place that can be held."""
    place = lookup.entities[stretch.place]
    wide = place.precision == "country" or place.name in table()["rivers"]
    backwards = stretch.since and stretch.until and first_day(stretch.until) < first_day(stretch.since)
    known = stretch.state != "holds" or (lookup.name(stretch.holder) or "")[:1].isupper()
    return bool(stretch.since or stretch.until) and not wide and not backwards and known and stretch.state != "unknown"


def _by_time(stretch: Control) -> tuple[str, str, str]:
    return (stretch.since or stretch.until or "", stretch.until or "9999", stretch.state)


def _open(desk: _Desk) -> Section:
    found = [e for e in desk.part.events if e.status not in HAPPENED and e.place in desk.lookup.entities]
    told = [account(e, desk.lookup) for e in found]
    told = [t for t in told if (t.agents or t.targets) and _named(t.agents or t.targets, desk.lookup)]
    order = sorted(told, key=lambda t: (-_open_weight(t.event, desk.lookup), t.event.id))
    best = {(t.event.status, t.event.type, t.event.place): t for t in reversed(order)}
    chosen = sorted(best.values(), key=lambda t: (-_open_weight(t.event, desk.lookup), t.event.id))[:OPEN]
    chosen = sorted(chosen, key=lambda t: (t.event.status, t.when.start or "9999", t.event.id))
    empty = "Nothing is on record as planned, possible, denied or alleged."
    return Section("Planned, denied or alleged", tuple(desk.phrases.open_event(t) for t in chosen), empty)


def _named(entities: Sequence[str], lookup: Lookup) -> bool:
    return any((lookup.name(e) or "")[:1].isupper() for e in entities)


def _open_weight(event: Event, lookup: Lookup) -> int:
    vouched = any(c.statement for c in lookup.told(event.claims))
    denied = event.status in ("denied", "expected")
    return (
        4 * event.sources + 3 * vouched + 2 * denied + 2 * event.when.known + bool(event.agents) + bool(event.targets)
    )


def _voices(desk: _Desk, rests: frozenset[str]) -> Section:
    said = voices(desk.part.statements, desk.lookup, desk.phrases.names, told=rests, limit=VOICES)
    return Section("Who says what", tuple(said), "No saying of a named source is on record.")


# ------------------------------------------------------------------------------------------ on the report itself


def _unknown(desk: _Desk) -> Section:
    events, lookup = desk.part.events, desk.lookup
    happened = [e for e in events if e.status in HAPPENED]
    timeless = sum(not e.when.known for e in happened)
    placeless = sum(e.place is None for e in happened)
    alone = sum(e.sources == 1 for e in happened)
    undated = sum(d.published is None for d in desk.record.dispatches)
    unmapped = len({e.place for e in happened if e.place and lookup.entities[e.place].point is None})
    facts = (
        (
            alone,
            f"Of {count(len(happened), 'event')} that are told as having happened, {count(alone, 'rests', 'rest')} on one source alone",
        ),
        (
            timeless,
            f"{count(timeless, 'of them has', 'of them have')} no date, and {count(placeless, 'has', 'have')} no place",
        ),
        (undated, f"{count(undated, 'dispatch has', 'dispatches have')} no date of publication"),
        (unmapped, f"{count(unmapped, 'place', 'places')} of these events could not be put on the map"),
    )
    lines = [Cited(sentence(text)) for number, text in facts if number]
    return Section("What is not known", (*lines, *_left_out(desk)), "Nothing.", prose=True, counted=True)


def _left_out(desk: _Desk) -> list[Cited]:
    told = sum(len(desk.told(place)) for place in desk.places)
    rest = [(sum(len(found) for found in desk.ranked.values()) - told, "dated development", "dated developments")]
    rest += [(len(desk.figures) - FIGURES, "figure", "figures")]
    parts = [count(number, one, many) for number, one, many in rest if number > 0]
    return [Cited(sentence(f"left out here for length: {listed(parts)}"))] if parts else []


def _on_sources(desk: _Desk) -> Section:
    used = _used(desk)
    outlets = Counter(source_name(d) for d in used)
    if not used:
        return Section(
            "Notes on the sources", (), "No dispatch tells of this period and place.", prose=True, counted=True
        )
    named = [f"{name} ({number})" for name, number in sorted(outlets.items(), key=lambda o: (-o[1], o[0]))[:5]]
    more = len(outlets) - len(named)
    named += [f"{count(more, 'other')}"] if more else []
    copies = len(used) - len({desk.lookup.origin(d.id) for d in used})
    lines = [f"this report rests on {count(len(used), 'dispatch', 'dispatches')}: {listed(named)}"]
    lines += (
        [f"{count(copies, 'is a copy or rewrite', 'are copies or rewrites')} and never counted as a source of its own"]
        if copies
        else []
    )
    lines += [
        "numbers in brackets lead to the words that a sentence rests on; at most three accounts are cited for one"
    ]
    lines += [
        "A number on which accounts differ is given with its bounds; nothing planned, denied or alleged is counted as having happened"
    ]
    return Section("Notes on the sources", tuple(Cited(sentence(line)) for line in lines), prose=True, counted=True)


def _used(desk: _Desk) -> list:
    if desk.scope.whole:
        return list(desk.record.dispatches)
    things = (*desk.part.events, *desk.part.figures, *desk.part.control)
    telling = {c.dispatch for thing in things for c in desk.lookup.told(thing.claims)}
    telling |= {s.dispatch for s in desk.part.statements}
    return [d for d in desk.record.dispatches if d.id in telling]


def _pictures(desk: _Desk) -> tuple[Picture, ...]:
    shown = [
        (
            "Where it happened; a larger dot has more developments.",
            place_map(desk.ranked, desk.part.control, desk.lookup),
        ),
        ("Developments over time.", timeline([d for found in desk.ranked.values() for d in found])),
        (
            "Bounds of the figures; each tick is an account, and a dashed end is open.",
            bounds(desk.figures[:FIGURES], desk.lookup),
        ),
    ]
    return tuple(Picture(caption, drawing) for caption, drawing in shown if drawing)
