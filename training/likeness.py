"""Learn how much each feature says that two accounts are one event: `python -m training.likeness ZIP [--check]`.

ZIP has the form of ECB+ (annotation CC BY 3.0, Cybulska and Vossen 2014). The pairs are those of the given event
mentions of a folder; pairs of the two incidents of a folder count a tenth. Logistic regression by Newton's method with
standardised features; the penalty keeps the weights of features that say the same thing alike. Nothing is drawn by
chance: the same archive gives the same weights. What is printed is `onrecord/lexicon/data/likeness.toml`'s.

With `--check` the weights are scored and not printed: the folders are dealt into five parts, each of which is brought
together, incident by incident, with the weights learnt on the other four; one JSON object has the scores of
`bench.eventcoref --topics` over all.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.eventcoref import Told, gold_chains, grouped, told
from bench.reading.coreference import Tally
from bench.reading.ecb import checked_sentences, stories
from onrecord.extract.parts import Kit
from onrecord.extract.read import standard_kit
from onrecord.model.records import Claim, Record
from onrecord.model.values import Span
from onrecord.reconcile.facts import Facts, voices
from onrecord.reconcile.incidents import unlisted
from onrecord.reconcile.likeness import Likeness
from onrecord.reconcile.record import Knowledge, reconcile
from onrecord.reconcile.tellings import Telling, certainty, tellings

Floats = NDArray[np.float64]
Row = tuple[dict[str, float], bool, float]  # features, whether they are one event, how much the pair counts
OTHER_INCIDENT = 0.1  # what a pair of two incidents counts: few of them meet where topics are given
PENALTY = 100.0  # times half the square of each weight
PARTS = 5
_STEPS = 12  # of Newton's method; after eight nothing changes in the fourth digit


def reconciled(files: Sequence[Told], kit: Kit) -> Record:
    """Return the record of some files."""
    knowledge = Knowledge(kit.actors, kit.gazetteer)
    return reconcile([f.dispatch for f in files], [f.reading for f in files], (), knowledge=knowledge)


def pairs(files: Sequence[Told], kit: Kit) -> Iterator[Row]:
    """Yield each pair of mentions of a folder."""
    record = reconciled(files, kit)
    facts = facts_of(record, kit)
    gold = {(f.dispatch.id, e.start, e.end): (e.chain, f.story.topic) for f in files for e in f.story.events}
    likeness = Likeness(facts)
    for one, other in combinations(tellings_of(record, facts), 2):
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


def tellings_of(record: Record, facts: Facts) -> list[Telling]:
    """Return the tellings of a record, in the order in which they are brought together."""
    by_dispatch: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in record.claims:
        by_dispatch[claim.dispatch].append(claim)
    profiles: dict[object, int] = {}
    found = (t for name in sorted(by_dispatch) for t in tellings(by_dispatch[name], facts, profiles))
    return sorted(found, key=lambda telling: certainty(telling, facts))


def learnt(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights that make the pairs likeliest, and `start`."""
    names = list(rows[0][0])
    features = np.array([list(row[0].values()) for row in rows])
    same, counts = (np.array([row[n] for row in rows], dtype=np.float64) for n in (1, 2))
    mean, spread = features.mean(0), features.std(0)
    spread[spread == 0] = 1.0
    scaled = np.column_stack([np.ones(len(rows)), (features - mean) / spread])
    penalty = np.diag([0.0, *[PENALTY] * len(names)])
    point = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-scaled @ point))
        slope = scaled.T @ (counts * (chance - same)) + penalty @ point
        bend = (scaled * (counts * chance * (1 - chance))[:, None]).T @ scaled + penalty
        point -= np.linalg.solve(bend, slope)
    weights = point[1:] / spread
    return {"start": float(point[0] - weights @ mean), **dict(zip(names, map(float, weights), strict=True))}


def checked(folders: Mapping[str, Sequence[Told]], kit: Kit) -> dict[str, float]:
    """Return the scores of all folders, each with the weights learnt on the other parts."""
    rows = {name: list(pairs(folders[name], kit)) for name in sorted(folders)}
    whole = Tally()
    for part in range(PARTS):
        held = [name for n, name in enumerate(sorted(folders)) if n % PARTS == part]
        weights = learnt([row for name in sorted(folders) if name not in held for row in rows[name]])
        for topic in (files for name in held for files in _topics(folders[name])):
            facts = facts_of(reconciled(topic, kit), kit)
            whole.add(gold_chains(topic), _found(topic, facts, weights, kit))
    return whole.result()


def _topics(files: Sequence[Told]) -> list[list[Told]]:
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for file in files:
        found[file.story.topic].append(file)
    return [found[name] for name in sorted(found)]


def _found(files: Sequence[Told], facts: Facts, weights: Mapping[str, float], kit: Kit) -> list[frozenset[str]]:
    """Return the mentions of a topic in the chains that these weights make."""
    groups = unlisted(tellings_of(reconciled(files, kit), facts), facts, Likeness(facts, weights))
    event_of = {t.claim.trigger: n for n, group in enumerate(groups) for t in group}
    return list(grouped((event_of[Span(f.dispatch.id, e.start, e.end)], e) for f in files for e in f.story.events))


def main() -> None:
    """Print the weights or their scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="an archive of the form of ECB+")
    parser.add_argument("--check", action="store_true", help="print how weights of other folders score")
    args = parser.parse_args()
    kit, folders = standard_kit(trained=False), defaultdict[str, list[Told]](list)
    for story in stories(args.path, checked_sentences(args.path)):
        if story.events:
            folders[story.name.partition("_")[0]].append(told(story, kit))
    if args.check:
        print(json.dumps(checked(folders, kit), indent=1))
        return
    weights = learnt([row for name in sorted(folders) for row in pairs(folders[name], kit)])
    for feature, weight in weights.items():
        print(f"{feature} = {weight:.2f}")


if __name__ == "__main__":
    main()
