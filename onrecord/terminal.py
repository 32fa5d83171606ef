"""What the command line prints: summaries, findings and reasons, each value with its quotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from onrecord.finding import Found
from onrecord.model.records import (
    Claim,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Judgement,
    Record,
    SetAside,
    Statement,
)
from onrecord.model.wording import counted, dates
from onrecord.pipeline import Progress as Tell
from onrecord.pipeline import Report, quiet
from onrecord.project import Project
from onrecord.terminal_judgements import print_judgement
from onrecord.terminal_text import inert, say
from onrecord.terminal_words import Words


@contextmanager
def progress(console: Console, expected: int | None) -> Iterator[Tell]:
    """Show a progress bar on a terminal, and nothing where the output goes to a file."""
    if not console.is_terminal:
        yield quiet
        return
    words = TextColumn("{task.description}")
    columns = (SpinnerColumn(), words, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("taking in", total=expected)
        phase, to_read = "taking in", 0

        def tell(step: str, name: str) -> None:
            nonlocal phase, to_read
            to_read += step in ("added", "sighted")
            now = {"read": "reading", "reconciling": "bringing the record together"}.get(step, "taking in")
            if now != phase:
                phase = now
                bar.reset(task, total=to_read or None if now == "reading" else None)
            bar.update(task, advance=1, description=f"{now} {inert(Path(name).name[:40])}")

        yield tell


def print_run(console: Console, report: Report) -> None:
    """Print what came of a run: added, known, set aside and why."""
    counts = f"{report.added:,} added, {report.known:,} already known, {report.sighted:,} known under another name"
    say(console, f"{counts}; {report.read:,} read; {len(report.aside):,} set aside.")
    for name, others in report.also[:10]:
        say(console, f"{inert(name)} holds the same text as {inert(others)}; kept as another sighting of it", indent=2)
    if report.aside:
        print_set_aside(console, report.aside[:10])
    if len(report.aside) > 10:
        for reason, many in sorted(Counter(item.reason for item in report.aside).items()):
            say(console, f"[yellow]{many:,} {inert(reason)}[/]", indent=2)
        say(console, "… the rest: onrecord status --set-aside", indent=2)


def print_set_aside(console: Console, items: Sequence[SetAside]) -> None:
    """Print what was set aside, why, and what to do."""
    for item in items:
        name = "" if item.name in item.advice else f"{inert(item.name)}: "
        say(console, f"[yellow]{inert(item.reason)}[/]: {name}{inert(item.advice)}", indent=2)
    if not items:
        say(console, "Nothing is set aside.")


def print_written(console: Console, paths: Iterable[Path]) -> None:
    """Print the paths of what was written."""
    for path in paths:
        say(console, inert(str(path)))


def print_status(console: Console, project: Project) -> None:
    """Print the record's size, its span of time, its latest events, and its open disputes."""
    record = project.record
    if not record.dispatches:
        say(console, "No dispatches yet. Add some: onrecord add PATH")
        return
    words = Words(record)
    dates = sorted(d.published for d in record.dispatches if d.published)
    undated = len(record.dispatches) - len(dates)
    span = f", published {' to '.join(dict.fromkeys((dates[0], dates[-1])))}" if dates else ""
    copies = len(record.dispatches) - len(set(record.lineage.values()))
    total = counted(len(record.dispatches), "dispatch", "dispatches")
    say(console, f"{total}{span} ({undated:,} undated, {counted(copies, 'copy or rewrite', 'copies or rewrites')})")
    disputes = [e for e in record.events if e.disputes] + [f for f in record.figures if f.disputes]
    say(
        console,
        f"{counted(len(record.events), 'event', 'events')}, {counted(len(record.figures), 'figure', 'figures')}, "
        f"{counted(len(record.statements), 'statement', 'statements')}, "
        f"{len(record.entities):,} people, groups and places; {len(disputes):,} with conflicting accounts",
    )
    aside = len(project.store.set_asides())
    if aside:
        say(console, f"{aside:,} set aside: onrecord status --set-aside")
    conflicts = [s for s in record.standings if s.conflicts]
    if conflicts:
        meet = counted(len(conflicts), "judgement meets", "judgements meet")
        say(console, f"{meet} the contrary of somebody else: onrecord judgements --conflicts")
    if project.store.stale():
        say(console, "The record is behind its dispatches or judgements: onrecord rebuild")
    _print_highlights(console, record, words)


