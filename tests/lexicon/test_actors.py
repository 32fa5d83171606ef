"""Actors are found by all their spellings, and a table with faults is refused with the place of the fault."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest

from onrecord.lexicon.actors import CATEGORIES, Actors, load
from onrecord.model.errors import DataError

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "actors.toml").read_text(encoding="utf-8"))
_MARK = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load()


@pytest.mark.parametrize("marked", [case["text"] for case in CASES["sentence"]])
def test_the_marked_actors_and_no_others_are_found(actors: Actors, marked: str) -> None:
    text = _MARK.sub(r"\1", marked)
    found = [(text[start:end], actor.name) for start, end, actor in actors.in_text(text)]
    assert found == [(m[1], m[2]) for m in _MARK.finditer(marked)]


def test_matches_come_in_order_and_do_not_overlap(actors: Actors) -> None:
    text = "The UN Security Council met; the UN, Turkey and the US State Department of the US sent envoys. " * 3
    found = actors.in_text(text)
    assert len(found) == 15
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the Islamic State", "Islamic State"),
        ("ISLAMIC STATE", "Islamic State"),
        ("isis", "Islamic State"),
        ("IS", "Islamic State"),
        ("is", None),
        ("us", None),
        ("U.S.", "United States"),
        ("sdf", None),
        ("YPG militia", "YPG"),
        ("al Qaeda", "al-Qaida"),
        ("Al-Qaida", "al-Qaida"),
        ("Raqqa Civil Council", "Raqqa Civil Council"),
        ("Médecins sans frontières", "Médecins Sans Frontières"),
        ("the Times", "The Times"),
        ("JEM", "Justice and Equality Movement"),
        ("JeM", "Jaish-e-Mohammed"),
        ("Ardun Defence League", None),
        ("", None),
    ],
)
def test_an_actor_is_found_by_its_name(actors: Actors, name: str, expected: str | None) -> None:
    found = actors.find(name)
    assert (found.name if found else None) == expected


def test_every_actor_is_found_under_its_own_names(actors: Actors) -> None:
    lost = [
        (actor.name, name)
        for actor in actors.by_name.values()
        for name in actor.names
        if actors.find(name) is not actor
    ]
    assert lost == []


def test_the_table_is_large_and_covers_every_category(actors: Actors) -> None:
    assert len(actors.by_name) >= 1000
    assert {a.category for a in actors.by_name.values()} == set(CATEGORIES)


def test_the_table_is_sorted_by_name_in_every_section() -> None:
    path = Path(__file__).parents[2] / "onrecord" / "lexicon" / "data" / "actors.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for category in CATEGORIES:
        names = list(data[category])
        assert names == sorted(names, key=lambda name: (name.casefold(), name)), category


def test_nicknames_are_offered_and_never_found_in_text(actors: Actors) -> None:
    assert "US-led coalition" in [a.name for a in actors.with_nickname("the coalition")]
    assert actors.in_text("The coalition struck the jihadists and the alliance.") == ()


def test_parents_are_followed_upwards(actors: Actors) -> None:
    assert [a.name for a in actors.within("YPJ")] == ["YPG", "Syrian Democratic Forces"]
    assert actors.within("Nobody") == ()


def test_a_thousand_words_take_some_milliseconds(actors: Actors) -> None:
    text = "Fighters of the group left the village near the river and SDF units followed them on Sunday morning. " * 55
    actors.in_text(text)
    start = perf_counter()
    actors.in_text(text)
    assert perf_counter() - start < 0.1  # about 5 ms; twenty times that on a busy machine


def test_a_users_file_adds_actors_and_wins_over_ours(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[militia]\n"Ardun Guard" = { aliases = ["IS", "the Guard of Ardun"], start = 2031 }\n', "utf-8")
    found = load([path])
    assert found.find("Ardun Guard") is found.find("IS")
    assert found.find("Isis") is found.by_name["Islamic State"]
    assert load().find("IS") is load().by_name["Islamic State"]


def test_a_name_listed_as_ambiguous_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'ambiguous = ["ARDN"]\n[rebel]\n"A Ardun" = { aliases = ["ARDN"] }\n"B Ardun" = { aliases = ["ARDN"] }\n'
    )
    found = load([path])
    assert found.find("ARDN") is None
    assert [actor.name for _, _, actor in found.in_text("ARDN men met A Ardun men.")] == ["A Ardun"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[gang]\n", "no category 'gang'"),
        ('[rebel]\n"A B" = "x"\n', "write it as"),
        ('[rebel]\n"A B" = { alias = ["C"] }\n', "unknown field 'alias'"),
        ('[rebel]\n"A B" = { aliases = "C" }\n', "aliases is a list"),
        ('[rebel]\n"A B" = { aliases = ["--"] }\n', "each with a letter"),
        ('[rebel]\n"A B" = { start = "2014" }\n', "start is a year"),
        ('[rebel]\n"A B" = { kind = "army" }\n', "kind is one of"),
        ('[rebel]\n"A B" = { country = "Syria" }\n', "two capitals"),
        ('[rebel]\n"A B" = { parent = "C D" }\n', "no actor's name"),
        ('[rebel]\n"A B" = { parent = "C D" }\n"C D" = { parent = "A B" }\n', "its own parent"),
        ('[rebel]\n"A B" = { aliases = ["C"] }\n"D E" = { aliases = ["C"] }\n', "stands for 'A B' and for 'D E'"),
        ("[rebel\n", "not valid TOML"),
    ],
)
def test_a_fault_in_a_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError, match=re.escape(words)) as caught:
        load([path])
    assert "bad.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.toml cannot be read"):
        load([tmp_path / "nowhere.toml"])
