"""Writes the situation report: HTML, Markdown, PDF and Word, all from the same sentences and drawings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from onrecord.report.parts import Situation, citations
from onrecord.report.scope import Scope
from onrecord.report.situation import situation
from onrecord.report.typeset import to_pdf
from onrecord.report.word import to_docx

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")
_EVERYTHING = Scope()
# What would turn the text around it, should it stand in a dispatch.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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


def html(report: Situation) -> str:
    """Return a report as one HTML page that needs nothing beside it."""
    return _TURNING.sub("", _templates().get_template("report.html.j2").render(report=report))


def markdown(report: Situation) -> str:
    """Return a report as Markdown."""
    return _TURNING.sub("", _templates().get_template("report.md.j2").render(report=report))


FORMS: dict[str, Callable[[Situation], str | bytes]] = {"html": html, "md": markdown, "pdf": to_pdf, "docx": to_docx}
_TEXTS = ("html", "md")  # the forms that are text, written side by side


def made(report: Situation, form: str) -> bytes:
    """Return a report in one of the four forms, as the bytes of a file. Raises OnrecordError on another form."""
    if form not in FORMS:
        raise OnrecordError(
            f"a report is written as html, md, pdf or docx, not {form!r}; name the file .html, .md or so"
        )
    content = FORMS[form](report)
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def write_report(
    record: Record, output: Path | None, *, form: str | None = None, scope: Scope = _EVERYTHING
) -> str | list[Path]:
    """Return the report of a record as text, or write it at `output` and return the paths.

    The form is Markdown, or that of the file's ending; html and md are written side by side. Raises OnrecordError on a
    form that there is not or that the ending contradicts, on one that is no text without a file for it, and where the
    libraries for it are not installed.
    """
    ending = output.suffix.lstrip(".").lower() if output else ""
    if form and ending and form != ending:
        raise OnrecordError(f"the file is named {output}, the form {form!r}; name it .{form} or leave --format out")
    chosen = form or ending or "md"
    report = situation(record, scope)
    if output is None:
        if chosen in FORMS and chosen not in _TEXTS:
            raise OnrecordError(
                f"{chosen} is no text for a terminal; say where to write it with --output week.{chosen}"
            )
        return made(report, chosen).decode()
    output = output if ending else output.with_name(f"{output.name}.{chosen}")
    forms = _TEXTS if chosen in _TEXTS else (chosen,)
    done = [(output.with_suffix(f".{ending}"), made(report, ending)) for ending in forms]
    output.parent.mkdir(parents=True, exist_ok=True)
    for path, content in done:
        path.write_bytes(content)
    return [path for path, _ in done]
