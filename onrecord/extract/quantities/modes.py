"""Whether a figure is of one event, of all since something began, or of a state."""

from __future__ import annotations

from functools import cache

from onrecord.extract.quantities.meant import Counted, Measured
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim
from onrecord.model.vocabulary import Mode

_BACK, _ON = 6, 8  # words before and after a number that tell of a running total
_DAY = 10  # letters of an ISO date to the day


def mode_of(counted: Counted, meant: Measured, whole: Claim | None) -> Mode:
    """Return the mode of a figure; a part has that of its whole.

    "Have been killed" tells of a total unless a day is given; a length of time that something has lasted runs on.
    Who is in a place, held or in need is a state, unless a verb in the past says that it came to be so.
    """
    if whole and whole.mode and meant.step == "whole":
        return whole.mode
    if _totals(counted):
        return "cumulative"
    if meant.measure == "duration":
        return "current" if meant.step == "noun" or _still(counted) else "cumulative"
    if meant.measure in _listed("states"):
        return "current"
    if _perfect(meant):
        return "cumulative"
    if meant.measure in _listed("mixed") and _lasts(counted, meant):
        return "current"
    return "event"


def _totals(counted: Counted) -> bool:
    words = counted.view.words
    near = words[max(0, counted.first - _BACK) : counted.after + _ON]
    said = f" {' '.join(near)} "
    return counted.quantity.relation.endswith("_to") or any(f" {one} " in said for one in _listed("totals"))


def _still(counted: Counted) -> bool:
    """Tell whether a length of time goes on when it is told: "has been under siege for years"."""
    before = counted.view.clause_words(counted.first, after=counted.first)
    return not {"has", "have", "is", "are"}.isdisjoint(before)


def _perfect(meant: Measured) -> bool:
    """Tell whether what happened is told as done up to now: "have been killed", "has displaced"."""
    event = meant.event
    if event is None or meant.measure not in _listed("run_on"):
        return False
    to_the_day = event.when.start is not None and event.when.start == event.when.end and len(event.when.start) == _DAY
    return bool({"has", "have", "had"} & set(event.around.helpers)) and not to_the_day


def _lasts(counted: Counted, meant: Measured) -> bool:
    """Tell whether a state is spoken of: no event, or one that goes on."""
    if meant.event is not None:
        return meant.event.status == "ongoing"
    return _listed("past").isdisjoint(counted.view.clause_words(counted.first))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(table("measures")["mode"][name])
