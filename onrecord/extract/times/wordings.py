"""Finds the wordings of times in a sentence; what they mean on the calendar is the business of `rules`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from onrecord.extract.quantities.numerals import lowered, options, range_pattern
from onrecord.extract.times.guards import sensible
from onrecord.lexicon.lexicon import table

_OPENING = r"(?<![\w/$€£+#@])(?:(?<!\d[.,:])|(?=[^\W\d]))(?<!\d-)"
_TEMPLATE = re.compile(r"\{(\w+)\}|(\s)|(.)")

# Numbers of a time by what they may be; the rest of the slots are word lists.
_NUMBERS = {
    "iso": r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:t[\d:.]+z?)?",
    "numeric": r"\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.)(?:19|20)?\d\d",
    "dd": r"(?:0?[1-9]|[12]\d|3[01])",
    "nth": r"(?:st|nd|rd|th)",
    "year": r"(?:1[89]|20)\d\d(?!\d|[.,]\d|%)",
    "yy": r"\d\d(?!\d)",
    "decade": r"(?:19|20)\d0",
    "decade_short": r"[2-9]0",
    "century": r"(?:1\d|2[01])",
    "clock": r"(?:1[0-2]|0?[1-9])(?::[0-5]\d)?",
    "clock4": r"(?:[01]\d|2[0-3])[0-5]\d",
    "hhmm": r"(?:[01]?\d|2[0-3]):[0-5]\d",
}
_LOOKS = {"closing": r"(?=\s*(?:[.,;:)!?]|$))", "no_number": r"(?!\d|:\d|%|\.\d|,\d{3})", "no_hyphen": r"(?!-?\w)"}
# Slots that a sentence without a digit cannot hold.
_LOOSE = {
    "year",
    "dd",
    "iso",
    "numeric",
    "decade",
    "clock",
    "clock4",
    "hhmm",
    "yy",
    "half_day",
    "nth",
    "decade_short",
    "century",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One rule of times.toml: its pattern, what it means, and the slots that it cannot do without."""

    order: int
    means: str
    kind: str
    pattern: re.Pattern[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A time found in a text: its offsets there, the rule's meaning, and the words in its slots."""

    start: int
    end: int
    means: str
    kind: str
    slots: dict[str, str] = field(default_factory=dict)
    count_at: tuple[int, int] | None = None


@cache
def _slots() -> dict[str, str]:
    data = table("times")
    units, words = list(data["units"]), data["words"]
    unit = options(units)
    lists = {name: options(listed) for name, listed in data["slots"].items()}
    pairs = options(data["shifts"]["pairs"])
    return {
        **lists,
        **_NUMBERS,
        **_spelled(),
        "month": _abbreviated(list(data["months"]), full=4),
        "weekday": _abbreviated(list(data["weekdays"]), full=6),
        "season": options(list(data["seasons"])),
        "quarter_number": options(list(data["quarters"])),
        "unit": unit,
        "unit_only": unit,
        "units_only": "|".join(f"{name}s" for name in units),
        "count": rf"(?:a\s+few|few|(?:a\s+)?(?:{pairs})|{range_pattern()}|another|an?)",
        "holiday": options(list(data["holidays"])),
        "decade_word": options(list(data["decades"])),
        "century_word": options(list(data["centuries"])),
        "before_now": options(words["before_now"]),
        "after_now": options(words["after_now"]),
        "day_word": options(list(words["day_words"])),
        "now_word": options(words["now_words"]),
        "often_word": options(words["often_words"]),
    }


def _spelled() -> dict[str, str]:
    """Return the patterns of years in words: "nineteen ninety-six", "two thousand and four"."""
    numbers = {value: word for word, value in (table("amounts")["words"] | table("amounts")["scales"]).items()}
    tens, ones = options([numbers[10 * n] for n in range(2, 10)]), options([numbers[n] for n in range(1, 10)])
    return {
        "spelled_year": rf"{numbers[19]}\s+(?:{tens})(?:[-\s](?:{ones})\b)?",
        "spelled_2000": rf"{numbers[2]}\s+{numbers[1000]}(?:\s+and\s+\w+)?",
    }


def _abbreviated(names: list[str], *, full: int) -> str:
    """Return a pattern of names of which the short ones, below `full` letters, may end in a full stop."""
    written = table("times")["written"]
    short = options([name for name in names if len(name) < full or name in written["short"]])
    whole = options([name for name in names if len(name) >= full or name in written["whole"]])
    return rf"(?:(?:{whole})\b|(?:{short})\b\.?)"


@cache
def wordings() -> tuple[Wording, ...]:
    """Return the rules of times.toml, compiled, in the order of the file."""
    rules = table("times")["rules"]
    return tuple(_wording(order, rule) for order, rule in enumerate(rules))


def _wording(order: int, rule: dict[str, str]) -> Wording:
    out, needs, used, depth = [], set(), dict[str, int](), 0
    for slot, space, char in _TEMPLATE.findall(rule["wording"]):
        if slot in _LOOKS:
            out.append(_LOOKS[slot])
        elif slot:
            used[slot] = used.get(slot, 0) + 1
            name = slot if used[slot] == 1 else f"{slot}{used[slot]}"
            out.append(rf"(?P<{name}>{_slots()[slot]})")
            needs.update({"digit" if slot in _LOOSE else slot} if depth == 0 else set())
        elif space:
            out.append(r"\s+")
        else:
            depth += (char in "[(") - (char in "])")
            out.append({"[": "(?:", "]": ")?", "(": "(?:"}.get(char, char))
    pattern = re.compile(_OPENING + "".join(out) + r"(?!\w)")
    return Wording(order, rule["means"], rule.get("kind", "point"), pattern, frozenset(needs))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """Return for each slot a cheap test whether a sentence holds it at all."""
    cues = {
        name: re.compile(rf"\b(?:{body})") for name, body in _slots().items() if name not in _LOOSE and name != "count"
    }
    return {**cues, "digit": re.compile(r"\d")}


@lru_cache(maxsize=512)  # `times` and `quantities` read the same sentences one after the other
def find(text: str) -> tuple[Found, ...]:
    """Return the times worded in a text, in order, none overlapping; the longest wording wins.

    Names that hold words of time ("Bloody Sunday"), months that are names or verbs ("May", "march") and numbers that
    are no years are left out. Offsets are code points of the text.
    """
    plain = lowered(text)
    holds = {name: bool(pattern.search(plain)) for name, pattern in _cues().items()}
    masked = [match.span() for match in _names().finditer(text)]
    candidates: list[tuple[int, int, int, Wording, re.Match[str]]] = []
    for rule in wordings():
        if not all(holds.get(name, True) for name in rule.needs):
            continue
        candidates.extend(
            (match.start() - match.end(), match.start(), rule.order, rule, match)
            for match in rule.pattern.finditer(plain)
            if not _is_name(match.span(), masked) and sensible(rule.means, match, text)
        )
    return tuple(_best(candidates))


def _best(candidates: list[tuple[int, int, int, Wording, re.Match[str]]]) -> list[Found]:
    taken: list[Found] = []
    for _, _, _, rule, match in sorted(candidates, key=lambda entry: entry[:3]):
        start, end = match.span()
        if any(start < other.end and other.start < end for other in taken):
            continue
        slots = {name: words for name, words in match.groupdict().items() if words is not None}
        count_at = match.span("count") if "count" in slots else None
        taken.append(Found(start, end, rule.means, rule.kind, slots | {"all": match.group()}, count_at))
    return sorted(taken, key=lambda found: found.start)


@cache
def _names() -> re.Pattern[str]:
    # "September 11, 2017" is a day of that year.
    return re.compile(rf"(?<!\w)(?:{options(table('times')['names']['words'])})(?!\w)(?!(?<=\d),?\s+(?:19|20)\d\d\b)")


def _is_name(span: tuple[int, int], masked: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in masked)
