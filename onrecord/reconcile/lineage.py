"""Which dispatches are copies or rewrites of one report: a reprint is not a second source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Final

from onrecord.model.records import Dispatch
from onrecord.reconcile.clusters import Clusters
from onrecord.reconcile.copies import Print, close, is_copy, is_retold, is_rewrite, print_of, shared, without

_SAMPLE = 4  # one shingle in four finds the candidates (4 of a text of 20 words); what is found is compared in full
_COMMON = 40  # a part of more dispatches than this is a form or a footer, and 40 squared pairs are the cost limit
_SHARED_PARTS = 2  # sampled shingles, or long quotations and sentences: fewer are a stock phrase

# What is known of a pair of candidates: one is the other's copy; or the two, with their copies, appeared near enough
# in time to be rewrites of one wire, or too far apart for it.
_COPY: Final = "copy"
_NEAR: Final = "near"
_FAR: Final = "far"

Pair = tuple[str, str]
Pairs = Sequence[Pair]


def lineages(dispatches: Iterable[Dispatch], *, copies: Pairs = (), originals: Pairs = ()) -> dict[str, str]:
    """Pair each dispatch's id with that of the oldest dispatch of which it is a copy or a rewrite, or with its own.

    Two dispatches belong together where half of the shorter one's runs of five words stand in the other as well (and
    they hold the same numbers), or where within a few days they share several long quotations or sentences, or tell
    much of the shorter one in nearly the same sentences. What reports far apart in time share is an outlet's stock and
    tells nothing. The oldest is the first by date of publication, then by id; undated ones come last. A person's word
    goes before: `copies` belong together, `originals` do not.
    """
    found = Lineages()
    found.update({d.id: d for d in dispatches}, copies, originals)
    return dict(sorted(found.of.items()))


def age(dispatch: Dispatch) -> tuple[str, str]:
    """Return the key that puts older dispatches first and undated ones last."""
    return (dispatch.published or "9999", dispatch.id)


class Lineages:
    """The lineage of each dispatch (`of`) and who has it (`members`), kept as dispatches come, change and go."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}
        self.members: dict[str, frozenset[str]] = {}
        self._age: dict[str, tuple[str, str]] = {}
        self._prints: dict[str, Print] = {}
        self._holders = _Holders(), _Holders()  # of sampled shingles, and of long quotations and sentences
        self._pairs: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._copies: set[Pair] = set()
        self._rewrites: set[Pair] = set()
        self._copied: dict[str, frozenset[str]] = {}
        self._groups: dict[str, frozenset[str]] = {}  # the lineages of more than one
        self._far: Counter[int] = Counter()  # how many pairs share a part that appeared too far apart
        self._stock: set[int] = set()

    def update(self, changed: Mapping[str, Dispatch | None], copies: Pairs = (), originals: Pairs = ()) -> set[str]:
        """Put dispatches in by id, or take away those that are `None`; return those whose lineage has new members.

        `copies` are the pairs that a person judged to be copies, `originals` those judged to be none.
        """
        for name in changed:
            for other in list(self._pairs.pop(name, {})):
                self._forget(name, other)
        turned = self._file(changed)
        fresh = self._meet(changed, turned)
        self._compare(fresh)
        moved, parts = self._sort_by_distance(fresh | self._beside(self._recopied(changed)))
        self._judge(fresh | moved, self._restock(parts | turned))
        return self._gather(changed, copies, originals)

    # ------------------------------------------------------------------------------------------- candidates

    def _file(self, changed: Mapping[str, Dispatch | None]) -> set[int]:
        """File what is compared of the dispatches; return the parts that became common, or ceased to be."""
        turned: set[int] = set()
        for holders in self._holders:
            holders.turned.clear()
        for name, dispatch in changed.items():
            old = self._prints.pop(name, None)
            new = print_of(dispatch) if dispatch else None
            for holders, before, now in zip(self._holders, _filed(old), _filed(new), strict=True):
                holders.put(name, before, now)
            self._age.pop(name, None)
            if dispatch and new:
                self._prints[name], self._age[name] = new, age(dispatch)
        for holders in self._holders:
            turned |= {part for part, was in holders.turned.items() if holders.common(part) != was}
        return turned

    def _meet(self, changed: Mapping[str, Dispatch | None], turned: set[int]) -> set[Pair]:
        """Return the pairs that are to be compared from now on; those that are no longer are forgotten."""
        fresh = {_pair(name, other) for name in changed if name in self._prints for other in self._candidates(name)}
        held = (h.of[part] for h in self._holders for part in turned if part in h.of)
        for one, other in {p for names in held for p in combinations(sorted(names - changed.keys()), 2)}:
            meets, met = self._share_parts(one, other), other in self._pairs[one]
            if meets and not met:
                fresh.add((one, other))
            elif met and not meets:
                self._forget(one, other)
        return fresh

    def _candidates(self, name: str) -> set[str]:
        found: set[str] = set()
        for holders, parts in zip(self._holders, _filed(self._prints[name]), strict=True):
            others = Counter(o for part in parts if not holders.common(part) for o in holders.of[part])
            found |= {o for o, count in others.items() if count >= _SHARED_PARTS}
        return found - {name}

    def _share_parts(self, one: str, other: str) -> bool:
        both = zip(self._holders, _filed(self._prints[one]), _filed(self._prints[other]), strict=True)
        return any(sum(not h.common(part) for part in mine & theirs) >= _SHARED_PARTS for h, mine, theirs in both)

    # ------------------------------------------------------------------------------------ copies and distances

    def _compare(self, fresh: set[Pair]) -> None:
        """Note the fresh pairs, with whether they are copies."""
        for one, other in fresh:
            if is_copy(self._prints[one], self._prints[other]):
                self._copies.add((one, other))
            self._pairs[one][other] = self._pairs[other][one] = _COPY if (one, other) in self._copies else _NEAR

    def _recopied(self, changed: Mapping[str, Dispatch | None]) -> set[str]:
        """Group the copies anew; return the dispatches that have other copies than before."""
        old = self._copied
        self._copied = {m: group for group in _grouped(sorted(self._copies)) for m in group}
        return {m for m in old.keys() | self._copied.keys() if old.get(m) != self._copied.get(m)} | {
            m for name in changed for m in self._copied.get(name, ())
        }

    def _beside(self, names: Iterable[str]) -> set[Pair]:
        """Return the pairs with these dispatches that are no copies."""
        return {_pair(n, o) for n in names for o, kind in self._pairs.get(n, {}).items() if kind != _COPY}

    def _sort_by_distance(self, pairs: set[Pair]) -> tuple[set[Pair], set[int]]:
        """Tell pairs that may be rewrites from those too far apart; return those that changed sides, and their parts.

        A pair is near where any copy of the one appeared within a few days of any copy of the other.
        """
        moved: set[Pair] = set()
        parts: set[int] = set()
        for one, other in pairs:
            if self._pairs[one][other] == _COPY:
                continue
            mine, theirs = self._copied.get(one, (one,)), self._copied.get(other, (other,))
            near = any(close(self._prints[a], self._prints[b]) for a, b in product(mine, theirs))
            kind = _NEAR if near else _FAR
            if kind != self._pairs[one][other]:
                moved.add((one, other))
                parts |= self._count_far(one, other, 1 if kind == _FAR else -1)
                self._pairs[one][other] = self._pairs[other][one] = kind
        return moved, parts

    def _count_far(self, one: str, other: str, sign: int) -> set[int]:
        parts = shared(self._prints[one], self._prints[other])
        for part in parts:
            self._far[part] += sign
        return parts

    def _forget(self, one: str, other: str) -> None:
        """Drop a pair, with all that was known of it."""
        kind = self._pairs[other].pop(one)
        self._pairs[one].pop(other, None)
        self._copies.discard(_pair(one, other))
        self._rewrites.discard(_pair(one, other))
        if kind == _FAR:
            self._count_far(one, other, -1)

    # ------------------------------------------------------------------------------------------------ rewrites

    def _restock(self, parts: set[int]) -> set[int]:
        """Bring the stock up to date: what many share, or two that are far apart; return what came in or fell out."""
        now = {p for p in parts if self._far[p] > 0 or any(h.common(p) for h in self._holders)}
        moved = (parts & self._stock) ^ now
        self._stock ^= moved
        return moved

    def _judge(self, pairs: set[Pair], moved: set[int]) -> None:
        """Tell of these pairs, and of those that hold what came into the stock or fell out, whether one is retold."""
        holding = {
            n for n, p in self._prints.items() if not (moved.isdisjoint(p.shingles) and moved.isdisjoint(p.stretches))
        }
        told: dict[str, Print] = {}
        for one, other in pairs | self._beside(holding):
            akin = self._pairs[one][other] == _NEAR and self._retold(one, other, told)
            (self._rewrites.add if akin else self._rewrites.discard)((one, other))

    def _retold(self, one: str, other: str, told: dict[str, Print]) -> bool:
        """Tell whether a near pair is one wire in other words; `told` keeps what is compared without the stock."""
        for name in (one, other):
            if name not in told:
                told[name] = without(self._prints[name], self._stock)
        return is_rewrite(told[one], told[other]) or is_retold(told[one], told[other])

    def _gather(self, changed: Mapping[str, Dispatch | None], copies: Pairs, originals: Pairs) -> set[str]:
        """Bring `of` and `members` up to date where they are other; return the dispatches of these lineages."""
        old = self._groups
        akin = [*copies, *sorted(self._copies), *sorted(self._rewrites)]
        self._groups = {min(g, key=self._age.__getitem__): g for g in _grouped(akin, originals)}
        other = {root for root in old.keys() | self._groups.keys() if old.get(root) != self._groups.get(root)}
        names = {m for root in other for m in (*old.get(root, ()), *self._groups.get(root, ()))} | changed.keys()
        for name in names:
            self.of.pop(name, None)
            self.members.pop(name, None)
        for root in other & self._groups.keys() | {r for r, g in self._groups.items() if not g.isdisjoint(changed)}:
            self.members[root] = self._groups[root]
            self.of |= dict.fromkeys(self._groups[root], root)
        for name in names & self._prints.keys() - self.of.keys():
            self.of[name], self.members[name] = name, frozenset((name,))
        return {m for n in names & self.of.keys() for m in self.members[self.of[n]]}


