"""What a person says that a claim says, in place of what was read: its type, status, number, whom it counts, when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from onrecord.model.records import Claim
from onrecord.model.values import Amount, When, first_day
from onrecord.model.vocabulary import CONTROL_STATES, EVENT_TYPES, MEASURES, STATUSES, ClaimKind

FIELDS: Final = ("type", "status", "amount", "who", "when")
TYPES: Final[Mapping[ClaimKind, tuple[str, ...]]] = {
    "event": EVENT_TYPES,
    "figure": MEASURES,
    "control": CONTROL_STATES,
}
_NUMBER = r"\d+(?:\.\d+)?"
_AMOUNT = re.compile(rf"(~?)({_NUMBER})?(?:(\.\.)({_NUMBER})?)?")


def parted(value: str) -> tuple[str, str]:
    """Return the field and what it is said to be of "field=value". Raises ValueError that says what to write."""
    field, _, says = (part.strip() for part in value.partition("="))
    if field not in FIELDS or not says:
        raise ValueError(f"{value!r} changes nothing; write FIELD=VALUE, with one of {', '.join(FIELDS)}")
    return field, says


def corrected(claim: Claim, changes: Mapping[str, str]) -> Claim:
    """Return the claim with these fields as a person gives them. Raises ValueError where one cannot be so."""
    if not changes:
        return claim
    told = tuple(f"A person says that its {field} is {says}." for field, says in sorted(changes.items()))
    values: dict[str, Any] = {field: _value(claim, field, says) for field, says in changes.items()}
    return replace(claim, reasons=(*claim.reasons, *told), **values)


def amount_in_words(amount: Amount) -> str:
    """Return a number as `corrected` reads it: 12, ~12, 12..15, 12.. or ..15."""
    low, high = ("" if side is None else f"{side:g}" for side in (amount.low, amount.high))
    return ("~" if amount.approx else "") + (low if low == high else f"{low}..{high}")


def when_in_words(when: When) -> str:
    """Return days as `corrected` reads them: 2017-10-17, 2017-10, 2017-10-01..2017-10-17, 2017-10.. or ..2018."""
    return when.start or "" if when.start == when.end else f"{when.start or ''}..{when.end or ''}"


def _value(claim: Claim, field: str, says: str) -> object:
    if field == "type":
        return _among(says, TYPES[claim.kind], f"type of a claim of kind {claim.kind}")
    if field == "status":
        return _among(says, STATUSES, "status")
    if field == "when":
        return _when(says)
    if claim.kind != "figure":
        raise ValueError(f"a claim of kind {claim.kind} counts nothing, so that it has no {field}")
    return says if field == "who" else _amount(says, claim.amount.unit if claim.amount else "")


def _among(says: str, allowed: tuple[str, ...], what: str) -> str:
    if says not in allowed:
        raise ValueError(f"{says!r} is no {what}; use one of {', '.join(allowed)}")
    return says


def _amount(says: str, unit: str) -> Amount:
    """Return a number of "12", "~12", "12..15", "12.." (or more) or "..15" (at most); thousands may have commas."""
    found = _AMOUNT.fullmatch(says.replace(",", "").replace(" ", ""))
    if found is None or not (found[2] or found[4]):
        raise ValueError(f"{says!r} is no number; write 12, ~12 (about), 12..15, 12.. (at least) or ..15 (at most)")
    low, high = (float(side) if side else None for side in (found[2], found[4] if found[3] else found[2]))
    return Amount(low, high, bool(found[1]), unit)


def _when(says: str) -> When:
    start, mark, end = (part.strip() for part in says.partition(".."))
    sides = (start or None, (end if mark else start) or None)
    try:
        first = [first_day(side) for side in sides if side]
        when = When(*sides)
    except ValueError as error:
        raise ValueError(f"{says!r} is no date; write 2017-10-18, 2017-10, 2017, or two with .. between") from error
    if first != sorted(first):
        raise ValueError(f"{says!r} ends before it begins")
    if not first:
        raise ValueError(f"{says!r} is no date; write 2017-10-18, 2017-10, 2017, or two with .. between")
    return when
