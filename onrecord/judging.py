"""The `onrecord judge` and `onrecord judgements` commands: decisions that are kept, shared, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord import terminal_judgements
from onrecord.project import open_project
from onrecord.terminal_options import EXIT_SET_ASIDE, RECORD, RecordPath
from onrecord.terminal_text import inert, say

app = typer.Typer(
    help="Record a decision, list decisions, or take one back. Nothing is ever edited: the record follows.",
    no_args_is_help=True,
    epilog="Examples:  onrecord judge wrong c81f0 --note 'tells of 2014'   |   onrecord judge same Sello Silo   |   "
    "onrecord judge withdraw j77aa",
)
listing = typer.Typer(
    invoke_without_command=True,
    epilog="Examples:  onrecord judgements   |   onrecord judgements --conflicts   |   "
    "onrecord judgements export mine.jsonl   |   onrecord judgements import theirs.jsonl",
)
out = Console(highlight=False, soft_wrap=True)

Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why, in your words.")]
By = Annotated[
    str | None,
    typer.Option(metavar="NAME", envvar="ONRECORD_USER", help="Who decides; your login name where left out."),
]
ClaimKey = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id (c…), or its beginning.")]
ClaimKeys = Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids of claims (c…) of that event.")]
EventKey = Annotated[str, typer.Argument(metavar="EVENT", help="An event's id (v…), or its beginning.")]
FieldValue = Annotated[
    str,
    typer.Argument(
        metavar="FIELD=VALUE",
        help="type=shelling, status=denied, who=civilians, amount=12 (or ~12, 12..15, 12.., ..15), "
        "when=2017-10-17 (or 2017-10, or two with .. between).",
    ),
]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A name in the record, an id, or NAME@FILE for the name in that dispatch.")
]
One = Annotated[str, typer.Argument(metavar="ONE", help="A name as above, or the id of an event (v…) or claim (c…).")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Another of the same sort.")]
PlaceKey = Annotated[
    str,
    typer.Argument(metavar="PLACE", help="A number of geonames.org, a key, or the name of one place of the gazetteer."),
]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The name to show.")]
Longitude = Annotated[float, typer.Argument(metavar="LONGITUDE", help="Degrees east; west is negative.")]
Latitude = Annotated[float, typer.Argument(metavar="LATITUDE", help="Degrees north; south is negative.")]
DispatchKey = Annotated[str, typer.Argument(metavar="DISPATCH", help="A dispatch's id (d…), or its file name.")]
OtherDispatch = Annotated[str, typer.Argument(metavar="OTHER", help="Another dispatch's id (d…), or its file name.")]
Day = Annotated[str, typer.Argument(metavar="DATE", help="2017-10-18, or 2017-10, or 2017.")]
JudgementKey = Annotated[str, typer.Argument(metavar="JUDGEMENT", help="A judgement's id (j…), or its beginning.")]
Conflicts = Annotated[bool, typer.Option("--conflicts", help="Only those of which two people judge the contrary.")]
SharedFile = Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines: a judgement a line, with its words.")]


def _judge(record: Path, verdict: str, about: str, value: str | None, note: str | None, by: str | None) -> None:
    with open_project(record, create=False) as project:
        judgement = project.judge(verdict, about, value, note=note, by=by)
    say(out, f"Kept as {judgement.id}. To take it back: onrecord judge withdraw {judgement.id}")


@app.command(epilog="Example:  onrecord judge wrong c81f0 --note 'tells of 2014'")
def wrong(claim: ClaimKey, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """This claim is wrong: leave it out of the record."""
    _judge(record, "wrong", claim, None, note, by)


@app.command(epilog="Example:  onrecord judge right c81f0 --note 'the ministry corrected its first number'")
def right(claim: ClaimKey, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """Of accounts that differ, this claim's is right: the record concludes from it, and still shows the others."""
    _judge(record, "right", claim, None, note, by)


