"""One encoder pass, many heads: tags, spans, arcs, events and their roles."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from onrecord.model.vocabulary import EVENT_TYPES, STATUSES


def _named(words: str) -> list[str]:
    return words.split()


UPOS = _named("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X")
RELATIONS = _named(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp"
)
KINDS = ["person", "organisation", "place", "population", "weapon", "time", "quantity"]
EVENTS = list(EVENT_TYPES)
ROLES = ("agent", "target", "place")


def _bio(names: list[str]) -> list[str]:
    return ["O", *(f"{tag}-{name}" for name in names for tag in "BI")]


# Heads that give each word one label, by task.
TAGS: dict[str, list[str]] = {
    "upos": UPOS,
    "entity": _bio(KINDS),
    "source": _bio(["source"]),
    "cue": _bio(["cue"]),
    "content": _bio(["content"]),
    "claim": _bio(["claim"]),
    "event": _bio(EVENTS),
    "status": list(STATUSES),
}
SHAPES = 8  # what the uncased encoder cannot see; see `shape_of`


def shape_of(word: str) -> int:
    """Return what a word looks like: 0 padding, lower, Title, UPPER, miXed, digits, letters and digits, other."""
    if word.isdigit() or word.replace(",", "").replace(".", "").isdigit():
        return 5
    if not any(c.isalpha() for c in word):
        return 7
    if any(c.isdigit() for c in word):
        return 6
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if (word[0].isupper() and word[1:].islower()) or len(word) == 1 else 4


class Biaffine(nn.Module):
    """Scores each pair of words: `out[b, i, j]` for word i and its partner j."""

    def __init__(self, wide: int, inner: int, outs: int = 1) -> None:
        super().__init__()
        self.left = nn.Sequential(nn.Linear(wide, inner), nn.GELU(), nn.Dropout(0.25))
        self.right = nn.Sequential(nn.Linear(wide, inner), nn.GELU(), nn.Dropout(0.25))
        self.weight = nn.Parameter(torch.randn(outs, inner + 1, inner + 1) * 0.02)

    def pairs(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return both sides of all words, each with a one for the bias."""
        left, right = self.left(words), self.right(words)
        one = torch.ones_like(left[..., :1])
        return torch.cat([left, one], -1), torch.cat([right, one], -1)

    def forward(self, words: Tensor) -> Tensor:
        """Return scores of shape (batch, outs, words, words)."""
        left, right = self.pairs(words)
        return torch.einsum("bxi,oij,byj->boxy", left, self.weight, right)


class Reader(nn.Module):
    """The encoder and its heads; word vectors are those of their first piece with a vector for the word's shape."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        # No dropout on attention: a quarter of a step's time on a CPU, for nothing measured.
        config = BertConfig.from_pretrained(encoder, attention_probs_dropout_prob=0.0)
        self.encoder = BertModel.from_pretrained(encoder, config=config, add_pooling_layer=False)
        wide = config.hidden_size
        self.shape = nn.Embedding(SHAPES, 32)
        self.mix = nn.Sequential(nn.Linear(2 * wide + 32, wide), nn.GELU(), nn.LayerNorm(wide), nn.Dropout(0.2))
        self.tags = nn.ModuleDict({task: self._tagger(wide, len(names)) for task, names in TAGS.items()})
        self.arcs = Biaffine(wide, 256)
        self.relations = Biaffine(wide, 96, len(RELATIONS))
        self.roles = Biaffine(wide, 192, len(ROLES))
        self.near = nn.Parameter(torch.zeros(len(ROLES), 3))  # by distance: same sentence, words before, words after

    def _tagger(self, wide: int, outs: int) -> nn.Module:
        return nn.Sequential(nn.Linear(wide, wide // 2), nn.GELU(), nn.Dropout(0.2), nn.Linear(wide // 2, outs))

    def words(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, shape: Tensor) -> Tensor:
        """Return word vectors of shape (batch, words, wide); `first` and `last` are each word's outer pieces."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        picked = [torch.gather(hidden, 1, at.unsqueeze(-1).expand(-1, -1, hidden.size(-1))) for at in (first, last)]
        mixed: Tensor = self.mix(torch.cat([*picked, self.shape(shape)], -1))
        return mixed

    def role_scores(self, words: Tensor, sentence: Tensor) -> Tensor:
        """Return scores (batch, roles, trigger, candidate) with what the distance adds."""
        place = torch.arange(words.size(1), device=words.device)
        gap = (place[None, :] - place[:, None]).float()
        same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)).float()
        before, after = torch.log1p((-gap).clamp(min=0)), torch.log1p(gap.clamp(min=0))
        near = torch.stack([same, before.expand_as(same), after.expand_as(same)], 1)
        extra: Tensor = torch.einsum("rk,bkxy->brxy", self.near, near)
        scores: Tensor = self.roles(words)
        return scores + extra

    def forward(
        self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, shape: Tensor, sentence: Tensor
    ) -> dict[str, Any]:
        """Return the scores of every head; `arc` is masked to the word's own sentence."""
        words = self.words(pieces, mask, first, last, shape)
        out: dict[str, Any] = {task: head(words) for task, head in self.tags.items()}
        same = sentence.unsqueeze(2) == sentence.unsqueeze(1)
        out["arc"] = self.arcs(words).squeeze(1).masked_fill(~same, -1e4)
        out["words"] = words
        return out

    def relation_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return scores (batch, words, relations) of each word's relation to its head."""
        left, right = self.relations.pairs(words)
        partner = torch.gather(right, 1, heads.unsqueeze(-1).expand(-1, -1, right.size(-1)))
        return torch.einsum("bxi,oij,bxj->bxo", left, self.relations.weight, partner)
