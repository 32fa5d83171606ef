"""Whether a state of holding is told as going on, past, to come, open, or denied."""

from __future__ import annotations

from onrecord.extract.control.held import listed
from onrecord.extract.events.grammar import View
from onrecord.model.vocabulary import Status

_BACK = 4  # words before "held by" or "under the control of" that bear on it: "is no longer firmly under the ..."


def state_of(view: View, i: int, found: Status = "happened") -> Status:
    """Return the status of the state told at a token; `found` is what the verb itself says.

    "No longer", "once" and "formerly" say that it has ended, which is `denied` here.
    """
    clause = view.clauses[i]
    near = view.clause_words(i, max(0, i - _BACK), i)
    said = f" {' '.join(near)} "
    if any(f" {word} " in said for word in listed("status", "ended")) or said.rstrip().endswith("n't"):
        return "denied"
    if found not in {"happened", "ongoing"}:
        return found
    opening = view.words[view.clauses.index(clause)]
    if opening in {"if", "unless", "whether"} or set(near) & listed("status", "open"):
        return "conditional"
    if set(near) & (listed("status", "future") - {"to"}):
        return "expected"
    past = set(near) & listed("status", "past")
    return "happened" if past else "ongoing"
