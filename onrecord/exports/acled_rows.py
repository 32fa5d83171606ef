"""Which events are one row of ACLED: violence of one day and place between the same sides, and what belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from onrecord.exports.acled_actors import Side
from onrecord.exports.material import MANY, Told

VIOLENT: Final = ("Battles", "Explosions/Remote violence", "Violence against civilians")
_BATTLES, _REMOTE, _OTHER = "Battles", "Explosions/Remote violence", "Strategic developments"
_AGREEMENT: Final = "Agreement"
Key = tuple[object, ...]
Groups = dict[Key, list["Draft"]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A row while it is made: the events told in it, the first of which gives it its type and place."""

    told: tuple[Told, ...]
    day: date
    precision: int
    sub: str
    sides: tuple[Side, Side]
    deaths: int
    part: int = 0

    @property
    def open(self) -> bool:
        """Whether one of the two sides is not told."""
        return any(not side.named or not side.actor for side in self.sides)

    @property
    def known(self) -> frozenset[str]:
        """The sides that are told."""
        return frozenset(side.actor for side in self.sides if side.named and side.actor)

    @property
    def spot(self) -> Key:
        """The day and the place."""
        return self.day, self.told[0].event.place

    @property
    def dispatches(self) -> frozenset[str]:
        """The ids of the dispatches that tell it."""
        return frozenset(d.id for t in self.told for d in t.dispatches)


class Merger:
    """Brings drafts together; `kinds` gives the event type of each sub-event type, in the order in which they win."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._order = {sub: rank for rank, sub in enumerate(kinds)}

    def merged(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Yield the rows, each with all its events and their deaths added up.

        Violence of one day, place and pair of sides is one row; so is what one sentence tells of a rougher date, and
        what one agreement is told of each party. Where a side is not told, the event belongs to the only row of its
        day and place that has all sides that are.
        """
        groups: Groups = {}
        for number, draft in enumerate(drafts):
            groups.setdefault(self._key(number, draft), []).append(draft)
        for group in self._settled(groups).values():
            yield self._one(sorted(group, key=lambda d: (self._order[d.sub], d.told[0].id)))

    def _key(self, number: int, draft: Draft) -> Key:
        kind, exact = self._kinds[draft.sub], draft.precision == 1
        names = frozenset(side.actor for side in draft.sides)
        if kind in VIOLENT:
            return (*draft.spot, names, None if exact else (draft.precision, _sentence(draft)))
        if kind == _OTHER and exact:
            parties = None if draft.sub == _AGREEMENT and not draft.sides[1].actor else names
            return (*draft.spot, draft.sub, parties)
        return (number,)

    def _settled(self, groups: Groups) -> Groups:
        """Return the groups, those of which a side is not told in the one that tells it."""
        violent = {k: g for k, g in groups.items() if g[0].precision == 1 and self._kinds[g[0].sub] in VIOLENT}
        spots: defaultdict[Key, list[Key]] = defaultdict(list)
        for key, group in violent.items():
            spots[group[0].spot].append(key)
        homes = {k: self._home(k, [o for o in spots[g[0].spot] if o != k], groups) for k, g in violent.items()}
        settled = {k: list(g) for k, g in groups.items() if homes.get(k) is None}
        for key, home in homes.items():
            if home is not None:
                settled[home] += groups[key]
        return settled

    def _home(self, key: Key, others: Sequence[Key], groups: Groups) -> Key | None:
        """Return the only other group of a day and place in which a group with a side untold has its place."""
        draft = groups[key][0]
        if not draft.open:
            return None
        whole = [o for o in others if not groups[o][0].open and self._fits(draft, groups[o])]
        told = [o for o in whole if draft.known <= groups[o][0].known]
        if (
            not told and not draft.sides[0].named
        ):  # nobody says who did it: whoever did what else the same dispatch tells
            told = [o for o in whole if draft.dispatches & frozenset().union(*(d.dispatches for d in groups[o]))]
        return told[0] if len(told) == 1 else None

    def _fits(self, draft: Draft, group: Sequence[Draft]) -> bool:
        """Tell whether an event may belong to others: a battle is not among those in which civilians are a side."""
        civil = any(side.inter == "Civilians" for side in group[0].sides)
        return not (civil and self._kinds[draft.sub] == _BATTLES)

    def _one(self, group: Sequence[Draft]) -> Draft:
        told = tuple(dict.fromkeys(t for d in group for t in d.told))
        made = next((d for d in group if not d.open), group[0])
        sides = self._sides(group, made)
        return replace(group[0], told=told, sides=sides, deaths=sum(d.deaths for d in group))

    def _sides(self, group: Sequence[Draft], made: Draft) -> tuple[Side, Side]:
        first, second = made.sides
        if group[0].sub == _AGREEMENT and not second.actor:
            parties = list({d.sides[0].actor: d.sides[0] for d in group}.values())
            return (parties[0], parties[1] if len(parties) > 1 else Side())
        if self._kinds[group[0].sub] == _REMOTE and second.inter != "Civilians":
            hit = {d.sides[1].actor: d.sides[1] for d in group if d.sides[1].inter == "Civilians"}
            with_them = MANY.join(filter(None, (second.others, *hit)))
            second = replace(second, others=with_them) if second.actor else next(iter(hit.values()), second)
        return first, second


def _sentence(draft: Draft) -> object:
    claims = draft.told[0].claims
    return claims[0].sentence if claims else None
