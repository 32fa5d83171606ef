"""The `onrecord judge` commands: decisions that are kept, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord import terminal
from onrecord.project import open_project
from onrecord.terminal_text import inert, say

app = typer.Typer(
    help="Record a decision, list decisions, or take one back. Nothing is ever edited: the record follows.",
    no_args_is_help=True,
    epilog="Examples:  onrecord judge wrong c81f0 --note 'tells of 2014'   |   onrecord judge same Sello Silo   |   "
    "onrecord judge withdraw j77aa",
)
out = Console(highlight=False, soft_wrap=True)

RecordPath = Annotated[
    Path, typer.Option("--record", metavar="FILE", envvar="ONRECORD_RECORD", help="The record, a file.", dir_okay=False)
]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why, in your words.")]
By = Annotated[
    str | None,
    typer.Option(metavar="NAME", envvar="ONRECORD_USER", help="Who decides; your login name where left out."),
]
ClaimKey = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id (c…), or its beginning.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A name in the record, or an id.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Another name in the record, or an id.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The name to show.")]
Longitude = Annotated[float, typer.Argument(metavar="LONGITUDE", help="Degrees east; west is negative.")]
Latitude = Annotated[float, typer.Argument(metavar="LATITUDE", help="Degrees north; south is negative.")]
DispatchKey = Annotated[str, typer.Argument(metavar="DISPATCH", help="A dispatch's id (d…), or its file name.")]
Day = Annotated[str, typer.Argument(metavar="DATE", help="2017-10-18, or 2017-10, or 2017.")]
JudgementKey = Annotated[str, typer.Argument(metavar="JUDGEMENT", help="A judgement's id (j…), or its beginning.")]
RECORD = Path("record.db")


def _judge(record: Path, verdict: str, about: str, value: str | None, note: str | None, by: str | None) -> None:
    with open_project(record, create=False) as project:
        judgement = project.judge(verdict, about, value, note=note, by=by)
    say(out, f"Kept as {judgement.id}. To take it back: onrecord judge withdraw {judgement.id}")


@app.command(epilog="Example:  onrecord judge wrong c81f0 --note 'tells of 2014'")
def wrong(claim: ClaimKey, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """This claim is wrong: leave it out of the record."""
    _judge(record, "wrong", claim, None, note, by)


@app.command(epilog="Example:  onrecord judge same Sello Silo --note 'one man, spelt twice'")
def same(name: Name, other: Other, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """These two names mean the same person, group or place."""
    _judge(record, "same", name, other, note, by)


@app.command(epilog="Example:  onrecord judge different 'Abu Ali' 'Abu Ali al-Ansari'")
def different(name: Name, other: Other, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """These two names do not mean the same."""
    _judge(record, "different", name, other, note, by)


@app.command(epilog="Example:  onrecord judge rename 'Raqa' 'Raqqa'")
def rename(name: Name, new: NewName, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """Show this person, group or place under another name."""
    _judge(record, "rename", name, new, note, by)


@app.command(
    epilog="Example:  onrecord judge locate Ardun 39.01 35.95   |   onrecord judge locate -- Lima -77.03 -12.05"
)
def locate(
    name: Name, longitude: Longitude, latitude: Latitude, record: RecordPath = RECORD, note: Note = None, by: By = None
) -> None:
    """Put a place on the map: longitude and latitude in degrees (for a negative one write -- before the numbers)."""
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise typer.BadParameter("longitude runs from -180 to 180 and latitude from -90 to 90, in this order")
    _judge(record, "locate", name, f"{longitude},{latitude}", note, by)


@app.command(epilog="Example:  onrecord judge dated wire.txt 2017-10-18")
def dated(dispatch: DispatchKey, date: Day, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """This dispatch was published on this date (2017-10-18, or 2017-10, or 2017)."""
    _judge(record, "dated", dispatch, date, note, by)


@app.command("list", epilog="Example:  onrecord judge list")
def list_all(record: RecordPath = RECORD) -> None:
    """List all judgements, those taken back too."""
    with open_project(record, create=False) as project:
        terminal.print_judgements(out, project.store.judgements())


@app.command(epilog="Example:  onrecord judge withdraw j77aa")
def withdraw(judgement: JudgementKey, record: RecordPath = RECORD) -> None:
    """Take a judgement back; the record is again what it was without it."""
    with open_project(record, create=False) as project:
        taken = project.withdraw(judgement)
    say(out, f"Withdrawn: {taken.verdict} {inert(taken.about)}")
