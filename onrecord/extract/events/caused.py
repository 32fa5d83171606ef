"""What kills has the day of the deaths that are told with it: "An air strike killed six people on Monday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.events.found import Found
from onrecord.lexicon.lexicon import table


def with_days_of_deaths(found: Sequence[Found]) -> list[Found]:
    """Return the events, an attack without a date with that of the deaths or injuries behind it in its clause."""
    return [_dated(item, found) for item in found]


def _dated(item: Found, found: Sequence[Found]) -> Found:
    if item.when.known or item.kind not in table("reconcile")["causes"]:
        return item
    died = next((other for other in found if other.when.known and _kills(item, other)), None)
    if died is None:
        return item
    return replace(item, when=died.when, reasons=(*item.reasons, "date: that of the deaths told with it"))


def _kills(item: Found, other: Found) -> bool:
    """Tell whether the other event is deaths or injuries told behind this one in its clause."""
    if other.view is not item.view or other.kind not in table("reconcile")["consequences"]:
        return False
    clauses = item.view.clauses
    after = item.trigger.first < other.trigger.first
    return after and clauses[item.trigger.first] == clauses[other.trigger.first]
