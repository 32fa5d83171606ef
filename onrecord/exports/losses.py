"""What an export could not say: collected while it is written, and kept as `losses.csv` beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

Item = Literal["event", "figure", "control", "dispute", "statement", "judgement", "field"]
FILE: Final = "losses.csv"
COLUMNS: Final = ("export", "item", "what", "count", "amount", "ids", "why")
_IDS = 500  # a row: nine thousand characters, where a spreadsheet's cell ends at 32,767 and Python's reader at 131,072


class Loss(NamedTuple):
    """A row of the file: what is lost how often and why; `amount` is how many people, things or days are lost with it.

    `amount` is empty but for figures: the best number of the record less what the export says of it.
    """

    item: str
    what: str
    many: int
    amount: float | None
    ids: tuple[str, ...]
    why: str


@dataclass(slots=True)
class _Heap:
    ids: list[str] = field(default_factory=list)
    amounts: list[float] = field(default_factory=list)


class Losses:
    """Collects what an export cannot say, by what it is and why."""

    def __init__(self) -> None:
        self._heaps: dict[tuple[str, str, str], _Heap] = {}

    def lose(self, item: Item, what: str, ids: Iterable[str], *, why: str, amount: float | None = None) -> None:
        """Note that these could not be said; `amount` is what of a figure is lost with each of them."""
        heap = self._heaps.setdefault((item, what, why), _Heap())
        for each in ids:
            heap.ids.append(each)
            if amount is not None:
                heap.amounts.append(amount)

    def __iter__(self) -> Iterator[Loss]:
        """Yield the losses by item, what and why; one of many ids comes in several rows."""
        for (item, what, why), heap in sorted(self._heaps.items()):
            for start in range(0, len(heap.ids), _IDS):
                ids = tuple(heap.ids[start : start + _IDS])
                amounts = heap.amounts[start : start + _IDS]
                yield Loss(item, what, len(ids), sum(amounts) if amounts else None, ids, why)

    def __bool__(self) -> bool:
        return any(heap.ids for heap in self._heaps.values())

    def count(self, item: str) -> int:
        """Return how many of an item are lost."""
        return sum(len(heap.ids) for (kind, _, _), heap in self._heaps.items() if kind == item)

    def ids(self, item: str) -> frozenset[str]:
        """Return the ids of an item that are lost."""
        return frozenset(i for (kind, _, _), heap in self._heaps.items() if kind == item for i in heap.ids)

    def amount(self, what: str) -> float:
        """Return how much of the figures of a measure is lost."""
        return sum(sum(h.amounts) for (item, kind, _), h in self._heaps.items() if (item, kind) == ("figure", what))

    def summary(self) -> list[tuple[int, str, str, str]]:
        """Return count, item, what and why of each, the most frequent first."""
        rows = ((len(heap.ids), *key) for key, heap in self._heaps.items() if heap.ids)
        return sorted(rows, key=lambda row: (-row[0], row[1:]))

    def to_csv(self, export: str) -> str:
        """Return the losses as CSV text, with the name of the export in the first column."""
        return _csv([*map(str, (export,)), *_cells(loss)] for loss in self)

    def write(self, folder: Path, export: str) -> Path:
        """Write `losses.csv` into the folder of the export named so; what other exports there lost stays in it."""
        path = folder / FILE
        rows = [row for row in _kept(path) if row[0] != export]
        rows += [[export, *_cells(loss)] for loss in self]
        path.write_text(_csv(sorted(rows, key=lambda row: row[0])), encoding="utf-8", newline="")
        return path


def _cells(loss: Loss) -> list[str]:
    amount = "" if loss.amount is None else f"{loss.amount:.10g}"
    return [loss.item, loss.what, str(loss.many), amount, " ".join(loss.ids), loss.why]


def _csv(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def _kept(path: Path) -> list[list[str]]:
    """Return the rows that other exports wrote into the same folder; none where the file is no list of losses."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return rows[1:] if rows and tuple(rows[0]) == COLUMNS else []
