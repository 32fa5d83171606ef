"""The sentences of the story: what is left out, what is cut off, what is a headline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.sentences import sentences
from onrecord.model.records import Dispatch, Marked
from onrecord.reader.rules import RuleTagger
from tests.factories import a_dispatch

PAGE = "Bridge falls\n\nBy Anna Reed\n\nThe last bridge fell on Sunday. Nobody was hurt.\n\nShare this page"


def read(dispatch: Dispatch) -> list[str]:
    return [s.text for s in sentences(dispatch, RuleTagger().tag(dispatch.text))]


def marked(text: str, **kinds: str) -> tuple[Marked, ...]:
    """Mark the first place of each stretch of words as the kind it is given with."""
    return tuple(
        Marked(text.index(words), text.index(words) + len(words), kind)  # type: ignore[arg-type]
        for kind, words in kinds.items()
    )


def test_marked_stretches_are_left_out_and_the_title_is_a_headline() -> None:
    marks = marked(PAGE, title="Bridge falls", byline="By Anna Reed", furniture="Share this page")
    dispatch = a_dispatch(PAGE, marked=marks)
    found = sentences(dispatch, RuleTagger().tag(PAGE))
    assert [(s.text, s.headline) for s in found] == [
        ("Bridge falls", True),
        ("The last bridge fell on Sunday.", False),
        ("Nobody was hurt.", False),
    ]
    assert [s.paragraph for s in found] == [0, 1, 1]


@pytest.mark.parametrize(
    "dateline", ["ARDUN - ", "ARDUN, June 3 (Newswire) - ", "(NW) — ", "NEW ARDUN — ", "Ardun: ", "ARDUN (NW): "]
)
def test_a_dateline_is_cut_off(dateline: str) -> None:
    assert read(a_dispatch(f"{dateline}The last bridge fell on Sunday.")) == ["The last bridge fell on Sunday."]


@pytest.mark.parametrize(
    "text",
    ["The force - once small - grew.", "UN staff left on Sunday: nobody stayed.", "IS fighters left the town."],
)
def test_what_only_looks_like_a_dateline_stays(text: str) -> None:
    assert read(a_dispatch(text)) == [text]


def test_a_mark_inside_a_sentence_takes_its_own_words_only() -> None:
    text = "The bridge fell [photo: A. Reed] on Sunday."
    assert read(a_dispatch(text, marked=marked(text, caption="[photo: A. Reed]"))) == ["The bridge fell", "on Sunday."]


def test_a_line_of_marks_is_no_sentence() -> None:
    assert read(a_dispatch("The bridge fell.\n\n* * *\n\nNobody was hurt.")) == ["The bridge fell.", "Nobody was hurt."]


@given(st.text(max_size=120), st.integers(0, 120), st.integers(0, 120))
def test_sentences_quote_the_text_and_stay_out_of_marks(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    dispatch = a_dispatch(text, marked=(Marked(start, end, "furniture"),))
    found = sentences(dispatch, RuleTagger().tag(text))
    assert [s.index for s in found] == list(range(len(found)))
    for sentence in found:
        assert dispatch.quote(sentence.span) == sentence.text
        assert all(t.end <= start or t.start >= end for t in sentence.tokens)
