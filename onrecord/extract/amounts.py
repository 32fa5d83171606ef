"""The number expressions of a dispatch that count people, forces, events, things, territory or days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.counted import Phrase, counted_phrase
from onrecord.extract.numerals import Bounds, Numeral, modified, numerals, options
from onrecord.extract.parts import Quantity, Sentence, TimeExpression
from onrecord.extract.shares import shares
from onrecord.extract.times import times
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.model.values import Amount, Span

_LEFT = 90  # characters read to the left for "has risen to" and the like
_BESIDE = 24  # characters read beside a number for what makes it no figure


def quantities(dispatch: Dispatch, sentences: Sequence[Sentence]) -> tuple[Quantity, ...]:
    """Return the number expressions that count something, in order; spans are code points of the dispatch's text.

    Bounds follow docs/vocabulary.md, section Figures. Ages, dates, clock times, ranks, distances, money, page numbers
    and numbers within names are left out, and so is "one" where it counts nothing. Shares have the unit "%", areas
    "km2", lengths of time "days"; people have "people", other things the noun counted.
    """
    dated: dict[int, list[TimeExpression]] = {}
    at = {sentence.span.start: sentence for sentence in sentences}
    starts = sorted(at)
    for expression in times(dispatch, sentences):
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
    masked = taken + [match.span() for match in _masks().finditer(text)]
    found = [_length(item, offset, text) for item in dated if item.amount and _is_figure_of_time(item, offset, text)]
    numbers = numerals(text)
    found += [_Counted(it.start, it.end, _amount(it.bounds, "%"), it.phrase.noun, it.phrase.counted) for it in shares(text, numbers)]
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
    if _is_no_figure(text, numeral):
        return None
    area = _area().match(text, numeral.end)
    if area:
        factor = table("amounts")["area"][" ".join(area.group(1).lower().split())]
        return _item(numeral.start, area.end(), numeral.bounds.times(factor), "km2", Phrase(area.end(), "", ""))
    phrase = counted_phrase(text, numeral.end)
    if not _counts_something(text, numeral, phrase):
        return None
    return _item(numeral.start, max(phrase.end, numeral.end), numeral.bounds, _unit(phrase.noun), phrase)


def _item(start: int, end: int, bounds: Bounds, unit: str, phrase: Phrase) -> _Counted:
    return _Counted(start, end, _amount(bounds, unit), phrase.noun, phrase.counted)


def _amount(bounds: Bounds, unit: str) -> Amount:
    return Amount(bounds.low, bounds.high, bounds.approx, unit)


def _unit(noun: str) -> str:
    return "people" if noun in _people() else noun


@cache
def _people() -> frozenset[str]:
    return frozenset(word.lower() for word in table("amounts")["nouns"]["people"])


@cache
def _masks() -> re.Pattern[str]:
    names = options(table("amounts")["names"]["words"])
    money = r"[$€£¥]\s?\d[\d.,]*(?:\s?(?:-|–|to)\s?[$€£]?\d[\d.,]*)?(?:\s?(?:million|billion|trillion|m|bn|k)\b)?"
    address = r"https?://\S+|www\.\S+|[@#]\w+|\S+@\S+"
    phone = r"\+\d[\d\s()-]{7,}\d|\b\d{3}[-\s]\d{4}\b(?!\s+\w+s\b)|\b\d{9,}\b"
    score = r"\b\d{1,2}[-–]\d{1,2}\s+(?:win|victory|defeat|vote)\b"
    coordinate = r"\d+\.\d{3,}|\d+(?:\.\d+)?\s?°[NSEW]?(?:\s?\d+[’′'])?"
    listed = r"\[\d{1,3}\]|^\s*\(?\d{1,3}[.)]\s|\(\d{1,2}\)"
    return re.compile(rf"(?<!\w)(?i:{names})(?!\w)|{money}|{address}|{phone}|{score}|{coordinate}|{listed}")


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table("amounts")
    before = re.compile(rf"(?<![\w])(?:{options(data['not_before']['words'])})\s*[:#]?\s*$", re.IGNORECASE)
    after = re.compile(rf"[\s-]*(?:{options(data['not_after']['words'])})(?![\w])", re.IGNORECASE)
    joined = re.compile(r"-(?!strong|plus|odd)\w|/\d|:\d|°|′")
    return before, after, joined


def _is_no_figure(text: str, numeral: Numeral) -> bool:
    """Tell by what stands beside a number that it names, dates, measures or prices something."""
    before, after, joined = _beside()
    left = text[max(0, numeral.start - _BESIDE) : numeral.start]
    if after.match(text, numeral.end) or joined.match(text, numeral.end):
        return True
    if text[numeral.core_start].isdigit() and (before.search(left) or _in_name(text, numeral, left)):
        return True
    return text[numeral.core_end :].startswith("th ") or _is_age(text, numeral)


def _is_age(text: str, numeral: Numeral) -> bool:
    """Read "Ahmed, 34, said": a number up to 110 between commas after a name."""
    value = numeral.bounds.low
    if value is None or value > 110 or not text[numeral.core_start].isdigit():
        return False
    left, right = text[: numeral.core_start], text[numeral.core_end : numeral.core_end + 1]
    return bool(re.search(r"[A-Z][\w’'-]+(?:\s+\([^)]*\))?,\s$", left)) and right in (",", ".") and not re.search(r"(?:kill|wound|injur)\w+[^.]*$", left[-60:])


_SAYS_WHEN = re.compile(r"(?:day|january|february|march|april|may|june|july|august|september|october|november|december)$", re.IGNORECASE)


def _in_name(text: str, numeral: Numeral, left: str) -> bool:
    """Tell whether digits close a name ("Brigade 101 said"): a capital word before, and no noun to count after."""
    name = re.search(r"(?:^|\s)([A-Z][\w’'-]*)\s$", left)
    small = numeral.bounds.high is not None and numeral.bounds.high < 1000
    if name is None or not small or numeral.start != numeral.core_start or _SAYS_WHEN.search(name.group(1)):
        return False
    return numeral.core_start > len(name.group(0)) and not counted_phrase(text, numeral.end).noun


_BARE_VAGUE = re.compile(r"(?:dozens|scores|hundreds|thousands|millions|several|a dozen|two dozen|several dozen)$", re.IGNORECASE)
_FATE = re.compile(
    r"\s*(?:[,–—-]\s*)?(?:\w+ly\s+)?(?:dead|killed|wounded|injured|missing|hurt|died|were|was|are|have|has|had|may|might|could|would|will|others?|more|each|need|who|whom|being|arrested|captured|"
    r"detained|to\s+(?:flee|leave|die)|on\b|in\b|from\b|at\b|and\b|with\b|under\b|including|a\s+sixth|the\s+military)|\s*(?:,|\.|;|\)|–|—|”|\"|$)",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"(?:\b(?:now|is|was|were|am|are|both|turned|turning|turns|then|aged|be|boy|girl|man|woman|son|daughter|he’s|she’s|only|just|in|into|at)|\baged\s+\S+\s+and|\b[A-Z][\w’-]+,)\s+$"
)


_SPEAKS = re.compile(r"(?:,)?\s+(?:[\w’-]+\s+){0,5}?(?:said|told|say|says|speaking|confirmed|warned|added|described|expressed|believed|estimated|detailed)\b")


def _counts_something(text: str, numeral: Numeral, phrase: Phrase) -> bool:
    words = text[numeral.core_start : numeral.core_end].lower()
    data = table("amounts")["nouns"]
    if phrase.noun in data["never"]:
        return False
    if words == "one":
        return _one_counts(text, numeral, phrase)
    if phrase.noun in data["speakers"] and _SPEAKS.match(text, phrase.end):
        return False
    if phrase.noun:
        return not _is_well_known_pair(text, numeral, phrase)
    if words in ("twin", "dual") or (words.endswith(" of") and numeral.bounds.high is not None):
        return False
    if phrase.end > numeral.end or numeral.another or _BARE_VAGUE.search(words):
        return True
    if numeral.bounds.low is not None and numeral.bounds.low < 100 and _AGE_BEFORE.search(text[max(0, numeral.start - 24) : numeral.start]):
        return False
    return bool(_FATE.match(text, numeral.end))


def _is_well_known_pair(text: str, numeral: Numeral, phrase: Phrase) -> bool:
    """Leave out "the two leaders": a pair that the text has named, not a count of it."""
    before = text[max(0, numeral.start - 8) : numeral.start].lower()
    if numeral.bounds.high != 2:
        return False
    return bool(re.search(r"\b(?:the|these|those|our|both)\s+$", before)) and phrase.noun in table("amounts")["nouns"]["pairs"]


_IDLE_ONE = re.compile(r"\s+(?:of\s+(?!its\b|his\b|her\b|their\b)|another\b|by\s+one\b|that\b|who\b|which\b|in\s+)", re.IGNORECASE)


def _one_counts(text: str, numeral: Numeral, phrase: Phrase) -> bool:
    """Let "one" count only known things, and deaths and wounds ("leaving one dead")."""
    if _IDLE_ONE.match(text, numeral.end):
        return False
    known = phrase.noun in _people() or phrase.noun in table("amounts")["nouns"]["single"]
    before = text[max(0, numeral.start - 10) : numeral.start].lower()
    if re.search(r"\b(?:no|the|this|that|any|every|each|number|another|which|even|(?<!well\s)as)\s+$", before) or re.match(r"\s+such\b", text[numeral.end :]):
        return False
    return known or bool(re.match(r"\s+(?:dead|killed|wounded|injured|missing|was\s+(?:killed|wounded|injured))\b", text[numeral.end :]))


@cache
def _area() -> re.Pattern[str]:
    return re.compile(rf"[\s-]*({options(list(table('amounts')['area']))})(?!\w)", re.IGNORECASE)


def _half_areas(text: str) -> list[_Counted]:
    """Return areas given as a half ("less than half a square kilometre")."""
    out = []
    for match in re.finditer(r"\bhalf\s+an?\b", text):
        area = _area().match(text, match.end())
        if area:
            half = modified(text, match.start(), match.end(), Bounds(0.5, 0.5))
            factor = table("amounts")["area"][" ".join(area.group(1).lower().split())]
            out.append(_item(half.start, area.end(), half.bounds.times(factor), "km2", Phrase(area.end(), "", "")))
    return out


# ------------------------------------------------------------------------------------------------- lengths of time


_LEAD = re.compile(r"(?:(?:for|in|over(?!\s+\w+\s+\w+\s*$)|within|after|during|since|throughout|of|on|by|before|until|the(?=\s+\w+-|\s+first)|an?(?=\s+\w+-)|first|following)\s+)+", re.IGNORECASE)


def _is_figure_of_time(item: TimeExpression, offset: int, text: str) -> bool:
    """Tell whether a length of time says how long something lasted; a window in the past or hours do not."""
    words, after = text[item.span.start - offset : item.span.end - offset].lower(), text[item.span.end - offset :]
    if re.search(r"\b(?:hours?|minutes?)\b", words) and "-" not in words:
        return False
    if re.match(r"in\s+(?!the\b)(?!(?:\w+\s+)?(?:days|weeks|months|years)$)", words) or "century" in words:
        return False  # "in three months" dates what happened; it does not say how long something lasted
    return item.kind in ("duration", "since") and not re.match(r"\s+pregnant\b", after)


def _length(item: TimeExpression, offset: int, text: str) -> _Counted:
    start, end = item.span.start - offset, item.span.end - offset
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    assert item.amount is not None  # noqa: S101
    return _Counted(start, end, item.amount, "days", text[start:end])


# ----------------------------------------------------------------------------------------- how quantities stand to one another


@cache
def _relations() -> dict[str, re.Pattern[str]]:
    data = table("amounts")["relation"]
    body = {name: "|".join(listed).replace(" ", r"\s+") for name, listed in data.items()}
    return {name: re.compile(rf"(?:^|\W)(?:{words})\s*(?:(?:the|a|an|some|about)\s+)?$", re.IGNORECASE) for name, words in body.items()}


def _related(sentence: Sentence, found: list[_Counted]) -> list[Quantity]:
    text, dispatch, offset = sentence.text, sentence.span.dispatch, sentence.span.start
    out: list[Quantity] = []
    for item in found:
        span = Span(dispatch, offset + item.start, offset + item.end)
        relation = _relation(text, item)
        whole = _whole(out, item) if relation == "of_which" else None
        relation = "" if relation == "of_which" and whole is None else relation
        out.append(Quantity(span, item.amount, item.noun, item.counted, relation, whole))
    return out


def _relation(text: str, item: _Counted) -> str:
    left = text[max(0, item.start - _LEFT) : item.start]
    words = text[item.start : item.end].lower()
    if re.search(r"\bof\s+(?:them|whom|which|those|these)\b", words):
        return "of_which"
    if re.match(rf"(?:{options(table('amounts')['before']['another'])})\b", words) or re.search(r"\bmore$", words):
        return "another"
    return next((name for name, pattern in _relations().items() if pattern.search(left)), "")


def _whole(before: list[Quantity], item: _Counted) -> Span | None:
    """Return the span of the last number before that can include this one: as large, and itself no part."""
    size = item.amount.low or item.amount.high or 0
    for other in reversed(before):
        largest = other.amount.high or other.amount.low or 0
        if other.relation != "of_which" and other.amount.unit not in ("days", "km2") and largest >= size:
            return other.span
    return None
