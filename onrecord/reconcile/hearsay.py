"""What one dispatch tells of the names in it: how it writes them, what they are, who speaks for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onrecord.model.records import Mention
from onrecord.reconcile.gridplaces import in_words
from onrecord.reconcile.keys import Alone
from onrecord.reconcile.names import ACTING, LOCATED, NAMED, Name, Said, Tag
from onrecord.reconcile.othernames import other_words
from onrecord.reconcile.sightings import Read, Sighting, plain_name


@dataclass(frozen=True, slots=True)
class Hearsay:
    """What a dispatch tells of its names, and who it says speaks for whom; `of_mention` gives the name of a mention."""

    of_mention: dict[str, Name]
    names: dict[Name, Counter[Tag]]
    said: dict[Said, Counter[Tag]]


def hearsay(read: Read, alone: Alone, keys: Mapping[str, str], judged: Collection[str]) -> Hearsay:
    """Return what a dispatch tells of its names, of which `keys` gives the keys by the sightings' ids.

    `judged` are the labels by which judgements name things.
    """
    acting = {m for c in read.reading.claims for m in (*c.agents, *c.targets)}
    of_mention: dict[str, Name] = {}
    names: defaultdict[Name, Counter[Tag]] = defaultdict(Counter)
    for sighting in alone.sightings:
        alone_here = sighting.dispatch if sighting.label in judged else ""
        name = Name(keys[sighting.id], sighting.sort, sighting.folded, alone_here)
        of_mention |= {m.id: name for m in sighting.mentions}
        names[name].update(_told(sighting, read.dispatch.text))
        if name.key in alone.places.precisions:
            names[name]["precision", alone.places.precisions[name.key]] += 1
        if name.key in alone.places.places:
            names[name][LOCATED] += 1
            if name.key.startswith("grid:"):
                names[name]["spot", in_words(alone.places.places[name.key])] += 1
        if any(m.id in acting for m in sighting.mentions):
            names[name][ACTING] += 1
    return Hearsay(of_mention, dict(names), _said(read, of_mention))


def _told(sighting: Sighting, text: str) -> Counter[Tag]:
    """Return how a dispatch writes a name: its forms, the words that stand for it, its other names, its kinds."""
    proper = [m for m in sighting.mentions if m.form == "name"]
    told: Counter[Tag] = Counter(("form", plain_name(m.name, sighting.sort)) for m in proper or sighting.mentions)
    told.update(_written(m, text) for m in sighting.mentions)
    told.update(("kind", kind) for kind in sighting.kinds)
    told.update(("other", words) for words in other_words(sighting, text))
    if sighting.named:
        told[NAMED] += 1
    return told


def _written(mention: Mention, text: str) -> Tag:
    if mention.form in ("name", "nominal"):
        return (mention.form, " ".join(mention.span.of(text).split()))
    return ("pronoun", " ".join(mention.name.split()))


def _said(read: Read, of_mention: Mapping[str, Name]) -> dict[Said, Counter[Tag]]:
    """Return each who speaks, and for whom, with the role that is given (it may be none) and the statements' ids."""
    said: defaultdict[Said, Counter[Tag]] = defaultdict(Counter)
    for statement in read.reading.statements:
        speaker = of_mention.get(statement.speaker or "")
        if speaker is not None:
            role = " ".join((statement.role or "").split())
            said[speaker, of_mention.get(statement.organisation or "")][role, statement.id] += 1
    return dict(said)
