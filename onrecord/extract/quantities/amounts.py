"""The number expressions of a dispatch that count people, forces, events, things, territory or days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.extract.parts import Quantity, Sentence, TimeExpression
from onrecord.extract.quantities.counted import Phrase, counted_phrase
from onrecord.extract.quantities.guards import counts_something, is_no_figure, lasts, masks, people
from onrecord.extract.quantities.numerals import Bounds, Numeral, lowered, modified, numerals, options
from onrecord.extract.quantities.shares import shares
from onrecord.extract.times.times import times
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.model.values import Amount, Span

_LEFT = 90  # characters read to the left for "has risen to" and the like


def quantities(
    dispatch: Dispatch, sentences: Sequence[Sentence], expressions: Sequence[TimeExpression] | None = None
) -> tuple[Quantity, ...]:
    """Return the number expressions that count something, in order; spans are code points of the dispatch's text.

    Bounds follow docs/vocabulary.md, section Figures. Ages, dates, clock times, ranks, distances, money, page numbers
    and numbers within names are left out, and so is "one" where it counts nothing. Shares have the unit "%", areas
    "km2", lengths of time "days"; people have "people", other things the noun counted. `expressions` are the times of
    these sentences, where they are found already.
    """
    dated: dict[int, list[TimeExpression]] = {}
    at = {sentence.span.start: sentence for sentence in sentences}
    starts = sorted(at)
    for expression in times(dispatch, sentences) if expressions is None else expressions:
        index = max(start for start in starts if start <= expression.span.start)
        dated.setdefault(index, []).append(expression)
    out: list[Quantity] = []
    for sentence in sentences:
        out.extend(_of_sentence(sentence, dated.get(sentence.span.start, [])))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity in the offsets of its sentence."""

    start: int
    end: int
    amount: Amount
    noun: str
    counted: str
    relation: str = ""


def _of_sentence(sentence: Sentence, dated: list[TimeExpression]) -> list[Quantity]:
    text, offset = sentence.text, sentence.span.start
    taken = [(item.span.start - offset, item.span.end - offset) for item in dated]
    masked = taken + [match.span() for match in masks().finditer(text)]
    found = [
        _length(item, item.amount, offset, text)
        for item in dated
        if item.amount and lasts(item.kind, text, item.span.start - offset, item.span.end - offset)
    ]
    numbers = numerals(text)
    found += [
        _Counted(it.start, it.end, _amount(it.bounds, "%"), it.phrase.noun, it.phrase.counted)
        for it in shares(text, numbers)
    ]
    found += _half_areas(text)
    busy = masked + [(item.start, item.end) for item in found]
    for numeral in numbers:
        if any(start < numeral.core_end and numeral.core_start < end for start, end in busy):
            continue
        item = _count(text, numeral)
        if item is not None:
            found.append(item)
            busy.append((item.start, item.end))
    return _related(sentence, sorted(found, key=lambda item: item.start))


# ----------------------------------------------------------------------------------------------- numbers that count


def _count(text: str, numeral: Numeral) -> _Counted | None:
    if is_no_figure(text, numeral):
        return None
    area = _area().match(text, numeral.end)
    if area:
        factor = table("amounts")["area"][" ".join(area.group(1).lower().split())]
        return _item(numeral.start, area.end(), numeral.bounds.times(factor), "km2", Phrase(area.end(), "", ""))
    phrase = counted_phrase(text, numeral.end)
    if not counts_something(text, numeral, phrase):
        return None
    return _item(numeral.start, max(phrase.end, numeral.end), numeral.bounds, _unit(phrase.noun), phrase)


def _item(start: int, end: int, bounds: Bounds, unit: str, phrase: Phrase) -> _Counted:
    return _Counted(start, end, _amount(bounds, unit), phrase.noun, phrase.counted)


def _amount(bounds: Bounds, unit: str) -> Amount:
    return Amount(bounds.low, bounds.high, bounds.approx, unit)


def _unit(noun: str) -> str:
    ending = noun.endswith(tuple(table("amounts")["nouns"]["people_endings"]))
    return "people" if ending or noun in people() else noun


@cache
def _area() -> re.Pattern[str]:
    return re.compile(rf"[\s-]*({options(list(table('amounts')['area']))})(?!\w)", re.IGNORECASE)


def _half_areas(text: str) -> list[_Counted]:
    """Return areas given as a half ("less than half a square kilometre")."""
    out = []
    for match in re.finditer(r"\bhalf\s+an?\b", text):
        area = _area().match(text, match.end())
        if area:
            half = modified(lowered(text), match.start(), match.end(), Bounds(0.5, 0.5))
            factor = table("amounts")["area"][" ".join(area.group(1).lower().split())]
            out.append(_item(half.start, area.end(), half.bounds.times(factor), "km2", Phrase(area.end(), "", "")))
    return out


