"""The scores of our time expressions on TimeML, on a small document of our own whose answer is known."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from bench import timex
from bench.reading.timeml import Timex, documents, timexes
from onrecord.extract.times.times import times
from tests.extract.marked import one_sentence

_PUBLISHED = "2017-10-18"  # a Wednesday
_SMALL = """<?xml version="1.0" ?>
<TimeML>
<DOCID>small</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2017-10-18" functionInDocument="CREATION_TIME">2017-10-18</TIMEX3></DCT>
<TEXT>
The gate <EVENT eid="e1">fell</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2017-10-16">Monday</TIMEX3>.

It had been shut for <TIMEX3 tid="t2" type="DURATION" value="P2W">two weeks</TIMEX3>, as in
<TIMEX3 tid="t3" type="DATE" value="2017-05">2016</TIMEX3>.

It fell at <TIMEX3 tid="t4" type="DATE">an ill hour</TIMEX3>.
</TEXT>
</TimeML>
"""


def _folder(path: Path, text: str = _SMALL) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / "small.tml").write_text(text, encoding="utf-8")
    return path


def test_a_document_is_read_with_its_times(tmp_path: Path) -> None:
    (document,) = documents(_folder(tmp_path))
    assert (document.name, document.published) == ("small", "2017-10-18")
    assert [document.text[t.start : t.end] for t in document.times] == ["Monday", "two weeks", "2016", "an ill hour"]
    assert [t.value for t in document.times] == ["2017-10-16", "P2W", "2017-05", ""]


def test_scores_count_spans_and_values(tmp_path: Path) -> None:
    found = timex.scores(_folder(tmp_path))
    # Three of four found with equal spans, and two of these with the value that the document has.
    assert found == {
        "documents": 1, "gold": 4, "found": 3,
        "strict": 85.7, "strict_precision": 100.0, "strict_recall": 75.0,
        "relaxed": 85.7, "relaxed_precision": 100.0, "relaxed_recall": 75.0,
        "value": 57.1, "value_precision": 66.7, "value_recall": 50.0,
    }  # fmt: skip


def test_a_document_is_read_once_and_from_the_mended_version(tmp_path: Path) -> None:
    _folder(tmp_path / "A-other", _SMALL.replace("P2W", "P14D"))
    _folder(tmp_path / "TBAQ-cleaned")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(tmp_path.rglob("*.tml")):
            archive.write(file, file.relative_to(tmp_path).as_posix())
    (tmp_path / "both.zip").write_bytes(packed.getvalue())
    for path in (tmp_path, tmp_path / "both.zip"):
        (document,) = documents(path)
        assert document.times[1].value == "P2W"


def test_the_command_prints_the_scores_and_the_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    timex.main([str(_folder(tmp_path)), "--errors", "9"])
    out = capsys.readouterr()
    assert json.loads(out.out)["relaxed"] == 85.7
    assert "value small 2017-05 ours 2016 [2016]" in out.err
    assert "missed small none: eeks, as in 2016. It fell at [an ill hour]" in out.err


@pytest.mark.parametrize(("name", "content", "message"), [
    ("readme.txt", "nothing", "holds no file that ends in .tml"),
    ("broken.tml", "<TimeML><TEXT>", "not well-formed XML"),
])  # fmt: skip
def test_what_holds_no_documents_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        timex.main([str(tmp_path)])
    assert message in capsys.readouterr().err


def test_a_path_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        timex.main([str(tmp_path / "nowhere")])
    assert "does not exist" in capsys.readouterr().err


def _worded(text: str) -> list[tuple[str, str]]:
    dispatch, sentences = one_sentence(text, published=_PUBLISHED)
    found: list[Timex] = [t for one in times(dispatch, sentences) for t in timexes(one, text)]
    return [(text[t.start : t.end], t.value) for t in found]


@pytest.mark.parametrize(("text", "expected"), [
    # dates, their prepositions left out
    ("It fell on Monday.", [("Monday", "2017-10-16")]),
    ("It fell on 5 May.", [("5 May", "2017-05-05")]),
    ("It fell in June 2016.", [("June 2016", "2016-06")]),
    ("It was empty before 2014.", [("2014", "2014")]),
    ("It held from June to September.", [("June", "2017-06"), ("September", "2017-09")]),
    ("It fell last week.", [("last week", "2017-W41")]),
    ("It fell over the weekend.", [("the weekend", "2017-W41-WE")]),
    ("It lost money in the third quarter.", [("the third quarter", "2017-Q3")]),
    ("It fell last summer.", [("last summer", "2017-SU")]),
    ("It was dug in the 1990s.", [("the 1990s", "199")]),
    ("Its walls are from the 12th century.", [("the 12th century", "11")]),
    ("It shrank over the past year.", [("the past year", "2016")]),
    # times of day
    ("It fell on Sunday morning.", [("Sunday morning", "2017-10-15TMO")]),
    ("It fell last night.", [("last night", "2017-10-17TNI")]),
    ("It fell at noon on Friday.", [("noon on Friday", "2017-10-13T12:00")]),
    ("It fell at 3pm on Monday.", [("3pm on Monday", "2017-10-16T15:00")]),
    ("It fell at 12:05 a.m. on Monday.", [("12:05 a.m. on Monday", "2017-10-16T00:05")]),
    ("It fell on Monday at 14:30.", [("Monday at 14:30", "2017-10-16T14:30")]),
    # lengths
    ("It held for two years.", [("two years", "P2Y")]),
    ("A three-month siege ended.", [("three-month", "P3M")]),
    ("It held for two weeks.", [("two weeks", "P2W")]),
    ("It killed ten in the past 24 hours.", [("the past 24 hours", "PT24H")]),
    ("It held for a few days.", [("a few days", "PXD")]),
    ("It held for two decades.", [("two decades", "P20Y")]),
    ("It held for a fortnight.", [("a fortnight", "P2W")]),
    ("It burnt in recent weeks.", [("recent weeks", "PXW")]),
    ("It burnt a week after the raid.", [("a week", "P1W")]),
    # what is before, at and after now
    ("It is now empty.", [("now", "PRESENT_REF")]),
    ("It burnt recently.", [("recently", "PAST_REF")]),
    ("It will burn in the near future.", [("the near future", "FUTURE_REF")]),
    ("It has burnt in the past.", [("the past", "PAST_REF")]),
    # what comes again
    ("It burns every day.", [("every day", "P1D")]),
    ("It burns every two weeks.", [("every two weeks", "P2W")]),
    ("It burns every other day.", [("every other day", "P2D")]),
    ("It burns every Monday.", [("every Monday", "XXXX-WXX-1")]),
    ("It burns each July.", [("each July", "XXXX-07")]),
    ("It burns twice a week.", [("twice a week", "P1W")]),
    ("It burns annually.", [("annually", "P1Y")]),
])  # fmt: skip
def test_our_times_are_worded_as_timex3(text: str, expected: list[tuple[str, str]]) -> None:
    assert _worded(text) == expected
