"""The commands as a user types them, over a few dispatches of our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.exports.record_json import faults


@dataclass
class Done:
    """What a command printed and how it ended."""

    stdout: str
    stderr: str


Run = Callable[..., Done]

WIRE = """Rebels leave Ardun under a deal

14 March 2018

ARDUN: Some 120 rebels left Ardun in Syria on Tuesday under a deal, army spokesman Karim Haddad said.

At least 14 civilians were killed by shelling in the town last week, the Syrian Observatory for Human Rights said.
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `onrecord` in an empty folder and return what it printed; its exit code must be `code`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)
    for name, value in {"ONRECORD_USER": "tester", "COLUMNS": "200", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)

    def call(*words: str, code: int = 0) -> Done:
        monkeypatch.setattr(sys, "argv", ["onrecord", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code or 0) == code, printed
        return Done(printed.out, printed.err)

    return call


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    folder = tmp_path / "wires"
    folder.mkdir()
    (folder / "one.txt").write_text(WIRE, encoding="utf-8")
    run("add", "wires")
    return run


def ids(text: str, letter: str) -> list[str]:
    """The ids of one kind that an output shows."""
    return re.findall(rf"\b{letter}[0-9a-f]{{16}}\b", text)


def test_the_package_runs_as_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "onrecord", "--help"], capture_output=True, text=True, check=True)
    assert "onrecord add" in done.stdout


def test_help_shows_examples_for_every_verb(run: Run) -> None:
    text = run("--help").stdout
    for verb in (
        "add",
        "status",
        "show",
        "why",
        "judge",
        "judgements",
        "report",
        "export",
        "serve",
        "gazetteer",
        "actors",
        "rebuild",
    ):
        assert verb in text
        assert "Example" in run(verb, "--help").stdout


def test_a_folder_is_added_and_added_again_changes_nothing(filled: Run, tmp_path: Path) -> None:
    first = filled("export", "json").stdout
    again = filled("add", "wires").stdout
    assert "0 added, 1 already known" in again
    assert filled("export", "json").stdout == first
    assert faults(json.loads(first)) == []


def test_status_tells_what_there_is(filled: Run) -> None:
    assert "1 dispatch," in filled("status").stdout
    assert "2018-03-14" in filled("status", "--dispatches").stdout
    assert "Nothing is set aside" in filled("status", "--set-aside").stdout


def test_show_and_why_lead_to_the_words(filled: Run) -> None:
    shown = filled("show", "one.txt").stdout
    assert "Some 120 rebels left Ardun" in shown
    claim = ids(shown, "c")[0]
    assert "score" in filled("why", claim).stdout
    assert "Ardun" in filled("show", claim[:8]).stdout


def test_a_judgement_changes_the_record_and_withdrawing_brings_it_back(filled: Run) -> None:
    before = filled("export", "json").stdout
    claim = ids(filled("show", "one.txt").stdout, "c")[0]
    judgement = ids(filled("judge", "wrong", claim, "--note", "not so").stdout, "j")[0]
    after = json.loads(filled("export", "json").stdout)
    assert claim not in {c["id"] for c in after["claims"]}
    assert "tester: wrong" in filled("judge", "list").stdout
    filled("judge", "withdraw", judgement)
    restored = json.loads(filled("export", "json").stdout)
    assert restored | {"judgements": []} == json.loads(before)


