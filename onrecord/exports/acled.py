"""ACLED: one row a day and place, in the 31 columns of its current codebook; `acled.toml` holds what maps to what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from onrecord.exports.acled_actors import INTER, hits_civilians, home, interaction, sides
from onrecord.exports.acled_rows import Draft, Merger
from onrecord.exports.conventions import Table, by_country, checked
from onrecord.exports.material import MANY, Material, Told, fitting
from onrecord.exports.notes import note
from onrecord.exports.parties import STATE
from onrecord.exports.rows import Row, number_of
from onrecord.exports.toll import Counted
from onrecord.model.records import Dispatch, Entity
from onrecord.model.values import first_day

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
SCALES: Final = ("Local partner", "Other", "New media", "Subnational", "National", "Regional", "International")
_WEEK, _MONTH = 7, 31  # days: the longest stretches of time precisions 2 and 3
_WORD = re.compile(r"[\w'’-]+")


def rows(material: Material) -> Iterator[Row]:
    """Yield the rows by day and id; what ACLED cannot say goes to the material's losses."""
    writer = Writer(material)
    drafts = [draft for told in fitting(material, writer.checks()) for draft in writer.drafts(told)]
    for draft in sorted(writer.merged(drafts), key=lambda d: (d.day, d.told[0].id, d.part)):
        yield writer.row(draft)
    material.finish("ACLED")


