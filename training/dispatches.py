"""Reads annotated dispatches into samples: triggers, status, attributed stretches, and who has which role."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.extract.names import mentions
from onrecord.extract.parts import Kit
from onrecord.extract.sentences import sentences
from onrecord.lexicon.actors import load
from onrecord.lexicon.gazetteer import open_gazetteer
from onrecord.model.records import Dispatch, Mention, dispatch_id
from onrecord.reader.rules import RuleTagger
from training.corpora import cut, lines
from training.samples import Sample, bio

ROLES = ("agent", "target", "place")
_STOP = {"the", "a", "an", "of", "group", "forces", "force", "fighters", "militants", "official", "officials"}


def annotated(folder: Path, part: str | None = None) -> Iterator[tuple[str, Sample]]:
    """Yield (id, sample) for each dispatch of a gold folder (`docs/`, `gold/`, `split.json`), or for one part of it."""
    split = json.loads((folder / "split.json").read_text(encoding="utf-8")) if part else {}
    kit = Kit(tagger=RuleTagger(), actors=load(), gazetteer=open_gazetteer())
    for path in sorted((folder / "gold").glob("*.json")):
        if part and split[path.stem]["part"] != part:
            continue
        text = (folder / "docs" / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield path.stem, sample_of(text, json.loads(path.read_text(encoding="utf-8")), kit)


def ours(folder: Path, shared: Path) -> Iterator[tuple[str, Sample]]:
    """Yield (id, sample) for each annotation of ours; the texts are read from the shared folder and must be unchanged.

    Raises ValueError where a text's hash is not the one that was annotated.
    """
    kit = Kit(tagger=RuleTagger(), actors=load(), gazetteer=open_gazetteer())
    reports = {f"re3d-{row['id']}": row["text"] for row in lines(shared / "data" / "re3d" / "train.jsonl.gz")}
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        file = shared / "dispatches" / "guardian" / f"{path.stem}.txt"
        text = reports[path.stem] if path.stem in reports else file.read_text(encoding="utf-8")
        if sha256(text.encode()).hexdigest() != gold["sha256"]:
            raise ValueError(f"{path.stem}: the text is not the one that was annotated")
        yield path.stem, sample_of(text, gold, kit)


def without_text(gold: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an annotation with offsets in place of quoted words, so that it can be kept without its text."""
    kept: dict[str, Any] = {"doc": gold["doc"], "sha256": sha256(text.encode()).hexdigest()}
    for part, key in (("events", "trigger"), ("figures", "words"), ("claims", "content")):
        kept[part] = [
            {"at": list(_place(text, item, key))} | {k: v for k, v in item.items() if k not in (key, "context", "at")}
            for item in gold[part]
        ]
    return kept


def sample_of(text: str, gold: dict[str, Any], kit: Kit) -> Sample:
    """Return the sample of one annotated text."""
    offsets, sample = cut(text)
    triggers = [(*_place(text, event, "trigger"), event) for event in gold["events"]]
    sample.labels["event"] = bio(offsets, [(s, e, event["type"]) for s, e, event in triggers])
    sample.labels["claim"] = bio(offsets, [(*_place(text, c, "content"), "claim") for c in gold["claims"]])
    status: list[str | None] = [None] * len(offsets)
    heads = _heads(text, offsets, kit)
    for start, _, event in triggers:
        word = _word_at(offsets, start)
        status[word] = event["status"]
        names = {
            "agent": event["agents"],
            "target": event["targets"],
            "place": [event["place"]] if event["place"] else [],
        }
        for role in ROLES:
            sample.roles.append((word, role, tuple(heads), _right(word, names[role], heads, sample.sentence)))
    sample.labels["status"] = status
    return sample


def _place(text: str, item: dict[str, Any], key: str) -> tuple[int, int]:
    if "at" in item:
        return item["at"][0], item["at"][1]
    context = item.get("context")
    base = text.index(context) if context else 0
    start = base + (context or text).index(item[key])
    return start, start + len(item[key])


def _word_at(offsets: list[tuple[int, int]], start: int) -> int:
    return next(i for i, (_, end) in enumerate(offsets) if end > start)


def _heads(text: str, offsets: list[tuple[int, int]], kit: Kit) -> dict[int, Mention]:
    """Return the mentions of a text by their last word, by which the model knows them."""
    dispatch = Dispatch(id=dispatch_id(text), text=text)
    found = mentions(dispatch, sentences(dispatch, kit.tagger.tag(text)), kit)
    heads = {}
    for mention in found:
        inside = [i for i, (s, e) in enumerate(offsets) if s < mention.span.end and mention.span.start < e]
        if inside:
            heads[inside[-1]] = mention
    return heads


def _right(word: int, names: list[str], heads: dict[int, Mention], sentence: list[int]) -> tuple[int, ...]:
    """Return for each name the mentions of the trigger's sentence that bear it, else the nearest before, or after."""
    right: set[int] = set()
    for name in names:
        bearing = [i for i, mention in heads.items() if same_name(name, mention.name)]
        here = [i for i in bearing if sentence[i] == sentence[word]]
        before = [i for i in bearing if i < word]
        right |= set(here or before[-1:] or bearing[:1])
    return tuple(sorted(right))


def norm(name: str) -> str:
    """Return a name as the scorer compares it."""
    flat = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().casefold()
    found = re.findall(r"[a-z0-9]+", flat)
    return " ".join(w for w in found if w not in _STOP) or " ".join(found)


def same_name(gold: str, name: str) -> bool:
    """Tell whether two names match as the scorer has it: equal, or one holds the other's words."""
    g, n = norm(gold), norm(name)
    if not g or not n:
        return False
    return n == g or set(n.split()) >= set(g.split()) or (len(n) > 3 and set(g.split()) >= set(n.split()))
