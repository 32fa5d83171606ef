"""Groups of claims of one thing, each with the group with which it has most in common."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from heapq import heappop, heappush
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Points = Callable[[Item, Item], float | None]


class Gathering(Generic[Item]):
    """Items in groups, kept as items come, change and go: each joins that with which it has most in common.

    Items come in the order of `order`, whenever they are put in; what fits no group opens one. `keys` are those under
    which items of one group are found; points tell what two have in common (`None` where something speaks against
    them), `enough` whether that makes them one. Nothing in the whole group may speak against a new member, so that a
    vague item never makes a bridge between two groups.

    What comes to join a group, or leaves it, concerns those behind it that look at this group: these choose again, and
    so on while anyone's choice changes. All others would choose as they did, so that the groups are always those that
    all items make up from the beginning.
    """

    def __init__(
        self,
        *,
        order: Callable[[Item], Any],
        keys: Callable[[Item], Iterable[Hashable]],
        enough: Callable[[Item, Item, float], bool],
    ) -> None:
        self._order_of, self._keys_of, self._enough = order, keys, enough
        self._items: dict[str, Item] = {}
        self._order: dict[str, Any] = {}
        self._keys: dict[str, tuple[Hashable, ...]] = {}
        self._users: defaultdict[Hashable, set[str]] = defaultdict(set)
        self._home: dict[str, str] = {}  # the item that opened its group
        self._groups: dict[str, list[str]] = {}  # by that item, in order
        self._before: dict[str, tuple[Item, ...]] = {}  # the groups that an update touches, as they were
        self._waiting: list[tuple[Any, str]] = []
        self._asked: set[str] = set()
        self._anew = True  # whether all items choose again: then `homes` gives the groups at each key so far
        self._homes: defaultdict[Hashable, set[str]] = defaultdict(set)

    def update(
        self, changed: Mapping[str, Item | None], points: Points[Item]
    ) -> tuple[list[tuple[Item, ...]], list[tuple[Item, ...]]]:
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
                self._choose(name, points)
        self._homes.clear()
        return self._moved()

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of each group's items in order, by that of the item which opened it."""
        return {home: tuple(members) for home, members in sorted(self._groups.items())}

    def _put(self, name: str, item: Item) -> None:
        self._items[name], self._order[name] = item, self._order_of(item)
        self._keys[name] = tuple(dict.fromkeys(self._keys_of(item)))
        for key in self._keys[name]:
            self._users[key].add(name)
        self._ask(name)

    def _take(self, name: str) -> None:
        for key in self._keys.pop(name):
            self._users[key].discard(name)
            if not self._users[key]:
                del self._users[key]
        self._asked.discard(name)
        del self._items[name], self._order[name]

    def _ask(self, name: str) -> None:
        """Let an item choose (again) in its turn."""
        if name not in self._asked:
            self._asked.add(name)
            heappush(self._waiting, (self._order[name], name))

    # ---------------------------------------------------------------------------------------------- choices

    def _choose(self, name: str, points: Points[Item]) -> None:
        """Find the group that an item belongs to, of those that the items before it make up."""
        fits = [(best, home) for home in self._near(name) if (best := self._fit(name, home, points)) is not None]
        most = max((best for best, _ in fits), default=None)
        home = min((h for best, h in fits if best == most), key=self._order.__getitem__, default=name)
        if home != self._home.get(name):
            self._leave(name)
            self._join(name, home)

    def _near(self, name: str) -> set[str]:
        """Return the groups of which an item before this one has a key of it."""
        if self._anew:
            return {home for key in self._keys[name] for home in self._homes[key]}
        order = self._order[name]
        users = {u for key in self._keys[name] for u in self._users[key]}
        return {self._home[u] for u in users if u in self._home and self._order[u] < order}

    def _fit(self, name: str, home: str, points: Points[Item]) -> float | None:
        """Return the most an item has in common with one of a group; `None` where it contradicts any or is too far."""
        item, group, best = self._items[name], self._groups[home], None
        for at in range(bisect_left(group, self._order[name], key=self._order.__getitem__)):
            member = self._items[group[at]]
            common = points(item, member)
            if common is None:
                return None
            if self._enough(item, member, common):
                best = common if best is None else max(best, common)
        return best

    def _join(self, name: str, home: str) -> None:
        self._touch(home)
        self._home[name] = home
        insort(self._groups.setdefault(home, []), name, key=self._order.__getitem__)
        if self._anew:
            for key in self._keys[name]:
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
        for key in {key for member in group for key in self._keys[member]} if not self._anew else ():
            for user in self._users[key]:
                if user not in self._asked and self._order[user] > after:
                    self._ask(user)

    # ---------------------------------------------------------------------------------------------- changes

    def _touch(self, home: str) -> None:
        """Remember a group as it was."""
        if home not in self._before:
            self._before[home] = tuple(self._items[m] for m in self._groups.get(home, ()))

    def _moved(self) -> tuple[list[tuple[Item, ...]], list[tuple[Item, ...]]]:
        """Return the touched groups as they were and as they are, but for those that are the same."""
        fallen, came = [], []
        for home, before in self._before.items():
            now = tuple(self._items[m] for m in self._groups.get(home, ()))
            if list(map(id, before)) != list(map(id, now)):
                fallen += [before] if before else []
                came += [now] if now else []
        return fallen, came
