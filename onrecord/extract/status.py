"""Whether a dispatch tells of an event as happened, ongoing, expected, conditional, denied or uncertain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from onrecord.extract.arguments import Roles
from onrecord.extract.forms import BASE, ING, THIRD, verb_forms
from onrecord.extract.grammar import View, is_adverb, words
from onrecord.extract.triggers import PAST, Trigger
from onrecord.lexicon.lexicon import table
from onrecord.model.vocabulary import Status

_NEAR = 4  # words before an event noun, or before the infinitive of a verb, that bear on its status


def status(view: View, trigger: Trigger, around: Roles) -> tuple[Status, str]:
    """Return the status of an event and a short sentence that says why; the first test that fits decides."""
    found = _of_verb(view, trigger, around) if trigger.verbal and not around.attributive else _of_noun(view, trigger)
    if found[0] in {"happened", "ongoing", "expected"} and _in_condition(view, trigger.first):
        return "conditional", "it stands in a clause that makes it depend on something"
    return found


def _of_verb(view: View, trigger: Trigger, around: Roles) -> tuple[Status, str]:
    helpers = around.helpers
    if set(helpers) & words("negations") or any(word.endswith("n't") for word in helpers):
        return "denied", "the verb is negated"
    if "to" in helpers and not set(helpers) & words("have"):
        return _of_infinitive(view, around.start)
    modal = next((word for word in helpers if word in words("modals")), "")
    if modal:
        return _of_modal(modal, helpers)
    if _hearsay(view, around):
        return "uncertain", "it is told as hearsay"
    if ING in trigger.form and (set(helpers) & words("be") or not helpers):
        return _of_ing(view, trigger, helpers)
    if "being" in helpers:
        return "ongoing", "the verb says that it goes on"
    before = view.words[max(0, around.start - 2) : around.start]
    if _any(before, _list("denied_before")) and trigger.form & {BASE}:
        return "denied", "the verb is ruled out"
    if BASE in trigger.form and not helpers:
        joined = _joined_to(view, around.start)
        if joined:
            return joined
    if trigger.form & {BASE, THIRD} and PAST not in trigger.form and not helpers and not view.sentence.headline:
        return ("ongoing" if BASE in trigger.form else "happened"), "the verb is in the present"
    return _lasting(trigger, helpers)


def _joined_to(view: View, start: int) -> tuple[Status, str] | None:
    """Return the status of a bare verb that shares "to" or a modal with one before: "to train and advise"."""
    if view.word(start - 1) not in {"and", "or", "then"}:
        return None
    clause = view.clauses[start]
    for i in range(start - 1, max(-1, start - 12), -1):
        if view.clauses[i] != clause:
            return None
        if view.words[i] == "to" and view.word(i + 1) not in words("determiners"):
            return _of_infinitive(view, i)
        if view.words[i] in words("modals"):
            return _of_modal(view.words[i], view.words[i : i + 2])
    return None


def _lasting(trigger: Trigger, helpers: Sequence[str]) -> tuple[Status, str]:
    if trigger.lemma in _list("lasting") and not set(helpers) & {"was", "were", "had"}:
        return "ongoing", "such a state lasts until it is said to have ended"
    return "happened", "the verb is in the past"


def _of_infinitive(view: View, start: int) -> tuple[Status, str]:
    """Return the status of "to withdraw" by the verb that governs it."""
    governing = view.words[max(0, start - _NEAR) : start]
    if _forms_in(governing, "failed"):
        return "denied", "it failed or was refused"
    if _forms_in(governing[-2:], "tried"):
        return "uncertain", "it was tried, and the outcome is not told"
    if set(governing[-2:]) & _forms("going_on") and not set(governing[-2:]) & {"work", "working"}:
        return "ongoing", "it goes on"
    managed = (set(governing) - {"forces"}) & _forms("managed")  # "forces" is far oftener the noun
    if _forms_in(governing[-1:], "intend") or not managed:
        return "expected", "it is meant to happen"
    return "happened", "it is told as done"


def _of_modal(modal: str, helpers: Sequence[str]) -> tuple[Status, str]:
    if modal in _list("uncertain_modals") and set(helpers) & {"have", "be", "been"}:
        return "uncertain", f'"{modal}" leaves it open'
    if modal in _list("conditional_modals"):
        return ("expected" if modal == "would" else "conditional"), f'"{modal}" makes it depend on something'
    if modal in _list("future_modals"):
        return "expected", f'"{modal}" puts it in the future'
    return "conditional", f'"{modal}" leaves it open'


def _of_ing(view: View, trigger: Trigger, helpers: Sequence[str]) -> tuple[Status, str]:
    before = view.words[max(0, trigger.first - 3) : trigger.first]
    if _any(before, _list("denied_before")) or "from" in before[-1:]:
        return "denied", "it is prevented or ruled out"
    if set(helpers) & {"was", "were"}:
        return "ongoing", "the verb says that it was going on"
    if helpers:
        return "ongoing", "the verb says that it goes on"
    if view.word(trigger.first - 1) in {",", "by", "after", "before", "and", "of", "in"}:
        return ("expected" if view.word(trigger.first - 1) == "before" else "happened"), "it goes with what is told"
    return "ongoing", "the participle says that it goes on"


def _of_noun(view: View, trigger: Trigger) -> tuple[Status, str]:
    before = view.words[max(0, trigger.first - _NEAR) : trigger.first]
    following = view.words[trigger.after : trigger.after + 2]
    if _any(before[-2:], _list("denied_before")):
        return "denied", "it is denied, prevented or said to be absent"
    if _any(before[-2:], _list("uncertain_before")) or _hearsay_after(following):
        return "uncertain", "nobody named vouches for it"
    if (
        _any(before, _list("expected_before"))
        or _governing_future(view, trigger)
        or _in_infinitive(view, trigger.first)
    ):
        return "expected", "it is planned, feared or asked for"
    if _any(before[-2:], _list("ongoing_before")) or (
        following and following[0] in _list("ongoing_after") and _present(following)
    ):
        return "ongoing", "it is said to go on"
    return _by_noun(view, trigger)


def _by_noun(view: View, trigger: Trigger) -> tuple[Status, str]:
    """Return the status that a noun has by itself, unless a sign of the past stands near."""
    past = set(view.words[max(0, trigger.first - 5) : trigger.after + 4]) & _list("past_signs")
    if trigger.lemma in _list("ahead") and not past:
        return "expected", "such a thing is mostly told of beforehand"
    if trigger.lemma in _list("lasting") and not {"ended", "was", "were", "lifted", "last"} & past:
        return "ongoing", "such a state lasts until it is said to have ended"
    return "happened", "it is told as a fact"


def _in_infinitive(view: View, first: int) -> bool:
    """Tell whether a noun is the object of an infinitive that is meant to happen: "to allow the delivery"."""
    clause = view.clauses[first]
    for i in range(first - 1, max(0, first - 6), -1):
        if view.clauses[i] != clause or view.words[i] in {",", "and"}:
            return False
        if view.words[i] == "to":
            bare = (
                view.word(i + 1).isalpha() and view.word(i + 1) not in words("determiners") and not view.capital(i + 1)
            )
            return bare and i + 1 < first and _of_infinitive(view, i)[0] == "expected"
    return False


def _present(following: Sequence[str]) -> bool:
    """Tell whether a noun's verb is one that says that it goes on: "is" needs a second such word."""
    if following[0] not in {"is", "are"}:
        return True
    return len(following) > 1 and following[1] in {
        "still",
        "under",
        "ongoing",
        "continuing",
        "raging",
        "now",
        "intensifying",
    }


