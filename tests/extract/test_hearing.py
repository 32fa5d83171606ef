"""Where rules and trained reader meet on who said what: what each says by hand, and what comes of both."""

from __future__ import annotations

import re
from typing import Any

import pytest

from onrecord.extract.hearing import heard
from onrecord.extract.read import by_rule, standard_kit
from onrecord.reader.read import Attribution, Read, Stretch, Word
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)
SAID = "The army captured the hill, the mayor said. Witnesses told of heavy losses among the rebels in the hills."
HILL, LOSSES = "The army captured the hill", "heavy losses among the rebels in the hills"


def stretch(words: str, score: float = 0.9, text: str = SAID) -> Stretch:
    start = text.index(words)
    return Stretch(start, start + len(words), score)


def said(content: str, source: str, cue: str, *, score: float = 0.9, text: str = SAID) -> Attribution:
    return Attribution(stretch(content, score, text), stretch(source, text=text), stretch(cue, text=text))


def a_read(**parts: Any) -> Read:
    fields: dict[str, Any] = dict.fromkeys(Read.__slots__, ()) | parts
    return Read(**fields)


def heard_in(read: Read, text: str = SAID) -> list[tuple[str, str]]:
    """The head of each source and the words that are its own."""
    rules = by_rule(a_dispatch(text), KIT)
    found = heard(rules.sentences, rules.said, read, rules.cast)
    return [(text[slice(*one.phrase.head)], text[slice(*one.content)]) for one in found]


def test_an_attribution_of_the_rules_stays_where_the_reader_bears_it_out() -> None:
    assert heard_in(a_read(claims=(stretch(HILL),))) == [("the mayor", HILL)]
    assert heard_in(a_read()) == []


def test_what_the_reader_alone_marks_needs_a_source() -> None:
    sourced = a_read(claims=(stretch(LOSSES),), attributions=(said(LOSSES, "Witnesses", "told of"),))
    assert heard_in(sourced) == [("Witnesses", LOSSES)]
    assert heard_in(a_read(claims=(stretch(LOSSES, 0.99),))) == []


@pytest.mark.parametrize(("claim", "content", "kept"), [(0.85, 0.3, True), (0.7, 0.85, True), (0.7, 0.7, False)])
def test_a_doubtful_stretch_counts_where_it_is_marked_twice(claim: float, content: float, kept: bool) -> None:
    twice = said(LOSSES, "Witnesses", "told of", score=content)
    read = a_read(claims=(stretch(LOSSES, claim),), attributions=(twice,))
    assert bool(heard_in(read)) == kept


def test_words_go_as_far_as_the_reader_marks_them() -> None:
    text = "The mayor called the raid “a crime”, and left for the coast."
    assert heard_in(a_read(claims=(stretch("a crime", text=text),)), text) == [("The mayor", "a crime")]
    assert heard_in(a_read(claims=(stretch("the raid “a crime”", text=text),)), text) == [
        ("The mayor", "the raid “a crime”")
    ]


SPOKE = "Witnesses spoke of heavy losses on both sides of the river and of what the mayor called “a crime”."
OUTER = "heavy losses on both sides of the river and of what the mayor called “a crime”"


def test_words_inside_anothers_count_where_the_reader_marks_them_apart() -> None:
    marked = said(OUTER, "Witnesses", "spoke of", text=SPOKE)
    whole, crime = stretch(OUTER, text=SPOKE), stretch("a crime", text=SPOKE)
    assert heard_in(a_read(claims=(whole,), attributions=(marked,)), SPOKE) == [("Witnesses", OUTER)]
    found = heard_in(a_read(claims=(whole, crime), attributions=(marked,)), SPOKE)
    assert sorted(found) == [("Witnesses", OUTER), ("the mayor", "a crime")]


def test_two_statements_that_and_joins_are_not_one_within_the_other() -> None:
    text = "Selo said the road was shut and warned of raids on the mills."
    both = "the road was shut and warned of raids on the mills"
    read = a_read(claims=(stretch(both, text=text),), attributions=(said(both, "Selo", "said", text=text),))
    assert [words for _, words in heard_in(read, text)] == ["the road was shut", "raids on the mills"]


def test_a_shred_that_the_reader_marks_before_the_words_does_not_end_them() -> None:
    text = "Selo said that the road was shut."
    claims = (stretch("the road was shut", text=text),)
    shred = said("that", "Selo", "said", text=text)
    assert heard_in(a_read(claims=claims, attributions=(shred,)), text) == [("Selo", "the road was shut")]


def test_words_end_where_the_reader_has_them_end() -> None:
    text = "A year after the mayor claimed that the road was open Selo took the town by cutting all roads to the mill."
    own = said("that the road was open", "the mayor", "claimed", text=text)
    found = heard_in(a_read(attributions=(own,)), text)
    assert found == [("the mayor", "the road was open")]


def test_the_readers_source_counts_where_no_cue_of_the_rules_tells_one() -> None:
    content = "Will it ever leave again, or will we all have to swim?"
    text = f"Adil Selo came to the ferry at dawn with all of his goats. “{content}” Dana Velk asked."
    claims = (stretch(content, text=text),)
    assert heard_in(a_read(claims=claims), text) == [("Adil Selo", content)]
    marked = said(content, "Dana Velk", "asked", text=text)
    assert heard_in(a_read(claims=claims, attributions=(marked,)), text) == [("Dana Velk", content)]


def test_nobody_is_the_source_of_words_that_name_him() -> None:
    text = "“It rained,” said Selo. The rain went on for days. “He came back with the herd on the last day of it.”"
    content = "He came back with the herd on the last day of it."
    read = a_read(claims=(stretch(content, text=text),), attributions=(said(content, "He", "said", text=text),))
    assert "He" not in dict(heard_in(read, text))


