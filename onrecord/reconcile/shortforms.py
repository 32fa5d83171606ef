"""Whom a short form means ("the coalition", "the council"), and bodies that were read as persons by mistake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from onrecord.lexicon.actors import Actor, Actors
from onrecord.lexicon.folding import fold
from onrecord.lexicon.lexicon import table
from onrecord.model.records import Dispatch
from onrecord.reconcile.sightings import Sighting


def short_forms(
    seen: Iterable[Sighting],
    keys: Mapping[str, str],
    dispatches: Mapping[str, Dispatch],
    *,
    actors: Actors,
    countries: Mapping[str, frozenset[str]],
) -> dict[str, str]:
    """Return the key of each sighting that a fuller name explains, by the sighting's id.

    In this order: the one body of its dispatch whose name holds it ("council" after "Raqqa Civil Council"); the one
    actor with that nickname ("the coalition") that fits the countries of the dispatch and is named most in all of
    them; the outlet or agency of that name. `countries` gives the countries of the places of each dispatch.
    """
    listed = list(seen)
    outlets = {fold(name) for d in dispatches.values() for name in (d.outlet, d.agency) if name}
    bodies = _bodies(listed)
    named = Counter(keys[s.id] for s in listed if s.named)
    found = {}
    for sighting in listed:
        if keys[sighting.id].startswith("actor:") or sighting.sort == "place":
            continue
        fuller = {keys[b.id] for b in bodies[sighting.dispatch] if b.id != sighting.id and _shortens(sighting, b)}
        key = fuller.pop() if len(fuller) == 1 else None
        key = key or _nicknamed(sighting, actors, named, countries.get(sighting.dispatch, frozenset()))
        if key is None and sighting.sort == "person" and sighting.folded in outlets:
            key = f"body:{sighting.folded}"
        if key:
            found[sighting.id] = key
    return found


def _bodies(seen: Iterable[Sighting]) -> defaultdict[str, list[Sighting]]:
    """Return the bodies that each dispatch names in more than one word."""
    bodies: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        if sighting.sort == "body" and sighting.named and " " in sighting.folded:
            bodies[sighting.dispatch].append(sighting)
    return bodies


def _shortens(sighting: Sighting, body: Sighting) -> bool:
    """Tell whether one word that means a sort of body stands in the full name of a body."""
    return sighting.folded in table("reconcile")["short_forms"]["words"] and sighting.folded in body.folded.split()


def _nicknamed(sighting: Sighting, actors: Actors, named: Counter[str], countries: frozenset[str]) -> str | None:
    """Return the key of the actor whose nickname this is; of several that fit, of the one named most."""
    forms = dict.fromkeys(form for form in (f"the {sighting.folded}", sighting.folded))
    candidates = {a.name: a for form in forms for a in actors.with_nickname(form)}
    fitting = list(_fitting(candidates.values(), named, countries))
    if not fitting:
        return None
    best = max(fitting)
    return None if sum(rank[:2] == best[:2] for rank in fitting) > 1 else f"actor:{best[2]}"


def _fitting(
    candidates: Iterable[Actor], named: Counter[str], countries: frozenset[str]
) -> Iterator[tuple[bool, int, str]]:
    """Yield (is of a country of the dispatch, how often it is named, name) of each actor that may be meant."""
    watchers = frozenset(table("reconcile")["watchers"]["categories"])
    for actor in candidates:
        often = named[f"actor:{actor.name}"]
        elsewhere = actor.country not in (None, *countries) and actor.category not in watchers
        if often and not elsewhere:
            yield actor.country in countries, often, actor.name
