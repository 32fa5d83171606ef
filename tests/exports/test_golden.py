"""What exports make of the dispatches in `examples/`, kept as files beside this one.

The record that they are made of is kept too, so that a change of reading or concluding changes nothing here. Where a
change of an export is meant, `python -m tests.exports.test_golden` writes the files anew; with `--read` it also reads
the dispatches again.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

import onrecord
from onrecord.exports.formats import FORMATS
from onrecord.exports.write import write_export
from onrecord.model.records import Record

FOLDER = Path(__file__).parent / "golden"
KEPT = FOLDER / "record.json.gz"
NAMES = ("acled", "ucdp-ged", "airwars", "everycasualty")


def kept() -> Record:
    return msgspec.json.decode(gzip.decompress(KEPT.read_bytes()), type=Record)


def made(name: str, record: Record, folder: Path) -> Path:
    return write_export(name, record, folder / f"{name}{FORMATS[name].suffix}")[0]


@pytest.mark.parametrize("name", NAMES)
def test_an_export_of_the_examples_is_what_it_was(name: str, tmp_path: Path) -> None:
    path = made(name, kept(), tmp_path)
    assert path.read_bytes() == (FOLDER / path.name).read_bytes(), (
        "if this is meant: python -m tests.exports.test_golden"
    )


def test_the_losses_are_what_they_were(tmp_path: Path) -> None:
    record = kept()
    for name in NAMES:
        made(name, record, tmp_path)
    assert (tmp_path / "losses.csv").read_bytes() == (FOLDER / "losses.csv").read_bytes()


def test_the_examples_give_rows_to_every_convention() -> None:
    for name in NAMES:
        assert (FOLDER / f"{name}{FORMATS[name].suffix}").read_text(encoding="utf-8").count("\n") > 3, name


def _read() -> None:
    with onrecord.open(":memory:") as project:
        project.add(Path(__file__).parents[2] / "examples")
        KEPT.write_bytes(gzip.compress(msgspec.json.encode(project.record), mtime=0))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    if "--read" in sys.argv:
        _read()
    with TemporaryDirectory() as made_in:
        for each in NAMES:
            made(each, kept(), Path(made_in))
        for found in sorted(Path(made_in).iterdir()):
            shutil.copyfile(found, FOLDER / found.name)