def test_a_source_near_by_is_enough_without_a_cue() -> None:
    text = "For the drivers of Ardun the old road was the safest way to the coast."
    content, source = (
        stretch("the old road was the safest way to the coast", text=text),
        stretch("the drivers", text=text),
    )
    for named, found in ((source, ["the drivers"]), (None, [])):
        read = a_read(words=words_of(text), attributions=(Attribution(content, named, None),))
        assert [head for head, _ in heard_in(read, text)] == found


def test_who_is_where_a_source_is_named() -> None:
    text = "The drivers waited for the mayor, who said the road was open."
    own = said("the road was open", "who", "said", text=text)
    rules = by_rule(a_dispatch(text), KIT)
    (one,) = heard(rules.sentences, rules.said, a_read(attributions=(own,)), rules.cast)
    assert one.source is not None
    assert (text[slice(*one.phrase.head)], text[slice(*one.source)]) == ("the mayor", "who")


def test_a_quotation_that_goes_on_takes_the_source_that_the_reader_finds() -> None:
    text = "“The road is shut,” said Selo. A doctor shook her head at the words. “Nobody came to help us here.”"
    quoted = ("The road is shut", "Nobody came to help us here.")
    claims = tuple(stretch(words, text=text) for words in quoted)
    alone = heard_in(a_read(claims=claims), text)
    assert alone[0] == ("Selo", quoted[0])
    read = a_read(claims=claims, attributions=(said(quoted[1], "A doctor", "words", text=text),))
    assert heard_in(read, text)[-1] == ("A doctor", quoted[1])


def test_a_statement_keeps_all_that_is_attributed_beside_what_the_guide_cuts() -> None:
    text = "“The road is shut,” said Selo. He left."
    marked = said("“The road is shut,”", "Selo", "said", text=text)
    rules = by_rule(a_dispatch(text), KIT)
    read = a_read(claims=(stretch("The road is shut", text=text),), attributions=(marked,))
    (one,) = heard(rules.sentences, rules.said, read, rules.cast)
    assert text[slice(*one.content)] == "The road is shut"
    assert one.whole is not None
    assert text[slice(*one.whole)] == "“The road is shut,”"


def test_what_holds_the_cue_is_no_whole_of_its_words() -> None:
    marked = said(OUTER, "Witnesses", "spoke of", text=SPOKE)
    rules = by_rule(a_dispatch(SPOKE), KIT)
    read = a_read(claims=(stretch("a crime", text=SPOKE),), attributions=(marked,))
    wholes = {SPOKE[slice(*one.content)]: one.whole for one in heard(rules.sentences, rules.said, read, rules.cast)}
    assert wholes["a crime"] is None
    assert wholes[OUTER] is not None


LEANING = "The mayor opposes that new toll on the bridge. The rest is known."


@pytest.mark.parametrize(
    ("content", "cue", "score", "kept"),
    [
        ("that new toll on the bridge", "opposes", 0.75, ["new toll on the bridge"]),
        ("that new toll on the bridge", "opposes", 0.65, []),
        ("that", "opposes", 0.9, []),
    ],
)
def test_what_people_want_or_oppose_is_attributed_where_the_reader_is_sure(
    content: str, cue: str, score: float, kept: list[str]
) -> None:
    read = a_read(words=words_of(LEANING), attributions=(said(content, "The mayor", cue, score=score, text=LEANING),))
    rules = by_rule(a_dispatch(LEANING), KIT)
    found = heard(rules.sentences, rules.said, read, rules.cast)
    assert [LEANING[slice(*one.content)] for one in found] == kept
    assert {one.stance for one in found} <= {"evaluates"}


def test_what_nobody_said_is_no_statement() -> None:
    text = "The mayor did not oppose the new toll on the bridge."
    marked = said("the new toll on the bridge", "The mayor", "did not oppose", text=text)
    assert heard_in(a_read(words=words_of(text), attributions=(marked,)), text) == []


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, all nouns but for "that", none hanging on another."""
    found = re.finditer(r"\w+", text)
    return tuple(
        Word(m.start(), m.end(), m[0], 0, "SCONJ" if m[0] == "that" else "NOUN", n, "root", 1, 1)
        for n, m in enumerate(found)
    )


def test_a_denial_counts_though_the_reader_does_not_bear_it_out() -> None:
    assert heard_in(a_read(), "The army denies shelling the clinic.") == [("The army", "shelling the clinic")]
    assert heard_in(a_read(), "The army admitted shelling the clinic.") == []


@pytest.mark.parametrize("text", ["Neither side backed the truce.", "The driver asked not to be named there."])
def test_what_nobody_says_and_what_reports_nothing_is_not_heard(text: str) -> None:
    subject, cue, content = re.fullmatch(r"(\w+ \w+) (backed|asked) (.+)\.", text).groups()  # type: ignore[union-attr]
    marked = said(content, subject, cue, text=text)
    assert heard_in(a_read(words=words_of(text), attributions=(marked,)), text) == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Adil Selo, a spokesman for the Northern Front, said the town had fallen. Selo denied that the mill was "
            "burnt. The spokesman said that the road was shut.",
            [("Adil Selo", "Northern Front")] * 3,
        ),
        ("A senior military officer said the convoy had left.", [("senior military officer", "military")]),
        ("A top government official denied it had rained.", [("top government official", "government")]),
    ],
)
def test_speakers_have_their_rank_and_whom_they_speak_for(text: str, speakers: list[tuple[str, str]]) -> None:
    ruled = by_rule(a_dispatch(text), KIT)
    names = {mention.id: mention.name for mention in ruled.mentions}
    assert [(s.speaker_text, names.get(s.organisation or "")) for s in ruled.statements] == speakers
