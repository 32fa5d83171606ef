"""Rows of ACLED, UCDP GED and Airwars as dispatches: one text a row, from which each value can be quoted."""

from __future__ import annotations

from onrecord.lexicon.lexicon import table
from onrecord.lexicon.projects import ProjectRow, lacking, project_of, project_row, title_of
from onrecord.model.records import SetAside
from onrecord.sources.pieces import Given, Piece, Row

__all__ = ["lacking", "project_of", "project_piece", "text_of"]


def project_piece(project: str, name: str, row: Row, *, local: bool, by_day: bool | None) -> Piece | SetAside:
    """Return the text of a row, published by its project, or what is wrong with the row.

    `by_day` is how 3/4/2018 is meant, where anybody says so.
    """
    try:
        told = project_row(project, row, by_day=by_day)
    except ValueError as error:
        way = "say --day-first or --month-first" if "first?" in str(error) else "mend or remove it"
        return SetAside(name, "malformed", f"{name} is no row of {title_of(project)}: {error}; {way}")
    title = f"{title_of(project)} event {told.id}"
    given = Given(title=title, outlet=title_of(project), published=told.last.isoformat(), language="en")
    notes = (f"a row of {title_of(project)}'s table", *(f"not read in it: {fault}" for fault in told.faults))
    return Piece(name, text_of(told), given, notes, local)


def text_of(told: ProjectRow) -> str:
    """Return a row as a text with a line a field; `extract.projectrows` reads it by these names of lines.

    Behind its place stands its point, latitude first, so that whoever reads the text knows where it lies.
    """
    point = f" ({told.point[1]:.4f}, {told.point[0]:.4f})" if told.point else ""
    place = _place(told)
    around = ", ".join(dict.fromkeys(filter(None, (told.region, told.country))))
    lines = {
        "Date": told.first.isoformat() if told.first == told.last else f"{told.first} to {told.last}",
        "Type": f"{told.type} ({told.kind})",
        "Agents": "; ".join(told.agents),
        "Targets": "; ".join(told.targets),
        "Place": f"{place}{point}" if place else "",
        "Around": around,
        "Killed": _killed(told),
        "Sources": told.source,
        "Notes": told.notes,
    }
    head = f"{title_of(told.project)} event {told.id}"
    return "\n".join([head, "", *(f"{name}: {value}" for name, value in lines.items() if value)]) + "\n"


def _place(told: ProjectRow) -> str:
    """Return the place in words that say how precise its point is: "near Hajin", "Deir ez-Zor province"."""
    if told.precision == "near" and told.place:
        return f"near {told.place}"
    if told.precision == "admin2":
        return _division(told.place, "district")
    if told.precision == "admin1":
        return _division(told.region or told.place, "province")
    return told.country or told.place if told.precision == "country" else told.place


def _division(name: str, kind: str) -> str:
    return (
        name
        if not name or name.rsplit(maxsplit=1)[-1].casefold() in table("conventions/rows")["divisions"]
        else f"{name} {kind}"
    )


def _killed(told: ProjectRow) -> str:
    """Return "3 to 5 civilians", or nothing where the row counts none."""
    if not told.high and not told.best:
        return ""
    low, high = told.low, told.high
    if low == high or high is None or low is None:
        return f"{next(n for n in (told.best, low, high) if n is not None):g} {told.who}"
    return f"{low:g} to {high:g} {told.who}"