@app.command(
    epilog="Examples:  onrecord judge same Sello Silo --note 'one man, spelt twice'   |   "
    "onrecord judge same v3f2a v90bc"
)
def same(name: One, other: Other, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """These two names mean the same person, group or place; or these two events are one."""
    _judge(record, "same", name, other, note, by)


@app.command(
    epilog="Examples:  onrecord judge different 'Abu Ali' 'Abu Ali al-Ansari'   |   "
    "onrecord judge different Ali@one.txt Ali@two.txt   |   onrecord judge different c81f0 c2d4e"
)
def different(name: One, other: Other, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """These two names do not mean the same; or these two claims tell of two events."""
    _judge(record, "different", name, other, note, by)


@app.command(epilog="Example:  onrecord judge split v3f2a c81f0 c2d4e --note 'the raid of the day before'")
def split(event: EventKey, claims: ClaimKeys, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """These claims of an event tell of another one, and all of them of the same."""
    _judge(record, "split", ",".join(claims), event, note, by)


@app.command(
    epilog="Examples:  onrecord judge change c81f0 type=shelling   |   onrecord judge change c81f0 amount=12..15   |   "
    "onrecord judge change c81f0 when=2017-10-17"
)
def change(claim: ClaimKey, value: FieldValue, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """This claim says something else than was read: its type, status, amount, who (whom it counts) or when."""
    _judge(record, "change", claim, value, note, by)


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


@app.command(
    epilog="Examples:  onrecord judge place Tripoli 2210247   |   onrecord judge place Tripoli@wire.txt 2210247"
)
def place(name: Name, place: PlaceKey, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """This name means that place of the gazetteer; where several have the name, the refusal lists them."""
    _judge(record, "place", name, place, note, by)


@app.command(epilog="Example:  onrecord judge copy evening.txt wire.txt")
def copy(
    dispatch: DispatchKey, other: OtherDispatch, record: RecordPath = RECORD, note: Note = None, by: By = None
) -> None:
    """This dispatch is a copy or rewrite of that one: the two are one source."""
    _judge(record, "copy", dispatch, other, note, by)


@app.command(epilog="Example:  onrecord judge original evening.txt wire.txt --note 'their own reporter was there'")
def original(
    dispatch: DispatchKey, other: OtherDispatch, record: RecordPath = RECORD, note: Note = None, by: By = None
) -> None:
    """This dispatch is no copy of that one: the two are two sources."""
    _judge(record, "original", dispatch, other, note, by)


@app.command(epilog="Example:  onrecord judge dated wire.txt 2017-10-18")
def dated(dispatch: DispatchKey, date: Day, record: RecordPath = RECORD, note: Note = None, by: By = None) -> None:
    """This dispatch was published on this date (2017-10-18, or 2017-10, or 2017)."""
    _judge(record, "dated", dispatch, date, note, by)


@app.command("list", epilog="Example:  onrecord judge list")
def list_all(record: RecordPath = RECORD) -> None:
    """List all judgements, those taken back too."""
    _list(record, conflicts=False)


def _list(record: Path, *, conflicts: bool) -> None:
    with open_project(record, create=False) as project:
        terminal_judgements.print_judgements(out, project.judgements, conflicts_only=conflicts)


@app.command(epilog="Example:  onrecord judge withdraw j77aa")
def withdraw(judgement: JudgementKey, record: RecordPath = RECORD, by: By = None) -> None:
    """Take a judgement back; the record is again what it was without it."""
    with open_project(record, create=False) as project:
        taken = project.withdraw(judgement, by=by)
    say(out, f"Withdrawn: {taken.verdict} {inert(taken.about)}")


@listing.callback()
def judgements(context: typer.Context, record: RecordPath = RECORD, conflicts: Conflicts = False) -> None:
    """List all judgements, those taken back too, with what became of each and who says the contrary.

    Of two that contradict each other the later holds, whoever made it.
    """
    if context.invoked_subcommand is None:
        _list(record, conflicts=conflicts)


@listing.command("export", epilog="Example:  onrecord judgements export mine.jsonl")
def export_all(file: SharedFile, record: RecordPath = RECORD) -> None:
    """Write all judgements to a file, a line each, with the words of the dispatches that they are tied to."""
    with open_project(record, create=False) as project:
        project.export_judgements(file)
    terminal_judgements.print_exported(out, file)


@listing.command("import", epilog="Example:  onrecord judgements import theirs.jsonl")
def import_all(file: SharedFile, record: RecordPath = RECORD) -> None:
    """Take in judgements that another team exported; those known already change nothing.

    What is about a dispatch or words that this record lacks is kept and set aside until they are there.
    """
    with open_project(record, create=False) as project:
        done = project.import_judgements(file)
    terminal_judgements.print_imported(out, done)
    raise typer.Exit(EXIT_SET_ASIDE if done.aside else 0)
