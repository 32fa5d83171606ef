"""A user's own actors: two forms of file, every mistake by its line, what is kept, and what it changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.kits import Extras, known_actors
from onrecord.lexicon.actors import changed_names, holds_any, load
from onrecord.lexicon.ownactors import OwnActor, read_kept, read_own, written
from onrecord.model.errors import DataError

_TOML = """# ours
["Ardun Defence Front"]
kind = "rebel"
aliases = ["ADF", "Front of Ardun"]
parent = "SDF"
from = 2014
to = "2018-06-29"
note = "split from \\"the\\" river"

["River Guard"]
kind = "militia"
parent = "ADF"
"""
_CSV = """name,kind,aliases,parent,from,to,note
Ardun Defence Front,rebel,ADF; Front of Ardun,SDF,2014,2018-06-29,"split from ""the"" river"
River Guard,militia,,ADF,,,
"""
_READ = (
    OwnActor(
        "Ardun Defence Front", "rebel", ("ADF", "Front of Ardun"), "Syrian Democratic Forces", "2014", "2018-06-29",
        'split from "the" river',
    ),
    OwnActor("River Guard", "militia", parent="Ardun Defence Front"),
)  # fmt: skip


def _file(tmp_path: Path, name: str, content: str) -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.toml", _TOML),
        ("mine.csv", _CSV),
        ("mine.csv", "\ufeff" + _CSV),
        ("mine.tsv", _CSV.replace(",", "\t")),
        ("mine.csv", _CSV.replace("; ", "|").replace(",", ";")),
    ],
    ids=["toml", "csv", "csv with a mark", "tsv", "csv with semicolons"],
)
def test_both_forms_say_the_same(tmp_path: Path, name: str, content: str) -> None:
    assert read_own(_file(tmp_path, name, content), load()) == _READ


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    odd = OwnActor("Väst “Front” \\ 7", "rebel", ('A"B',), note="two\nlines\x7f")
    path = _file(tmp_path, "kept.toml", written([*_READ, odd]))
    assert set(read_kept(path)) == {*_READ, odd}
    assert written(read_kept(path)) == path.read_text(encoding="utf-8")
    assert read_kept(tmp_path / "absent.toml") == ()


def test_they_are_found_in_texts_and_by_name() -> None:
    known = load(own=[a.actor for a in _READ])
    assert [a.name for _, _, a in known.in_text("The ADF met River Guard men.")] == [a.name for a in _READ]
    assert [a.name for a in known.within("River Guard")][:2] == ["Ardun Defence Front", "Syrian Democratic Forces"]
    found = known.find("Front of Ardun")
    assert found is not None
    assert (found.kind, found.category, found.start, found.end) == ("group", "rebel", 2014, 2018)


def test_an_actor_that_ships_gains_aliases_and_keeps_its_own() -> None:
    known = load(own=[OwnActor("Islamic State", "jihadist", ("Ardun Caliphate",)).actor])
    assert known.find("Ardun Caliphate") is known.find("ISIS") is known.by_name["Islamic State"]
    assert known.by_name["Islamic State"].nicknames == load().by_name["Islamic State"].nicknames


def test_a_spelling_of_ours_that_the_user_claims_is_the_users() -> None:
    own = [OwnActor("Islamic State", "jihadist"), OwnActor("Isis Shipping", "press", ("ISIS",))]
    known = load(own=[o.actor for o in own])
    assert known.find("ISIS") is known.by_name["Isis Shipping"]
    assert known.find("ISIL") is known.by_name["Islamic State"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "name,kind\nA Front,army", ["line 2: 'A Front' has the kind 'army'"]),
        ("a.csv", "name,kind,colour\nA Front,rebel,red", ["line 1: there is no column 'colour'"]),
        ("a.csv", "name\nA Front", ["line 1: the column 'kind' is missing"]),
        ("a.csv", "name,kind\nA Front,rebel,x", ["line 2: 3 cells instead of 2"]),
        ("a.csv", "name,kind\n--,rebel\n\nfront,rebel", ["line 2: '--' is no name", "line 4: 'front' would be found"]),
        ("a.csv", 'name,kind,note\n"A Front",rebel,"two\nlines"\nB Front,gang,', ["line 4: 'B Front' has the kind"]),
        ("a.csv", "name,kind,from\nA Front,rebel,May", ["line 2: from is a year, month or day"]),
        ("a.csv", "name,kind,from,to\nA Front,rebel,2019,2014", ["line 2: 'A Front' ends before it begins"]),
        ("a.csv", "name,kind,from\nA Front,rebel,2014-02-30", ["line 2: from is"]),
        ("a.csv", "name,kind,parent\nA Front,rebel,Nobody", ["line 2: the parent of 'A Front', 'Nobody'"]),
        ("a.csv", "name,kind,aliases\nA Front,rebel,AF\nB Front,rebel,AF", ["line 3: 'AF' stands for 'A Front'"]),
        ("a.csv", "name,kind\nA Front,rebel\nA Front,rebel", ["line 3: 'A Front' stands for", "already (line 2)"]),
        ("a.csv", "name,kind,parent\nA F,rebel,B F\nB F,rebel,A F", ["line 2: 'A F' is its own parent", "line 3:"]),
        ("a.csv", "name,kind,aliases\nA Front,rebel,Old Name", ["line 2: 'Old Name' stands for 'Old Front'", "before"]),
        ("a.toml", '["A Front"]\nkind = "rebel"\nalias = ["AF"]', ["line 3: there is no field 'alias'"]),
        ("a.toml", '["A B"]\nkind = "rebel"\n\n["C D"]\naliases = "CD"\nkind = "rebel"', ["line 5: aliases is a list"]),
        ("a.toml", '["A Front"]\nkind = "rebel"\nnote = 3', ["line 3: the note of 'A Front'"]),
        ("a.toml", "# first\n'A Front' = 'rebel'", ["line 2: 'A Front' is no actor"]),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, name: str, content: str, told: list[str]) -> None:
    path = _file(tmp_path, name, content)
    with pytest.raises(DataError) as caught:
        read_own(path, load(), [OwnActor("Old Front", "rebel", ("Old Name",))])
    for words in told:
        assert words in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.toml", "[A Front\n", "not valid TOML"),
        ("a.toml", "", "holds no actor"),
        ("a.csv", "name,kind\n", "holds no actor"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_own(_file(tmp_path, name, content), load())


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.csv cannot be read"):
        read_own(tmp_path / "absent.csv", load())
    (tmp_path / "latin.csv").write_bytes(b"name,kind\nV\xe4st,rebel")
    with pytest.raises(DataError, match="not UTF-8"):
        read_own(tmp_path / "latin.csv", load())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[A Front\n", "not valid TOML.*a heading for each actor"),
        (b'["Ardun Front"]\nkind = "army"\n', "cannot be used as it is(.|\n)*line 2"),
        (b"[V\xe4st]\n", "not UTF-8"),
    ],
)
def test_a_fault_in_the_kept_file_speaks_of_actors(tmp_path: Path, content: bytes, words: str) -> None:
    kept = tmp_path / "record.actors.toml"
    kept.write_bytes(content)
    with pytest.raises(DataError, match=words) as caught:
        known_actors(Extras.of((), kept).actors)
    assert "geonames" not in str(caught.value)


def test_a_kept_file_that_cannot_be_read_speaks_of_actors(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot be read.*a heading for each actor"):
        Extras.of((), tmp_path)


def test_many_mistakes_are_cut_short(tmp_path: Path) -> None:
    content = "name,kind\n" + "\n".join(f"Front {n},army" for n in range(50))
    with pytest.raises(DataError, match="and 30 more"):
        read_own(_file(tmp_path, "a.csv", content), load())


def test_the_texts_that_a_change_concerns_are_those_with_one_of_its_names() -> None:
    before, after = load(own=[_READ[0].actor]), load(own=[a.actor for a in _READ])
    names = changed_names(before, after)
    assert holds_any("Men of the RIVER GUARD\nleft.", names)
    assert not holds_any("The ADF left Ardun.", names)
    assert changed_names(after, after) == frozenset()


def test_a_change_of_a_parent_concerns_those_within_it() -> None:
    moved = OwnActor("Ardun Defence Front", "rebel", ("ADF",), "Islamic State")
    names = changed_names(load(own=[a.actor for a in _READ]), load(own=[moved.actor, _READ[1].actor]))
    assert holds_any("The River Guard left.", names)
    assert re.search("river guard", " ".join(names))
