"""Named and described entities, on documents in the form of re3d."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.reading.counting import results
from bench.reading.jsonl import rows
from onrecord.reader.neural import Reader

# re3d's kinds as ours, and ours as the coarser ones that the two have in common.
KINDS = {
    "Organisation": "organisation",
    "Location": "place",
    "Person": "person",
    "Nationality": "population",
    "Temporal": "time",
    "Quantity": "quantity",
    "Weapon": "weapon",
    "MilitaryPlatform": "weapon",
    "Vehicle": "weapon",
}
COARSER = {"group": "organisation", "facility": "place"}


def is_held_back(number: int) -> bool:
    """Tell whether a document of the training file, counted from 0, is kept for development: every fifth is."""
    return number % 5 == 4


def scores(reader: Reader, path: Path, *, held_back: bool = False) -> dict[str, float]:
    """Return F1 of spans with equal ends and kind, over all (`f1`) and by kind.

    The corpus has no groups and facilities of its own: ours count as its organisations and places. Spans of kinds that
    the record has no use for (money, document references, coordinates, frequencies) are left out.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for number, row in enumerate(rows(path)):
        if held_back and not is_held_back(number):
            continue
        gold = {(e["start"], e["end"], KINDS[e["type"]]) for e in row["entities"] if e["type"] in KINDS}
        found = {(e.start, e.end, COARSER.get(e.kind, e.kind)) for e in reader.read(row["text"]).entities}
        for name, spans in (("gold", gold), ("found", found), ("hit", gold & found)):
            for _, _, kind in spans:
                counts[kind, name] += 1
                counts["f1", name] += 1
    kinds = ["f1", *sorted(set(KINDS.values()))]
    return results(counts, kinds)
