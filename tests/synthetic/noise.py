"""A reader's errors, put into a perfect reading: what real readers miss and mistake, at an adjustable rate."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from onrecord.model.records import Claim, Dispatch, Mention, Reading, claim_id
from onrecord.model.values import Amount, When, first_day
from tests.synthetic.phrases import MISTAKEN

# How often each error comes, as a share of the noise: what readers of the gold get wrong most comes most.
_MISSED, _NO_AGENT, _NO_TARGET, _NO_PLACE, _NO_TIME = 1.0, 1.0, 1.0, 0.6, 0.8
_OTHER_PLACE, _OTHER_DAY, _OTHER_TYPE, _OTHER_NUMBER, _NO_SOURCE = 0.2, 0.3, 0.4, 0.1, 0.5
_UNRESOLVED, _MISSED_MENTION = 0.5, 0.3


@dataclass(slots=True)
class Noisy:
    """A reading with errors; `renamed` pairs the id of a claim whose type was mistaken with the id it had."""

    reading: Reading
    renamed: dict[str, str] = field(default_factory=dict)


def noisy(reading: Reading, dispatch: Dispatch, noise: float, seed: str) -> Noisy:
    """Return the reading with errors at this rate, from 0 to 1; at 0 it is returned as it stands."""
    if noise <= 0:
        return Noisy(reading)
    random = Random(seed)
    claims: list[Claim] = []
    renamed: dict[str, str] = {}
    places = [m.id for m in reading.mentions if m.kind == "place"]
    for claim in reading.claims:
        if random.random() < noise * _MISSED * 0.5:
            continue
        wrong = _mistaken(claim, noise, places, random)
        if wrong.id != claim.id:
            renamed[wrong.id] = claim.id
        claims.append(wrong)
    ids = {c.id for c in claims}
    new = {old: fresh for fresh, old in renamed.items()}
    kept = [replace(c, about=_still(c.about, ids, new), part_of=_still(c.part_of, ids, new)) for c in claims]
    mentions = tuple(_misnamed(m, dispatch, noise, random) for m in reading.mentions)
    return Noisy(replace(reading, mentions=mentions, claims=tuple(kept)), renamed)


def _still(claim: str | None, ids: set[str], new: dict[str, str]) -> str | None:
    now = new.get(claim or "", claim)
    return now if now in ids else None


def _misnamed(mention: Mention, dispatch: Dispatch, noise: float, random: Random) -> Mention:
    """Return the mention under the words that stand there where the reader fails to tell who is meant."""
    return replace(mention, name=dispatch.quote(mention.span)) if random.random() < noise * _UNRESOLVED else mention


def _mistaken(claim: Claim, noise: float, places: list[str], random: Random) -> Claim:
    """Return the claim with what the reader misses or mistakes."""

    def slips(rate: float) -> bool:
        return random.random() < noise * rate

    if slips(_NO_AGENT) and claim.kind == "event":
        claim = replace(claim, agents=())
    if slips(_NO_TARGET):
        claim = replace(claim, targets=())
    if slips(_NO_PLACE):
        claim = replace(claim, place=None)
    if slips(_OTHER_PLACE) and places:
        claim = replace(claim, place=random.choice(places))
    if slips(_NO_TIME):
        claim = replace(claim, when=When())
    if slips(_OTHER_DAY) and claim.when.precision == "day":
        day = (first_day(claim.when.start or "") + timedelta(days=random.choice((-7, -1, 1)))).isoformat()
        claim = replace(claim, when=When(day, day))
    if slips(_NO_SOURCE):
        claim = replace(claim, statement=None)
    if slips(_OTHER_NUMBER) and claim.amount and claim.amount.low:
        claim = replace(claim, amount=Amount(claim.amount.low, None, unit="people"))
    if slips(_OTHER_TYPE) and claim.kind == "event" and claim.type in MISTAKEN:
        other = MISTAKEN[claim.type]
        claim = replace(claim, type=other, id=claim_id("event", other, claim.trigger))
    return claim
