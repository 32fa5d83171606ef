"""Finds the wordings of times in a sentence; what they mean on the calendar is the business of `timerules`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from onrecord.extract.numerals import options, range_pattern
from onrecord.lexicon.lexicon import table

_LOWER = {ord(upper): upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("'"): "’", 0xA0: " ", 0x2011: "-"}
_OPENING = r"(?<![\w/$€£+#@])(?<!\d[.,:])(?<!\d-)"
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
    "clock": r"(?:1[0-2]|0?[1-9])(?::[0-5]\d)?",
    "clock4": r"(?:[01]\d|2[0-3])[0-5]\d",
    "hhmm": r"(?:[01]?\d|2[0-3]):[0-5]\d",
    "half_day": r"(?:am\b|pm\b|a\.m\.|p\.m\.)",
}
_LOOKS = {"no_number": r"(?!\d|:\d|%|\.\d|,\d{3})", "no_hyphen": r"(?!-?\w)"}
_LOOSE = {"year", "dd", "iso", "numeric", "decade", "clock", "clock4", "hhmm", "yy"}  # all of these need a digit


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


def lowered(text: str) -> str:
    """Return the text in lower case with plain quotes and hyphens, every offset as before."""
    return text.translate(_LOWER)


@cache
def _slots() -> dict[str, str]:
    data = table("times")
    units, words = list(data["units"]), data["words"]
    unit = options(units)
    lists = {name: options(listed) for name, listed in data["slots"].items()}
    return {
        **lists,
        **_NUMBERS,
        "month": _abbreviated(list(data["months"]), full=4),
        "weekday": _abbreviated(list(data["weekdays"]), full=6),
        "season": options(list(data["seasons"])),
        "unit": unit,
        "unit_only": unit,
        "units_only": "|".join(f"{name}s" for name in units),
        "count": rf"(?:a\s+few|few|(?:a\s+)?couple\s+of|{range_pattern()}|another|an?)",
        "day_word": options(words["day_words"]),
        "now_word": options(words["now_words"]),
        "often_word": options(words["often_words"]),
    }


def _abbreviated(names: list[str], *, full: int) -> str:
    """Return a pattern of names of which the short ones, below `full` letters, may end in a full stop."""
    short = options([name for name in names if len(name) < full or name == "sept" or name == "thurs"])
    return rf"(?:(?:{options([name for name in names if len(name) >= full or name == 'may'])})\b|(?:{short})\b\.?)"


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
    cues = {name: re.compile(rf"\b(?:{body})") for name, body in _slots().items() if name not in _LOOSE and name != "count"}
    return {**cues, "digit": re.compile(r"\d")}


def find(text: str) -> list[Found]:
    """Return the times worded in a text, in order, none overlapping; the longest wording wins.

    Names that hold words of time ("Bloody Sunday"), months that are names or verbs ("May", "march") and numbers that
    are no years are left out. Offsets are code points of the text.
    """
    plain = lowered(text)
    holds = {name: bool(pattern.search(plain)) for name, pattern in _cues().items()}
    masked = [match.span() for match in _names().finditer(text)]
    candidates = []
    for rule in wordings():
        if not all(holds.get(name, True) for name in rule.needs):
            continue
        for match in rule.pattern.finditer(plain):
            if not _is_name(match.span(), masked) and _sensible(rule, match, text):
                candidates.append((match.start() - match.end(), match.start(), rule.order, rule, match))
    return _best(candidates)


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
    return re.compile(rf"(?<!\w)(?:{options(table('times')['names']['words'])})(?!\w)")


def _is_name(span: tuple[int, int], masked: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in masked)


def _sensible(rule: Wording, match: re.Match[str], text: str) -> bool:
    """Tell whether words that fit a wording are a time here."""
    if rule.means == "month" or rule.means.startswith("date"):
        return _month_is_month(match, text)
    if rule.means == "offset_from":
        return not _LASTS.search(lowered(text[max(0, match.start() - 30) : match.start()]))
    if rule.means == "season":
        return _season_is_season(match, text)
    if rule.means in ("year", "year_range"):
        return _year_is_year(match, text)
    if rule.means == "weekday":
        return _weekday_is_weekday(match, text)
    if rule.kind == "duration":
        return _length_is_length(match, text)
    if rule.means == "period":
        return _period_is_period(match, text)
    if rule.means in ("now", "often"):
        return not text[match.start()].isupper() or match.start() == 0 or text[match.start() - 1] in "“\"‘"
    return True


_LASTS = re.compile(r"\b(?:for|within|lasted|took|spent|lasting)\s+(?:\w+\s+){0,2}$")
_LEADS_TO_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|early|late|mid|during|between|to|before|after|for|and|through|end|this|next|last)[\s-]+)$"
)
_WEAK_MONTHS = {"may", "march", "mar", "jan", "dec", "sep", "jun", "jul", "apr", "aug", "nov", "oct", "april", "june", "august"}


def _month_is_month(match: re.Match[str], text: str) -> bool:
    start = match.start("month")
    if not text[start].isupper():
        return False
    if any(match.groupdict().get(slot) for slot in ("dd", "year", "yearword", "shift")):
        return True
    word = match.group("month").rstrip(".")
    led = bool(_LEADS_TO_MONTH.search(lowered(text[max(0, start - 12) : start])))
    if word in _WEAK_MONTHS and not led:
        follows = text[match.end() : match.end() + 2]
        return word in ("april", "june", "august") and not (follows[:1] == " " and follows[1:].isupper())
    return not (word in ("may", "march") and re.match(r"\s+(?:to\b|toward|[A-Z][a-z]+\s+said)", text[match.end() :]))


def _season_is_season(match: re.Match[str], text: str) -> bool:
    groups = match.groupdict()
    if groups.get("year") or groups.get("yearword"):
        return True
    if text[match.start("season")].isupper():
        return False
    before = lowered(text[max(0, match.start() - 12) : match.start()])
    if groups.get("shift"):
        return groups["shift"] != "that" or match.group("season") != "fall"
    return match.group("season") != "fall" and bool(re.search(r"\b(?:in|since|until|by|during|of|early|late|mid)[\s-]+$", before))


@cache
def _year_guards() -> tuple[re.Pattern[str], re.Pattern[str]]:
    guards = table("times")["not_a_year"]
    return (
        re.compile(rf"(?:^|[^\w])(?:{options(guards['before'])})\s*$"),
        re.compile(rf"\s*-?(?:{options(guards['after'])})\b|-strong|\s+[a-z]+\s+(?:troops|fighters|soldiers|people|members)\b"),
    )


def _year_is_year(match: re.Match[str], text: str) -> bool:
    before, after = _year_guards()
    plain = lowered(text[max(0, match.start() - 16) : match.end() + 30])
    cut = min(match.start(), 16)
    if before.search(plain[:cut]) or after.match(plain[cut + match.end() - match.start() :]):
        return bool(re.search(r"\b(?:in|since|until|by|during)\s+$", plain[:cut]))
    return match.group()[:4] < "2045"  # later ones are counts, not years, in dispatches


def _weekday_is_weekday(match: re.Match[str], text: str) -> bool:
    word = match.group("weekday")
    if not text[match.start("weekday")].isupper():
        return False
    return word.endswith("day") or word.endswith(".") or bool(re.match(r",?\s+\d", text[match.end() :]))


_BEFORE_LENGTH = re.compile(
    r"\b(?:for|within|in|after|lasting|lasted|lasts|last|took|takes|take|taken|than|about|over|nearly|almost|least|around|spent|under|following|"
    r"up\s+to|some|another|only|just|half|of|and|every|to|on)\s+$"
)
_BEFORE_BARE = re.compile(
    r"\b(?:for|within|after|in|lasting|lasted|took|take|over|many|spent|several|of|following|during|despite|until|through|and|by|or)\s+$"
)


def _length_is_length(match: re.Match[str], text: str) -> bool:
    """Leave out rates ("a month"), idioms ("one day") and people's ages ("a 34-year-old man")."""
    groups, before = match.groupdict(), lowered(text[max(0, match.start() - 14) : match.start()])
    if (groups.get("count") or "") in ("a", "an") and re.search(r"s[-\s](?:long|old)$", match.group()):
        return False
    after = lowered(text[match.end() : match.end() + 24])
    words = match.group()
    if re.search(r"[-\s]old$", words):
        return bool(re.match(r"\s+(?:\w+\s+)?(?:war|conflict|siege|battle|civil|campaign|uprising|insurgency|revolt|revolution|truce|ceasefire|offensive|blockade)", after))
    if re.match(r"\s+(?:old\b|of\s+age|-old|after\b|before\b|until\b)", after) and (groups.get("count") or "a") in ("a", "an"):
        return False
    if re.match(r"-old|\s+old\b|\s+of\s+age", after):
        return False
    if groups.get("units_only") and not groups.get("loose") and not words.endswith("long"):
        return bool(_BEFORE_BARE.search(before)) or bool(re.match(r"\s+of\s+\w", after)) or match.start() == 0
    if groups.get("loose") in ("the", "these", "those"):
        return bool(re.match(r"\s+of\b", after)) and words.split()[-1] in ("months", "weeks")
    if groups.get("count") in ("a", "an", "one") and "-" not in words:
        return bool(_BEFORE_LENGTH.search(before))
    return True


def _period_is_period(match: re.Match[str], text: str) -> bool:
    """Let "the week" or "the day" stand only where another word makes it a date ("the end of the week")."""
    if not match.group().startswith("the ") or match.groupdict().get("shift"):
        return True
    before, span = lowered(text[max(0, match.start() - 16) : match.start()]), match.group("span")
    if span == "weekend":
        return True
    if re.match(r"’s|s\b|\s+(?:after|before|of|that|when|the|to|when|it|he|she|they|we)\b", lowered(text[match.end() :])) and "end of" not in before:
        return False
    return bool(re.search(r"\b(?:end\s+of|beginning\s+of|start\s+of|later\s+in|earlier\s+in|rest\s+of|course\s+of|middle\s+of|late\s+in|early\s+in|during|in)\s+$", before))
