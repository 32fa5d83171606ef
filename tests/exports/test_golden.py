"""What every export makes of the dispatches in `examples/`, kept as files beside this one.

The record that they are made of is kept too, so that a change of reading or concluding changes nothing here. Where a
change of an export is meant, `python -m tests.exports.test_golden` writes the files anew; with `--read` it also reads
the dispatches again. Conventions that people code by stand there whole, as CSV; of the others the heads, the first
rows, totals and sums (`snapshots.py`).
"""

from __future__ import annotations

import csv
import gzip
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

import onrecord
from onrecord.exports.formats import FORMATS
from onrecord.exports.losses import Losses
from onrecord.exports.material import Help
from onrecord.exports.write import file_name, write_export
from onrecord.model.errors import OnrecordError
from onrecord.model.records import Record
from tests.exports.snapshots import snapshot

FOLDER = Path(__file__).parent / "golden"
KEPT = FOLDER / "record.json.gz"
WHOLE = ("acled", "ucdp-ged", "airwars", "everycasualty")
AGAIN = "if this is meant: python -m tests.exports.test_golden"
LOST = "losses.csv"


@cache
def kept() -> Record:
    return msgspec.json.decode(gzip.decompress(KEPT.read_bytes()), type=Record)


@cache
def aid() -> Help:
    """What `onrecord export` is helped by: the places and actors that ship."""
    return onrecord.open(":memory:").export_help()


def golden(name: str) -> Path:
    return FOLDER / (file_name(name) if name in WHOLE else f"{name}.txt")


def made(name: str, folder: Path) -> tuple[bytes, Losses]:
    """Return what a golden file of the format holds, and what the format loses."""
    losses = Losses()
    paths = write_export(name, kept(), f"{folder / name}/", aid=aid(), losses=losses)
    if name in WHOLE:
        return paths[0].read_bytes(), losses
    (folder / name / LOST).unlink(missing_ok=True)
    return snapshot(folder / name).encode(), losses


def lost(losses: dict[str, Losses]) -> str:
    """Return what each format loses as a table, without ids."""
    rows = [
        (name, item, what, count, why) for name, each in losses.items() for count, item, what, why in each.summary()
    ]
    return "".join(f"{' | '.join(map(str, row))}\n" for row in rows)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_of_the_examples_is_what_it_was(name: str, tmp_path: Path) -> None:
    try:
        content, _ = made(name, tmp_path)
    except OnrecordError as error:
        pytest.skip(str(error))
    assert content.decode() == golden(name).read_bytes().decode(), AGAIN


def test_the_losses_are_what_they_were(tmp_path: Path) -> None:
    losses = {name: made(name, tmp_path)[1] for name in WHOLE}
    told = (FOLDER / "losses.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    assert lost(losses) == "".join(line for line in told if line.split(" | ")[0] in WHOLE), AGAIN


def test_the_examples_give_rows_to_every_convention() -> None:
    for name in WHOLE:
        with golden(name).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) > 2, name


def _read() -> None:
    with onrecord.open(":memory:") as project:
        project.add(Path(__file__).parents[2] / "examples")
        KEPT.write_bytes(gzip.compress(msgspec.json.encode(project.record), mtime=0))


def _renew() -> None:
    for old in FOLDER.iterdir():
        if old != KEPT:
            old.unlink()
    losses = {}
    with TemporaryDirectory() as made_in:
        for name in FORMATS:
            content, losses[name] = made(name, Path(made_in))
            golden(name).write_bytes(content)
    (FOLDER / "losses.txt").write_text(lost(losses), encoding="utf-8", newline="")


if __name__ == "__main__":
    if "--read" in sys.argv:
        _read()
    _renew()
