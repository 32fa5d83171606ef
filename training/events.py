"""Reads corpora of events that are not annotated after our guide: WikiEvents, RAMS, and verbs with their places.

Only what they say is learnt. A trigger gives the types of ours that its type may be; of the words that these corpora
pass over nothing is learnt, because what counts as an event differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.reading.jsonl import rows
from onrecord.extract.mentions.names import mentions
from onrecord.extract.read import standard_kit
from onrecord.extract.sentences import sentences
from onrecord.model.records import Dispatch, dispatch_id
from training.corpora import cut
from training.samples import Sample, span_label

_ATTACK = "armed_clash/offensive/air_strike/shelling/bombing/violence_against_civilians"
_MOVE = "displacement/withdrawal/deployment/evacuation"
# What begins so is of ours; the longest beginning counts. WikiEvents' types first, then RAMS'.
TYPES = {
    "Conflict.Attack": _ATTACK,
    "Conflict.Attack.DetonateExplode": "bombing/suicide_bombing/air_strike",
    "Conflict.Demonstrate": "protest",
    "Life.Die": "killing",
    "Life.Injure": "injury",
    "Justice.ArrestJailDetain": "detention",
    "Justice.ChargeIndict": "prosecution",
    "Justice.Convict": "prosecution",
    "Justice.InvestigateCrime": "prosecution",
    "Justice.ReleaseParole": "release",
    "Justice.Sentence": "prosecution",
    "Justice.TrialHearing": "prosecution",
    "ArtifactExistence.DamageDestroyDisableDismantle.D": "destruction",
    "Movement.Transportation": _MOVE,
    "Movement.Transportation.Evacuation": "evacuation",
    "artifactexistence.damagedestroy": "destruction",
    "conflict.attack.airstrikemissilestrike": "air_strike/shelling",
    "conflict.attack.biologicalchemicalpoisonattack": "chemical_attack",
    "conflict.attack.bombing": "bombing/suicide_bombing/air_strike",
    "conflict.attack.firearmattack": "armed_clash/violence_against_civilians/killing",
    "conflict.attack.invade": "offensive/territory_gain/deployment",
    "conflict.attack.n/a": _ATTACK,
    "conflict.attack.selfdirectedbattle": "armed_clash/offensive/violence_against_civilians",
    "conflict.demonstrate": "protest",
    "conflict.yield": "surrender/withdrawal",
    "conflict.yield.retreat": "withdrawal",
    "conflict.yield.surrender": "surrender",
    "contact.negotiate": "negotiation",
    "government.agreements": "agreement",
    "justice.arrestjaildetain": "detention",
    "justice.initiatejudicialprocess": "prosecution",
    "justice.investigate": "prosecution",
    "justice.judicialconsequences": "prosecution",
    "justice.judicialconsequences.execute": "killing",
    "life.die.deathcausedbyviolentevents": "killing",
    "life.die.n/a": "killing",
    "life.injure.injurycausedbyviolentevents": "injury",
    "life.injure.n/a": "injury",
    "movement.transportperson.evacuationrescue": "evacuation/release",
    "movement.transportperson.selfmotion": _MOVE,
    "transaction.transaction.embargosanction": "prosecution",
    "transaction.transfermoney.giftgrantprovideaid": "aid/support",
    "transaction.transfermoney.embargosanction": "prosecution",
    "transaction.transferownership.giftgrantprovideaid": "aid/support",
    "transaction.transferownership.embargosanction": "prosecution",
}
_ROLES = {
    "agent": "attacker damager damagerdestroyer demonstrator destroyer executioner giver injurer investigator jailer "
    "killer prosecutor retreater surrenderer yielder",
    "target": "artifact defendant detainee target victim",
    "place": "place",
}
ROLES = {name: role for role, names in _ROLES.items() for name in names.split()}
# WikiEvents' kinds of those whom the record follows, as ours.
KINDS = {
    "PER": "person/population/group",
    "ORG": "organisation/group",
    "GPE": "place/organisation",
    "LOC": "place",
    "FAC": "facility/place",
}


def type_of(name: str) -> str | None:
    """Return the types of ours that a corpus's type may be, joined by "/"."""
    fits = [beginning for beginning in TYPES if name.startswith(beginning)]
    return TYPES[max(fits, key=len)] if fits else None


