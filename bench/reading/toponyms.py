"""Reads news with toponyms and coordinates in the form of TR-News (`toponym`) and GeoVirus (`location`).

The files count offsets each in their own way: GeoVirus from 1, some articles of TR-News without the blank before a
text. So an offset only says where to look; the toponym stands where its words do, next to it.

These corpora mark more than the record takes for places: countries where they act ("Turkey said"), which the record
takes for their governments, and places inside other names and words ("Belis police", "the Karsan Health Council",
"Belis-based"). `toponyms` adds such names, where the gazetteer has them, to the places and buildings of a reading.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from bench.reading.counting import Span
from onrecord.extract.parts import Kit
from onrecord.lexicon.gazetteer import Place, distance
from onrecord.lexicon.lexicon import table
from onrecord.model import values
from onrecord.model.records import Dispatch, Mention, mention_id

HUNDRED_MILES: Final = 161.0  # kilometres, the customary bound of geoparsing

_SHIFT = 16  # characters by which offsets may be off: GeoVirus counts from 1, one article of TR-News drifts by ten


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text: half-open code-point offsets, and (longitude, latitude) in degrees where given."""

    start: int
    end: int
    point: tuple[float, float] | None

    @property
    def span(self) -> Span:
        """Both offsets."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Article:
    """A text and the toponyms marked in it, each stretch once, in the order of the text."""

    text: str
    toponyms: tuple[Toponym, ...]


def articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a file, plain or gzipped, in its order.

    Raises ValueError that names the file where it is not of this form, and the article where an offset is no number.
    """
    content = path.read_bytes()
    try:
        root = ElementTree.fromstring(gzip.decompress(content) if path.suffix == ".gz" else content)  # noqa: S314 - a corpus that its user names; expat caps entities
    except (ElementTree.ParseError, OSError, EOFError) as error:
        raise ValueError(f"{path} is not well-formed XML: {error}") from error
    found = list(root.iter("article"))
    if not found:
        raise ValueError(f"{path} holds no <article>; give a file of the form of TR-News or GeoVirus")
    for number, element in enumerate(found, start=1):
        try:
            yield _article(element)
        except ValueError as error:
            raise ValueError(f"{path}, article {number}: {error}") from error


def _article(element: ElementTree.Element) -> Article:
    text = element.findtext("text") or ""
    found = {t.span: t for item in element.iter() if item.tag in {"toponym", "location"} for t in _toponym(item, text)}
    return Article(text, tuple(found[span] for span in sorted(found)))


def _toponym(item: ElementTree.Element, text: str) -> Iterator[Toponym]:
    """Yield the toponym, unless what it calls its words stands nowhere near its offsets and they hold nothing."""
    words = (item.findtext("phrase") or item.findtext("name") or "").strip()
    start, end = int(item.findtext("start") or ""), int(item.findtext("end") or "")
    for shift in sorted(range(-_SHIFT, _SHIFT + 1), key=lambda n: (abs(n), n)):
        at = start + shift
        if words and at >= 0 and text.startswith(words, at):
            start, end = at, at + len(words)
            break
    lat, lon = item.findtext(".//lat"), item.findtext(".//lon")
    point = (float(lon), float(lat)) if lat and lon and lat.strip() and lon.strip() else None
    if text[start:end].strip():
        yield Toponym(start, end, point)


# ----------------------------------------------------------------------------------------------------- our toponyms


@dataclass(frozen=True, slots=True)
class Placed:
    """A toponym of ours: half-open code-point offsets, and the place that it is resolved to, if any."""

    start: int
    end: int
    place: Place | None

    @property
    def span(self) -> Span:
        """Both offsets."""
        return self.start, self.end

    def near(self, gold: Toponym) -> bool:
        """Tell whether both lie within 161 km of each other."""
        return bool(self.place and gold.point and distance(self.place.point, gold.point) <= HUNDRED_MILES)


