"""Groups of things that belong together, each with the group that it chooses of those that stand before it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any, Generic, TypeVar

from onrecord.reconcile.blocks import ASKS, GIVES

Item = TypeVar("Item")
Group = tuple[Item, ...]
Choice = Callable[[Item, Sequence[Iterable[Item]]], int | None]
Points = Callable[[Item, Item], float | None]


class Gathering(Generic[Item]):
    """Items in groups, kept as items come, change and go: each joins the group that it chooses, or opens one.

    Items choose in the order of `order`, whenever they are put in. An item may choose of the groups in which an item
    before it gives a key that it asks for; `choose` is told it and what stands before it in each of these, the item
    that opened the group first, and returns the number of one or `None`.

    What comes to join a group, or leaves it, concerns those behind it that look at this group: these choose again, and
    so on while anyone's choice changes. All others would choose as they did, so that the groups are always those that
    all items make up from the beginning.
    """

    def __init__(self, *, order: Callable[[Item], Any], keys: Callable[[Item], Mapping[Hashable, int]]) -> None:
        self._order_of, self._keys_of = order, keys
        self._items: dict[str, Item] = {}
        self._order: dict[str, Any] = {}
        self._asks: dict[str, tuple[Hashable, ...]] = {}
        self._gives: dict[str, tuple[Hashable, ...]] = {}
        self._askers: defaultdict[Hashable, set[str]] = defaultdict(set)
        self._givers: defaultdict[Hashable, set[str]] = defaultdict(set)
        self._home: dict[str, str] = {}  # the item that opened its group
        self._groups: dict[str, list[str]] = {}  # by that item, in order
        self._before: dict[str, Group[Item]] = {}  # the groups that an update touches, as they were
        self._waiting: list[tuple[Any, str]] = []
        self._asked: set[str] = set()
        self._anew = True  # whether all items choose again: then `homes` gives the groups at each key so far
        self._homes: defaultdict[Hashable, set[str]] = defaultdict(set)

    def update(
        self, changed: Mapping[str, Item | None], choose: Choice[Item]
    ) -> tuple[list[Group[Item]], list[Group[Item]]]:
        """Put items in by id, or take away those that are `None`; return the groups that fell and those that came.

        The items of a group stand in order, the one that opened it first.
        """
        self._before.clear()
        self._anew = 2 * len(changed) >= len(self._items)
        if self._anew:  # then it is less work to let all choose again at once
            changed = {**self._items, **changed}
        known = [name for name in changed if name in self._items]
        for name in known:
            self._touch(self._home[name])
        for name in known:
            self._leave(name)
            self._take(name)
        for name, item in changed.items():
            if item is not None:
                self._put(name, item)
        while self._waiting:
            order, name = heappop(self._waiting)
            if name in self._asked and self._order[name] == order:
                self._asked.discard(name)
                self._choose(name, choose)
        self._homes.clear()
        return self._moved()

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of each group's items in order, by that of the item which opened it."""
        return {home: tuple(members) for home, members in sorted(self._groups.items())}

    def _put(self, name: str, item: Item) -> None:
        keys = self._keys_of(item)
        self._items[name], self._order[name] = item, self._order_of(item)
        self._asks[name] = tuple(key for key, use in keys.items() if use & ASKS)
        self._gives[name] = tuple(key for key, use in keys.items() if use & GIVES)
        for key in self._asks[name]:
            self._askers[key].add(name)
        for key in self._gives[name]:
            self._givers[key].add(name)
        self._ask(name)

    def _take(self, name: str) -> None:
        for users, keys in ((self._askers, self._asks.pop(name)), (self._givers, self._gives.pop(name))):
            for key in keys:
                users[key].discard(name)
                if not users[key]:
                    del users[key]
        self._asked.discard(name)
        del self._items[name], self._order[name]

    def _ask(self, name: str) -> None:
        """Let an item choose (again) in its turn."""
        if name not in self._asked:
            self._asked.add(name)
            heappush(self._waiting, (self._order[name], name))

    # ---------------------------------------------------------------------------------------------- choices

    def _choose(self, name: str, choose: Choice[Item]) -> None:
        near = sorted(self._near(name), key=self._order.__getitem__)
        number = choose(self._items[name], [self._standing(home, name) for home in near]) if near else None
        home = name if number is None else near[number]
        if home != self._home.get(name):
            self._leave(name)
            self._join(name, home)

    def _near(self, name: str) -> set[str]:
        """Return the groups in which an item before this one gives a key that it asks for."""
        if self._anew:
            return {home for key in self._asks[name] for home in self._homes.get(key, ())}
        order = self._order[name]
        givers = {u for key in self._asks[name] for u in self._givers.get(key, ())}
        return {self._home[u] for u in givers if u in self._home and self._order[u] < order}

    def _standing(self, home: str, name: str) -> Iterator[Item]:
        """Yield what stands in a group before an item."""
        group = self._groups[home]
        at = bisect_left(group, self._order[name], key=self._order.__getitem__)
        return map(self._items.__getitem__, group[:at])

    def _join(self, name: str, home: str) -> None:
        self._touch(home)
        self._home[name] = home
        insort(self._groups.setdefault(home, []), name, key=self._order.__getitem__)
        if self._anew:
            for key in self._gives[name]:
                self._homes[key].add(home)
        self._disturb(self._groups[home], self._order[name])

    def _leave(self, name: str) -> None:
        home = self._home.pop(name, None)
        if home is None:
            return
        self._touch(home)
        self._disturb(self._groups[home], self._order[name])
        self._groups[home].remove(name)
        if home == name:
            for member in self._groups.pop(home):
                del self._home[member]
                self._ask(member)

    def _disturb(self, group: Iterable[str], after: Any) -> None:
        """Let all choose again that come after a place in the order and look at a group."""
        for key in {key for member in group for key in self._gives[member]} if not self._anew else ():
            for user in self._askers.get(key, ()):
                if user not in self._asked and self._order[user] > after:
                    self._ask(user)

    # ---------------------------------------------------------------------------------------------- changes

    def _touch(self, home: str) -> None:
        """Remember a group as it was."""
        if home not in self._before:
            self._before[home] = tuple(self._items[m] for m in self._groups.get(home, ()))

    def _moved(self) -> tuple[list[Group[Item]], list[Group[Item]]]:
        """Return the touched groups as they were and as they are, but for those that are the same."""
        fallen, came = [], []
        for home, before in self._before.items():
            now = tuple(self._items[m] for m in self._groups.get(home, ()))
            if list(map(id, before)) != list(map(id, now)):
                fallen += [before] if before else []
                came += [now] if now else []
        return fallen, came


def closest(points: Points[Item], enough: Callable[[Item, Item, float], bool]) -> Choice[Item]:
    """Return what chooses the group with which an item has most in common, of several such groups the first.

    Points tell what two have in common (`None` where something speaks against them), `enough` whether that makes them
    one. Nothing in the whole group may speak against a new member, so that a vague item never makes a bridge between
    two groups.
    """

    def choose(item: Item, groups: Sequence[Iterable[Item]]) -> int | None:
        fits = [(best, -n) for n, group in enumerate(groups) if (best := _fit(item, group, points, enough)) is not None]
        return -max(fits)[1] if fits else None

    return choose


def _fit(
    item: Item, group: Iterable[Item], points: Points[Item], enough: Callable[[Item, Item, float], bool]
) -> float | None:
    """Return the most an item has in common with one of a group; `None` where it contradicts any or is too far."""
    best: float | None = None
    for member in group:
        common = points(item, member)
        if common is None:
            return None
        if enough(item, member, common):
            best = common if best is None else max(best, common)
    return best
