"""The small network that weighs dates: what speaks for each offer, for passing it on, and for each tie."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

HIDDEN, SHARED = 24, 8
SUITS = 2  # numbers by which a tie and a date passed on by it are compared


class Units(nn.Module):
    """Dropout of the same units in all rows of a step, which costs nothing where rows are many."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, rows: Tensor) -> Tensor:
        """Return the rows with a share of their columns left out."""
        if not self.training:
            return rows
        return rows * (torch.rand(rows.shape[1]) >= self.share) / (1 - self.share)


class Look(nn.Module):
    """A small layer over marks, beside the plain weight of each; the marks of events are looked at once an event."""

    def __init__(self, wide: Sequence[int], outs: int) -> None:
        super().__init__()
        self.outs = outs
        self.first = nn.ModuleList(nn.Linear(one, outs + HIDDEN) for one in wide)
        self.last = nn.Sequential(nn.ReLU(), Units(0.2), nn.Linear(HIDDEN, outs))

    def forward(self, own: Tensor, events: Tensor, *whose: Tensor) -> Tensor:
        """Return (rows, outs) for rows of marks of their own and of the events, by number, that they are about."""
        of, *others = self.first
        seen = of(own)
        for layer, numbers in zip(others, whose, strict=True):
            seen = seen + layer(events)[numbers]
        found: Tensor = seen[:, : self.outs] + self.last(seen[:, self.outs :])
        return found


class Weights(nn.Module):
    """What speaks for each date offered, for passing it on, and for each tie; no date has the score 0."""

    def __init__(self, wide: int, events: int, offers: int, ties: int) -> None:
        super().__init__()
        self.offer, self.tie = Look((offers, events), 2 + SUITS), Look((ties, events, events), 1 + SUITS)
        self.dropout = Units(0.3)
        self.asks, self.gives = nn.Linear(wide, SHARED, bias=False), nn.Linear(wide, SHARED, bias=False)
        self.alone, self.takes = nn.Linear(wide, 1, bias=False), nn.Linear(wide, 1, bias=False)
        for side in (self.asks, self.gives):
            nn.init.normal_(side.weight, std=0.02)
        for side in (self.alone, self.takes):
            nn.init.zeros_(side.weight)

    def forward(self, *given: Tensor) -> tuple[Tensor, ...]:
        """Return the fields of `Weighed` from those of `Dates`."""
        vectors, events, offers, ties, whose, one, other = given
        seen = self.dropout(vectors)
        own, tied = self.offer(offers, events, whose), self.tie(ties, events, one, other)
        like = (self.asks(seen)[one] * self.gives(seen)[other]).sum(1) + self.takes(seen)[one, 0]
        return own[:, 0] + self.alone(seen)[whose, 0], own[:, 1], tied[:, 0] + like, own[:, 2:], tied[:, 1:]


class Mean(nn.Module):
    """The mean of several that were taught from different beginnings."""

    def __init__(self, some: Sequence[Weights]) -> None:
        super().__init__()
        self.some = nn.ModuleList(some)

    def forward(self, *given: Tensor) -> tuple[Tensor, ...]:
        """Return what `Weights` returns."""
        *points, suits, wants = zip(*(one(*given) for one in self.some), strict=True)
        means = [torch.stack(column).mean(0) for column in points]
        return *means, torch.cat(suits, 1), torch.cat(wants, 1) / len(self.some)
