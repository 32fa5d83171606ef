"""Teaching who, whom and where; needs torch, not the encoder."""

from __future__ import annotations

import random
from typing import Any

import pytest

pytest.importorskip("torch", reason="torch is not installed: make install-train")
pytest.importorskip("transformers", reason="transformers is not installed: make install-train")
pytest.importorskip("onnx", reason="onnx is not installed: make install-train")

import torch

from onrecord.model.records import Mention
from onrecord.model.values import Span
from onrecord.reader.labels import CAST
from training.export import cast_part
from training.model import Cast, Links
from training.roles import Question, learn, wanted

pytestmark = pytest.mark.filterwarnings("ignore")
WIDE = 16


def links() -> Links:
    torch.manual_seed(3)
    found = Links(WIDE)
    torch.nn.init.normal_(found.near)
    torch.nn.init.normal_(found.ruled)
    found.eval()
    return found


def question() -> Question:
    _, inputs, _ = cast_part(Cast(WIDE), WIDE)
    right = torch.zeros(5, 3, dtype=torch.bool)
    right[range(5), [0, 1, 2, 0, 1]] = True
    return Question(inputs, torch.zeros(5, dtype=torch.long), torch.arange(5), right)


def test_it_begins_with_what_the_links_have_learnt() -> None:
    known = links()
    cast = Cast.of(known).eval()
    asked, partners, far, *rest = question().inputs
    rest[3][..., 3] = 0  # the links do not count the mentions between
    names, mentions = cast(asked, partners, far, *rest)
    pair, own = rest[3], rest[4]
    gap = torch.expm1(pair[..., 2].abs())
    pair[..., 1:3] = torch.stack([torch.zeros_like(gap), torch.log1p(gap)], -1)
    names, mentions = cast(asked, partners, far, *rest)
    plain = known(asked, partners, gap, pair[..., 0], pair[..., 4:])[: len(CAST)]
    assert torch.allclose(mentions, plain, atol=1e-5)
    assert torch.allclose(names, (plain.exp() @ own).clamp(min=1e-30).log(), atol=1e-4)


def test_it_learns_whom_it_is_shown() -> None:
    torch.manual_seed(1)
    cast, one = Cast.of(links()), question()
    learn(cast, [([one], [one])] * 40, random.Random(1))
    scores, right = one.scores(cast)
    assert torch.equal(scores.argmax(1), right.float().argmax(1))


def test_a_name_is_asked_for_where_somebody_bears_it_and_nobody_where_none_does() -> None:
    army = Mention("m1", Span("d", 0, 8), "group", "Ardun Army")
    event: dict[str, Any] = {
        "agents": ["Ardun Army", "the Lions of Sel"],
        "targets": ["the Lions of Sel"],
        "place": None,
    }
    assert list(wanted(event, [(army, "the army")])) == [
        (0, frozenset({"Ardun Army"})),
        (1, frozenset()),
        (2, frozenset()),
    ]
