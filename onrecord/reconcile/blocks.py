"""What keeps bringing the record up to date cheap: sums, and blocks that are solved again where they changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Solved = TypeVar("Solved")
Key = TypeVar("Key", bound=Hashable)
Tag = TypeVar("Tag", bound=Hashable)


# What an item does with a key: items are linked where one asks for a key that another gives.
GIVES: Final = 1
ASKS: Final = 2
BOTH: Final = GIVES | ASKS


class Blocks(Generic[Item, Solved]):
    """Keeps items in blocks and solves each block by itself.

    All that a key links is in one block, and what other keys link with these. `solve` is given the items of one block
    by their ids' order and must rest on nothing else, but on what changes only together with one of them: then what all
    blocks come to is the same whether the items came at once or one after another.
    """

    def __init__(
        self, keys: Callable[[Item], Mapping[Hashable, int]], solve: Callable[[list[Item]], Sequence[Solved]]
    ) -> None:
        self._keys_of, self._solve = keys, solve
        self._items: dict[str, Item] = {}
        self._keys: dict[str, Mapping[Hashable, int]] = {}
        self._users: defaultdict[Hashable, dict[str, int]] = defaultdict(dict)
        self._block: dict[str, tuple[frozenset[str], Sequence[Solved]]] = {}

    def update(self, changed: Mapping[str, Item | None]) -> tuple[list[Solved], list[Solved]]:
        """Put items in by id, or take away those that are `None`; return what fell and what came in its stead."""
        touched = {*changed, *(i for name in changed if name in self._block for i in self._block[name][0])}
        fallen = dict(self._fall(touched))
        for name, item in changed.items():
            self._take(name)
            if item is not None:
                self._put(name, item)
        came: list[Solved] = []
        left = touched & self._items.keys()
        for name in sorted(left):
            if name in left:
                block = self._linked(name)
                left -= block
                fallen |= self._fall(block)
                solved = self._solve([self._items[i] for i in sorted(block)])
                self._block |= dict.fromkeys(block, (block, solved))
                came += solved
        return [s for solved in fallen.values() for s in solved], came

    def _fall(self, names: set[str] | frozenset[str]) -> Iterator[tuple[frozenset[str], Sequence[Solved]]]:
        """Drop the blocks of these items; yield each with what it came to."""
        for name in names:
            if name in self._block:
                block, solved = self._block[name]
                for item in block:
                    del self._block[item]
                yield block, solved

    def _take(self, name: str) -> None:
        if self._items.pop(name, None) is not None:
            for key in self._keys.pop(name):
                del self._users[key][name]
                if not self._users[key]:
                    del self._users[key]

    def _put(self, name: str, item: Item) -> None:
        self._items[name], self._keys[name] = item, self._keys_of(item)
        for key, use in self._keys[name].items():
            self._users[key][name] = use

    def _linked(self, name: str) -> frozenset[str]:
        """Return the item and all that keys link with it, at any remove."""
        found, seen, waiting = {name}, set[Hashable](), [name]
        while waiting:
            for key in self._keys[waiting.pop()]:
                if key not in seen:
                    seen.add(key)
                    users = self._users[key]
                    if any(u & ASKS for u in users.values()) and any(u & GIVES for u in users.values()):
                        waiting.extend(users.keys() - found)
                        found |= users.keys()
        return frozenset(found)


class Shares(Generic[Key, Tag]):
    """Sums by key over what each dispatch adds to them, as dispatches come, change and go."""

    def __init__(self) -> None:
        self.sums: dict[Key, Counter[Tag]] = {}
        self.holders: defaultdict[Key, set[str]] = defaultdict(set)
        self._shares: dict[str, Mapping[Key, Counter[Tag]]] = {}

    def put(self, dispatch: str, shares: Mapping[Key, Counter[Tag]]) -> set[Key]:
        """Replace what a dispatch adds, which may be nothing; return the keys whose sums changed."""
        old = self._shares.pop(dispatch, {})
        if shares:
            self._shares[dispatch] = shares
        changed = {key for key in old.keys() | shares.keys() if old.get(key) != shares.get(key)}
        for key in changed:
            self._change(key, dispatch, old.get(key), shares.get(key))
        return changed

    def _change(self, key: Key, dispatch: str, old: Counter[Tag] | None, new: Counter[Tag] | None) -> None:
        total = self.sums.setdefault(key, Counter())
        total.update(new or ())
        total.subtract(old or ())
        for tag in old or ():
            if not total[tag]:
                del total[tag]
        (self.holders[key].discard if new is None else self.holders[key].add)(dispatch)
        if not self.holders[key]:
            del self.holders[key], self.sums[key]
