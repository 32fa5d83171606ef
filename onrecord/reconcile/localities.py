"""Which names of places and facilities mean the same one: one place of the gazetteer, or one facility of one town."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from onrecord.lexicon.folding import fold, without_article
from onrecord.lexicon.gazetteer import Gazetteer, Place
from onrecord.lexicon.grids import grid_point
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Mention
from onrecord.model.vocabulary import Precision
from onrecord.reconcile.gridplaces import grid_places
from onrecord.reconcile.holders import in_lands
from onrecord.reconcile.judgements import Latest, latest
from onrecord.reconcile.places import Resolved, as_judged, resolve_all
from onrecord.reconcile.pointplaces import point_places
from onrecord.reconcile.sightings import Sighting

_MAIN = 3  # times as often as any other town is the one named that a dispatch is about
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s|\n")
_DIVISIONS = frozenset({"admin1", "admin2"})
_SEATS = frozenset({"town", "camp"})
_TOWNS = frozenset({"town", "quarter", "camp"})  # kinds of places that have a hospital or a stadium of their own


@cache
def _link() -> re.Pattern[str]:
    """Return the pattern of what stands between a facility and its town: "on the edge of the city of"."""
    edges, towns = ("|".join(table("reconcile")["around"][name]) for name in ("edges", "towns"))
    return re.compile(
        rf"\W*(?:(?:at|in|of|near|outside|inside|(?:on|at) the (?:{edges}) of)\s+)?(?:the\s+)?(?:(?:{towns}) of\s+)?"
    )


@dataclass(slots=True)
class Localities:
    """The key of each sighting of a place, what the gazetteer knows of a key, and a facility's town and proper name."""

    keys: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    precisions: dict[str, Precision] = field(default_factory=dict)
    towns: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Around:
    """What one dispatch says around its facilities: its towns, the places resolved, its bodies' names, its text.

    `others` are the places that no table resolves, of which the next spelling may be resolved elsewhere.
    """

    towns: list[Sighting]
    known: list[Place]
    bodies: frozenset[str]
    text: str
    others: list[Sighting] = field(default_factory=list)


def localities(
    sightings: Iterable[Sighting], gazetteer: Gazetteer, text: str, placed: Latest | None = None
) -> Localities:
    """Return the keys of the places and facilities of one dispatch, of which all sightings and the text are given.

    A name that a person `placed` or that the gazetteer resolves has the key of its place. A facility without a name
    of its own ("the main hospital") has the key of its town and of what it is called. Any other name is its own key.
    """
    listed = list(sightings)
    found = Localities()
    bodies = frozenset(
        form for s in listed if s.sort == "body" for form in (s.folded, *(fold(m.span.of(text)) for m in s.mentions))
    )
    places = [s for s in listed if s.sort == "place"]
    _put(found, places, gazetteer, placed or {})
    named = [s for s in places if s.named and not describes(s.folded)]
    asked = in_lands(named, text, gazetteer)
    resolved = resolve_all([asked[s.id] for s in named if not grid_point(s.name) for _ in s.mentions], gazetteer)
    known = {s.id: hit for s in named if (hit := resolved.get(asked[s.id]))}
    known |= point_places(named, known, text, gazetteer)
    seats = {hit.place.key for hit in resolved.values() if hit.precision not in _DIVISIONS}
    for sighting in named:
        hit = known.get(sighting.id)
        if hit is not None and sighting.id not in found.keys:
            found.keys[sighting.id] = _resolved(found, sighting, hit, seats)
    for key, place in grid_places(named, known, text, gazetteer).items():
        found.keys[key] = place.key
        found.places.setdefault(place.key, place)
        found.precisions.setdefault(place.key, "exact")
    towns = [s for s in named if s.id in found.keys and _is_town(found.places.get(found.keys[s.id]))]
    others = [s for s in named if s.id not in found.keys]
    around = _Around(towns, [r.place for r in resolved.values()], bodies, text, others)
    for sighting in [s for s in places if s.id not in found.keys]:  # facilities lean on the named places
        found.keys[sighting.id] = _facility(found, sighting, around) or f"place:{without_article(sighting.folded)}"
    _shortened(found, places)
    return found


def _put(found: Localities, places: list[Sighting], gazetteer: Gazetteer, placed: Latest) -> None:
    """Give the names that a person placed the keys of their places."""
    for sighting in places:
        key = latest(placed, (sighting.folded, sighting.label))
        place = gazetteer.place(key) if key else None
        if place:
            found.keys[sighting.id] = place.key
            found.places[place.key] = place
            found.precisions[place.key] = as_judged(place).precision


def _resolved(found: Localities, sighting: Sighting, hit: Resolved, seats: set[str]) -> str:
    """Return the key of a place that the gazetteer holds, or that lies within or near one ("northern Aleppo").

    No table may have "Ardun district", only its seat: that is the town where the dispatch names it too, in `seats`.
    """
    place = hit.place
    beside = hit.precision == "within" or (hit.precision == "near" and _is_town(place))
    if beside and not place.rough:  # a rough place is the one meant, only its point is that of the town
        what = _without(sighting.folded, fold(place.name)) if _describes_in(sighting.folded, place) else ""
        return _part_of(found, place, what or sighting.folded, hit.precision)
    if hit.precision in _DIVISIONS and place.kind in _SEATS:
        return place.key if place.key in seats else _part_of(found, place, sighting.folded, hit.precision)
    found.places[place.key] = place
    # "Corniche district" is the quarter of that name: no division in which much may happen at once.
    precision = "exact" if place.kind == "quarter" and hit.precision in _DIVISIONS else hit.precision
    found.precisions[place.key] = min(found.precisions.get(place.key, precision), precision)
    return place.key


