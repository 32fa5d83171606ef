"""The report as PDF, and its pictures as PNG, set by Typst.

Typst (Apache-2.0, one wheel without further dependencies) shapes right-to-left names, carries its own fonts, draws SVG
as vectors, tags the file for screen readers and needs neither network nor system libraries. It is an extra because its
wheel holds 30 MB: WeasyPrint asks for Pango on the system, fpdf2 is under the LGPL, and ReportLab shapes Arabic only
with an LGPL library beside it.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from onrecord.model.errors import MissingError, OnrecordError
from onrecord.report.drawing import Drawing
from onrecord.report.parts import Cited, Picture, Section, Situation, citations

# No clock may stand in a file: the same record gives the same bytes.
_MOMENT = 0
_PNG_PPI = 220  # dots an inch: sharp in print at the width of a page, and some 60 kB a picture


def to_pdf(report: Situation) -> bytes:
    """Return the report as PDF on A4 paper. Raises MissingError where Typst is not installed."""
    source = (files("onrecord.report") / "report.typ").read_bytes()
    return _set(source, {"report": json.dumps(_data(report), ensure_ascii=False)}, format="pdf")


def to_png(drawing: Drawing) -> bytes:
    """Return a drawing as a picture of dots, for programs that show no SVG. Raises MissingError likewise."""
    source = (
        f"#set page(width: {drawing.wide:g}pt, height: {drawing.high:g}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return _set(source.encode(), {"svg": drawing.svg()}, format="png", ppi=_PNG_PPI)


def _set(source: bytes, inputs: dict[str, str], **options: Any) -> bytes:
    try:
        import typst  # noqa: PLC0415 -- an optional engine
    except ImportError:
        raise MissingError("reports as pdf and docx need two libraries: pip install 'onrecord[report]'") from None
    made = typst.compile(source, sys_inputs=inputs, ignore_system_fonts=True, timestamp=_MOMENT, **options)
    if not isinstance(made, bytes):
        raise OnrecordError("the report came out as more than one file; tell the makers of Onrecord")
    return made


def _data(report: Situation) -> dict[str, Any]:
    """Return the report as what the template reads: text is data there, never markup."""
    return {
        "headline": _sentence(report.headline, report),
        "title": report.title,
        "scope": report.scope,
        "sections": [_section(section, report) for section in report.sections],
        "sources": [
            {"number": s.number, "quotation": s.quotation, "by": s.published_by, "where": s.where}
            for s in report.sources
        ],
    }


def _section(section: Section, report: Situation) -> dict[str, Any]:
    return {
        "title": section.title,
        "level": section.level,
        "prose": section.prose,
        "empty": section.empty,
        "picture": _picture(section.picture) if section.picture else None,
        "items": [[_sentence(cited, report) for cited in item] for item in section.items],
    }


def _picture(picture: Picture) -> dict[str, str]:
    return {"svg": picture.drawing.svg(), "caption": picture.caption, "about": picture.drawing.about}


def _sentence(cited: Cited, report: Situation) -> dict[str, Any]:
    return {"text": cited.text, "numbers": citations(cited, report.numbers)}
