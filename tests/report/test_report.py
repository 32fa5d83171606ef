from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from onrecord.model.values import When
from onrecord.model.vocabulary import EVENT_TYPES, STATUSES
from onrecord.report.english import bounded, count, day, during, listed, sentence
from onrecord.report.phrases import Phrases
from onrecord.report.situation import citations, situation
from onrecord.report.write import to_html, to_markdown, write_report
from tests.factories import a_record


def test_every_sentence_on_a_value_leads_to_a_quotation() -> None:
    record = a_record()
    report = situation(record)
    quoted = {s.number: s.quotation for s in report.sources}
    cited = [c for section in report.sections for c in section.sentences if section.title != "What is not known"]
    assert len(cited) == 4
    for line in cited:
        assert citations(line, report.numbers)
        assert all(quoted[n] in {d.text for d in record.dispatches} for n in citations(line, report.numbers))


def test_a_disputed_number_stays_a_range_with_both_sides() -> None:
    conflicts = next(s for s in situation(a_record()).sections if s.title == "Where accounts conflict")
    text = conflicts.sentences[0].text
    assert "40 to 60" in text
    assert "40 according to Lena Okafor; about 60 according to Second Wire" in text
    assert "one count is exact and the other rough" in text


@pytest.mark.parametrize("status", [s for s in STATUSES if s not in ("happened", "ongoing")])
def test_what_did_not_happen_is_kept_out_of_the_developments(status: str) -> None:
    record = a_record()
    event = replace(record.events[0], status=status)  # type: ignore[arg-type]
    sections = situation(replace(record, events=(event,))).sections
    assert sections[0].sentences == ()
    planned = next(s for s in sections if s.title.startswith("Planned"))
    word = {"expected": "Expected", "conditional": "Possible", "denied": "Denied", "uncertain": "Alleged"}[status]
    assert planned.sentences[0].text.startswith(f"{word}: a withdrawal by the Ardun Front")


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("sides", [("e-rebels", "e-lena"), ("e-rebels", ""), ("", "e-lena"), ("", "")])
def test_every_type_has_a_sentence_that_can_be_read_aloud(kind: str, sides: tuple[str, str]) -> None:
    agent, target = sides
    record = a_record()
    event = replace(record.events[0], type=kind, agents=(agent,) if agent else (), targets=(target,) if target else ())
    text = Phrases(record).event(event)
    assert re.fullmatch(r"On 15 October 2017, [^{}]+\.", text)
    assert ("Ardun Front" in text, "Lena Okafor" in text) == (bool(agent), bool(target))


def test_an_empty_record_gives_a_report_that_says_so() -> None:
    text = to_markdown(Record())
    assert "No events with a place are on record." in text


def test_the_page_needs_nothing_beside_it_and_shows_hostile_text_as_text() -> None:
    record = a_record()
    hostile = replace(record.entities[0], name="<script>alert(1)</script>")
    page = to_html(replace(record, entities=(hostile, *record.entities[1:])))
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "url(" not in page


def test_markdown_marks_in_names_are_shown_as_they_are() -> None:
    record = a_record()
    odd = replace(record.entities[0], name="*Ardun* [x](y)")
    assert r"\*Ardun\* \[x\]" in to_markdown(replace(record, entities=(odd, *record.entities[1:])))


def test_the_same_record_gives_the_same_bytes() -> None:
    assert to_html(a_record()) == to_html(a_record())


def test_the_twin_is_written_beside_the_file(tmp_path: Path) -> None:
    written = write_report(a_record(), tmp_path / "week.html")
    assert [Path(p).name for p in written] == ["week.html", "week.md"]
    assert all(Path(p).stat().st_size > 500 for p in written)
    with pytest.raises(OnrecordError, match="html or md"):
        write_report(a_record(), tmp_path / "week.odt")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (listed(["A"]), "A"),
        (listed(["A", "B", "C"]), "A, B and C"),
        (count(1, "source"), "one source"),
        (count(12, "dispatch", "dispatches"), "12 dispatches"),
        (day("2017-10-17"), "17 October 2017"),
        (day("2014-01"), "January 2014"),
        (during(When("2014", "2014")), "in 2014"),
        (during(When("2017-10-01", "2017-10-05")), "between 1 October 2017 and 5 October 2017"),
        (during(When(None, "2017-10-05")), "until 5 October 2017"),
        (during(When()), ""),
        (bounded(3250, None), "at least 3,250"),
        (bounded(None, 400), "up to 400"),
        (bounded(200, 300), "200 to 300"),
        (bounded(33.3, 33.3), "33.3"),
        (sentence("the end.."), "The end."),
    ],
)
def test_english(made: str, words: str) -> None:
    assert made == words
