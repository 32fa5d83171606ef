"""Train the reader: `python -m training.train SHARED --encoder FOLDER --out FOLDER`.

Seeded; a run that was stopped goes on from the last 200 steps that it saved.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.corpora import attributions, conllu, entities
from training.dispatches import annotated, ours
from training.model import RELATIONS, ROLES, TAGS, Reader, shape_of
from training.samples import Sample, windows

ANNOTATIONS = Path(__file__).parent / "annotations"
WINDOW = 170  # words: about 230 pieces, what two cores batch well; the encoder takes 512
BATCH = 8
# How often each corpus is seen over the whole run.
ROUNDS = {"syntax": 3.0, "attribution": 1.0, "entities": 8.0, "dispatches": 12.0}
WEIGHTS = {"event": 2.0, "claim": 0.7, "role": 1.5, "status": 1.0}


@dataclass
class Batch:
    """Windows as tensors, padded."""

    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    shape: Tensor
    sentence: Tensor
    samples: list[Sample]

    def inputs(self) -> tuple[Tensor, ...]:
        """Return what the model takes, in its order."""
        return self.pieces, self.mask, self.first, self.last, self.shape, self.sentence


def collate(samples: list[Sample], tokenizer: Tokenizer) -> Batch:
    """Return a batch of windows; pieces beyond the encoder's 512 stand for their word by its last piece that fits."""
    rows = []
    for sample in samples:
        encoded = tokenizer.encode(sample.words, is_pretokenized=True)
        first, last = [0] * len(sample), [0] * len(sample)
        for at, word in enumerate(encoded.word_ids[:512]):
            if word is not None:
                first[word] = first[word] or at
                last[word] = at
        rows.append((encoded.ids[:512], first, last))
    long, wide = max(len(r[0]) for r in rows), max(len(s) for s in samples)
    pad = lambda values, size, fill=0: values + [fill] * (size - len(values))  # noqa: E731
    return Batch(
        torch.tensor([pad(r[0], long) for r in rows]),
        torch.tensor([pad([1] * len(r[0]), long) for r in rows]),
        torch.tensor([pad(r[1], wide) for r in rows]),
        torch.tensor([pad(r[2], wide) for r in rows]),
        torch.tensor([pad([shape_of(w) for w in s.words], wide) for s in samples]),
        torch.tensor([pad(s.sentence, wide, -1) for s in samples]),
        samples,
    )


def targets(samples: list[Sample], task: str, names: list[str], wide: int) -> Tensor | None:
    """Return label numbers (batch, words), -100 where a word has none; `None` where no sample has the task."""
    if not any(task in s.labels for s in samples):
        return None
    number = {name: i for i, name in enumerate(names)}
    rows = []
    for sample in samples:
        labels = sample.labels.get(task, [None] * len(sample))
        rows.append([number.get(label, -100) if label else -100 for label in labels] + [-100] * (wide - len(sample)))
    return torch.tensor(rows)


def loss_of(model: Reader, batch: Batch) -> Tensor:
    """Return the summed loss of the heads for which the batch has labels."""
    out = model(*batch.inputs())
    wide = batch.shape.size(1)
    losses: list[Tensor] = []
    for task, names in TAGS.items():
        gold = targets(batch.samples, task, names, wide)
        if gold is not None and (gold >= 0).any():
            scores = out[task].float().flatten(0, 1)
            losses.append(WEIGHTS.get(task, 1.0) * F.cross_entropy(scores, gold.flatten(), ignore_index=-100))
    relation = targets(batch.samples, "rel", RELATIONS, wide)
    if relation is not None:
        heads = torch.tensor([s.heads + [-100] * (wide - len(s)) if s.heads else [-100] * wide for s in batch.samples])
        losses.append(F.cross_entropy(out["arc"].float().flatten(0, 1), heads.flatten(), ignore_index=-100))
        scores = model.relation_scores(out["words"], heads.clamp(min=0))
        losses.append(F.cross_entropy(scores.float().flatten(0, 1), relation.flatten(), ignore_index=-100))
    if any(s.roles for s in batch.samples):
        losses.append(WEIGHTS["role"] * role_loss(model, out["words"], batch))
    return torch.stack(losses).sum()


