from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Claim, Control, Dispatch, Dispute, Entity, Event, Figure, Position, Record
from onrecord.model.values import Amount, When
from onrecord.report.check import faults
from onrecord.report.parts import Situation
from onrecord.report.scope import Scope
from onrecord.report.situation import situation
from onrecord.report.write import made, write_report
from tests.factories import a_claim, a_dispatch, a_record

ARABIC = "مجلس الرقة المدني"


@pytest.fixture
def engines() -> None:
    pytest.importorskip("typst", reason="reports as pdf and docx need the extra 'report'")
    pytest.importorskip("docx", reason="reports as pdf and docx need the extra 'report'")


def renamed(name: str) -> Situation:
    """The report of the small record, whose first entity goes by another name."""
    record = a_record()
    return situation(replace(record, entities=(replace(record.entities[0], name=name), *record.entities[1:])))


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_same_record_gives_the_same_text(form: str) -> None:
    assert made(situation(a_record()), form) == made(situation(a_record()), form)


@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_record_gives_the_same_file_whenever_it_is_written(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(situation(a_record()), form)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert made(situation(a_record()), form) == first


def test_the_page_needs_nothing_beside_it_and_shows_hostile_text_as_text() -> None:
    page = made(renamed("<script>alert(1)</script>"), "html").decode()
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "url(" not in page
    assert "\u202e" not in made(renamed("Ardun\u202eevil"), "html").decode()


def test_each_picture_is_a_vector_drawing_with_words_for_who_does_not_see_it() -> None:
    pictures = [s.picture for s in situation(a_record()).sections if s.picture]
    assert [p.caption.split()[0] for p in pictures] == ["Developments", "Where", "Bounds"]
    for picture in pictures:
        svg = etree.fromstring(picture.drawing.svg().encode())
        assert svg.findtext("{http://www.w3.org/2000/svg}title")
        assert float(svg.get("width", "0")) == 480


def test_markdown_marks_in_names_are_shown_as_they_are() -> None:
    assert r"\*Ardun\* \[x\]" in made(renamed("*Ardun* [x](y)"), "md").decode()


@pytest.mark.usefixtures("engines")
def test_the_pdf_has_the_sentences_their_numbers_and_vector_pictures() -> None:
    reader = PdfReader(io.BytesIO(made(situation(a_record()), "pdf")))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "the Ardun Front withdrew from Ardun, according to Lena Okafor and Second Wire." in text
    assert "Forty rebels left Ardun on Sunday, Lena Okafor said." in text
    assert 1 <= len(reader.pages) <= 4
    assert not any(page.images for page in reader.pages), "pictures are drawn, not pixels"
    assert reader.metadata is not None
    assert reader.metadata.title == "Situation report: Ardun"


@pytest.mark.usefixtures("engines")
def test_the_pdf_holds_glyphs_for_names_from_right_to_left() -> None:
    reader = PdfReader(io.BytesIO(made(renamed(ARABIC), "pdf")))
    text = "".join(page.extract_text() for page in reader.pages)
    assert set(ARABIC) - {" "} <= set(text)


@pytest.mark.usefixtures("engines")
def test_markup_in_a_name_does_nothing_in_the_pdf() -> None:
    text = PdfReader(io.BytesIO(made(renamed('#read("/etc/passwd") *x*'), "pdf"))).pages[0].extract_text()
    assert '#read("/etc/passwd")' in text


@pytest.mark.usefixtures("engines")
def test_the_word_file_opens_with_headings_lists_and_pictures_of_both_kinds() -> None:
    import docx  # noqa: PLC0415

    raw = made(situation(a_record()), "docx")
    document = docx.Document(io.BytesIO(raw))
    styles = {p.style.name for p in document.paragraphs if p.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= styles
    assert any("the Ardun Front withdrew" in p.text for p in document.paragraphs)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        assert len([n for n in names if n.endswith(".svg")]) == len([n for n in names if n.endswith(".png")]) == 3
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
    for key in re.findall(r'svgBlip [^>]*r:embed="(\w+)"', body):
        assert re.search(rf'Id="{key}"[^>]*\.svg|\.svg"[^>]*Id="{key}"', links)


@pytest.mark.usefixtures("engines")
def test_in_a_word_processor_pages_are_numbered_pictures_fit_and_sources_stand_in_two_columns() -> None:
    with zipfile.ZipFile(io.BytesIO(made(situation(a_record()), "docx"))) as archive:
        body = archive.read("word/document.xml").decode()
        footers = [archive.read(n).decode() for n in archive.namelist() if n.startswith("word/footer")]
    assert 'w:instr="PAGE"' in "".join(footers)
    wide = (11906 - 2 * 1191) * 635  # the width between the margins, in the units of pictures
    pictures = re.findall(
        r'<wp:inline [^>]*distT="0" distB="0" distL="0" distR="0"[^>]*>\s*<wp:extent cx="(\d+)"', body
    )
    assert len(pictures) == 3
    assert all(int(cx) <= wide for cx in pictures)
    assert body.count('<w:cols w:num="2"') == 1


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.usefixtures("without_report_libraries")
def test_without_the_libraries_the_message_says_what_to_install(form: str) -> None:
    with pytest.raises(OnrecordError, match=r"pip install 'onrecord\[report\]'"):
        made(situation(a_record()), form)


def test_the_twin_is_written_beside_the_file(tmp_path: Path) -> None:
    written = write_report(a_record(), tmp_path / "week.html")
    assert [Path(p).name for p in written] == ["week.html", "week.md"]
    assert all(Path(p).stat().st_size > 500 for p in written)


@pytest.mark.parametrize(
    ("name", "form", "why"),
    [
        ("week.odt", None, "html, md, pdf or docx"),
        ("week.html", "pdf", "leave --format out"),
        (None, "pdf", "--output"),
    ],
)
def test_a_form_that_cannot_be_written_so_is_refused(
    tmp_path: Path, name: str | None, form: str | None, why: str
) -> None:
    with pytest.raises(OnrecordError, match=why):
        write_report(a_record(), tmp_path / name if name else None, form=form)
    assert list(tmp_path.iterdir()) == []


def test_without_a_file_the_report_is_markdown_and_a_file_without_an_ending_gets_its_forms(tmp_path: Path) -> None:
    text = write_report(a_record(), None)
    assert text == made(situation(a_record()), "md").decode()
    assert write_report(a_record(), None, form="html") == made(situation(a_record()), "html").decode()
    assert [Path(p).name for p in write_report(a_record(), tmp_path / "week", form="html")] == ["week.html", "week.md"]


def test_the_scope_reaches_the_page() -> None:
    text = str(write_report(a_record(), None, scope=Scope("2019", "2019")))
    assert "Situation report · 2019" in text
    assert "Nothing with a known time and place is on record for this period and place." in text


def crowded() -> Record:
    """A record far longer than a page: 40 towns, each with events, a figure that is disputed, and a holder."""
    small = a_record()
    kinds = {Dispatch: "dispatches", Entity: "entities", Claim: "claims", Event: "events", Figure: "figures"}
    parts: dict[str, list[Any]] = {name: [] for name in (*kinds.values(), "control")}
    on = When("2017-10-15", "2017-10-15")
    for n in range(40):
        town = Entity(f"e-{n}", "place", f"Greater Townland {n:02d}", point=(39 + n / 20, 36.0), precision="exact")
        text = (
            f"On a long and windy Sunday {40 + n} people were killed when the Ardun Front attacked {town.name} from "
            "the north, the south and the west, and nobody could say how many had left before the roads were closed."
        )
        dispatch = a_dispatch(text, file=f"a/long/path/to/the/dispatch-{n}.txt", outlet=f"Regional Courier {n:02d}")
        attacked = a_claim(
            dispatch, "attacked", type="offensive", agents=("e-rebels",), place=town.id, when=on, event=f"v-{n}"
        )
        counted = [
            a_claim(dispatch, words, "figure", "killed", amount=Amount(low, low, unit="people"), who="people",
                    place=town.id, as_of="2017-10-15", figure=f"f-{n}")
            for words, low in ((f"{40 + n} people", 40 + n), ("killed", 90 + n))
        ]  # fmt: skip
        sides = tuple(Position(f"{c.amount.low:g}", (c.id,)) for c in counted if c.amount)
        dispute = Dispute("amount", sides, "A party to the conflict and an outside observer give different numbers.")
        event = Event(f"v-{n}", "offensive", ("e-rebels",), (), town.id, on, "happened", (attacked.id,), 1, "weak")
        figure = Figure(
            f"f-{n}", "killed", "people", town.id, "2017-10-15", "event", 40 + n, 40 + n, 90 + n, "widest",
            tuple(c.id for c in counted), 1, unit="people", disputes=(dispute,),
        )  # fmt: skip
        held = Control(town.id, "e-rebels", "holds", "2017-10-15", None, None, (attacked.id,))
        for thing in (dispatch, town, attacked, *counted, event, figure, held):
            parts[kinds.get(type(thing), "control")].append(thing)
    parts["entities"] += small.entities
    return Record(lineage={d.id: d.id for d in parts["dispatches"]}, **{k: tuple(v) for k, v in parts.items()})


@pytest.mark.usefixtures("engines")
def test_a_long_record_still_fills_no_more_than_four_pages() -> None:
    report = situation(crowded())
    assert faults(report, crowded()) == []
    assert 2 <= len(PdfReader(io.BytesIO(made(report, "pdf"))).pages) <= 4
