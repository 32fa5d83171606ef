"""Reads annotated dispatches into samples: triggers, status, attributed stretches, who is named, who has which role.

The annotation names people and groups but does not say where; the mentions that the rules of `extract` find stand in
for that. What the rules find is a label only where they are sure: of the words that they pass over nothing is learnt.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from bench.reading.jsonl import rows
from onrecord.extract.parts import Kit
from onrecord.extract.read import Ruled, by_rule, standard_kit
from onrecord.model.records import Dispatch, Mention, dispatch_id
from onrecord.reader.candidates import Known
from onrecord.reader.labels import WHO_AND_WHERE
from training.corpora import add_entities, cut
from training.samples import Sample, bio

_STOP = {"the", "a", "an", "of", "group", "forces", "force", "fighters", "militants", "official", "officials"}
# What a figure of this measure is counted in: the types of event that its trigger may have.
COUNTED_IN: dict[str, tuple[str, ...]] = {
    "killed": ("killing", "air_strike", "bombing", "shelling", "violence_against_civilians"),
    "wounded": ("injury", "killing"),
    "casualties": ("killing", "injury"),
    "abducted": ("abduction",),
    "detained": ("detention",),
    "surrendered": ("surrender",),
    "released": ("release",),
    "displaced": ("displacement",),
    "evacuated": ("evacuation", "withdrawal"),
    "deployed": ("deployment",),
    "attacks": ("air_strike", "shelling", "bombing", "armed_clash", "suicide_bombing"),
    "destroyed": ("destruction",),
    "territory": ("territory_gain",),
    "duration": ("siege", "offensive", "armed_clash"),
    "affected": ("aid",),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules find in a text, each by its last word."""

    named: dict[int, Mention]
    words: dict[int, str]  # of each mention as they stand in the text
    dated: dict[int, str | None]  # the start of what a time expression means
    counted: set[int]  # the last word of each number itself: "12" in "at least 12 people"


class Annotated(NamedTuple):
    """A text, its annotation, and when it was published."""

    text: str
    gold: dict[str, Any]
    published: str | None

    def ruled(self, kit: Kit) -> Ruled:
        """Return what the rules find in the text."""
        return by_rule(Dispatch(id=dispatch_id(self.text), text=self.text, published=self.published), kit)