class Writer:
    """Makes the rows of one material."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.table = material.table("acled")
        self.kinds = {sub: kind for kind, subs in self.table["hierarchy"].items() for sub in subs}
        self.regions = by_country(material.table("countries")["acled_regions"])
        _check(self.table, self.kinds)

    # ------------------------------------------------------------------------------------------------ what is left out

    def checks(self) -> list[tuple[Callable[[Told], bool], str, str]]:
        """Return the tests that an event must pass to be coded, each with the loss where it does not."""
        statuses = [(_not_status(s), s, why) for s, why in self.table["statuses"].items() if why]
        types = [(_not_type(t), t, entry["why"]) for t, entry in self.table["events"].items() if "why" in entry]
        return [
            *statuses,
            *types,
            (lambda t: _span(t) is not None, "undated", "no day on which it began or happened is known"),
            (lambda t: _length(t) <= _MONTH, "rough date", "ACLED dates an event to a month at most"),
            (lambda t: t.place is not None, "no place", "ACLED needs a place"),
            (self._on_map, "rough place", "ACLED needs a point, of a province at the least"),
            (lambda t: t.country is not None, "no country", "ACLED needs a country, and nothing tells in which it was"),
            (self._has_side, "no actor", "ACLED needs an actor, and no account names one"),
        ]

    def _on_map(self, told: Told) -> bool:
        return bool(told.place and told.place.point and told.place.precision in self.table["places"])

    def _has_side(self, told: Told) -> bool:
        return bool(sides(self.material, told, self.kinds[self.sub(told)])[0].actor)

    # ---------------------------------------------------------------------------------------------------- drafts

    def sub(self, told: Told) -> str:
        """Return the sub-event type: by a word of the event, by who is hit or whose force acts, else by its type."""
        for word in self._words(told):
            if word in self.table["words"]:
                return str(self.table["words"][word])
        entry = self.table["events"][told.event.type]
        own = told.agents and told.agents[0].category in STATE and home(told.agents[0], told)
        if own and "state" in entry:
            return str(entry["state"])
        return str(entry.get(hits_civilians(self.material, told)) or entry["sub"])

    def _words(self, told: Told) -> Iterator[str]:
        for claim in told.claims:
            yield from _WORD.findall(self.material.dispatches[claim.dispatch].quote(claim.trigger).casefold())

    def drafts(self, told: Told) -> list[Draft]:
        """Return the rows of an event: one a day of what goes on over days, else one; its deaths are shared out."""
        deaths = sum(self._deaths(part) for part in self.material.toll(told, "killed").parts)
        sub = self.sub(told)
        both = sides(self.material, told, self.kinds[sub])
        first, last = _span(told) or (date.min, date.min)
        length = (last - first).days + 1
        if length > 1 and self._lasts(told, length):
            each, rest = divmod(deaths, length)
            days = [first + timedelta(days=n) for n in range(length)]
            return [Draft((told,), day, 1, sub, both, each + (rest if n == 0 else 0), n) for n, day in enumerate(days)]
        precision = 1 if length == 1 else 2 if length <= _WEEK else 3
        self._rough(told, length)
        return [Draft((told,), first + timedelta(days=(length - 1) // 2), precision, sub, both, deaths)]

    def _lasts(self, told: Told, length: int) -> bool:
        when = told.event.when
        by_day = len(when.start or "") == len(when.end or "") == 10
        return by_day and told.event.type in self.table["lasting"]["types"] and length <= self.table["lasting"]["days"]

    def _rough(self, told: Told, length: int) -> None:
        lose = self.material.losses.lose
        if length > 1:
            lose("field", "date", [told.id], why="ACLED has one day, and a precision in place of the range")
        if told.days is None:
            lose("field", "date", [told.id], why="ACLED has one day, and nobody says until when it went on")

    def _deaths(self, part: Counted) -> int:
        """Return the deaths of a figure: the most cautious number, and ACLED's own for words such as "dozens"."""
        vague = self._vague(part)
        deaths = part.low if vague is None else vague
        self.material.say(part.figure, deaths)
        if part.low != part.high or part.figure.high is None:
            why = "ACLED has one number, the most cautious, and no bounds"
            self.material.losses.lose("field", "range of deaths", [part.figure.id], why=why)
        return deaths

    def _vague(self, part: Counted) -> int | None:
        for claim in (self.material.claims[c] for c in part.figure.claims if c in self.material.claims):
            words = self.material.dispatches[claim.dispatch].quote(claim.trigger).casefold()
            given = [self.table["vague"][w] for w in _WORD.findall(words) if w in self.table["vague"]]
            if given and claim.amount and claim.amount.low == part.low and not any(c.isdigit() for c in words):
                return int(given[0])
        return None

    def merged(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Yield the rows that the drafts make; an event beside the first of a row loses that it has one of its own."""
        why = "ACLED has one row for a day, a place and two sides; the id stands in the tags of that row"
        for draft in Merger(self.kinds).merged(drafts):
            self.material.losses.lose("field", "row of its own", (t.id for t in draft.told[1:]), why=why)
            yield draft

    # ------------------------------------------------------------------------------------------------------ rows

    def row(self, draft: Draft) -> Row:
        """Return a draft in ACLED's columns."""
        return {**self._what(draft), **self._who(draft), **self._where(draft), **self._sources(draft)}

    def _what(self, draft: Draft) -> Row:
        told = draft.told[0]
        kind = self.kinds[draft.sub]
        disorder = self.table["disorder"]
        suffix = f"-{draft.part + 1}" if draft.part else ""
        return {
            "event_id_cnty": f"{told.country.iso3 if told.country else ''}{number_of(told.id)}{suffix}",
            "event_date": draft.day.isoformat(),
            "year": draft.day.year,
            "time_precision": draft.precision,
            "disorder_type": disorder.get(draft.sub) or disorder[kind],
            "event_type": kind,
            "sub_event_type": draft.sub,
        }

    def _who(self, draft: Draft) -> Row:
        first, second = draft.sides
        civilian = "Civilians" in (first.inter, second.inter) and self.kinds[draft.sub] in (
            "Explosions/Remote violence",
            "Violence against civilians",
            "Riots",
        )
        return {
            "actor1": first.actor,
            "assoc_actor_1": first.others,
            "inter1": first.inter,
            "actor2": second.actor,
            "assoc_actor_2": second.others,
            "inter2": second.inter,
            "interaction": interaction(first, second),
            "civilian_targeting": "Civilian targeting" if civilian else "",
        }

    def _where(self, draft: Draft) -> Row:
        told = draft.told[0]
        place, land = told.place, told.country
        admin1, admin2 = self.material.divisions(place)
        longitude, latitude = place.point if place and place.point else (None, None)
        return {
            "iso": land.number if land else None,
            "region": self.regions.get(land.iso2, "") if land else "",
            "country": land.name if land else "",
            "admin1": self._plain(admin1),
            "admin2": self._plain(admin2),
            "admin3": "",
            "location": self._location(place) if place else "",
            "latitude": latitude,
            "longitude": longitude,
            "geo_precision": self.table["places"][place.precision] if place else None,
        }

    def _plain(self, division: str) -> str:
        """Return the name of a division without its kind, as ACLED writes it: "Raqqa" of "Raqqa Governorate"."""
        head, _, kind = division.rpartition(" ")
        return head if head and kind.casefold() in self.table["divisions"]["kinds"] else division

    def _location(self, place: Entity) -> str:
        """Return a place as ACLED names it: what lies in a town behind the town's name, "Mosul - Old City"."""
        town = self.material.entities.get(place.parent or "")
        if place.precision != "within" or town is None or town.kind != "place":
            return place.name
        part = place.name.removesuffix(f"({town.name})").strip()
        return f"{town.name} - {part[:1].upper()}{part[1:]}"

    def _sources(self, draft: Draft) -> Row:
        dispatches = list(dict.fromkeys(d for t in draft.told for d in t.dispatches))
        told = draft.told[0]
        last = max((t.published for t in draft.told), default="")
        midnight = datetime.combine(first_day(last), datetime.min.time(), UTC) if last else None
        ids = ", ".join(t.id for t in draft.told)
        addresses = ", ".join(dict.fromkeys(self.material.addresses(t) for t in draft.told))
        return {
            "source": MANY.join(dict.fromkeys(d.outlet or d.agency or d.file or d.id for d in dispatches)),
            "source_scale": self._scale(dispatches, told),
            "notes": " ".join(note(self.material, t) for t in draft.told),
            "fatalities": draft.deaths,
            "tags": f"onrecord_id={ids}; grade={told.event.grade}; dispatches={addresses}",
            "timestamp": int(midnight.timestamp()) if midnight else None,
        }

    def _scale(self, dispatches: Iterable[Dispatch], told: Told) -> str:
        names = (d.outlet or d.agency or "" for d in dispatches)
        scales = {self._scale_of(name, told) for name in names}
        return "-".join(sorted(scales, key=SCALES.index)[:2])

    def _scale_of(self, name: str, told: Told) -> str:
        actor = self.material.parties.known(name)
        scales = self.table["scales"]
        if actor is None:
            return str(scales["unknown"])
        own = bool(told.place and actor.country == told.place.country and actor.category in ("press", "agency"))
        return str(scales["own"] if own else scales.get(actor.category, scales["unknown"]))


def _not_status(status: str) -> Callable[[Told], bool]:
    return lambda told: told.event.status != status


def _not_type(name: str) -> Callable[[Told], bool]:
    return lambda told: told.event.type != name


def _span(told: Told) -> tuple[date, date] | None:
    """Return the first and the last day; of what has no end yet, the first day alone."""
    if told.days is not None:
        return told.days
    start = told.event.when.start
    return (first_day(start), first_day(start)) if start and len(start) == 10 else None


def _length(told: Told) -> int:
    first, last = _span(told) or (date.min, date.min)
    return (last - first).days + 1


def _check(table: Table, kinds: Table) -> None:
    """Raise DataError where the table names a type, an actor or a scale that ACLED does not have."""
    for key in ("sub", "civilian", "state", "unknown"):
        checked(table["events"], key, kinds, where="acled.toml, events")
    checked(table["words"], "", kinds, where="acled.toml, words")
    checked(table["actors"], "", INTER, where="acled.toml, actors")
    checked(table["scales"], "", SCALES, where="acled.toml, scales")
