"""Clusters join keys and keep told-apart labels apart."""

from __future__ import annotations

from onrecord.reconcile.clusters import Clusters


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
