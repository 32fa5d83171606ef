"""The command line: `onrecord VERB`.

Exit codes: 0 done; 1 refused, with the reason; 2 wrong use; 3 done, but something was set aside; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import codecs
import io
import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from onrecord import exporting, extending, judging, terminal, terminal_report
from onrecord.finding import found_in, place_id
from onrecord.model.errors import OnrecordError
from onrecord.office import Office
from onrecord.project import Project, open_project
from onrecord.report.scope import Scope
from onrecord.report.write import write_report
from onrecord.sources.open import SourceOptions, count
from onrecord.terminal_options import EXIT_SET_ASIDE, RECORD, RecordPath, Workers
from onrecord.terminal_report import Check, From, Place, ReportForm, ReportPath, To
from onrecord.terminal_text import inert
from onrecord.web.app import serve as serve_pages
from onrecord.web.ground import Ground, read_basemap
from onrecord.web.guard import read_passwords

EXIT_REFUSED = 1
EXIT_STOPPED = 130  # 128 and the number of SIGINT, as shells have it

app = typer.Typer(
    name="onrecord",
    help="Read dispatches about armed conflict and keep a cited record: who claims what, where, when, in which words.",
    epilog="Start with:  onrecord add examples/   then   onrecord status   and   onrecord serve.   Exit codes: 0 done; "
    "1 refused, with the reason; 2 wrong use; 3 done, but something was set aside; 130 stopped by Ctrl-C.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(judging.app, name="judge")
app.add_typer(judging.listing, name="judgements")
app.add_typer(extending.gazetteer, name="gazetteer")
app.add_typer(extending.actors, name="actors")
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Sources = Annotated[list[str], typer.Argument(metavar="PATH|URL…", help="Files, folders, archives, feeds, addresses.")]
Mapping = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Which column of a table is text, title, outlet, agency, url, published or language; repeat.",
    ),
]
DayFirst = Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 3/4/2018 is meant, if unclear.")]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="How texts are encoded, instead of a guess: cp1256.")
]
MaxMb = Annotated[
    int, typer.Option("--max-mb", metavar="NUMBER", min=1, help="The largest text that is read, in megabytes.")
]
ListAside = Annotated[bool, typer.Option("--set-aside", help="List what could not be read, why, and what to do.")]
ListDispatches = Annotated[bool, typer.Option("--dispatches", help="List the dispatches with their ids and dates.")]
Key = Annotated[str, typer.Argument(metavar="ID", help="An id or its beginning, a name, or a file name.")]
Port = Annotated[
    int, typer.Option(metavar="NUMBER", min=1, max=65535, help="The port; the next free one where it is taken.")
]
Host = Annotated[str, typer.Option(metavar="ADDRESS", help="The address to serve on; this machine's own by default.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="A line NAME:PASSWORD for each person who may sign in."),
]
Basemap = Annotated[
    Path | None,
    typer.Option(metavar="FILE.pmtiles", help="A map of your own to lie under the record's, instead of the outlines."),
]
FIELDS = ("text", "title", "outlet", "agency", "url", "published", "language")  # of SourceOptions.mapping


@contextmanager
def opened(record: Path, *, create: bool = False) -> Iterator[Project]:
    """Open a record for one command and close it whatever happens; Ctrl-C ends with a message, not with a traceback."""
    project = open_project(record, create=create)
    try:
        yield project
    except KeyboardInterrupt:
        err.print("Stopped. What was taken in until now is kept; the same command goes on from there.")
        raise typer.Exit(EXIT_STOPPED) from None
    finally:
        project.close()


@app.command(epilog="Examples:  onrecord add reports/ wire.zip   |   onrecord add posts.csv --map text=body")
def add(
    sources: Sources,
    record: RecordPath = RECORD,
    mapping: Mapping = None,
    day_first: DayFirst = None,
    encoding: Encoding = None,
    max_mb: MaxMb = 20,
    workers: Workers = 1,
) -> None:
    """Read dispatches into the record and bring it up to date.

    Text, Markdown, HTML, PDF, e-mail, JSON, JSON Lines, CSV, RSS, Atom, WARC, and zip and tar of these. A
    metadata.jsonl or metadata.csv beside texts gives outlet, date and address. A CSV of ACLED, UCDP GED or Airwars is
    known by its columns: its rows are claims of that project. An address is fetched because you
    named it; nothing else ever touches the network.
    """
    options = SourceOptions(
        mapping=_pairs(mapping or []), day_first=day_first, encoding=_codec(encoding), max_bytes=max_mb * 1_000_000
    )
    expected = sum(filter(None, (count(source) for source in sources))) or None
    with opened(record, create=True) as project, terminal.progress(err, expected) as tell:
        report = project.add(*sources, options=options, workers=workers, progress=tell)
    terminal.print_run(out, report)
    raise typer.Exit(EXIT_SET_ASIDE if report.aside else 0)


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = dict(word.partition("=")[::2] for word in words)
    if not all(pairs.values()):
        raise typer.BadParameter("write --map FIELD=COLUMN, for example --map text=body", param_hint="--map")
    unknown = sorted(set(pairs) - set(FIELDS))
    if unknown:
        raise typer.BadParameter(
            f"there is no field {unknown[0]!r}; fields are {', '.join(FIELDS)}", param_hint="--map"
        )
    return pairs


def _codec(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        advice = "names are for example utf-8, utf-16, cp1252, cp1256, iso-8859-6"
        raise typer.BadParameter(f"there is no encoding {name!r}; {advice}", param_hint="--encoding") from None


@app.command(epilog="Examples:  onrecord status   |   onrecord status --set-aside   |   onrecord status --dispatches")
def status(record: RecordPath = RECORD, set_aside: ListAside = False, dispatches: ListDispatches = False) -> None:
    """Show what the record holds."""
    with opened(record) as project:
        if set_aside:
            terminal.print_set_aside(out, project.store.set_asides())
        elif dispatches:
            terminal.print_dispatches(out, project.record)
        else:
            terminal.print_status(out, project)


@app.command(epilog="Examples:  onrecord show v3f2a   |   onrecord show Raqqa   |   onrecord show wire.txt")
def show(key: Key, record: RecordPath = RECORD) -> None:
    """Show a dispatch with its findings, an event, a figure, a person, group or place, each with its quotations."""
    with opened(record) as project:
        held = project.record
        terminal.print_found(out, held, found_in(held, key))


@app.command(epilog="Example:  onrecord why f81c0")
def why(key: Key, record: RecordPath = RECORD) -> None:
    """Show every claim behind a value and the reasoning that made it."""
    with opened(record) as project:
        held = project.record
        terminal.print_why(out, held, found_in(held, key))


@app.command(
    epilog="Examples:  onrecord report --from 2017-10-01 --to 2017-10-31 --place Raqqa --output week.pdf   |   "
    "onrecord report --output week.html   |   onrecord report --from 2018-01 --check   |   onrecord report --format md"
)
def report(
    record: RecordPath = RECORD,
    start: From = None,
    end: To = None,
    place: Place = None,
    output: ReportPath = None,
    form: ReportForm = None,
    check: Check = False,
) -> None:
    """Write the situation report: one to four pages with what happened, where, according to whom, and what is disputed.

    Each sentence leads to the words that it rests on. `--check` reads the finished sentences, looks for their numbers,
    dates, names and quotations in the claims that they cite, and ends with exit code 1 where one does not stand there.
    """
    with opened(record) as project:
        held = project.record
        project.give_ids()
    scope = Scope(start, end, place_id(held, place) if place else None)
    if check:
        terminal_report.print_checked(err, held, scope)
    if output or form or not check:
        exporting.give(write_report(held, output, form=form, scope=scope))


app.command("export", help=exporting.HELP, epilog=exporting.EPILOG)(exporting.export)
app.command("verify", epilog="Example:  onrecord verify record.zip")(exporting.check)
app.command("compare", epilog="Example:  onrecord compare acled.csv --output beside-acled.html")(exporting.compare_with)


@app.command(epilog="Examples:  onrecord serve   |   onrecord serve --host 0.0.0.0 --password-file people.txt")
def serve(
    record: RecordPath = RECORD,
    port: Port = 8700,
    host: Host = "127.0.0.1",
    password_file: PasswordFile = None,
    basemap: Basemap = None,
) -> None:
    """Open the workspace in the browser until Ctrl-C: to look, to doubt, and to decide.

    It is reached from this machine only, unless you name another address with --host; then each person signs in with
    a name and a password of the file. Put a proxy that speaks TLS before it where the network is not yours. A map of
    your own is read from its file and nowhere else.
    """
    passwords = read_passwords(password_file) if password_file else None
    under = read_basemap(basemap) if basemap else None
    with opened(record) as project, closing(Office(project, record)) as office:
        serve_pages(
            project.store,
            host=host,
            port=port,
            on_ready=lambda address: out.print(f"The workspace is at {address}"),
            office=office,
            passwords=passwords,
            ground=Ground(office.towns, under),
        )


@app.command(epilog="Example:  onrecord rebuild --workers 2")
def rebuild(record: RecordPath = RECORD, workers: Workers = 1) -> None:
    """Make the record anew; the same dispatches and judgements give the same record, byte for byte."""
    with opened(record) as project, terminal.progress(err, None) as tell:
        done = project.rebuild(workers=workers, progress=tell)
    terminal.print_run(out, done)


class _Notices(logging.Handler):
    """Shows on the terminal what the package tells of its waits."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one line to standard error, above a progress bar where there is one."""
        err.print(inert(record.getMessage()), style="dim")


def _listen() -> None:
    log = logging.getLogger("onrecord")
    log.setLevel(logging.INFO)
    if not any(isinstance(handler, _Notices) for handler in log.handlers):
        log.addHandler(_Notices())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a character shows its number instead
            stream.reconfigure(errors="backslashreplace")


def main() -> None:
    """Run a command; an error that the user can act on is one message and exit code 1, never a traceback."""
    _listen()
    try:
        app()
    except OnrecordError as error:
        _refuse(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _refuse(f"{where}{error.strerror or error}; check the path, its permissions and the room on the disk")


def _refuse(message: str) -> NoReturn:
    err.print(f"[bold red]onrecord:[/] {inert(message)}")
    raise SystemExit(EXIT_REFUSED) from None
