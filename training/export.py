"""Export trained weights for the reader: `python -m training.export MODEL --out FOLDER [--float] [--heat FILE]`.

Writes one ONNX file for each part of the model, the tokenizer, and `reader.json` with what belongs to the weights. The
encoder's matrices become int8 of seven bits, so that no processor's 16-bit sums overflow, and its word pieces int8 with
a scale for each.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.reader.labels import PAIR_HINTS, WORD_HINTS
from onrecord.reader.pairs import FEATURES
from onrecord.reader.roles import APART, NAME, PAIR, PATHS, SORTS
from training.batches import hints
from training.encoder import folder_of, tokenizer_of
from training.model import Cast, Reader

OPSET = 18


class SmallEmbedding(nn.Module):
    """An embedding of int8 rows with a scale for each."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vectors of the ids."""
        return self.rows[ids].float() * self.scale[ids]


Part = tuple[nn.Module, tuple[Tensor, ...], list[dict[int, str]]]


def cast_part(cast: Cast, wide: int) -> Part:
    """Return the choice of who, whom and where with an example of its inputs, and which of their sizes are free."""
    number = lambda high, *shape: torch.randint(0, high, shape)  # noqa: E731
    numbers = (number(PATHS, 5, 7), number(APART, 5, 7), number(SORTS, 7))
    floats = (torch.randn(5, 7, PAIR), torch.eye(7)[:, :3], torch.randn(5, 3, NAME))
    pairs = {0: "asked", 1: "partners"}
    free = [{0: "asked"}, {0: "partners"}, pairs, pairs, pairs, {0: "partners"}, pairs]
    free += [{0: "partners", 1: "names"}, {0: "asked", 1: "names"}]
    return cast, (torch.randn(5, wide), torch.randn(7, wide), torch.zeros(5, 7), *numbers, *floats), free


def parts(model: Reader) -> dict[str, Part]:
    """Return each part with an example of its inputs, and which of their sizes are free."""
    wide = model.words.wide
    pieces, words = torch.randint(1000, 2000, (2, 40)), 50
    number = lambda high, *shape: torch.randint(0, high, shape)  # noqa: E731
    return {
        "words": (
            model.words,
            (pieces, torch.ones_like(pieces), *(number(n, words) for n in (80, 80, 8)), torch.zeros(words, WORD_HINTS)),
            [{0: "windows", 1: "pieces"}] * 2 + [{0: "words"}] * 4,
        ),
        "syntax": (model.syntax, (torch.randn(3, 11, wide),), [{0: "sentences", 1: "longest"}]),
        "links": (
            model.links,
            (torch.randn(5, wide), torch.randn(7, wide), *torch.randn(2, 5, 7), torch.zeros(5, 7, len(PAIR_HINTS))),
            [{0: "asked"}, {0: "partners"}] + [{0: "asked", 1: "partners"}] * 3,
        ),
        "cast": cast_part(Cast.of(model.links).eval(), wide),
        "coreference": (
            model.coreference,
            (torch.randn(9, wide), torch.randn(9, wide), number(9, 4), number(9, 4, 6), torch.randn(4, 6, FEATURES)),
            [{0: "mentions"}, {0: "mentions"}, {0: "rows"}] + [{0: "rows", 1: "before"}] * 2,
        ),
    }  # fmt: skip


def export(model: Reader, out: Path, *, small: bool = True) -> None:
    """Write the parts of a model to a folder, the encoder in int8 unless `small` is off."""
    model.eval()
    # The fused call guards against rows that are masked whole, which no window has: a fifth of the encoder's time.
    model.words.encoder.set_attn_implementation("eager")
    if small:
        embedding = model.words.encoder.get_input_embeddings()
        model.words.encoder.set_input_embeddings(SmallEmbedding(embedding.weight.detach()))
    out.mkdir(parents=True, exist_ok=True)
    for name, (module, example, free) in parts(model).items():
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "plain.onnx"
            save(module, example, free, plain)
            if small and name == "words":
                quantize_dynamic(
                    plain,
                    out / f"{name}.onnx",
                    weight_type=QuantType.QInt8,
                    per_channel=True,
                    reduce_range=True,
                    op_types_to_quantize=["MatMul", "Gemm"],
                    nodes_to_exclude=_heads(plain),
                )
            else:
                onnx.save(onnx.load(plain), out / f"{name}.onnx")


def save(module: nn.Module, example: tuple[Tensor, ...], free: Sequence[dict[int, str]], path: Path) -> None:
    """Write a part as ONNX."""
    names = [f"in{i}" for i in range(len(example))]
    with torch.no_grad():
        torch.onnx.export(
            module,
            example,
            path,
            input_names=names,
            dynamic_axes=dict(zip(names, free, strict=True)),
            opset_version=OPSET,
            dynamo=False,
        )


def _heads(path: Path) -> list[str]:
    """Return the nodes after the encoder, which stay as they are: they are small, and lose more than they save."""
    return [node.name for node in onnx.load(path).graph.node if "/encoder/" not in node.name]


def describe(encoder: str, out: Path, *, version: str, heat: dict[str, float]) -> None:
    """Write the tokenizer and `reader.json`: version, marks, the event word lists, and the heat of each head."""
    tokenizer = tokenizer_of(encoder)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    marks = tokenizer.encode("a").ids
    about: dict[str, Any] = {
        "version": version,
        "marks": [marks[0], marks[-1]],
        "hints": {form: list(types) for form, types in sorted(hints().items())},
        "heat": heat,
        "sha256": {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(out.glob("*.onnx"))},
    }
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (out / "reader.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def main(argv: list[str] | None = None) -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a reader.pt of training.train")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", help="as for training.train")
    parser.add_argument("--float", action="store_true", help="no int8, to measure what it loses")
    parser.add_argument("--heat", type=Path, help="what training.calibrate wrote")
    parser.add_argument("--version", default="neural-3")
    args: Any = parser.parse_args(argv)
    encoder = folder_of(args.encoder)
    model = Reader(encoder)
    model.load_state_dict(torch.load(args.model, weights_only=True))
    export(model, args.out, small=not args.float)
    heat = json.loads(args.heat.read_text(encoding="utf-8")) if args.heat else {}
    describe(encoder, args.out, version=args.version, heat=heat)


if __name__ == "__main__":
    main()
