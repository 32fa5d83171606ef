"""Items gather in groups, and the groups are the same however the items came."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reconcile.blocks import BOTH
from onrecord.reconcile.gathering import Choice, Gathering, closest

Numbers = Gathering[tuple[int, int]]  # place in the order, and a number


def _gathering() -> Numbers:
    return Gathering(order=lambda item: item, keys=lambda item: dict.fromkeys([item[1] // 7, item[1] // 7 + 1], BOTH))


def _choose(least: float) -> Choice[tuple[int, int]]:
    return closest(_points, lambda _one, _other, points: points >= least)


def _points(one: tuple[int, int], other: tuple[int, int]) -> float | None:
    """Numbers close to one another have much in common; those of one last digit contradict."""
    if one[1] != other[1] and one[1] % 10 == other[1] % 10:
        return None
    return 10.0 - abs(one[1] - other[1])


def _gathered(least: float, numbers: list[int]) -> list[list[int]]:
    groups = _gathering()
    groups.update({str(n): (n, number) for n, number in enumerate(numbers)}, _choose(least))
    return [[numbers[int(m)] for m in members] for members in groups.groups().values()]


def test_an_item_joins_the_group_it_has_most_in_common_with() -> None:
    assert _gathered(6, [11, 20, 12, 19, 14]) == [[11, 12, 14], [20, 19]]


def test_one_contradiction_in_a_group_keeps_an_item_out() -> None:
    assert _gathered(1, [1, 6, 11]) == [[1, 6], [11]]


_items = st.lists(st.integers(0, 60), min_size=8, max_size=30)


@settings(max_examples=150, deadline=None)
@given(_items, st.integers(0, 2**32))
def test_items_that_come_and_go_make_the_same_groups_as_all_at_once(numbers: list[int], seed: int) -> None:
    random = Random(seed)
    items: dict[str, tuple[int, int] | None] = {str(n): (n, number) for n, number in enumerate(numbers)}
    kept = _gathering()
    kept.update(items, _choose(5))
    for _ in range(5):
        chosen = random.sample(sorted(items), 2)
        changed = {n: None if random.random() < 0.4 else (int(n), random.randrange(60)) for n in chosen}
        before = set(kept.groups().values())
        fallen, came = kept.update(changed, _choose(5))
        items |= changed
        anew = _gathering()
        anew.update({n: i for n, i in items.items() if i is not None}, _choose(5))
        assert kept.groups() == anew.groups()
        gone, new = ({tuple(str(i[0]) for i in g) for g in groups} for groups in (fallen, came))
        assert (before - gone) | new == set(kept.groups().values())
