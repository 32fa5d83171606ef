"""Whether a dispatch tells of an event as happened, ongoing, expected, conditional, denied or uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.extract.events.arguments import Roles
from onrecord.extract.events.forms import BASE, ING, PARTICIPLE, THIRD
from onrecord.extract.events.grammar import View, words
from onrecord.extract.events.infinitives import of_infinitive
from onrecord.extract.events.statusnouns import of_noun
from onrecord.extract.events.statuswords import TOLD_AS_HEARSAY, forms, holds_any, listed
from onrecord.extract.events.triggers import PAST, Trigger
from onrecord.model.vocabulary import Status

TOLD_AS_PRESENT = "the verb is in the present"
TOLD_AS_PAST = "the verb is in the past"
_NOT_YET = frozenset({"until", "once"})
_REACH_OF_IF = 14  # words after an event within which "if" makes it depend on something


def status(view: View, trigger: Trigger, around: Roles) -> tuple[Status, str]:
    """Return the status of an event and a short sentence that says why; the first test that fits decides."""
    found = _of_verb(view, trigger, around) if trigger.verbal else of_noun(view, trigger)
    if found[0] in {"happened", "ongoing", "expected"} and _in_condition(view, trigger.first):
        return "conditional", "it stands in a clause that makes it depend on something"
    if found[0] == "expected" and _depends(view, trigger.after):
        return "conditional", "it is to happen only if something else does"
    return found


def _of_verb(view: View, trigger: Trigger, around: Roles) -> tuple[Status, str]:
    if around.attributive:
        return _of_description(view, trigger)
    helpers = around.helpers
    if set(helpers) & words("negations") or any(word.endswith("n't") for word in helpers):
        return "denied", "the verb is negated"
    if "to" in helpers and not set(helpers) & words("have"):
        found = of_infinitive(
            view, around.start + helpers.index("to")
        )  # "are likely" belongs to the verb group as well
        if found[0] == "happened" and _hearsay(view, around):
            return "uncertain", TOLD_AS_HEARSAY
        return found
    modal = next((word for word in helpers if word in words("modals")), "")
    if not modal and view.word(around.start - 1).endswith("'ll"):  # "they'll storm" is two words, not three
        modal = "will"
    if modal:
        return _of_modal(modal, helpers)
    if _hearsay(view, around):
        return "uncertain", TOLD_AS_HEARSAY
    if ING in trigger.form and (set(helpers) & words("be") or not helpers):
        return _of_ing(view, trigger, helpers)
    if "being" in helpers and view.word(around.start - 1) not in {"after", "before", "by", "despite", "without"}:
        return "ongoing", "the verb says that it goes on"
    before = view.words[max(0, around.start - 2) : around.start]
    if holds_any(before, listed("denied_before")) and trigger.form & {BASE}:
        return "denied", "the verb is ruled out"
    if (
        helpers
        and set(helpers) & {"has", "have"}
        and view.word(view.clauses.index(view.clauses[around.start])) in _NOT_YET
    ):
        return "expected", "something else waits for it"
    if trigger.form & {BASE, PARTICIPLE} and not helpers:
        joined = _joined_to(view, trigger, around.start)
        if joined:
            return joined
    if trigger.form & {BASE, THIRD} and PAST not in trigger.form and not helpers and not view.sentence.headline:
        return _of_present(view, trigger, around)
    return _lasting(trigger, around)


def _of_present(view: View, trigger: Trigger, around: Roles) -> tuple[Status, str]:
    """Return the status of a present form: "they shell it" goes on, "when they leave" and "let them leave" do not."""
    clause = view.clause_words(trigger.first, 0, trigger.first)
    if set(clause[:1]) & listed("future_openers") or set(clause[-3:]) & listed("wished"):
        return "expected", "it is to come"
    if set(view.words[max(0, around.start - 6) : around.start]) & forms("demanding") and clause[:1] == ("that",):
        return "expected", "it is demanded"
    if set(clause[-6:]) & listed("watched"):
        return "happened", "somebody saw it"
    return ("ongoing" if BASE in trigger.form else "happened"), TOLD_AS_PRESENT


def _of_description(view: View, trigger: Trigger) -> tuple[Status, str]:
    """Return the status of a participle that describes a noun: "the captured fighters", "besieged towns"."""
    if ING in trigger.form:
        return of_noun(view, trigger)
    if holds_any(view.words[max(0, trigger.first - 2) : trigger.first], listed("uncertain_before")):
        return "uncertain", TOLD_AS_HEARSAY
    if trigger.lemma in listed("states") or trigger.lemma in listed("lasting_verbs"):
        return "ongoing", "such a state lasts until it is said to have ended"
    return "happened", "it is told as a fact"


def _joined_to(view: View, trigger: Trigger, start: int) -> tuple[Status, str] | None:
    """Return the status of a bare verb that shares "to" or a modal with one before: "to train and advise"."""
    if view.word(start - 1) not in {"and", "or", "then"}:
        return None
    clause = view.clauses[start]
    for i in range(start - 1, max(-1, start - 12), -1):
        if view.clauses[i] != clause:
            return None
        if view.words[i] == "to" and _opens_infinitive(view, i, trigger):
            return of_infinitive(view, i)
        if view.words[i] in words("modals"):
            return _of_modal(view.words[i], view.words[i : i + 2])
    return None


def _opens_infinitive(view: View, at: int, trigger: Trigger) -> bool:
    """Tell whether a "to" opens an infinitive that a verb in this form may go on with: no "to Ardun and captured"."""
    following = view.word(at + 1)
    if following in words("determiners") or view.capital(at + 1):
        return False
    return BASE in trigger.form or following in words("be") | words("have")


def _lasting(trigger: Trigger, around: Roles) -> tuple[Status, str]:
    """Return the status of a past form: "is held" and "forces backed by" go on, "was held" does not."""
    over = set(around.helpers) & {"was", "were", "had"}
    state = around.passive and trigger.lemma in listed("states")
    lasts = trigger.lemma in listed("lasting_verbs") and (
        around.passive or set(around.helpers) != set() or not around.object
    )
    if (state or lasts) and not over:
        return "ongoing", "such a state lasts until it is said to have ended"
    return "happened", TOLD_AS_PAST


def _of_modal(modal: str, helpers: Sequence[str]) -> tuple[Status, str]:
    if modal in listed("uncertain_modals") and set(helpers) & {"have", "be", "been"}:
        return "uncertain", f'"{modal}" leaves it open'
    if modal in listed("conditional_modals"):
        return ("expected" if modal == "would" else "conditional"), f'"{modal}" makes it depend on something'
    if modal in listed("future_modals"):
        return "expected", f'"{modal}" puts it in the future'
    return "conditional", f'"{modal}" leaves it open'


def _of_ing(view: View, trigger: Trigger, helpers: Sequence[str]) -> tuple[Status, str]:
    before = view.words[max(0, trigger.first - 3) : trigger.first]
    if holds_any(before, listed("denied_before")) or "from" in before[-1:]:
        return "denied", "it is prevented or ruled out"
    if set(helpers) & {"was", "were"} and view.word(view.clauses.index(view.clauses[trigger.first])) != "that":
        return "happened", "the verb says that it was going on then"
    if set(helpers) & words("be") - {"being"}:  # "said that they were fleeing" as well
        return "ongoing", "the verb says that it goes on"
    if trigger.lemma in listed("results") and any(
        w.endswith("ed") or w in listed("pasts") for w in view.words[: trigger.first]
    ):
        return "happened", "it is the outcome of what is told"
    if _past_course(view, trigger):
        return "happened", "it belongs to what is told as past"
    if view.word(trigger.first - 1) in {",", "by", "after", "before", "and", "of", "in"}:
        return ("expected" if view.word(trigger.first - 1) == "before" else "happened"), "it goes with what is told"
    return "ongoing", "the participle says that it goes on"


def _past_course(view: View, trigger: Trigger) -> bool:
    """Tell whether an "-ing" form tells of what went with something past: "died while fighting", "began shelling"."""
    return holds_any(view.words[max(0, trigger.first - 2) : trigger.first], listed("past_course"))


def _hearsay(view: View, around: Roles) -> bool:
    """Tell whether a passive or an adverb vouches for nothing: "is believed to have", "reportedly"."""
    verb = around.start + len(around.helpers)
    near = view.words[max(0, around.start - 4) : verb]
    if listed("seemingly") & set(near) or holds_any(view.clause_words(verb, 0, verb), listed("hearsay_adverbs")):
        return True
    return any(a in words("be") and b in listed("hearsay") for a, b in pairwise(near))


def _depends(view: View, after: int) -> bool:
    """Tell whether a condition follows closely: "vowed to respond if attacked"."""
    return holds_any(view.words[after : after + _REACH_OF_IF], listed("depends_on"))


def _in_condition(view: View, index: int) -> bool:
    """Tell whether a word stands in a clause that opens with "if" or the like."""
    clause = view.clauses[index]
    first = view.clauses.index(clause)
    opening = " ".join(view.words[first : first + 3]) + " "
    return any(opening.startswith(f"{word} ") for word in listed("conditional"))