class _Holders:
    """Who holds each part; `turned` remembers of those that change hands whether they were common before."""

    def __init__(self) -> None:
        self.of: defaultdict[int, set[str]] = defaultdict(set)
        self.turned: dict[int, bool] = {}

    def common(self, part: int) -> bool:
        """Tell whether so many share a part that it tells nothing."""
        return len(self.of.get(part, ())) > _COMMON

    def put(self, name: str, before: frozenset[int], now: frozenset[int]) -> None:
        """Let a dispatch hold these parts instead of those before."""
        for part in before ^ now:
            self.turned.setdefault(part, self.common(part))
            (self.of[part].add if part in now else self.of[part].discard)(name)
            if not self.of[part]:
                del self.of[part]


def _filed(print_: Print | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return the parts under which a dispatch is found: some of its shingles, all of its quotations and sentences."""
    if print_ is None:
        return frozenset(), frozenset()
    return frozenset(s for s in print_.shingles if s % _SAMPLE == 0), print_.stretches


def _grouped(pairs: Sequence[Pair], apart: Sequence[Pair] = ()) -> list[frozenset[str]]:
    """Return the groups of more than one that these pairs make up, joined in order; what is `apart` never meets."""
    names = {name for pair in pairs for name in pair}
    clusters = Clusters({n: frozenset((n,)) for n in names} if apart else None, apart)
    for one, other in pairs:
        clusters.join(one, other)
    return list(set(clusters.joined().values()))


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
