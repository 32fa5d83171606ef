"""The things of the record as sentences, by the templates of `phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.model.records import Claim, Control, Entity, Event, Figure, Record, Statement
from onrecord.report.english import bounded, count, day, during, listed, sentence

MEASURED = {
    "killed": "killed", "wounded": "wounded", "missing": "missing", "abducted": "abducted", "detained": "detained",
    "surrendered": "surrendered", "released": "released", "casualties": "killed or wounded", "displaced": "displaced",
    "evacuated": "moved out or let out", "trapped": "trapped", "present": "present", "deployed": "deployed",
    "joined": "joined", "affected": "affected", "destroyed": "destroyed or damaged",
}  # fmt: skip
GRADES = {
    "confirmed": "{sources}; accepted by the side held responsible",
    "fair": "{sources}",
    "weak": "{sources}",
    "contested": "contested; {sources}",
}
STATES = {
    "holds": "{holder} held {place}",
    "contested": "{place} was contested",
    "besieged": "{place} was besieged",
    "unknown": "it is not known who held {place}",
}
ADVERBS = {"expected": "expected", "conditional": "possible", "denied": "denied", "uncertain": "alleged"}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("onrecord.report") / "phrases.toml").read_text(encoding="utf-8"))


@cache
def _with_the() -> frozenset[str]:
    return frozenset(_table()["with_the"].split())


def named(entity: Entity) -> str:
    """Return an entity's name with the article that its kind and last word ask for."""
    if entity.kind not in ("group", "organisation") or entity.name.lower().startswith("the "):
        return entity.name
    words = entity.name.lower().split()
    return f"the {entity.name}" if words and words[-1] in _with_the() else entity.name


