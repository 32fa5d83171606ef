"""What the situation report says, in which order, each sentence with the claims that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.model.lookup import Lookup
from onrecord.model.records import Event, Record
from onrecord.report.accounts import HAPPENED, account
from onrecord.report.desk import FIGURES, OPEN, VOICES, Desk, desk, drawn
from onrecord.report.front import brief, headline, period, title
from onrecord.report.holders import control
from onrecord.report.maps import place_map
from onrecord.report.notes import on_sources, unknown
from onrecord.report.parts import Cited, Section, Situation
from onrecord.report.plots import bounds
from onrecord.report.scope import Scope
from onrecord.report.sources import numbered
from onrecord.report.voices import voices

_EVERYTHING = Scope()


def situation(record: Record, scope: Scope = _EVERYTHING) -> Situation:
    """Return the report of a record, or of the days and the place of a scope; the same record gives the same report."""
    at = desk(record, scope)
    head = headline(at)
    body = [brief(at), *_developments(at), _figures(at), control(at), _open(at)]
    rests = frozenset(key for section in body for cited in section.sentences for key in cited.rests_on)
    body += [_voices(at, rests), unknown(at), on_sources(at)]
    sources, numbers = numbered(at.lookup, [head, *(c for section in body for c in section.sentences)])
    return Situation(head, title(at), period(at), tuple(body), sources, numbers)


def _developments(desk: Desk) -> Iterable[Section]:
    drawing = place_map(desk.ranked, desk.part.control, desk.lookup)
    empty = "" if desk.ranked else "None with a known time and place."
    picture = drawn("Where it happened; a larger dot has more developments.", drawing)
    yield Section("Key developments", (), empty, picture=picture)
    for place in desk.places:
        sentences: list[Cited] = []
        for one in desk.told(place):
            sentences.append(desk.phrases.event(one.told))
            sentences += [desk.phrases.disputed(d) for d in one.told.event.disputes[:1]]
        yield Section(desk.lookup.entities[place].name, tuple(sentences), level=3, prose=True)


def _figures(desk: Desk) -> Section:
    chosen = sorted(desk.figures[:FIGURES], key=lambda f: (f.as_of or "9999", f.measure, f.id))
    sentences: list[Cited] = []
    for figure in chosen:
        sentences.append(desk.phrases.figure(figure))
        sentences += [desk.phrases.disputed(d) for d in figure.disputes[:1]]
    caption = "Bounds of these figures; each tick is an account, and a dashed end is open."
    picture = drawn(caption, bounds(chosen, desk.lookup))
    return Section("Figures", tuple(sentences), "No figures are on record.", picture=picture)


def _open(desk: Desk) -> Section:
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


def _voices(desk: Desk, rests: frozenset[str]) -> Section:
    said = voices(desk.part.statements, desk.lookup, desk.phrases.names, told=rests, limit=VOICES)
    return Section("Who says what", tuple(said), "No saying of a named source is on record.")
