"""Dating, step by step: how a time hangs with an event, what two mentions have in common, and the choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.extract.dating import Choice, Scene, best, dated, finer, in_scene, weights
from onrecord.extract.events.hanging import APART, CLAUSE, NEAR, ON, PURPOSE, SAID, UNKNOWN, Tree, hanging
from onrecord.extract.events.told import Told, kinship, marks
from onrecord.extract.read import by_rule, standard_kit
from onrecord.model.values import Span, When
from onrecord.reader.read import Word
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)


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


def a_choice(start: str, points: float, mark: str = "own") -> Choice:
    return Choice(When(start, start), ({mark: 1.0},), points, "for a test")


def test_dates_that_begin_together_count_together() -> None:
    choices = [a_choice("2017-10-13", 0.5), a_choice("2017-10-09", 0.4), a_choice("2017-10-09", 0.3)]
    choice, chance = best(choices)
    assert choice is choices[1]
    assert 0.4 < chance < 0.6
    assert best([]) == (None, 0.0)


def test_a_finer_date_within_one_replaces_it_where_the_same_sort_of_event_gives_it() -> None:
    month, day, other = a_choice("2017-09", 1.0), a_choice("2017-09-10", 0.5, "kin same"), a_choice("2017-10-01", 0.9)
    assert finer(month, [month, day, other]) is day
    assert finer(month, [month, replace(day, marks=({"kin strange": 1.0},))]) is month
    assert finer(month, [month, replace(day, points=-3.0)]) is month


def test_dates_are_taken_by_their_weights_and_say_where_they_are_from() -> None:
    text = "The army shelled Saraqeb on Friday. The shelling went on. Talks failed."
    rules = by_rule(a_dispatch(text), KIT)
    found = dated(rules.found, rules.times, (), "2017-10-15")
    dates = {item.trigger.lemma: item.when.start for item in found}
    assert dates == {"shell": "2017-10-13", "shelling": "2017-10-13", "talks": None}
    assert any("told elsewhere" in reason for item in found for reason in item.reasons)
    scene = Scene.of(rules.found, rules.times, (), "2017-10-15")
    against = replace(scene, weights={"own": -9.0, "heading": -9.0})
    assert not any(item.when.known for item in in_scene(rules.found, against))


def test_every_weight_has_a_mark_that_it_weighs() -> None:
    sources = "own again with strange kin hangs rule told heading agent target place status another in undated before"
    known = {*sources.split(), "same", "words", "opens", "several", "from", "share", "dates", "between"}
    assert {name.split()[0] for name in weights()} <= known | {"day", "month", "year"}
