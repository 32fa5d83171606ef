"""Each entry of the tables under `lexicon/data/conventions` is needed: the lists that are closed, and the words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from onrecord.exports.conventions import Conventions
from onrecord.exports.parties import Parties, People
from onrecord.exports.tables import TABLES, columns
from onrecord.lexicon.actors import CATEGORIES
from onrecord.model.records import Entity
from onrecord.model.vocabulary import EVENT_TYPES, STATUSES, Grade, Precision

_ALL = Conventions()
_POINTS = set(get_args(Precision))
_SUB_TYPES = {sub for subs in _ALL.table("acled")["hierarchy"].values() for sub in subs}
_PLOVER = set(_ALL.table("plover")["modes"])
_SORTS = {*CATEGORIES, "group", "unidentified", "civilians"}

# Columns for which HXL has no hashtag.
_UNTAGGED = {
    "events": {"claims"},
    "statements": {"start", "end", "direct"},
    "entities": {"roles", "read"},
    "control": {"disputed"},
}

# What each table must have an entry for, no more and no less.
_CLOSED: list[tuple[str, str, Iterable[str]]] = [
    *[(name, "events", EVENT_TYPES) for name in ("acled", "plover", "ucdp")],
    *[(name, "statuses", STATUSES) for name in ("acled", "airwars", "notes", "plover", "ucdp")],
    ("notes", "clauses", EVENT_TYPES),
    ("notes", "unknown", ["agent"]),
    ("acled", "actors", _SORTS),
    ("acled", "disorder", {*_ALL.table("acled")["hierarchy"], "Excessive force against protesters", "Mob violence"}),
    ("acled", "places", _POINTS - {"country", "none"}),
    ("acled", "lasting", ["types", "days"]),
    ("acled", "scales", ["own", "press", "agency", "monitor", "ngo", "igo", "state_force", "unknown"]),
    ("airwars", "grades", get_args(Grade)),
    ("airwars", "strikes", get_args(Grade)),
    ("airwars", "places", _POINTS),
    ("airwars", "assessments", ["own_word", "denied", "silent"]),
    ("plover", "quads", _PLOVER),
    ("plover", "sectors", {*_SORTS, "person"}),
    ("plover", "places", _POINTS),
    ("ucdp", "places", _POINTS - {"none"}),
    ("ucdp", "active", ["deaths"]),
    *[("hxl", name, {*columns(name)} - _UNTAGGED.get(name, set())) for name in TABLES],
    ("people", "", ["everybody", "children", "women", "men", "civilians", "fighters"]),
]


@pytest.mark.parametrize(("convention", "heading", "names"), _CLOSED, ids=[f"{c} {h}" for c, h, _ in _CLOSED])
def test_a_table_has_an_entry_for_each_name(convention: str, heading: str, names: Iterable[str]) -> None:
    table = _ALL.table(convention)
    assert set(table[heading] if heading else table) == set(names)


def test_each_sub_type_of_acled_is_read_back() -> None:
    assert set(_ALL.table("imports")["acled"]["types"]) == _SUB_TYPES


def test_each_project_is_read_by_the_same_headings() -> None:
    ours = {name: set(table) for name, table in _ALL.table("imports").items()}
    assert ours["acled"] == ours["ucdp-ged"] == ours["airwars"] >= {"wanted", "date", "type_else", "places", "types"}


_WORDS = [(group, word) for group, entry in _ALL.table("people").items() for word in entry["words"]]


@pytest.mark.parametrize(("group", "word"), _WORDS)
def test_a_word_for_people_tells_the_group(group: str, word: str) -> None:
    table = {name: {"words": [w for w in e["words"] if w != word]} for name, e in _ALL.table("people").items()}
    assert People(_ALL.table("people")).group(f"40 {word}") == group
    assert People(table).group(f"40 {word}") != group, "another entry does the same: take this one out"


# A force abroad for each word that makes it one of its state.
_FORCES = {
    "army": "British army",
    "military": "US military",
    "air force": "French Air Force",
    "navy": "Royal Navy",
    "marine corps": "US Marine Corps",
    "armed forces": "Canadian Armed Forces",
    "defence force": "Australian Defence Force",
    "command": "US Africa Command",
    "air service": "Special Air Service",
}


@pytest.mark.parametrize("word", _ALL.table("countries")["forces"]["words"])
def test_a_word_for_forces_makes_one_its_states(word: str, tmp_path: Path) -> None:
    force = Entity(id="e", kind="group", name=_FORCES[word], aliases=())
    others = [w for w in _ALL.table("countries")["forces"]["words"] if w != word]
    (tmp_path / "countries.toml").write_text(f"[forces]\nwords = {others}\n", encoding="utf-8")
    assert Parties(_ALL).party(force).state is not None
    assert Parties(Conventions(tmp_path)).party(force).state is None
