"""What years mean: in digits or words, of the text's own telling, by the decade and the century."""

from __future__ import annotations

from onrecord.extract.quantities.numerals import Bounds, value_of
from onrecord.extract.times.calendar import Setting, at, cut, moved
from onrecord.extract.times.shifts import turn
from onrecord.extract.times.wordings import Found
from onrecord.lexicon.lexicon import table
from onrecord.model.values import When


def stated_year(found: Found, setting: Setting) -> str | None:
    """Return the year that the wording itself gives ("2016", "last year"), as four digits, or `None`."""
    slots = found.slots
    digits = slots.get("year") or slots.get("year2")
    if digits:
        return digits[:4]
    if "spelled_year" in slots:
        return f"19{value_of(slots['spelled_year'].split(maxsplit=1)[1]) or 0:02.0f}"
    words = slots.get("yearword") or slots.get("yearword2")
    if words is None:
        return None
    relative = words.startswith(("that", "the"))
    base = cut(setting.anchor if relative else setting.published, "year")
    return moved(base, turn(words), "year")


def year(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "2016"."""
    return at(found.slots["year"][:4])


def year_range(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "2013-14"."""
    first = found.slots["year"][:4]
    last = first[:2] + found.slots["yy"]
    return When(first, last) if last > first else at(first)


def year_in_words(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "nineteen ninety-six" and "the year two thousand and four"."""
    if "spelled_2000" in found.slots:
        return at(f"{value_of(found.slots['spelled_2000']) or 2000:.0f}")
    return at(stated_year(found, setting))


def year_end(_found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "by year-end": the year of publication, and no closer."""
    return at(cut(setting.published, "year"))


def decade(found: Found, setting: Setting, _bounds: Bounds | None) -> When:
    """Return the ten years; "the ’80s" and "the eighties" are the last ones begun, else those of the 20th century."""
    slots = found.slots
    if "decade" in slots:
        first = int(slots["decade"])
    else:
        named = table("times")["decades"].get(slots.get("decade_word"))
        first = int(named or f"19{slots['decade_short']}")
        if setting.published and int(setting.published[:4]) >= first + 100:
            first += 100
    return When(f"{first}", f"{first + 9}")


def century(found: Found, _setting: Setting, _bounds: Bounds | None) -> When:
    """Resolve "the 20th century" as 1900 to 1999."""
    slots = found.slots
    number = int(slots["century"]) if "century" in slots else table("times")["centuries"][slots["century_word"]]
    return When(f"{100 * (number - 1)}", f"{100 * number - 1}")
