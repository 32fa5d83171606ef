"""Who says what a cue attributes, by trees drawn by hand: each word with its part of speech, relation and head."""

from __future__ import annotations

import pytest

from onrecord.extract.attribution.subjects import Subjects
from onrecord.reader.read import Word


def tree(drawn: str) -> tuple[str, tuple[Word, ...]]:
    """Return the text and the words of a tree drawn as `form/TAG/relation/head`, heads counted from 0."""
    words: list[Word] = []
    for at, piece in enumerate(drawn.split()):
        form, tag, relation, head = piece.rsplit("/", 3)
        start = words[-1].end + 1 if at else 0
        words.append(Word(start, start + len(form), form, 0, tag, int(head), relation, 1.0, 1.0))
    return " ".join(word.text for word in words), tuple(words)


MAYOR = "The/DET/det/2 old/ADJ/amod/2 mayor/NOUN/nsubj/{} of/ADP/case/4 Ardun/PROPN/nmod/2 "


@pytest.mark.parametrize(
    ("drawn", "cue", "content", "source"),
    [
        (
            MAYOR.format(5) + "opposes/VERB/root/5 the/DET/det/7 toll/NOUN/obj/5",
            "opposes",
            "the toll",
            "The old mayor of Ardun",
        ),
        (
            MAYOR.format(5) + "came/VERB/root/5 and/CCONJ/cc/7 wants/VERB/conj/5 a/DET/det/9 toll/NOUN/obj/7",
            "wants",
            "a toll",
            "The old mayor of Ardun",
        ),
        (
            "Guards/NOUN/nsubj/4 who/PRON/nsubj/2 fear/VERB/acl/0 him/PRON/obj/2 left/VERB/root/4",
            "fear",
            "him",
            "Guards",
        ),
        (
            "The/DET/det/1 toll/NOUN/nsubj/3 is/AUX/aux/3 opposed/VERB/root/3 by/ADP/case/5 Selo/PROPN/obl/3",
            "opposed",
            "toll",
            "Selo",
        ),
        (
            "The/DET/det/1 toll/NOUN/nsubj/3 is/AUX/aux/3 expected/VERB/root/3 soon/ADV/advmod/3",
            "is expected",
            "soon",
            None,
        ),
        ("Selo/PROPN/nsubj/1 seems/VERB/root/1 sure/ADJ/xcomp/1", "seems", "sure", None),
        (
            "Selo/PROPN/nmod/2 's/PART/case/0 plan/NOUN/root/2 to/PART/mark/4 leave/VERB/acl/2",
            "plan",
            "to leave",
            "Selo",
        ),
        ("rumours/NOUN/root/0 of/ADP/case/2 war/NOUN/nmod/0", "rumours", "war", None),
        ("Selo/PROPN/nsubj/1 wants/VERB/root/1 peace/NOUN/obj/1", "wants", "Selo", None),
    ],
)
def test_the_tree_tells_who_says_it(drawn: str, cue: str, content: str, source: str | None) -> None:
    text, words = tree(drawn)
    spans = [(text.index(part), text.index(part) + len(part)) for part in (cue, content)]
    found = Subjects(words).of(spans[0], spans[1])
    assert (text[slice(*found)] if found else None) == source
