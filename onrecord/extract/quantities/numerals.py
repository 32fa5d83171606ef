"""Reads number expressions: what one is worded as, and which bounds its words allow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicon.lexicon import table

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?:\ \d{3})+(?![\d,])|\d+(?:\.\d+)?"
_GAP = r"(?:\s+|\s*[-‑]\s*)"
_LOWER = {ord(upper): upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("'"): "’", 0xA0: " ", 0x2011: "-"}
_HALF = "½"  # stands for "and a half" while a number is added up
_SLACK = 60  # characters looked at to the left for modifiers; the longest run of them is about 45


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number expression allows: `low` to `high`, an open side `None`; `approx` where the words call it rough."""

    low: float | None
    high: float | None
    approx: bool = False

    def times(self, factor: float) -> Bounds:
        """Return the bounds of so many units of `factor` each, rounded to a thousandth."""
        return Bounds(_scaled(self.low, factor), _scaled(self.high, factor), self.approx)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number expression in a text, in code points of that text.

    `start` and `end` hold the modifiers ("at least 200 or so"), `core_start` and `core_end` the number itself.
    `another` is set where the words say that these come on top of others.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    bounds: Bounds
    another: bool = False


def lowered(text: str) -> str:
    """Return the text in lower case with plain quotes, spaces and hyphens, every offset as before."""
    return text.translate(_LOWER)