def _governing_future(view: View, trigger: Trigger) -> bool:
    """Tell whether the verb that a noun is the object or subject of lies in the future: "will launch an offensive"."""
    clause = view.clauses[trigger.first]
    back = view.words[max(0, trigger.first - 7) : trigger.first]
    start = max(0, trigger.first - 7)
    for offset, word in enumerate(back):
        same = view.clauses[start + offset] == clause
        future = word in _list("future_modals") or word in {"would"}
        if same and future and not any(w in {",", "and"} for w in back[offset:]):
            return True
    forward = [w for w in view.words[trigger.after : trigger.after + 2] if not is_adverb(w)]
    return bool(forward) and forward[0] in _list("future_modals") | {"would"}


def _hearsay_after(following: Sequence[str]) -> bool:
    return len(following) == 2 and following[0] in {"was", "were", "is", "are"} and following[1] in _list("hearsay")


def _hearsay(view: View, around: Roles) -> bool:
    """Tell whether a passive or an adverb vouches for nothing: "is believed to have", "reportedly"."""
    near = view.words[max(0, around.start - 4) : around.start + len(around.helpers)]
    if {"reportedly", "allegedly", "purportedly", "apparently"} & set(near):
        return True
    return any(a in words("be") and b in _list("hearsay") for a, b in pairwise(near))


def _in_condition(view: View, index: int) -> bool:
    """Tell whether a word stands in a clause that opens with "if" or the like."""
    clause = view.clauses[index]
    first = view.clauses.index(clause)
    opening = " ".join(view.words[first : first + 3]) + " "
    return any(opening.startswith(f"{word} ") for word in _list("conditional"))


def _any(stretch: Sequence[str], wanted: Iterable[str]) -> bool:
    padded = f" {' '.join(stretch)} "
    return any(f" {word} " in padded for word in wanted)


def _forms_in(stretch: Sequence[str], name: str) -> bool:
    return bool(set(stretch) & _forms(name))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("status")[name])


@cache
def _forms(name: str) -> frozenset[str]:
    """Return all forms of the verbs of a list; words that are no verbs stand for themselves among them."""
    irregular = table("events")["forms"]
    return frozenset(form for verb in table("status")[name] for form in verb_forms(verb, irregular))
