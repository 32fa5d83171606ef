"""The whole way: new dispatches in, readings made anywhere, the record brought up to date here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.model.records import Dispatch, Judgement, Reading, Record, SetAside
from onrecord.store.base import Added, Store

Mapper = Callable[[Callable[[Dispatch], Reading | SetAside], Iterable[Dispatch]], Iterable[Reading | SetAside]]
Reconcile = Callable[[Iterable[Dispatch], Iterable[Reading], Iterable[Judgement]], Record]


class Read(Protocol):
    """Reads one dispatch."""

    @property
    def version(self) -> str:
        """Name the reader and its version, as every claim that follows from it does."""
        ...

    def __call__(self, dispatch: Dispatch) -> Reading:
        """Return all that is found in the dispatch; pure, so that it may run anywhere and twice."""
        ...


class Progress(Protocol):
    """Hears of each step as it is done."""

    def __call__(self, step: str, name: str) -> None:
        """`step` is added, known, sighted, set aside, read, or reconciling; `name` is the file or dispatch."""
        ...


def quiet(step: str, name: str) -> None:
    """Show no progress."""


@dataclass(slots=True)
class Report:
    """What came of a run: how many were added, already known, seen under another name; what was set aside."""

    added: int = 0
    known: int = 0
    sighted: int = 0
    read: int = 0
    aside: list[SetAside] = field(default_factory=list)
    also: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Safely:
    """Reads a dispatch, or sets it aside with the reason, so that one bad text never stops a run."""

    read: Read

    def __call__(self, dispatch: Dispatch) -> Reading | SetAside:
        """Return the reading, or what went wrong with it."""
        try:
            return self.read(dispatch)
        except Exception as error:  # noqa: BLE001 -- whatever a text provokes, the rest must still be read
            what = f"{type(error).__name__}: {error}"
            advice = f"the reader failed on this text ({what}); it is kept, and read again when Onrecord is upgraded"
            return SetAside(name=dispatch.file or dispatch.id, reason="not read", advice=advice)


def run(
    items: Iterable[Dispatch | SetAside],
    store: Store,
    *,
    read: Read,
    reconcile: Reconcile,
    mapper: Mapper = map,
    progress: Progress = quiet,
    anew: bool = False,
) -> Report:
    """Add new dispatches, read them anywhere, and bring the record up to date here; with `anew` in any case.

    Each dispatch and each reading is kept as soon as it is there: killed at any moment, the next run goes on.
    """
    report = Report()
    with store.alone():
        _take(items, store, report, progress)
        _read(store, read, mapper, report, progress)
        if anew or store.stale():
            progress("reconciling", "")
            store.save_record(reconcile(store.dispatches(), store.readings(), store.judgements()))
    return report


def _take(items: Iterable[Dispatch | SetAside], store: Store, report: Report, progress: Progress) -> None:
    for item in items:
        if isinstance(item, SetAside):
            _put_aside(item, store, report, progress)
            continue
        came = store.add(item)
        _count(came, item, store, report)
        for name in _names(item):
            store.clear_set_aside(name)
        progress(came, item.file or item.id)


def _names(item: Dispatch) -> set[str]:
    """Return what a dispatch may have been set aside under: its own name, or the table or feed that it stands in."""
    name = item.file or item.url or item.id
    return {name, name.split("#")[0]}


def _count(came: Added, item: Dispatch, store: Store, report: Report) -> None:
    setattr(report, came, getattr(report, came) + 1)
    if came == "sighted":
        others = (d.file or d.url or d.id for d in store.sightings(item.id) if d != item)
        report.also.append((item.file or item.id, ", ".join(others)))


def _put_aside(item: SetAside, store: Store, report: Report, progress: Progress) -> None:
    store.set_aside(item)
    report.aside.append(item)
    progress("set aside", item.name)


def _read(store: Store, read: Read, mapper: Mapper, report: Report, progress: Progress) -> None:
    for result in mapper(Safely(read), store.unread(read.version)):
        if isinstance(result, SetAside):
            _put_aside(result, store, report, progress)
            continue
        store.save_reading(result)
        report.read += 1
        progress("read", result.dispatch)
