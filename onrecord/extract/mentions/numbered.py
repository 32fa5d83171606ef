"""Military units by their numbers: "Division 30", "the 5th Corps", "the 101st Airborne Division", "Task Force 50"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.mentions.drafts import Story
from onrecord.extract.mentions.runs import Run

_NUMBER = re.compile(r"\d{1,3}")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


def numbered(story: Story, runs: Iterator[Run]) -> Iterator[Run]:
    """Yield runs with the number before or after the word for a unit taken in: a unit without it is any unit."""
    for run in runs:
        first, last = run.first, run.last
        if not run.titled and story.low(run.sentence, last) in story.lists.formation:
            last += bool(_NUMBER.fullmatch(story.word(run.sentence, last + 1)))
            first -= last == run.last and _counted_before(story, run)
        yield run if (first, last) == (run.first, run.last) else replace(run, first=first, last=last, opens=False)


def _counted_before(story: Story, run: Run) -> bool:
    """Tell whether an ordinal, or a plain number behind an article, stands right before a unit's name."""
    before = story.word(run.sentence, run.first - 1) if run.first else ""
    article = run.first > 1 and story.low(run.sentence, run.first - 2) == "the"
    return bool(_ORDINAL.fullmatch(before) or (article and _NUMBER.fullmatch(before)))
