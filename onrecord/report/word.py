"""The report as a Word document: headings and lists in its styles, pictures as SVG with a PNG for older programs."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from onrecord.model.errors import MissingError
from onrecord.model.zips import member
from onrecord.report.drawing import INK
from onrecord.report.parts import Cited, Picture, Section, Situation, citations
from onrecord.report.typeset import to_png

# The first day that a zip archive can name: no clock may stand in a file.
_DAY = (1980, 1, 1, 0, 0, 0)
_SVG = (
    "http://schemas.microsoft.com/office/drawing/2016/SVG/main"  # the extension by which Word 2016 and later read SVG
)
_SVG_KEY = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # and the number that it goes by in a picture's list of extensions


def to_docx(report: Situation) -> bytes:
    """Return the report as a Word document. Raises MissingError where python-docx or Typst is not installed."""
    try:
        import docx  # noqa: PLC0415 -- an optional engine
    except ImportError:
        raise MissingError("reports as pdf and docx need two libraries: pip install 'onrecord[report]'") from None
    document = docx.Document()
    _prepare(document, report)
    for number, section in enumerate(report.sections):
        document.add_heading(section.title, section.level)
        if section.picture and number:
            _picture(document, section.picture, number)
        _sentences(document, report, section)
        if section.picture and not number:
            _picture(document, section.picture, number)
    if report.sources:
        document.add_heading("Sources", 2)
        _in_two_columns(document)
    for source in report.sources:
        line = f"{source.number}  “{source.quotation}” {source.published_by}. {source.where}"
        _sized(document.add_paragraph(line), 7)
    raw = io.BytesIO()
    document.save(raw)
    return _settled(raw.getvalue())


def _prepare(document: Any, report: Situation) -> None:
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.1)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(INK.lstrip("#").upper())
    _numbered(section.footer.paragraphs[0])
    _undated(document.core_properties, report)
    _sized(document.add_paragraph(" · ".join(filter(None, (report.title, report.scope)))), 9)
    _written(document.add_heading("", 1), report.headline, report)


def _numbered(footer: Any) -> None:
    """Have the word processor write the number of each page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))


def _in_two_columns(document: Any) -> None:
    """Set what follows in two columns, on the same page."""
    from docx.enum.section import WD_SECTION  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls, qn  # noqa: PLC0415

    properties = document.add_section(WD_SECTION.CONTINUOUS)._sectPr
    for old in properties.findall(qn("w:cols")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="340"/>'))


def _undated(properties: Any, report: Situation) -> None:
    import datetime  # noqa: PLC0415

    properties.title, properties.author, properties.comments = report.title, "Onrecord", ""
    properties.created = properties.modified = datetime.datetime(*_DAY, tzinfo=datetime.UTC)


def _sentences(document: Any, report: Situation, section: Section) -> None:
    if section.empty and not section.items:
        document.add_paragraph(section.empty)
    for item in section.items:
        paragraph = document.add_paragraph(style=None if section.prose else "List Bullet")
        for place, cited in enumerate(item):
            if place:
                paragraph.add_run(" ")
            _written(paragraph, cited, report)


def _written(paragraph: Any, cited: Cited, report: Situation) -> None:
    """Write a sentence and, raised, the numbers of its sources."""
    paragraph.add_run(cited.text)
    numbers = citations(cited, report.numbers)
    if numbers:
        paragraph.add_run(", ".join(str(n) for n in numbers)).font.superscript = True


def _sized(paragraph: Any, points: float) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(2), 1
    for run in paragraph.runs:
        run.font.size = Pt(points)


def _picture(document: Any, picture: Picture, number: int) -> None:
    """Put a picture in: PNG for every program, and the SVG beside it for those that draw it."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.opc.part import Part  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    shape = document.add_picture(io.BytesIO(to_png(picture.drawing)), width=Cm(16.79))
    for side in "TBLR":
        shape._inline.set(f"dist{side}", "0")  # left out, LibreOffice takes an eighth of an inch
    shape._inline.docPr.set("descr", picture.drawing.about)
    part = Part(
        PackURI(f"/word/media/drawing{number}.svg"),
        "image/svg+xml",
        picture.drawing.svg().encode(),
        document.part.package,
    )
    key = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    blip.append(
        parse_xml(
            f'<a:extLst {names}><a:ext uri="{_SVG_KEY}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{key}"/></a:ext></a:extLst>'
        )
    )
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _sized(document.add_paragraph(picture.caption), 8.5)


def _settled(raw: bytes) -> bytes:
    """Return the archive with one date for all its parts, so that the same report is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(member(name, 0o600), old.read(name))
    return out.getvalue()
