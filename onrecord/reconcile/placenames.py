"""Takes the words around a place's name apart: "the outskirts of Hajin", "northern Aleppo province", "Sinjar, Iraq"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from onrecord.lexicon.lexicon import table

# How the point of the place answers for the name: the whole of it, a part, something in it, something near it.
Shape = Literal["whole", "part", "admin1", "admin2", "inside", "near"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to look up and what the words around it said: kinds of place wanted, shape, places around it."""

    core: str
    shape: Shape = "whole"
    kinds: frozenset[str] = frozenset()
    within: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def readings(name: str) -> Iterator[Asked]:
    """Yield what may be looked up for a name: the name as it stands, then with one layer of words off at a time.

    A name without a capital ("the camp") and one that consists of such words only yields nothing.
    """
    core = _trimmed(name)
    if core == core.lower():
        return
    asked = Asked(core, kinds=_closing_kinds(core))
    while not _is_generic(asked.core):
        yield asked
        peeled = next((p for peel in _PEELS if (p := peel(asked)) is not None and p.core), None)
        if peeled is None:
            return
        asked = peeled


def _trimmed(name: str) -> str:
    core = " ".join(name.split()).strip(' ,.;:"“”')
    return re.sub(r"^(?:the|in|at|from|to|of)\s+", "", core, flags=re.IGNORECASE)


def _is_generic(core: str) -> bool:
    """Tell whether nothing is left but words such as "camp" and "northern"."""
    words = re.findall(r"\w+", core.lower())
    return all(w in _all_words() or w in {"the", "of", "and"} for w in words)


# ------------------------------------------------------------------------------------------------------- words


_LISTS = ("parts", "near", "admin1", "admin2", "town", "facility", "river", "lake", "mountain", "desert")


def opens_small(core: str) -> bool:
    """Tell whether a name opens with a direction in small letters: "east London" is no town called East London."""
    first = re.split(r"[-\s]", core, maxsplit=1)[0]
    return first in _words("parts")


def country_of(adjective: str) -> str | None:
    """Return the code of the country that an adjective belongs to: "Turkish" is TR."""
    code = table("placewords")["adjectives"].get(adjective)
    return str(code) if code else None


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(table("placewords")[kind])


@cache
def _all_words() -> frozenset[str]:
    return frozenset().union(*map(_words, (*_LISTS, "plain")))


