"""Train who, whom and where anew on what shipped weights see: `python -m training.roles SHARED --out FOLDER`.

The encoder is held still, so that a run takes minutes on one core: the words' vectors and the candidates are those that
`onrecord.reader` itself has, and only the part of the links that chooses agents, targets and places (`Links.cast`)
learns. Writes a folder of weights that is the old one but for `links.onnx`, and the heats of the three roles.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
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
from onrecord.reader.labels import CAST
from onrecord.reader.network import WEIGHTS
from onrecord.reader.neural import REACH, Reader, cut_text
from training.batches import with_none
from training.calibrate import Rows, best_heat, calibration_error
from training.dispatches import Annotated, meant, of_gold, of_ours, place_of
from training.export import links_part, save
from training.model import Links
from training.train import ANNOTATIONS, SILENT, choice_losses

ROUNDS = 3
RATE = 5e-4
PULL = 0.003  # how hard the weights are pulled to where they were
STEP = 20  # events whose mean loss makes a step of full length


@dataclass(frozen=True, slots=True)
class Asked:
    """The events of one text and all that may fill their roles; a row of `right` is one name to find, or nobody."""

    inputs: tuple[Tensor, ...]  # what `Links` takes
    far: Tensor
    link: Tensor
    event: Tensor
    right: Tensor

    def scores(self, links: Links) -> tuple[Tensor, Tensor]:
        """Return (rows, candidates and none) the scores, and which are right."""
        given = links(*self.inputs).masked_fill(self.far, -1e4)
        return with_none(given[self.link, self.event], self.right)


def asked_of(one: Annotated, reader: Reader, ruled: Ruled, *, told: bool) -> Asked | None:
    """Return what is asked about a text, of whose events the network is `told` or not; `None` where it is nothing."""
    cut, known = cut_text(one.text), ruled.known
    view = reader.view(cut, known if told else replace(known, events=()))
    fillers = view.fillers.named
    events = [(place_of(one.text, event, "trigger"), event) for event in one.gold["events"]]
    if not events or not fillers:
        return None
    ends = [end for _, end in cut.offsets]
    asked = np.array([np.searchsorted(ends, start, side="right") for (start, _), _ in events])
    partners = np.array([filler.word for filler in fillers])
    hints = known.pair_hints([span for span, _ in events], [filler.known for filler in fillers]) * float(told)
    own = np.array(cut.sentence)
    gap = partners[None, :] - asked[:, None]
    same = own[partners][None, :] == own[asked][:, None]
    inputs = (view.seen.vectors[asked], view.seen.vectors[partners], gap, same, hints)
    mentions = [(m, m.span.of(one.text)) for m in ruled.mentions]
    rows = [
        (link, i, [filler.name in borne for filler in fillers])
        for i, (_, event) in enumerate(events)
        for link, borne in wanted(event, mentions)
    ]
    link, numbers, right = map(torch.tensor, zip(*rows, strict=True))
    far = torch.tensor(np.abs(gap) > REACH)
    return Asked(
        tuple(torch.tensor(np.asarray(x, np.float32)) for x in inputs), far, link, numbers, right & ~far[numbers]
    )


def wanted(event: dict[str, Any], mentions: list[tuple[Mention, str]]) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield for each name in a role the role's number in `CAST` and who is meant; nobody where a role names none."""
    for link, names in enumerate((event["agents"], event["targets"], [event["place"]] if event["place"] else [])):
        borne = [found for name in names if (found := meant(name, mentions))]
        yield from ((link, found) for found in borne or [frozenset[str]()])


def texts(dispatches: Iterable[Annotated], reader: Reader, *, told: bool = True) -> Iterator[Asked]:
    """Yield what is asked about each dispatch."""
    kit = standard_kit(trained=False)
    for one in dispatches:
        if asked := asked_of(one, reader, one.ruled(kit), told=told):
            yield asked


def begin(path: Path) -> Links:
    """Return the links as a file of shipped weights has them; one that had no `cast` begins it with its `pairs`."""
    given = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in onnx.load(path).graph.initializer}
    if "cast.weight" not in given:
        for name in [name for name in given if name.startswith("pairs.")]:
            given[name.replace("pairs.", "cast.")] = given[name]
        whole = given["pairs.weight"]
        given |= {"cast.weight": whole[: len(CAST)], "pairs.weight": whole[len(CAST) :]}
    links = Links(given["cast.left.0.weight"].shape[1])
    links.load_state_dict(given)
    return links


def learn(links: Links, told: list[Asked], silent: list[Asked], chance: random.Random) -> None:
    """Train the choice of agents, targets and places; all other links stay as they are."""
    links.pairs.requires_grad_(False)
    moving = [p for p in links.parameters() if p.requires_grad]
    start = [p.detach().clone() for p in moving]
    optimizer = torch.optim.Adam(moving, lr=RATE)
    links.train()
    steps = ROUNDS * len(told)
    order: list[int] = []
    for step in range(steps):
        order = order or chance.sample(range(len(told)), len(told))
        at = order.pop()
        asked = silent[at] if chance.random() < SILENT else told[at]
        losses = choice_losses(*asked.scores(links))
        pulled = torch.stack([((p - s) ** 2).sum() for p, s in zip(moving, start, strict=True)]).sum()
        torch.add(losses.sum() / STEP, pulled, alpha=PULL).backward()
        nn.utils.clip_grad_norm_(moving, 5.0)
        for group in optimizer.param_groups:
            group["lr"] = RATE * max(0.02, 1 - step / steps)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    links.eval()


def heats(links: Links, asked: Iterable[Asked]) -> dict[str, float]:
    """Return the heat of each role, and print how far its chances are from its share of hits before and after."""
    rows: Rows = defaultdict(list)
    with torch.no_grad():
        for one in asked:
            scores, right = one.scores(links)
            for link, name in enumerate(CAST):
                rows[name].append((scores[one.link == link], right[one.link == link]))
    found = {name: best_heat(some) for name, some in rows.items()}
    for name, heat in found.items():
        before, after = (calibration_error(rows[name], h) for h in (1.0, heat))
        print(f"{name}: heat {heat}, calibration error {before} -> {after}")
    return found


def write(links: Links, old: Path, out: Path, *, version: str, heat: dict[str, float]) -> None:
    """Write the old weights with the new links."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(old.iterdir()):
        if path.resolve() != (out / path.name).resolve():
            shutil.copyfile(path, out / path.name)
    module, example, free = links_part(links, links.cast.left[0].in_features)
    save(module, example, free, out / "links.onnx")
    about = json.loads((old / "reader.json").read_text(encoding="utf-8"))
    about |= {"version": version, "heat": about["heat"] | heat}
    about["sha256"]["links.onnx"] = sha256((out / "links.onnx").read_bytes()).hexdigest()
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (out / "reader.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def main(argv: list[str] | None = None) -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/, gold/ and dispatches/")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the weights to begin from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="neural-3")
    parser.add_argument("--seed", type=int, default=20171017)
    args: Any = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)  # the matrices are small: threads that wait for one another took ten times as long
    reader = Reader(args.weights)
    dispatches = [*of_gold(args.shared / "gold", "train"), *of_ours(ANNOTATIONS, args.shared)]
    told, silent = (list(texts(dispatches, reader, told=told)) for told in (True, False))
    links = begin(args.weights / "links.onnx")
    learn(links, told, silent, random.Random(args.seed))  # noqa: S311 -- an order, not a secret
    heat = heats(links, texts(of_gold(args.shared / "gold", "dev"), reader))
    write(links, args.weights, args.out, version=args.version, heat=heat)


if __name__ == "__main__":
    main()