# A name of up to four words with capitals, its first word not inside another: what may be looked up.
_WORD = re.compile(r"C[ôo]te d[’']Ivoire|(?:[A-Z]\.){2,4}|[^\W\d_](?:[^\W\d_]|[’'](?=[^\W\d_]{2}))*")
_GAP = re.compile(r" |-|\. ")
_REGION = re.compile(r", ((?:[A-Z]\.){2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_AFTER_TOWN = re.compile(r"[^\W\d_], $")
# What a town has: "Belis police", "a Belis man", "Belis Superior Court".
_OF_TOWN = re.compile(
    r" (?:[Pp]olice|[Cc]ouncil|City|[Aa]uthorities|residents?|m[ae]n|wom[ae]n|mother|teenager|Superior|Court|Sheriff"
    r"|Fire|Mayor|mayor|businesses|[Aa]irports?|Department|School|suburb|neighbourhood)\b"
)
_AILS = re.compile(rf" (?:{'|'.join(table('placewords')['ailments'])})\b")
_SMALL = 1_000  # people of such a town
_SHORT = 4  # letters at least of a name that counts by itself
_MOST_WORDS = 4
# Common words that large towns and divisions share.
_PLAIN = frozenset({"man", "reading", "nice", "mobile", "orange", "most", "same", "bath", "split", "can", "male"})
_PARTS = frozenset({"east", "west", "north", "south", "central", "eastern", "western", "northern", "southern"})
_MOST_LETTERS = 3  # of an acronym; a longer word in capitals is a town that a dispatch is sent from
_LARGE = 100_000  # people; a smaller town inside another name counts only where the dispatch names it elsewhere


def toponyms(dispatch: Dispatch, mentions: Sequence[Mention], kit: Kit) -> list[Mention]:
    """Return the place names of a reading in order, those inside other names and words among them, as places."""
    found = [m for m in mentions if m.form == "name" and m.kind in {"place", "facility"}]
    others = [m for m in mentions if m.form == "name" and m.kind == "person"]
    known = {m.name for m in found}
    busy = sorted((m.span.start, m.span.end) for m in found)
    people = sorted((m.span.start, m.span.end) for m in others)
    for start, end in _inner(dispatch.text, known, kit):
        inside = any(a < end and start < b for a, b in busy)
        if not inside and not _is_persons(dispatch.text, (start, end), people):
            span = values.Span(dispatch.id, start, end)
            words = span.of(dispatch.text)
            name = words.title() if words.isupper() and len(words) > _MOST_LETTERS else words
            found.append(Mention(mention_id(span, "place"), span, "place", name, "name"))
    return sorted(found, key=lambda m: m.span)


def _inner(text: str, known: set[str], kit: Kit) -> Iterator[Span]:
    """Yield the longest names that are known to be places, from left to right."""
    words = [m.span() for m in _WORD.finditer(text) if text[m.start()].isupper()]
    at = 0
    while at < len(words):
        size = next((n for n in range(_MOST_WORDS, 0, -1) if _is_place(text, words[at : at + n], n, known, kit)), 0)
        if size:
            yield words[at][0], words[at + size - 1][1]
        at += size or 1


def _is_place(text: str, words: list[Span], size: int, known: set[str], kit: Kit) -> bool:
    if len(words) < size or not all(_GAP.fullmatch(text[a[1] : b[0]]) for a, b in pairwise(words)):
        return False
    start, end = words[0][0], words[-1][1]
    name = text[start:end]
    if len(name) < 2 or name.startswith(("The ", "In ", "A ")):
        return False
    if text[end : end + 1] in {"$", "£"} or _AILS.match(text, end) or name.lower() in _PLAIN | _PARTS:
        return False
    places = kit.gazetteer.commonly(name)
    if name in known or (places and _sent_from(text, start, end)):
        return True
    if kit.gazetteer.known(name) and _before_holder(text, end, kit):
        return True
    if _AFTER_TOWN.search(text[max(0, start - 3) : start]) and any(p.kind == "admin1" for p in places):
        return True
    if _OF_TOWN.match(text, end) and any(p.kind == "town" and p.population >= _SMALL for p in places):
        return True
    if not places or (len(name) < _SHORT and not name.isupper()):
        return False
    best = places[0]
    sure = {"country", "admin1", "region", "lake"} | ({"admin2"} if size > 1 else set())
    return best.kind in sure or (best.kind == "town" and best.population >= _LARGE)


def _sent_from(text: str, start: int, end: int) -> bool:
    """Tell whether a name in capitals opens a line, as the town that a dispatch is sent from does."""
    front = text[:start].rstrip(" \t")
    return text[start:end].isupper() and end - start > _MOST_LETTERS and (not front or front[-1] == "\n")


def _before_holder(text: str, end: int, kit: Kit) -> bool:
    """Tell whether a comma and a country or division follow: "Belis, Karsan"."""
    found = _REGION.match(text, end)
    names = (found[1], found[1].split()[0]) if found else ()
    return any(p.kind in {"country", "admin1"} for name in names for p in kit.gazetteer.commonly(name))


def _is_persons(text: str, span: Span, people: list[Span]) -> bool:
    """Tell whether a name is part of a person's: "Jack London", but not "Kentucky Fire Marshal Omar Tell"."""
    around = next((p for p in people if p[0] < span[1] and span[0] < p[1]), None)
    if around is None:
        return False
    many = " " in text[span[0] : span[1]]
    return around[0] != span[0] or not (many or len(text[around[0] : around[1]].split()) > 2)