def test_judgements_are_listed_exported_and_imported(filled: Run, tmp_path: Path) -> None:
    claim = ids(filled("show", "one.txt").stdout, "c")[0]
    filled("judge", "wrong", claim, "--by", "amal")
    filled("judge", "right", claim, "--by", "boris")
    listed = filled("judgements").stdout
    assert "amal: wrong" in listed
    assert "overruled: a later judgement says the contrary" in listed
    assert "by boris" in filled("judgements", "--conflicts").stdout
    filled("judgements", "export", "mine.jsonl")
    exported = [json.loads(line) for line in (tmp_path / "mine.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [e["anchors"][0]["file"] for e in exported] == ["one.txt", "one.txt"]
    assert exported[0]["quote"] in WIRE
    assert "0 judgements added, 2 already known" in filled("judgements", "import", "mine.jsonl").stdout
    filled("add", "wires", "--record", "other.db")
    assert "2 judgements added" in filled("judgements", "import", "mine.jsonl", "--record", "other.db").stdout
    assert filled("export", "json", "--record", "other.db").stdout == filled("export", "json").stdout


def test_what_an_import_cannot_use_is_kept_or_told(run: Run, filled: Run, tmp_path: Path) -> None:
    filled("judge", "rename", "Ardun", "Ardun town")
    filled("judgements", "export", "mine.jsonl")
    lines = (tmp_path / "mine.jsonl").read_text(encoding="utf-8")
    (tmp_path / "mine.jsonl").write_text(f"{lines}not json\n", encoding="utf-8")
    (tmp_path / "note.txt").write_text("Rain fell on Friday.\n\n14 March 2018\n", encoding="utf-8")
    run("add", "note.txt", "--record", "other.db")
    told = run("judgements", "import", "mine.jsonl", "--record", "other.db", code=3).stdout
    assert "Kept until what they are about is here" in told
    assert "mine.jsonl, line 2 is no judgement" in told
    assert "adrift" in run("judgements", "--record", "other.db").stdout


def test_what_was_judged_shows_beside_the_thing(filled: Run) -> None:
    filled("judge", "rename", "Ardun", "Ardun town", "--by", "amal")
    assert "amal: rename Ardun" in filled("show", "Ardun town").stdout


def test_report_and_exports_are_written_where_asked(filled: Run, tmp_path: Path) -> None:
    filled("report", "--output", "week.html")
    assert "<title>Situation report" in (tmp_path / "week.html").read_text(encoding="utf-8")
    assert "\nSituation report" in (tmp_path / "week.md").read_text(encoding="utf-8")
    filled("export", "csv", "--output", "tables")
    assert sorted(p.name for p in (tmp_path / "tables").iterdir()) == [
        "control.csv", "entities.csv", "events.csv", "figures.csv", "losses.csv", "statements.csv",
    ]  # fmt: skip
    assert json.loads(filled("export", "geojson").stdout)["type"] == "FeatureCollection"


def test_a_report_is_cut_to_days_and_a_place_and_checked(filled: Run, tmp_path: Path) -> None:
    assert "1999" in filled("report", "--from", "1999", "--to", "1999", "--place", "Ardun").stdout
    checked = filled("report", "--check")
    assert "checked: each says what its claims say." in checked.stderr
    assert checked.stdout == ""
    assert "week.html" in filled("report", "--check", "--output", "week.html").stdout


def test_rebuilding_gives_the_same_bytes(filled: Run) -> None:
    before = filled("export", "json").stdout
    filled("rebuild")
    assert filled("export", "json").stdout == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("status",), "onrecord add PATH"),
        (("add", "absent.txt"), "absent.txt"),
        (("export", "json", "--record", "nowhere/r.db"), "r.db"),
    ],
)
def test_a_refusal_says_what_to_do_and_exits_with_one(run: Run, words: tuple[str, ...], says: str) -> None:
    done = run(*words, code=1)
    assert says in done.stderr
    assert done.stdout == ""


def test_unknown_things_are_named(filled: Run) -> None:
    assert "'zzzz'" in filled("show", "zzzz", code=1).stderr
    assert "json, csv, geojson" in filled("export", "xml", code=1).stderr
    assert "--output" in filled("export", "csv", code=1).stderr
    assert "html, md, pdf or docx" in filled("report", "--output", "week.odt", code=1).stderr
    assert "no place in the record goes by 'Atlantis'" in filled("report", "--place", "Atlantis", code=1).stderr
    assert "write 2017, 2017-10 or 2017-10-17" in filled("report", "--from", "last week", code=1).stderr
    filled("judge", "dated", "one.txt", "yesterday", code=1)


