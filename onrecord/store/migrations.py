"""Numbered steps that bring a record file to the form this version reads, each in one transaction with its number."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from onrecord.model.errors import StoreError
from onrecord.store.tables import DATINGS, GIVEN, METADATA, REDATED, STANDINGS, STATE


def _first_form(connection: Connection) -> None:
    METADATA.create_all(connection)
    for name in ("log", "record", "record_of_log"):
        connection.execute(insert(STATE).values(name=name, number=0))


def _standings_of_judgements(connection: Connection) -> None:
    STANDINGS.create(connection, checkfirst=True)  # a new file has it by the first step


def _dates_found_for_the_undated(connection: Connection) -> None:
    for table in (DATINGS, REDATED):
        table.create(connection, checkfirst=True)


def _ids_given_out(connection: Connection) -> None:
    GIVEN.create(connection, checkfirst=True)


# A step is never changed once released; a change of form is a new step at the end.
STEPS: tuple[Callable[[Connection], None], ...] = (
    _first_form,
    _standings_of_judgements,
    _dates_found_for_the_undated,
    _ids_given_out,
)


def form_of(connection: Connection) -> int:
    """Return the number of steps that a record file has been through, 0 for an empty one."""
    if not inspect(connection).has_table("state"):
        return 0
    found = connection.execute(select(STATE.c.number).where(STATE.c.name == "form")).scalar()
    return int(found) if found is not None else 0


def migrate(connection: Connection) -> None:
    """Take the steps that are missing. Raises StoreError where the file is of a newer version than this one."""
    form = form_of(connection)
    if form > len(STEPS):
        raise StoreError(
            f"this record was written by a newer Onrecord (form {form}, this version reads up to {len(STEPS)}); "
            "upgrade Onrecord, or open a copy made by this version"
        )
    if form == 0 and inspect(connection).get_table_names():
        raise StoreError("this is the database of another program, not a record; name another file with --record")
    for number, step in enumerate(STEPS[form:], start=form + 1):
        step(connection)
        _note_form(connection, number)


def _note_form(connection: Connection, number: int) -> None:
    if connection.execute(update(STATE).where(STATE.c.name == "form").values(number=number)).rowcount == 0:
        connection.execute(insert(STATE).values(name="form", number=number))
