"""Mentions, who is meant by them, and what stands beside a person's name."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.mentions.names import mentions
from onrecord.extract.mentions.profiles import profiles
from onrecord.extract.parts import Kit
from onrecord.extract.sentences import sentences
from onrecord.lexicon.actors import load
from onrecord.lexicon.gazetteer import Gazetteer, Place
from onrecord.model.records import Dispatch, Mention, mention_id
from onrecord.reader.rules import RuleTagger
from tests.factories import a_dispatch, span_of

CASES = Path(__file__).parents[1] / "cases"
TABLE = tomllib.loads((CASES / "names.toml").read_text(encoding="utf-8"))["case"]
TOWNS = {"Ardun": "town", "Velik": "town", "Sarna": "admin1", "Turkey": "country"}


class Towns(Gazetteer):
    """A gazetteer of a few made-up towns."""

    def __init__(self) -> None:
        self.path = Path("none")

    def known(self, name: str) -> bool:
        return name in TOWNS

    def commonly(self, name: str) -> tuple[Place, ...]:
        return self.lookup(name)

    def lookup(self, name: str) -> tuple[Place, ...]:
        if name not in TOWNS:
            return ()
        people = 9000 if TOWNS[name] == "town" else 0
        return (Place(f"test:{name}", name, (38.0, 35.0), TOWNS[name], "SY", population=people),)


KIT = Kit(RuleTagger(), load((CASES / "names_actors.toml",)), Towns())


def read(text: str) -> tuple[Dispatch, tuple[Mention, ...]]:
    dispatch = a_dispatch(text)
    return dispatch, mentions(dispatch, sentences(dispatch, KIT.tagger.tag(text)), KIT)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_mentions_of_the_table(case: dict[str, Any]) -> None:
    dispatch, found = read(case["text"])
    seen = {(m.span, m.kind, m.name) for m in found}
    wanted = {(span_of(dispatch, w, *nth), kind, name) for w, kind, name, *nth in case["mentions"]}
    assert wanted <= seen
    if case.get("only"):
        assert wanted == seen
    assert not {dispatch.quote(m.span) for m in found} & set(case.get("absent", ()))


def test_a_mention_knows_its_form_and_its_id() -> None:
    _, found = read("RDF troops met Anna Reed, who said she would stay.")
    assert {m.name: m.form for m in found if m.kind == "group"} == {"River Defence Forces": "nominal"}
    assert [m.form for m in found if m.name == "Anna Reed"] == ["name", "pronoun"]
    assert all(m.id == mention_id(m.span, m.kind) for m in found)


VOCABULARY = """
    RDF Black Dawn spokesman Colonel Omar Tell said the of in Ardun Ardun’s hospital militants The city and families
    he it its Turkish forces Council , . ( ) “ 24 northern Turkey province Tuesday their them a official secretary
    state ] [
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n\n"])


@given(st.lists(WORDS, max_size=50).map(" ".join))
def test_mentions_stand_in_order_in_sentences_and_never_overlap(text: str) -> None:
    dispatch = a_dispatch(text)
    cut = sentences(dispatch, KIT.tagger.tag(text))
    found = mentions(dispatch, cut, KIT)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(any(s.span.holds(m.span) for s in cut) for m in found)
    assert all(m.name for m in found)
    assert {p.mention for p in profiles(dispatch, cut, found, KIT)} <= {m.id for m in found}


def profile_of(text: str, name: str) -> tuple[str | None, str | None]:
    """Return the role and the body's name beside the mention of this name."""
    dispatch = a_dispatch(text)
    cut = sentences(dispatch, KIT.tagger.tag(text))
    found = {m.id: m for m in mentions(dispatch, cut, KIT)}
    for profile in profiles(dispatch, cut, tuple(found.values()), KIT):
        if found[profile.mention].name == name:
            return profile.role, found[profile.organisation].name if profile.organisation else None
    return None, None


@pytest.mark.parametrize(
    ("text", "name", "role", "body"),
    [
        ("RDF spokesman Talal Omaro said so.", "Talal Omaro", "spokesman", "River Defence Forces"),
        ("Laila Moss, head of the Ardun Civil Council, left.", "Laila Moss", "head", "Ardun Civil Council"),
        ("Rami Dar, an RDF commander, left.", "Rami Dar", "commander", "River Defence Forces"),
        ("Rosa Fel, the RDF’s commander for the town, left.", "Rosa Fel", "commander", "River Defence Forces"),
        ("Omar Alde of the Ardun Civil Council said so.", "Omar Alde", None, "Ardun Civil Council"),
        ("Anna Reed, who heads the Ardun Relief Committee, left.", "Anna Reed", "head", "Ardun Relief Committee"),
        ("Col. Ryan Mabon, a spokesman for the RDF, left.", "Ryan Mabon", "spokesman", "River Defence Forces"),
        ("An RDF spokesman said so.", "RDF spokesman", "spokesman", "River Defence Forces"),
        ("RDF officials deny it.", "RDF officials", "officials", "River Defence Forces"),
        ("President Omar Tell left.", "Omar Tell", "president", None),
        ("Omar Tell, who was tired, left the RDF.", "Omar Tell", None, None),
    ],
)
def test_roles_and_bodies_beside_names(text: str, name: str, role: str | None, body: str | None) -> None:
    found = profile_of(text, name)
    assert (found[0] and found[0].lower(), found[1]) == (role, body)


def test_reading_the_same_text_twice_gives_the_same() -> None:
    text = "RDF fighters took Ardun. They said the militants had left the city with their families."
    assert read(text) == read(text)


def test_five_hundred_words_take_a_fraction_of_a_second() -> None:
    text = (
        "RDF spokesman Talal Omaro said on Sunday that its fighters had entered Ardun, where BD militants held on. "
        * 27
    )
    read(text)
    begun = time.perf_counter()
    read(text)
    assert time.perf_counter() - begun < 1.0  # 15 ms on a quiet machine; a second leaves room for a busy one
