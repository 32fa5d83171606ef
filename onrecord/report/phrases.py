"""The things of the record as sentences, by the templates of `phrases.toml`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import inf
from typing import Any

from onrecord.model.lookup import NO_OUTLET, Lookup
from onrecord.model.records import Claim, Control, Dispute, Figure
from onrecord.model.values import Amount, When
from onrecord.model.wording import at, count, day, during, listed, sentence, spoken
from onrecord.report.accounts import HAPPENED, Account, few
from onrecord.report.names import Names, table
from onrecord.report.parts import Cited

_PEOPLE = "people"
_NOT_SO = "did not take place"
STATUS = {
    "expected": "{were} planned or expected",
    "conditional": "{were} said to depend on something",
    "denied": "{were} denied",
    "uncertain": "{were} alleged",
}


class Phrases:
    """Puts the things of one record into sentences with their citations."""

    def __init__(self, lookup: Lookup, control: Sequence[Control] = ()) -> None:
        self._lookup = lookup
        self.names = Names(lookup)
        self._held: defaultdict[str, list[Control]] = defaultdict(list)
        for stretch in control:
            self._held[stretch.place].append(stretch)
        self._taken = {(c.place, c.holder, c.since) for c in control if c.state == "holds" and c.since}

    # ---------------------------------------------------------------------------------------- what happened

    def event(self, told: Account) -> Cited:
        """Return one sentence on an event: when, who did what to whom, where, and who says so."""
        clause = f"{_comma(during(told.when))}{self._clause(told)}"
        return Cited(sentence(clause + self._vouched(told)), told.borne_out, told.cited)

    def _clause(self, told: Account) -> str:
        words, event = self._template(told), told.event
        template = words[_sides(told, counted=bool(told.figure))]
        named = "{at}" in template or told.place in told.targets  # no "struck the hospital at the hospital"
        where = "" if named else self._where(told.place, table()[event.type]["place"])
        clause = self._filled(template, told)
        return clause.replace(where, "") + where if where else clause  # "the hospital in Hajin … in Hajin"

    def _template(self, told: Account) -> dict[str, Any]:
        """Return the words of the event's type, and those for a whole place where it was taken as one."""
        words: dict[str, Any] = table()[told.event.type]
        return {**words, **words["taken"]} if self.whole(told) else words

    def whole(self, told: Account) -> bool:
        """Tell whether an event is the taking of a whole place, by what the record says of who held it."""
        taken = any((told.place, agent, told.when.start) in self._taken for agent in told.agents)
        return taken and "taken" in table()[told.event.type]

    def _filled(self, template: str, told: Account) -> str:
        people, were = self.names.people(told.targets), self.names.were(told.targets, people="{people}" in template)
        if told.figure:
            people, were = self._counted(told.figure), told.figure.low != 1 or told.figure.high != 1
        return template.format(
            agents=self.names.entities(told.agents),
            targets=self.names.entities(told.targets),
            people=people,
            were="were" if were else "was",
            at=self.names.entity(told.place),
            where=self.names.place(told.place),
        )

    def _where(self, place: str | None, word: str) -> str:
        if not place:
            return ""
        return f" from {self.names.entity(place)}" if word == "from" else f" {self.names.place(place)}"

    def _where_else(self, told: Account, word: str) -> str:
        """Return the place, unless it was named as a side: no "talks by the United States in the United States"."""
        sides = self._lookup.names((*told.agents, *told.targets))
        return "" if self._lookup.name(told.place) in sides else self._where(told.place, word)

    def _vouched(self, told: Account) -> str:
        """Return the tail that says who tells of it: one or two by name, more by their number."""
        origins = {self._lookup.origin(c.dispatch) for c in self._lookup.told(told.borne_out)}
        if len(origins) > 2:
            return f", according to {spoken(len(origins))} independent dispatches"
        voices = self.voices(self._lookup.told(told.cited))
        return f", according to {listed(voices[:2])}" if voices else ""

    def voices(self, claims: Sequence[Claim]) -> list[str]:
        """Return who vouches for claims, each once; the one outlet of a record is not named again and again."""
        if self.names.alone:
            said = (s for c in claims if (s := self._lookup.statement(c)))
            named = dict.fromkeys(filter(None, (self.names.speaker(s) for s in said)))
        else:
            named = dict.fromkeys(self.names.voice(c) for c in claims)
        known = [v for v in named if v != NO_OUTLET]
        return [v for v in known if not any(v in other and v != other for other in known)]

    def headline(self, told: Account) -> str:
        """Return an event as a clause of a headline, in the present tense and without a date."""
        words = self._template(told)
        template = words["headline"]
        if "{agents}" in template and not told.agents:
            return f"{_bare(words['noun'])}{self._parties(told, between=False)} {self.names.place(told.place)}"
        many = self.names.were(told.agents)
        for ending in ("(s)", "(es)"):
            template = template.replace(ending, "" if many else ending[1:-1])
        return " ".join(w for w in self._filled(template, told).split() if w != "the")

    def open_event(self, told: Account) -> Cited:
        """Return one sentence on an event that is planned, possible, alleged or denied, and says which it is."""
        words, event = table()[told.event.type], told.event
        noun = f"{words['noun']}{self._parties(told, between=words.get('between', False))}"
        noun += self._where_else(told, words["place"]) + (f" {during(told.when)}" if told.when.known else "")
        were = "were" if words["noun"].endswith("s") else "was"
        state, denies = STATUS[event.status].format(were=were), self._denies(told)
        if event.status == "denied" and not denies:
            state = _NOT_SO  # "refused to release them" is no denial
        voices = self.voices(self._lookup.told(told.cited))
        by = f"{' by' if denies else ', according to'} {listed(voices[:2])}" if voices else ""
        return Cited(sentence(f"{noun} {state}{by}"), told.borne_out, told.cited)

    def _denies(self, told: Account) -> bool:
        """Tell whether a source denies an event: it does so in as many words, or what is laid at its own door."""
        if told.event.status != "denied":
            return False
        said = [s for c in self._lookup.told(told.cited) if (s := self._lookup.statement(c))]
        sides = {e for agent in told.agents for e in self._lookup.within(agent)}
        return any(s.stance == "denies" or not sides.isdisjoint((s.speaker, s.organisation)) for s in said)

    def _parties(self, told: Account, *, between: bool) -> str:
        sides = (*told.agents, *told.targets)
        if between and len(sides) > 1:
            return f" between {self.names.entities(sides)}"
        words = table()[told.event.type]
        people = "{people}" in words["full"]
        who = self.names.people(told.targets) if people else self.names.entities(told.targets)
        whom = f" {words.get('on', 'of' if people else 'against')} {who}" if told.targets else ""
        return whom + (f" {words.get('by', 'by')} {self.names.entities(told.agents)}" if told.agents else "")

    # ------------------------------------------------------------------------------------------------ figures

    def figure(self, figure: Figure) -> Cited:
        """Return one sentence on a figure with its bounds, where, as of when, and who gives it."""
        claims = self._lookup.told(figure.claims)
        were = "was" if figure.low == figure.high == 1 else "were"
        total = figure.mode != "current" and bool(figure.as_of)
        clause = table()["measures"][figure.measure][total].format(people=self._counted(figure), were=were)
        place = self._where(self._given_place(figure), "from" if figure.measure in ("displaced", "evacuated") else "in")
        as_of = f"{'by' if total else 'as of'} {day(figure.as_of)}, " if figure.as_of else ""
        chosen = self._bounding(figure, claims)
        voices = self.voices(self._lookup.told(chosen)) if not figure.disputes else []
        by = f", according to {listed(voices[:2])}" if voices else ""
        return Cited(sentence(f"{as_of}{clause}{place}{by}"), figure.claims, chosen)

    def toll(self, figure: Figure) -> Cited:
        """Return a figure of deaths as a clause of a headline: "at least 3,250 people reported killed in Raqqa"."""
        chosen = self._bounding(figure, self._lookup.told(figure.claims))
        where = self._where(self._given_place(figure), "in")
        return Cited(f"{self._counted(figure)} reported killed{where}", figure.claims, chosen)

    def _given_place(self, figure: Figure) -> str | None:
        """Return the place of a figure where one of its claims gives it, and not only the event that it counts."""
        claims = self._lookup.told(figure.claims)
        return figure.place if any(figure.place in list(self._lookup.within(c.place)) for c in claims) else None

    def _bounding(self, figure: Figure, claims: Sequence[Claim]) -> tuple[str, ...]:
        """Return the claims to cite: those that give the bounds, then one for each further origin."""
        low = next((c.id for c in claims if c.amount and c.amount.low == figure.low), None)
        high = next((c.id for c in claims if c.amount and c.amount.high == figure.high), None)
        dated = next((c.id for c in claims if c.as_of == figure.as_of), None)
        within = [c for c in claims if c.amount and _holds(figure, c.amount)]
        return few(within or claims, self._lookup, at_least=filter(None, (low, high, dated)))

    def _counted(self, figure: Figure) -> str:
        who = _PEOPLE if not figure.who or figure.who == "population" else figure.who.removeprefix("the ")
        one = figure.low == figure.high == 1
        rough = "about " if self._rough(figure) else ""
        return f"{rough}{_range(figure.low, figure.high)} {_single(who) if one else who}"

    def _rough(self, figure: Figure) -> bool:
        """Tell whether a figure is one number that all who give it call a rough one."""
        given = (c.amount for c in self._lookup.told(figure.claims) if c.amount)
        same = [a.approx for a in given if a.low == a.high == figure.low == figure.high]
        return bool(same) and all(same)

    def disputed(self, dispute: Dispute) -> Cited:
        """Return one sentence on what accounts differ in, with each side and who takes it."""
        field = table()["fields"].get(dispute.field, f"the {dispute.field.replace('_', ' ')}")
        values = [self._value(p.value, dispute.field) for p in dispute.values]
        behind = [self._sources(self._lookup.told(p.claims)) for p in dispute.values]
        voices = [_few_of([words for words, _ in told]) for told in behind]
        sides = [f"{value} according to {voice}" for value, voice in zip(values, voices, strict=True)]
        why = "" if dispute.why in table()["reasons"]["plain"] else f". {sentence(dispute.why)}"
        text = f"Accounts differ on {field}: {'; '.join(sides)}{why}"
        if len(set(voices)) == 1 and len(behind[0]) == 1:
            text = f"Accounts differ on {field}: {voices[0]} gives {listed(values)}{why}"
        claims = tuple(c for p in dispute.values for c in p.claims)
        cited = tuple(claim for told in behind for _, claim in told[:2])
        return Cited(sentence(text), claims, cited, follows=True)

    def _value(self, value: str, field: str) -> str:
        """Return the value of a dispute in words: names with their articles, an ISO date as a date."""
        if field in ("agents", "targets", "place"):
            return listed([self.names.by_name(name) for name in value.split(", ")])
        return _value(value)

    def _sources(self, claims: Sequence[Claim]) -> list[tuple[str, str]]:
        """Return who vouches for claims, each once, in words and with the id of the first claim for which it does."""
        found: list[tuple[str, str]] = []
        for claim in claims:
            words = self.names.voice(claim)
            if not any(words in other for other, _ in found):
                found.append((words, claim.id))
        return found

    # ------------------------------------------------------------------------------------------------ control

    def control(self, stretches: Sequence[Control]) -> Cited:
        """Return one sentence on who held a place, stretch by stretch."""
        place = self.names.entity(stretches[0].place)
        clauses = [self._stretch(s, before) for before, s in zip((None, *stretches), stretches, strict=False)]
        disputed = "; accounts differ" if any(s.disputed for s in stretches) else ""
        claims = tuple(dict.fromkeys(c for s in stretches for c in s.claims))
        cited = tuple(dict.fromkeys(c for s in stretches for c in self._dating(s)))
        return Cited(sentence(f"{place} was {listed(clauses)}{disputed}"), claims, cited)

    def _dating(self, control: Control) -> list[str]:
        """Return the claims of a stretch to cite: those that give its beginning and its end, or else the first.

        An end is often given by the claims of who held the place next.
        """
        own = self._lookup.told(control.claims)
        claims = [*own, *self._lookup.told(c for s in self._held[control.place] for c in s.claims)]
        claims.sort(key=lambda c: c.status not in HAPPENED)
        sides = [side for side in (control.since, control.until) if side]
        giving = [next((c.id for c in claims if side in self._dates(c)), None) for side in sides]
        return list(filter(None, [own[0].id, *giving] if None in giving or not giving else giving))

    def _dates(self, claim: Claim) -> tuple[str | None, ...]:
        return (claim.when.start, claim.when.end, self._lookup.dispatches[claim.dispatch].published)

    def _stretch(self, control: Control, before: Control | None) -> str:
        """Return a stretch after the one before it: "held by A from May to June", then "by B from then on"."""
        held = control.state == "holds" or control.share is not None
        again = before is not None and before.state == "holds" and before.share is None
        state = f"{'' if again else 'held '}by {self.names.entity(control.holder)}" if held else control.state
        if control.share is not None:
            state = f"{spoken(control.share)} per cent {state}"
        return f"{state}{_stretch_of(control, before)}"