def wikievents(path: Path, chains: Path) -> Iterator[Sample]:
    """Yield WikiEvents' documents: triggers, who and where by all mentions of their chains, and the chains."""
    coreference = {row["doc_key"]: row["clusters"] for row in rows(chains)}
    for row in rows(path):
        own = {m: i for i, chain in enumerate(coreference.get(row["doc_id"], ())) for m in chain}
        named = {m["id"]: m for m in row["entity_mentions"] if m["entity_type"] in KINDS}
        number = [i for i, (tokens, _) in enumerate(row["sentences"]) for _ in tokens]
        sample = Sample(row["tokens"], number)
        head = {id_: m["end"] - 1 for id_, m in named.items()}
        for id_ in sorted(named, key=lambda m: (named[m]["start"], -named[m]["end"])):
            sample.mentions.append((head[id_], named[id_]["start"], head[id_]))
            sample.chains.append(own.get(id_, len(own) + len(sample.mentions)))
        sample.labels["anchor"] = _heads(sample, named.values())
        triggers = []
        for event in row["event_mentions"]:
            word, end = event["trigger"]["start"], event["trigger"]["end"]
            triggers.append((word, end, event["event_type"]))
            filled: dict[str, set[int]] = {}
            for argument in event["arguments"]:
                role, mention = ROLES.get(argument["role"].lower()), argument["entity_id"]
                if role and mention in head:
                    same = {h for m, h in head.items() if m == mention or (m in own and own[m] == own.get(mention))}
                    here = {h for h in same if number[h] == number[word]}
                    filled.setdefault(role, set()).update(here or same)
            _ask(sample, word, event["event_type"], filled, sorted(set(head.values())))
        sample.labels["event"] = _types(len(sample), triggers)
        yield sample


def rams(path: Path) -> Iterator[Sample]:
    """Yield RAMS' examples whose trigger is of our types; its arguments are the only candidates for one another."""
    for row in rows(path):
        start, last, ((name, _),) = row["evt_triggers"][0]
        if type_of(name) is None:
            continue
        words = [word for sentence in row["sentences"] for word in sentence]
        sample = Sample(words, [i for i, sentence in enumerate(row["sentences"]) for _ in sentence])
        filled: dict[str, set[int]] = {}
        for _, (_, end), role in row["gold_evt_links"]:
            if known := ROLES.get(role[len("evt000arg00") :]):
                filled.setdefault(known, set()).add(end)
        _ask(sample, start, name, filled, sorted({end for _, (_, end), _ in row["gold_evt_links"]}))
        sample.labels["event"] = _types(len(words), [(start, last + 1, name)])
        yield sample


def places(path: Path) -> Iterator[Sample]:
    """Yield sentences with a verb and the place where it happened, chosen among the names that our rules find."""
    kit = standard_kit(trained=False)
    for row in rows(path):
        text = row["text"]
        offsets, sample = cut(text)
        at: dict[str, list[int]] = {}
        for span in row["spans"]:
            inside = [i for i, (s, e) in enumerate(offsets) if s < span["end"] and span["start"] < e]
            at.setdefault(span["label"], []).extend(inside[-1:])
        if not at.get("VERB"):
            continue
        dispatch = Dispatch(id=dispatch_id(text), text=text)
        named = mentions(dispatch, sentences(dispatch, kit.tagger.tag(text)), kit)
        ends = {max(i for i, (s, _) in enumerate(offsets) if s < m.span.end) for m in named}
        right = set(at.get("LOCATION", ()))
        sample.links = [(at["VERB"][0], "place", tuple(sorted(ends | right)), tuple(sorted(right)))]
        yield sample


def _heads(sample: Sample, named: Any) -> list[str | None]:
    anchors: list[str | None] = [None] * len(sample)
    for mention in named:
        for i in range(mention["start"], mention["end"]):
            anchors[i] = "O"
    for mention in named:
        anchors[mention["end"] - 1] = KINDS[mention["entity_type"]]
    return anchors


def _types(size: int, triggers: list[tuple[int, int, str]]) -> list[str | None]:
    labels: list[str | None] = [None] * size
    for start, end, name in triggers:
        if known := type_of(name):
            for i in range(start, end):
                labels[i] = span_label("B" if i == start else "I", known)
    return labels


def _ask(sample: Sample, word: int, name: str, filled: dict[str, set[int]], candidates: list[int]) -> None:
    """Ask who fills each role that the corpus fills; of the others it may only not have said so."""
    if type_of(name):
        sample.links += [(word, role, tuple(candidates), tuple(sorted(right))) for role, right in filled.items()]
