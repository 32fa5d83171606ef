"""Dating, step by step: how a time hangs with an event, what two mentions have in common, and the choice."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from onrecord.extract.dating import Choice, Question, best, dated, finer, with_date
from onrecord.extract.events.hanging import APART, CLAUSE, NEAR, ON, PURPOSE, SAID, UNKNOWN, Tree, hanging
from onrecord.extract.events.offered import Scene, lying
from onrecord.extract.events.told import Told, kinship, marks
from onrecord.extract.read import by_rule, standard_kit
from onrecord.model.values import Span, When
from onrecord.reader.dates import Weighed
from onrecord.reader.read import Read, Word
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)
WORD = re.compile(r"\w+|\.")


def tree(text: str, heads: str) -> Tree:
    """A tree from one "head:relation" for each word, heads counted from 1, 0 for the root."""
    words, at = [], 0
    for i, (form, hung) in enumerate(zip(text.split(), heads.split(), strict=True)):
        head, relation = hung.split(":")
        words.append(Word(at, at + len(form), form, 0, "X", int(head) - 1 if int(head) else i, relation, 1.0, 1.0))
        at += len(form) + 1
    return Tree(words)


@pytest.mark.parametrize(
    ("text", "heads", "expected"),
    [
        ("Shells hit Saraqeb on Monday", "2:nsubj 0:root 2:obj 5:case 2:obl", ON),
        ("Ten died when shells hit on Monday", "2:nsubj 0:root 5:mark 5:nsubj 2:advcl 7:case 2:obl", CLAUSE),
        ("Men died and hit on Monday", "2:nsubj 0:root 4:cc 2:conj 6:case 2:obl", NEAR),
        ("Men came on Monday to hit", "2:nsubj 0:root 4:case 2:obl 6:mark 2:xcomp", PURPOSE),
        ("He said on Monday shells hit", "2:nsubj 0:root 4:case 2:obl 6:nsubj 2:ccomp", SAID),
        ("If men rest on Monday shells hit if", "3:mark 3:nsubj 7:advcl 5:case 3:obl 7:nsubj 0:root 7:mark", CLAUSE),
    ],
)
def test_how_a_time_hangs_together_with_an_event(text: str, heads: str, expected: str) -> None:
    event, time = text.index("hit"), text.index("on Monday")
    assert hanging(tree(text, heads), Span("d", event, event + 3), Span("d", time, time + 9)) == expected


def test_a_time_of_another_sentence_is_apart_and_without_a_tree_nothing_is_known() -> None:
    text = "Men hit it on Monday"
    two = tree(text, "2:nsubj 0:root 2:obj 5:case 0:root")
    event, time = Span("d", 4, 7), Span("d", 11, 20)
    assert hanging(two, event, time) == APART
    assert hanging(Tree(()), event, time) == UNKNOWN


def a_telling(kind: str = "shelling", **fields: object) -> Told:
    none: frozenset[str] = frozenset()
    return replace(Told(kind, kind, "the", "attack", "happened", 3, none, none, ""), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shelling", "shelling", "same"),
        ("killing", "shelling", "effect"),
        ("shelling", "killing", "cause"),
        ("killing", "injury", "beside"),
        ("negotiation", "shelling", "strange"),
    ],
)
def test_types_of_event_are_of_one_sort_or_go_together_or_are_strange(one: str, other: str, expected: str) -> None:
    assert kinship(a_telling(one), a_telling(other)) == expected


def test_what_two_mentions_have_in_common() -> None:
    army, rebels = frozenset({"army"}), frozenset({"rebels"})
    one = a_telling(agents=army, targets=rebels, place="Saraqeb")
    other = a_telling(agents=rebels, targets=rebels, place="Saraqeb", sentence=0, status="ongoing")
    found = marks(one, other)
    assert {"kin same", "again near", "again form the", "same word", "status other"} <= set(found)
    assert {"agent other", "target same", "place same"} <= set(found)
    assert "before it" not in found
    assert "before it" in marks(other, one)


def a_choice(start: str, power: float, *, akin: bool = False) -> Choice:
    return Choice(When(start, start), power, "for a test", akin)


def test_dates_that_begin_together_count_together() -> None:
    choices = [a_choice("2017-10-13", 1.6), a_choice("2017-10-09", 1.5), a_choice("2017-10-09", 1.3)]
    choice, chance = best(choices)
    assert choice is choices[1]
    assert chance == pytest.approx(2.8 / 5.4)
    assert best([]) == (None, 0.0)


def test_a_finer_date_within_one_replaces_it_where_the_same_sort_of_event_gives_it() -> None:
    month, day, other = a_choice("2017-09", 2.7), a_choice("2017-09-10", 1.6, akin=True), a_choice("2017-10-01", 2.4)
    assert finer(month, [month, day, other]) is day
    assert finer(month, [month, replace(day, akin=False)]) is month
    assert finer(month, [month, replace(day, power=0.05)]) is month


@pytest.mark.parametrize(
    ("start", "published", "expected"),
    [
        ("2017-10-18", "2017-10-18", "today"),
        ("2017-10-17", "2017-10-18", "yesterday"),
        ("2017-10-11", "2017-10-18", "days ago"),
        ("2017-09-30", "2017-10-18", "weeks ago"),
        ("2016-12-30", "2017-10-18", "months ago"),
        ("2014-12-30", "2017-10-18", "years ago"),
        ("2017-10", "2017-10-18", "this month"),
        ("2016-12", "2017-01-18", "last month"),
        ("2016-11", "2017-01-18", "months ago"),
        ("2016", "2017-01-18", "last year"),
        ("2014", "2017-01-18", "years ago"),
        ("2018", "2017-01-18", "ahead"),
        ("2017-10-19", "2017-10-18", "ahead"),
        ("2017-10-19", "2017-10", "this month"),
        ("2017-10-19", None, "undated"),
    ],
)
def test_how_a_date_lies_to_the_day_of_publication(start: str, published: str | None, expected: str) -> None:
    assert lying(start, published) == expected


TEXT = "The army shelled Saraqeb on Friday. The army also shelled a bakery. Talks failed. A school was shelled in 2014."


def a_scene(text: str = TEXT) -> Scene:
    rules = by_rule(a_dispatch(text), KIT)
    words = [
        Word(m.start(), m.end(), m.group(), 0, "X", i, "root", 1.0, 1.0) for i, m in enumerate(WORD.finditer(text))
    ]
    vectors = np.eye(len(words), 40, dtype=np.float32)
    seen = Read((), tuple(words), *((),) * 8, vectors)
    return Scene.of(rules.found, rules.times, seen, "2017-10-15")


def test_an_event_is_offered_the_times_of_its_sentence() -> None:
    question = Question.of(a_scene())
    assert [(offer.event, offer.start) for offer in question.offers] == [(0, "2017-10-13"), (3, "2014")]
    friday = question.offers[0].marks
    assert {"time point", "rule same", "day", "lies days ago", "past happened"} <= set(friday)
    assert friday["share"] == pytest.approx(0.5)


def test_events_are_tied_to_the_dated_ones_around_them() -> None:
    question = Question.of(a_scene())
    ties = {(tie.one, tie.other): tie.marks for tie in question.ties}
    again = ties[1, 0]
    assert {"kin same", "nearest before", "nearest akin before"} <= set(again)
    assert "nearest akin after" in ties[0, 3]
    assert set(ties) == {(0, 3), (1, 0), (1, 3), (2, 0), (2, 3), (3, 0)}


def test_what_an_event_passes_on_is_as_likely_as_its_own_date() -> None:
    question = Question.of(a_scene())
    none = np.zeros(len(question.ties), np.float32)
    for own, passed in ((9.0, 1.0), (0.0, 0.5)):
        points = np.full(len(question.offers), own, np.float32)
        given = Weighed(points, np.zeros_like(points), none)
        shelling = [c for c in question.choices(given)[1] if c.start == "2017-10-13"]
        assert [c.power for c in shelling] == pytest.approx([passed], abs=1e-3)
        assert shelling[0].akin
        assert "told elsewhere" in shelling[0].reason


def test_dates_are_taken_where_they_are_likely_enough_and_say_where_they_are_from() -> None:
    rules = by_rule(a_dispatch("Shells hit Saraqeb on Friday."), KIT)
    item = rules.found[0]
    taken = with_date(item, [a_choice("2017-10-13", 1.0)])
    assert taken.when.start == "2017-10-13"
    assert taken.reasons[-1] == "date: for a test (50%)"
    assert not with_date(item, [a_choice("2017-10-13", 0.2)]).when.known


def test_the_dates_of_a_dispatch_by_the_weights_that_ship() -> None:
    kit = standard_kit()
    assert kit.reader
    rules = by_rule(a_dispatch(TEXT), kit)
    seen = kit.reader.read(TEXT, rules.known)
    found = dated(rules.found, rules.times, seen, "2017-10-15", kit.reader)
    assert [item.when.start for item in found] == ["2017-10-13", "2017-10-13", None, "2014"]
    assert dated([], (), seen, None, kit.reader) == []
