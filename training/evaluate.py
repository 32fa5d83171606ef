"""Score a trained reader on the development parts: `python -m training.evaluate SHARED --encoder DIR --model DIR`.

Prints one JSON object, F1 or accuracy in per cent. Roles are scored by words, given the right trigger; the scores of
whole dispatches, with names compared, are those of `bench.gold`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.corpora import attributions, conllu, entities
from training.dispatches import annotated
from training.model import RELATIONS, ROLES, TAGS, Reader
from training.samples import Sample, spans_of, windows
from training.train import WINDOW, collate

Output = dict[str, Tensor]


def predicted(model: Reader, samples: Iterable[Sample], tokenizer: Tokenizer) -> Iterator[tuple[Sample, Output]]:
    """Yield each window with the scores of every head."""
    model.eval()
    with torch.no_grad():
        for window in (w for sample in samples for w in windows(sample, WINDOW)):
            batch = collate([window], tokenizer)
            out = model(*batch.inputs())
            heads = out["arc"].argmax(-1)
            out |= {"head": heads, "rel": model.relation_scores(out["words"], heads)}
            out["role"] = model.role_scores(out["words"], batch.sentence)
            yield window, {name: scores[0] for name, scores in out.items()}


def tags(out: Output, task: str) -> list[str]:
    """Return the best label of each word."""
    return [TAGS[task][i] for i in out[task].argmax(-1).tolist()]


def f1(hit: int, gold: int, found: int) -> float:
    """Return F1 in per cent, 0 where nothing is right."""
    return round(200 * hit / (gold + found), 1) if hit else 0.0


def span_scores(pairs: Iterable[tuple[Sample, Output]], tasks: list[str], *, part: float) -> dict[str, float]:
    """Return F1 by task: spans of one kind that share at least `part` of the longer one (1 for equal spans)."""
    counts: Counter[tuple[str, str]] = Counter()
    for sample, out in pairs:
        for task in tasks:
            gold = list(spans_of(label or "O" for label in sample.labels[task]))
            found = list(spans_of(tags(out, task)))
            counts[task, "gold"] += len(gold)
            counts[task, "found"] += len(found)
            counts[task, "hit"] += sum(any(_alike(g, f, part) for f in found) for g in gold)
    return {task: f1(counts[task, "hit"], counts[task, "gold"], counts[task, "found"]) for task in tasks}


def _alike(one: tuple[int, int, str], other: tuple[int, int, str], part: float) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    longer = max(one[1] - one[0], other[1] - other[0])
    return one[2] == other[2] and shared > 0 and shared >= part * longer


def syntax_scores(pairs: Iterable[tuple[Sample, Output]]) -> dict[str, float]:
    """Return the share of words with the right part of speech, head, and head with relation."""
    right: Counter[str] = Counter()
    words = 0
    for sample, out in pairs:
        relations = [RELATIONS[i] for i in out["rel"].argmax(-1).tolist()]
        for i, head in enumerate(sample.heads or []):
            words += 1
            right["upos"] += tags(out, "upos")[i] == sample.labels["upos"][i]
            right["uas"] += out["head"][i].item() == head
            right["las"] += out["head"][i].item() == head and relations[i] == sample.labels["rel"][i]
    return {name: round(100 * right[name] / words, 1) for name in ("upos", "uas", "las")}


def event_scores(pairs: Iterable[tuple[Sample, Output]]) -> dict[str, float]:
    """Return trigger F1, typed F1, status accuracy and the F1 of each role, the last two at the right triggers."""
    counts: Counter[str] = Counter()
    for sample, out in pairs:
        gold = list(spans_of(label or "O" for label in sample.labels["event"]))
        found = list(spans_of(tags(out, "event")))
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["trigger"] += sum(any(g[0] < f[1] and f[0] < g[1] for f in found) for g in gold)
        counts["typed"] += sum(any(g[0] < f[1] and f[0] < g[1] and g[2] == f[2] for f in found) for g in gold)
        status = tags(out, "status")
        for i, label in enumerate(sample.labels["status"]):
            counts["statuses"] += label is not None
            counts["status"] += label is not None and label == status[i]
        for trigger, role, candidates, right in sample.roles:
            chosen = chosen_of(out["role"][ROLES.index(role), trigger], candidates)
            counts[f"{role} hit"] += len(chosen & set(right))
            counts[f"{role} gold"] += len(right)
            counts[f"{role} found"] += len(chosen)
    scores = {name: f1(counts[name], counts["gold"], counts["found"]) for name in ("trigger", "typed")}
    scores["status"] = round(100 * counts["status"] / max(1, counts["statuses"]), 1)
    return scores | {r: f1(counts[f"{r} hit"], counts[f"{r} gold"], counts[f"{r} found"]) for r in ROLES}


def chosen_of(scores: Tensor, candidates: tuple[int, ...]) -> set[int]:
    """Return the mentions that are likelier than none and at least half as likely as the likeliest."""
    best = max((scores[c].item() for c in candidates), default=0.0)
    return {c for c in candidates if scores[c].item() > max(0.0, best - math.log(2))}


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--model", type=Path, required=True)
    args: Any = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(Path(args.encoder) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Reader(args.encoder)
    model.load_state_dict(torch.load(args.model / "reader.pt", weights_only=True))
    data = args.shared / "data"
    dispatches = [sample for _, sample in annotated(args.shared / "gold", "dev")]
    held_back = entities(data / "re3d/train.jsonl.gz", held_back=True)
    read = list(predicted(model, dispatches, tokenizer))
    polnear = predicted(model, attributions(data / "polnear/dev.jsonl.gz"), tokenizer)
    scores = {
        "dispatches": event_scores(read) | span_scores(read, ["claim"], part=0.5),
        "re3d": span_scores(predicted(model, held_back, tokenizer), ["entity"], part=1.0),
        "polnear": span_scores(polnear, ["source", "cue", "content"], part=0.5),
        "gum": syntax_scores(predicted(model, conllu(data / "gum/dev.conllu.gz"), tokenizer)),
    }
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
