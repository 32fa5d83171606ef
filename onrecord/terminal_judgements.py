"""What the command line prints of judgements: who decided what, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from onrecord.model.records import Judgement, Standing
from onrecord.model.wording import counted
from onrecord.project import Imported
from onrecord.terminal_text import inert, say


def print_judgements(
    console: Console, judgements: Sequence[tuple[Judgement, Standing | None]], *, conflicts_only: bool = False
) -> None:
    """Print judgements in the order of the log, with what became of each and who judged the contrary."""
    people = {j.id: j.by for j, _ in judgements}
    shown = [(j, s) for j, s in judgements if not conflicts_only or (s and s.conflicts)]
    for judgement, standing in shown:
        print_judgement(console, judgement, standing, people=people)
    if not judgements:
        say(console, "No judgements yet.")
    elif not shown:
        say(console, "No two people judge the contrary.")


def print_judgement(
    console: Console,
    judgement: Judgement,
    standing: Standing | None,
    *,
    people: dict[str, str] | None = None,
    indent: int = 0,
) -> None:
    """Print one judgement with what became of it; `people` say who made those that it conflicts with."""
    j = judgement
    value = f" → {inert(j.value)}" if j.value else ""
    note = f" ({inert(j.note)})" if j.note else ""
    state = _state(standing)
    say(console, f"{j.id}  {j.at}  {inert(j.by)}: {j.verdict} {inert(j.about)}{value}{note}{state}", indent=indent)
    if j.quote:
        say(console, f"[dim]“{inert(' '.join(j.quote.split()))}”[/]", indent=indent + 6)
    for other in standing.conflicts if standing else ():
        who = f" by {inert(people[other])}" if people and other in people else ""
        say(console, f"[yellow]the contrary is judged in {other}{who}[/]", indent=indent + 6)


def _state(standing: Standing | None) -> str:
    if standing is None or standing.state == "holds":
        return ""
    if standing.state == "withdrawn":
        return f" [dim]{standing.why}[/]"
    return f" [yellow]{standing.state}: {inert(standing.why)}[/]"


def print_exported(console: Console, path: Path) -> None:
    """Print where judgements were written to."""
    say(console, inert(str(path)))


def print_imported(console: Console, done: Imported) -> None:
    """Print what came of a file of judgements, and which of them hold nowhere here."""
    added = counted(done.added, "judgement", "judgements")
    say(console, f"{added} added, {done.known:,} already known; {done.withdrawn:,} withdrawn as in the file.")
    for state, words in (("adrift", "Kept until what they are about is here:"), ("overruled", "Overruled:")):
        found = [(j, s) for j, s in done.standings if s.state == state]
        if found:
            say(console, words)
        for judgement, standing in found:
            print_judgement(console, judgement, standing, indent=2)
    conflicts = [s for _, s in done.standings if s.conflicts]
    if conflicts:
        many = counted(len(conflicts), "judgement meets", "judgements meet")
        say(console, f"{many} the contrary of somebody else; onrecord judgements --conflicts")
    for item in done.aside:
        say(console, f"[yellow]{inert(item.reason)}[/]: {inert(item.advice)}", indent=2)
