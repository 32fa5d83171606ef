"""Who acts together, what still goes on, and which words are idioms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.extract.events.found import Found
from onrecord.extract.events.goingon import still_going
from onrecord.extract.events.idioms import idle
from onrecord.extract.events.jointly import foes_in, helping, joint
from onrecord.extract.read import by_rule, standard_kit
from onrecord.model.vocabulary import Status
from onrecord.reader.read import Trigger
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)
WAR = [("offensive", ["army"], ["rebels"]), ("shelling", ["rebels"], ["army"]), ("killing", ["army"], ["militia"])]


def test_those_who_fight_twice_are_enemies_both_ways_round() -> None:
    assert foes_in(WAR) == {("army", "rebels"), ("rebels", "army")}
    assert foes_in(WAR[:1]) == frozenset()


@pytest.mark.parametrize(
    ("kind", "others", "together", "kept"),
    [
        ("air_strike", set(), set(), ["army", "militia"]),
        ("armed_clash", set(), set(), ["army", "rebels", "militia"]),
        ("armed_clash", {"army"}, set(), ["army", "rebels", "militia"]),
        ("armed_clash", {"jihadists"}, set(), ["army", "militia"]),
        ("air_strike", set(), {"army", "rebels"}, ["army", "rebels", "militia"]),
    ],
)
def test_of_enemies_the_likelier_acts(kind: str, others: set[str], together: set[str], kept: list[str]) -> None:
    assert joint(kind, ["army", "rebels", "militia"], others, together, foes_in(WAR)) == kept


@pytest.mark.parametrize(
    ("kind", "agents", "targets", "out"),
    [
        ("support", {"army": 0.8, "council": 0.5}, {"rebels": 0.9}, {"army"}),
        ("support", {"army": 0.8}, {"council": 0.5, "rebels": 0.9}, {"rebels"}),
        ("support", {"army": 0.3}, {"rebels": 0.9}, {"army"}),
        ("support", {"army": 0.9}, {"rebels": 0.3}, {"rebels"}),
        ("support", {"council": 0.9}, {"rebels": 0.3}, set()),
        ("air_strike", {"army": 0.9}, {"rebels": 0.3}, set()),
    ],
)
def test_nobody_helps_an_enemy(kind: str, agents: dict[str, float], targets: dict[str, float], out: set[str]) -> None:
    assert helping(kind, agents, targets, foes_in(WAR)) == out


def offensives(text: str, *chances: float) -> list[Found]:
    """The events of the rules, with what the reader gives each to be ongoing."""
    found = by_rule(a_dispatch(text), KIT).found
    assert len(found) == len(chances)
    return [replace(item, seen=a_seen(chance)) for item, chance in zip(found, chances, strict=True)]


def a_seen(chance: float) -> Trigger:
    statuses: tuple[tuple[Status, float], ...] = (("ongoing", chance), ("happened", 1 - chance))
    return Trigger(0, 1, "offensive", "happened", 0.9, 0.9, 0.9, (("offensive", 0.9),), statuses, (), ())


@pytest.mark.parametrize(
    ("chances", "wanted"),
    [((0.2, 0.9), "ongoing"), ((0.05, 0.9), "happened"), ((0.2, 0.5), "happened")],
)
def test_an_operation_goes_on_where_the_dispatch_says_so_elsewhere(chances: tuple[float, float], wanted: str) -> None:
    text = "The army launched an offensive on Monday. The army's offensive is still under way."
    first, second = offensives(text, *chances)
    told = still_going([replace(first, status="happened"), replace(second, status="ongoing")])
    assert [item.status for item in told] == [wanted, "ongoing"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The union struck a new pact on Monday.", ["struck"]),
        ("Critics pushed back against the plan.", ["pushed", "back"]),
        ("The army pushed back the rebels.", []),
        ("Democrats took control of the House.", ["took", "control"]),
        ("Rebels took control of the house of the mayor.", []),
        ("The minister faces an uphill battle.", ["battle"]),
        ("Parents bombarded the ministry with emails.", ["bombarded"]),
        ("Jets bombarded the town, and the mayor with questions.", []),
    ],
)
def test_idioms_keep_words_from_being_events(text: str, words: list[str]) -> None:
    view = by_rule(a_dispatch(text), KIT).views[0]
    assert [view.words[i] for i in sorted(idle(view))] == words
