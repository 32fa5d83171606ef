"""Changes of hands that no report tells of: seen from who is said to hold the place, or the town around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.model.records import Claim, Control
from onrecord.model.values import first_day
from onrecord.reconcile.facts import Facts
from onrecord.reconcile.timeline import moment

_REPORTS = 2  # of different origin that must see the new holder; one alone only disputes the old one


def handed_over(stretches: Sequence[Control], claims: Mapping[str, Claim], facts: Facts) -> Iterator[Control]:
    """Yield the stretches of one place, a disputed holding cut in two where all later reports see another side there.

    The other side holds from the first day on which it was seen; on which day before it came is not known.
    """
    for stretch in stretches:
        yield from _cut(stretch, claims, facts) or (stretch,)


def _cut(stretch: Control, claims: Mapping[str, Claim], facts: Facts) -> tuple[Control, Control] | None:
    """Return what was before and after the change, `None` where there was none."""
    if stretch.state != "holds" or not stretch.holder or not stretch.disputed:
        return None
    seen = [c for c in map(claims.get, stretch.claims) if c and c.kind == "control" and c.agents and moment(c, facts)]
    theirs = [c for c in seen if not _is_by(c, stretch.holder, facts)]
    if len({facts.lineage[c.dispatch] for c in theirs}) < _REPORTS:
        return None
    other = theirs[0].agents[0]
    day = min(moment(c, facts) or "" for c in theirs)
    last = max((moment(c, facts) or "" for c in seen if c not in theirs), default=stretch.since or "")
    if not all(_is_by(c, other, facts) for c in theirs) or last >= day or (stretch.since or "") >= day:
        return None
    later = frozenset(c.id for c in theirs)
    before = replace(stretch, until=day, claims=tuple(c for c in stretch.claims if c not in later), disputed=False)
    return before, Control(
        stretch.place, other, "holds", day, stretch.until, None, tuple(c for c in stretch.claims if c in later)
    )


def _is_by(claim: Claim, holder: str, facts: Facts) -> bool:
    return any(facts.related(holder, agent) for agent in claim.agents)


def with_town(stretches: Sequence[Control], claims: Mapping[str, Claim], facts: Facts) -> list[Control]:
    """Return the stretches, those of a quarter or building ended where its whole town passed to another side later on.

    From that day on the town's new holder holds it too, unless a report of after that day says more of the quarter.
    """
    taken: dict[str, Control] = {}
    for stretch in stretches:
        if stretch.state == "holds" and stretch.holder and stretch.since and not stretch.disputed:
            known = taken.get(stretch.place)
            taken[stretch.place] = max(known, stretch, key=lambda s: s.since or "") if known else stretch
    found: list[Control] = []
    for stretch in stretches:
        passed = next((taken[p] for p in facts.chain(stretch.place)[1:] if p in taken and not facts.wide(p)), None)
        found += _passed(stretch, passed, claims, facts) if passed else [stretch]
    return found


def _passed(stretch: Control, town: Control, claims: Mapping[str, Claim], facts: Facts) -> list[Control]:
    """Return a stretch of a part of a town as it ends when the town as a whole passes."""
    day, holder = town.since or "", town.holder or ""
    if stretch.state != "holds" or stretch.until or not stretch.holder or facts.related(stretch.holder, holder):
        return [stretch]
    told = max((m for c in map(claims.get, stretch.claims) if c and (m := moment(c, facts))), default="")
    if len(day) < len("2017-01-01") or (stretch.since or "") >= day or (told and first_day(told) >= first_day(day)):
        return [stretch]
    return [replace(stretch, until=day), replace(town, place=stretch.place)]
