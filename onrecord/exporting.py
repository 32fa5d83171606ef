"""The `onrecord export` command: the record in the forms that other tools read."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Any, Final, cast

import typer
from rich.console import Console

from onrecord import terminal
from onrecord.exports.compare import FINDINGS
from onrecord.exports.formats import FORMATS
from onrecord.exports.losses import Losses
from onrecord.exports.verify import verify
from onrecord.model.vocabulary import RULES, Rule
from onrecord.model.wording import counted
from onrecord.project import open_project
from onrecord.terminal_options import RECORD, RecordPath
from onrecord.terminal_text import inert, say

_SHOWN = 8  # losses on the terminal; the file has them all
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

FormatName = Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats above.")]
ExportPath = Annotated[
    str | None,
    typer.Option("--output", metavar="PATH", help="A file, or a folder (out/) for it or for several; else printed."),
]
Since = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Events from this day, month or year on.")]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Events until this day, month or year.")]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="Events in this place and all that lies in it.")]
Grade = Annotated[
    list[str] | None,
    typer.Option(metavar="GRADE", help="Events of this grade: confirmed, fair, weak, contested; repeat."),
]
RuleName = Annotated[
    str | None,
    typer.Option("--rule", metavar="RULE", help=f"How figures are concluded: {', '.join(RULES)}."),
]
NoTexts = Annotated[bool, typer.Option("--no-texts", help="A bundle with hashes and addresses in place of the texts.")]

BundlePath = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip made by `onrecord export bundle`.")]
Texts = Annotated[
    Path | None, typer.Option("--texts", metavar="FOLDER", help="A folder with the texts, for a bundle without.")
]
TablePath = Annotated[Path, typer.Argument(metavar="CSV", help="Their table, as it was downloaded.")]
PagePath = Annotated[Path, typer.Option("--output", metavar="FILE", help="The page; its CSV goes beside it.")]
_FAULTS = 20  # shown at most

HELP: Final = "\n\n".join(
    [
        "Write the record in a form that other tools read. What a form cannot say goes to losses.csv beside the "
        "output: what, how often, how much, which ids, why.",
        "Formats, and what each loses:",
        "\n".join(f"- **{name}**: {form.about}. Loses {form.loses}." for name, form in FORMATS.items()),
    ]
)
EPILOG: Final = (
    "Examples:  onrecord export json > record.json   |   onrecord export csv --output tables/   |   onrecord export "
    "acled --from 2017-06 --to 2017-10 --place Raqqa --output out/acled.csv   |   onrecord export acled --grade fair "
    "--grade confirmed --rule lowest --output strict/acled.csv   |   onrecord export bundle --output record.zip"
)


def export(  # noqa: PLR0913, PLR0917 - each is an option of the command
    form: FormatName,
    record: RecordPath = RECORD,
    output: ExportPath = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    grade: Grade = None,
    rule: RuleName = None,
    no_texts: NoTexts = False,
) -> None:
    """Write the record in a form that other tools read; the help text is HELP."""
    losses = Losses()
    asked: dict[str, Any] = {"since": since, "until": until, "place": place, "grades": tuple(grade or ())}
    with open_project(record, create=False) as project:
        written = project.export(
            form, output, rule=cast("Rule | None", rule), losses=losses, texts=not no_texts, **asked
        )
    give(written)
    _print_losses(losses, to_file=output is not None)


def check(bundle: BundlePath, texts: Texts = None) -> None:
    """Check a bundle offline: that its files are as they were, and that every quotation stands in its text.

    The sums of all files are compared, the id of each dispatch with the hash of its text, each quotation with the text
    at its offsets, and each event, figure and stretch of control with the claims it names. For a bundle without texts,
    name a folder that holds them; they are found by their sums, whatever their names.
    """
    found = verify(bundle, texts)
    for fault in found.faults[:_FAULTS]:
        say(out, f"[red]wrong[/]: {inert(fault)}", indent=2)
    if len(found.faults) > _FAULTS:
        say(out, f"… and {len(found.faults) - _FAULTS} more", indent=2)
    counts = {"file": found.files, "text": found.texts, "quotation": found.quotations, "value": found.values}
    checked = ", ".join(counted(count, what, f"{what}s") for what, count in counts.items())
    say(out, f"Checked: {checked}. {counted(len(found.faults), 'fault', 'faults')}.")
    if found.unread:
        way = "" if texts else " (--texts FOLDER)"
        say(out, f"{counted(found.unread, 'quotation', 'quotations')} not checked: their texts are not here{way}.")
    if found.faults:
        raise typer.Exit(1)


def give(written: str | list[Path]) -> None:
    """Write a text to standard output as it is, in UTF-8 whatever the locale, or print the paths of files."""
    if not isinstance(written, str):
        terminal.print_written(out, written)
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(written)


def _print_losses(losses: Losses, *, to_file: bool) -> None:
    rows = losses.summary()
    if not rows:
        return
    say(
        err, f"Not said in this format ({'all in losses.csv' if to_file else 'give --output for losses.csv with all'}):"
    )
    for count, item, what, why in rows[:_SHOWN]:
        say(err, inert(f"{counted(count, item, f'{item}s')} ({what}): {why}"), indent=2)
    if len(rows) > _SHOWN:
        say(err, f"… and {len(rows) - _SHOWN} more", indent=2)


def compare_with(table: TablePath, record: RecordPath = RECORD, output: PagePath = Path("compare.html")) -> None:
    """Hold the record against a CSV of ACLED, UCDP GED or Airwars: what both have, what only one, where figures differ.

    Writes a page with a map and a table, and the table as CSV beside it. Two are the same where their days meet or
    follow one another, they lie within 25 kilometres of one another, and both are violence or of one type.
    """
    with open_project(record, create=False) as project:
        found, written = project.compare(table, output)
    for name in FINDINGS:
        say(out, f"{found.count(name):,} {name}")
    for why, count in found.passed_over:
        say(out, f"not compared: {count:,} of {why}", indent=2)
    terminal.print_written(out, written)
