"""Whether an operation that a dispatch tells of several times still goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.events.found import Found

# Chosen on the development part of the gold annotation: status goes from 83.1 to 84.2, and from 95.1 to 95.1 on the
# training part; for clashes, talks and support as well it falls.
_LASTING = frozenset({"offensive", "siege"})
_MAY = 0.1  # what the reader must give "ongoing" for an operation told of as begun
_SURE = 0.6  # what it must give it for one that is told of as going on
_PAST = 0.2  # below this it takes the operation for over


def still_going(events: Sequence[Found]) -> list[Found]:
    """Return the events; "launched the assault" goes on where the dispatch says elsewhere that the assault does."""
    return [_continued(item, events) for item in events]


def _continued(item: Found, events: Sequence[Found]) -> Found:
    if item.kind not in _LASTING or item.status != "happened" or _ongoing(item) < _MAY:
        return item
    sides = {c.mention.name for c in item.agents}
    told = [o for o in events if o.kind == item.kind and o is not item and sides & {c.mention.name for c in o.agents}]
    on = [o for o in told if o.status == "ongoing" and _ongoing(o) >= _SURE]
    over = [o for o in told if o.status == "happened" and _ongoing(o) < _PAST]
    if not on or len(on) < len(over):
        return item
    return replace(item, status="ongoing", reasons=(*item.reasons, "the dispatch says elsewhere that it goes on"))


def _ongoing(item: Found) -> float:
    """Return the reader's chance that an event goes on."""
    return dict(item.seen.statuses).get("ongoing", 0.0) if item.seen else 0.0
