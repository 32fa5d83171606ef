"""Says where a named place lies: candidates of the gazetteer, weighed by what else the dispatch names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import exp, log10
from typing import Final

from onrecord.lexicon.gazetteer import Gazetteer, Place, distance, in_towns_shade, prominence
from onrecord.model.vocabulary import Precision
from onrecord.reconcile.placenames import Asked, Shape, country_of, opens_small, readings


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What a dispatch tells about where it is.

    `countries` are codes with weights, of which only the ratios count; `points` are (longitude, latitude) of places
    already resolved; `dateline` is the place that the dispatch was sent from; `within` are names that hold the place
    that is asked for ("Iraq" for "Sinjar, Iraq"). `divisions` are the first-level divisions that the dispatch names,
    with weights likewise.
    """

    countries: Mapping[str, float] = field(default_factory=dict)
    points: tuple[tuple[float, float], ...] = ()
    dateline: str | None = None
    within: tuple[str, ...] = ()
    divisions: Mapping[Place, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a name lies: the place, how precise its point is for this name, a score from 0 to 1, and why this one."""

    place: Place
    precision: Precision
    score: float
    reasons: tuple[str, ...] = ()


_OF_KIND: Final[Mapping[str, Precision]] = {
    "country": "country", "admin1": "admin1", "admin2": "admin2", "town": "exact", "quarter": "exact",
    "facility": "exact", "camp": "exact", "crossing": "exact", "river": "near", "lake": "near", "mountain": "near",
    "region": "near", "desert": "near", "road": "near",
}  # fmt: skip
SPELT_ALIKE: Final = "spelt alike"  # the reason of what is not spelt as the name asked for
_LANDSCAPE = ("region", "river", "lake", "mountain", "desert")
_DIVISIONS = ("country", "admin1", "admin2")

# Weights in units of natural logarithm, so that e to the sum is a share. They were set by hand. On TR-News and GeoVirus
# (3,445 toponyms, names given) halving or doubling any of them moves the share within 161 km by less than one point.
_POPULATION = 2.0  # for each tenfold
_COUNTRY = 6.0  # times the country's share of the dispatch
_NEAR = 2.0  # in full beside a place already resolved, fading with distance
_FADE_KM = 150.0
_WITHIN = 5.0  # lies in the place that the words name around it
_IN_DIVISION = 6.0  # times the share of the dispatch's sure places that are its division: "Columbia" beside "Kentucky"
_AMONG_DIVISIONS = 3.0  # is a division, and the dispatch lists others of its country: "Washington" beside "Oregon"
_LISTED = 3  # so many other divisions at least, and more of them than towns, make such a list
_KIND = 6.0  # is what the words say it is: a province, a river
_COMMON_NAME = 4.0  # goes by this name usually; it is not an old or foreign one of GeoNames
_SOUND = -3.0  # is only spelt alike
_IS_COUNTRY = 6.0
_EPONYMOUS = 100  # as if, for a division that shares its name with a town of its country: the town is meant
_ACROSS_KM = 1500.0  # a river or desert of several countries is this near to the middle of one that it lies in
_WITHIN_KM = 150.0  # a town in a province is this near to the province's point
# A place of fewer people is not taken on its name alone: villages share names with everything.
_WELL_KNOWN = 15_000
_ENOUGH_SHARE = 0.08  # of the dispatch's places that are in the country, to take a village of that country


def resolve(name: str, gazetteer: Gazetteer, context: PlaceContext | None = None) -> Resolved | None:
    """Return where the place of this name lies, or `None` where nothing is plausible ("the camp").

    The words around the name are read too: "Idlib province" is the division, "northern Aleppo" is near the town,
    "Hajin hospital" lies within Hajin where the gazetteer lacks the hospital. The same name in the same context gives
    the same answer.
    """
    context = context or PlaceContext()
    for asked in readings(name):
        within = tuple(_holders((*asked.within, *context.within), gazetteer))
        found = _best(asked, gazetteer, context, within)
        if found is not None:
            return found
    return None


def resolve_all(names: Iterable[str], gazetteer: Gazetteer, *, dateline: str | None = None) -> dict[str, Resolved]:
    """Return where the places of one dispatch lie, by name; a name that cannot be resolved has no entry.

    A name given several times counts as often. First come the countries and the names with one reading or one far
    larger than the others; they make the context in which the rest are resolved. The order of the names is of no
    consequence.
    """
    counts = Counter(names)
    if dateline:
        counts[dateline] += 1
    sure: dict[str, Resolved] = {}
    for name in sorted(counts):
        found = resolve(name, gazetteer)
        if found is not None and _is_sure(found):
            sure[name] = found
    context = _context(sure, counts, dateline)
    resolved: dict[str, Resolved] = {}
    for name in sorted(counts):
        found = resolve(name, gazetteer, _without(context, sure.get(name), counts[name]))
        if found is not None:
            resolved[name] = found
    return resolved


# A first-pass answer that the rest may lean on: far ahead of other readings of its name.
_SURE = 0.85


def as_judged(place: Place) -> Resolved:
    """Return the place as what a person says that a name means."""
    return Resolved(place, _precision(place, "whole"), 1.0, ("a person says so",))


def _is_sure(found: Resolved) -> bool:
    return found.score >= _SURE and (found.place.kind in ("country", "admin1") or found.place.population >= _WELL_KNOWN)


def _context(sure: Mapping[str, Resolved], counts: Mapping[str, int], dateline: str | None) -> PlaceContext:
    weights: dict[str, float] = {}
    for name in sorted(sure):
        code = sure[name].place.country
        weights[code] = weights.get(code, 0.0) + counts[name]
    points = tuple(sorted({r.place.point for r in sure.values() if r.place.kind not in ("country", "region")}))
    divisions: dict[Place, float] = {}
    for name in sorted(n for n in sure if sure[n].place.kind == "admin1"):
        divisions[sure[name].place] = divisions.get(sure[name].place, 0.0) + counts[name]
    return PlaceContext(countries=weights, points=points, dateline=dateline, divisions=divisions)


def _without(context: PlaceContext, own: Resolved | None, count: int) -> PlaceContext:
    """Return the context less what the name itself gave to it, so that no name speaks for itself."""
    if own is None:
        return context
    code = own.place.country
    weights = {c: w - count if c == code else w for c, w in context.countries.items()}
    points = tuple(p for p in context.points if p != own.place.point)
    divisions = {p: w - count if p == own.place else w for p, w in context.divisions.items()}
    return replace(
        context,
        countries={c: w for c, w in weights.items() if w > 0},
        points=points,
        divisions={p: w for p, w in divisions.items() if w > 0},
    )


# ----------------------------------------------------------------------------------------------------- weighing


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that the name may mean.

    It is `spelt` so or only alike, `common` where it usually goes by this name, `eponymous` where a town of its
    country does too.
    """

    place: Place
    spelt: bool = True
    common: bool = False
    eponymous: bool = False


@dataclass(frozen=True, slots=True)
class _Weighed:
    place: Place
    weight: float
    spelt: bool
    supported: bool
    reasons: tuple[str, ...]


def _candidates(asked: Asked, gazetteer: Gazetteer) -> list[_Candidate]:
    code = country_of(asked.core)
    land = gazetteer.country(code) if code else None
    if land is not None:
        return [_Candidate(land, common=True)]
    common = gazetteer.commonly(asked.core)
    part = opens_small(asked.core)
    spelt = [place for place in gazetteer.spelt(asked.core) if not (part and place.kind == "town")]
    alike = [place for place in gazetteer.alike(asked.core) if place not in spelt and not part]
    shaded = {p.key for p in spelt if p.kind not in asked.kinds and in_towns_shade(p, common, asked.core)}
    return [
        *(_Candidate(p, common=p in common, eponymous=p.key in shaded) for p in spelt),
        *(_Candidate(p, spelt=False) for p in alike),
    ]


def _best(asked: Asked, gazetteer: Gazetteer, context: PlaceContext, within: tuple[Place, ...]) -> Resolved | None:
    """Return the candidate of the greatest weight, if it is plausible."""
    found = _candidates(asked, gazetteer)
    # "In Asia, Canada trades": no country named behind it rules out a region of many where it rules out all else.
    held = [c for c in found if _in_land(c.place, within)] or [c for c in found if c.common and not c.place.country]
    weighed = [_weigh(asked, c, context, within) for c in held]
    if not weighed:
        return None
    best = max(weighed, key=lambda w: (w.weight, w.place.population, w.place.key))
    if not _plausible(asked, best, len(weighed)):
        return None
    share = 1 / sum(exp(w.weight - best.weight) for w in weighed)
    return Resolved(best.place, _precision(best.place, asked.shape), round(share, 3), (*asked.reasons, *best.reasons))


def _in_land(place: Place, within: tuple[Place, ...]) -> bool:
    """Tell whether a place may lie in the land that the words name around it: "Hamar, Syria" is not Hamar in Norway.

    Where those words may mean a province as well ("Atlanta, Georgia") any place may.
    """
    lands = {outer.country for outer in within if outer.kind == "country"}
    other = any(outer.kind == "admin1" and outer.country not in lands for outer in within)
    beside = not place.country and any(distance(place.point, outer.point) <= _ACROSS_KM for outer in within)
    return other or not lands or place.country in lands or beside


def _weigh(asked: Asked, candidate: _Candidate, context: PlaceContext, within: tuple[Place, ...]) -> _Weighed:
    place = candidate.place
    listed = place.kind == "admin1" and _lists_divisions(place, context)
    weight, reasons = _own_weight(asked, replace(candidate, eponymous=candidate.eponymous and not listed))
    share = _share(place.country, context.countries)
    held = [p for p in within if _holds(p, place)]
    nearest = min((distance(place.point, p) for p in context.points), default=None)
    inside = _share_of_division(place, context)
    close = nearest is not None and nearest <= _FADE_KM and place.kind != "country"
    if share:
        weight += _COUNTRY * share
        reasons.append(f"{share:.0%} of the places that are sure lie in {place.country}")
    if held:
        weight += _WITHIN
        reasons.append(f"lies in {held[0].name}")
    if inside:
        weight += _IN_DIVISION * inside
        reasons.append(f"{inside:.0%} of the places that are sure are its division")
    if listed:
        weight += _AMONG_DIVISIONS
        reasons.append("stands among divisions of its country")
    if nearest is not None and place.kind != "country":
        weight += _NEAR * exp(-nearest / _FADE_KM)
    if close:
        reasons.append(f"{nearest:.0f} km from a place that is sure")
    supported = bool(held or inside) or share >= _ENOUGH_SHARE or close
    return _Weighed(place, weight, candidate.spelt, supported, tuple(reasons))


def _own_weight(asked: Asked, candidate: _Candidate) -> tuple[float, list[str]]:
    """Return what the place weighs by itself under the name asked for, and why."""
    place = candidate.place
    weight = _POPULATION * log10((_EPONYMOUS if candidate.eponymous else prominence(place)) + 10)
    reasons = [f"{place.kind}, {place.population:,} people" if place.population else place.kind]
    if place.kind == "country":
        weight += _IS_COUNTRY
    if place.kind in asked.kinds:
        weight += _KIND
    if candidate.common:
        weight += _COMMON_NAME
    if not candidate.spelt:
        weight += _SOUND
        reasons.append(SPELT_ALIKE)
    return weight, reasons


def _plausible(asked: Asked, best: _Weighed, rivals: int) -> bool:
    """Tell whether a name may be resolved so: by its context, or because the place is large or has no rival."""
    if best.supported or best.place.kind in ("country", "admin1"):
        return True
    if best.place.kind == "admin2":
        return best.spelt and (rivals == 1 or "admin2" in asked.kinds)
    if best.place.population >= _WELL_KNOWN or best.place.kind in _LANDSCAPE:
        return best.spelt or rivals == 1
    return best.spelt and rivals == 1


def _share(country: str, countries: Mapping[str, float]) -> float:
    total = sum(countries[code] for code in sorted(countries))
    return countries.get(country, 0.0) / total if total else 0.0


def _share_of_division(place: Place, context: PlaceContext) -> float:
    """Return the share of a dispatch's sure places that are divisions which hold this place; 0 for a division."""
    total = sum(context.countries[code] for code in sorted(context.countries))
    if not total or place.kind in ("country", "admin1"):
        return 0.0
    holding = sorted(w for division, w in context.divisions.items() if _in_division(place, division))
    return min(1.0, sum(holding) / total)


def _lists_divisions(place: Place, context: PlaceContext) -> bool:
    """Tell whether a dispatch lists divisions of this one's country, so that its name is a division's, not a town's."""
    others = sum(d.country == place.country and d.key != place.key for d in context.divisions)
    return others >= _LISTED and 2 * len(context.divisions) > len(context.points)


def _in_division(place: Place, division: Place) -> bool:
    if place.country != division.country:
        return False
    if place.admin1 and division.admin1:
        return place.admin1 == division.admin1
    return distance(place.point, division.point) <= _WITHIN_KM


def _holders(names: Iterable[str], gazetteer: Gazetteer) -> Iterator[Place]:
    """Yield the places that names around a name may mean: the three weightiest of each."""
    for name in names:
        for asked in readings(name):
            found = gazetteer.spelt(asked.core)
            if found:
                divisions_first = sorted(found, key=lambda p: (p.kind not in _DIVISIONS, -p.population, p.key))
                yield from divisions_first[:3]
                break


def _holds(outer: Place, inner: Place) -> bool:
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.kind == "admin1" and outer.admin1 and inner.admin1:
        return inner.country == outer.country and inner.admin1 == outer.admin1 and inner.key != outer.key
    reach = _WITHIN_KM if outer.kind in ("admin1", "region", "desert") else _WITHIN_KM / 3
    return inner.within == outer.key or (outer.key != inner.key and distance(outer.point, inner.point) <= reach)


def _precision(place: Place, shape: Shape) -> Precision:
    """Return how well the place's point answers for the name."""
    own = _OF_KIND[place.kind]
    if place.kind == "country" or shape == "whole":
        return own if not (place.rough and own == "exact") else ("within" if place.within else "near")
    if shape == "inside":
        return "within" if own == "exact" else own
    if shape in ("admin1", "admin2"):
        return "admin1" if "admin1" in (shape, own) else "admin2"
    return "near" if own == "exact" else own
