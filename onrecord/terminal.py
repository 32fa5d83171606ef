"""What the command line prints: summaries, findings and reasons, each value with its quotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

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
from onrecord.pipeline import Progress as Tell
from onrecord.pipeline import Report, quiet
from onrecord.project import Found, Project
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
        phase = "taking in"

        def tell(step: str, name: str) -> None:
            nonlocal phase
            now = {"read": "reading", "reconciling": "bringing the record together"}.get(step, "taking in")
            if now != phase:
                phase = now
                bar.reset(task, total=None if step == "reconciling" else expected)
            bar.update(task, advance=1, description=f"{now} {escape(Path(name).name[:40])}")

        yield tell


def print_run(console: Console, report: Report) -> None:
    """Print what came of a run: added, known, set aside and why."""
    counts = f"{report.added:,} added, {report.known:,} already known, {report.sighted:,} known under another name"
    console.print(f"{counts}; {report.read:,} read; {len(report.aside):,} set aside.")
    for name, others in report.also[:10]:
        console.print(f"  {escape(name)} holds the same text as {escape(others)}; kept as another sighting of it")
    for reason, many in sorted(Counter(item.reason for item in report.aside).items()):
        console.print(f"  [yellow]{many:,} {escape(reason)}[/]")
    if report.aside:
        print_set_aside(console, report.aside[:10])
    if len(report.aside) > 10:
        console.print("  … the rest: onrecord status --set-aside")


def print_set_aside(console: Console, items: Sequence[SetAside]) -> None:
    """Print what was set aside, why, and what to do."""
    for item in items:
        console.print(f"  {escape(item.name)}: [yellow]{escape(item.reason)}[/]. {escape(item.advice)}")
    if not items:
        console.print("Nothing is set aside.")


def print_written(console: Console, paths: Iterable[Path]) -> None:
    """Print the paths of what was written."""
    for path in paths:
        console.print(escape(str(path)))


def print_status(console: Console, project: Project) -> None:
    """Print the record's size, its span of time, its latest events, and its open disputes."""
    record = project.record
    if not record.dispatches:
        console.print("No dispatches yet. Add some: onrecord add PATH")
        return
    words = Words(record)
    dates = sorted(d.published for d in record.dispatches if d.published)
    undated = len(record.dispatches) - len(dates)
    span = f", published {dates[0]} to {dates[-1]}" if dates else ""
    copies = len(record.dispatches) - len(set(record.lineage.values()))
    console.print(f"{len(record.dispatches):,} dispatches{span} ({undated:,} undated, {copies:,} copies or rewrites)")
    disputes = [e for e in record.events if e.disputes] + [f for f in record.figures if f.disputes]
    console.print(
        f"{len(record.events):,} events, {len(record.figures):,} figures, {len(record.statements):,} statements, "
        f"{len(record.entities):,} people, groups and places; {len(disputes):,} with conflicting accounts"
    )
    aside = len(project.store.set_asides())
    if aside:
        console.print(f"{aside:,} set aside: onrecord status --set-aside")
    if project.store.stale():
        console.print("The record is behind its dispatches or judgements: onrecord rebuild")
    _print_highlights(console, record, words)


def _print_highlights(console: Console, record: Record, words: Words) -> None:
    console.print("\n[bold]Most widely told[/]")
    told = sorted(record.events, key=lambda e: (-e.sources, -len(e.claims), e.when.start or "", e.id))
    for event in told[:8]:
        console.print(f"  {event.id}  {escape(words.event(event))}")
    disputed = [f for f in record.figures if f.disputes]
    if disputed:
        console.print("\n[bold]Figures on which accounts differ[/]")
    for figure in disputed[:8]:
        console.print(f"  {figure.id}  {escape(words.figure(figure))}")
    if record.control:
        console.print("\n[bold]Who holds what[/]")
    for control in record.control[:12]:
        console.print(f"  {escape(words.control(control))}")


def print_dispatches(console: Console, record: Record) -> None:
    """Print a table of the dispatches."""
    table = Table("id", "published", "known by", "outlet", "agency", "file or address", "copy of")
    for d in record.dispatches:
        origin = record.lineage.get(d.id, d.id)
        copy = "" if origin == d.id else origin
        cells = (d.id, d.published, d.published_basis, d.outlet, d.agency, d.file or d.url, copy)
        table.add_row(*(escape(cell or "") for cell in cells))
    console.print(table)


