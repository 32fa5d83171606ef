"""A number that is told again without being said: "that figure included both the gunmen and their families"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.extract.events.grammar import View
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Claim, claim_id
from onrecord.model.values import Span

_BACK = 3  # sentences back to the number that is meant
_WHOM = re.compile(r"[^.;:”\"]+")


def recounted(views: Sequence[View], counted: Sequence[Claim]) -> Iterator[Claim]:
    """Yield a claim for each sentence that says whom the number before it takes in; that number keeps its bounds."""
    for at, view in enumerate(views):
        found = _pattern().search(view.sentence.text)
        if found is None:
            continue
        near = {v.sentence.span for v in views[max(0, at - _BACK) : at]}
        before = [claim for claim in counted if claim.sentence in near and _of_people(claim)]
        whom = _WHOM.match(view.sentence.text, found.end())
        if before and whom:
            start = view.sentence.span.start
            trigger = Span(view.sentence.span.dispatch, start + found.start("number"), start + found.end("number"))
            yield _again(before[-1], view, trigger, " ".join(whom.group().split()))


def _again(claim: Claim, view: View, trigger: Span, whom: str) -> Claim:
    """Return a number's claim as another sentence makes it of other people."""
    return replace(
        claim,
        id=claim_id("figure", claim.type, trigger),
        trigger=trigger,
        sentence=view.sentence.span,
        who=whom,
        status="happened",
        part_of=None,
        reasons=("the number told before, and whom it takes in",),
    )


def _of_people(claim: Claim) -> bool:
    return claim.amount is not None and claim.amount.unit in {"people", ""} and claim.type != "duration"


@cache
def _pattern() -> re.Pattern[str]:
    """Return the words for a number told before, with a verb of taking in behind them."""
    data = table("amounts")["recounted"]
    numbers, verbs = ("|".join(sorted(data[name], key=len, reverse=True)) for name in ("numbers", "verbs"))
    return re.compile(rf"\b(?P<number>(?:that|this|the|their|its) (?:{numbers})) (?:{verbs}) (?:both )?", re.IGNORECASE)
