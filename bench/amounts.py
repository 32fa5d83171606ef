"""Score the reading of numbers on sentences whose numbers are known: `python -m bench.amounts FILE`.

FILE holds JSON Lines, plain or gzipped:

    {"text": "At least 3,250 people died.",
     "amounts": [{"start": 0, "end": 21, "low": 3250, "high": null, "approx": false}]}

`start` and `end` are code points of the number expression with its modifier and unit; `low`, `high` and `approx` mean
what docs/vocabulary.md, section Figures, says. Prints one JSON object, in per cent: how well number expressions are
found (one to one, where they overlap), `value` (F1, low and high equal as well) and `full` (F1, low, high and approx
equal).

What is scored are the numbers that count people, forces, events, things, territory or days, shares in per cent, areas
in square kilometres and lengths of time in days. Money, distances, weights of shells, ages, dates, ranks and names are
left out on purpose, so a file that marks them too ("$3 million", "5 km", "35 degrees") scores low for no fault. For
such a file, `--all-numbers` scores the layer below: every number and share as worded, in the unit that stands beside
it, save those in dates and clock times.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.reading.counting import Span, f1, paired, share, shared
from bench.reading.jsonl import rows
from onrecord.extract.quantities.amounts import quantities
from onrecord.extract.quantities.numerals import numerals
from onrecord.extract.quantities.shares import shares
from onrecord.extract.sentences import sentences
from onrecord.extract.times.times import times
from onrecord.model.records import Dispatch, dispatch_id
from onrecord.reader.rules import RuleTagger

_CURRENCY = {ord(sign): " " for sign in "$€£¥"}  # the layer of numerals steps over money; here it is read as well


@dataclass(frozen=True, slots=True)
class Known:
    """A number expression in a text: offsets in code points, and the bounds that its words allow."""

    start: int
    end: int
    low: float | None
    high: float | None
    approx: bool

    @property
    def span(self) -> Span:
        """Both offsets."""
        return self.start, self.end

    def same_value(self, other: Known) -> bool:
        """Tell whether both allow the same."""
        return _same(self.low, other.low) and _same(self.high, other.high)


def counted(text: str) -> list[Known]:
    """Return the numbers of a text that count something of a conflict, as the record reads them."""
    dispatch = Dispatch(id=dispatch_id(text), text=text)
    found = quantities(dispatch, sentences(dispatch, RuleTagger().tag(text)))
    return [Known(q.span.start, q.span.end, q.amount.low, q.amount.high, q.amount.approx) for q in found]


def all_numbers(text: str) -> list[Known]:
    """Return every number and share of a text as worded, money and measures included, dates and clock times not."""
    dispatch = Dispatch(id=dispatch_id(text), text=text)
    parts = sentences(dispatch, RuleTagger().tag(text))
    busy = [(t.span.start, t.span.end) for t in times(dispatch, parts) if t.amount is None]
    out: list[Known] = []
    for part in parts:
        plain, offset = part.text.translate(_CURRENCY), part.span.start
        numbers = numerals(plain)
        items = [(item.start, item.end, item.bounds) for item in shares(plain, numbers)]  # first: "one-third" has "one"
        for first, last, bounds in [*items, *((item.start, item.end, item.bounds) for item in numbers)]:
            start, end = offset + first, offset + last
            if not any(shared((start, end), other) for other in busy):
                busy.append((start, end))
                out.append(Known(start, end, bounds.low, bounds.high, bounds.approx))
    return sorted(out, key=lambda known: known.start)


def scores(path: Path, read: Callable[[str], list[Known]] = counted, *, errors: int = 0) -> dict[str, Any]:
    """Return the scores over a file; the first `errors` texts read otherwise than known go to standard error."""
    texts = amounts = found = hit = value = full = told = 0
    for row in rows(path):
        known, seen = [Known(**amount) for amount in row["amounts"]], read(row["text"])
        pairs = [(known[i], seen[j]) for i, j in _pairs(known, seen)]
        right = [(one, other) for one, other in pairs if one.same_value(other)]
        exact = sum(one.approx == other.approx for one, other in right)
        texts, amounts, found = texts + 1, amounts + len(known), found + len(seen)
        hit, value, full = hit + len(pairs), value + len(right), full + exact
        if told < errors and not exact == len(known) == len(seen):
            told += 1
            sys.stderr.write(_told(row["text"], known, seen))
    return {
        "texts": texts,
        "amounts": amounts,
        "found": found,
        "precision": share(hit, found),
        "recall": share(hit, amounts),
        "f1": f1(hit, amounts, found),
        "value": f1(value, amounts, found),
        "full": f1(full, amounts, found),
    }


def _pairs(known: list[Known], seen: list[Known]) -> list[tuple[int, int]]:
    return paired([k.span for k in known], [s.span for s in seen], lambda one, other: shared(one, other) > 0)


def _same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-6)


def _told(text: str, known: list[Known], seen: list[Known]) -> str:
    return f"{text}\n  known {_worded(text, known)}\n  read  {_worded(text, seen)}\n"


def _worded(text: str, items: list[Known]) -> str:
    sides = [[f"{side:.10g}" if side is not None else "" for side in (item.low, item.high)] for item in items]
    return "; ".join(
        f"{text[item.start : item.end]} = {low}..{high}{'~' * item.approx}"
        for item, (low, high) in zip(items, sides, strict=True)
    )


def main(argv: list[str] | None = None) -> None:
    """Print the scores of one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--all-numbers", action="store_true", help="score every number, not only what counts")
    parser.add_argument("--errors", type=int, default=0, help="print so many texts read wrongly to standard error")
    args = parser.parse_args(argv)
    if not args.path.is_file():
        parser.error(f"{args.path} does not exist; give a file of JSON Lines")
    read = all_numbers if args.all_numbers else counted
    print(json.dumps(scores(args.path, read, errors=args.errors), indent=1))


if __name__ == "__main__":
    main()
