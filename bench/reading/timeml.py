"""Reads TimeML (TimeBank, AQUAINT, TempEval) and words our times as its TIMEX3 does.

TIMEX3 leaves prepositions out of its spans, has no ranges ("from June to October" is two times) and keeps the words'
own unit ("two weeks" is P2W, not 14 days); our record does otherwise.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from onrecord.extract.parts import TimeExpression
from onrecord.extract.quantities.numerals import bounds_of, lowered
from onrecord.extract.times.calendar import moved
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When

PREFERRED = "TBAQ-cleaned"  # the version of TimeBank and AQUAINT that TempEval-3 mended; others repeat its documents


@dataclass(frozen=True, slots=True)
class Timex:
    """A time in a text: half-open code-point offsets, and the value of its TIMEX3."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """The running text of a TimeML document, the ISO date that it was written on, and the times marked in it."""

    name: str
    published: str | None
    text: str
    times: tuple[Timex, ...]


def documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a folder or zip file in the order of their names, each name once.

    Raises ValueError where there is none, or where a file is no TimeML, with the file's name.
    """
    files: dict[str, tuple[str, bytes]] = {}
    for where, content in sorted(_files(path)):
        name = PurePosixPath(where).stem
        if name not in files or (PREFERRED in where and PREFERRED not in files[name][0]):
            files[name] = where, content
    if not files:
        raise ValueError(f"{path} holds no file that ends in .tml; give a folder or zip file of TimeML documents")
    for name, (where, content) in sorted(files.items()):
        try:
            document = _document(name, content)
        except ElementTree.ParseError as error:
            raise ValueError(f"{where} in {path} is not well-formed XML: {error}") from error
        if document:
            yield document


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in path.rglob("*.tml"):
            yield file.relative_to(path).as_posix(), file.read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".tml"):
                    yield name, archive.read(name)


