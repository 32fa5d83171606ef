"""Each entry of the lists of `reconcile.toml` that no sentence can show: what comes of it, and what without it.

The lists of words for names and people have their examples in `tests/cases/lexicon/reconcile.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.model.records import Mention
from onrecord.model.values import When
from tests.lexicon.examples import Entry, all_entries, without
from tests.reconcile.scene import Scene, record_of, scene

_DAY = "2017-10-09"


def _report(outlet: str, type_: str, when: When | None = None, *, place: str = "Ardun", turned: bool = False) -> Scene:
    """A report of the Front acting on the Banner, or `turned` the other way round."""
    made = scene(f"{outlet}: in {place} the ARDF and the Black Banner met; it was over soon.", outlet=outlet)
    front, banner = made.name("ARDF"), made.name("Black Banner")
    doer, target = (banner, front) if turned else (front, banner)
    where, on = made.name(place, "place"), when or When()
    made.claim("met", type=type_, place=where, when=on, agents=[doer], targets=[target])
    return made


def _events(*scenes: Scene) -> int:
    return len(record_of(*scenes).events)


def _news_and_long_past(type_: str) -> int:
    made = _report("Post", type_)
    named = {m.name: m for m in made.parts if isinstance(m, Mention)}
    made.claim("over", type=type_, agents=[named["ARDF"]], place=named["Ardun"], when="2014-05")
    return _events(made)


def _month_and_day(type_: str) -> int:
    return _events(_report("Post", type_, When("2017-10", "2017-10")), _report("Echo", type_, When(_DAY, _DAY)))


def _overlapping(type_: str) -> int:
    first, second = When("2017-05-03", "2017-05-29"), When("2017-05-15", "2017-06-20")
    return _events(_report("Post", type_, first), _report("Echo", type_, second))


def _town_and_quarter(type_: str) -> int:
    on = When(_DAY, _DAY)
    return _events(_report("Post", type_, on), _report("Echo", type_, on, place="Millgate"))


def _turned_round(type_: str) -> int:
    on = When(_DAY, _DAY)
    return _events(_report("Post", type_, on), _report("Echo", type_, on, turned=True))


def _caused(cause: str, consequence: str) -> int:
    """Count the deaths of two reports that each tell them after what did it."""
    scenes = [_report(outlet, cause, When(_DAY, _DAY)) for outlet in ("Post", "Echo")]
    for made in scenes:
        made.claim("over", type=consequence)
    return sum(event.type == consequence for event in record_of(*scenes).events)


def _other_word(pair: str) -> int:
    one, other = pair.strip("[]'").split("', '")
    on = When(_DAY, _DAY)
    return _events(_report("Post", one, on), _report("Times", one, on), _report("Echo", other, on))


def _entering(word: str) -> int:
    """Count the sides that hold a town whose capture is told by this word."""
    made = scene(f"On Monday the ARDF {word} Ardun.")
    made.claim(word, type="territory_gain", agents=[made.name("ARDF")], place=made.name("Ardun", "place"), when=_DAY)
    return sum(stretch.state == "holds" for stretch in record_of(made).control)


def _figures(*told: tuple[str, str, int], **fields: Any) -> tuple[int, list[str]]:
    """Return how many figures come of some (words, measure, number) of a town, and why their accounts differ."""
    scenes = []
    for at, (words, measure, number) in enumerate(told):
        made = scene(f"In Ardun {words}.", outlet=f"Paper {at}")
        made.figure(str(number), measure, number, number, place=made.name("Ardun", "place"), **fields)
        scenes.append(made)
    found = record_of(*scenes).figures
    return len(found), [dispute.why for figure in found for dispute in figure.disputes]


def _mixed_up(measure: str) -> int:
    other = "displaced" if measure == "evacuated" else "evacuated"
    return _figures(("275 left", measure, 275), ("some 275 went", other, 275), who="fighters", as_of="2017-10-15")[0]


def _revised(word: str) -> int:
    made = scene(f"In Ardun 60 died. The count is {word}, 85 died.")
    place = made.name("Ardun", "place")
    for number in (60, 85):
        made.figure(str(number), "killed", number, number, place=place, as_of="2017-10-15", mode="cumulative")
    return len(record_of(made).figures)


def _moments(word: str) -> int:
    told = (("40 are held", "detained", 40), (f"{word} the truce 60 were held", "detained", 60))
    _, why = _figures(*told, who="rebels", as_of="2017-10-15", mode="current")
    return sum("different moments" in reason for reason in why)


# The list, what is counted, the count with the entry and the count without it.
_RECIPES: list[tuple[str, Callable[[str], int], int, int]] = [
    ("lasting", _news_and_long_past, 2, 1),
    ("frequent", _month_and_day, 2, 1),
    ("spans", _overlapping, 1, 2),
    ("consequences", lambda name: _caused("air_strike", name), 1, 2),
    ("causes", lambda name: _caused(name, "killing"), 1, 2),
    ("whole", _town_and_quarter, 2, 1),
    ("mutual", _turned_round, 1, 2),
    ("entries", _entering, 0, 1),
    ("mistaken pairs", _other_word, 1, 2),
    ("families moved", _mixed_up, 1, 2),
    ("revisions words", _revised, 1, 2),
    ("moments earlier", _moments, 1, 0),
]
_ENTRIES = [
    pytest.param(entry, *recipe, id=f"{name}: {entry.name}")
    for name, *recipe in _RECIPES
    for entry in all_entries("reconcile")
    if " ".join(entry.section) == name
]


@pytest.mark.parametrize(("entry", "made", "with_it", "without_it"), _ENTRIES)
def test_an_entry_does_what_its_list_says(
    entry: Entry, made: Callable[[str], int], with_it: int, without_it: int
) -> None:
    assert made(entry.name) == with_it
    with without(entry):
        assert made(entry.name) == without_it


def test_every_such_list_is_tried() -> None:
    tried = {" ".join(entry.section) for param in _ENTRIES for entry in param.values[:1] if isinstance(entry, Entry)}
    assert tried == {name for name, *_ in _RECIPES}
