"""When an undated dispatch was published, as far as dated ones of the same events tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, Dating
from onrecord.model.values import Span, When, first_day
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.tellings import is_fine

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


def datings(claims: Iterable[Claim], facts: Facts) -> dict[str, Dating]:
    """Return, for each undated dispatch that dated ones tell of, between which days it was published, and why.

    A weekday that it gives, for an event that the others date to such a day, dates it to the week from that day on,
    where something else in common bears that out. Three things or more in common, all dated within two weeks, date it
    to the time from a week before them to a month after. It is never dated before a day that it gives itself. Where
    links contradict each other nothing is concluded; what is dated here dates no other dispatch.
    """
    undated = {i for i, d in facts.dispatches.items() if not d.published}
    if not undated:
        return {}
    told = _Told(claims, facts)
    wanted = {key for name in undated for key, _ in told.of(name)}
    dated = _dated(wanted, told, facts)
    found = {name: _dating(name, told, dated, facts) for name in sorted(undated)}
    return {name: dating for name, dating in found.items() if dating}


# ------------------------------------------------------------------------------------------------ what is in common


class _Told:
    """What each dispatch tells that another may date: its events, its exact numbers, the words that it quotes."""

    def __init__(self, claims: Iterable[Claim], facts: Facts) -> None:
        self._facts = facts
        self.claims: defaultdict[str, list[Claim]] = defaultdict(list)
        self._quoted: defaultdict[str, list[Span]] = defaultdict(list)
        for claim in claims:
            self.claims[claim.dispatch].append(claim)
        for statement in facts.statements.values():
            if statement.direct:
                self._quoted[statement.dispatch].append(statement.content)

    def of(self, dispatch: str) -> Iterator[tuple[Key, Claim | None]]:
        """Yield the keys under which what a dispatch tells is found in others, with the claim that tells it."""
        for claim in self.claims[dispatch]:
            yield from ((key, claim) for key in (*_event_keys(claim, self._facts), *_number_keys(claim)))
        for span in self._quoted[dispatch]:
            words = self._facts.dispatches[dispatch].quote(span).casefold().split()
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


def _dated(wanted: set[Key], told: _Told, facts: Facts) -> dict[Key, list[tuple[Days, str]]]:
    """Return for each key the days that dated dispatches give it: those of the event, else those of publication."""
    found: defaultdict[Key, list[tuple[Days, str]]] = defaultdict(list)
    for name, dispatch in sorted(facts.dispatches.items()):
        if not dispatch.published or len(dispatch.published) != 10:
            continue
        day = first_day(dispatch.published)
        for key, claim in told.of(name):
            days = _days(claim, day) if claim and claim.kind == "event" else (day, day)
            if key in wanted and days:
                found[key].append((days, name))
    return found


def _days(claim: Claim, told: date) -> Days | None:
    """Return the days of an event that is the news of a report of this day, where they are told to the week."""
    first, after = claim.when.first, claim.when.after
    if first is None or after is None or not is_fine(claim.when):
        return None
    return (first, after - timedelta(days=1)) if timedelta() <= told - first <= timedelta(days=_NEWS_DAYS) else None


# ------------------------------------------------------------------------------------------------------ conclusions


def _dating(name: str, told: _Told, dated: Mapping[Key, list[tuple[Days, str]]], facts: Facts) -> Dating | None:
    links = list(_links(name, told, dated, facts))
    own = max((c.when.first for c in told.claims[name] if _has_happened(c) and c.when.first), default=date.min)
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


def _links(name: str, told: _Told, dated: Mapping[Key, list[tuple[Days, str]]], facts: Facts) -> Iterator[_Link]:
    for key, claim in dict.fromkeys(told.of(name)):
        held = [(days, d) for days, d in dated.get(key, ()) if facts.lineage[d] != facts.lineage[name]]
        if not held or (claim and claim.kind == "event" and claim.when.known):
            continue
        days = min(d[0] for d, _ in held), max(d[1] for d, _ in held)
        weekdays = _weekdays(claim, facts) if claim and claim.kind == "event" else set()
        sure = days[0] == days[1] and weekdays == {days[0].weekday()}
        if (days[1] - days[0]).days <= _SINGLE_DAYS and (sure or not weekdays):
            yield _Link(_label(key), days, sure, _why(key, days, held[0][1], sure=sure, facts=facts))


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
    return {numbers[word] for word in words if word in numbers and word.endswith("day")}


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
