"""Find the heat of each head: `python -m training.calibrate SHARED --model reader.pt --out heat.json`.

A score is a chance only where, of the things that get 80 %, 80 % are right. One number a head divides its scores so
that the development parts are least surprising (Guo and others 2017, temperature scaling); answers stay the same.
Prints for each head the heat, and the expected calibration error (15 bins, in points) before and after.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from onrecord.reader.labels import LINKS, TAGS
from training.batches import Batch, allowed, asked, chain_of, collate, with_none
from training.corpora import attributions, conllu, entities
from training.dispatches import annotated
from training.encoder import folder_of, tokenizer_of
from training.model import Reader
from training.samples import Sample, stretches

STRETCH = 400  # words of one text that are seen together

Rows = dict[str, list[tuple[Tensor, Tensor]]]  # by head: scores and which of them are right, a row an answer
_HEATS = [round(0.5 + 0.05 * i, 2) for i in range(71)]


def development(shared: Path) -> list[Sample]:
    """Return the development parts of all corpora."""
    data = shared / "data"
    found = [
        *conllu(data / "gum/dev.conllu.gz", coreference=True),
        *attributions(data / "polnear/dev.jsonl.gz"),
        *entities(data / "re3d/train.jsonl.gz", held_back=True),
        *(sample for _, sample in annotated(shared / "gold", "dev")),
    ]
    return [part for sample in found for part in stretches(sample, STRETCH)]


def answers(model: Reader, batch: Batch) -> Rows:
    """Return the scores of every head that the batch has labels for."""
    rows: Rows = defaultdict(list)
    words, *scores = model.words(*batch.inputs())
    for task, given in zip(TAGS, scores, strict=True):
        if labels := allowed(batch, task):
            rows[task].append((given[labels[0]], labels[1]))
    for sample, start in zip(batch.samples, batch.starts, strict=True):
        if sample.heads:
            for arcs, right in _arcs(model, sample, words[start : start + len(sample)]):
                rows["arc"].append((arcs, right))
        chain = chain_of(sample, start) if sample.chains and sample.heads else None
        if chain:
            at = torch.arange(len(chain.head))
            pairs = model.coreference(
                words[chain.head], words[chain.first], at, chain.before.clamp(min=0), chain.features
            )
            rows["chain"].append(with_none(pairs.masked_fill(chain.before < 0, -1e4), chain.right))
    _links(model, batch, words, rows)
    return rows


def _arcs(model: Reader, sample: Sample, words: Tensor) -> Iterable[tuple[Tensor, Tensor]]:
    start = 0
    for end in range(1, len(sample) + 1):
        if end == len(sample) or sample.sentence[end] != sample.sentence[start]:
            part = words[None, start:end]
            right = torch.zeros(end - start, end - start, dtype=torch.bool)
            right[range(end - start), [h - start for h in (sample.heads or [])[start:end]]] = True
            yield model.syntax.arcs(part, part)[0, 0], right
            start = end


def _links(model: Reader, batch: Batch, words: Tensor, rows: Rows) -> None:
    found = asked(batch)
    if found is None:
        return
    gap = (found.candidate - found.word[:, None]).float()
    same = (batch.own[found.candidate] == batch.own[found.word][:, None]).float()
    for i, link in enumerate(found.link.tolist()):
        real = found.real[i]
        given = model.links(
            words[found.word[i : i + 1]],
            words[found.candidate[i][real]],
            gap[i : i + 1, real],
            same[i : i + 1, real],
            found.hints[i : i + 1, real],
        )
        rows[LINKS[link]].append(with_none(given[link], found.right[i : i + 1, real]))


def surprise(rows: list[tuple[Tensor, Tensor]], heat: float) -> float:
    """Return the mean negative log chance of the right answers."""
    losses = [-(s / heat).log_softmax(1).masked_fill(~right, -1e9).logsumexp(1) for s, right in rows]
    return float(torch.cat(losses).mean())


def best_heat(rows: list[tuple[Tensor, Tensor]]) -> float:
    """Return the heat with which the right answers surprise least."""
    return min(_HEATS, key=lambda heat: surprise(rows, heat))


def calibration_error(rows: list[tuple[Tensor, Tensor]], heat: float, bins: int = 15) -> float:
    """Return the expected calibration error in points: how far the best answer's chance is from its share of hits."""
    best = [((s / heat).softmax(1).max(1), right) for s, right in rows]
    sure = torch.cat([b.values for b, _ in best])
    hit = torch.cat([right.gather(1, b.indices[:, None])[:, 0] for b, right in best]).float()
    at = (sure * bins).long().clamp(max=bins - 1)
    gaps = [abs(float((sure[at == k] - hit[at == k]).sum())) for k in range(bins)]
    return round(100 * sum(gaps) / len(sure), 2)


def main(argv: list[str] | None = None) -> None:
    """Write the heats."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", help="as for training.train")
    args: Any = parser.parse_args(argv)
    encoder = folder_of(args.encoder)
    tokenizer = tokenizer_of(encoder)
    model = Reader(encoder)
    model.load_state_dict(torch.load(args.model, weights_only=True))
    model.eval()
    rows: Rows = defaultdict(list)
    with torch.no_grad():
        for sample in development(args.shared):
            for head, found in answers(model, collate([sample], tokenizer)).items():
                rows[head] += found
    heat = {head: best_heat(found) for head, found in sorted(rows.items())}
    for head, value in heat.items():
        before, after = (calibration_error(rows[head], h) for h in (1.0, value))
        print(f"{head}: heat {value}, calibration error {before} -> {after}")
    args.out.write_text(json.dumps(heat) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
