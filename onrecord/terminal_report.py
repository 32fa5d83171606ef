"""The options of `onrecord report`, and what its check prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from onrecord.model.wording import counted
from onrecord.report.check import faults
from onrecord.report.scope import Scope
from onrecord.report.situation import situation
from onrecord.terminal_text import inert, say

From = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="The first day, month or year: 2017-10-01, 2017-10, 2017.")
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day, month or year, included.")]
Place = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="A place by name or id, with all that lies in it.")
]
ReportPath = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FILE", help="A file .html, .md, .pdf or .docx; HTML and Markdown are written side by side."
    ),
]
ReportForm = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORM", help="html, md, pdf or docx; md unless the file's ending says another form."
    ),
]
Check = Annotated[
    bool, typer.Option("--check", help="Check that what each sentence says stands in its claims; alone, write nothing.")
]


def print_checked(console: Console, record: Record, scope: Scope) -> None:
    """Print what came of a report's check. Raises OnrecordError where a sentence says more than its claims."""
    report = situation(record, scope)
    found = faults(report, record)
    for fault in found:
        say(console, f"[yellow]{inert(fault.what)}[/]: {inert(fault.sentence)}", indent=2)
    cited = sum(bool(c.cited) for c in report.sentences)
    if found:
        raise OnrecordError(
            f"{counted(len(found), 'thing')} in {counted(cited, 'sentence')} that the claims do not bear out; "
            "`onrecord why` shows a claim, and a judgement can put it right"
        )
    say(console, f"{counted(cited, 'sentence')} checked: each says what its claims say.")
