"""The situation report from the workspace: chosen days and place, four kinds of file, and clear refusals."""

from __future__ import annotations

import pytest

from onrecord.report.scope import Scope
from onrecord.report.situation import situation
from onrecord.report.write import FORMS, made
from onrecord.web.queries import index
from onrecord.web.reports import places
from tests.web.browse import Reader, get, plain
from tests.web.world import FakeStore, a_world, make_app

WORLD = a_world()
APP = make_app(FakeStore(WORLD))
PLACE = next(e.id for e in WORLD.entities if e.kind == "place")


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_report_is_that_of_the_days_and_the_place_asked_for(form: str) -> None:
    whole, part = get(APP, f"/report.{form}", f"/report.{form}?from=2017-10&to=&place={PLACE}")
    assert whole.content == made(situation(WORLD), form)
    assert part.content == made(situation(WORLD, Scope("2017-10", None, PLACE)), form)
    assert part.content != whole.content
    assert part.headers["content-disposition"] == f'attachment; filename="report-2017-10.{form}"'
    assert "charset=utf-8" in whole.headers["content-type"]


@pytest.mark.parametrize(("form", "begin"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_report_comes_as_a_file_for_print_and_for_words(form: str, begin: bytes) -> None:
    pytest.importorskip("typst", reason="reports as pdf and docx need the extra 'report'")
    [answer] = get(APP, f"/report.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(begin)
    assert answer.content == made(situation(WORLD), form)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/report.odt", 404, "html, md, pdf, docx"),
        ("/report.md?place=nowhere", 404, "no place with the id"),
        ("/report.md?from=yesterday", 400, "is no date"),
        ("/report.md?from=2018&to=2017", 400, "before it begins"),
    ],
)
def test_what_cannot_be_reported_is_refused_with_the_reason(address: str, status: int, said: str) -> None:
    [answer] = get(APP, address)
    assert answer.status_code == status
    assert said in plain(answer.text)


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.usefixtures("without_report_libraries")
def test_without_the_libraries_a_page_says_what_to_install(form: str) -> None:
    [answer] = get(APP, f"/report.{form}")
    assert answer.status_code == 501
    assert "pip install 'onrecord[report]'" in plain(answer.text)


def test_the_page_offers_each_form_and_keeps_what_was_asked() -> None:
    page = Reader(get(APP, f"/report?place={PLACE}&from=2017-10-01")[0].text)
    assert [a.get("formaction") for tag, a in page.tags if tag == "button"] == [f"/report.{form}" for form in FORMS]
    assert [a["value"] for tag, a in page.tags if tag == "option" and "selected" in a] == [PLACE]
    assert "2017-10-01" in [a.get("value") for tag, a in page.tags if tag == "input"]


def test_a_place_is_offered_with_what_it_lies_in() -> None:
    offered = {name for _, name in places(index(WORLD))}
    entities = {e.id: e for e in WORLD.entities}
    at = [entities[e.place] for e in WORLD.events if e.place in entities]
    above = {entities[e.parent].name for e in at if e.parent}
    assert above
    assert above | {e.name for e in at} <= offered