def _print_highlights(console: Console, record: Record, words: Words) -> None:
    _heading(console, "Most widely told")
    told = sorted(record.events, key=lambda e: (-e.sources, -len(e.claims), e.when.start or "", e.id))
    for event in told[:8]:
        say(console, f"{event.id}  {inert(words.event(event))}", indent=2)
    disputed = [f for f in record.figures if f.disputes]
    if disputed:
        _heading(console, "Figures on which accounts differ")
    for figure in disputed[:8]:
        say(console, f"{figure.id}  {inert(words.figure(figure))}", indent=2)
    if record.control:
        _heading(console, "Who holds what")
    for control in record.control[:12]:
        say(console, inert(words.control(control)), indent=2)


def _heading(console: Console, words: str) -> None:
    console.print()
    say(console, f"[bold]{words}[/]")


def print_dispatches(console: Console, record: Record) -> None:
    """Print the dispatches, a line each: id, date and how it is known, outlet, agency, file or address."""
    for d in record.dispatches:
        date = f"{d.published} ({d.published_basis})" if d.published else "undated"
        origin = record.lineage.get(d.id, d.id)
        copy = f"copy of {origin}" if origin != d.id else None
        rest = filter(None, (d.outlet, d.agency, d.file or d.url, copy))
        say(console, f"{d.id}  {inert(' · '.join((date, *rest)))}", hang=len(d.id) + 2)
    if not record.dispatches:
        say(console, "No dispatches yet. Add some: onrecord add PATH")


def print_found(console: Console, record: Record, found: Found) -> None:
    """Print one thing of the record with its quotations."""
    words = Words(record)
    if isinstance(found, Dispatch):
        _print_dispatch(console, record, words, found)
    elif isinstance(found, Event):
        say(console, f"[bold]{inert(words.event(found))}[/]")
        _print_claims(console, words, found.claims)
        _print_disputes(console, found.disputes)
    elif isinstance(found, Figure):
        say(console, f"[bold]{inert(words.figure(found))}[/]")
        _print_claims(console, words, found.claims)
        _print_disputes(console, found.disputes)
    elif isinstance(found, Entity):
        _print_entity(console, record, words, found)
    elif isinstance(found, Statement):
        _print_statement(console, record, words, found)
    elif isinstance(found, Claim):
        _print_claims(console, words, (found.id,))
        say(console, f"in dispatch {' · '.join(filter(None, (found.dispatch, found.event, found.figure)))}", indent=2)
    else:
        standing = next((s for s in record.standings if s.judgement == found.id), None)
        print_judgement(console, found, standing)
    _print_touching(console, record, found)


def _print_touching(console: Console, record: Record, found: Found) -> None:
    """Print the judgements that a thing of the record rests on."""
    by_id = {j.id: j for j in record.judgements}
    touching = [s for s in record.standings if found.id in s.touches and s.state != "withdrawn"]
    if touching:
        _heading(console, "Judged")
    for standing in touching:
        print_judgement(console, by_id[standing.judgement], standing, indent=2)


def _print_dispatch(console: Console, record: Record, words: Words, dispatch: Dispatch) -> None:
    say(console, f"[bold]{inert(dispatch.title or dispatch.file or dispatch.id)}[/]")
    known = f"{dispatch.published} (known by {dispatch.published_basis})" if dispatch.published else "undated"
    about = (dispatch.id, dispatch.outlet, dispatch.agency, known, dispatch.url)
    say(console, inert(" · ".join(filter(None, about))))
    dating = next((d for d in record.datings if d.dispatch == dispatch.id), None)
    if dating:
        say(console, f"published {dates(dating.between)}:", indent=2)
    for reason in dating.reasons if dating else ():
        say(console, inert(reason), indent=6)
    for note in dispatch.notes:
        say(console, f"note: {inert(note)}", indent=2)
    for heading, kind in (("Events", "event"), ("Figures", "figure"), ("Control", "control")):
        claims = [c.id for c in record.claims if c.dispatch == dispatch.id and c.kind == kind]
        if claims:
            _heading(console, heading)
            _print_claims(console, words, claims)
    said = [s for s in record.statements if s.dispatch == dispatch.id]
    if said:
        _heading(console, "Statements")
    for statement in said:
        say(console, inert(words.said(statement)), indent=2)


