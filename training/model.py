"""One encoder pass, many heads: tags of words, arcs and bounds within sentences, links, and who is who.

Everything after the encoder works on the words of all texts of a batch in one row, so that a head that looks at pairs
is asked for just the pairs that can be. The parts are modules of their own because each is exported by itself.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from onrecord.reader.labels import CAST, LINKS, PAIR_HINTS, RELATIONS, TAGS, WORD_HINTS
from onrecord.reader.pairs import FEATURES
from onrecord.reader.roles import APART, NAME, PAIR, PATHS, SORTS
from onrecord.reader.words import SHAPES


class Biaffine(nn.Module):
    """Scores pairs of rows: `left` and `right` give the two sides, `weight` one matrix for each kind of pair."""

    def __init__(self, wide: int, inner: int, outs: int) -> None:
        super().__init__()
        self.left = nn.Sequential(nn.Linear(wide, inner), nn.GELU(), nn.Dropout(0.25))
        self.right = nn.Sequential(nn.Linear(wide, inner), nn.GELU(), nn.Dropout(0.25))
        self.weight = nn.Parameter(torch.randn(outs, inner + 1, inner + 1) * 0.02)

    def sides(self, left: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
        """Return both sides, each with a one for the bias."""
        one, two = self.left(left), self.right(right)
        ones = lambda x: torch.ones_like(x[..., :1])  # noqa: E731
        return torch.cat([one, ones(one)], -1), torch.cat([two, ones(two)], -1)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Return scores (..., outs, rows of `left`, rows of `right`)."""
        one, two = self.sides(left, right)
        half = torch.matmul(one.unsqueeze(-3), self.weight)
        scores: Tensor = torch.matmul(half, two.unsqueeze(-3).transpose(-1, -2))
        return scores


class SharedDropout(nn.Module):
    """Dropout with one mask for all positions of a window: as good here, and a tenth of a step's time cheaper."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance

    def forward(self, hidden: Tensor) -> Tensor:
        """Return (windows, pieces, wide) with the same columns of a window's vectors left out."""
        if not self.training:
            return hidden
        kept = torch.bernoulli(torch.full_like(hidden[:, :1], 1 - self.chance))
        return hidden * (kept / (1 - self.chance))


class Words(nn.Module):
    """The encoder, and from it one vector and the scores of all tags for each word.

    A word is its first and last piece, its shape, and what word lists and rules of events say of it.
    """

    def __init__(self, encoder: str) -> None:
        super().__init__()
        # No dropout on attention: a quarter of a step's time on a CPU, for nothing measured.
        config = AutoConfig.from_pretrained(encoder, attention_probs_dropout_prob=0.0)
        self.encoder = AutoModel.from_pretrained(
            encoder, config=config, add_pooling_layer=False, attn_implementation="sdpa"
        )
        for module in self.encoder.modules():
            for name, child in module.named_children():
                if isinstance(child, nn.Dropout) and child.p:
                    setattr(module, name, SharedDropout(child.p))
        wide = config.hidden_size
        self.wide = wide
        self.shape = nn.Embedding(SHAPES, 32)
        self.hint = nn.Linear(WORD_HINTS, 32)
        self.mix = nn.Sequential(nn.Linear(2 * wide + 64, wide), nn.GELU(), nn.LayerNorm(wide), nn.Dropout(0.2))
        self.tags = nn.ModuleDict({task: self._tagger(wide, len(names)) for task, names in TAGS.items()})

    def _tagger(self, wide: int, outs: int) -> nn.Module:
        return nn.Sequential(nn.Linear(wide, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, outs))

    def forward(
        self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, shape: Tensor, hint: Tensor
    ) -> tuple[Tensor, ...]:
        """Return word vectors (words, wide), then the scores (words, labels) of each task of `TAGS` in its order.

        `pieces` and `mask` are (windows, pieces); `first` and `last` number the outer pieces of each word in the row
        of all windows' pieces; `hint` is (words, WORD_HINTS).
        """
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state.flatten(0, 1)
        outer = [hidden.index_select(0, at) for at in (first, last)]
        words = self.mix(torch.cat([*outer, self.shape(shape), self.hint(hint)], -1))
        return words, *(head(words) for head in self.tags.values())


