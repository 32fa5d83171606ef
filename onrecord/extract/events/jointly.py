"""Who does something together: enemies do little jointly but fight, talk and swap prisoners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from itertools import product

FOES = 2  # how often two must be told of as sides of a fight, to be enemies
_FOUGHT = frozenset({"armed_clash", "offensive", "territory_gain", "siege", "air_strike", "shelling"})
_WITH_FOES = frozenset({"armed_clash", "agreement", "negotiation", "release"})  # what enemies do together
_FOR_FRIENDS = frozenset({"support", "aid"})

Foes = frozenset[tuple[str, str]]


def foes_in(told: Iterable[tuple[str, Iterable[str], Iterable[str]]]) -> Foes:
    """Return who fights whom, both ways round, from the type, the agents and the targets of each event by name."""
    count: Counter[tuple[str, str]] = Counter()
    for kind, agents, targets in told:
        if kind in _FOUGHT:
            count.update({(one, other) for one, other in product(agents, targets) if one != other})
    both = count + Counter({(other, one): times for (one, other), times in count.items()})
    return frozenset(pair for pair, times in both.items() if times >= FOES)


def joint(kind: str, likeliest: Iterable[str], others: Set[str], together: Set[str], foes: Foes) -> list[str]:
    """Return the names that can do an event of this type jointly, of those given, the likeliest first.

    An enemy of one before is left out, unless grammar joins both: they are `together`. What grammar names goes before.
    Enemies fight together one another, but no third side: `others` are those it is done to.
    """
    listed, kept = list(likeliest), list[str]()
    for one in sorted(listed, key=lambda name: name not in together):
        free = kind in _WITH_FOES and not (kind == "armed_clash" and others - set(listed))
        if free or not any((one, o) in foes and not {one, o} <= together for o in kept):
            kept.append(one)
    return [one for one in listed if one in kept]


def helping(kind: str, agents: Mapping[str, float], targets: Mapping[str, float], foes: Foes) -> frozenset[str]:
    """Return the names that are left out of an event since nobody helps an enemy; how likely each is tells which.

    Of several helped the enemy of all helpers goes, of several helpers the enemy of one helped, else the less likely.
    """
    if kind not in _FOR_FRIENDS:
        return frozenset()
    out = {t for t in targets if len(targets) > 1 and agents and all((a, t) in foes for a in agents)}
    helped = {t: chance for t, chance in targets.items() if t not in out}
    for one, chance in agents.items():
        enemies = {t for t in helped if (one, t) in foes}
        if enemies and (len(agents) > 1 or chance < max(helped[t] for t in enemies)):
            out.add(one)
        elif enemies:
            out |= enemies
    return frozenset(out)
