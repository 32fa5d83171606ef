"""How well an event is borne out: grades by rules that a table gives, ours or the user's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args

from onrecord.lexicon.lexicon import table
from onrecord.model.errors import DataError
from onrecord.model.records import Claim, Dispute
from onrecord.model.vocabulary import Grade, Status
from onrecord.reconcile.facts import Facts, sources

GRADES: Final[tuple[Grade, ...]] = get_args(Grade)
_FIELDS: Final = ("status", "agents", "when")
_STATUSES: Final = ("happened", "ongoing", "uncertain")
_CONDITIONS: Final = ("disputed", "sources", "own_word", "watchers", "status")


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One grade with its conditions, all of which must hold; `lexicon/data/grades.toml` says what each means."""

    grade: Grade
    disputed: tuple[str, ...] = ()
    sources: int = 0
    own_word: bool = False
    watchers: int = 0
    status: tuple[str, ...] = ()


def grade_rules(entries: object, where: str) -> tuple[GradeRule, ...]:
    """Return the rules of a table's [[grades]]. Raises DataError that names the file and the entry."""
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{where}: grades are written as [[grades]], one below the other, the last without a condition")
    rules = tuple(_rule(entry, f"{where}, grade {number}") for number, entry in enumerate(entries, start=1))
    if rules[-1] != GradeRule(rules[-1].grade):
        raise DataError(f"{where}: the last grade must have no condition, so that every event has a grade")
    return rules


def _rule(entry: object, at: str) -> GradeRule:
    if not isinstance(entry, dict) or entry.get("grade") not in GRADES:
        raise DataError(f"{at}: give grade, one of {', '.join(GRADES)}")
    if unknown := sorted(set(entry) - {"grade", *_CONDITIONS}):
        raise DataError(f"{at}: unknown condition {unknown[0]!r}; conditions are {', '.join(_CONDITIONS)}")
    for name, allowed in (("disputed", _FIELDS), ("status", _STATUSES)):
        given = entry.get(name, [])
        if not isinstance(given, list) or not all(value in allowed for value in given):
            raise DataError(f"{at}: {name} is a list of {', '.join(allowed)}, each in quotes")
    for name in ("sources", "watchers"):
        count = entry.get(name, 0)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise DataError(f"{at}: {name} is a number such as 2, without quotes")
    if not isinstance(entry.get("own_word", False), bool):
        raise DataError(f"{at}: own_word is true or false")
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return GradeRule(**fields)


@cache
def shipped() -> tuple[GradeRule, ...]:
    """Return the rules of `lexicon/data/grades.toml`."""
    return grade_rules(table("grades")["grades"], "lexicon/data/grades.toml")


def grade(
    claims: Sequence[Claim], disputes: Iterable[Dispute], status: Status, facts: Facts, rules: Iterable[GradeRule]
) -> Grade:
    """Return the grade of the first rule that an event fulfils; `claims` are those that assert it.

    The last of the rules has no condition (`grade_rules` sees to it).
    """
    differ = frozenset(d.field for d in disputes)
    return next(rule.grade for rule in rules if _fulfils(claims, differ, status, facts, rule))


def _fulfils(claims: Sequence[Claim], differ: frozenset[str], status: Status, facts: Facts, rule: GradeRule) -> bool:
    if rule.status and status not in rule.status:
        return False
    if rule.disputed and differ.isdisjoint(rule.disputed):
        return False
    if rule.sources and len(sources(claims, facts)) < rule.sources:
        return False
    if rule.own_word and not any(_own_word(c, facts) for c in claims):
        return False
    watching = (c for c in claims if facts.party(c) is False)
    return not rule.watchers or len(sources(watching, facts)) >= rule.watchers


def _own_word(claim: Claim, facts: Facts) -> bool:
    """Tell whether the side that acted says so itself, in words that vouch for it."""
    source = facts.source(claim)
    vouched = claim.status in ("happened", "ongoing")
    return vouched and source is not None and any(facts.related(source, agent) for agent in claim.agents)
