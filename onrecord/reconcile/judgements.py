"""What a person's judgements ask of the record, once withdrawn ones are set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onrecord.lexicon.folding import fold
from onrecord.model.records import Claim, Dispatch, Judgement


@dataclass(frozen=True, slots=True)
class Decisions:
    """The judgements in force, by what they do; names are keyed by their fold.

    `same` and `different` pair names, `renamed` gives a name's new name, `located` a name's (longitude, latitude),
    `dated` a dispatch's date. `wrong` are the judgements on claims, to be matched with the claims at hand.
    """

    wrong: tuple[Judgement, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    located: dict[str, tuple[float, float]] = field(default_factory=dict)
    dated: dict[str, str] = field(default_factory=dict)


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """Sort the judgements that are in force by what they do; of two that contradict each other the later one holds."""
    standing = in_force(judgements)
    pairs: dict[tuple[str, str], str] = {}
    latest: dict[str, dict[str, str]] = defaultdict(dict)
    for judgement in standing:
        value = judgement.value or ""
        if judgement.verdict in ("same", "different"):
            one, other = sorted((fold(judgement.about), fold(value)))
            pairs[one, other] = judgement.verdict
        elif judgement.verdict == "dated":
            latest["dated"][judgement.about] = value
        elif judgement.verdict != "wrong":
            latest[judgement.verdict][fold(judgement.about)] = value
    points = {name: _point(value) for name, value in latest["locate"].items()}
    return Decisions(
        wrong=tuple(j for j in standing if j.verdict == "wrong"),
        same=tuple(sorted(pair for pair, verdict in pairs.items() if verdict == "same")),
        different=tuple(sorted(pair for pair, verdict in pairs.items() if verdict == "different")),
        renamed=latest["rename"],
        located={name: point for name, point in points.items() if point},
        dated=latest["dated"],
    )


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return each judgement that was not withdrawn, once, by time and id."""
    listed = list(judgements)
    withdrawn = {j.id for j in listed if j.withdrawn}
    return sorted({j.id: j for j in listed if j.id not in withdrawn}.values(), key=lambda j: (j.at, j.id))


def left_out(wrong: Iterable[Judgement], claims: Iterable[Claim], dispatches: Mapping[str, Dispatch]) -> frozenset[str]:
    """Return the ids of the claims that were judged wrong.

    A judgement finds its claim by id. Where a new reading gave the claim another id, it finds it by its words: the
    one claim whose trigger, or else whose sentence, is `quote`, in the dispatch that `value` names where it names one.
    Words that fit several claims decide nothing.
    """
    listed = list(claims)
    known = {c.id for c in listed}
    judged = list(wrong)
    found = {j.about for j in judged if j.about in known}
    adrift = [j for j in judged if j.about not in known and j.quote]
    if adrift:
        by_words = _by_words(listed, dispatches)
        for judgement in adrift:
            found |= _by_quote(judgement, by_words)
    return frozenset(found)


def _by_words(claims: list[Claim], dispatches: Mapping[str, Dispatch]) -> dict[str, list[Claim]]:
    """Return the claims by the words of their trigger and of their sentence."""
    by_words: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        text = dispatches[claim.dispatch].text
        for words in sorted({_plain(claim.trigger.of(text)), _plain(claim.sentence.of(text))}):
            by_words[words].append(claim)
    return by_words


def _by_quote(judgement: Judgement, by_words: dict[str, list[Claim]]) -> set[str]:
    """Return the id of the one claim that a judgement's words fit, or nothing."""
    fitting = {c.id for c in by_words.get(_plain(judgement.quote or ""), ()) if judgement.value in (None, c.dispatch)}
    return fitting if len(fitting) == 1 else set()


def redated(dispatch: Dispatch, date: str | None) -> Dispatch:
    """Return the dispatch with a date that someone gave it or that a copy of it carries."""
    return replace(dispatch, published=date, published_basis="linked") if date else dispatch


def _plain(text: str) -> str:
    return " ".join(text.split())


def _point(value: str) -> tuple[float, float] | None:
    """Return (longitude, latitude) of "longitude,latitude" in degrees, or nothing where it is no such pair."""
    try:
        longitude, latitude = (float(part) for part in value.split(","))
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None
