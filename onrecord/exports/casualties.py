"""Every Casualty: the minimum record of its Standards for Casualty Recording (1.01), one row a number of killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from onrecord.exports.material import MANY, Material, Told, fitting
from onrecord.exports.notes import note
from onrecord.exports.rows import Row
from onrecord.exports.toll import Counted
from onrecord.model.records import Dispute

COLUMNS: Final = (
    "record_id", "location", "admin1", "country", "latitude", "longitude", "location_precision", "date_start",
    "date_end", "number_killed_minimum", "number_killed_best", "number_killed_maximum", "victims", "civilian_status",
    "name", "age", "sex", "type_of_death", "actors_involved", "perpetrators", "source_kind", "source",
    "source_document", "conflicting_numbers", "rule_for_conflicting_numbers", "status_of_information",
    "verification", "notes", "onrecord_id", "onrecord_figure",
)  # fmt: skip
_SEXES: Final = {"women": "female", "men": "male"}
_LIVING: Final = "it is no event in which people died"
# The rules of the record in the words of the standards, by which it must be written down how numbers are chosen.
RULES: Final = {
    "widest": "range: the least and the most that any account allows",
    "lowest": "the most cautious account",
    "latest": "the latest account",
    "majority": "majority view: the number that most independent sources give",
    "monitors-first": "the accounts of monitors, else of other observers, else of all",
    "acled": "the most conservative number (ACLED)",
    "ucdp": "range of all accounts, the most reliable one as the best (UCDP)",
    "judged": "decided by a person",
}


def rows(material: Material) -> Iterator[Row]:
    """Yield the rows by date and id; what the standards have no field for goes to the material's losses."""
    checks: list[tuple[Callable[[Told], bool], str, str]] = [
        (lambda t: bool(t.counted("killed")), "no deaths", _LIVING),
        (_told_as_done, "not told as done", "it is denied, only expected, or depends on something"),
        (lambda t: t.place is not None, "no place", "the standards ask for a location"),
        (lambda t: t.event.when.known, "undated", "the standards ask for a date"),
    ]
    made = [row for told in fitting(material, checks) for row in _rows(material, told)]
    yield from sorted(made, key=lambda r: (str(r["date_start"]), str(r["record_id"])))
    material.finish("Every Casualty", disputes=False)


def _told_as_done(told: Told) -> bool:
    return told.event.status in ("happened", "ongoing", "uncertain")


def _rows(material: Material, told: Told) -> Iterator[Row]:
    toll = material.toll(told, "killed")
    if not toll:
        why = "the accounts give running totals alone, which count the dead of other events too"
        material.losses.lose("event", "no deaths", [told.id], why=why)
    for part in toll.parts:
        material.say(part.figure, part.best)
        open_side = part.figure.high is None or part.figure.low is None
        if open_side:
            why = "a record has a least and a most; an open side is empty"
            material.losses.lose("field", "open bound", [part.figure.id], why=why)
        yield {**_where(material, told), **_killed(told, part), **_sources(material, told, part)}


def _where(material: Material, told: Told) -> Row:
    place = told.place
    longitude, latitude = place.point if place and place.point else (None, None)
    return {
        "record_id": None,
        "location": place.name if place else "",
        "admin1": material.divisions(place)[0],
        "country": told.country.name if told.country else "",
        "latitude": latitude,
        "longitude": longitude,
        "location_precision": place.precision if place else "none",
        "date_start": told.event.when.start,
        "date_end": told.event.when.end,
    }


def _killed(told: Told, part: Counted) -> Row:
    civil = part.side == "civilians"
    return {
        "record_id": f"{told.id}-{part.figure.id}",
        "number_killed_minimum": part.low if part.figure.low is not None else 0,
        "number_killed_best": part.best,
        "number_killed_maximum": part.high if part.figure.high is not None else None,
        "victims": part.figure.who or "people",
        "civilian_status": "civilian" if civil else "combatant" if part.group == "fighters" else "unknown",
        "name": "",
        "age": "child" if part.group == "children" else "",
        "sex": _SEXES.get(part.group, ""),
        "type_of_death": told.event.type.replace("_", " "),
        "actors_involved": MANY.join(dict.fromkeys(p.name for p in (*told.agents, *told.targets) if p.armed)),
        "perpetrators": MANY.join(p.name for p in told.agents if p.armed),
    }


def _sources(material: Material, told: Told, part: Counted) -> Row:
    disputes: tuple[Dispute, ...] = (*told.event.disputes, *part.figure.disputes)
    kinds = {"direct quotation" if s and s.direct else "report" for s in map(material.statements.get, _said(told))}
    return {
        "source_kind": MANY.join(sorted(f"news dispatch, {kind}" for kind in kinds)) or "news dispatch",
        "source": material.speakers(told) or material.outlets(told),
        "source_document": material.addresses(told),
        "conflicting_numbers": MANY.join(f"{d.field}: {' / '.join(p.value for p in d.values)}" for d in disputes),
        "rule_for_conflicting_numbers": RULES[part.figure.rule],
        "status_of_information": told.event.status,
        "verification": told.event.grade,
        "notes": note(material, told),
        "onrecord_id": told.id,
        "onrecord_figure": part.figure.id,
    }


def _said(told: Told) -> list[str]:
    return [c.statement for c in told.claims if c.statement]
