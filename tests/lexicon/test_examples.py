"""Every entry of the word lists has an example sentence, which holds, and which fails without the entry."""

from __future__ import annotations

import pytest

from tests.lexicon.examples import Example, Section, entries, examples, files, misses
from tests.lexicon.shown import unmissed

SECTIONS = [(file, section) for file in files() for section in dict.fromkeys(e.section[:2] for e in examples(file))]
SAMPLE = 40  # one entry in so many is taken out in every run; `python -m tests.lexicon.shown` takes out all


@pytest.mark.parametrize(("file", "section"), SECTIONS, ids=[f"{f}: {' '.join(s)}" for f, s in SECTIONS])
def test_examples_hold(file: str, section: Section) -> None:
    failed = {example.text: missed for example in _of(file, section) if (missed := misses(example))}
    assert failed == {}


def _of(file: str, section: Section) -> list[Example]:
    return [example for example in examples(file) if example.section[:2] == section]


@pytest.mark.parametrize("file", files())
def test_every_entry_has_an_example(file: str) -> None:
    shown = {(example.section, name) for example in examples(file) for name in example.names}
    listed = {(entry.section, entry.name) for entry in entries(file)}
    assert sorted(listed - shown) == [], "write an example for each"
    assert sorted(shown - listed) == [], "these name no entry"


@pytest.mark.parametrize("file", files())
def test_an_example_fails_without_its_entry(file: str) -> None:
    assert unmissed(file, entries(file)[SAMPLE // 2 :: SAMPLE]) == []