class Phrases:
    """Puts the things of one record into sentences."""

    def __init__(self, record: Record) -> None:
        self._entities: dict[str, Entity] = {e.id: e for e in record.entities}
        self._statements = {s.id: s for s in record.statements}
        self._claims = {c.id: c for c in record.claims}
        self._dispatches = {d.id: d for d in record.dispatches}

    def name(self, entity: str | None) -> str:
        """Return an entity's name with its article, or nothing."""
        return named(self._entities[entity]) if entity in self._entities else ""

    def names(self, entities: tuple[str, ...]) -> str:
        """Return the names of several entities as a list."""
        return listed([self.name(e) for e in entities if e in self._entities])

    def event(self, event: Event) -> str:
        """Return one sentence on an event: when, who did what to whom, where, and how well it is known."""
        words = _table()[event.type]
        clause = self._clause(words, event)
        known = GRADES[event.grade].format(
            sources=count(event.sources, "independent source" if event.sources > 1 else "source")
        )
        return sentence(f"{_comma(during(event.when))}{clause}{self._at(words, event)} ({known})")

    def _clause(self, words: dict[str, str], event: Event) -> str:
        agents, targets = self.names(event.agents), self.names(event.targets)
        key = {(True, True): "full", (True, False): "agent", (False, True): "target", (False, False): "none"}
        return words[key[bool(agents), bool(targets)]].format(agents=agents, targets=targets)

    def _at(self, words: dict[str, str], event: Event) -> str:
        if not event.place:
            return ""
        if words["place"] == "from":
            return f" from {self._definite(event.place)}"
        return f" {self._in(event.place)}"

    def _in(self, place: str | None) -> str:
        """Return "in Raqqa", "at the stadium", "on the Euphrates": the little word that the kind of place asks for."""
        entity = self._entities.get(place or "")
        if entity is None:
            return ""
        if entity.kind == "facility":
            return f"at {self._definite(place)}"
        return f"{'on' if self._is_river(entity) else 'in'} {self._definite(place)}"

    def _definite(self, place: str | None) -> str:
        entity = self._entities[place or ""]
        generic = entity.kind == "facility" and not entity.name.split()[0][:1].isupper()
        return (
            f"the {entity.name}"
            if generic or self._is_river(entity) or entity.name in _table()["the_places"]
            else entity.name
        )

    def _is_river(self, entity: Entity) -> bool:
        return entity.name in _table()["rivers"]

    def open_event(self, event: Event) -> str:
        """Return one sentence on an event that is planned, possible, alleged or denied, and says which it is."""
        words = _table()[event.type]
        agents, targets = self.names(event.agents), self.names(event.targets)
        by = f" by {agents}" if agents else ""
        on = f" involving {targets}" if targets else ""
        time = f", {during(event.when)}" if event.when.known else ""
        return sentence(f"{ADVERBS[event.status]}: {words['noun']}{by}{on}{self._at(words, event)}{time}")

    def figure(self, figure: Figure) -> str:
        """Return one sentence on a figure with its bounds, where, as of when, and whether it is a running total."""
        number = bounded(figure.low, figure.high)
        if figure.low != figure.high and figure.best is not None and figure.low is not None and figure.high is not None:
            number += f", best {figure.best:,g} by the rule “{figure.rule}”"
        place = f" {self._in(figure.place)}" if figure.place else ""
        as_of = f" as of {day(figure.as_of)}" if figure.as_of else ""
        mode = {"cumulative": " in all", "event": "", "current": " at that time"}[figure.mode]
        return sentence(f"{self._counted(figure)}{place}{as_of}{mode}: {number} ({count(figure.sources, 'source')})")

    def _counted(self, figure: Figure) -> str:
        who = figure.who or ("people" if figure.measure in MEASURED else figure.unit)
        if figure.measure == "territory":
            return f"territory ({who})" if who else "territory"
        if figure.measure == "duration":
            return "duration in days"
        return f"{who} {MEASURED[figure.measure]}" if figure.measure in MEASURED else who or figure.measure

    def control(self, control: Control) -> str:
        """Return one sentence on who held a place and when."""
        holder, place = self.name(control.holder) or "someone", self.name(control.place)
        text = STATES[control.state].format(holder=holder, place=place)
        if control.share is not None:
            contested = ", contested," if control.state == "contested" else ""
            text = f"{holder} held {control.share:g} per cent of {place}{contested}"
        since = f" from {day(control.since)}" if control.since else ""
        until = f" until {day(control.until)}" if control.until else ", with no end told"
        disputed = " (accounts differ)" if control.disputed else ""
        return sentence(f"{text}{since}{until}{disputed}")

    def statement(self, statement: Statement, content: str) -> str:
        """Return one sentence on who says what, in which words and over which channel."""
        verb = {
            "asserts": "said", "denies": "denied", "confirms": "confirmed", "estimates": "estimated",
            "predicts": "expected", "demands": "demanded", "evaluates": "commented",
        }[statement.stance]  # fmt: skip
        channel = f" ({statement.channel})" if statement.channel else ""
        return f"{sentence(f'{self.speaker(statement)}{channel} {verb}')[:-1]}: “{content}”"

    def speaker(self, statement: Statement) -> str:
        """Return a source with its role and organisation."""
        name = self.name(statement.speaker) or statement.speaker_text
        organisation = self.name(statement.organisation)
        role = statement.role if statement.role and statement.role.casefold() not in name.casefold() else ""
        about = ", ".join(filter(None, (role, organisation)))
        return f"{name} ({about})" if about else name

    def position(self, claims: tuple[str, ...]) -> str:
        """Return who holds one side of a dispute."""
        voices = (self._voice(self._claims[c]) for c in claims if c in self._claims)
        return listed(list(dict.fromkeys(voices)))

    def _voice(self, claim: Claim) -> str:
        statement = self._statements.get(claim.statement or "")
        if statement:
            return self.speaker(statement)
        dispatch = self._dispatches[claim.dispatch]
        return dispatch.outlet or dispatch.agency or "the dispatch itself"


def _comma(words: str) -> str:
    return f"{words}, " if words else ""
