"""The two sides of an ACLED row: names as ACLED writes them, what sort of actor each is, and the pair of the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onrecord.exports.material import MANY, Material, Told
from onrecord.exports.parties import STATE, Party
from onrecord.exports.places import Country, country
from onrecord.lexicon.lexicon import table as lexicon

INTER: Final = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
_CIVIL_GROUPS: Final = frozenset({"civilians", "children", "women", "men"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: its actor, those with it, and what sort of actor it is; all empty where there is none.

    `named` tells whether an account names it, and it is not put in for somebody who must have been there.
    """

    actor: str = ""
    others: str = ""
    inter: str = ""
    named: bool = True


def sides(material: Material, told: Told, kind: str) -> tuple[Side, Side]:
    """Return the two sides of an event of an ACLED type; who is not named is unidentified, or the civilians hit."""
    table = material.table("acled")
    agents, targets = _fighting(told) if kind == "Battles" else (told.agents, told.targets)
    first = _side(agents, told, table)
    second = _side(targets, told, table)
    if not second.actor and (kind == "Violence against civilians" or _civilians_died(material, told)):
        second = Side(f"Civilians{_at(told)}", "", "Civilians")
    if kind in ("Protests", "Riots"):
        first = Side(
            f"{'Protesters' if kind == 'Protests' else 'Rioters'}{_at(told)}", first.actor, kind_of_crowd(kind)
        )
    violent = kind in ("Battles", "Explosions/Remote violence", "Violence against civilians")
    if not first.actor and second.actor and violent:
        first = _nobody(told)
    if kind == "Battles" and first.actor and not second.actor:
        second = _side(tuple(filter(None, (material.holder(told),))), told, table)
        second = second if second.actor and second.actor != first.actor else _nobody(told)
    return (first, second) if first.actor else (second, first)


def _fighting(told: Told) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the two sides of a battle: those who bear arms on each, and of two that were hit by nobody both.

    In ACLED civilians are no party to a battle, and not associated with one.
    """
    agents, targets = (tuple(p for p in side if p.armed) or side for side in (told.agents, told.targets))
    named = [p for p in targets if p.armed and p.category != "unidentified"]
    return (targets[:1], targets[1:]) if not agents and len(named) > 1 else (agents, targets)


def _nobody(told: Told) -> Side:
    return Side(f"Unidentified Armed Group{_at(told)}", "", "Political militia", named=False)


def kind_of_crowd(kind: str) -> str:
    """Return the inter of a crowd."""
    return "Protesters" if kind == "Protests" else "Rioters"


def interaction(first: Side, second: Side) -> str:
    """Return the pair of what sort the two are, the lower number of ACLED's list first: "State forces-Civilians"."""
    kinds = sorted((s.inter for s in (first, second) if s.inter), key=INTER.index)
    return "-".join(kinds) if len(kinds) == 2 else f"{kinds[0]} only" if kinds else ""


def hits_civilians(material: Material, told: Told) -> str:
    """Return whom an event hits: `civilian`, `armed`, or `unknown`."""
    if any(p.civil for p in told.targets) or _civilians_died(material, told):
        return "civilian"
    return "armed" if any(p.armed for p in told.targets) else "unknown"


def home(party: Party, told: Told) -> bool:
    """Tell whether an actor is of the country where the event happened."""
    return bool(told.place and party.country and party.country == told.place.country)


def _civilians_died(material: Material, told: Told) -> bool:
    people = material.parties.people
    return any(people.group(f.who) in _CIVIL_GROUPS for f in told.counted("killed", "wounded", "casualties"))


def _side(parties: Sequence[Party], told: Told, table: Mapping[str, Any]) -> Side:
    known = [p for p in parties if p.category in table["actors"]]
    if not known:
        return Side()
    known.sort(key=lambda p: (p.category == "unidentified", p.civil))  # whom one can name goes first
    names = [_name(p, told, table) for p in known]
    others = [n for n in dict.fromkeys(names[1:]) if n != names[0]]
    if known[0].civil and known[0].name.casefold() not in ("civilians", "people") and _of_land(known[0]) is None:
        others.insert(0, f"{known[0].name[:1].upper()}{known[0].name[1:]}{_at(told)}")
    return Side(names[0], MANY.join(others), _inter(known[0], told, table))


def _inter(party: Party, told: Told, table: Mapping[str, Any]) -> str:
    if party.category in STATE and not home(party, told) and party.country:
        return "External/Other forces"
    return str(table["actors"][party.category])


def _name(party: Party, told: Told, table: Mapping[str, Any]) -> str:
    if party.name in table["names"]:
        return str(table["names"][party.name])
    if party.civil:
        land = _of_land(party) or told.country
        return f"Civilians ({land.name})" if land else "Civilians"
    if party.category == "unidentified":
        return f"Unidentified Armed Group{_at(told)}"
    land = country(party.state)
    if land:
        force = "Police Forces" if "police" in party.name.casefold() else "Military Forces"
        article = "the " if land.iso2 in table["articles"]["countries"] else ""
        return f"{force} of {article}{land.name}{_years(land.iso2, told, table)}"
    return party.name


def _years(code: str, told: Told, table: Mapping[str, Any]) -> str:
    year = (told.event.when.start or told.event.when.end or "")[:4]
    for span in table["regimes"].get(code, ()):
        begun, _, ended = span.partition("-")
        if (
            year
            and begun <= year
            and (not ended or year < ended or (year == ended and span == table["regimes"][code][-1]))
        ):
            return f" ({span})"
    return ""


def _of_land(party: Party) -> Country | None:
    """Return the country whose people are meant, by a word such as "Americans"; `None` for any others."""
    return country(lexicon("placewords")["adjectives"].get(party.name.removesuffix("s")))


def _at(told: Told) -> str:
    land = told.country
    return f" ({land.name})" if land else ""
