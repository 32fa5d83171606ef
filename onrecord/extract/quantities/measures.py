"""What a number counts: the measure of a quantity, by the first step that tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.extract.events.forms import PARTICIPLE, plural
from onrecord.extract.events.found import Found
from onrecord.extract.events.grammar import is_adverb, words
from onrecord.extract.parts import Quantity
from onrecord.extract.quantities.guards import people as people_nouns
from onrecord.extract.quantities.lasting import duration
from onrecord.extract.quantities.meant import Counted, Measured
from onrecord.lexicon.lexicon import table
from onrecord.model.values import Span

_CUE_REACH = 14  # words from a number within which a cue may say what it counts
_BEFORE_COSTS = 1.5  # "killed 12 people" and "12 people were killed": what follows is a little likelier to govern
_CLAUSE_COSTS = 6  # a cue in another clause counts as this many words further away
_BESIDE = 3  # words between a number and the verb that it is the subject of: "of them still"
_LIST_REACH = 30  # words between a verb and the last number of the list that is its object
_WITH_THEM = 4  # words between a verb of moving and those with whom somebody moves
_NEAR_PLACE = 2  # words between a share and the place that it is one of: "80% of the north"
_BY_NOUN_ALONE = frozenset({"attacks", "killed", "wounded", "casualties", "other"})
_THINGS = frozenset({"destroyed", "territory", "attacks"})
_MOVES = frozenset({"displacement", "withdrawal", "evacuation"})
_DONE_TO = frozenset({"killing", "injury", "detention", "abduction", "release"})
_ON_THINGS = frozenset({"air_strike", "shelling", "bombing"})


def measured(counted: Counted, found: Sequence[Found], known: dict[Span, Measured]) -> Measured | None:
    """Return what a quantity counts by the first step that tells, `None` where it counts nothing of the conflict.

    `found` are the events of its sentence, `known` what the quantities before it count.
    """
    quantity = counted.quantity
    if quantity.amount.unit == "days":
        return duration(counted, found)
    if quantity.noun in _nouns("dropped") or _of_an_event(counted, found):
        return None
    by_noun = _by_noun(counted, found)
    if by_noun and by_noun.measure in _BY_NOUN_ALONE and not _wrecked(counted, found):
        return by_noun
    steps = (*_governed(counted, found), _by_whole(counted, known), _by_list(counted, found), _by_cue(counted, found))
    for step in (*steps, _by_total(counted, known)):
        if step and _fits(step, by_noun, quantity) and (step.measure != "territory" or _of_land(counted)):
            return step
    if by_noun and (by_noun.measure != "territory" or _of_land(counted)):
        return by_noun
    if not quantity.noun or quantity.amount.unit == "%" or (quantity.amount.low == quantity.amount.high == 1):
        return None  # "one man can do this"
    return Measured("other", "other", f'nothing says what becomes of the "{quantity.noun}"')


def _of_an_event(counted: Counted, found: Sequence[Found]) -> bool:
    """Tell whether a share is one of an event: "most of the fighting" is no land."""
    shared = counted.quantity.amount.unit == "%"
    return shared and any(counted.first <= item.trigger.first < counted.after for item in found)


def _wrecked(counted: Counted, found: Sequence[Found]) -> bool:
    """Tell whether weapons are what is destroyed, and not what is fired: "destroyed a bridge and four car bombs"."""
    if counted.quantity.noun not in _nouns("weapons"):
        return False
    steps = (_by_role(counted, found), _by_list(counted, found))
    return any(step and step.event and step.event.kind == "destruction" for step in steps)


def _governed(counted: Counted, found: Sequence[Found]) -> Iterator[Measured | None]:
    """Yield what the verb beside the number says, then what the event does in which those counted have a role."""
    yield _by_verb_after(counted, found)
    yield _by_role(counted, found)
    yield _by_reader(counted, found)


def _of_land(counted: Counted) -> bool:
    """Tell whether a share can be one of land: a word beside it speaks of holding or of a place."""
    if counted.quantity.amount.unit != "%":
        return True
    listed = table("measures")
    land = {*listed["cues"]["territory"], *listed["nouns"]["territory"], *listed["land"]["words"]}
    follows = [c for c in counted.view.chunks if c.category == "place" and c.first <= counted.after + _NEAR_PLACE]
    named = any(chunk.after > counted.first for chunk in follows)
    return named or bool(set(counted.view.words) & (land - {"%"}))


def _fits(step: Measured, by_noun: Measured | None, quantity: Quantity) -> bool:
    """Tell whether a measure suits the noun: places are held, things destroyed, people neither."""
    people = quantity.amount.unit == "people" or _share_of_people(quantity)
    if quantity.amount.unit in {"%", "km2"} and not people:
        return step.measure == "territory"
    if people:
        return step.measure not in _THINGS
    if (
        quantity.noun in _nouns("things")
        or quantity.noun in _nouns("weapons")
        or (by_noun and by_noun.measure in _THINGS)
    ):
        land = step.measure != "territory" or _by_nouns().get(quantity.noun) == "territory"
        return step.measure in _THINGS | {"other"} and land
    return True


def _share_of_people(quantity: Quantity) -> bool:
    """Tell whether a share is one of people, not of land: "half of the population"."""
    said = {quantity.noun.lower(), *quantity.counted.lower().split()}
    return quantity.amount.unit == "%" and bool(said & people_nouns().union(table("measures")["people"]["words"]))


# ------------------------------------------------------------------------------------------- the event that counts


def _by_verb_after(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Return what the verb of which the number is the subject says: "11,000 of them need", "60,000 people live"."""
    view, at = counted.view, counted.after
    for _ in range(_BESIDE):
        if not (view.word(at) in words("be") | words("have") | {"who", "still"} or is_adverb(view.word(at))):
            break
        at += 1
    if any(item.trigger.first == at for item in found):
        return None  # an event, of which the roles tell more
    measure, listed = _said_of_subjects().get(view.word(at)), table("measures")["beside"]
    if (
        measure == "displaced"
        and _by_nouns().get(counted.quantity.noun) == "present"
        and view.word(at) in listed["left"]
    ):
        measure = "evacuated" if counted.quantity.noun not in _civilians() else measure
    return Measured(measure, "verb", f'the word "{view.word(at)}" follows') if measure else None


