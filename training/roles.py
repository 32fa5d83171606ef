"""Teach who, whom and where on what finished weights see: `python -m training.roles SHARED [--weights FOLDER]`.

The encoder is held still, so that a run takes minutes: the words' vectors, trees and candidates are those that
`onrecord.reader` itself has, and only `Cast`, which begins with what the links have learnt, is taught. Writes
`cast.onnx` and the heats of the three roles to the folder of weights.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from onrecord.extract.read import Ruled, standard_kit
from onrecord.model.records import Mention
from onrecord.reader.candidates import members_of
from onrecord.reader.labels import CAST
from onrecord.reader.network import WEIGHTS
from onrecord.reader.neural import Reader, cut_text
from onrecord.reader.roles import settings
from training.batches import with_none
from training.calibrate import Rows, best_heat, calibration_error
from training.dispatches import Annotated, meant, of_gold, of_ours, place_of
from training.export import cast_part, save
from training.model import Cast, Links
from training.train import ANNOTATIONS, SILENT, choice_losses

ROUNDS = 4
RATE = 1e-3
STEP = 4  # questions that make a step
LENGTH = 80  # rows of a question whose mean loss makes a step of full length


@dataclass(frozen=True, slots=True)
class Question:
    """Some events of a text and all that may fill their roles; a row of `right` is one name to find, or nobody."""

    inputs: tuple[Tensor, ...]  # what `Cast` takes
    link: Tensor
    event: Tensor
    right: Tensor

    def scores(self, cast: Cast) -> tuple[Tensor, Tensor]:
        """Return (rows, names and none) the scores, and which are right."""
        names, _ = cast(*self.inputs)
        return with_none(names[self.link, self.event], self.right)


def questions(one: Annotated, reader: Reader, ruled: Ruled, *, told: bool) -> Iterator[Question]:
    """Yield what is asked about a text, whose names are known; of its events the network is `told` or not."""
    cut, known = cut_text(one.text), ruled.known if told else replace(ruled.known, events=())
    view = reader.view(cut, known)
    some = view.fillers.named
    triggers = [place_of(one.text, event, "trigger") for event in one.gold["events"]]
    if not triggers or not some:
        return
    ends = [end for _, end in cut.offsets]
    asked = [int(np.searchsorted(ends, start, side="right")) for start, _ in triggers]
    hints = known.pair_hints(triggers, [filler.known for filler in some])
    mentions = [(m, m.span.of(one.text)) for m in ruled.mentions]
    names = [some[rows[0]].name for rows in members_of(some)]
    done = 0
    for setting in settings(cut.sentence, view.heads, some, asked, hints):
        events = one.gold["events"][done : done + len(setting.asked)]
        done += len(events)
        rows = [
            (link, i, [name in borne for name in names])
            for i, event in enumerate(events)
            for link, borne in wanted(event, mentions)
        ]
        link, numbers, right = map(torch.tensor, zip(*rows, strict=True))
        vectors = view.seen.vectors[setting.asked], view.seen.vectors[setting.partners]
        yield Question(tuple(map(torch.tensor, (*vectors, *setting.inputs()))), link, numbers, right)


def wanted(event: dict[str, Any], mentions: list[tuple[Mention, str]]) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield for each name in a role the role's number in `CAST` and who is meant; nobody where a role names none."""
    for link, names in enumerate((event["agents"], event["targets"], [event["place"]] if event["place"] else [])):
        borne = [found for name in names if (found := meant(name, mentions))]
        yield from ((link, found) for found in borne or [frozenset[str]()])


def texts(dispatches: Iterable[Annotated], reader: Reader) -> Iterator[tuple[list[Question], list[Question]]]:
    """Yield what is asked about each dispatch where the network is told of the rules' events, and where it is not."""
    kit = standard_kit(trained=False)
    for one in dispatches:
        ruled = one.ruled(kit)
        told, silent = (list(questions(one, reader, ruled, told=told)) for told in (True, False))
        yield told, silent


def begin(path: Path) -> Cast:
    """Return the choice of who, whom and where as the links in a file of weights have it."""
    given = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in onnx.load(path).graph.initializer}
    links = Links(given["pairs.left.0.weight"].shape[1])
    links.load_state_dict(given)
    return Cast.of(links)


def learn(cast: Cast, asked: list[tuple[list[Question], list[Question]]], chance: random.Random) -> None:
    """Teach the choice; of a share of the texts (`SILENT`) the network is not told the rules' events."""
    optimizer = torch.optim.AdamW(cast.parameters(), lr=RATE, weight_decay=0.02)
    order: list[Question] = []
    for _ in range(ROUNDS):
        some = [q for told, silent in asked for q in (silent if chance.random() < SILENT else told)]
        order += chance.sample(some, len(some))
    steps = len(order) // STEP
    cast.train()
    for step in range(steps):
        losses = [choice_losses(*one.scores(cast)).sum() for one in order[step * STEP : (step + 1) * STEP]]
        (torch.stack(losses).sum() / LENGTH).backward()
        nn.utils.clip_grad_norm_(cast.parameters(), 2.0)
        for group in optimizer.param_groups:
            group["lr"] = RATE * min((step + 1) / 20, max(0.02, 1 - step / steps))
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    cast.eval()


def heats(cast: Cast, asked: Iterable[Question]) -> dict[str, float]:
    """Return the heat of each role, and print how far its chances are from its share of hits before and after."""
    rows: Rows = defaultdict(list)
    with torch.no_grad():
        for one in asked:
            scores, right = one.scores(cast)
            for link, name in enumerate(CAST):
                rows[name].append((scores[one.link == link], right[one.link == link]))
    found = {name: best_heat(some) for name, some in rows.items()}
    for name, heat in found.items():
        before, after = (calibration_error(rows[name], h) for h in (1.0, heat))
        print(f"{name}: heat {heat}, calibration error {before} -> {after}")
    return found


def write(cast: Cast, out: Path, *, heat: dict[str, float]) -> None:
    """Write what was taught to a folder of weights."""
    module, example, free = cast_part(cast, cast.event.in_features)
    save(module, example, free, out / "cast.onnx")
    about = json.loads((out / "reader.json").read_text(encoding="utf-8"))
    alone = {f"{role} alone": about["heat"].get(role, 1.0) for role in heat}  # of the links, where no names are known
    about["heat"] = alone | about["heat"] | heat
    about["sha256"]["cast.onnx"] = sha256((out / "cast.onnx").read_bytes()).hexdigest()
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (out / "reader.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def main(argv: list[str] | None = None) -> None:
    """Teach, and write what was taught."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/, gold/ and dispatches/")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="a folder that training.export has written")
    parser.add_argument("--seed", type=int, default=1)
    args: Any = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)  # the matrices are small: threads that wait for one another took ten times as long
    reader = Reader(args.weights)
    asked = list(texts([*of_gold(args.shared / "gold", "train"), *of_ours(ANNOTATIONS, args.shared)], reader))
    cast = begin(args.weights / "links.onnx")
    learn(cast, asked, random.Random(args.seed))  # noqa: S311 -- an order, not a secret
    dev = texts(of_gold(args.shared / "gold", "dev"), reader)
    write(cast, args.weights, heat=heats(cast, (question for told, _ in dev for question in told)))


if __name__ == "__main__":
    main()
