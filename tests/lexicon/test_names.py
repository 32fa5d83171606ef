"""Every name of the tables is found: that of an actor in a sentence of ours, that of a place in the gazetteer."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from onrecord.lexicon.actors import CATEGORIES, Actor
from onrecord.lexicon.gazetteer_sources import Row, supplement
from tests.lexicon.examples import kit
from tests.lexicon.finding import Findings

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "actors_tried.toml").read_text(encoding="utf-8"))
NEAR = 0.2  # degrees; a place of ours and the same one in GeoNames are no further apart
_BRACKET = re.compile(r"\s*\(.*\)$")


def _found(sentence: str, name: str, actor: Actor) -> bool:
    """Tell whether a name, where it stands last in a sentence, is found whole and as this actor."""
    at = sentence.rindex(name)
    mentions = Findings(sentence, kit()).mentions
    return any((m.span.start, m.span.end, m.name) == (at, at + len(name), actor.name) for m in mentions)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_name_of_an_actor_is_found_in_a_sentence(category: str) -> None:
    some = [actor for actor in kit().actors.by_name.values() if actor.category == category]
    lost = [
        name
        for actor in some
        for name in (re.sub("^The ", "", name) for name in actor.names if not name.islower())
        if not any(_found(frame.replace("{}", name), name, actor) for frame in CASES["actors"][actor.kind])
    ]
    assert sorted({*lost} - {*CASES["actors"]["not_read"]}) == []
    assert some


def test_every_short_form_means_the_actor_that_has_been_named() -> None:
    lost = [
        nickname
        for actor in kit().actors.by_name.values()
        for nickname in actor.nicknames
        if not any(_means(frame, nickname.removeprefix("the "), actor) for frame in CASES["nicknames"]["sentences"])
    ]
    assert sorted(lost) == sorted(CASES["nicknames"]["not_read"])


def _means(frame: str, nickname: str, actor: Actor) -> bool:
    return _found(frame.replace("{actor}", actor.name).replace("{}", nickname), nickname, actor)


def test_every_name_of_a_place_leads_to_it() -> None:
    lost = [
        (name, row.country) for row in supplement().rows for name in (row.name, *row.aliases) if not _leads(name, row)
    ]
    assert lost == []


def _leads(name: str, row: Row) -> bool:
    found = kit().gazetteer.lookup(_BRACKET.sub("", name))
    return any(
        abs(place.point[0] - row.lon) < NEAR and abs(place.point[1] - row.lat) < NEAR
        for place in found
        if place.country == row.country
    )
