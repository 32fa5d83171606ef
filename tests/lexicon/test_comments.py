"""Every word list tells in comments what it is for, and how and where to add to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import onrecord.lexicon

DATA = Path(onrecord.lexicon.__file__).parent / "data"
FILES = sorted(DATA.rglob("*.toml"))
# A heading, or a list that stands at the top of a file under no heading.
_HEADING = re.compile(r"\[+([\w. \"'-]+)\]+$")
_LIST = re.compile(r"([\w-]+) = [\[{]")
_COUNTRY = re.compile(r"[A-Z]{2}")  # the headings of places.toml, which its first lines explain


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _head(path: Path) -> str:
    """The comment at the top of a file, on one line."""
    lines = _lines(path)
    end = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    return " ".join(line.lstrip("# ") for line in lines[:end])


def _tables(lines: list[str]) -> dict[str, str]:
    """The tables and the lists at the top of a file by name, each with the line above the first of that name."""
    found: dict[str, str] = {}
    top = True
    for above, line in zip(["", *lines], lines, strict=False):
        heading = _HEADING.match(line)
        top = top and heading is None
        if match := heading or (top and _LIST.match(line)):
            found.setdefault(match[1], above)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_file_begins_with_what_it_is_for_and_how_to_add_to_it(path: Path) -> None:
    head = _head(path)
    assert "To add" in head or "Nobody edits" in head, "say how to add an entry, or that nobody does"
    assert "tests/" in head, "say where its example goes, or what tests it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_a_table_has_a_comment_above_it(path: Path) -> None:
    tables = _tables(_lines(path))
    bare = [name for name, above in tables.items() if not above.startswith("#") and not _COUNTRY.fullmatch(name)]
    assert bare == []
