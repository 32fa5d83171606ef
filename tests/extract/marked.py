"""Reads the case tables in which the expected words stand in square brackets."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from onrecord.extract.parts import Quantity, Sentence, TimeExpression
from onrecord.model.records import Dispatch
from onrecord.model.values import Span
from tests.factories import a_dispatch

_CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> dict[str, list[list[str]]]:
    """Return the lists of the table `tests/cases/NAME.toml`."""
    return tomllib.loads((_CASES / f"{name}.toml").read_text(encoding="utf-8"))


def unmarked(marked: str) -> tuple[str, list[str]]:
    """Return a text without its square brackets, and the stretches that stood in them."""
    return re.sub(r"[\[\]]", "", marked), re.findall(r"\[([^\]]*)\]", marked)


def one_sentence(text: str, **fields: Any) -> tuple[Dispatch, tuple[Sentence, ...]]:
    """Return a dispatch of this text, and the whole of it as its only sentence."""
    dispatch = a_dispatch(text, **fields)
    return dispatch, (Sentence(Span(dispatch.id, 0, len(text)), text, (), 0, 0),)


def in_sentences(*texts: str, paragraphs: tuple[int, ...] = (), **fields: Any) -> tuple[Dispatch, tuple[Sentence, ...]]:
    """Return a dispatch of these sentences, in one paragraph unless their numbers are given."""
    whole = " ".join(texts)
    dispatch, start, out = a_dispatch(whole, **fields), 0, []
    for index, text in enumerate(texts):
        start = whole.index(text, start)
        paragraph = paragraphs[index] if paragraphs else 0
        out.append(Sentence(Span(dispatch.id, start, start + len(text)), text, (), index, paragraph))
    return dispatch, tuple(out)


def worded_time(expression: TimeExpression) -> str:
    """Return a time as the tables write it: "point 2017-10-17..2017-10-17", "duration .. 14..14 days"."""
    when, amount = expression.when, expression.amount
    words = f"{expression.kind} {when.start or ''}..{when.end or ''}"
    if amount is None:
        return words
    low, high = ("" if side is None else f"{side:g}" for side in (amount.low, amount.high))
    return f"{words} {low}..{high}{'~' if amount.approx else ''} days"


def worded_amount(quantity: Quantity) -> str:
    """Return a quantity as the tables write it: "40..40~ people", "12.. shells another"."""
    amount = quantity.amount
    low, high = ("" if side is None else f"{side:.10g}" for side in (amount.low, amount.high))
    label = amount.unit if amount.unit in ("%", "days", "km2") else quantity.noun or "-"
    return f"{low}..{high}{'~' if amount.approx else ''} {label} {quantity.relation}".strip()