def _part_of(found: Localities, home: Place, what: str, precision: Precision) -> str:
    """Return the key of something in a town that only the town tells from others."""
    key = f"part:{home.key}:{what}"
    found.towns[key] = home.key
    found.precisions[key] = min(found.precisions.get(key, precision), precision)
    if describes(what):
        found.names[key] = what
    return key


def _facility(found: Localities, sighting: Sighting, around: _Around) -> str | None:
    """Return the key of a facility that only its town tells from others, or `None` where it has a name or no town.

    Whose it is tells no more than that: "the IS camp" is a camp.
    """
    folded = next((f for body in sorted(around.bodies) if (f := _without(sighting.folded, body))), sighting.folded)
    if not sighting.named:  # a description, of which the closing words say what it is
        words = folded.split()
        folded = next((tail for n in range(len(words)) if describes(tail := " ".join(words[n:]))), folded)
    folded = folded if describes(folded) else sighting.folded
    town = next((t for t in around.towns if describes(_without(folded, t.folded))), None)
    if town is None and not describes(folded):
        return None
    beside = _beside(sighting, around.others, around)
    if town is None and beside and not _beside(sighting, around.towns, around):
        return f"part:place:{without_article(beside.folded)}:{folded}"
    town = town or _town_of(sighting, around, many=folded.split()[-1] in table("reconcile")["many"])
    if town is None:
        return f"place:{folded}@{sighting.dispatch}"
    home = found.places[found.keys[town.id]]
    what = _without(folded, town.folded) or folded
    held = {p.key for p in around.known if p.within == home.key and fold(p.name).endswith(f" {what}")}
    return held.pop() if len(held) == 1 else _part_of(found, home, what, "within")


def _is_town(place: Place | None) -> bool:
    return place is not None and place.kind in _TOWNS


def _describes_in(folded: str, place: Place) -> bool:
    """Tell whether what is left of a name without its town only describes a facility."""
    return describes(_without(folded, fold(place.name)))


def _town_of(sighting: Sighting, around: _Around, *, many: bool) -> Sighting | None:
    """Return the town that the same sentence names, or else the one that the dispatch is about; `None` for neither.

    Of several in a sentence the one behind "at" or "in" next to the facility, else the closest before it. What every
    town has `many` of stands nowhere unless its sentence says so.
    """
    if near := _beside(sighting, around.towns, around):
        return near
    told = sorted(((len(t.mentions), t.id, t) for t in around.towns), reverse=True, key=lambda n: n[:2])
    if not told or many or (len(told) > 1 and told[0][0] < _MAIN * told[1][0]):
        return None
    return told[0][2]


def _beside(sighting: Sighting, towns: list[Sighting], around: _Around) -> Sighting | None:
    """Return the one of these places that a sentence names next to the facility."""
    near = [d for m in sighting.mentions for t in towns for o in t.mentions if (d := _distance(m, o, t, around))]
    return {t.id: t for t in towns}[min(near)[1]] if near else None


def _distance(facility: Mention, place: Mention, town: Sighting, around: _Around) -> tuple[int, str] | None:
    """Return how far a town is named from a facility of the same sentence; one that follows by "at" or "in" is next."""
    if place.span.end <= facility.span.start:
        between = around.text[place.span.end : facility.span.start]
        return None if _SENTENCE_END.search(between) else (len(between), town.id)
    between = around.text[facility.span.end : place.span.start]
    if _SENTENCE_END.search(between) or not _link().fullmatch(between):
        return None
    return (0, town.id)


def _shortened(found: Localities, sightings: list[Sighting]) -> None:
    """Give "the hospital" the key of "the main hospital" where the dispatch has one such facility in that town."""
    keys: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for sighting in sightings:
        key = found.keys[sighting.id]
        if key in found.towns:
            keys[found.towns[key], key.split(" ")[-1].split(":")[-1]].add(key)
    for sighting in sightings:
        key = found.keys[sighting.id]
        what = key.split(":")[-1]
        longer = keys.get((found.towns.get(key, ""), what), set()) - {key}
        if len(longer) == 1 and " " not in what:
            found.keys[sighting.id] = longer.pop()


@lru_cache(maxsize=1 << 14)
def describes(folded: str) -> bool:
    """Tell whether all words of a folded name say what a facility is and none names it."""
    words = table("reconcile")
    kinds, others = frozenset(words["facilities"]), frozenset(words["facility_words"])
    tokens = folded.split()
    return any(t in kinds for t in tokens) and all(t in kinds or t in others for t in tokens)


def _without(folded: str, town: str) -> str:
    """Return the folded name without the town's name and what joins them: "raqqas main hospital" is "main hospital"."""
    padded = f" {folded} "
    for form in (f" {town}s ", f" {town} "):
        padded = padded.replace(form, " ")
    tokens = padded.split()
    while tokens and tokens[-1] in ("in", "of", "s"):
        tokens.pop()
    return " ".join(tokens) if tokens != folded.split() else ""