@cache
def _either(*kinds: str) -> str:
    words = sorted(frozenset().union(*map(_words, kinds)), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(map(re.escape, words)) + ")"


_SHAPES: dict[str, tuple[Shape, frozenset[str]]] = {
    "admin1": ("admin1", frozenset({"admin1"})),
    "admin2": ("admin2", frozenset({"admin2"})),
    "town": ("whole", frozenset({"town"})),
    "facility": ("inside", frozenset()),
    "river": ("whole", frozenset({"river"})),
    "lake": ("whole", frozenset({"lake"})),
    "mountain": ("whole", frozenset({"mountain"})),
    "desert": ("whole", frozenset({"desert"})),
    "near": ("near", frozenset()),
}


def _closing_kinds(core: str) -> frozenset[str]:
    """Return the kinds that the last word of a whole name asks for: "Idlib Governorate" is a division."""
    last = core.lower().split()[-1] if core else ""
    return next((kinds for word, (_, kinds) in _SHAPES.items() if last in _words(word)), frozenset())


def _shaped(asked: Asked, core: str, word: str) -> Asked:
    """Return the name with this word taken off, whose kind says what is meant."""
    lower = word.lower()
    shape, kinds = next((s for kind, s in _SHAPES.items() if lower in _words(kind)), ("near", frozenset[str]()))
    # What was taken off further out says more about the spot: "outskirts of Raqqa city" is near, not whole.
    shape = shape if asked.shape == "whole" else asked.shape
    return replace(asked, core=_trimmed(core), shape=shape, kinds=kinds, reasons=(*asked.reasons, f"read {word!r} off"))


# ------------------------------------------------------------------------------------------------------- layers


def _off_comma(asked: Asked) -> Asked | None:
    first, comma, rest = asked.core.partition(",")
    if not comma or not rest.strip() or re.search(r"\b(?:and|or)\b", rest):
        return None
    holders = tuple(_trimmed(part) for part in rest.split(",") if part.strip())
    return replace(asked, core=_trimmed(first), within=(*holders, *asked.within), kinds=_closing_kinds(first.strip()))


def _off_brackets(asked: Asked) -> Asked | None:
    match = re.fullmatch(r"(.+?)\s*\((.+)\)", asked.core)
    return replace(asked, core=match[1], within=(match[2], *asked.within)) if match else None


def _off_of(asked: Asked) -> Asked | None:
    """Take off what stands in front: "the town of Hajin", "the outskirts of Hajin", "near Hajin"."""
    heads = _either("admin1", "admin2", "town", "facility", "near", "mountain", "river", "desert")
    match = re.fullmatch(rf"(?:.*\s)?({heads})\s+(?:of|in|at|with)\s+(.+)", asked.core, re.IGNORECASE)
    match = match or re.fullmatch(r"(near|around|outside)\s+(.+)", asked.core, re.IGNORECASE)
    return _shaped(asked, match[2], match[1]) if match else None


def _off_owner(asked: Asked) -> Asked | None:
    """Take "Raqqa's Old City" for a place in Raqqa, and "Turkey's southern border" for one near Turkey."""
    match = re.fullmatch(r"(.+)['’]s\s+(.+)", asked.core)
    if match is None:
        return None
    if match[2] == match[2].lower():
        return replace(asked, core=match[1], shape="near", reasons=(*asked.reasons, f"read {match[2]!r} off"))
    return replace(asked, core=match[2], within=(match[1], *asked.within))


def _off_in(asked: Asked) -> Asked | None:
    match = re.fullmatch(r"(.+?)\s+(?:in|inside|near|outside|on)\s+(?:the\s+)?(.+)", asked.core)
    return replace(asked, core=match[1], within=(match[2], *asked.within)) if match else None


def _off_direction(asked: Asked) -> Asked | None:
    pattern = rf"(?:the\s+)?({_either('parts')}(?:[-\s]+(?:and\s+)?{_either('parts')})*)[-\s]+(.+)"
    match = re.fullmatch(pattern, asked.core, re.IGNORECASE)
    if match is None:
        return None
    shape: Shape = "part" if asked.shape == "whole" else asked.shape
    reasons = (*asked.reasons, f"read {match[1]!r} off")
    return replace(asked, core=_trimmed(match[2]), shape=shape, reasons=reasons)


def _off_tail(asked: Asked) -> Asked | None:
    heads = _either("admin1", "admin2", "town", "facility", "near", "mountain", "river", "lake", "desert")
    match = re.fullmatch(rf"(.+?)[-\s]+({heads})", asked.core, re.IGNORECASE)
    return _shaped(asked, match[1], match[2]) if match else None


def _off_pair(asked: Asked) -> Asked | None:
    """Take the first of two places, "Syria and Iraq" or "Syrian-Iraqi", which the answer is near."""
    match = re.fullmatch(r"(.+?)(?:,? (?:and|or) |, )(.+)", asked.core)
    first = match[1] if match else asked.core.partition("-")[0]
    # A hyphen joins two countries only: "al-Bab" is one place.
    if match is None and ("-" not in asked.core or country_of(first) is None):
        return None
    return replace(asked, core=_trimmed(first), shape="near", reasons=(*asked.reasons, "the first of several places"))


def _off_front(asked: Asked) -> Asked | None:
    """Take off what opens "Mount Ardun" or "Lake Ardun" where the whole is unknown."""
    heads = _either("mountain", "lake", "town", "river")
    match = re.fullmatch(rf"({heads})\s+(.+)", asked.core, re.IGNORECASE)
    return _shaped(asked, match[2], match[1]) if match else None


_PEELS: tuple[Callable[[Asked], Asked | None], ...] = (
    _off_comma, _off_brackets, _off_of, _off_owner, _off_in, _off_tail, _off_direction, _off_pair, _off_front,
)  # fmt: skip