def _document(name: str, content: bytes) -> Document | None:
    root = ElementTree.fromstring(content)  # noqa: S314 - a corpus that its user names; expat caps entities
    body = root.find("TEXT")
    if body is None:
        return None
    pieces: list[str] = []
    found = list(_walk(body, pieces))
    created = next((t for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)
    day = re.match(r"\d{4}-\d\d-\d\d", created.get("value", "")) if created is not None else None
    return Document(name, day.group() if day else None, "".join(pieces), tuple(found))


def _walk(element: ElementTree.Element, pieces: list[str]) -> Iterator[Timex]:
    """Yield the times of an element while its text is gathered in `pieces`; an empty one marks no words."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        yield from _walk(child, pieces)
        pieces.append(child.tail or "")
    end = sum(map(len, pieces))
    is_time = element.tag == "TIMEX3" and element.get("functionInDocument") != "CREATION_TIME"
    if is_time and end > start:
        marked = re.sub(r"-W(\d)$", r"-W0\1", element.get("value", ""))  # some leave out ISO 8601's zero
        yield Timex(start, end, marked)


# ----------------------------------------------------------------------------------------------------- our times

# Words of our spans that TIMEX3 leaves out: what governs a time, not what is part of it.
_GOVERNS = (
    "on", "in", "at", "during", "over", "for", "throughout", "within", "of", "between", "since", "until", "till", "by",
    "before", "after", "following", "from", "to", "and", "through", "across", "about", "around", "inside", "under",
    "as", "starting", "beginning", "ever", "prior", "ahead", "back", "dating", "up", "all", "so", "far", "than",
    "soon as", "early as",
)  # fmt: skip
_LEADING = re.compile(rf"(?:(?:{'|'.join(_GOVERNS)})\b[\s-]*)+")
_TRAILING = re.compile(r"\s+(?:before|after|later|earlier|prior to|following|leading up to|ended|ending)$")
_RANGE = re.compile(r"\s*(?:\b(?:to|and|until|till|through|up to)\b|(?<=[\da-z]{3})[-–—](?=\d)|\s[-–—]\s)\s*")
# Times that are dates or open to us and lengths to TIMEX3.
_LENGTHS = re.compile(r"\b(?:recent|coming)\s+(?:\w+\s+)?\w+s$|^(?:the\s+)?(?:past|last) (?:decade|century)")
_UNITS = {
    "minute": "TM", "hour": "TH", "day": "D", "night": "D", "morning": "D", "weekend": "W", "week": "W",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip
_UNIT = re.compile(rf"\b({'|'.join(_UNITS)}|centurie)s?\b")
_SETS = {
    "dai": "P1D", "night": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y", "annual": "P1Y",
    "hour": "PT1H",
}  # fmt: skip
_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
# Hours and minutes with "a.m." or "p.m.", or by the 24-hour clock.
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d\d))?\s*(a\.?m\b\.?|p\.?m\b\.?)|\b(\d{1,2}):(\d\d)\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def timexes(expression: TimeExpression, text: str) -> list[Timex]:
    """Return a time of ours, found in `text`, as TIMEX3 has it: bounded by its own words, a range as two."""
    start, end = expression.span.start, expression.span.end
    words = lowered(text[start:end])
    lead = _LEADING.match(words)
    if lead and lead.end() < len(words):
        start, words = start + lead.end(), words[lead.end() :]
    halves = _halves(expression, words, start)
    if halves:
        return halves
    trail = _TRAILING.search(words)
    if trail and _is_a_length(expression, words, trail.group().strip()):
        return [Timex(start, start + trail.start(), _duration(words[: trail.start()]))]
    return [Timex(start, end, value(expression, words, lead.group() if lead else ""))]


def _halves(expression: TimeExpression, words: str, start: int) -> list[Timex]:
    """Return both ends of a range; none where the words between are no joint of one ("the mid-1990s")."""
    when, gap = expression.when, _RANGE.search(words)
    if gap is None or expression.kind != "point" or not (when.start and when.end) or when.start == when.end:
        return []
    first, last = words[: gap.start()], words[gap.end() :]
    if re.fullmatch(r"early|mid|the", first):
        return []
    middle = start + gap.start()
    return [
        Timex(start, middle, _date(When(when.start, when.start), first, "point")),
        Timex(start + gap.end(), start + len(words), _date(When(when.end, when.end), last, "point")),
    ]


def _is_a_length(expression: TimeExpression, words: str, trail: str) -> bool:
    """Tell whether TIMEX3 marks only the length of "a week after" and "two days later"; "a year earlier" is a date."""
    if expression.kind != "point":
        return False
    return not expression.when.known or (trail in ("later", "earlier") and "year" not in words)


def value(expression: TimeExpression, words: str, lead: str) -> str:
    """Return the value of a time of ours whose lower-case `words` follow the prepositions `lead`; "" if it has none."""
    kind, when = expression.kind, expression.when
    if kind == "now":
        return "PRESENT_REF"
    if kind == "vague" and "century" not in words:
        return "PAST_REF" if when.start is None else "FUTURE_REF"
    if kind == "frequency":
        return _set(words)
    if expression.amount is not None or _LENGTHS.search(words):
        return _duration(words)
    if kind == "until" and re.match(r"(?:before|prior|ahead)", lead) and when.end:
        when = _after(when.end)
    return _date(when, words, kind)


def _after(end: str) -> When:
    """Undo that "before 2014" ends with 2013."""
    day = When(end, end).after
    iso = day.isoformat()[: len(end)] if day else end
    return When(iso, iso)


def _set(words: str) -> str:
    unit = _UNIT.search(words)
    month = next((number for name, number in table("times")["months"].items() if words.endswith(f" {name}")), None)
    if month:
        return f"XXXX-{month:02d}"
    number = bounds_of(" ".join(words.split()[1:2])) if words.startswith(("every", "each")) else None
    count = int(number.low) if number and number.low else 2 if " other " in words else 1
    day = next((i for i, name in enumerate(_WEEKDAYS, 1) if name in words), None)
    if day:
        return f"XXXX-WXX-{day}"
    if unit:
        return _period(str(count), unit.group(1))
    return next((value for stem, value in _SETS.items() if words.startswith(stem)), "P1D")


def _duration(words: str) -> str:
    unit = _UNIT.search(words)
    if unit is None:
        return ""
    return _period(_number(words[: unit.start()], unit.group()), unit.group(1))


def _number(before: str, unit: str) -> str:
    """Return how many units the words before it count, X where they do not say."""
    if re.search(r"\b(?:few|several|many|some|recent|coming|couple)\b", before):
        return "2" if "couple" in before else "X"
    bounds = bounds_of(before.replace("-", " ").strip()) if before.strip() else None
    number = bounds and (bounds.low if bounds.low is not None else bounds.high)
    if number is not None:
        return f"{number:g}"
    return "X" if unit.endswith("s") else "1"


def _period(number: str, unit: str) -> str:
    letter = _UNITS["century" if unit == "centurie" else unit]
    several = {"fortnight": (2, "W"), "decade": (10, "Y"), "century": (100, "Y"), "centurie": (100, "Y")}.get(unit)
    if several and number != "X":
        number, letter = f"{several[0] * float(number):g}", several[1]
    return f"P{letter[:-1]}{number}{letter[-1]}"


def _date(when: When, words: str, kind: str) -> str:
    if "century" in words:
        return (when.start or "")[:2] or _duration("a century")
    vague = "PAST_REF" if words == "recently" else _vague(when, kind)
    if vague is not None:
        return vague
    iso = (when.end if kind == "until" else when.start) or when.start or when.end or ""
    if re.fullmatch(r"(?:the )?(?:past|last) year", words):
        return iso[:4]
    if "weekend" in words or "week" in words:
        return _week(iso, words)
    if re.search(r"-(?:01|04|07|10)$", iso) and moved(iso, 2, "month") == when.end:
        return f"{iso[:4]}-Q{(int(iso[5:]) + 2) // 3}"
    season = next((short for name, short in _SEASONS.items() if name in words), None)
    if season:
        return f"{iso[:4]}-{season}"
    if re.search(r"\d0s\b|(?:ties|decade)$", words):
        return iso[:3]
    return iso + (_time_of_day(words) if len(iso) == 10 else "")


def _vague(when: When, kind: str) -> str | None:
    if kind != "point" or (when.start and when.end):
        return None
    if when.start:
        return "FUTURE_REF"
    return "PAST_REF" if when.end else ""


def _week(iso: str, words: str) -> str:
    if len(iso) < 10:
        return iso
    year, week, _ = date.fromisoformat(iso).isocalendar()
    return f"{year}-W{week:02d}" + ("-WE" if "weekend" in words else "")


def _time_of_day(words: str) -> str:
    clock = _CLOCK.search(words)
    if clock:
        hour, minute = int(clock[1] or clock[4]), clock[2] or clock[5] or "00"
        if clock[3]:
            hour = hour % 12 + (12 if clock[3].startswith("p") else 0)
        return f"T{hour:02d}:{minute}"
    if re.search(r"\bnoon\b|midday", words):
        return "T12:00"
    if "tonight" in words or "overnight" in words:
        return "TNI"
    return next((f"T{short}" for name, short in _PARTS.items() if name in words), "")
