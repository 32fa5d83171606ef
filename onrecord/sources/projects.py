"""Rows of ACLED, UCDP GED and Airwars as dispatches: one text a row, from which each value can be quoted."""

from __future__ import annotations

from onrecord.lexicon.projects import ProjectRow, project_of, project_row, title_of
from onrecord.model.records import SetAside
from onrecord.sources.pieces import Given, Piece, Row

__all__ = ["project_of", "project_piece", "text_of"]


def project_piece(project: str, name: str, row: Row, *, local: bool) -> Piece | SetAside:
    """Return the text of a row, published by its project, or what is wrong with the row."""
    try:
        told = project_row(project, row)
    except ValueError as error:
        return SetAside(name, "malformed", f"{name} is no row of {title_of(project)}: {error}; mend or remove it")
    title = f"{title_of(project)} event {told.id}"
    given = Given(title=title, outlet=title_of(project), published=told.last.isoformat(), language="en")
    return Piece(name, text_of(told), given, (f"a row of {title_of(project)}'s table",), local)


def text_of(told: ProjectRow) -> str:
    """Return a row as a text with a line a field; `extract.projectrows` reads it by these names of lines."""
    point = f" ({told.point[1]:g}, {told.point[0]:g})" if told.point else ""
    around = ", ".join(dict.fromkeys(filter(None, (told.region, told.country))))
    lines = {
        "Date": told.first.isoformat() if told.first == told.last else f"{told.first} to {told.last}",
        "Type": f"{told.type} ({told.kind})",
        "Agents": "; ".join(told.agents),
        "Targets": "; ".join(told.targets),
        "Place": f"{told.place}{point}" if told.place else "",
        "Around": around,
        "Killed": _killed(told),
        "Sources": told.source,
        "Notes": told.notes,
    }
    head = f"{title_of(told.project)} event {told.id}"
    return "\n".join([head, "", *(f"{name}: {value}" for name, value in lines.items() if value)]) + "\n"


def _killed(told: ProjectRow) -> str:
    """Return "3 to 5 civilians", or nothing where the row counts none."""
    if not told.high and not told.best:
        return ""
    low, high = told.low, told.high
    if low == high or high is None or low is None:
        return f"{next(n for n in (told.best, low, high) if n is not None):g} {told.who}"
    return f"{low:g} to {high:g} {told.who}"