def print_found(console: Console, record: Record, found: Found) -> None:
    """Print one thing of the record with its quotations."""
    words = Words(record)
    if isinstance(found, Dispatch):
        _print_dispatch(console, record, words, found)
    elif isinstance(found, Event):
        console.print(f"[bold]{escape(words.event(found))}[/]")
        _print_claims(console, words, found.claims)
        _print_disputes(console, found.disputes)
    elif isinstance(found, Figure):
        console.print(f"[bold]{escape(words.figure(found))}[/]")
        _print_claims(console, words, found.claims)
        _print_disputes(console, found.disputes)
    elif isinstance(found, Entity):
        _print_entity(console, record, words, found)
    elif isinstance(found, Statement):
        console.print(escape(words.statement(found)))
    elif isinstance(found, Claim):
        _print_claims(console, words, (found.id,))
    else:
        print_judgements(console, (found,))


def _print_dispatch(console: Console, record: Record, words: Words, dispatch: Dispatch) -> None:
    console.print(f"[bold]{escape(dispatch.title or dispatch.file or dispatch.id)}[/]")
    known = f"{dispatch.published or 'undated'} (known by {dispatch.published_basis})"
    about = (dispatch.id, dispatch.outlet, dispatch.agency, known, dispatch.url)
    console.print(escape(" · ".join(filter(None, about))))
    for note in dispatch.notes:
        console.print(f"  note: {escape(note)}")
    for heading, kind in (("Events", "event"), ("Figures", "figure"), ("Control", "control")):
        claims = [c.id for c in record.claims if c.dispatch == dispatch.id and c.kind == kind]
        if claims:
            console.print(f"\n[bold]{heading}[/]")
            _print_claims(console, words, claims)
    said = [s for s in record.statements if s.dispatch == dispatch.id]
    if said:
        console.print("\n[bold]Statements[/]")
    for statement in said:
        console.print(f"  {escape(words.statement(statement))}")


def _print_claims(console: Console, words: Words, claims: Iterable[str]) -> None:
    for claim in claims:
        console.print(f"  {claim}  {escape(words.claim(claim))}")
        console.print(f"      [dim]{escape(words.quotation(claim))}[/]")


def _print_disputes(console: Console, disputes: Iterable[Dispute]) -> None:
    for dispute in disputes:
        console.print(f"  [yellow]Accounts differ on {escape(dispute.field)}:[/] {escape(dispute.why)}")
        for position in dispute.values:
            console.print(f"      {escape(position.value)}: {', '.join(position.claims)}")


def _print_entity(console: Console, record: Record, words: Words, entity: Entity) -> None:
    console.print(f"[bold]{escape(entity.name)}[/] · {entity.kind} · {entity.id}")
    if entity.aliases:
        console.print("  also: " + escape(", ".join(f"{name} ({count})" for name, count in entity.aliases)))
    for role in entity.roles:
        console.print("  " + escape(", ".join(filter(None, (role.role, words.name(role.organisation))))))
    if entity.parent:
        console.print(f"  part of {escape(words.name(entity.parent) or '')}")
    if entity.point:
        longitude, latitude = entity.point
        country = entity.country or "country not known"
        console.print(f"  at {latitude:.4f}, {longitude:.4f} ({entity.precision}), {country}")
    for control in record.control:
        if entity.id in (control.place, control.holder):
            console.print(f"  {escape(words.control(control))}")
    for event in record.events:
        if entity.id in (*event.agents, *event.targets, event.place):
            console.print(f"  {event.id}  {escape(words.event(event))}")
    for statement in record.statements:
        if entity.id in (statement.speaker, statement.organisation):
            console.print(f"  {statement.id}  {escape(words.statement(statement))}")


def print_why(console: Console, record: Record, found: Found) -> None:
    """Print every claim behind a value, with the steps that made each."""
    words = Words(record)
    print_found(console, record, found)
    claims = found.claims if isinstance(found, Event | Figure) else ()
    if isinstance(found, Claim):
        claims = (found.id,)
    if not claims:
        return
    console.print("\n[bold]How it was read[/]")
    for claim in (words.claims[c] for c in claims):
        console.print(f"  {claim.id}  by {escape(claim.reader)}, score {claim.score:.2f}")
        for reason in claim.reasons:
            console.print(f"      {escape(reason)}")


def print_judgements(console: Console, judgements: Sequence[Judgement]) -> None:
    """Print judgements with who decided what when."""
    for j in judgements:
        taken = f" [dim]withdrawn {j.withdrawn}[/]" if j.withdrawn else ""
        value = f" → {escape(j.value)}" if j.value else ""
        note = f" ({escape(j.note)})" if j.note else ""
        console.print(f"{j.id}  {j.at}  {escape(j.by)}: {j.verdict} {escape(j.about)}{value}{note}{taken}")
        if j.quote:
            console.print(f"      [dim]{escape(' '.join(j.quote.split()))}[/]")
    if not judgements:
        console.print("No judgements yet.")
