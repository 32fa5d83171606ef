"""Names in an event's sentence that can have no part in it."""

from __future__ import annotations

from typing import Literal

import pytest

from onrecord.extract.events.bystanders import homes, relative_suffers, stands_by
from onrecord.extract.read import by_rule, standard_kit
from tests.factories import a_dispatch

KIT = standard_kit(trained=False)
Role = Literal["agent", "target"]


@pytest.mark.parametrize(
    ("text", "role", "names"),
    [
        ("The army shelled Homs in support of the rebels.", "target", {"rebels"}),
        ("The army shelled the rebels in Homs.", "target", set()),
        ("A guard who fought alongside the rebels was killed.", "target", {"rebels"}),
        ("A guard was killed alongside the rebels.", "target", set()),
        ("Turkey sought support against the rebels.", "target", {"rebels"}),
        ("The army began an operation against the rebels.", "agent", {"rebels"}),
        ("Turkey blamed the rebels for the shelling.", "agent", {"Turkey"}),
        ("Turkey was blamed by the rebels for the shelling.", "agent", set()),
        ("Turkey held the rebels responsible for the shelling.", "agent", {"Turkey"}),
        ("Turkey held talks with rebels after the shelling.", "agent", set()),
        ("The dead among the rebels were ten.", "agent", {"rebels"}),
        ("The SDF waits until everyone who wants to surrender has come.", "agent", {"Syrian Democratic Forces"}),
        ("Omar Tell, 24, from Homs, was killed in Ardun.", "target", {"Homs"}),
    ],
)
def test_grammar_keeps_names_out(text: str, role: Role, names: set[str]) -> None:
    ruled = by_rule(a_dispatch(text), KIT)
    barred = [c.mention.name for item in ruled.found for c in item.view.chunks if stands_by(item, c, role)]
    assert set(barred) == names


def test_each_place_of_a_home_is_one() -> None:
    view = by_rule(
        a_dispatch("Omar Tell, 24, from Derby, Kent, left Homs for Idlib. Rebels from Homs left."), KIT
    ).views
    assert [[view.words[first] for first in sorted(homes(view))] for view in view] == [["derby", "kent"], []]


@pytest.mark.parametrize(
    ("text", "suffers"),
    [
        ("Her husband was killed in Homs.", True),
        ("Adil Selo was killed in Homs.", False),
        ("Her husband killed a guard in Homs.", False),
    ],
)
def test_a_relative_without_a_name_dies(text: str, suffers: bool) -> None:
    assert [relative_suffers(item) for item in by_rule(a_dispatch(text), KIT).found] == [suffers]
