"""Learn the weights by which two claims of unlisted events are one: `python -m training.likeness ZIP` prints them.

ZIP has the form of ECB+. The pairs are those of the given event mentions of a folder; pairs of the two incidents of a
folder count a tenth. What is printed goes into `onrecord/lexicon/data/likeness.toml` by hand. Logistic regression with
standardised features; the penalty keeps the weights of features that say the same thing alike.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.eventcoref import Told, told
from bench.reading.ecb import checked_sentences, stories
from onrecord.extract.parts import Kit
from onrecord.extract.read import standard_kit
from onrecord.model.records import Record
from onrecord.reconcile.facts import Facts, voices
from onrecord.reconcile.likeness import Likeness
from onrecord.reconcile.record import Knowledge, reconcile
from onrecord.reconcile.tellings import tellings

Floats = NDArray[np.float64]
OTHER_INCIDENT = 0.1  # what a pair of two incidents counts: few of them meet where topics are given
PENALTY = 100.0  # times half the square of each weight; from 1 to 100 it makes no difference to the scores


def pairs(files: Sequence[Told], kit: Kit) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Yield the features of each pair of mentions, whether it is one event, and how much it counts."""
    knowledge = Knowledge(kit.actors, kit.gazetteer)
    record = reconcile([f.dispatch for f in files], [f.reading for f in files], (), knowledge=knowledge)
    facts = facts_of(record, kit)
    gold = {(f.dispatch.id, e.start, e.end): (e.chain, f.story.topic) for f in files for e in f.story.events}
    likeness = Likeness(facts)
    for one, other in combinations(tellings(record.claims, facts), 2):
        mine, theirs = (gold[t.claim.dispatch, t.claim.trigger.start, t.claim.trigger.end] for t in (one, other))
        counts = 1.0 if mine[1] == theirs[1] else OTHER_INCIDENT
        yield likeness.features(one, other), mine[0] == theirs[0], counts


def facts_of(record: Record, kit: Kit) -> Facts:
    """Return what the comparing of claims looks up, from a record made of them."""
    dispatches = {d.id: d for d in record.dispatches}
    named = {entity for mention, entity in record.mentions if mention.form == "name"}
    return Facts(
        dispatches=dispatches,
        lineage=record.lineage,
        entities={e.id: e for e in record.entities},
        statements={s.id: s for s in record.statements},
        voices=voices(dispatches, record.lineage),
        actors=kit.actors,
        generic=frozenset(e.id for e in record.entities if e.id not in named),
    )


def learnt(features: Floats, same: Floats, counts: Floats) -> tuple[float, Floats]:
    """Return the start and the weights that make the pairs likeliest."""
    mean, spread = features.mean(0), features.std(0)
    spread[spread == 0] = 1.0
    scaled = (features - mean) / spread

    def loss(point: Floats) -> tuple[float, Floats]:
        logits = point[0] + scaled @ point[1:]
        off = counts * (1 / (1 + np.exp(-logits)) - same)
        value = float((counts * (np.logaddexp(0, logits) - same * logits)).sum() + PENALTY / 2 * (point[1:] ** 2).sum())
        return value, np.concatenate([[off.sum()], scaled.T @ off + PENALTY * point[1:]])

    found: Floats = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = found[1:] / spread
    return float(found[0] - weights @ mean), weights


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="an archive of the form of ECB+")
    path = parser.parse_args().path
    kit, folders = standard_kit(), defaultdict[str, list[Told]](list)
    for story in stories(path, checked_sentences(path)):
        if story.events:
            folders[story.name.partition("_")[0]].append(told(story, kit))
    rows = [row for name in sorted(folders) for row in pairs(folders[name], kit)]
    names = list(rows[0][0])
    features, same, counts = (np.array(column, dtype=np.float64) for column in zip(*_columns(rows), strict=True))
    start, weights = learnt(features, same, counts)
    print(f"start = {start:.2f}")
    for name, weight in zip(names, weights, strict=True):
        print(f"{name} = {weight:.2f}")


def _columns(rows: Sequence[tuple[dict[str, float], bool, float]]) -> Iterator[tuple[list[float], bool, float]]:
    for features, same, counts in rows:
        yield list(features.values()), same, counts


if __name__ == "__main__":
    main()