def of_gold(folder: Path, part: str | None = None) -> Iterator[Annotated]:
    """Yield each dispatch of a gold folder (`docs/`, `gold/`, `split.json`), or of one part of it."""
    split = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "gold").glob("*.json")):
        about = split.get(path.stem, {})
        if part and about.get("part") != part:
            continue
        text = (folder / "docs" / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield Annotated(text, json.loads(path.read_text(encoding="utf-8")), about.get("published"))


def of_ours(folder: Path, shared: Path) -> Iterator[Annotated]:
    """Yield each annotation of ours; the texts are read from the shared folder and must be unchanged.

    Raises ValueError where a text's hash is not the one that was annotated.
    """
    texts = Texts(shared)
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text, published = texts.of(gold)
        if sha256(text.encode()).hexdigest() != gold["sha256"]:
            raise ValueError(f"{path.stem}: the text is not the one that was annotated")
        yield Annotated(text, gold, published)


def annotated(folder: Path, part: str | None = None) -> Iterator[tuple[str, Sample]]:
    """Yield (id, sample) for each dispatch of a gold folder, or for one part of it."""
    kit = standard_kit(trained=False)
    for one in of_gold(folder, part):
        yield one.gold["doc"], sample_of(one, kit)


def ours(folder: Path, shared: Path) -> Iterator[tuple[str, Sample]]:
    """Yield (id, sample) for each annotation of ours."""
    kit = standard_kit(trained=False)
    reports = Texts(shared).reports
    for one in of_ours(folder, shared):
        name = one.gold["doc"]
        sample = sample_of(one, kit)
        if name in reports:
            _add_named_kinds(sample, one.text, reports[name]["entities"])
        yield name, sample


class Texts:
    """The texts that our annotations were made on, from the shared folder."""

    def __init__(self, shared: Path) -> None:
        data = shared / "data"
        self.folder = shared / "dispatches" / "guardian"
        self.reports = {f"re3d-{row['id']}": row for row in rows(data / "re3d" / "train.jsonl.gz")}
        self.timeline = list(rows(data / "syria_timeline" / "entries.jsonl.gz"))
        self.sentences = [row["text"].strip() for row in rows(data / "event_place" / "train.jsonl.gz")]
        self.published = {row["file"]: row["published"] for row in rows(self.folder / "metadata.jsonl")}

    def of(self, gold: dict[str, Any]) -> tuple[str, str | None]:
        """Return the text of an annotation, and when it was published."""
        name = gold["doc"]
        if name.startswith("event-place-"):
            return "\n\n".join(self.sentences[i] for i in gold["rows"]) + "\n", None
        if "rows" in gold:
            return timeline_text([self.timeline[i] for i in gold["rows"]]), None
        if name in self.reports:
            return self.reports[name]["text"], None
        return (self.folder / f"{name}.txt").read_text(encoding="utf-8"), self.published.get(f"{name}.txt")


def timeline_text(rows: Iterable[dict[str, Any]]) -> str:
    """Return entries of a timeline as one text, each below the line of its date."""
    entries = []
    for row in rows:
        months = row["page"].split("(")[-1].rstrip(")").replace("_", " ")
        entries.append(f"{row['date_path'][-1]}, {months}\n\n{row['text']}")
    return "\n\n".join(entries).rstrip() + "\n"


def without_text(gold: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an annotation with offsets in place of quoted words, so that it can be kept without its text."""
    kept: dict[str, Any] = {"doc": gold["doc"], "sha256": sha256(text.encode()).hexdigest()}
    for part, key in (("events", "trigger"), ("figures", "words"), ("claims", "content")):
        kept[part] = [
            {"at": list(place_of(text, item, key))} | {k: v for k, v in item.items() if k not in (key, "context", "at")}
            for item in gold[part]
        ]
    return kept


def sample_of(one: Annotated, kit: Kit) -> Sample:
    """Return the sample of one annotated text."""
    text, gold = one.text, one.gold
    offsets, sample = cut(text)
    triggers = [(*place_of(text, event, "trigger"), event) for event in gold["events"]]
    ruled = one.ruled(kit)
    sample.labels["event"] = bio(offsets, [(s, e, event["type"]) for s, e, event in triggers])
    sample.labels["claim"] = bio(offsets, [(*place_of(text, c, "content"), "claim") for c in gold["claims"]])
    status: list[str | None] = [None] * len(offsets)
    found = _found(text, offsets, sample, ruled)
    known = ruled.known
    hints = known.word_hints(offsets)
    sample.ruled = {i: hints[i] for i in range(len(offsets)) if hints[i]}
    often = known.about()
    sample.about = {
        i: (often[m.name], float(m.form == "name"), float(m.form != "name")) for i, m in found.named.items()
    }
    for start, end, event in triggers:
        word = _word_at(offsets, start)
        status[word] = event["status"]
        _link_roles(sample, word, event, found)
        sample.casts[word] = _cast(start, end, known, found)
    figures = _figures(text, gold, offsets, found)
    _link_figures(sample, [(_word_at(offsets, s), e) for s, _, e in triggers], figures, found)
    sample.labels["status"] = status
    return sample


def place_of(text: str, item: dict[str, Any], key: str) -> tuple[int, int]:
    """Return the offsets of what an annotation is about, given as such or by its words and their context."""
    if "at" in item:
        return item["at"][0], item["at"][1]
    context = item.get("context")
    base = text.index(context) if context else 0
    start = base + (context or text).index(item[key])
    return start, start + len(item[key])


def _word_at(offsets: list[tuple[int, int]], start: int) -> int:
    return next(i for i, (_, end) in enumerate(offsets) if end > start)


def _words_in(offsets: list[tuple[int, int]], start: int, end: int) -> list[int]:
    return [i for i, (s, e) in enumerate(offsets) if s < end and start < e]


def _cast(start: int, end: int, known: Known, found: Found) -> tuple[frozenset[int], ...]:
    """Return the words that the rules have as agent, target and place of the event at a stretch."""
    events = [e for e in known.events if e.start < end and start < e.end]
    sides = zip(*((e.agents, e.targets, e.place) for e in events), strict=True) if events else ((), (), ())
    return tuple(frozenset(i for i, m in found.named.items() if any(m.name in some for some in side)) for side in sides)


def _found(text: str, offsets: list[tuple[int, int]], sample: Sample, ruled: Ruled) -> Found:
    """Label the names, times and numbers that the rules are sure of."""
    anchors: list[str | None] = [None] * len(offsets)
    kinds: list[str | None] = [None] * len(offsets)
    found = Found({}, {}, {}, set())
    chains: dict[str, int] = {}
    for mention in ruled.mentions:
        inside = _words_in(offsets, mention.span.start, mention.span.end)
        if not inside:
            continue
        found.named[inside[-1]] = mention
        found.words[inside[-1]] = mention.span.of(text)
        if mention.kind in WHO_AND_WHERE:
            if mention.form == "name":
                # One head to a name: of "the Islamic State" the last word, and neither of the others.
                for i in inside:
                    anchors[i] = "O"
                    kinds[i] = f"B-{mention.kind}/I-{mention.kind}"
                sample.mentions.append((inside[-1], inside[0], inside[-1]))
                sample.chains.append(chains.setdefault(mention.name, len(chains)))
            anchors[inside[-1]] = mention.kind
    for expression in ruled.times:
        if inside := _words_in(offsets, expression.span.start, expression.span.end):
            found.dated[inside[-1]] = expression.when.start
    for quantity in ruled.quantities:
        inside = _words_in(offsets, quantity.span.start, quantity.span.end)
        numbers = [i for i in inside if sample.words[i] not in quantity.noun.split()]
        if numbers:
            found.counted.add(numbers[-1])
    sample.labels |= {"anchor": anchors, "entity": kinds}
    return found


def _add_named_kinds(sample: Sample, text: str, entities: list[dict[str, Any]]) -> None:
    """Join re3d's spans with the finer kinds that the rules know ("group" for an organisation)."""
    ruled = sample.labels["entity"]
    add_entities(sample, cut(text)[0], entities)
    for i, (known, label) in enumerate(zip(ruled, sample.labels["entity"], strict=True)):
        finer = {one[2:] for one in (known or "").split("/")} & {one[2:] for one in (label or "").split("/") if one[1:]}
        if label and "/" in label and len(finer) == 1:
            sample.labels["entity"][i] = f"{label[0]}-{finer.pop()}"


def _link_roles(sample: Sample, word: int, event: dict[str, Any], found: Found) -> None:
    """Ask who, whom and where: for each name that somebody bears who he is, where there is none for nobody."""
    names = {
        "agent": event["agents"],
        "target": event["targets"],
        "place": [event["place"]] if event["place"] else [],
    }
    for role, wanted in names.items():
        borne = [right for name in wanted if (right := bearers(name, found))] or [()]
        sample.links += [(word, role, tuple(found.named), right) for right in borne]
    dated = [i for i, start in found.dated.items() if start and start == event["start"]]
    here = [i for i in dated if sample.sentence[i] == sample.sentence[word]]
    nearest = here or sorted(dated, key=lambda i: abs(i - word))[:1]
    sample.links.append((word, "time", tuple(found.dated), tuple(sorted(nearest))))


def _figures(text: str, gold: dict[str, Any], offsets: list[tuple[int, int]], found: Found) -> list[tuple[int, str]]:
    """Return (last word of the number, measure) of each annotated figure that the rules find a number in."""
    figures = []
    for figure in gold["figures"]:
        inside = _words_in(offsets, *place_of(text, figure, "words"))
        figures += [(i, figure["measure"]) for i in inside if i in found.counted][-1:]
    return figures


def _link_figures(
    sample: Sample, triggers: list[tuple[int, dict[str, Any]]], figures: list[tuple[int, str]], found: Found
) -> None:
    """Link each figure to the nearest trigger of its sentence that it can be counted in."""
    right: dict[int, set[int]] = {}
    candidates = tuple(sorted(found.counted))
    for at, measure in figures:
        fits = [
            word
            for word, event in triggers
            if sample.sentence[word] == sample.sentence[at] and event["type"] in COUNTED_IN.get(measure, ())
        ]
        if fits:
            right.setdefault(min(fits, key=lambda word: abs(word - at)), set()).add(at)
    for word, _ in triggers:
        sample.links.append((word, "figure", candidates, tuple(sorted(right.get(word, ())))))


def bearers(name: str, found: Found) -> tuple[int, ...]:
    """Return the mentions of everyone whom a name of the annotation means, by their words."""
    borne = meant(name, ((m, found.words[i]) for i, m in found.named.items()))
    return tuple(i for i, mention in sorted(found.named.items()) if mention.name in borne)


def meant(name: str, mentions: Iterable[tuple[Mention, str]]) -> frozenset[str]:
    """Return the full names of those whom a name of the annotation means, by their mentions and the words of each.

    The rules call the ISIL of a dispatch "Islamic State" and its US "United States"; the annotators kept its words.
    """
    return frozenset(m.name for m, words in mentions if same_name(name, m.name) or _so_called(name, m, words))


def _so_called(name: str, mention: Mention, words: str) -> bool:
    """Tell whether the words of a mention are the name; of a description all must be, for "the army" is any."""
    if mention.form == "name":
        return same_name(name, words)
    return mention.form == "nominal" and norm(name) == norm(words)


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
