"""Groups of things that belong together, where some pairs must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


class Clusters:
    """Joins keys into clusters; a cluster never holds two labels that were told apart.

    `labels` gives the labels that a key carries, `apart` the pairs of labels that no cluster may hold both of.
    """

    def __init__(
        self,
        labels: Mapping[str, frozenset[str]] | None = None,
        apart: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._root: dict[str, str] = {}
        self._labels = dict(labels or {})
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def find(self, key: str) -> str:
        """Return the key that stands for the whole cluster: the smallest of its keys."""
        while key in self._root:
            parent = self._root[key]
            if parent in self._root:  # halve the path, so that long chains stay cheap
                self._root[key] = self._root[parent]
            key = parent
        return key

    def join(self, one: str, other: str) -> bool:
        """Bring the clusters of two keys together; return False where labels that were told apart forbid it."""
        small, large = sorted((self.find(one), self.find(other)))
        if small == large:
            return True
        if self._forbidden(small, large):
            return False
        self._root[large] = small
        if self._labels:
            self._labels[small] = self._labels.get(small, frozenset()) | self._labels.get(large, frozenset())
        return True

    def groups(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return the keys by the key that stands for their cluster, all in order."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(set(keys)):
            groups[self.find(key)].append(key)
        return dict(groups)

    def joined(self) -> dict[str, frozenset[str]]:
        """Return the whole cluster of each key that was joined with another."""
        clusters: defaultdict[str, set[str]] = defaultdict(set)
        for key in self._root:
            clusters[self.find(key)].add(key)
        wholes = (frozenset({root, *keys}) for root, keys in clusters.items())
        return {key: whole for whole in wholes for key in whole}

    def _forbidden(self, one: str, other: str) -> bool:
        theirs = self._labels.get(other, frozenset())
        return any(self._apart[label] & theirs for label in self._labels.get(one, frozenset()) if label in self._apart)
