"""What a text says right behind a place's name of where it lies: "Ardun, Raqqa province, Syria"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.gazetteer import Gazetteer
from onrecord.model.records import Mention
from onrecord.reconcile.sightings import Sighting

_BEHIND = re.compile(r"\s*,\s+|\s+(?=\S)")  # "Ardun, Syria", and "Ardun Syria" as lists have it
_LISTED = re.compile(r"\s*(?:,\s*)?(?:and|or|&)\s")  # "in Ardun, Syria and Iraq" is a list of three
_MOST = 3  # names behind one another: a town, a province, a country


def in_lands(seen: Sequence[Sighting], text: str, gazetteer: Gazetteer) -> dict[str, str]:
    """Return the name to look up for each sighting of one dispatch: with the country that the text puts behind it.

    The names between the two go along: "Ardun, Raqqa, Syria". Where the text puts different ones behind one name, the
    first counts.
    """
    starts = {m.span.start: (m, s) for s in seen for m in s.mentions if m.form == "name"}
    names: dict[str, str] = {}
    for sighting in seen:
        own = () if _is_land(sighting.name, gazetteer) else sighting.mentions
        chain = next((c for m in own if (c := _chain(m, starts, text, gazetteer))), ())
        names[sighting.id] = ", ".join((sighting.name, *chain))
    return names


def _chain(
    mention: Mention, starts: dict[int, tuple[Mention, Sighting]], text: str, gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Return the names behind a mention up to that of a country; empty where no country closes them."""
    names: list[str] = []
    while len(names) < _MOST:
        gap = _BEHIND.match(text, mention.span.end)
        following = starts.get(gap.end()) if gap else None
        if gap is None or following is None or not ("," in gap.group() or _is_land(following[1].name, gazetteer)):
            return ()
        mention, sighting = following
        names.append(sighting.name)
        if _is_land(sighting.name, gazetteer):
            return () if _LISTED.match(text, mention.span.end) else tuple(names)
    return ()


def _is_land(name: str, gazetteer: Gazetteer) -> bool:
    return any(place.kind == "country" for place in gazetteer.commonly(name))
