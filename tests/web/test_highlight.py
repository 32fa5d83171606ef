"""The marked text is the text, whatever the marks."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.highlight import KINDS, Mark, fenced, highlight
from tests.web.browse import Reader

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["<b>&amp;</b> &lt;", "a\u202eb\u202c", "line\n\nline", "'\"&<>"]
)
KIND_NAMES = [kind for kind, _ in KINDS]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    edges = st.integers(-2, len(text) + 3)
    kinds = st.sampled_from(KIND_NAMES)
    hrefs = st.none() | st.sampled_from(["/events/1", '/x?"<y>&z'])
    marks = draw(st.lists(st.builds(Mark, edges, edges, kinds, hrefs, st.none() | TEXTS, st.none()), max_size=8))
    numbered = [Mark(m.start, m.end, m.kind, m.href, m.title, f"c-{n}") for n, m in enumerate(marks)]
    return text, numbered


def stripped(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(marked_texts())
def test_without_its_tags_it_is_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    assert re.sub(r"<[^>]*>", "", str(highlight(text, marks))) == re.sub(r"<[^>]*>", "", str(fenced(text)))
    assert stripped(str(highlight(text, marks))) == stripped(str(fenced(text)))


@given(marked_texts())
def test_tags_nest_links_hold_no_links_and_anchors_stand_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    html = str(highlight(text, marks))
    stack: list[str] = []
    for slash, name in re.findall(r"<(/?)(\w+)", html):
        if slash:
            assert stack.pop() == name
        else:
            assert name in ("a", "mark", "span", "bdi")
            assert name != "a" or "a" not in stack
            stack.append(name)
    assert not stack
    valid = [m.anchor for m in marks if 0 <= m.start < min(m.end, len(text))]
    assert sorted(Reader(html).ids) == sorted(a for a in valid if a)


def test_plain_text_stays_itself() -> None:
    text = "Fighters left Ardun & 'the' <river>."
    assert stripped(str(highlight(text, []))) == text


def test_crossing_marks_are_closed_and_opened_again() -> None:
    html = highlight("abcdef", [Mark(0, 4, "statement", anchor="s-1"), Mark(2, 6, "event", "/e", anchor="c-1")])
    assert html == (
        '<span class="m k-statement" id="s-1">ab<mark class="m k-event" id="c-1"><a href="/e">cd</a></mark></span>'
        '<mark class="m k-event"><a href="/e">ef</a></mark>'
    )


def test_the_shortest_mark_that_leads_somewhere_is_the_link() -> None:
    html = str(highlight("at least 40 fighters", [Mark(0, 20, "figure", "/f"), Mark(12, 20, "name", "/n")]))
    assert '<a href="/f">at least 40 </a>' in html
    assert '<a href="/n">fighters</a>' in html


def test_two_claims_of_the_same_words_keep_both_anchors() -> None:
    marks = [Mark(0, 4, "event", "/e", anchor="c-1"), Mark(0, 4, "figure", "/f", anchor="c-2")]
    assert sorted(Reader(str(highlight("died", marks))).ids) == ["c-1", "c-2"]


def test_what_turns_the_direction_of_writing_is_fenced_in() -> None:
    assert str(fenced("a\u202eb")) == 'a<bdi class="turn" title="U+202E">\u202e</bdi>b'
