"""`onrecord export`, `verify` and `compare` as a user types them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from onrecord.cli import main
from onrecord.exporting import HELP
from onrecord.exports.formats import FORMATS
from onrecord.store.sql import open_sqlite
from tests.exports.told import COALITION, SDF, a_told_record, said

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)
    for name, value in {"COLUMNS": "200", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    store = open_sqlite(tmp_path / "record.db")
    killed = (("killed", "civilians", 3, 5, "event"),)
    record = a_told_record(said("air_strike", COALITION, figures=killed), said("negotiation", SDF))
    for dispatch in record.dispatches:
        store.add(dispatch)
    store.save_record(record)
    store.close()

    def call(*words: str, code: int = 0) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["onrecord", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code or 0) == code, printed
        return printed.out, printed.err

    return call


def test_help_lists_every_format_with_what_it_loses() -> None:
    for name, form in FORMATS.items():
        assert f"**{name}**: {form.about}. Loses {form.loses}." in HELP


def test_an_export_to_a_file_has_its_losses_beside_it(run: Run, tmp_path: Path) -> None:
    out, err = run("export", "acled", "--output", "out/acled.csv")
    assert out.split() == ["out/acled.csv", "out/losses.csv"]
    assert "1 event (negotiation): ACLED codes agreements, not talks" in err
    with (tmp_path / "out" / "acled.csv").open(encoding="utf-8", newline="") as file:
        assert [row["fatalities"] for row in csv.DictReader(file)] == ["3"]


def test_an_export_to_standard_output_says_what_is_lost_beside(run: Run) -> None:
    out, err = run("export", "acled")
    assert out.splitlines()[0].startswith("event_id_cnty,")
    assert "give --output for losses.csv" in err
    out, _ = run("export", "acled", "--from", "2019")
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("export", "word"), "there is no format 'word'"),
        (("export", "acled", "--from", "May"), "no date"),
        (("export", "acled", "--place", "Atlantis"), "no place 'Atlantis'"),
        (("export", "acled", "--grade", "sure"), "no grade 'sure'"),
        (("export", "acled", "--rule", "mean"), "no rule 'mean'"),
        (("export", "bundle"), "--output FILE.zip"),
        (("verify", "none.zip"), "check the path"),
        (("compare", "none.csv"), "check the path"),
    ],
)
def test_what_makes_no_sense_is_refused_with_advice(run: Run, words: tuple[str, ...], message: str) -> None:
    assert message in run(*words, code=1)[1]


def test_a_users_table_beside_the_record_is_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "record.conventions").mkdir()
    table = '[events]\nnegotiation = { sub = "Agreement" }\n'
    (tmp_path / "record.conventions" / "acled.toml").write_text(table, encoding="utf-8")
    assert len(run("export", "acled")[0].splitlines()) == 3


def test_a_bundle_verifies_and_a_broken_one_does_not(run: Run, tmp_path: Path) -> None:
    run("export", "bundle", "--output", "b.zip")
    assert "0 faults" in run("verify", "b.zip")[0]
    run("export", "bundle", "--no-texts", "--output", "bare.zip")
    assert "not checked: their texts are not here" in run("verify", "bare.zip")[0]
    data = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(data[: len(data) // 2])
    assert "no whole zip" in run("verify", "b.zip", code=1)[1]


def test_a_bundle_without_texts_verifies_beside_them_and_names_one_that_was_changed(run: Run, tmp_path: Path) -> None:
    run("export", "bundle", "--no-texts", "--output", "bare.zip")
    run("export", "bundle", "--output", "b.zip")
    (tmp_path / "texts").mkdir()
    with ZipFile(tmp_path / "b.zip") as archive:
        [text] = [archive.read(name) for name in archive.namelist() if name.startswith("dispatches/")]
    (tmp_path / "texts" / "any.txt").write_bytes(text)
    assert "not checked" not in run("verify", "bare.zip", "--texts", "texts")[0]
    (tmp_path / "texts" / "any.txt").write_bytes(text.replace(b"air", b"fair"))
    out, _ = run("verify", "bare.zip", "--texts", "texts", code=1)
    assert "told.txt: no file in texts is the text that was read; it was changed, or is not there" in out
    assert "is no folder" in run("verify", "bare.zip", "--texts", "none", code=1)[1]


@pytest.mark.parametrize(
    ("form", "output", "written"),
    [
        ("acled", "out/", "out/acled.csv"),
        ("acled", "there", "there/acled.csv"),
        ("acled", "out", "out"),
        ("json", "out/", "out/record.json"),
        ("geopackage", "out/", "out/geopackage.gpkg"),
        ("csv", "out", "out/events.csv"),
        ("csv", "out/", "out/events.csv"),
    ],
)
def test_a_folder_gets_the_file(run: Run, tmp_path: Path, form: str, output: str, written: str) -> None:
    (tmp_path / "there").mkdir()
    assert written in run("export", form, "--output", output)[0].split()
    assert (tmp_path / written).is_file()


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    assert "name a folder" in run("export", "csv", "--output", "out", code=1)[1]
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_record_beside_a_table(run: Run, tmp_path: Path) -> None:
    run("export", "acled", "--output", "acled.csv")
    out, _ = run("compare", "acled.csv")
    assert "1 both" in out
    assert (tmp_path / "compare.html").exists()
    assert (tmp_path / "compare.csv").exists()