def _print_statement(console: Console, record: Record, words: Words, statement: Statement) -> None:
    say(console, inert(words.said(statement)))
    dispatch = words.dispatches[statement.dispatch]
    source = dispatch.file or dispatch.url or dispatch.id
    span = f"{statement.content.start}-{statement.content.end}"
    say(console, f"[dim]{inert(source)}:{span}, in dispatch {dispatch.id}[/]", indent=2)
    if statement.cue:
        say(console, f"told by the words “{inert(dispatch.quote(statement.cue))}”", indent=2)
    if statement.source:
        say(console, f"said by “{inert(dispatch.quote(statement.source))}”", indent=2)
    if statement.whole:
        say(console, f"in full: {inert(dispatch.quote(statement.whole))}", indent=2)
    _print_claims(console, words, [c.id for c in record.claims if c.statement == statement.id])


def _print_claims(console: Console, words: Words, claims: Iterable[str]) -> None:
    for claim in claims:
        say(console, f"{claim}  {inert(words.claim(claim))}", indent=2)
        say(console, f"[dim]{inert(words.quotation(claim))}[/]", indent=6)


def _print_disputes(console: Console, disputes: Iterable[Dispute]) -> None:
    for dispute in disputes:
        say(console, f"[yellow]Accounts differ on {inert(dispute.field)}:[/] {inert(dispute.why)}", indent=2)
        for position in dispute.values:
            say(console, f"{inert(position.value)}: {', '.join(position.claims)}", indent=6)


def _print_entity(console: Console, record: Record, words: Words, entity: Entity) -> None:
    say(console, f"[bold]{inert(entity.name)}[/] · {entity.kind} · {entity.id}")
    if entity.aliases:
        say(console, "also: " + inert(", ".join(f"{name} ({count})" for name, count in entity.aliases)), indent=2)
    for role in entity.roles:
        say(console, inert(", ".join(filter(None, (role.role, words.name(role.organisation))))), indent=2)
    if entity.parent:
        say(console, f"part of {inert(words.name(entity.parent) or '')}", indent=2)
    if entity.point:
        longitude, latitude = entity.point
        country = entity.country or "country not known"
        say(console, f"at {latitude:.4f}, {longitude:.4f} ({entity.precision}), {country}", indent=2)
    for control in record.control:
        if entity.id in (control.place, control.holder):
            say(console, inert(words.control(control)), indent=2)
    for event in record.events:
        if entity.id in (*event.agents, *event.targets, event.place):
            say(console, f"{event.id}  {inert(words.event(event))}", indent=2)
    for statement in record.statements:
        if entity.id in (statement.speaker, statement.organisation):
            say(console, f"{statement.id}  {inert(words.said(statement))}", indent=2)


def print_why(console: Console, record: Record, found: Found) -> None:
    """Print every claim behind a value, with the steps that made each."""
    print_found(console, record, found)
    claims = _behind(record, found)
    if not claims:
        return
    _heading(console, "How it was read")
    for claim in claims:
        say(console, f"{claim.id}  by {inert(claim.reader)}, score {claim.score:.2f}", indent=2)
        for reason in claim.reasons:
            say(console, inert(reason), indent=6)


def _behind(record: Record, found: Found) -> list[Claim]:
    """Return the claims that a thing of the record rests on, in the record's order."""
    if isinstance(found, Dispatch):
        return [c for c in record.claims if c.dispatch == found.id]
    if isinstance(found, Statement):
        return [c for c in record.claims if c.statement == found.id]
    if isinstance(found, Entity):
        return [c for c in record.claims if found.id in (*c.agents, *c.targets, c.place)]
    if isinstance(found, Judgement):
        return []
    wanted = {found.id} if isinstance(found, Claim) else set(found.claims)
    return [c for c in record.claims if c.id in wanted]
