"""How a time stands in its sentence beside an event: what it hangs on, what opens it, what lies between.

"Under the deal of 2011", "the blast, which followed a raid in March": the date of another noun or clause is seldom
that of the event.
"""

from __future__ import annotations

from math import log1p

from onrecord.extract.events.hanging import Tree
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.told import Marks, kinship
from onrecord.model.values import Span

# The weights know these words: what is added here counts only once dates are taught anew.
# "Fighting, which began on 3 May" has that date; what ended or went on then has not.
_BEGINNINGS = frozenset(
    {
        "began", "begun", "begin", "begins", "beginning", "started", "start", "starts", "starting", "launched",
        "opened", "erupted", "commenced", "broke", "unleashed",
    }
)  # fmt: skip
_ENDINGS = frozenset(
    {
        "ended", "ends", "end", "ending", "finished", "concluded", "stopped", "expired", "continued", "continues",
        "lasted", "entered",
    }
)  # fmt: skip
# First words of a time that tell how it dates what it stands beside: "since March", "by Friday".
_OPENINGS = frozenset(
    {
        "on", "in", "since", "by", "after", "before", "until", "from", "for", "over", "during", "last", "this",
        "within", "of", "late", "early", "earlier", "between", "throughout", "next", "the", "ago", "at",
    }
)  # fmt: skip
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


def governor(number: int, time: Span, scene: Scene) -> str:
    """Return what a time hangs on: the event itself, another by its kinship, a beginning or end, any noun or verb."""
    path = scene.tree.path(time)
    if len(path) < 2:
        return "of nothing"
    other = scene.triggers.get(path[1])
    if other is not None:
        return "of itself" if other == number else f"of {kinship(scene.told[number], scene.told[other])}"
    word = scene.tree.words[path[1]]
    text = word.text.lower()
    if text in _BEGINNINGS:
        return "of a beginning"
    return "of an end" if text in _ENDINGS else f"of {word.tag}"


def between(number: int, time: Span, scene: Scene) -> Marks:
    """Return the first word of a time, on which side of an event it stands, and what lies between the two."""
    item = scene.found[number]
    view, first = item.view, item.trigger.first
    start, stop = view.token_at(time.start), view.token_at(time.end - 1)
    low, high = (first, start) if start > first else (stop, first)
    opening = view.word(start)
    others = [scene.found[j].trigger.first for j in scene.beside[view.sentence.index]]
    return {
        f"with {opening if opening in _OPENINGS else 'other'}": 1.0,
        "after it": float(start > first),
        "opens": float(start <= 1),
        "words between": log1p(abs(start - first)),
        "breaks between": float(sum(word in _BREAKS for word in view.words[low:high])),
        "events between": float(sum(low < other < high for other in others)),
    }