def options(words: list[str] | tuple[str, ...]) -> str:
    """Return a pattern that matches any of the words, the longest first, nothing where there are none.

    A space matches any white space.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or "(?!)"


@cache
def number_pattern() -> str:
    """Return the pattern of one number without modifiers, for use within other patterns; it has no groups."""
    data = table("amounts")
    unit, scale = options(list(data["words"])), options(list(data["scales"]))
    scales = rf"(?:{_GAP}(?:{scale})\b)*"
    small = rf"(?:{unit})(?:[-‑\s](?:{unit})\b)?"
    worded = rf"{small}(?:(?:{_GAP}(?:{scale})\b)+(?:\s+(?:and\s+)?{small}\b)?)*"
    digits = rf"(?:{_DIGITS})(?:(?:{options(list(data['letters']))})\b|{scales})"
    fixed = options([words for entry in data["fixed"] for words in entry["words"]])
    vague = rf"(?:{options(list(data['vague']))})\s+(?:{scale})s?"
    single = (
        rf"(?:a\s+|an\s+)?(?:{scale}){scales}(?:\s+and\s+a\s+half\b|\s+(?:and\s+)?(?:{unit})(?:[-‑\s](?:{unit}))?)?"
    )
    half = rf"(?:{unit})\s+and\s+a\s+half(?:\s+(?:{scale}))?"
    return rf"(?:{vague}|{fixed}|{half}|{worded}|{digits}|{single})"


@cache
def range_pattern() -> str:
    """Return the pattern of one number or range of numbers ("300 to 400", "two or three"); it has no groups.

    "Hundreds, if not thousands, of" and "thousands upon thousands" are ranges too.
    """
    number = number_pattern()
    both = rf"(?:between|from)\s+{number}\s+(?:and|to)\s+{number}"
    joined = rf"(?:\s*(?:-|–|—|‑)\s*|\s+(?:to|or|upon)\s+){number}"
    other = rf",?\s+(?:{options(table('amounts')['alternatives']['words'])})\s+{number}(?:,(?=\s+(?:of|\w+s|men)\b))?"
    return rf"(?:{both}|{number}(?:{joined}|{other})?)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = table("amounts")
    before = options([word for words in data["before"].values() for word in words])
    after = options([word for words in data["after"].values() for word in words])
    return {
        "range": re.compile(rf"(?<![\w.,/$€£¥+#@:-]){range_pattern()}(?![\w])"),
        "number": re.compile(number_pattern()),
        "before": re.compile(rf"(?:(?<![\w-])(?:{before})\s+|~\s*)+$"),
        "mods": re.compile(rf"(?<![\w-])(?:{before})(?![\w-])|~"),
        "after": re.compile(rf"\+|[\s-]+(?:{after})\b"),
        "upwards": re.compile(rf"\b(?:{options(data['upwards']['words'])})\s+$"),
        "change": re.compile(rf"\b(?:{options(data['change']['words'])})\b[^.;:,]{{0,45}}$"),
        "fromto": re.compile(rf"from\s+({number_pattern()})\s+to\s+({number_pattern()})$"),
    }


@cache
def _effects() -> dict[str, str]:
    data = table("amounts")
    return {word.lower(): effect for effect, words in data["before"].items() for word in words}


def numerals(text: str) -> list[Numeral]:
    """Return the number expressions of a text in order, with the modifiers that stand beside them."""
    found, plain = [], lowered(text)
    for match in _patterns()["range"].finditer(plain):
        for start, end in _apart(plain, match):
            bounds = core_bounds(plain[start:end])
            if bounds is not None:
                found.append(modified(plain, start, end, bounds))
    return found


def _apart(plain: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """Return where the numbers of a match stand: one, or the two of "rose from 40 to 85", which is no range."""
    both = _patterns()["fromto"].match(plain, match.start(), match.end())
    if both and _patterns()["change"].search(plain[max(0, match.start() - _SLACK) : match.start()]):
        return [both.span(1), both.span(2)]
    return [match.span()]


def changes(text: str, start: int) -> bool:
    """Tell whether the words before a number say that something changes from or to it ("fell to 12")."""
    left = lowered(text[max(0, start - _SLACK) : start])
    toward = re.search(r"\b(?:from|to)\s+$", left)
    return bool(toward and _patterns()["change"].search(left[: toward.start()]))


def bounds_of(words: str) -> Bounds | None:
    """Return the bounds of a string that is one number expression ("more than two dozen"), or `None` if it is not."""
    found = numerals(words)
    return found[0].bounds if found else None


def modified(text: str, start: int, end: int, bounds: Bounds) -> Numeral:
    """Return the numeral at `text[start:end]` with the modifiers beside it and what they make of its bounds.

    `text` is as `lowered` gives it.
    """
    patterns = _patterns()
    offset = max(0, start - _SLACK)
    before = patterns["before"].search(text[offset:start])
    ranged = bounds.low is not None and bounds.high is not None and bounds.low != bounds.high
    another, new_start, new_end = False, start, end
    if before:
        new_start = offset + before.start()
        if before.group().startswith("up to") and patterns["upwards"].search(text[offset:new_start]):
            new_start += len("up to ")
        for modifier in patterns["mods"].finditer(text, new_start, start):
            effect = _effects().get(" ".join(modifier.group().lower().split()), "about")
            another = another or effect == "another"
            bounds = _modified(bounds, effect, ranged)
    after = patterns["after"].match(text, end)
    if after:
        new_end = after.end()
        bounds = _modified(bounds, _effect_after(after.group()), ranged)
    return Numeral(new_start, new_end, start, end, bounds, another)


def _effect_after(words: str) -> str:
    flat = " ".join(words.lower().strip(" -\n\t").split())
    for effect, listed in table("amounts")["after"].items():
        if flat in [word.strip("-") for word in listed]:
            return str(effect)
    return "least"  # a plus sign


def _modified(bounds: Bounds, effect: str, ranged: bool) -> Bounds:
    """Open a side of the bounds as a modifier says; a range keeps both of its ends ("no more than 200-300")."""
    if effect == "about":
        return Bounds(bounds.low, bounds.high, True)
    if ranged or effect in ("plain", "another"):
        return bounds
    if effect == "least":
        return Bounds(bounds.low, None, bounds.approx)
    return Bounds(None, bounds.high if bounds.high is not None else bounds.low, bounds.approx)


def core_bounds(words: str) -> Bounds | None:
    """Return the bounds of a number or range without modifiers ("two", "200-300"), or `None` if it is neither."""
    parts = [match.group() for match in _patterns()["number"].finditer(words)]
    if len(parts) < 2:
        return _atom(words)
    first, last = _atom(parts[0]), _atom(parts[-1])
    if first is None or last is None or first.low is None or last.low is None:
        return first
    low, high = first.low, last.high
    scale = _scale_of(parts[-1])
    if high is not None and low < 100 and scale > 1 and _scale_of(parts[0]) == 1 and low * scale <= high:
        low *= scale  # "two to three million", but not "fifty to a hundred"
    if high is not None and low > high:
        return None
    return Bounds(low, high, first.approx or last.approx)


def _atom(words: str) -> Bounds | None:
    flat = " ".join(words.lower().replace("‑", "-").split())
    fixed = _fixed().get(flat)
    if fixed is not None:
        return fixed
    vague = _vague_value(flat)
    if vague is not None:
        return Bounds(vague, None)
    value = value_of(flat)
    return None if value is None else Bounds(value, value)


@cache
def _fixed() -> dict[str, Bounds]:
    entries: list[dict[str, Any]] = table("amounts")["fixed"]
    return {
        word: Bounds(float(entry["low"]), _float(entry.get("high")), bool(entry.get("approx", False)))
        for entry in entries
        for word in entry["words"]
    }


def _vague_value(flat: str) -> float | None:
    data = table("amounts")
    for word, count in data["vague"].items():
        rest = flat[len(word) :].strip()
        if flat.startswith(f"{word} "):
            scale = data["scales"].get(rest) or data["scales"].get(rest.removesuffix("s"))
            return float(count * scale) if scale else None
    return None


def value_of(words: str) -> float | None:
    """Return the value of a plain number in digits or words ("1.5 million", "twenty-six"), or `None`."""
    flat = words.lower().replace("and a half", _HALF)
    flat = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3})", "", flat)
    flat = re.sub(r"(?<=\d)(?=[a-z])", " ", flat)
    total = current = 0.0
    seen, last = False, 1
    for word in re.split(r"[\s-]+", flat):
        if word in ("and", "a", "an", ""):
            continue
        if word == _HALF:
            current += last / 2  # "two and a half", "a million and a half"
            continue
        scale = _scale(word)
        last = scale or 1
        if scale:
            current, seen = (current or 1) * scale, True
            if scale >= 1000:
                total, current = total + current, 0.0
            continue
        plain = _plain(word)
        if plain is None:
            return None
        current, seen = current + plain, True
    return round(total + current, 3) if seen else None


def _scale(word: str) -> int | None:
    data = table("amounts")
    scale: int | None = data["scales"].get(word) or data["letters"].get(word)
    return scale


def _scale_of(words: str) -> float:
    scales = [_scale(word) for word in re.split(r"[\s-]+", re.sub(r"(?<=\d)(?=[a-z])", " ", words.lower()))]
    return float(max((scale for scale in scales if scale), default=1))


def _plain(word: str) -> float | None:
    known = table("amounts")["words"].get(word)
    if known is not None:
        return float(known)
    return float(word) if re.fullmatch(r"\d+(?:\.\d+)?", word) else None


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 3)
