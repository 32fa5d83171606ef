"""Lengths of time that are figures: how long an operation, a siege, a hold or the war has lasted."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.events.found import Found
from onrecord.extract.quantities.meant import Counted, Measured
from onrecord.lexicon.lexicon import table


def duration(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Return a length of time as a duration where its sentence says what has lasted so long, else `None`."""
    view, rules = counted.view, table("measures")["duration"]
    after = view.words[counted.after : counted.after + 4]
    compound = "-" in view.word(counted.first) or "-" in view.word(counted.after - 1)
    if compound:
        lasts = set(after) & set(rules["with"])
        return Measured("duration", "noun", "it says how long something lasts") if lasts else None
    low = counted.quantity.amount.low
    if low is not None and low < 1:
        return None
    lead = view.word(counted.first) if not view.word(counted.first)[0].isdigit() else ""
    opened = view.word(counted.first - 1) in rules["before"] or lead in rules["before"]
    clause = set(view.clause_words(counted.first))
    told = set(view.words[counted.first : counted.after])
    if told & set(rules["when"]) and not clause & {"been", *rules["lasting"]}:
        return None  # "in the past two days" tells when, not how long
    if set(rules["nth"]) & set(view.words[max(0, counted.first - 6) : counted.first]):
        return None  # "the first assault for months"
    if opened and clause & set(rules["with"]):
        event = next((item for item in found if view.clauses[item.trigger.first] == view.clauses[counted.first]), None)
        return Measured("duration", "cue", "it says how long something lasts", event)
    return None
