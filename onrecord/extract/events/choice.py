"""Which type of event a trigger refers to, by the rules of `events.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.extract.events.arguments import Roles
from onrecord.extract.events.grammar import Chunk, View
from onrecord.extract.events.triggers import AMBIGUOUS, Trigger
from onrecord.lexicon.lexicon import table

_BACK = 3  # words before and after a trigger that `before` and `after` look at
_OBJECT_WORDS = 6  # words after a trigger that `object_words` looks at
_RECENT = 40  # events back within which "the attack" may mean one that was told before


@dataclass(frozen=True, slots=True)
class Choice:
    """The type chosen, `None` where the words are no event, and a short sentence that says why."""

    type: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules look at besides the words: the whole dispatch in lower case, and the types told so far."""

    dispatch: str
    told: Sequence[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A trigger with all that a rule may look at."""

    view: View
    trigger: Trigger
    around: Roles
    setting: Setting


def choose(case: Case) -> Choice:
    """Return the type of a trigger: that of the first rule that fits, else the one of its list."""
    trigger = case.trigger
    quoted = " ".join(case.view.words[trigger.first : trigger.after])
    for rule in _rules().get(trigger.lemma, ()):
        if not all(_holds(key, value, case) for key, value in rule.items()):
            continue
        kind = _last_told(rule["recent"], case.setting) if "recent" in rule else rule["type"]
        return Choice(
            None if kind == "none" else kind, f'trigger "{quoted}" is {kind} here{_because(rule, case.around)}'
        )
    kind = trigger.types[0]
    return Choice(None if kind == AMBIGUOUS else kind, f'trigger "{quoted}" is a word for {kind}')


def _because(rule: Mapping[str, Any], around: Roles) -> str:
    """Say in words what made a rule fit."""
    said = [f"{key} is {_category(_chunks(key, around))}" for key in ("object", "subject") if key in rule]
    said += [f"by the words in its {key}" for key in ("sentence", "dispatch") if key in rule]
    said += ["by the words beside it"] if {"before", "next", "after", "object_words", "as"} & rule.keys() else []
    said += ["as told before"] if "recent" in rule else []
    return f" ({', '.join(said)})" if said else ""


def _holds(key: str, value: Any, case: Case) -> bool:
    if key in {"words", "type"}:
        return True
    if key == "pos":
        return bool(value == ("verb" if case.trigger.verbal else case.trigger.pos))
    if key in {"object", "subject"}:
        return _is_one_of(_chunks(key, case.around), value)
    if key == "as":
        return case.view.word(case.trigger.first) in value
    if key == "capital":
        return case.view.capital(case.trigger.first) and case.trigger.first > 0
    if key == "recent":
        return _last_told(value, case.setting) is not None
    return _has(_stretch(key, case), value)


def _stretch(key: str, case: Case) -> str:
    """Return the words that a condition looks at."""
    view, around, first, after = case.view, case.around, case.trigger.first, case.trigger.after
    if key == "before":
        return " ".join(view.words[max(0, around.start - _BACK) : first])
    if key == "next":
        return view.word(after)
    if key == "after":
        return " ".join(view.words[after : after + _BACK])
    if key == "object_words":
        start = max(0, around.start - _OBJECT_WORDS) if around.passive else first + 1
        return " ".join(view.words[start : first + 1 + _OBJECT_WORDS])
    return " ".join(view.words) if key == "sentence" else case.setting.dispatch


def _has(stretch: str, wanted: Iterable[str]) -> bool:
    padded = f" {stretch} "
    return any(f" {word} " in padded for word in wanted)


def _chunks(key: str, around: Roles) -> tuple[Chunk, ...]:
    return objects(around) if key == "object" else subjects(around)


def objects(around: Roles) -> tuple[Chunk, ...]:
    """Return what undergoes an event: object, subject of a passive, or what follows "of", "on" or "against"."""
    if around.object:
        return around.object
    if around.passive or around.attributive:
        return around.subject
    return next((around.after[p] for p in ("of", "on", "against") if p in around.after), ())


def subjects(around: Roles) -> tuple[Chunk, ...]:
    """Return who does it, as far as grammar tells: subject, owner of a noun, or what follows "by"."""
    if around.passive:
        return around.after.get("by", ())
    return around.owner or around.subject or around.after.get("by", ())


def _is_one_of(chunks: tuple[Chunk, ...], wanted: Sequence[str]) -> bool:
    if not chunks:
        return "none" in wanted
    return "any" in wanted or chunks[0].category in wanted


def _category(chunks: tuple[Chunk, ...]) -> str:
    return chunks[0].category if chunks else "not told"


def _last_told(types: Sequence[str], setting: Setting) -> str | None:
    return next((kind for kind in reversed(setting.told[-_RECENT:]) if kind in types), None)


@cache
def _rules() -> dict[str, tuple[dict[str, Any], ...]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in table("events")["rule"]:
        for word in rule["words"]:
            found.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in found.items()}
