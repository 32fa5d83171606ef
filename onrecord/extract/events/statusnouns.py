"""Whether an event noun tells of something as happened, ongoing, expected, conditional, denied or uncertain."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.events.grammar import View, is_adverb, words
from onrecord.extract.events.infinitives import of_infinitive
from onrecord.extract.events.statuswords import TOLD_AS_HEARSAY, forms, holds_any, listed
from onrecord.extract.events.triggers import Trigger
from onrecord.model.vocabulary import Status

_NEAR = 4  # words before an event noun that bear on its status
_LIST = 8  # words between "reports of" and the last of what it governs
_VERB_REACH = 9  # words after a noun within which its verb may say that it goes on: "the assault on ... continued"
_HYPOTHETICAL = frozenset({"would", "could", "might"})


def of_noun(view: View, trigger: Trigger) -> tuple[Status, str]:
    """Return the status of an event noun and a short sentence that says why; the first test that fits decides."""
    before = view.words[max(0, trigger.first - _NEAR) : trigger.first]
    following = view.words[trigger.after : trigger.after + 2]
    if trigger.lemma in listed("though_failed") and set(before) & listed("attempted"):
        return "happened", "it failed, but it took place"
    if holds_any(before, listed("averting")):
        return "conditional", "it is to be averted"
    if holds_any(before[-2:], listed("denied_before")):
        return "denied", "it is denied, prevented or said to be absent"
    if _alleged(view, trigger) or _hearsay_after(following):
        return "uncertain", TOLD_AS_HEARSAY
    if holds_any(before, listed("conditional_before")) or holds_any(before[-2:], ("any",)):
        return "conditional", "it is only thought of as possible"
    if holds_any(before[-2:], listed("expected_before")):
        return "expected", "it is planned or asked for"
    modal, is_subject = _modal(view, trigger)
    if modal:
        open_ = modal in _HYPOTHETICAL and (is_subject or modal != "would")
        return ("conditional" if open_ else "expected"), f'"{modal}" goes with it'
    planned = _planned_after(view, trigger)
    if planned:
        return "expected", "what is said of it puts it in the future"
    if _goes_on(view, trigger, before):
        return "ongoing", "it is said to go on"
    if holds_any(before, listed("expected_before")) or set(before[-1:]) & listed("expected_right_before"):
        return "expected", "it is planned, feared or asked for"
    governed = _in_infinitive(view, trigger.first)
    return governed or _by_noun(view, trigger)


def _by_noun(view: View, trigger: Trigger) -> tuple[Status, str]:
    """Return the status that a noun has by itself, unless a sign of the past stands near."""
    near = view.words[max(0, trigger.first - 5) : trigger.after + 4]
    past = set(near) & listed("past_signs")
    if trigger.lemma in listed("ahead") and not past:
        return "expected", "such a thing is mostly told of beforehand"
    if trigger.lemma not in listed("lasting"):
        return "happened", "it is told as a fact"
    over = holds_any(near, listed("over")) or any(word.isdigit() and len(word) == 4 for word in near[:5])
    if over or (view.word(trigger.after - 1).endswith("s") and trigger.lemma in listed("over_as_plurals")):
        return "happened", "it is told as something that is over"
    return "ongoing", "such a state lasts until it is said to have ended"


def _planned_after(view: View, trigger: Trigger) -> bool:
    """Tell whether the verb of a noun puts it in the future: "talks in Ardun are due next week"."""
    clause = view.clauses[trigger.first]
    for i in range(trigger.after, min(len(view.words), trigger.after + _VERB_REACH)):
        if view.clauses[i] != clause or view.words[i] == ",":
            return False
        if view.words[i] in {"is", "are"}:
            return holds_any(view.words[i + 1 : i + 4], listed("expected_after_be"))
    return False


def _goes_on(view: View, trigger: Trigger, before: Sequence[str]) -> bool:
    """Tell whether a noun is said to go on: "heavy fighting continues", "are staging an assault", "is in retreat"."""
    if (
        holds_any(before[-2:], listed("ongoing_before"))
        or (before[-1:] == ("under",) and trigger.lemma in listed("going_on_nouns"))
        or holds_any(before, listed("ongoing_around"))
    ):
        return True
    if holds_any(before, listed("acts_on_now")):
        return True
    state = bool(set(before[-2:-1]) & words("be")) and before[-1] in {"in", "on"}
    if state or _in_progress(view, trigger):
        return True
    clause = view.clauses[trigger.first]
    end = min(len(view.words), trigger.after + _VERB_REACH)
    for i in range(trigger.after, end):
        word = view.words[i]
        if view.clauses[i] != clause or word == ",":
            return False
        if word in listed("ongoing_after"):
            return _present(view.words[i : i + 2])
        if word in words("be") and view.word(i + 1) in listed("going_on_after_be"):
            return "and" not in view.words[trigger.after : i]
    return False


def _in_progress(view: View, trigger: Trigger) -> bool:
    """Tell whether a noun is the object of a verb that says that it goes on: "are carrying out the operation"."""
    clause = view.clauses[trigger.first]
    for i in range(trigger.first - 1, max(0, trigger.first - 6), -1):
        word = view.words[i]
        if view.clauses[i] != clause or word in words("prepositions") - {"out", "on"}:
            return False
        if word.endswith("ing") and len(word) > 4:
            at = i - 2 if is_adverb(view.word(i - 1)) else i - 1
            return view.word(at) in words("be")
    return False


def _present(following: Sequence[str]) -> bool:
    """Tell whether a noun's verb is one that says that it goes on: "is" needs a second such word."""
    if following[0] not in {"is", "are", "was", "were"}:
        return True
    return len(following) > 1 and following[1] in listed("going_on_after_be")


