"""Which of an event's accounts a sentence tells: the one that most independent claims bear out, never a mixture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model.lookup import Lookup
from onrecord.model.records import Claim, Event, Figure
from onrecord.model.values import Span, When
from onrecord.report.names import last_word, words

CITED = 2  # accounts that are cited after a sentence; more would bury the page in numbers
SIDES = 2  # names of a side that a sentence can hold and still be read aloud
HAPPENED = ("happened", "ongoing")

# The measure that counts what an event of this type did, so that one sentence tells both.
COUNTED = {
    "killing": "killed", "injury": "wounded", "surrender": "surrendered", "displacement": "displaced",
    "evacuation": "evacuated", "abduction": "abducted", "detention": "detained", "release": "released",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """Who did what to whom, when and where, as one claim tells it; the claims that bear it out, and those cited.

    `told` is the sentence of that claim.
    """

    event: Event
    when: When
    place: str | None
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    told: Span
    borne_out: tuple[str, ...]
    cited: tuple[str, ...]
    figure: Figure | None = None


def account(event: Event, lookup: Lookup, figure: Figure | None = None) -> Account:
    """Return the account of an event that most independent dispatches bear out, the fuller one of equals."""
    claims = [c for c in lookup.told(event.claims) if _of(event, c)] or lookup.told(event.claims)
    told = max(claims, key=lambda c: (_support(c, claims, lookup), bool(c.place), _fullness(c), c.score, c.id))
    agents = tuple(a for a in told.agents if a not in told.targets and _acts(a, lookup))[:SIDES]
    targets = tuple(t for t in told.targets if not _same_side(t, told.agents, lookup) and _suffers(t, lookup))[:SIDES]
    agreeing = [c for c in claims if _agrees(c, agents, targets)]
    placed = [c for c in agreeing if _lies_at(c, event.place, lookup)] or [
        c for c in claims if _lies_at(c, event.place, lookup)
    ]
    when, dated = _dated(event, told, agreeing)
    counted = lookup.told(figure.claims)[:1] if figure else []
    needed = [told, *placed[:1], *dated[:1], *counted]
    cited = few([*needed, *agreeing], lookup, at_least={c.id for c in needed})
    borne_out = tuple(dict.fromkeys([*cited, *(c.id for c in agreeing)]))
    place = event.place if placed else None
    return Account(event, when, place, agents, targets, told.sentence, borne_out, cited, figure)


def _dated(event: Event, told: Claim, agreeing: Sequence[Claim]) -> tuple[When, list[Claim]]:
    """Return the time that a claim of the account gives, the event's own where one does, and who gives it."""
    same = [c for c in agreeing if c.when == event.when]
    if event.when.known and same:
        return event.when, same
    dated = [c for c in (told, *agreeing) if c.when.known and c.when.meets(event.when)]
    return (dated[0].when, dated[:1]) if dated else (When(), [])


def few(claims: Sequence[Claim], lookup: Lookup, at_least: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the ids of a few claims to cite: those that must be, then one for each origin that has none yet."""
    must = set(at_least)
    chosen = list(dict.fromkeys(c.id for c in claims if c.id in must))
    origins = {lookup.origin(lookup.claims[c].dispatch) for c in chosen}
    for claim in claims:
        origin = lookup.origin(claim.dispatch)
        if len(chosen) < CITED and origin not in origins:
            origins.add(origin)
            chosen.append(claim.id)
    return tuple(chosen)


def _of(event: Event, claim: Claim) -> bool:
    return (claim.status in HAPPENED) == (event.status in HAPPENED)


def _support(claim: Claim, claims: Sequence[Claim], lookup: Lookup) -> int:
    alike = (c for c in claims if set(c.agents) == set(claim.agents) and set(c.targets) == set(claim.targets))
    return len({lookup.origin(c.dispatch) for c in alike})


def _fullness(claim: Claim) -> int:
    return bool(claim.agents) + bool(claim.targets) + claim.when.known


def _agrees(claim: Claim, agents: Sequence[str], targets: Sequence[str]) -> bool:
    """Tell whether a claim says nothing beside or against an account."""
    return set(claim.agents) <= set(agents) and set(claim.targets) <= set(targets)


def _lies_at(claim: Claim, place: str | None, lookup: Lookup) -> bool:
    return place is not None and place in lookup.within(claim.place)


def _same_side(one: str, others: Sequence[str], lookup: Lookup) -> bool:
    kin = {entity for other in others for entity in lookup.within(other)}
    return one in kin or any(entity in others for entity in lookup.within(one))


def _acts(entity: str, lookup: Lookup) -> bool:
    known = lookup.entities.get(entity)
    return known is not None and known.kind in ("person", "group", "organisation", "population")


def _suffers(entity: str, lookup: Lookup) -> bool:
    known = lookup.entities.get(entity)
    return known is not None and known.kind != "other" and last_word(known.name) not in words("relations")