# ------------------------------------------------------------------------------------------------- lengths of time


@cache
def _lead() -> re.Pattern[str]:
    words = options(table("amounts")["length_lead"]["words"])
    return re.compile(rf"(?:(?:{words}|the(?=\s+\w+-|\s+first)|an?(?=\s+\w+-))\s+)+", re.IGNORECASE)


def _length(item: TimeExpression, amount: Amount, offset: int, text: str) -> _Counted:
    start, end = item.span.start - offset, item.span.end - offset
    lead = _lead().match(text[start:end])
    start += lead.end() if lead else 0
    return _Counted(start, end, amount, "days", text[start:end])


# ------------------------------------------------------------------------------- how quantities stand to one another


@cache
def _relations() -> dict[str, re.Pattern[str]]:
    data = table("amounts")["relation"]
    body = {name: "|".join(listed).replace(" ", r"\s+") for name, listed in data.items()}
    return {
        name: re.compile(rf"(?:^|\W)(?:{words})\s*(?:(?:the|a|an|some|about)\s+)?$", re.IGNORECASE)
        for name, words in body.items()
    }


_DANGLING = re.compile(r"\s+(?:of\s*)?$")  # "90 per cent of" what "it" is: the pronoun counts nothing


def _related(sentence: Sentence, found: list[_Counted]) -> list[Quantity]:
    text, dispatch, offset = sentence.text, sentence.span.dispatch, sentence.span.start
    out: list[Quantity] = []
    for item in found:
        words = _DANGLING.sub("", text[item.start : item.end])
        span = Span(dispatch, offset + item.start, offset + item.start + len(words))
        relation = _relation(text, item)
        if not relation and (_goes_on(text, out, item, offset) or _opened_of(text, out, offset)):
            relation = "of_which"
        whole = _whole(out, item) if relation == "of_which" else None
        relation = "" if relation == "of_which" and whole is None else relation
        out.append(Quantity(span, item.amount, item.noun, item.counted, relation, whole))
    return out


_NEXT_PART = re.compile(r"[^.;:()]{0,50}?(?:,\s*(?:and\s+)?|\s+and\s+)(?:another\s+)?$")
_OWN_VERB = re.compile(r"\s+(?:[\w’'-]+\s+){0,2}?(?:were|was|have|has|had|are)\b")
_OF = re.compile(
    r"(?:^|[.,;:“\"—–]\s*|\bthat\s+)(?:out\s+)?of\s+(?:(?:the|those|these|all|its|their|some)\s+)*$", re.IGNORECASE
)


def _goes_on(text: str, before: list[Quantity], item: _Counted, offset: int) -> bool:
    """Tell whether a list of parts goes on: "99 people, including 30 in Ardun, and 23 in Belis"."""
    last = before[-1] if before else None
    if last is None or last.relation != "of_which":
        return False
    joined = _NEXT_PART.fullmatch(text[last.span.end - offset : item.start])
    return bool(joined) and not _OWN_VERB.match(text, item.end)


def _opened_of(text: str, before: list[Quantity], offset: int) -> bool:
    """Tell whether the sentence or clause opens with the whole: "Of the 64 wounded, nine were guards"."""
    wholes = [one for one in before if one.amount.unit == "people" and _OF.search(text[: one.span.start - offset])]
    return any("," in text[one.span.end - offset :] for one in wholes)


def _relation(text: str, item: _Counted) -> str:
    left = text[max(0, item.start - _LEFT) : item.start]
    words = text[item.start : item.end].lower()
    if _part().search(words):
        return "of_which"
    if _another().search(words):
        return "another"
    return next((name for name, pattern in _relations().items() if pattern.search(left)), "")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{options(table('amounts')['part_after']['words'])})\b")


@cache
def _another() -> re.Pattern[str]:
    return re.compile(rf"^(?:{options(table('amounts')['before']['another'])})\b|\bmore$")


def _whole(before: list[Quantity], item: _Counted) -> Span | None:
    """Return the span of the last number before that can include this one: as large, and itself no part."""
    size = item.amount.low or item.amount.high or 0
    for other in reversed(before):
        largest = other.amount.high or other.amount.low or 0
        alike = item.amount.unit in ("", "%", other.amount.unit)
        if other.relation != "of_which" and alike and other.amount.unit not in ("days", "km2") and largest >= size:
            return other.span
    return None
