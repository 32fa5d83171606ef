"""When an undated dispatch was published, as far as dated ones of the same events tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Dating, Dispatch
from onrecord.model.values import When, first_day
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import is_fine
from onrecord.reconcile.told import Told

# Measured on 177 dated dispatches of one newspaper over 20 months, each read in turn as if it had no date: six are
# dated, every one within its interval (one to the week, by a weekday; five to six weeks or so). Any one event in
# common, with a reach of a week, dates 69 and is right for 16; two within a week date nine and are right for three.
_WEEK = timedelta(days=6)  # a weekday without a date is one of the last seven days
_SINGLE_DAYS = 7  # what accounts date further apart than this is no single event
_NEWS_DAYS = 31  # before its own publication: what a report dates further back is its background
_TOGETHER = timedelta(days=14)  # within which links bear each other out
_LATE = timedelta(days=31)  # how long after an event reports of it without a date still come
_LABELS = 2  # different things in common, of which one gives the weekday
_LABELS_APART = 3  # where no weekday is given
_NUMBER = 20  # smaller numbers meet by chance
_QUOTED = 8  # words of a quotation that two reports do not hit on by chance

_FULL = 6  # letters; shorter names of weekdays may be other words ("sat")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Key = tuple[object, ...]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Link:
    """Something that an undated dispatch has in common with dated ones, all of which date it to these days.

    Links of one `label` count once. `sure` tells that the dispatch gives the weekday of the one day.
    """

    label: Key
    days: Days
    sure: bool
    why: str


class Datings:
    """Between which days each undated dispatch was published that dated ones tell of, and why (`by_dispatch`).

    A weekday that it gives, for an event that the others date to such a day, dates it to the week from that day on,
    where something else in common bears that out. Three things or more in common, all dated within two weeks, date it
    to the time from a week before them to a month after. It is never dated before a day that it gives itself. Where
    links contradict each other nothing is concluded; what is dated here dates no other dispatch. The datings are kept
    as dispatches come, change and go; `facts` has the dispatches as a person or a copy dates them.
    """

    def __init__(self, facts: Facts) -> None:
        self.by_dispatch: dict[str, Dating] = {}
        self._facts = facts
        self._told: dict[str, list[tuple[Key, Claim | None]]] = {}
        self._claims: dict[str, Sequence[Claim]] = {}  # of the undated
        self._asking: defaultdict[Key, set[str]] = defaultdict(set)  # the undated that tell it
        self._dated: defaultdict[Key, dict[str, list[Days]]] = defaultdict(dict)  # the days that dated ones give it

    def update(self, told: Mapping[str, Told]) -> None:
        """Take what dispatches tell, which may be nothing, for what they told."""
        keys: set[Key] = set()
        for name, new in told.items():
            keys |= self._take(name)
            self._file(name, new)
            keys.update(key for key, _ in self._told.get(name, ()))
        for name in {*told, *(asking for key in keys for asking in self._asking.get(key, ()))}:
            self.by_dispatch.pop(name, None)
            if name in self._claims and (dating := self._dating(name)):
                self.by_dispatch[name] = dating

    def _take(self, name: str) -> set[Key]:
        """Forget what a dispatch told; return the keys of it."""
        keys = {key for key, _ in self._told.pop(name, ())}
        self._claims.pop(name, None)
        for key in keys:
            self._asking[key].discard(name)
            self._dated[key].pop(name, None)
            if not self._asking[key]:
                del self._asking[key]
            if not self._dated[key]:
                del self._dated[key]
        return keys

    def _file(self, name: str, told: Told) -> None:
        """File what an undated dispatch tells, or one that is dated to the day."""
        dispatch = self._facts.dispatches.get(name)
        if dispatch is None or len(dispatch.published or "") not in (0, 10):
            return
        self._told[name] = list(_told_of(told, dispatch, self._facts))
        if not dispatch.published:
            self._claims[name] = told.claims
        for key, claim in self._told[name]:
            if not dispatch.published:
                self._asking[key].add(name)
            elif days := _dated_to(claim, first_day(dispatch.published)):
                self._dated[key].setdefault(name, []).append(days)

    # -------------------------------------------------------------------------------------------------- conclusions

    def _dating(self, name: str) -> Dating | None:
        links = list(self._links(name))
        own = max((c.when.first for c in self._claims[name] if _has_happened(c) and c.when.first), default=date.min)
        sure = [link for link in links if link.sure]
        days = _by_weekday(sure) if sure else _by_events(links)
        if days is None:
            return None
        first, last = max(days[0], own), days[1]
        bearing = [k for k in links if k.days[0] <= last and k.days[1] + _LATE >= first]
        labels, against = {k.label for k in bearing}, {k.label for k in links} - {k.label for k in bearing}
        if first > last or len(labels) < (_LABELS if sure else _LABELS_APART) or len(against) >= len(labels):
            return None
        reasons = dict.fromkeys(k.why for k in sorted(bearing, key=lambda k: (not k.sure, k.days, k.why)))
        return Dating(name, When(first.isoformat(), last.isoformat()), tuple(reasons))

    def _links(self, name: str) -> Iterator[_Link]:
        facts = self._facts
        for key, claim in dict.fromkeys(self._told[name]):
            held = {d: days for d, days in self._dated.get(key, {}).items() if facts.lineage[d] != facts.lineage[name]}
            if not held or (claim and claim.kind == "event" and claim.when.known):
                continue
            given = [each for days in held.values() for each in days]
            days = min(each[0] for each in given), max(each[1] for each in given)
            weekdays = _weekdays(claim, facts) if claim and claim.kind == "event" else set()
            sure = days[0] == days[1] and weekdays == {days[0].weekday()}
            if (days[1] - days[0]).days <= _SINGLE_DAYS and (sure or not weekdays):
                yield _Link(_label(key), days, sure, _why(key, days, min(held), sure=sure, facts=facts))


# ------------------------------------------------------------------------------------------------ what is in common


def _told_of(told: Told, dispatch: Dispatch, facts: Facts) -> Iterator[tuple[Key, Claim | None]]:
    """Yield the keys under which what a dispatch tells is found in others, with the claim that tells it.

    That is its events, its exact numbers, and the words that it quotes.
    """
    for claim in told.claims:
        yield from ((key, claim) for key in (*_event_keys(claim, facts), *_number_keys(claim)))
    for statement in (s for s in told.statements if s.direct):
        words = dispatch.quote(statement.content).casefold().split()
        yield from ((("quotation", *words[at : at + _QUOTED]), None) for at in range(len(words) - _QUOTED + 1))


def _event_keys(claim: Claim, facts: Facts) -> Iterator[Key]:
    """Yield what tells an event: its type, its place, and one of those named who act or are hit."""
    if (
        claim.kind == "event"
        and claim.status in ("happened", "ongoing")
        and claim.place
        and not facts.wide(claim.place)
    ):
        for role, held in (("by", claim.agents), ("against", claim.targets)):
            yield from ((claim.type, claim.place, role, entity) for entity in held if entity not in facts.generic)


def _number_keys(claim: Claim) -> Iterator[Key]:
    exact = claim.amount is not None and claim.amount.exact and (claim.amount.low or 0) >= _NUMBER
    if claim.amount and exact and claim.place and claim.mode != "current":
        yield (claim.type, claim.place, "number", claim.amount.low)


def _dated_to(claim: Claim | None, told: date) -> Days | None:
    """Return the days to which a report of this day dates what it tells: those of an event, else that of the report."""
    return _days(claim, told) if claim and claim.kind == "event" else (told, told)


def _days(claim: Claim, told: date) -> Days | None:
    """Return the days of an event that is the news of a report of this day, where they are told to the week."""
    first, after = claim.when.first, claim.when.after
    if first is None or after is None or not is_fine(claim.when):
        return None
    return (first, after - timedelta(days=1)) if timedelta() <= told - first <= timedelta(days=_NEWS_DAYS) else None


def _has_happened(claim: Claim) -> bool:
    return claim.kind == "event" and claim.status in ("happened", "ongoing") and claim.when.precision == "day"


def _by_weekday(sure: Sequence[_Link]) -> Days | None:
    """Return the days of publication that all weekdays allow."""
    first, last = max(k.days[0] for k in sure), min(k.days[0] + _WEEK for k in sure)
    return (first, last) if first <= last else None


def _by_events(links: Sequence[_Link]) -> Days | None:
    """Return the days around the most links that lie within two weeks; of several such times the first."""
    best: list[_Link] = []
    for start in sorted({k.days[0] for k in links}):
        near = [k for k in links if start <= k.days[0] and k.days[1] <= start + _TOGETHER]
        if len({k.label for k in near}) > len({k.label for k in best}):
            best = near
    if len({k.label for k in best}) < _LABELS_APART:
        return None
    return min(k.days[0] for k in best) - _WEEK, max(k.days[1] for k in best) + _LATE


def _label(key: Key) -> Key:
    """Return what of a key counts once: an event whoever acts in it, a number, all quotations together."""
    return key[:1] if key[0] == "quotation" else (*key[:2], key[2] == "number")


def _weekdays(claim: Claim, facts: Facts) -> set[int]:
    """Return the weekdays (Monday is 0) of a claim's sentence, of that part which its source says."""
    statement = facts.statements.get(claim.statement or "")
    first, last = claim.sentence.start, claim.sentence.end
    if statement:
        first, last = max(first, statement.content.start), min(last, statement.content.end)
    words = fold(facts.dispatches[claim.dispatch].text[first:last]).split()
    numbers: Mapping[str, int] = table("times")["weekdays"]
    return {numbers[word] for word in words if word in numbers and len(word) >= _FULL}


def _why(key: Key, days: Days, dispatch: str, *, sure: bool, facts: Facts) -> str:
    """Return in a sentence what is in common with which dispatch, and when that puts it."""
    when = days[0].isoformat() if days[0] == days[1] else f"{days[0].isoformat()} to {days[1].isoformat()}"
    if key[0] == "quotation":
        return f"quotes the same words as {dispatch}, published {when}"
    place = facts.entities[str(key[1])].name
    what = str(key[0]).replace("_", " ")
    if key[2] == "number":
        return f"gives the same number ({what} {key[3]:,g} at {place}) as {dispatch}, published {when}"
    who = facts.entities[str(key[3])].name
    day = f", a {_WEEKDAYS[days[0].weekday()]} as here" if sure else ""
    return f"tells of the {what} {key[2]} {who} at {place} that {dispatch} dates to {when}{day}"
