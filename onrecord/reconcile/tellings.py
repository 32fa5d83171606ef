"""What of a claim decides whether it tells of the same event as another, and how much two of them have in common."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Dispatch
from onrecord.model.values import Amount, When, first_day
from onrecord.reconcile.blocks import BOTH
from onrecord.reconcile.facts import Facts

FINE_DAYS = 7  # a stretch no longer than a week still points at one event
_NEAR_DAYS = 3  # how far accounts of one capture or deal lie apart: reported late, or by the end instead of the start
_PAST_DAYS = 31  # before the report: what lies further back is its background, not its news
_SAME_REPORT = 3.0  # within one report: the same place and one thing more (an actor, the day, the same word)
_UNPLACED = 4.0  # where one of the two gives no place, the day and the actors must agree
_OTHER_REPORT = 4.0  # across reports: the same place and day, or one of them and the actors
_RESTATED = 3.0  # a headline says the lead again in other words: the same type there is nearly always the same event
_LEAD = 500  # characters after the headline: two or three sentences, in which a report has its news
_AFTERMATH = 600  # characters from an event to the deaths that it is said to have caused: about three sentences
_TELLING = 5  # people: "three killed" is told of every other incident
_COPIED = 9.0  # the same words at the same point of a copied sentence are the same event, whatever they say


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of an event: where and when it puts it, who acts, and in which report it stands.

    `town` is the widest place around it that is still one town; `agents` and `targets` leave unnamed groups out.
    `counts` are the figures that it gives, by measure; `days` the first day of the time that decides and the first
    day after it, `None` where no time is told; `told` the day of publication. Tellings of one `profile` say the same
    of all that two reports are compared by. `part` is `headline`, `lead` or "" after where in the report it stands.
    `cause` is the claim of what did it, of deaths and injuries that are told with it; its `counts` are theirs as well.
    """

    claim: Claim
    lineage: str
    origin: str
    town: str | None
    agents: frozenset[str]
    targets: frozenset[str]
    real: bool
    denied: bool
    words: str
    sentence: str
    profile: int
    days: tuple[date, date] | None = None
    told: date | None = None
    counts: tuple[tuple[str, Amount], ...] = ()
    part: str = ""
    cause: str | None = None

    @property
    def fine(self) -> bool:
        """Whether its dates cover a week or less."""
        return self.days is not None and (self.days[1] - self.days[0]).days <= FINE_DAYS


def is_fine(when: When) -> bool:
    """Tell whether both sides are known and no more than a week apart."""
    first, after = when.first, when.after
    return first is not None and after is not None and (after - first).days <= FINE_DAYS


def tellings(claims: Iterable[Claim], facts: Facts, profiles: dict[object, int]) -> list[Telling]:
    """Return the tellings of the event claims among these, of which all of a dispatch are given.

    `profiles` numbers what tellings say; new ones are added to it.
    """
    listed = list(claims)
    caused = dict(_caused(c for c in listed if c.kind == "event"))
    counts: dict[str, list[tuple[str, Amount]]] = {}
    for claim in listed:
        if claim.kind == "figure" and claim.about and claim.amount and claim.mode in (None, "event"):
            for about in dict.fromkeys(filter(None, (claim.about, caused.get(claim.about)))):
                counts.setdefault(about, []).append((claim.type, claim.amount))
    events = (c for c in listed if c.kind == "event")
    return [_telling(c, facts, tuple(counts.get(c.id, ())), profiles, cause=caused.get(c.id)) for c in events]


def certainty(telling: Telling, facts: Facts) -> tuple[object, ...]:
    """Return the key that puts the most certain tellings first.

    It rests on what the claims say and on where they stand, never on the order in which they came.
    """
    return (not telling.real, not telling.fine, telling.claim.place is None, facts.order(telling.claim))