def _modal(view: View, trigger: Trigger) -> tuple[str, bool]:
    """Return the modal of the verb that a noun is object or subject of, or "", and whether it is the subject."""
    clause = view.clauses[trigger.first]
    modals = listed("future_modals") | _HYPOTHETICAL
    start = max(0, trigger.first - 7)
    for i in range(trigger.first - 1, start - 1, -1):
        if view.clauses[i] != clause or view.words[i] in {",", "and"}:
            break
        if view.words[i] in modals:
            return view.words[i], False
    forward = [w for w in view.words[trigger.after : trigger.after + 2] if not is_adverb(w)]
    return (forward[0], True) if forward and forward[0] in modals else ("", False)


def _in_infinitive(view: View, first: int) -> tuple[Status, str] | None:
    """Return the status of a noun that is the object of an infinitive: "to launch an assault", "to end the siege"."""
    clause = view.clauses[first]
    for i in range(first - 1, max(0, first - 6), -1):
        if view.clauses[i] != clause or view.words[i] in {",", "and"}:
            return None
        if view.words[i] == "to":
            verb = view.word(i + 1)
            if not verb.isalpha() or verb in words("determiners") or view.capital(i + 1) or i + 1 >= first:
                return None
            state, reason = of_infinitive(view, i)
            if state != "expected":
                return None
            return _acted_on(view, first) if verb in forms("acts_on") else (state, reason)
    return None


def _acted_on(view: View, first: int) -> tuple[Status, str] | None:
    """Return the status of what somebody means to end, resist or avenge: it is there already."""
    if view.word(first) in listed("going_on_nouns"):
        return "ongoing", "somebody means to end it, so it goes on"
    return None


def _alleged(view: View, trigger: Trigger) -> bool:
    """Tell whether a word before a noun vouches for nothing: "alleged", "reports of", "reportedly" in its clause."""
    clause = view.clause_words(trigger.first, 0, trigger.first)
    near = view.words[max(0, trigger.first - 2) : trigger.first]
    return (
        (holds_any(near, listed("uncertain_before")) and not _told_by(view, trigger.first))
        or holds_any(clause, listed("hearsay_adverbs"))
        or holds_any(clause[-_LIST:], listed("accusing"))
    )


def _told_by(view: View, first: int) -> bool:
    """Tell whether somebody named "reported" it: "residents reported heavy shelling"."""
    at = next((i for i in range(first - 1, max(0, first - 3), -1) if view.words[i] in listed("reporting")), 0)
    return at > 0 and any(chunk.after == at for chunk in view.chunks)


def _hearsay_after(following: Sequence[str]) -> bool:
    return (
        len(following) == 2 and following[0] in {"was", "were", "is", "are"} and following[1] in listed("hearsay_after")
    )
