"""What the command line shows of places and actors of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.lexicon.gazetteer_users import Heard, unheard
from onrecord.lexicon.ownactors import OwnActor
from onrecord.terminal_text import inert, say


@contextmanager
def bytes_read(console: Console, path: Path) -> Iterator[Heard]:
    """Show how far a file is read, twice over: checked, then put among the places; nothing where it goes to a file."""
    if not console.is_terminal:
        yield unheard
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task, last = bar.add_task(f"checking {inert(path.name)}", total=None), 0

        def heard(done: int, total: int) -> None:
            nonlocal last
            if done < last:
                bar.update(task, description=f"adding {inert(path.name)}")
            last = done
            bar.update(task, completed=done, total=total)

        yield heard


def print_gazetteer(console: Console, files: Sequence[Path]) -> None:
    """Print which gazetteer files a record uses besides what ships."""
    for path in files:
        say(console, f"in use: {inert(str(path))}")
    if not files:
        say(console, "No places of your own yet. Add some: onrecord gazetteer add FILE")


def print_actors(console: Console, actors: Sequence[OwnActor]) -> None:
    """Print the user's own actors, each with its kind, other names, parent, time and note."""
    for actor in actors:
        lasted = f"{actor.since or '…'} to {actor.until or '…'}" if actor.since or actor.until else None
        within = f"part of {actor.parent}" if actor.parent else None
        told = filter(None, (actor.kind.replace("_", " "), ", ".join(actor.aliases), within, lasted, actor.note))
        say(console, f"[bold]{inert(actor.name)}[/] · {inert(' · '.join(told))}")
    if not actors:
        say(console, "No actors of your own yet. Add some: onrecord actors add FILE")
