"""Writes the situation report: one self-contained HTML file, and the same in Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from onrecord.report.plots import bounds, places, timeline
from onrecord.report.situation import citations, situation

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def _templates() -> Environment:
    loader = PackageLoader("onrecord.report", ".")
    found = Environment(
        loader=loader, autoescape=select_autoescape(("html.j2",)), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.filters["plain"] = _plain
    found.globals["citations"] = citations
    return found


def to_html(record: Record) -> str:
    """Return the report as one HTML page that needs nothing beside it."""
    pictures = (
        ("Events by date, those dated to a day.", timeline(record)),
        ("Bounds of figures on which accounts differ; a dashed line has an open side.", bounds(record)),
        ("Where the events lie; a larger dot has more of them.", places(record)),
    )
    return _templates().get_template("report.html.j2").render(report=situation(record), pictures=pictures)


def to_markdown(record: Record) -> str:
    """Return the report as Markdown."""
    return _templates().get_template("report.md.j2").render(report=situation(record))


FORMS = {"html": to_html, "md": to_markdown}


def write_report(record: Record, output: Path | None, *, form: str = "md") -> str | list[Path]:
    """Return the report as text, or write it at `output` with its twin beside it and return both paths.

    Raises OnrecordError on a form or a file ending other than html or md.
    """
    chosen = form if output is None else output.suffix.lstrip(".").lower()
    if chosen not in FORMS:
        raise OnrecordError(f"a report is written as html or md, not {chosen!r}; name the file .html or .md")
    if output is None:
        return FORMS[form](record)
    output.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for ending, make in FORMS.items():
        path = output.with_suffix(f".{ending}")
        path.write_text(make(record), encoding="utf-8", newline="\n")
        written.append(path)
    return written