class Syntax(nn.Module):
    """Arcs, relations, and where the mention that a word heads begins and ends, all within the sentence."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.arcs = Biaffine(wide, 256, 1)
        self.bounds = Biaffine(wide, 96, 2)
        self.relations = Biaffine(wide, 80, len(RELATIONS))

    def half(self, left: Tensor) -> Tensor:
        """Return (..., relations, inner) of which the product with a head's right side is a word's relation scores."""
        outs, inner, _ = self.relations.weight.shape
        flat = self.relations.weight.transpose(0, 1).reshape(inner, outs * inner)
        return torch.matmul(left, flat).unflatten(-1, (outs, inner))

    def forward(self, sentences: Tensor) -> tuple[Tensor, ...]:
        """Return arcs (sentences, word, head), bounds (sentences, 2, word, bound) and both sides of the relations."""
        left, right = self.relations.sides(sentences, sentences)
        return self.arcs(sentences, sentences).squeeze(1), self.bounds(sentences, sentences), self.half(left), right


class Links(nn.Module):
    """Whether a word stands in each kind of link to others, with what the distance and the rules' view add."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.pairs = Biaffine(wide, 192, len(LINKS))
        self.near = nn.Parameter(torch.zeros(len(LINKS), 3))  # same sentence, words before, words after
        self.ruled = nn.Parameter(torch.zeros(len(LINKS), len(PAIR_HINTS)))

    def forward(self, asked: Tensor, partners: Tensor, gap: Tensor, same: Tensor, hints: Tensor) -> Tensor:
        """Return scores (links, asked, partners).

        `gap` counts words from the asked, `same` is 1 in one sentence, `hints` is (asked, partners, PAIR_HINTS).
        """
        scores: Tensor = self.plain(asked, partners, gap, same) + torch.einsum("aph,lh->lap", hints, self.ruled)
        return scores

    def plain(self, asked: Tensor, partners: Tensor, gap: Tensor, same: Tensor) -> Tensor:
        """Return the scores without the rules' view."""
        near = torch.stack([same, torch.log1p((-gap).clamp(min=0)), torch.log1p(gap.clamp(min=0))], -1)
        scores: Tensor = self.pairs(asked, partners) + torch.einsum("apk,lk->lap", near, self.near)
        return scores


class Cast(nn.Module):
    """Who, whom and where: the choice among all names, each with the scores of its mentions added up, and none.

    Begins with what the links have learnt; `training.roles` teaches it more. None has the score 0.
    """

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.pairs = Biaffine(wide, 192, len(CAST))
        self.told = nn.Parameter(torch.zeros(len(CAST), PAIR))
        self.path, self.apart, self.kind = (nn.Embedding(many, 48) for many in (PATHS, APART, SORTS))
        self.event, self.pair = nn.Linear(wide, 48), nn.Linear(PAIR, 48, bias=False)
        self.look = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(48, len(CAST)))
        self.here, self.name = nn.Linear(wide, 32), nn.Linear(NAME, 32, bias=False)
        self.weigh = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(32, len(CAST)))
        for table in (self.path, self.apart, self.kind):
            nn.init.normal_(table.weight, std=0.3)
        for last in (self.look[2], self.weigh[2]):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    @classmethod
    def of(cls, links: Links) -> Cast:
        """Return one that answers as the links do, but for the chances of a name's mentions, which are added up."""
        cast = cls(links.pairs.left[0].in_features)
        with torch.no_grad():
            given = links.pairs.state_dict()
            cast.pairs.load_state_dict(given | {"weight": given["weight"][: len(CAST)]})
            cast.told[:, :3] = links.near[: len(CAST)]
            cast.told[:, 4:] = links.ruled[: len(CAST)]
        return cast

    def forward(self, *given: Tensor) -> tuple[Tensor, Tensor]:
        """Return scores (CAST, asked, names) and what each mention adds (CAST, asked, partners).

        Takes the vectors of the asked and of the partners, then what `onrecord.reader.roles.Setting.inputs` gives.
        """
        asked, partners, far, path, apart, kind, pair, own, name = given
        seen = self.path(path) + self.apart(apart) + self.kind(kind) + self.event(asked)[:, None] + self.pair(pair)
        each = self.pairs(asked, partners) + (self.look(seen) + pair @ self.told.T).permute(2, 0, 1) - 1e4 * far
        most = each.detach().amax(-1, keepdim=True)
        total = ((each - most).exp() @ own).clamp(min=1e-30).log() + most
        weighed = self.weigh(self.here(asked)[:, None] + self.name(name)).permute(2, 0, 1)
        return total + weighed, each


class Coreference(nn.Module):
    """Whether a mention names the same as one before it; none has the score 0."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.mention = nn.Sequential(nn.Linear(2 * wide, 192), nn.GELU(), nn.Dropout(0.25))
        self.pairs = Biaffine(192, 128, 1)
        self.narrow = nn.Linear(192, 64)
        self.look = nn.Sequential(nn.Linear(64 + FEATURES, 64), nn.GELU(), nn.Dropout(0.1), nn.Linear(64, 1))

    def forward(self, heads: Tensor, firsts: Tensor, rows: Tensor, before: Tensor, features: Tensor) -> Tensor:
        """Return scores (rows, antecedents).

        `heads` and `firsts` are the vectors of each mention's head and first word, `rows` the mentions asked about,
        `before` (rows, antecedents) the mentions before each (0 where there is none; the caller masks these).
        """
        all_ = self.mention(torch.cat([heads, firsts], -1))
        bilinear = self.pairs(all_.index_select(0, rows), all_).squeeze(0).gather(1, before)
        narrow = self.narrow(all_)
        others = narrow.index_select(0, before.flatten()).view(*before.shape, -1)
        both = narrow.index_select(0, rows).unsqueeze(1) * others
        scores: Tensor = bilinear + self.look(torch.cat([both, features], -1)).squeeze(-1)
        return scores


class Reader(nn.Module):
    """The whole model."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        self.words = Words(encoder)
        self.syntax = Syntax(self.words.wide)
        self.links = Links(self.words.wide)
        self.coreference = Coreference(self.words.wide)
