"""Every entry of the word lists has an example sentence, which holds, and which fails without the entry."""

from __future__ import annotations

import pytest

from tests.lexicon.examples import Example, Section, entries, examples, files, misses, untried
from tests.lexicon.shown import unmissed

SECTIONS = [(file, section) for file in files() for section in dict.fromkeys(e.section[:2] for e in examples(file))]
SAMPLE = 40  # one entry in so many is taken out in every run; `python -m tests.lexicon.shown` takes out all

# Entries that stood in the code before they stood in a list, and for which no sentence is found yet. Find one, or take
# the entry out where it does nothing, and lower this number; nothing else may be added to them.
UNTRIED = 186


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
    assert sorted(listed - shown - untried(file)) == [], "write an example for each"
    assert sorted((shown | untried(file)) - listed) == [], "these name no entry"
    assert sorted(shown & untried(file)) == [], "these have an example: take them out of `untried`"


def test_what_has_no_example_yet_only_becomes_less() -> None:
    assert sum(len(untried(file)) for file in files()) <= UNTRIED


@pytest.mark.parametrize("file", files())
def test_an_example_fails_without_its_entry(file: str) -> None:
    tried = [entry for entry in entries(file) if (entry.section, entry.name) not in untried(file)]
    assert unmissed(file, tried[SAMPLE // 2 :: SAMPLE]) == []
