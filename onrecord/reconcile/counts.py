"""What of a figure's claim decides whether it counts the same as another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim
from onrecord.model.values import Amount, When
from onrecord.model.vocabulary import Mode
from onrecord.reconcile.blocks import BOTH
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.people import alike, group_of, is_part, known_groups
from onrecord.reconcile.rules import rougher
from onrecord.reconcile.tellings import apart, is_fine, same_spot

_SAME_REPORT = 3.0  # within one report: the same place and group, or the same event and one thing more
_OTHER_REPORT = 4.0  # across reports: the same place and event, or the place, the date and the group
_COPIED = 9.0
_TELLING = 10  # smaller numbers meet by chance
_RARE = 100  # two reports that give such a number for one group and place mean the same count
_FAR = 4  # times: accounts of one battle's dead that differ by more count different things
_STATE_DAYS = 1  # two counts of a state (fighters left in a town) further apart are of different moments
_NEXT = 200  # characters between two sentences of which the second answers the first
_ANYBODY = ("", "people")
_WEEK = 7  # days: a longer stretch finds its counts by event and report
_WORD = "word:"  # marks a side that is only a capitalised word
_CLOSE_BY = 2.0  # for the number that another source gives in the next sentence


@dataclass(frozen=True, slots=True)
class Count:
    """One claim of a figure: what event it counts, whom, where, and as of when.

    `group` is the sort of people ("fighters", "" where no words say it), `sides` the actors and other proper names
    among the words for them. `loose` counts are denied, expected or conditional: nothing is concluded from them where
    there are others. `revised` tells that the sentence speaks of a changed number.
    """

    claim: Claim
    amount: Amount
    mode: Mode
    event: str | None
    lineage: str
    origin: str
    town: str | None
    group: str
    sides: frozenset[str]
    when: When
    sentence: str
    denied: bool
    loose: bool
    revised: bool


def counts(claims: Iterable[Claim], events: Mapping[str, str], facts: Facts) -> list[Count]:
    """Return the counts that the claims of a dispatch give; `events` pairs claims of events with their event."""
    listed = list(claims)
    beside = _events_beside(listed, events)
    figures = [c for c in listed if c.kind == "figure"]
    part_of = {c.part_of: c for c in reversed(figures) if c.part_of}
    figures = [_with_part(c, part_of[c.id]) if c.id in part_of else c for c in figures]
    return [_count(c, events.get(c.about or "") or beside.get(c.id), facts) for c in figures]


def _with_part(whole: Claim, part: Claim) -> Claim:
    """Return a whole that runs on where its part does, and that is where its part is if it says nothing of it.

    "3,250 people, 1,130 civilians among them, had been killed in Ardun" says both once for the two.
    """
    if whole.sentence != part.sentence:
        return whole
    running = whole.mode == "event" and part.mode == "cumulative"
    return replace(whole, place=whole.place or part.place, mode="cumulative" if running else whole.mode)


def certainty(count: Count, facts: Facts) -> tuple[object, ...]:
    """Return the key that puts the most certain counts first, whatever the order in which they came."""
    return (count.loose, count.event is None, count.claim.place is None, facts.order(count.claim))


def _events_beside(claims: list[Claim], events: Mapping[str, str]) -> dict[str, str]:
    """Return, for each figure that names no event, the one event of its sort that its sentence tells of."""
    told: defaultdict[tuple[object, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.kind == "event" and claim.id in events:
            told[claim.sentence, _counted_by(claim.type)].add(events[claim.id])
    figures = ((c.id, told.get((c.sentence, c.type), set())) for c in claims if c.kind == "figure" and not c.about)
    return {figure: min(found) for figure, found in figures if len(found) == 1}


def _counted_by(event_type: str) -> str:
    """Return the measure that counts people of events of this type, or nothing."""
    return str(table("measures")["events"].get(event_type, ""))


def _count(claim: Claim, event: str | None, facts: Facts) -> Count:
    around = [p for p in facts.chain(claim.place) if not facts.wide(p)] if claim.place else []
    sentence = facts.sentence(claim)
    return Count(
        claim=claim,
        amount=claim.amount or Amount(None, None),
        mode=claim.mode or "event",
        event=event,
        lineage=facts.lineage[claim.dispatch],
        origin=facts.origin(claim),
        town=around[-1] if around else claim.place,
        group=group_of(claim.who),
        sides=_sides(claim, facts),
        when=_window(claim, facts),
        sentence=sentence,
        denied=facts.denied(claim),
        loose=facts.denied(claim) or claim.status in ("expected", "conditional"),
        revised=not set(table("reconcile")["revisions"]["words"]).isdisjoint(sentence.split()),
    )


def _window(claim: Claim, facts: Facts) -> When:
    """Return when those counted were counted: a number of the day of publication may be of any day before it."""
    if not claim.as_of:
        return claim.when
    published = facts.dispatches[claim.dispatch].published
    if claim.mode != "current" and claim.as_of == published and not claim.when.known:
        return When(None, claim.as_of)
    return When(claim.as_of, claim.as_of)


def _sides(claim: Claim, facts: Facts) -> frozenset[str]:
    """Return the actors in the words for whom a figure counts or that the dispatch means by them ("the jihadists").

    Where there is none, the capitalised words, marked as such: "Americans".
    """
    text = claim.who or ""
    found = {actor.name for _, _, actor in facts.actors.in_text(text) if actor.kind != "population"}
    return frozenset(found or facts.meant(claim) or {_WORD + fold(w) for w in text.split() if w[:1].isupper()})


def in_common(one: Count, other: Count, facts: Facts) -> float | None:
    """Return how much speaks for one figure, or `None` where something speaks against it.

    Two points for the same place or event, one for a place within the other, for a shared date, for the same group
    counted, two for the same number (three for a rare one), two where another source answers in the next sentence. A
    part is never its whole, one source does not give two numbers of one thing in one report unless it says that it
    changed them, and different measures meet only over the same number; so do different groups, unless one source
    gives for some of the people no less than another gives for all.
    """
    equal = _equal(one.amount, other.amount)
    same_measure = one.claim.type == other.claim.type
    if (same_measure or equal) and _copied(one, other):
        return _COPIED
    if _contradict(one, other, facts, equal=equal) or not (same_measure or (equal and _telling(one))):
        return None
    place, time = _places(one, other, facts), _times(one, other)
    if time is None and equal and _rare(one) and one.group == other.group and "current" not in (one.mode, other.mode):
        time = 0.0
    if place is None or time is None:
        return None
    known = (time >= 1 or (equal and _rare(one))) and place >= 1
    if one.lineage != other.lineage and not known:
        return 0.0  # too little in common, but nothing against it
    group = 1.0 if (one.group == other.group and one.group) or _rival_parts(one, other) else 0.5
    answers = _CLOSE_BY if one.origin != other.origin or one.revised or other.revised else 0.0
    again = one.lineage == other.lineage and _says_again(one, other)
    return place + time + group + equal * (3 if _rare(one) else 2) + _adjacent(one, other) * answers + again


def enough(one: Count, other: Count, points: float) -> bool:
    """Tell whether so many points make the two claims one figure."""
    return points >= (_SAME_REPORT if one.lineage == other.lineage else _OTHER_REPORT)


def _says_again(one: Count, other: Count) -> bool:
    """Tell whether one is a rough form of the other, as a headline has it: "dozens" of 72 fighters of one side."""
    rough = rougher(one.amount, other.amount) or rougher(other.amount, one.amount)
    return rough and one.group == other.group and one.sides == other.sides and bool(one.sides)


def _copied(one: Count, other: Count) -> bool:
    return one.lineage == other.lineage and one.sentence == other.sentence and same_spot(one.claim, other.claim)


def _contradict(one: Count, other: Count, facts: Facts, *, equal: bool) -> bool:
    """Tell whether the two cannot be one figure, whatever place and time say."""
    same_group = one.group == other.group
    if _part(one.claim, other.claim, same=equal and same_group and bool(one.group)) or _other_side(one, other, facts):
        return True
    if one.claim.sentence == other.claim.sentence and not (equal and same_group):
        return True
    recounted = (equal and _may_be_recounted(one, other)) or _rival_parts(one, other)
    if not alike(one.group, other.group) and not recounted:
        return True
    if equal:
        return False
    states = (one.mode == "current") != (other.mode == "current")
    return states or _far(one, other) or _two_numbers(one, other)


def _may_be_recounted(one: Count, other: Count) -> bool:
    """Tell whether accounts of one number may differ on whom it counts: people of one event, or a telling number."""
    same_event = one.event is not None and one.event == other.event
    exact = one.amount.low is not None and one.amount.low == one.amount.high
    return known_groups(one.group) and known_groups(other.group) and exact and (same_event or _telling(one))


def _rival_parts(one: Count, other: Count) -> bool:
    """Tell whether two sources answer one question though one counts only some of the people that the other counts.

    They do where the part is no smaller than the whole: 200 to 300 foreign fighters and 300 to 400 fighters are rivals,
    50 civilians of 200 people are not.
    """
    if one.origin == other.origin or one.claim.type != other.claim.type:
        return False
    part, whole = (one, other) if is_part(one.group, other.group) else (other, one)
    return is_part(part.group, whole.group) and not _below(part.amount, whole.amount)


def _below(one: Amount, other: Amount) -> bool:
    """Tell whether the first amount may well be less than all that the second allows."""
    high = one.high if one.high is not None else one.low
    return other.low is not None and high is not None and high < other.low


def _number(amount: Amount) -> float:
    return amount.low or amount.high or 0


def _telling(count: Count) -> bool:
    return _number(count.amount) >= _TELLING


def _rare(count: Count) -> bool:
    """Tell whether two reports hardly meet on this number by chance: "hundreds" and "thousands" they do."""
    exact = count.amount.low is not None and count.amount.low == count.amount.high
    return _number(count.amount) >= (_RARE if exact else _RARE * _RARE)


def _far(one: Count, other: Count) -> bool:
    """Tell whether two numbers lie too far apart to be accounts of one thing.

    Of one event a party may admit far fewer civilians than a monitor counts, and another report know of far more; one
    report that tells of eight people and of 3,000 means two things.
    """
    same_group = one.group == other.group and one.group not in _ANYBODY
    if one.event is not None and one.event == other.event and (same_group or one.lineage != other.lineage):
        return False
    ends = [
        (a.low if a.low is not None else a.high or 0, a.high if a.high is not None else a.low or 0)
        for a in (one.amount, other.amount)
    ]
    (low, high), (other_low, other_high) = ends
    return low > _FAR * max(other_high, 1) or other_low > _FAR * max(high, 1)


def _equal(one: Amount, other: Amount) -> bool:
    """Tell whether two amounts are the same number, rough or not."""
    return (one.low, one.high) == (other.low, other.high)


def _part(one: Claim, other: Claim, *, same: bool) -> bool:
    """Tell whether one counts a part: of the other, or of some whole while the other does not (but the same number)."""
    if other.id == one.part_of or one.id == other.part_of:
        return True
    return (one.part_of is None) != (other.part_of is None) and not same


def _two_numbers(one: Count, other: Count) -> bool:
    """Tell whether one source gives two numbers in one report, of one moment, that cannot both be right."""
    if one.claim.dispatch != other.claim.dispatch or one.origin != other.origin or revises(one, other):
        return False
    return apart(one.amount, other.amount) and one.when == other.when


def revises(one: Count, other: Count) -> bool:
    """Tell whether the later of two numbers of one source in one report takes the place of the earlier."""
    first, second = sorted((one, other), key=lambda c: c.claim.trigger)
    return (
        first.claim.dispatch == second.claim.dispatch
        and first.origin == second.origin
        and second.revised
        and _adjacent(first, second)
        and apart(first.amount, second.amount)
    )


def _adjacent(one: Count, other: Count) -> bool:
    """Tell whether the two stand in neighbouring sentences of one dispatch."""
    first, second = sorted((one.claim.sentence, other.claim.sentence))
    return first.dispatch == second.dispatch and first != second and second.start - first.end <= _NEXT


def _other_side(one: Count, other: Count, facts: Facts) -> bool:
    """Tell whether the two count people of different sides."""
    if not one.sides or not other.sides or _bare_words(one) != _bare_words(other):
        return False  # "Syrian fighters" may well be fighters of Islamic State
    mine, theirs = _with_outer(one.sides, facts), _with_outer(other.sides, facts)
    return mine.isdisjoint(theirs)


def _bare_words(count: Count) -> bool:
    return any(side.startswith(_WORD) for side in count.sides)


def _with_outer(names: frozenset[str], facts: Facts) -> frozenset[str]:
    return names | {outer.name for name in names for outer in facts.actors.within(name)}


def _places(one: Count, other: Count, facts: Facts) -> float | None:
    a, b = one.claim.place, other.claim.place
    if a is None or b is None:
        return 2.0 if one.event and one.event == other.event else 0.0
    if a == b:
        return 2.0
    return 1.0 if facts.related(a, b) else None


def _times(one: Count, other: Count) -> float | None:
    """Return what the two have in common in time, under the mode of the first: event, state, or running total."""
    if one.event and other.event:
        if one.event == other.event:
            return 2.0
        if "event" in (one.mode, other.mode):
            return 0.0 if _adjacent(one, other) and one.origin != other.origin else None
        if one.origin != other.origin or {one.mode, other.mode} != {"cumulative"}:
            return 0.0  # of one source, totals of one place run on, whatever deaths they are told with
    if not (one.when.known and other.when.known):
        return 0.0
    if one.mode == "cumulative" and other.mode == "cumulative":
        return 1.0  # a total runs on: counts of different moments are one figure, of which the later holds
    if is_fine(one.when) and is_fine(other.when):
        return 1.0 if _close(one.when, other.when, _STATE_DAYS if one.mode == "current" else 0) else None
    if one.when == other.when:
        return 1.0
    return 0.0 if one.when.meets(other.when) else None


def _close(one: When, other: When, days: int) -> bool:
    firsts, afters = (one.first, other.first), (one.after, other.after)
    if None in firsts or None in afters:
        return False
    slack = timedelta(days=days)
    latest_start, earliest_end = max(f for f in firsts if f), min(a for a in afters if a)
    return latest_start < earliest_end + slack


def index_keys(count: Count) -> Mapping[Hashable, int]:
    """Return the keys under which claims of the same figure are looked for: its report, event, place and time."""
    measure = _family(count.claim.type)
    keys = [f"r|{measure}|{count.lineage}"]
    if count.event:
        keys.append(f"e|{measure}|{count.event}")
    if count.town and count.mode == "cumulative":
        keys.append(f"c|{measure}|{count.town}")
    if count.town and _rare(count):
        keys.append(f"n|{measure}|{count.town}|{_number(count.amount)}")
    after = count.when.after
    first = count.when.first or (after - timedelta(days=1) if after else None)
    if count.town and first and after and (after - first).days <= _WEEK:
        slack = _STATE_DAYS if count.mode == "current" else 0
        days = range(-slack, (after - first).days + slack)
        keys += [f"t|{measure}|{count.town}|{(first + timedelta(days=n)).isoformat()}" for n in days]
    return dict.fromkeys(keys, BOTH)


def _family(measure: str) -> str:
    """Return the family of a measure that readers of a sentence may take for another, else the measure."""
    return next((str(f) for f, held in table("reconcile")["families"].items() if measure in held), measure)