def _by_role(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Find the event whose agent, target, subject or object is what the number counts."""
    ranked: list[tuple[int, bool, int, Found]] = []
    for item in found:
        if _does(counted, item):
            continue
        near = _beside(counted, item)
        if item.kind in _counting() and (near is not None or _plays_in(counted, item)):
            away = abs(item.trigger.first - counted.first)
            ranked.append((2 if near is None else near, _describes(item), away, item))
    if not ranked:
        return None
    return _of_event(counted, min(ranked, key=lambda rank: rank[:3])[3])


def _does(counted: Counted, item: Found) -> bool:
    """Tell whether those counted only do it to others: "two guards killed three rebels" counts no dead guards."""
    if item.kind not in _DONE_TO or not item.trigger.verbal or item.around.passive:
        return False
    doing, undergoing = ((*item.agents, *item.around.subject), (*item.targets, *item.around.object))
    within = [any(c.first < counted.after and counted.first < c.after for c in side) for side in (doing, undergoing)]
    return within == [True, False] and bool(undergoing)


def _describes(item: Found) -> bool:
    """Tell whether a participle only describes those counted: "four children [held captive] were rescued"."""
    return item.trigger.verbal and PARTICIPLE in item.trigger.form and item.around.passive and not item.around.helpers


def _plays_in(counted: Counted, item: Found) -> bool:
    """Tell whether a mention that overlaps the number has a role in the event.

    A noun gives its roles to mentions far away, so that it counts only those of its own clause.
    """
    if not item.trigger.verbal and counted.view.clauses[item.trigger.first] != counted.view.clauses[counted.first]:
        return False
    chunks = (*item.targets, *item.agents, *item.around.subject, *item.around.object)
    if item.kind in _MOVES:
        beside = item.around.after.get("with", ())  # "fled with dozens of others"
        chunks = (*chunks, *(c for c in beside if c.first - item.trigger.after <= _WITH_THEM))
    if item.around.attributive:
        chunks = item.around.subject  # "in camps for displaced people" tells nothing of others in the sentence
    return any(chunk.first < counted.after and counted.first < chunk.after for chunk in chunks)


def _beside(counted: Counted, item: Found) -> int | None:
    """Return how many words stand between the number and the event's verb, `None` where it is not next to it.

    One word at most, and neither a mark nor "and": "wounding 50", "killed another 12", "30 people were killed".
    """
    if not item.trigger.verbal or (counted.quantity.noun and counted.quantity.amount.unit == "people"):
        bare = not counted.quantity.noun and item.trigger.verbal
        if not bare:
            return None
    behind = counted.first >= item.trigger.after
    between = counted.view.words[
        slice(item.trigger.after, counted.first) if behind else slice(counted.after, item.around.start)
    ]
    if len(between) > 1 or (not behind and counted.after > item.around.start):
        return None
    loose = between and (not between[0].isalnum() or between[0] in words("conjunctions"))
    return None if loose else len(between)


def _by_reader(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Take the event of which the trained reader holds the number for a figure."""
    span = counted.quantity.span
    told = [
        (argument.score, item)
        for item in found
        if item.seen and item.kind in _counting() and not _does(counted, item)
        for argument in item.seen.arguments
        if argument.role == "figure" and argument.start < span.end and span.start < argument.end
    ]
    return _of_event(counted, max(told, key=lambda pair: pair[0])[1]) if told else None


def _of_event(counted: Counted, item: Found) -> Measured | None:
    measure = table("measures")["events"][item.kind]
    if item.kind == "withdrawal" and item.status != "happened":
        measure = "deployed"  # troops that are yet to leave are still counted where they are
    if item.kind in _ON_THINGS and counted.quantity.amount.unit == "people":
        return None
    said = " ".join(item.view.words[item.trigger.first : item.trigger.after])
    return Measured(measure, "role", f'those counted are in the event "{said}"', item)


def _by_whole(counted: Counted, known: dict[Span, Measured]) -> Measured | None:
    """Take over what the including quantity counts: "12 people were killed, three of them children"."""
    whole = known.get(counted.quantity.whole) if counted.quantity.whole else None
    if whole:
        return Measured(whole.measure, "whole", "it is part of a number that was told before", whole.event)
    return None


def _by_total(counted: Counted, known: dict[Span, Measured]) -> Measured | None:
    """Take over what the number before counts, where this one is what it changed to: "bringing the total to 1,900"."""
    if counted.quantity.noun or not counted.quantity.relation.endswith("_to"):
        return None
    sentence = counted.view.sentence.span
    before = [span for span in known if sentence.holds(span)]
    last = known[max(before)] if before else None
    return Measured(last.measure, "whole", "it is what the number before it has changed to") if last else None


def _by_list(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Find the verb whose object is a list that the number goes on: "destroyed a bridge, two wells and four trucks"."""
    view = counted.view
    before = [i for i in found if i.trigger.verbal and i.trigger.after <= counted.first and i.kind in _counting()]
    item = max(before, key=lambda i: i.trigger.after, default=None)
    if item is None or counted.first - item.trigger.after > _LIST_REACH:
        return None
    between = view.words[item.trigger.after : counted.first]
    same = view.clauses[item.trigger.first] == view.clauses[counted.first]
    listed = between[-1:] in ((",",), ("and",)) or between[-2:] == ("and", "a")
    return _of_event(counted, item) if same and listed and not set(between) & _breaks() else None


@cache
def _breaks() -> frozenset[str]:
    """Return the words that end a list of objects."""
    return words("be") | words("have") | words("modals") | words("relatives") | {";", ":", "but"}


# ------------------------------------------------------------------------------------------------ words that tell


def _by_cue(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Find the nearest word that says what becomes of those counted, and not what they do to others."""
    view = counted.view
    done = {i for item in found if _does(counted, item) for i in range(item.trigger.first, item.trigger.after)}
    best: tuple[float, str, str] | None = None
    for i, word in enumerate(view.words):
        for cue, measure in _cues().get(word, ()):
            if i in done or view.words[i : i + len(cue)] != cue:
                continue
            distance = _distance(counted, i)
            to_the_death = word in _manners() and view.words[max(0, i - 2) : i] == ("to", "the")  # a way to fight
            if distance <= _CUE_REACH and not to_the_death and (best is None or distance < best[0]):
                best = (distance, measure, " ".join(cue))
    return Measured(best[1], "cue", f'the word "{best[2]}" stands near') if best else None


@cache
def _manners() -> frozenset[str]:
    return frozenset(table("measures")["beside"]["to_the"])


def _distance(counted: Counted, at: int) -> float:
    """Return how far a word is from a number; what a changed number counts stands before it: "the toll rose to 85"."""
    away = _CLAUSE_COSTS * (counted.view.clauses[at] != counted.view.clauses[counted.first])
    if at >= counted.first:
        return float(max(0, at - counted.after) + away)
    changed = counted.quantity.relation.endswith("_to")
    return (counted.first - at) * (1.0 if changed else _BEFORE_COSTS) + away


def _by_noun(counted: Counted, found: Sequence[Found]) -> Measured | None:
    """Return what the noun says; weapons and buildings say it only where the sentence tells what becomes of them."""
    quantity = counted.quantity
    key = quantity.amount.unit if quantity.amount.unit in {"%", "km2"} else quantity.noun
    measure = _by_nouns().get(key)
    if measure == "destroyed" and not _told_of(counted, found, "destroyed"):
        return Measured("other", "other", f'nothing says what becomes of the "{key}"')
    if key in _nouns("weapons"):
        measure = "attacks" if _told_of(counted, found, "attacks") else None
    return Measured(measure, "noun", f'it counts "{key}"') if measure else None


def _told_of(counted: Counted, found: Sequence[Found], measure: str) -> bool:
    """Tell whether the clause of a number speaks of destruction, or of shots fired."""
    said, clauses = table("measures")["told"][measure], counted.view.clauses
    here = clauses[counted.first]
    inside = set(counted.view.clause_words(counted.first))
    events = any(item.kind in said["events"] and clauses[item.trigger.first] == here for item in found)
    return events or bool(inside & set(said["words"]))


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the cues, in words, with their measures by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for measure, cues in table("measures")["cues"].items():
        for cue in cues:
            found.setdefault(cue.split()[0], []).append((tuple(cue.split()), measure))
    return {word: tuple(pairs) for word, pairs in found.items()}


@cache
def _civilians() -> frozenset[str]:
    return _nouns("civilians")


@cache
def _said_of_subjects() -> dict[str, str]:
    return {verb: measure for measure, verbs in table("measures")["verbs"].items() for verb in verbs}


@cache
def _counting() -> frozenset[str]:
    """Return the types of events whose objects are counted."""
    return frozenset(table("measures")["events"])


@cache
def _by_nouns() -> dict[str, str]:
    """Return the measure of each noun, singular and plural; the first list that holds a noun wins."""
    found: dict[str, str] = {}
    for measure, nouns in table("measures")["nouns"].items():
        for noun in nouns:
            found.setdefault(noun, measure)
            found.setdefault(plural(noun), measure)
    return found


@cache
def _nouns(name: str) -> frozenset[str]:
    nouns = table("measures")[name]["nouns"]
    return frozenset(nouns) | {plural(noun) for noun in nouns}


__all__ = ["measured"]
