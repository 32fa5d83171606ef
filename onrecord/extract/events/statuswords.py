"""The word lists of `status.toml`, as the tests of status ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.extract.events.forms import PARTICIPLE, PAST, verb_forms
from onrecord.lexicon.lexicon import table

TOLD_AS_HEARSAY = "nobody named vouches for it"


def holds_any(stretch: Sequence[str], wanted: Iterable[str]) -> bool:
    """Tell whether one of the words or phrases stands in the stretch."""
    padded = f" {' '.join(stretch)} "
    return any(f" {word} " in padded for word in wanted)


@cache
def listed(name: str) -> frozenset[str]:
    """Return one list of `status.toml` as it stands."""
    return frozenset(table("status")[name])


@cache
def forms(name: str) -> frozenset[str]:
    """Return all forms of the verbs of a list; words that are no verbs stand for themselves among them."""
    irregular = table("events")["forms"]
    return frozenset(form for verb in table("status")[name] for form in verb_forms(verb, irregular))


@cache
def past_forms(name: str) -> frozenset[str]:
    """Return the past forms and participles of the verbs of a list."""
    irregular = table("events")["forms"]
    kinds = {PAST, PARTICIPLE}
    return frozenset(
        form for verb in table("status")[name] for form, kind in verb_forms(verb, irregular).items() if kind & kinds
    )
