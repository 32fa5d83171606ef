"""Takes each entry of a word list out in turn and names those that no example misses.

Run `python -m tests.lexicon.shown [FILE ...]`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable

from onrecord.model.errors import DataError
from tests.lexicon.examples import Entry, Example, entries, examples, files, misses, untried, without


def unmissed(file: str, some: Iterable[Entry]) -> list[str]:
    """Return, in words, the entries without which every example that names them still holds."""
    naming: dict[tuple[tuple[str, ...], str], list[Example]] = defaultdict(list)
    for example in examples(file):
        for name in example.names:
            naming[example.section, name].append(example)
    return [f"{file}.toml {' '.join(e.section)}: {e.name}" for e in some if not _missed(e, naming[e.section, e.name])]


def _missed(entry: Entry, shown_by: list[Example]) -> bool:
    with without(entry):
        return any(_fails(example) for example in shown_by)


def _fails(example: Example) -> bool:
    try:
        return bool(misses(example))
    except (
        ValueError,
        KeyError,
        IndexError,
        DataError,
    ):  # a list that is empty now, a table that lacks what it must hold
        return True


def main() -> None:
    """Print the entries that no example misses, and how many entries there are."""
    for file in sys.argv[1:] or files():
        every = [entry for entry in entries(file) if (entry.section, entry.name) not in untried(file)]
        left = unmissed(file, every)
        print(*left, f"{file}.toml: {len(every)} entries, {len(left)} that no example misses", sep="\n")


if __name__ == "__main__":
    main()
