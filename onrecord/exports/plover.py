"""PLOVER: events with mode, context and actors with sectors, as a JSON list; `plover.toml` holds what maps to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from onrecord.exports.conventions import Table
from onrecord.exports.jsonlines import write_list
from onrecord.exports.material import Material, Told, fitting
from onrecord.exports.parties import Party
from onrecord.exports.places import country
from onrecord.model.errors import DataError
from onrecord.model.records import Dispatch

_SIZES: Final = {"killed": "dead", "wounded": "injured", "detained": "arrested"}
CODER: Final = "onrecord"
FIELDS: Final = (
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "size", "coder",
    "coded_date", "coded_time", "comment",
)  # fmt: skip


def write(material: Material, path: Path) -> list[Path]:
    """Write the events as a JSON list, in the record's order; what PLOVER cannot say goes to the losses."""
    write_list(path, events(material))
    return [path]


def events(material: Material) -> Iterator[dict[str, Any]]:
    """Yield the events as PLOVER has them."""
    writer = _Writer(material)
    for told in fitting(material, writer.checks()):
        yield writer.event(told)
    material.finish("PLOVER")


class _Writer:
    """Makes the events of one material."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.table = material.table("plover")
        _check(self.table)

    def checks(self) -> list[tuple[Callable[[Told], bool], str, str]]:
        """Return the tests that an event must pass, each with the loss where it does not."""
        left = [(_not_status(s), s, e["why"]) for s, e in self.table["statuses"].items() if isinstance(e, Mapping)]
        types = [(_not_type(t), t, e["why"]) for t, e in self.table["events"].items() if "why" in e]
        why = "PLOVER codes announced withdrawals, attacks and talks, and nothing else that is only expected"
        return [*left, *types, (lambda t: bool(self._kind(t)[0]), "expected", why)]

    def _kind(self, told: Told) -> tuple[str, str]:
        """Return event and mode, both empty where PLOVER has none for what is only expected."""
        if self.table["statuses"][told.event.status] == "expected":
            entry = self.table["expected"].get(told.event.type, {})
            return entry.get("event", ""), entry.get("mode", "")
        entry = self.table["events"][told.event.type]
        if "armed" in entry and any(p.armed for p in told.targets):
            return entry["armed"], entry["armed_mode"]
        return entry["event"], entry["mode"]

    def event(self, told: Told) -> dict[str, Any]:
        """Return an event as PLOVER has it; every field of its standard is there, empty where nothing is known."""
        kind, mode = self._kind(told)
        scale = self.table["scale"]
        when = told.event.when
        self._rough(told)
        return {
            "id": told.id,
            "has_event": True,
            "date": when.start or when.end,
            "time": None,
            "enddate": when.end if when.end != when.start else None,
            "endtime": None,
            "actor": [self._entity(p) for p in told.agents],
            "recipient": [self._entity(p) for p in told.targets],
            "event": kind,
            "event_loc": self._location(told),
            "event_text": sorted({self.material.dispatches[c.dispatch].quote(c.trigger) for c in told.claims}),
            "quad_code": self.table["quads"][kind],
            "event_scale": scale.get(f"{kind} {mode}", scale.get(kind)),
            "mode": mode,
            "context": self.table["events"][told.event.type]["context"],
            "link": sorted(told.event.figures),
            "text": self.material.quotations(told.claims),
            "text_info": {"onrecord_id": told.id, "status": told.event.status, "grade": told.event.grade},
            "cite_info": [_cite(d) for d in told.dispatches],
            "size": self._size(told),
            "coder": CODER,
            "coded_date": told.published or None,
            "coded_time": None,
            "comment": "alleged, not vouched for by anyone named" if told.event.status == "uncertain" else "",
        }

    def _rough(self, told: Told) -> None:
        lose = self.material.losses.lose
        if not told.event.when.known:
            lose("field", "date", [told.id], why="no account says when; PLOVER's date is empty")
        if told.event.status == "uncertain":
            lose("field", "status", [told.id], why="PLOVER has no word for an allegation; it stands in the comment")

    def _entity(self, party: Party) -> dict[str, Any]:
        land = country(party.country)
        sector = self.table["sectors"].get(party.category)
        words = party.name.casefold()
        said = next((s for word, s in self.table["sector_words"].items() if word in words), None)
        return {
            "code": land.iso3 if land else "---",
            "sector": said or sector or "UNK",
            "entity_text": party.name,
            "identifier_id": party.entity.id,
            "identifier_text": "onrecord",
            "religion": None,
            "ethnicity": None,
            "office": None,
            "gender": None,
            "age": None,
        }

    def _location(self, told: Told) -> dict[str, Any] | None:
        place = told.place
        if place is None:
            return None
        admin1, admin2 = self.material.divisions(place)
        longitude, latitude = place.point or (None, None)
        return {
            "extracted_place": place.name,
            "resolved_place": place.name if place.point else None,
            "geonameid": place.reference.get("geonames"),
            "lat": latitude,
            "lon": longitude,
            "city": place.name if place.precision == "exact" and place.kind == "place" else None,
            "district": admin2 or None,
            "province": admin1 or None,
            "country": told.country.name if told.country else None,
            "country_code": told.country.iso3 if told.country else None,
            "feature_class": None,
            "feature_code": None,
            "resolution": self.table["places"][place.precision] or None,
        }

    def _size(self, told: Told) -> dict[str, int]:
        """Return the numbers that PLOVER has: the best, its bounds are lost."""
        made = {}
        for measure, name in _SIZES.items():
            toll = self.material.toll(told, measure)
            for part in toll.parts:
                self.material.say(part.figure, part.best)
                if part.low != part.high or part.figure.high is None:
                    why = "PLOVER has one number and no bounds"
                    self.material.losses.lose("field", "range", [part.figure.id], why=why)
            if toll:
                made[name] = toll.total()
        return made


def _cite(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "corpus": "onrecord",
        "citation": dispatch.id,
        "url": dispatch.url or dispatch.file,
        "title": dispatch.title,
        "language": dispatch.language,
        "publication": dispatch.outlet or dispatch.agency,
        "license": None,
        "copyright": None,
        "coder": CODER,
        "codebook": "PLOVER",
        "version": None,
    }


def _not_status(status: str) -> Callable[[Told], bool]:
    return lambda told: told.event.status != status


def _not_type(name: str) -> Callable[[Told], bool]:
    return lambda told: told.event.type != name


def _check(table: Table) -> None:
    """Raise DataError where an entry has an event or a mode that PLOVER does not have."""
    for heading in ("events", "expected"):
        for name, entry in table[heading].items():
            pairs = [(entry.get("event"), entry.get("mode")), (entry.get("armed"), entry.get("armed_mode"))]
            for event, mode in pairs:
                if event is not None and (event not in table["modes"] or (mode and mode not in table["modes"][event])):
                    raise DataError(f"plover.toml, {heading}: {name} is {event}/{mode}, which PLOVER does not have")
