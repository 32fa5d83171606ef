"""Dating, step by step: how a time hangs with an event, what two mentions have in common, and the choice."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from onrecord.extract.dating import Choice, Question, best, dated, finer, shares, with_date
from onrecord.extract.events.hanging import APART, CLAUSE, NEAR, ON, PURPOSE, SAID, UNKNOWN, Tree, hanging
from onrecord.extract.events.offered import lying
from onrecord.extract.events.scene import Scene, until_told
from onrecord.extract.events.told import Told, kinship, marks
from onrecord.extract.events.within import standing
from onrecord.extract.read import by_rule, read, standard_kit
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


def test_a_time_in_a_clause_of_its_own_is_told_from_one_of_the_event() -> None:
    text, time = "Shells hit men who came on Monday", "on Monday"
    apart = tree(text, "2:nsubj 0:root 2:obj 5:nsubj 3:acl 7:case 5:obl")
    found = standing(apart, Span("d", 7, 10), Span("d", text.index(time), len(text)))
    assert found == {"is obl": 1.0, "event below nothing": 1.0, "time below acl": 1.0}


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


def a_scene(text: str = TEXT, published: str = "2017-10-15") -> Scene:
    rules = by_rule(a_dispatch(text), KIT)
    words = [
        Word(m.start(), m.end(), m.group(), text.count(".", 0, m.start()), "X", i, "root", 1.0, 1.0)
        for i, m in enumerate(WORD.finditer(text))
    ]
    vectors = np.eye(len(words), 40, dtype=np.float32)
    seen = Read((), tuple(words), *((),) * 8, vectors)
    return Scene.of(rules.found, rules.times, seen, published)


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
    assert {"kin same", "nearest before", "nearest akin before", "named in both"} <= set(again)
    assert {"nearest akin after", "none named in both"} <= set(ties[0, 3])
    dated = {(0, 3), (1, 0), (1, 3), (2, 0), (2, 3), (3, 0)}
    assert {pair for pair, found in ties.items() if "handed on" not in found} == dated
    assert set(ties) - dated == {(0, 1), (1, 2), (2, 1), (3, 2)}


def test_a_day_told_in_a_sentence_without_events_is_offered_to_what_follows() -> None:
    question = Question.of(a_scene("It was a cold day in March 2015. Shells hit Saraqeb. Shells hit Belis in 2016."))
    assert [(offer.event, offer.start, "aside point" in offer.marks) for offer in question.offers] == [
        (0, "2015-03", True),
        (1, "2016", False),
    ]
    assert question.offers[0].marks["aside gap"] == 1


def test_what_a_time_hangs_on_and_what_lies_between_it_and_the_event() -> None:
    battle, shelling = Question.of(a_scene("After a battle in 2014, rebels shelled Belis.")).offers
    assert "with in" in battle.marks
    assert (battle.marks["after it"], shelling.marks["after it"]) == (1.0, 0.0)
    assert (battle.marks["breaks between"], shelling.marks["breaks between"]) == (0.0, 1.0)
    assert "open" in battle.marks


def test_an_event_told_beside_another_may_have_what_is_told_of_that_one_elsewhere() -> None:
    text = "The army attacked Belis on Friday. Talks failed. Ten people were killed since the attack on Belis."
    question = Question.of(a_scene(text))
    kinds = [item.kind for item in question.scene.found]
    killed = kinds.index("killing")
    marks = next(tie.marks for tie in question.ties if (tie.one, tie.other) == (killed, 0))
    assert {"mate effect", "mate by since"} <= set(marks)


def weighing(question: Question, own: float, *, tied: float = 0.0, fit: float = 0.0) -> Weighed:
    """The same points for each offer and each tie; `fit` for each date passed on by each."""
    offers, ties = (np.ones(len(some), np.float32) for some in (question.offers, question.ties))
    return Weighed(own * offers, 0 * offers, tied * ties, fit * offers[:, None], ties[:, None])


def test_what_an_event_passes_on_is_as_likely_as_its_own_date() -> None:
    question = Question.of(
        a_scene("The army shelled Saraqeb on Friday. It rested. It slept. The army shelled a bakery.")
    )
    for own, fit, passed in ((9.0, 0.0, 1.0), (0.0, 0.0, 0.5), (0.0, np.log(4), 2.0)):
        shelling = question.choices(weighing(question, own, fit=fit))[1]
        assert [c.power for c in shelling] == pytest.approx([passed], abs=1e-3)
        assert shelling[0].akin
        assert "told elsewhere" in shelling[0].reason


def test_an_event_without_a_date_hands_on_what_it_was_told_as_likely_as_it_has_it() -> None:
    question = Question.of(a_scene("The army shelled Saraqeb on Friday. The army shelled a bakery."))
    own, told = question.choices(weighing(question, 9.0))
    assert [round(c.power, 3) for c in told] == [1.0]
    assert [c.power for c in own if c.reason != "a time of its sentence"] == pytest.approx([0.5], abs=1e-3)


def test_what_hardly_anything_speaks_for_is_passed_over() -> None:
    question = Question.of(a_scene())
    assert question.choices(weighing(question, 9.0, tied=-12.0))[1] == []


def test_the_likeliest_date_comes_first() -> None:
    choices = [a_choice("2017-10-13", 1.0), a_choice("2016", 1.5), a_choice("2017-10-13", 1.5)]
    assert [(c.start, chance) for c, chance in shares(choices)] == [("2017-10-13", 0.5), ("2016", 0.3)]


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


def test_what_goes_on_from_a_day_lasts_until_it_is_told() -> None:
    day = When("2018-09-10", "2018-09-10")
    assert until_told(day, "2018-12-15") == When("2018-09-10", "2018-12-15")
    assert until_told(day, "2018-09-10") == until_told(day, None) == When("2018-09-10")
    assert until_told(When("2018-09", None), "2018-12-15") == When("2018-09", None)


def test_a_day_behind_since_is_a_beginning() -> None:
    text = "At least 900 fighters have been killed in Hajin since the offensive began on 10 September."
    reading = read(a_dispatch(text, published="2018-12-15"), standard_kit())
    when = {claim.type: claim.when for claim in reading.claims if claim.kind == "event"}
    assert when == {"killing": When("2018-09-10", "2018-12-15"), "offensive": When("2018-09-10", "2018-09-10")}
