"""Accounts that fit an event but for one slip are of that event."""

from __future__ import annotations

from typing import Any

from tests.reconcile.scene import Scene, record_of, scene


def _told(kind: str, place: str, day: str, *, outlet: str, killed: int | None = None, agent: str = "ARDF") -> Scene:
    made = scene(f"{agent} struck {place}, the {outlet} heard of {day}; {killed} killed.", outlet=outlet, published=day)
    where = made.name(place, "place")
    fields: dict[str, Any] = {"agents": [made.name(agent)], "place": where, "when": day}
    event = made.claim("struck", type=kind, **fields)
    if killed:
        made.figure("killed", "killed", killed, killed, about=event, place=where)
    return made


def _events(*scenes: Scene) -> list[str]:
    return sorted(e.type for e in record_of(*scenes).events)


def test_another_word_for_the_attack_at_one_place_and_day() -> None:
    first = [_told("air_strike", "Ardun", "2017-10-11", outlet=paper) for paper in ("Dawn", "Noon")]
    slip = _told("shelling", "Ardun", "2017-10-11", outlet="Eve")
    assert _events(*first, slip) == ["air_strike"]


def test_an_attack_by_another_side_is_another_one() -> None:
    first = [_told("air_strike", "Ardun", "2017-10-11", outlet=paper) for paper in ("Dawn", "Noon")]
    other = _told("shelling", "Ardun", "2017-10-11", outlet="Eve", agent="Black Banner")
    assert _events(*first, other) == ["air_strike", "shelling"]


def test_the_day_after_with_the_same_number() -> None:
    first = _told("air_strike", "Ardun", "2017-10-11", outlet="Dawn", killed=23)
    assert _events(first, _told("air_strike", "Ardun", "2017-10-12", outlet="Eve", killed=23)) == ["air_strike"]
    assert len(_events(first, _told("air_strike", "Ardun", "2017-10-12", outlet="Eve", killed=24))) == 2
    assert len(_events(first, _told("air_strike", "Ardun", "2017-10-13", outlet="Eve", killed=23))) == 2


def test_the_next_town_with_the_same_number_on_the_day() -> None:
    first = _told("air_strike", "Ardun", "2017-10-11", outlet="Dawn", killed=23)
    assert _events(first, _told("air_strike", "Belis", "2017-10-11", outlet="Eve", killed=23)) == ["air_strike"]
    assert len(_events(first, _told("air_strike", "Belis", "2017-10-11", outlet="Eve", killed=3))) == 2