def _stretch_of(control: Control, before: Control | None) -> str:
    """Return the time of a stretch: an end without a beginning is when it was last seen so, unless it is a holding."""
    if before and control.since and control.since == before.until:
        return f" until {day(control.until)}" if control.until else " from then on"
    if control.since and control.until and control.since != control.until:
        return f" from {day(control.since)} to {day(control.until)}"
    if control.since:
        return f" {at(control.since)}" if control.since == control.until else f" from {day(control.since)} on"
    if not control.until:
        return ""
    return f" until {day(control.until)}" if control.state == "holds" else f" as of {day(control.until)}"


def _sides(told: Account, *, counted: bool) -> str:
    key = (bool(told.agents), bool(told.targets) or counted)
    return {(True, True): "full", (True, False): "agent", (False, True): "target", (False, False): "none"}[key]


def _range(low: float | None, high: float | None) -> str:
    """Return bounds as prose has them: "three", "at least 3,250", "up to 400", "between 655 and 735"."""
    if low is not None and low == high:
        return spoken(low)
    if low is None:
        return f"up to {spoken(high)}" if high is not None else "an unknown number of"
    return f"at least {spoken(low)}" if high is None else f"between {spoken(low)} and {spoken(high)}"


def _holds(figure: Figure, amount: Amount) -> bool:
    """Tell whether an account lies within a figure's bounds; an earlier count of a running total does not."""
    low, high = figure.low or 0, inf if figure.high is None else figure.high
    return low <= (amount.low or 0) and (inf if amount.high is None else amount.high) <= high


def _few_of(voices: Sequence[str]) -> str:
    return listed([*voices[:2], count(len(voices) - 2, "other")] if len(voices) > 2 else voices)


def _single(who: str) -> str:
    word = who.rsplit(" ", 1)[-1]
    single = {"people": "person", "men": "man", "women": "woman", "children": "child"}.get(word, word.removesuffix("s"))
    return who[: len(who) - len(word)] + single


def _value(value: str) -> str:
    """Return the value of a dispute in words: an ISO date as a date, anything else as it is."""
    value = str(table()["values"].get(value, value))
    sides = value.split(" to ")
    try:
        When(sides[0], sides[-1])
    except ValueError:
        return value
    return day(value) if len(sides) == 1 else f"{day(sides[0])} to {day(sides[-1])}"


def _bare(noun: str) -> str:
    for article in ("an ", "a ", "the "):
        noun = noun.removeprefix(article)
    return noun[:1].upper() + noun[1:]


def _comma(words: str) -> str:
    return f"{words}, " if words else ""
