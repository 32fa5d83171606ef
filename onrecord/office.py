"""Takes decisions from the workspace: each is kept at once, and the record follows in the background."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Protocol, Unpack

from onrecord.exports.write import Asked
from onrecord.model.errors import OnrecordError
from onrecord.model.records import Claim, Dispatch, Entity, Figure, Judgement, Record, Statement
from onrecord.model.vocabulary import Rule
from onrecord.project import Project, open_project, user
from onrecord.reconcile.facts import Facts, voices
from onrecord.reconcile.figures import under_rules

LOG = logging.getLogger("onrecord")


class Mapped(Protocol):
    """A record with its parts by id."""

    @property
    def dispatches(self) -> Mapping[str, Dispatch]:
        """All dispatches."""
        ...

    @property
    def entities(self) -> Mapping[str, Entity]:
        """All entities."""
        ...

    @property
    def statements(self) -> Mapping[str, Statement]:
        """All statements."""
        ...

    @property
    def claims(self) -> Mapping[str, Claim]:
        """All claims."""
        ...

    @property
    def lineage(self) -> Mapping[str, str]:
        """The oldest copy of each dispatch."""
        ...


class Office:
    """Keeps decisions on one record, and has another process bring the record up to date; `close` it.

    The process is started by the first decision and stays: what it has learnt of the record serves the next. A
    record in memory (`path` is None) is brought up to date by a thread.
    """

    def __init__(self, project: Project, path: Path | None) -> None:
        self._project = project
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _leave_with_parent) if path else None
        self._follow: Callable[[], None] = partial(_catch_up, str(path)) if path else project.catch_up
        self._wanted = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="onrecord-follow", daemon=True)
        self._thread.start()

    @property
    def user(self) -> str:
        """Who decides where nobody signs in."""
        return user()

    def towns(self, west: float, south: float, east: float, north: float) -> list[tuple[str, float, float]]:
        """Return name, longitude and latitude of the gazetteer's towns in a box of degrees, the largest first."""
        return self._project.gazetteer.towns(west, south, east, north)

    def under_rules(self, figure: Figure, record: Mapped) -> dict[str, tuple[float | None, float | None, float | None]]:
        """Return low, best and high of a figure under each rule, by the rule's name."""
        facts = Facts(
            dispatches=record.dispatches,
            lineage=record.lineage,
            entities=record.entities,
            statements=record.statements,
            voices=voices(record.dispatches, record.lineage),
            actors=self._project.actors_known,
        )
        claims = [record.claims[c] for c in figure.claims if c in record.claims]
        return {rule: (c.low, c.best, c.high) for rule, c in under_rules(figure, claims, facts).items()}

    def packed(self, name: str, record: Record, *, rule: Rule | None = None, **asked: Unpack[Asked]) -> bytes:
        """Return an export of a part of the record as a zip, by the user's conventions; see `Project.packed`."""
        return self._project.packed(name, record, rule=rule, **asked)

    def decide(
        self, record: Record, verdict: str, about: str, value: str | None, *, by: str, note: str | None
    ) -> Judgement:
        """Keep a decision on the record that its maker saw. Raises JudgementError, NotFoundError, StoreError."""
        made = self._project.note(record, verdict, about, value, by=by, note=note)
        self._wanted.set()
        return made

    def withdraw(self, judgement: str, *, by: str) -> Judgement:
        """Take a decision back. Raises NotFoundError, JudgementError where it was taken back before."""
        at = datetime.now(UTC).isoformat(timespec="seconds")[:19] + "Z"
        taken = self._project.store.withdraw(judgement, at, by)
        self._wanted.set()
        return taken

    def close(self) -> None:
        """Stop following; what is not followed yet stays in the log, and the next run does."""
        self._closed = True
        self._wanted.set()
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._thread.join(5)

    def _work(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._closed:
                return
            try:
                self._pool.submit(self._follow).result() if self._pool else self._follow()
            except OnrecordError as error:
                LOG.warning("The record could not be brought up to date: %s", error)
            except RuntimeError as error:  # the pool was shut down, or its process died
                if not self._closed:
                    LOG.warning("The record is no longer brought up to date (%s); restart the workspace", error)
                return


def _leave_with_parent() -> None:
    """End this process when the one that started it does, however that ends: nobody else would tell it."""

    def watch() -> None:
        parent = parent_process()
        if parent:
            parent.join()
            os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


_held: dict[str, Project] = {}


def _catch_up(path: str) -> None:
    """Bring the record at this path up to date; the project stays open in its process from one call to the next."""
    if path not in _held:
        _held[path] = open_project(path, create=False)
    _held[path].catch_up()
