"""Clusters join keys and keep told-apart labels apart."""

from __future__ import annotations

from onrecord.reconcile.clusters import Clusters, gather


def test_the_smallest_key_stands_for_a_cluster() -> None:
    clusters = Clusters()
    clusters.join("c", "b")
    clusters.join("b", "a")
    assert clusters.groups(["a", "b", "c", "d"]) == {"a": ["a", "b", "c"], "d": ["d"]}


def test_labels_told_apart_never_meet_by_way_of_a_third() -> None:
    labels = {"a": frozenset({"one"}), "b": frozenset(), "c": frozenset({"two"})}
    clusters = Clusters(labels, [("one", "two")])
    assert clusters.join("a", "b")
    assert not clusters.join("b", "c")
    assert clusters.find("c") == "c"


def test_an_item_joins_the_group_it_has_most_in_common_with() -> None:
    groups = gather(
        [10, 20, 12, 19, 14],
        keys=lambda _: ["all"],
        points=lambda a, b: 10.0 - abs(a - b),
        enough=lambda _a, _b, points: points >= 6,
    )
    assert groups == [[10, 12, 14], [20, 19]]


def test_one_contradiction_in_a_group_keeps_an_item_out() -> None:
    groups = gather(
        [1, 2, 3],
        keys=lambda _: ["all"],
        points=lambda a, b: None if {a, b} == {1, 3} else 1.0,
        enough=lambda _a, _b, points: points >= 1,
    )
    assert groups == [[1, 2], [3]]
