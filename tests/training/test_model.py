"""The training loop, on a few words and with the encoder that is named by its folder; needs `make install-train`."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.samples import Sample

pytest.importorskip("torch", reason="torch is not installed: make install-train")
pytest.importorskip("transformers", reason="transformers is not installed: make install-train")

import torch

from onrecord.reader.neural import Reader as Neural
from training.batches import allowed, collate
from training.encoder import folder_of, tokenizer_of
from training.export import describe, export
from training.model import Reader
from training.train import loss_of, schedule, train

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def encoder() -> str:
    try:
        return folder_of(None)
    except FileNotFoundError as error:
        pytest.skip(str(error))


def sample() -> Sample:
    words = ["The", "SDF", "took", "Hajin", ".", "They", "held", "it", "."]
    anchors: list[str | None] = ["O"] * 9
    anchors[1], anchors[3], anchors[5] = "group/organisation", "place", "group"
    events: list[str | None] = ["O"] * 9
    events[2] = "B-territory_gain"
    return Sample(
        words,
        [0] * 5 + [1] * 4,
        {"upos": ["X"] * 9, "rel": ["dep"] * 9, "anchor": anchors, "event": events},
        [1, 2, 2, 2, 2, 6, 6, 6, 6],
        [(2, "agent", (1, 3), (1,)), (2, "place", (1, 3), ())],
        [(1, 0, 1), (3, 3, 3), (5, 5, 5)],
        [0, 1, 0],
    )


def test_a_label_may_have_several_right_answers(encoder: str) -> None:
    batch = collate([sample()], tokenizer_of(encoder))
    found = allowed(batch, "anchor")
    assert found is not None
    assert found[1].sum(1).tolist() == [1, 2, 1, 1, 1, 1, 1, 1, 1]


def test_the_encoder_may_be_named_and_a_finished_run_is_taken_up_as_it_is(encoder: str, tmp_path: Path) -> None:
    """Every head has a loss; a run that is called again with its state gives the same weights without a step."""
    tokenizer = tokenizer_of(encoder)
    batches = [[sample()] for _ in range(6)]

    def run(state: Path, rows: list[list[Sample]]) -> torch.nn.Module:
        torch.manual_seed(1)
        return train(Reader(encoder), rows, tokenizer, state=state, rates=(1e-4, 1e-3))

    model = Reader(encoder).eval()
    with torch.no_grad():
        before = {name: float(loss) for name, loss in loss_of(model, collate([sample()], tokenizer)).items()}
    assert {"upos", "arc", "rel", "bound", "link", "chain", "anchor", "event"} <= set(before)
    trained = run(tmp_path / "whole.pt", batches)
    again = run(tmp_path / "whole.pt", batches)
    one, two = trained.state_dict(), again.state_dict()
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_what_is_exported_reads(encoder: str, tmp_path: Path) -> None:
    model = Reader(encoder)
    export(model, tmp_path)
    describe(encoder, tmp_path, version="test-1", heat={})
    read = Neural(tmp_path).read("The SDF took Hajin.")
    assert [w.text for w in read.words] == ["The", "SDF", "took", "Hajin", "."]


def test_batches_hold_each_sample_as_often_as_its_rounds() -> None:
    samples = {"one": [sample() for _ in range(4)], "two": [sample() for _ in range(4)]}
    batches = schedule(samples, {"one": 2.0, "two": 0.5}, seed=1)
    ids = [id(s) for batch in batches for s in batch]
    assert [ids.count(id(s)) for s in samples["one"]] == [2, 2, 2, 2]
    assert sum(ids.count(id(s)) for s in samples["two"]) == 2
    assert schedule(samples, {"one": 2.0, "two": 0.5}, seed=1) == batches