def _caused(events: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Yield each claim of deaths or injuries with that of what did it: in its sentence, else the last one before it.

    The two are told of one time and place, or one of them is told of none.
    """
    last: Claim | None = None
    for claim in sorted(events, key=lambda c: c.trigger):
        if claim.type in causes():
            last = claim
        elif claim.type in _words("consequences") and last is not None and last.dispatch == claim.dispatch:
            apart = last.place and claim.place and last.place != claim.place
            if not apart and last.when.meets(claim.when) and claim.trigger.start - last.trigger.end < _AFTERMATH:
                yield claim.id, last.id


def _telling(
    claim: Claim,
    facts: Facts,
    counts: tuple[tuple[str, Amount], ...],
    profiles: dict[object, int],
    *,
    cause: str | None,
) -> Telling:
    around = [p for p in facts.chain(claim.place) if not facts.wide(p)] if claim.place else []
    agents, targets = frozenset(claim.agents) - facts.generic, frozenset(claim.targets) - facts.generic
    denied = facts.denied(claim)
    real = claim.status in ("happened", "ongoing", "uncertain") and not denied
    published = facts.dispatches[claim.dispatch].published
    told = first_day(published) if published else None
    news = told if claim.type in _words("lasting") else None  # by which what is long past is told from the news
    said = (claim.type, claim.place, claim.when, agents, targets, real, counts, news)
    return Telling(
        claim=claim,
        lineage=facts.lineage[claim.dispatch],
        origin=facts.origin(claim),
        town=around[-1] if around else claim.place,
        agents=agents,
        targets=targets,
        real=real,
        denied=denied,
        words=facts.words(claim),
        sentence=facts.sentence(claim),
        profile=profiles.setdefault(said, len(profiles)),
        days=_days(claim),
        told=told,
        counts=counts,
        part=_part(claim, facts.dispatches[claim.dispatch]),
        cause=cause,
    )


def _part(claim: Claim, dispatch: Dispatch) -> str:
    title = next((m for m in dispatch.marked if m.kind == "title"), None)
    if title is None or claim.trigger.start >= title.end + _LEAD:
        return ""
    return "headline" if title.start <= claim.trigger.start < title.end else "lead"


class Common:
    """Tells what two tellings have in common, remembering what two profiles of different reports have."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._across: dict[tuple[int, int], float | None] = {}

    def __call__(self, one: Telling, other: Telling) -> float | None:
        """Return `in_common` of the two."""
        if one.lineage == other.lineage:
            return in_common(one, other, self._facts)
        pair = (one.profile, other.profile)
        if pair not in self._across:
            self._across[pair] = in_common(one, other, self._facts)
        return self._across[pair]


def in_common(one: Telling, other: Telling, facts: Facts) -> float | None:
    """Return how much speaks for one event, or `None` where something speaks against it.

    Two points for the same place, one for a place within the other, two for the same day, one for the same week, one
    each for a common agent, a common target and, within a report, the same word, three where a headline restates the
    lead; an agent or target that the two do not share takes one away. What is only expected, conditional or denied
    must agree in place and time to count.
    """
    if one.lineage == other.lineage and one.sentence == other.sentence and same_spot(one.claim, other.claim):
        return _COPIED
    together = one.lineage == other.lineage
    if together and one.origin == other.origin and one.denied != other.denied:
        return None  # nobody asserts and denies one thing in one report
    place, time = _places(one, other, facts), _times(one, other)
    if place is None or time is None or other_counts(one, other):
        return None
    far = not together and (place < 1 or time < 1)  # too little to be one, yet nothing against it
    actors = actors_in_common(one, other, facts)
    if together and actors < 0 and one.origin == other.origin:
        return None
    if _same_plan(one, other) and place >= 2 and actors > 0:
        return place + actors + 1.0
    if (not one.real or not other.real) and not (
        place >= 2 and (time >= 1 or (_undated(one, other) and one.words == other.words))
    ):
        return 0.0  # too little to be one, yet nothing against it
    if far:
        return min(0.0, actors)
    restated = one.claim.dispatch == other.claim.dispatch and {one.part, other.part} == {"headline", "lead"}
    return place + time + actors + (together and one.words == other.words) + _RESTATED * restated


def enough(one: Telling, other: Telling, points: float) -> bool:
    """Tell whether so many points make the two claims one event."""
    if one.lineage != other.lineage:
        return points >= _OTHER_REPORT
    return points >= (_SAME_REPORT if one.claim.place and other.claim.place else _UNPLACED)


def same_spot(one: Claim, other: Claim) -> bool:
    """Tell whether the triggers of claims of two dispatches stand at the same point of their sentences."""
    mine, theirs = one.trigger.start - one.sentence.start, other.trigger.start - other.sentence.start
    return one.dispatch != other.dispatch and mine == theirs


def _places(one: Telling, other: Telling, facts: Facts) -> float | None:
    a, b = one.claim.place, other.claim.place
    if a is None or b is None:
        return 0.0
    if a == b:
        return 1.0 if facts.wide(a) else 2.0
    if not facts.related(a, b) or one.claim.type in _words("whole"):
        return None
    return 0.0 if facts.wide(a) or facts.wide(b) else 1.0


def _days(claim: Claim) -> tuple[date, date] | None:
    """Return the days that tell the event from the next: of one that lasts, where no overlap counts, its beginning."""
    when = claim.when
    if not when.known:
        return None
    if claim.type in _words("lasting") and claim.type not in _words("spans") and not is_fine(when):
        when = _beginning(when)
    return when.first or date.min, when.after or date.max


def _times(one: Telling, other: Telling) -> float | None:
    if one.days is None or other.days is None:
        return None if _news_and_past(one, other) else 0.0
    kind, same = one.claim.type, one.days == other.days
    meets = one.days[0] < other.days[1] and other.days[0] < one.days[1]
    if kind in _words("spans"):
        return (2.0 if one.claim.when == other.claim.when else 1.0) if meets else None
    fine = one.fine and other.fine
    if kind in _words("lasting"):
        near = meets or (fine and _near(one.days, other.days))
        return None if not near else 2.0 if fine and same else 1.0
    if not meets:
        return None
    return 0.0 if not fine else 2.0 if same else 1.0


def _news_and_past(one: Telling, other: Telling) -> bool:
    """Tell whether one of two captures (or the like) is the undated news of the report and the other long past."""
    dated = one.days or other.days
    if one.claim.type not in _words("lasting") or dated is None or one.told is None:
        return False
    return dated[1] < one.told - timedelta(days=_PAST_DAYS)


def _beginning(when: When) -> When:
    """Return the side that tells one lasting event from the next: its start, or its end where that alone is known."""
    side = when.start or when.end
    return When(side, side)


def _near(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Tell whether two fine stretches lie a few days apart at most."""
    slack = timedelta(days=_NEAR_DAYS)
    return one[0] - other[1] < slack and other[0] - one[1] < slack


def actors_in_common(one: Telling, other: Telling, facts: Facts) -> float:
    """Return a point each for a common agent and target, less one for each that the two do not share."""
    if one.claim.type in _words("mutual"):
        return _shared(one.agents | one.targets, other.agents | other.targets, facts)
    if (one.agents & other.targets) - one.targets or (other.agents & one.targets) - other.targets:
        return -1.0  # who acts in the one is acted on in the other
    return _shared(one.agents, other.agents, facts) + _shared(one.targets, other.targets, facts)


def other_agents(one: Telling, other: Telling, facts: Facts) -> bool:
    """Tell whether two accounts name sides that have nothing to do with each other as the one that acted."""
    return one.claim.type not in _words("mutual") and _shared(one.agents, other.agents, facts) < 0


def _shared(mine: frozenset[str], theirs: frozenset[str], facts: Facts) -> float:
    if not mine or not theirs:
        return 0.0
    return 1.0 if mine & theirs or any(facts.related(a, b) for a in mine for b in theirs) else -1.0


def other_counts(one: Telling, other: Telling) -> bool:
    """Tell whether one source gives the two different numbers of the same: then they are two events."""
    if one.origin != other.origin or one.lineage != other.lineage:
        return False
    return any(m == n and apart(a, b) for m, a in one.counts for n, b in other.counts)


def same_counts(one: Telling, other: Telling) -> bool:
    """Tell whether both give the same exact number of the same, one that is not met with by chance."""
    return any(
        m == n and a == b and a.low == a.high and (a.low or 0) >= _TELLING
        for m, a in one.counts
        for n, b in other.counts
    )


def apart(one: Amount, other: Amount) -> bool:
    """Tell whether no number lies within the bounds of both amounts; an open side reaches everywhere."""
    below = one.high is not None and other.low is not None and one.high < other.low
    return below or (other.high is not None and one.low is not None and other.high < one.low)


def _same_plan(one: Telling, other: Telling) -> bool:
    """Tell whether both tell, within a week, of what is only expected, and give no day."""
    if {one.claim.status, other.claim.status} != {"expected"} or not one.told or not other.told:
        return False
    return _undated(one, other) and abs((one.told - other.told).days) <= FINE_DAYS


def _undated(one: Telling, other: Telling) -> bool:
    return not one.claim.when.known and not other.claim.when.known


def small_place(telling: Telling, facts: Facts) -> bool:
    """Tell whether an account puts its event in one building or quarter."""
    place = facts.entities.get(telling.claim.place or "")
    return place is not None and (place.kind == "facility" or place.precision == "within")


def frequent() -> frozenset[str]:
    """Return the types of events of which a town in war sees many a month."""
    return _words("frequent")


def causes() -> frozenset[str]:
    """Return the types of events that kill and injure."""
    return _words("causes")


def whole() -> frozenset[str]:
    """Return the types of events that take a place as a whole."""
    return _words("whole")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("reconcile")[name])


def index_keys(telling: Telling) -> Mapping[Hashable, int]:
    """Return the keys under which claims of the same event are looked for: its report, its town and days."""
    kind = telling.claim.type
    keys = [f"r|{kind}|{telling.lineage}"]
    if telling.town and telling.claim.when.known:
        keys += [f"t|{kind}|{telling.town}|{part}" for part in _parts(telling)]
    elif telling.town and telling.claim.status == "expected":
        keys.append(f"t|{kind}|{telling.town}|expected")
    return dict.fromkeys(keys, BOTH)


def _parts(telling: Telling) -> list[str]:
    """Return the stretches of the calendar in which another claim of the same event would lie."""
    kind, when = telling.claim.type, telling.claim.when
    if kind in _words("spans"):
        return ["always"]
    if kind in _words("lasting"):
        year = int((when.start or when.end or "")[:4])
        return [str(year - 1), str(year), str(year + 1)]
    first, after = when.first, when.after
    if not telling.fine or first is None or after is None:
        return []
    return [(first + timedelta(days=n)).isoformat() for n in range((after - first).days)]
