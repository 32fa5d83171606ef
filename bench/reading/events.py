"""Events, on a folder of annotated dispatches (`docs/`, `gold/`, `split.json`)."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.reading.counting import add, half, paired, results, shared
from onrecord.extract.read import by_rule, standard_kit
from onrecord.model.records import Dispatch, dispatch_id
from onrecord.reader.neural import Reader
from onrecord.reader.read import Read, Trigger

ROLES = {"agent": "agents", "target": "targets", "place": "place"}


def scores(reader: Reader, path: Path, *, part: str | None = None, alone: bool = False) -> dict[str, float]:
    """Return F1 of `trigger` and `typed`, and over these of `status`, `agent`, `target` and `place`; and of `claim`.

    The reader is told what the rules of `extract` find, as it is whenever a record is made, unless it reads `alone`.
    Pairs and names are compared as the folder's own `score.py` does it. Who fills a role goes by the words of all
    mentions of its chain: who is meant beyond the dispatch's own words is not the reader's to say; `bench.gold` scores
    that.
    """
    scorer = _scorer(path / "score.py")
    split = json.loads((path / "split.json").read_text(encoding="utf-8")) if part else {}
    kit = standard_kit(trained=False)
    counts: Counter[tuple[str, str]] = Counter()
    for file in sorted((path / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        if part and split.get(gold["doc"], {}).get("part") != part:
            continue
        text = (path / "docs" / f"{gold['doc']}.txt").read_text(encoding="utf-8")
        known = None if alone else by_rule(Dispatch(id=dispatch_id(text), text=text), kit).known
        _add(counts, scorer, gold, text, reader.read(text, known))
    names = ("trigger", "typed", "status", *ROLES, "claim")
    return results(counts, names)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"{path} is not there; give the folder that holds docs/, gold/ and score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _add(counts: Counter[tuple[str, str]], scorer: ModuleType, gold: dict[str, Any], text: str, read: Read) -> None:
    spans = [scorer.span_of(text, event, "trigger") for event in gold["events"]]
    pairs = paired(spans, [(e.start, e.end) for e in read.events], lambda g, f: shared(g, f) > 0)
    typed = [(gold["events"][i], read.events[j]) for i, j in pairs if gold["events"][i]["type"] == read.events[j].type]
    for name, hit in (("trigger", len(pairs)), ("typed", len(typed))):
        add(counts, name, hit, len(gold["events"]), len(read.events))
    for event, found in typed:
        add(counts, "status", event["status"] == found.status, 1, 1)
        for role, key in ROLES.items():
            wanted = event[key] if isinstance(event[key], list) else [event[key]] if event[key] else []
            given = _names(text, read, found, role)
            add(counts, role, scorer.match_names(wanted, given), len(wanted), len(given))
    claims = [scorer.span_of(text, claim, "content") for claim in gold["claims"]]
    found_claims = [(c.start, c.end) for c in read.claims]
    add(counts, "claim", len(paired(claims, found_claims, half)), len(claims), len(found_claims))


def _names(text: str, read: Read, event: Trigger, role: str) -> list[list[str]]:
    """Return for each filler of a role what it means by the rules, and the words of all mentions of its chain."""
    found = []
    for argument in event.arguments:
        if argument.role == role:
            chained = [text[m.start : m.end] for m in read.mentions if m.chain == argument.chain]
            found.append([*filter(None, [argument.name]), text[argument.start : argument.end], *chained])
    return found