def role_loss(model: Reader, words: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss of choosing, for each trigger and role, a right mention among the candidates or none.

    None has the score 0; of several right mentions any will do, so that their chances are added.
    """
    asked = [
        (b, ROLES.index(role), trigger, candidates, right)
        for b, sample in enumerate(batch.samples)
        for trigger, role, candidates, right in sample.roles
        if candidates
    ]
    scores = model.role_scores(words, batch.sentence).float()
    if not asked:
        return scores.sum() * 0
    most = max(len(row[3]) for row in asked)
    index = torch.tensor([list(row[3]) + [0] * (most - len(row[3])) for row in asked])
    real = torch.tensor([[True] * len(row[3]) + [False] * (most - len(row[3])) for row in asked])
    right = torch.tensor([[c in row[4] for c in row[3]] + [False] * (most - len(row[3])) for row in asked])
    at = torch.tensor([row[:3] for row in asked])
    chosen = scores[at[:, 0, None], at[:, 1, None], at[:, 2, None], index].masked_fill(~real, -1e4)
    chances = torch.cat([chosen, torch.zeros(len(asked), 1)], 1).log_softmax(1)
    wanted = torch.cat([right, ~right.any(1, keepdim=True)], 1)
    return -chances.masked_fill(~wanted, -1e4).logsumexp(1).mean()


def corpora(shared: Path) -> dict[str, list[Sample]]:
    """Return the training samples by corpus."""
    data = shared / "data"
    syntax = [*conllu(data / "gum/train.conllu.gz", free_only=True), *conllu(data / "ewt/train.conllu.gz")]
    found = {
        "syntax": syntax,
        "attribution": list(attributions(data / "polnear/train.jsonl.gz")),
        "entities": list(entities(data / "re3d/train.jsonl.gz", held_back=False)),
        "dispatches": [s for _, s in (*annotated(shared / "gold", "train"), *ours(ANNOTATIONS, shared))],
    }
    return {name: [w for s in samples for w in windows(s, WINDOW)] for name, samples in found.items()}


def schedule(samples: dict[str, list[Sample]], rounds: dict[str, float], seed: int) -> list[list[Sample]]:
    """Return all batches of the run in a seeded order; each batch is of one corpus, of windows alike in length."""
    chance = random.Random(seed)  # noqa: S311 -- an order, not a secret
    batches: list[list[Sample]] = []
    for name in sorted(samples):
        pool: list[Sample] = []
        left = rounds.get(name, 1.0)
        while left > 0:
            once = samples[name][:]
            chance.shuffle(once)
            pool += once[: math.ceil(len(once) * min(1.0, left))]
            left -= 1
        for start in range(0, len(pool), BATCH * 16):
            chunk = sorted(pool[start : start + BATCH * 16], key=len)
            batches += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
    chance.shuffle(batches)
    return batches


def train(model: Reader, batches: list[list[Sample]], tokenizer: Tokenizer, *, state: Path) -> None:
    """Run the batches once, saving every 200 steps; goes on from `state` where it exists."""
    encoder = list(model.encoder.parameters())
    rest = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": 5e-5}, {"params": rest, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = len(batches)
    warm = max(1, steps // 20)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    done = 0
    if state.exists():
        saved = torch.load(state, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        rate.load_state_dict(saved["rate"])
        done = saved["step"]
    model.train()
    began, recent = time.time(), 0.0
    for step in range(done, steps):
        batch = collate(batches[step], tokenizer)
        loss = loss_of(model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        rate.step()
        recent += loss.item()
        if (step + 1) % 50 == 0:
            print(f"{step + 1}/{steps} loss {recent / 50:.3f} {time.time() - began:.0f}s", flush=True)
            recent = 0.0
        if (step + 1) % 200 == 0 or step + 1 == steps:
            saved = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "rate": rate.state_dict(),
                "step": step + 1,
            }
            torch.save(saved, state.with_suffix(".new"))
            state.with_suffix(".new").replace(state)


def main(argv: list[str] | None = None) -> None:
    """Train, and write the weights and the names of the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder that holds data/, gold/ and dispatches/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", required=True, help="a folder with config.json, tokenizer.json and weights")
    parser.add_argument("--rounds", type=json.loads, default={})
    parser.add_argument("--seed", type=int, default=20171017)
    args: Any = parser.parse_args(argv)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(Path(args.encoder) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Reader(args.encoder)
    samples = corpora(args.shared)
    print({name: (len(found), sum(map(len, found))) for name, found in samples.items()}, flush=True)
    batches = schedule(samples, ROUNDS | args.rounds, args.seed)
    train(model, batches, tokenizer, state=args.out / "state.pt")
    torch.save(model.state_dict(), args.out / "reader.pt")


if __name__ == "__main__":
    main()
