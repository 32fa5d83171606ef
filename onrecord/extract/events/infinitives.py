"""What an infinitive tells of its event: "to withdraw" after "managed", "plans", "refused", "tried" or "continues"."""

from __future__ import annotations

from onrecord.extract.events.grammar import View, words
from onrecord.extract.events.statuswords import forms, holds_any, listed, past_forms
from onrecord.model.vocabulary import Status

_OBJECT_REACH = 10  # words of an object between a verb of force and its infinitive
_NEAR = 4  # words before an infinitive in which the verb that governs it stands


def of_infinitive(view: View, start: int) -> tuple[Status, str]:
    """Return the status of the infinitive whose "to" is at `start`, and a short sentence that says why."""
    governing = view.words[max(0, start - _NEAR) : start]
    if set(governing) & forms("failed") or holds_any(governing, listed("denied_to")):
        return "denied", "it failed, was refused or is out of the question"
    if "too" in governing[-3:]:
        return "denied", "it is said to be out of the question"
    if set(governing[-2:]) & forms("tried") and set(governing) & {"is", "are"}:
        return "ongoing", "it is being tried"
    if set(governing[-2:]) & forms("tried"):
        return "uncertain", "it was tried, and the outcome is not told"
    if set(governing[-2:]) & forms("going_on") and not set(governing[-1:]) & listed("as_nouns"):
        return "ongoing", "it goes on"
    if holds_any(governing[-2:], listed("done_to")):
        return "happened", "it is told as done"
    if _gone_to(view, start):
        return "happened", "whoever went there for it is told to have gone"
    if _made_to(view, start):
        return "happened", "somebody was made to do it"
    managed = set(governing[-2:]) - listed("rather_nouns")
    if not managed & forms("managed"):
        return "expected", "it is meant to happen"
    return "happened", "it is told as done"


def _gone_to(view: View, start: int) -> bool:
    """Tell whether somebody went or came together for it: "travelled there to fight", "gathered to protest"."""
    if view.word(start + 1) not in listed("gone_for"):
        return False
    near = view.clause_words(start, 0, start)
    return bool(set(near) & past_forms("gone"))


def _made_to(view: View, start: int) -> bool:
    """Tell whether a verb of force or help governs the infinitive over its object: "forced thousands to flee"."""
    clause = view.clauses[start]
    for i in range(start - 1, max(-1, start - _OBJECT_REACH), -1):
        if view.clauses[i] != clause or view.words[i] in {",", "to"}:
            return False
        made = view.words[i].endswith(("ed", "ing")) or view.words[i] in listed("made_do")
        if view.words[i] in forms("make_do") and made:
            return view.word(i - 1) != "to" and not set(view.words[max(0, i - 3) : i]) & words("modals")
    return False