def test_wrong_use_exits_with_two(run: Run) -> None:
    run("fetch", code=2)
    run("add", "x", "--map", "text", code=2)


def test_what_is_set_aside_is_told_and_exits_with_three(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(WIRE, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "copy.txt").write_text(WIRE, encoding="utf-8")
    done = run("add", "good.txt", "empty.txt", "copy.txt", code=3)
    assert "1 added" in done.stdout
    assert "copy.txt holds the same text as good.txt" in done.stdout
    assert "empty.txt" in run("status", "--set-aside").stdout


def test_a_table_with_other_columns_is_read_with_a_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text('when,post\n2018-03-14,"Shells hit Ardun on Tuesday."\n', encoding="utf-8")
    assert "--map" in run("add", "posts.csv", code=3).stdout
    assert "1 added" in run("add", "posts.csv", "--map", "text=post", "--map", "published=when").stdout
    assert "Nothing is set aside" in run("status", "--set-aside").stdout


@pytest.mark.slow
def test_a_gazetteer_of_ones_own_is_used(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[SY]\n"Ardun" = { lat = 35.5, lon = 38.5, kind = "town" }\n', encoding="utf-8")
    assert "No places of your own yet" in filled("gazetteer").stdout
    before = filled("export", "json").stdout
    done = filled("gazetteer", "add", "mine.toml").stdout
    assert "1 place\n" in done
    assert "1 dispatch read again" in done
    assert "0 dispatches read again" in filled("gazetteer", "add", "mine.toml").stdout
    assert "mine.toml" in filled("gazetteer").stdout
    ardun = next(e for e in json.loads(filled("export", "json").stdout)["entities"] if e["name"] == "Ardun")
    assert ardun["point"] == [38.5, 35.5]
    (tmp_path / "bad.toml").write_text("[[place]]\nname = 'Ardun'\n", encoding="utf-8")
    assert "[SY]" in filled("gazetteer", "add", "bad.toml", code=1).stderr
    assert "'other.toml'" in filled("gazetteer", "remove", "other.toml", code=1).stderr
    filled("gazetteer", "remove", "mine.toml")
    assert filled("export", "json").stdout == before


def test_actors_of_ones_own_are_used_and_taken_out(filled: Run, tmp_path: Path) -> None:
    assert "No actors of your own yet" in filled("actors").stdout
    (tmp_path / "other.txt").write_text("Rain fell on Lima.\n\n14 March 2018\n", encoding="utf-8")
    filled("add", "other.txt")
    before = filled("export", "json").stdout
    (tmp_path / "mine.csv").write_text(
        "name,kind,aliases,parent,from,note\nArdun army staff,state_force,Karim Haddad,Syrian army,2014,ours\n", "utf-8"
    )
    done = filled("actors", "add", "mine.csv").stdout
    assert "1 actor new or changed" in done
    assert "1 dispatch read again" in done, "the one that names it"
    assert "Ardun army staff · state force · Karim Haddad · part of Syrian army · 2014 to … · ours" in done
    assert any(e["name"] == "Ardun army staff" for e in json.loads(filled("export", "json").stdout)["entities"])
    again = filled("actors", "add", "mine.csv").stdout
    assert "0 actors new or changed" in again
    assert "0 dispatches read again" in again
    (tmp_path / "bad.csv").write_text("name,kind\nArdun Front,army\nx,rebel\n", encoding="utf-8")
    refused = filled("actors", "add", "bad.csv", code=1).stderr
    assert "line 2:" in refused
    assert "line 3:" in refused
    assert "'nobody'" in filled("actors", "remove", "nobody", code=1).stderr
    filled("actors", "remove", "Karim Haddad")
    assert filled("export", "json").stdout == before
