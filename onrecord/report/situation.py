"""What the situation report says, in which order, each sentence with the claims that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model.records import Dispute, Event, Figure, Record
from onrecord.report.english import count, day, listed
from onrecord.report.phrases import Phrases

# One to four pages: an editor reads what most sources tell, and finds the rest in the workspace.
PLACES, EVENTS_A_PLACE, FIGURES, DISPUTES, VOICES, WORDS_EACH = 8, 6, 12, 12, 8, 2


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence and the ids of the claims or statements that it rests on."""

    text: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences; `place` headings group developments."""

    title: str
    sentences: tuple[Cited, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered quotation: words, where they stand, and in which dispatch."""

    number: int
    quotation: str
    origin: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A report: its title, what it covers, its sections, and the numbered sources behind every sentence."""

    title: str
    scope: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    numbers: dict[str, int]


def situation(record: Record) -> Situation:
    """Return the report of a record; the same record gives the same report."""
    phrases = Phrases(record)
    sections = (
        *_developments(record, phrases),
        Section("Figures", _figures(record, phrases), "No figures are on record."),
        Section("Where accounts conflict", _conflicts(record, phrases), "No conflicting accounts are on record."),
        Section("Who holds what", _control(record, phrases), "No statements of control are on record."),
        Section("Planned, alleged or denied", _open(record, phrases), "Nothing is on record as planned or denied."),
        Section("Who says what", _voices(record, phrases), "No statements are on record."),
        Section("What is not known", _unknown(record), "Every dispatch is dated and every place is on the map."),
    )
    sources, numbers = _sources(record, sections)
    return Situation(_title(record), _scope(record), sections, sources, numbers)


def _title(record: Record) -> str:
    happened = [e for e in record.events if e.status in ("happened", "ongoing") and e.place]
    weight: dict[str, int] = defaultdict(int)
    for event in happened:
        weight[event.place or ""] += event.sources
    names = {e.id: e.name for e in record.entities}
    top = sorted(weight, key=lambda place: (-weight[place], names[place]))[:3]
    return f"Situation report: {listed([names[place] for place in top])}" if top else "Situation report"


def _scope(record: Record) -> str:
    dates = sorted(d.published for d in record.dispatches if d.published)
    span = f", published between {day(dates[0])} and {day(dates[-1])}" if dates else ""
    origins = len(set(record.lineage.values()))
    voices = len({s.speaker or s.speaker_text for s in record.statements})
    return (
        f"From {count(len(record.dispatches), 'dispatch', 'dispatches')} of "
        f"{count(origins, 'independent origin')}{span}; {count(voices, 'named or unnamed voice')} quoted. "
        "Numbers in brackets lead to the words that a sentence rests on."
    )


def _happened(record: Record) -> list[Event]:
    return [e for e in record.events if e.status in ("happened", "ongoing")]


def _developments(record: Record, phrases: Phrases) -> Iterable[Section]:
    by_place: dict[str, list[Event]] = defaultdict(list)
    for event in _happened(record):
        if event.place:
            by_place[event.place].append(event)
    names = {e.id: e.name for e in record.entities}
    busiest = sorted(by_place, key=lambda place: (-sum(_weight(e) for e in by_place[place]), names[place]))
    if not busiest:
        yield Section("Developments", (), "No events with a place are on record.")
    for place in busiest[:PLACES]:
        top = sorted(by_place[place], key=lambda e: (-_weight(e), e.id))[:EVENTS_A_PLACE]
        in_time = sorted(top, key=lambda e: (e.when.start or e.when.end or "9", e.id))
        yield Section(names[place], tuple(Cited(phrases.event(e), e.claims) for e in in_time))


def _weight(event: Event) -> int:
    """Rank events: independent sources first, then how much is told (who, to whom, when, how many)."""
    told = bool(event.agents) + bool(event.targets) + (event.when.precision in ("day", "month")) + bool(event.figures)
    return 4 * event.sources + 2 * told + min(len(event.claims), 4)


def _figures(record: Record, phrases: Phrases) -> tuple[Cited, ...]:
    counted = [f for f in record.figures if f.measure not in ("duration", "other")]
    top = sorted(counted, key=lambda f: (-_worth(f), f.id))[:FIGURES]
    return tuple(
        Cited(phrases.figure(f), f.claims) for f in sorted(top, key=lambda f: (f.measure, f.as_of or "", f.id))
    )


def _worth(figure: Figure) -> int:
    human = figure.measure in ("killed", "wounded", "missing", "casualties", "displaced", "surrendered", "trapped")
    return 3 * figure.sources + 3 * human + 2 * bool(figure.disputes) + bool(figure.place) + min(len(figure.claims), 4)


def _conflicts(record: Record, phrases: Phrases) -> tuple[Cited, ...]:
    figures = [(phrases.figure(f), d) for f in record.figures for d in f.disputes]
    events = [(phrases.event(e), d) for e in _happened(record) for d in e.disputes]
    return tuple(_conflict(about, dispute, phrases) for about, dispute in (figures + events)[:DISPUTES])


def _conflict(about: str, dispute: Dispute, phrases: Phrases) -> Cited:
    sides = "; ".join(f"{p.value} according to {phrases.position(p.claims)}" for p in dispute.values)
    claims = tuple(c for p in dispute.values for c in p.claims)
    field = dispute.field.replace("_", " ")
    return Cited(f"{about} Accounts differ on the {field}: {sides}. Why: {dispute.why.rstrip('.')}.", claims)


def _control(record: Record, phrases: Phrases) -> tuple[Cited, ...]:
    return tuple(Cited(phrases.control(c), c.claims) for c in record.control)


def _open(record: Record, phrases: Phrases) -> tuple[Cited, ...]:
    found = [e for e in record.events if e.status not in ("happened", "ongoing") and e.place]
    top = sorted(found, key=lambda e: (-_weight(e), e.id))[:DISPUTES]
    return tuple(Cited(phrases.open_event(e), e.claims) for e in sorted(top, key=lambda e: (e.status, e.id)))


def _voices(record: Record, phrases: Phrases) -> tuple[Cited, ...]:
    texts = {d.id: d for d in record.dispatches}
    by_voice: dict[str, list[Cited]] = defaultdict(list)
    for statement in record.statements:
        content = " ".join(texts[statement.dispatch].quote(statement.content).split())
        if statement.speaker and len(content) > 40 and statement.stance != "evaluates":  # shorter ones say little alone
            by_voice[statement.speaker].append(Cited(phrases.statement(statement, content), (statement.id,)))
    loudest = sorted(by_voice, key=lambda voice: (-len(by_voice[voice]), voice))[:VOICES]
    return tuple(cited for voice in loudest for cited in by_voice[voice][:WORDS_EACH])


def _unknown(record: Record) -> tuple[Cited, ...]:
    undated = sum(d.published is None for d in record.dispatches)
    placeless = sum(e.kind == "place" and e.point is None for e in record.entities)
    timeless = sum(not e.when.known for e in record.events)
    facts = (
        (undated, f"{count(undated, 'dispatch has', 'dispatches have')} no date of publication."),
        (timeless, f"{count(timeless, 'event is', 'events are')} told without a date."),
        (placeless, f"{count(placeless, 'named place', 'named places')} could not be put on the map."),
    )
    return tuple(Cited(text[:1].upper() + text[1:], ()) for number, text in facts if number)


def _sources(record: Record, sections: tuple[Section, ...]) -> tuple[tuple[Source, ...], dict[str, int]]:
    """Return the quotations, numbered in the order in which the report needs them, one a stretch."""
    dispatches = {d.id: d for d in record.dispatches}
    spans = {c.id: c.sentence for c in record.claims} | {s.id: s.content for s in record.statements}
    numbers: dict[str, int] = {}
    by_span: dict[tuple[str, int, int], int] = {}
    sources: list[Source] = []
    for key in (key for section in sections for cited in section.sentences for key in cited.rests_on):
        span = spans[key]
        place = (span.dispatch, span.start, span.end)
        if place not in by_span:
            by_span[place] = len(sources) + 1
            dispatch = dispatches[span.dispatch]
            published = day(dispatch.published) if dispatch.published else "undated"
            known = (dispatch.outlet, dispatch.agency, published, dispatch.url or dispatch.file)
            origin = f"{', '.join(filter(None, known))}, characters {span.start}–{span.end}"
            sources.append(Source(by_span[place], " ".join(dispatch.quote(span).split()), origin))
        numbers[key] = by_span[place]
    return tuple(sources), numbers


def citations(cited: Cited, numbers: dict[str, int]) -> list[int]:
    """Return the numbers of the sources of a sentence, in order, each once."""
    return sorted({numbers[key] for key in cited.rests_on})
