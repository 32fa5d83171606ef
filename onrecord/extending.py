"""The `onrecord gazetteer` and `onrecord actors` commands: places and actors of one's own, kept beside the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord import terminal, terminal_extending
from onrecord.model.wording import counted
from onrecord.project import Project, open_project
from onrecord.terminal_options import RECORD, RecordPath, Workers
from onrecord.terminal_text import inert, say

gazetteer = typer.Typer(
    invoke_without_command=True,
    epilog="Examples:  onrecord gazetteer   |   onrecord gazetteer add SY.zip   |   onrecord gazetteer remove SY.zip",
)
actors = typer.Typer(
    invoke_without_command=True,
    epilog="Examples:  onrecord actors   |   onrecord actors add mine.csv   |   onrecord actors remove 'Ardun Front'",
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

PlaceFiles = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="TOML as above, or a country file of GeoNames, also zipped."),
]
PlaceFile = Annotated[str, typer.Argument(metavar="FILE", help="The name of a file that was added.")]
ActorFiles = Annotated[list[Path], typer.Argument(metavar="FILE…", help="TOML or CSV as above.")]
ActorName = Annotated[str, typer.Argument(metavar="NAME", help="An actor of your own, by its name or an alias.")]


@gazetteer.callback()
def list_gazetteer(context: typer.Context, record: RecordPath = RECORD) -> None:
    """List the gazetteer files of your own; the places that ship are always used."""
    if context.invoked_subcommand is None:
        with open_project(record, create=False) as project:
            terminal_extending.print_gazetteer(out, project.gazetteer_files)


@gazetteer.command("add", epilog="Examples:  onrecord gazetteer add mine.toml   |   onrecord gazetteer add SY.zip")
def add_gazetteer(files: PlaceFiles, record: RecordPath = RECORD, workers: Workers = 1) -> None:
    """Add places of your own and read the dispatches again with them.

    A TOML file has a heading for each country, such as [SY], and below it a line for each place, such as
    "Ardun" = { lat = 35.5, lon = 38.5, kind = "town", aliases = ["Ardoun"] }. A country file of
    download.geonames.org, with villages, hills, rivers and facilities, is taken as it is (SY.txt) or zipped (SY.zip).
    A file of a name that was added before takes its place; the same again changes nothing.
    """
    with open_project(record) as project:
        for path in files:
            with terminal_extending.bytes_read(err, path) as heard:
                count = project.add_gazetteer(path, heard=heard)
            say(out, f"{inert(path.name)}: {counted(count, 'place', 'places')}")
        _read_again(project, workers)
        terminal_extending.print_gazetteer(out, project.gazetteer_files)


@gazetteer.command("remove", epilog="Example:  onrecord gazetteer remove SY.zip")
def remove_gazetteer(file: PlaceFile, record: RecordPath = RECORD, workers: Workers = 1) -> None:
    """Take a file of places out and read the dispatches again without it."""
    with open_project(record, create=False) as project:
        project.remove_gazetteer(file)
        _read_again(project, workers)
        terminal_extending.print_gazetteer(out, project.gazetteer_files)


@actors.callback()
def list_actors(context: typer.Context, record: RecordPath = RECORD) -> None:
    """List the actors of your own; those that ship are always known."""
    if context.invoked_subcommand is None:
        with open_project(record, create=False) as project:
            terminal_extending.print_actors(out, project.actors)


@actors.command("add", epilog="Examples:  onrecord actors add mine.toml   |   onrecord actors add mine.csv")
def add_actors(files: ActorFiles, record: RecordPath = RECORD, workers: Workers = 1) -> None:
    """Add armed groups, forces and bodies of your own; dispatches that name them are read again.

    A TOML file has a heading for each actor, such as ["Ardun Defence Front"], and below it kind = "rebel" and, where
    known, aliases = ["ADF"], parent, from, to and note. A CSV file has these as columns, with the name first, and
    aliases between semicolons. Kinds are state_force, government, rebel, jihadist, militia, external_force,
    coalition, monitor, agency, press, igo, ngo, civil_body and population. From and to are years, months or days.
    An actor that ships gains your aliases; one of your own of the same name is replaced.
    """
    with open_project(record) as project:
        for path in files:
            changed = project.add_actors(path)
            say(out, f"{inert(path.name)}: {counted(len(changed), 'actor', 'actors')} new or changed")
        _read_again(project, workers)
        terminal_extending.print_actors(out, project.actors)


@actors.command("remove", epilog="Example:  onrecord actors remove 'Ardun Defence Front'")
def remove_actor(name: ActorName, record: RecordPath = RECORD, workers: Workers = 1) -> None:
    """Take an actor of your own out; dispatches that name it are read again."""
    with open_project(record, create=False) as project:
        gone = project.remove_actor(name)
        say(out, f"Removed: {inert(gone.name)}")
        _read_again(project, workers)


def _read_again(project: Project, workers: int) -> None:
    with terminal.progress(err, None) as tell:
        done = project.rebuild(workers=workers, progress=tell)
    say(out, f"{counted(done.read, 'dispatch', 'dispatches')} read again.")
