"""How a time stands in its sentence beside an event: what it hangs on, what opens it, what lies between.

"Under the deal of 2011", "the blast, which followed a raid in March": the date of another noun or clause is seldom
that of the event.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from onrecord.extract.events.grammar import View, words
from onrecord.extract.events.hanging import Tree
from onrecord.extract.events.told import Marks, Told, kinship
from onrecord.model.values import Span

_BREAKS = frozenset({",", ";", ":", "–", "—", "-", "“", "”", '"', "(", ")"})


def standing(tree: Tree, event: Span, time: Span) -> Marks:
    """Return how the tree has a time beside an event: its relation, and the clauses out of which each leads."""
    below, above = tree.path(event), tree.path(time)
    if not below or not above:
        return {}
    found: Marks = {f"is {tree.words[above[0]].relation}": 1.0}
    shared = next((i for i in above if i in below), None)
    if shared is None:
        return found
    for side, path in (("event", below), ("time", above)):
        clauses = tree.clauses(path, shared)
        found[f"{side} below {clauses[0] if clauses else 'nothing'}"] = 1.0
    return found


def governor(
    tree: Tree, number: int, time: Span, triggers: Mapping[int, int], told: Sequence[Told]
) -> str:
    """Return what a time hangs on: the event itself, another by its kinship, a beginning, or any noun or verb."""
    path = tree.path(time)
    if len(path) < 2:
        return "of nothing"
    word = tree.words[path[1]]
    other = triggers.get(path[1])
    if other is not None:
        return "of itself" if other == number else f"of {kinship(told[number], told[other])}"
    text = word.text.lower()
    if text in words("beginnings"):
        return "of a beginning"
    if text in words("endings"):
        return "of an end"
    return f"of {word.tag}"


def between(view: View, first: int, time: Span, mates: Sequence[int]) -> Marks:
    """Return the first word of a time, and what lies between it and an event; `mates` are the tokens of all events."""
    start, stop = view.token_at(time.start), view.token_at(time.end - 1)
    low, high = (first, start) if start > first else (stop, first)
    opening = view.word(start)
    return {
        f"with {opening if opening in words('time_openings') else 'other'}": 1.0,
        "after it": float(start > first),
        "breaks between": float(sum(word in _BREAKS for word in view.words[low:high])),
        "events between": float(max(0, bisect_left(mates, high) - bisect_right(mates, low))),
    }
