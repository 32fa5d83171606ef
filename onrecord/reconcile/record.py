"""The record: what follows from all that was read and judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.lexicon.folding import fold
from onrecord.model.records import Claim, Dispatch, Event, Figure, Judgement, Mention, Reading, Record, Statement
from onrecord.model.values import Span
from onrecord.model.vocabulary import Rule
from onrecord.reconcile.control import control
from onrecord.reconcile.events import events
from onrecord.reconcile.facts import Facts, voices
from onrecord.reconcile.figures import figures
from onrecord.reconcile.grades import GradeRule
from onrecord.reconcile.judgements import Decisions, decisions, redated
from onrecord.reconcile.lineage import age, lineages
from onrecord.reconcile.linking import datings
from onrecord.reconcile.names import Knowledge, Named, name_entities
from onrecord.reconcile.redating import Reread, estimated, given, read_again
from onrecord.reconcile.standings import standings

__all__ = ["Knowledge", "reconcile"]


def reconcile(
    dispatches: Iterable[Dispatch],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement],
    *,
    knowledge: Knowledge,
    rule: Rule = "widest",
    grades: Sequence[GradeRule] = (),
    reread: Reread | None = None,
) -> Record:
    """Return the record that follows from dispatches, their readings and a person's judgements.

    Pure: any order of the same input gives the same record, and so does the same input given twice. Readings of
    dispatches that are not given are left out; of several readings of one dispatch that of the last reader by name
    counts. Every conclusion names its claims. Figures are concluded under `rule`, events graded by `grades` (ours where
    there are none). `reread` reads a dispatch again under a date that it did not have when
    it was read, and is as pure; without it what such a dispatch says of weekdays stays open.
    """
    judged = sorted({j.id: j for j in sorted(judgements, key=_last)}.values(), key=lambda j: (j.at, j.id))
    found = _once(dispatches)
    read = _readings(readings, found)
    decided = decisions(judged, found, read, knowledge.gazetteer)
    texts = {i: redated(d, decided.dated.get(i)) for i, d in found.items()}
    lineage = lineages(texts.values(), copies=decided.copies, originals=decided.originals)
    texts = {i: _dated_by_copy(d, texts[lineage[i]]) for i, d in texts.items()}
    named = name_entities(read, texts, lineage, knowledge=knowledge, decided=decided)
    worded = _worded(read, named, texts)
    statements = [_statement(s, named, worded) for r in read for s in r.statements]
    facts = Facts(
        dispatches=texts,
        lineage=lineage,
        entities={e.id: e for e in named.entities},
        statements={s.id: s for s in statements},
        voices=voices(texts, lineage),
        actors=knowledge.actors,
        generic=named.generic,
        categories=named.categories,
        mentions=_bodies(read, named),
        right=decided.right,
        ties=decided.ties,
    )
    claims = _claims(read, named, decided)
    dated = given(found, texts, decided.dated, lineage) | datings(claims, facts)
    texts = {i: estimated(d, dated.get(i)) for i, d in texts.items()}
    again = read_again(read, found, texts, dated, reread)
    facts = replace(facts, dispatches=texts)
    made = _record(
        claims if again == read else _claims(again, named, decided),
        statements,
        _mentions(read, named),
        facts=facts,
        judgements=judged,
        rules=(rule, grades),
    )
    made = replace(made, datings=tuple(dating for _, dating in sorted(dated.items())))
    return replace(made, standings=standings(made, decided, named)) if judged else made


def _record(
    claims: list[Claim],
    statements: list[Statement],
    mentions: list[tuple[Mention, str]],
    *,
    facts: Facts,
    judgements: list[Judgement],
    rules: tuple[Rule, Sequence[GradeRule]],
) -> Record:
    """Draw the conclusions and put every list in its order."""
    rule, grades = rules
    happened = events(claims, facts, grades)
    event_of = {claim: event.id for event in happened for claim in event.claims}
    counted = figures(claims, happened, facts, rule=rule)
    figure_of = {claim: figure.id for figure in counted for claim in figure.claims}
    happened = _with_figures(happened, counted)
    linked = [
        replace(c, event=event_of.get(c.id) or event_of.get(c.about or ""), figure=figure_of.get(c.id)) for c in claims
    ]
    return Record(
        dispatches=tuple(sorted(facts.dispatches.values(), key=age)),
        entities=tuple(facts.entities.values()),
        mentions=tuple(mentions),
        statements=tuple(sorted(statements, key=lambda s: (s.content, s.id))),
        claims=tuple(sorted(linked, key=lambda c: (c.trigger, c.id))),
        events=tuple(happened),
        figures=tuple(counted),
        control=tuple(control(happened, linked, facts)),
        judgements=tuple(judgements),
        lineage=dict(facts.lineage),
    )


def _once(dispatches: Iterable[Dispatch]) -> dict[str, Dispatch]:
    """Return each text once, under its best description."""
    found: dict[str, Dispatch] = {}
    for dispatch in dispatches:
        if dispatch.id not in found or dispatch.precedes(found[dispatch.id]):
            found[dispatch.id] = dispatch
    return dict(sorted(found.items()))


def _dated_by_copy(dispatch: Dispatch, oldest: Dispatch) -> Dispatch:
    """Return an undated dispatch with the date of the oldest copy of it."""
    return dispatch if dispatch.published else redated(dispatch, oldest.published)


def _readings(readings: Iterable[Reading], dispatches: Mapping[str, Dispatch]) -> list[Reading]:
    """Return one reading a dispatch, by dispatch."""
    last: dict[str, Reading] = {}
    for reading in readings:
        known = last.get(reading.dispatch)
        if reading.dispatch in dispatches and (known is None or known.reader <= reading.reader):
            last[reading.dispatch] = reading
    return [last[name] for name in sorted(last)]


def _last(judgement: Judgement) -> tuple[str, str]:
    """Return the key that puts the withdrawn form of a judgement behind the standing one."""
    return (judgement.withdrawn or "", judgement.id)


def _bodies(readings: list[Reading], named: Named) -> dict[str, list[tuple[Span, str]]]:
    """Return where each dispatch mentions which body."""
    bodies: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for mention in (m for r in readings for m in r.mentions if m.kind in ("group", "organisation")):
        if mention.id in named.of_mention:
            bodies[mention.span.dispatch].append((mention.span, named.of_mention[mention.id]))
    return bodies


def _mentions(readings: list[Reading], named: Named) -> list[tuple[Mention, str]]:
    pairs = {m.id: (m, named.of_mention[m.id]) for r in readings for m in r.mentions if m.id in named.of_mention}
    return sorted(pairs.values(), key=lambda p: (p[0].span, p[0].id))


def _worded(readings: list[Reading], named: Named, texts: Mapping[str, Dispatch]) -> dict[tuple[str, str], str]:
    """Return the body that words mean in a dispatch, by the dispatch and the folded words: "coalition"."""
    meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in (m for r in readings for m in r.mentions if m.kind in ("group", "organisation")):
        entity = named.of_mention.get(mention.id)
        if entity and entity not in named.generic:
            meant[mention.span.dispatch, fold(texts[mention.span.dispatch].quote(mention.span))].add(entity)
    return {words: found.pop() for words, found in meant.items() if len(found) == 1}


def _statement(statement: Statement, named: Named, worded: Mapping[tuple[str, str], str]) -> Statement:
    """Return the statement with entities in place of mentions; a source without one is the body its words mean."""
    words = fold(statement.speaker_text).removeprefix("the ")
    return replace(
        statement,
        speaker=named.of_mention.get(statement.speaker or "") or worded.get((statement.dispatch, words)),
        organisation=named.of_mention.get(statement.organisation or ""),
    )


def _claims(readings: Iterable[Reading], named: Named, decided: Decisions) -> list[Claim]:
    """Return the claims of these readings but for those judged wrong, with entities in place of mentions."""
    return [_claim(c, named) for r in readings for c in r.claims if c.id not in decided.wrong]


def _claim(claim: Claim, named: Named) -> Claim:
    """Return the claim with entities in place of mentions, each once."""
    of = named.of_mention
    return replace(
        claim,
        agents=tuple(dict.fromkeys(of[m] for m in claim.agents if m in of)),
        targets=tuple(dict.fromkeys(of[m] for m in claim.targets if m in of)),
        place=of.get(claim.place or ""),
    )


def _with_figures(happened: list[Event], counted: list[Figure]) -> list[Event]:
    """Return the events with the figures that count them."""
    by_event: defaultdict[str, list[str]] = defaultdict(list)
    for figure in counted:
        if figure.event:
            by_event[figure.event].append(figure.id)
    return [replace(e, figures=tuple(by_event[e.id])) if e.id in by_event else e for e in happened]
