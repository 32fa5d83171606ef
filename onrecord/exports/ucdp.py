"""UCDP GED: one row an event with at least one death, in the 49 columns of version 23.1; `ucdp.toml` maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from onrecord.exports.conventions import by_country
from onrecord.exports.material import MANY, Material, Told, fitting
from onrecord.exports.notes import sentence
from onrecord.exports.parties import FOREIGN, STATE, Party
from onrecord.exports.places import Country, country
from onrecord.exports.rows import MADE, Row, number_of, short_number_of
from onrecord.exports.toll import Toll, value

COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


@dataclass(slots=True)
class _Sides:
    """The dyad of an event; `swapped` where the agents of the event are side b."""

    kind: int
    first: str
    second: str
    swapped: bool = False
    states: tuple[str | None, str | None] = field(default=(None, None))

    @property
    def dyad(self) -> str:
        return f"{self.first} - {self.second}"


def rows(material: Material) -> Iterator[Row]:
    """Yield the rows by day and id; what UCDP GED cannot say goes to the material's losses."""
    writer = _Writer(material)
    made = []
    for told in fitting(material, writer.checks()):
        toll = material.toll(told, "killed")
        if toll.total("high") < 1:
            writer.no_deaths(told, toll)
            continue
        made.append(writer.row(told, toll))
    active = _active(made, material.table("ucdp")["active"]["deaths"])
    for row in sorted(made, key=lambda r: (str(r["date_start"]), str(r["relid"]))):
        yield {**row, "active_year": (row["dyad_name"], row["year"]) in active}
    material.finish("UCDP GED")


def _active(made: list[Row], least: int) -> set[tuple[object, object]]:
    """Return the dyads and years with so many deaths; UCDP looks at its whole data, we at this export."""
    deaths: Counter[tuple[object, object]] = Counter()
    for row in made:
        deaths[row["dyad_name"], row["year"]] += int(row["best"] or 0)
    return {key for key, count in deaths.items() if count >= least}


class _Writer:
    """Makes the rows of one material."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.table = material.table("ucdp")
        countries = material.table("countries")
        self.regions = by_country(countries["ucdp_regions"])
        self.numbers = countries["gw"]
        self.sides_of: dict[str, _Sides] = {}

    def checks(self) -> list[tuple[Callable[[Told], bool], str, str]]:
        """Return the tests that an event must pass, each with the loss where it does not."""
        statuses = [(_not_status(s), s, why) for s, why in self.table["statuses"].items() if why]
        return [
            *statuses,
            (_deadly, "no deaths", "UCDP GED takes events with at least one death, and no account counts any"),
            (
                lambda t: t.days is not None,
                "undated",
                "UCDP GED needs the day, month or year in which it began and ended",
            ),
            (self._placed, "no place", "UCDP GED needs a point, of a country at the least"),
            (
                lambda t: self.sides(t) is not None,
                "no actor",
                "UCDP GED needs a side that bears arms, and none is named",
            ),
        ]

    def _placed(self, told: Told) -> bool:
        return bool(told.place and told.place.point and told.place.precision in self.table["places"])

    def no_deaths(self, told: Told, toll: Toll) -> None:
        """Lose an event that is deadly by nothing but running totals."""
        why = "UCDP GED takes events with at least one death, and the accounts give running totals alone"
        self.material.losses.lose("event", "no deaths", [told.id], why=why)
        left = {p.figure.id for p in toll.parts} | {f.id for f in told.figures if f.measure != "killed"}
        for figure in (f for f in told.figures if f.id in left):
            lost = f"of an event left out: {why}"
            self.material.losses.lose("figure", figure.measure, [figure.id], why=lost, amount=value(figure))

    # ---------------------------------------------------------------------------------------------------- the dyad

    def sides(self, told: Told) -> _Sides | None:
        """Return the dyad of an event, `None` where no side that bears arms is named."""
        if told.id not in self.sides_of:
            found = self._sides(told)
            if found is None:
                return None
            self.sides_of[told.id] = found
        return self.sides_of[told.id]

    def _sides(self, told: Told) -> _Sides | None:
        ours, theirs = _first(told.agents), _first(told.targets)
        if ours is None and theirs is None:
            beside = self.material.beside(told)
            if beside is None:
                return None
            why = (
                "nobody says whose act it was; the sides are those of another event that the dispatch tells of that day"
            )
            self.material.losses.lose("field", "sides", [told.id], why=why)
            ours, theirs = _first(beside.agents), _first(beside.targets)
        civil = any(p.civil for p in told.targets) or self._civilians_died(told)
        if ours is not None and theirs is None:
            turns = self.table["events"][told.event.type]
            if turns == "civilians" or (turns == "onesided" and civil):
                return self._one_sided(ours)
            holder = self.material.holder(told)
            theirs = holder if holder and holder.armed and holder.name != ours.name else None
            if theirs is None and civil:
                why = "no opponent is named, so that it stands as one-sided; UCDP would look for the opponent elsewhere"
                self.material.losses.lose("field", "dyad", [told.id], why=why)
                return self._one_sided(ours)
        return self._two_sided(ours, theirs)

    def _civilians_died(self, told: Told) -> bool:
        group = self.material.parties.people.group
        return any(group(f.who) in ("civilians", "children", "women", "men") for f in told.counted("killed"))

    def _one_sided(self, party: Party) -> _Sides:
        return _Sides(ONE_SIDED, self.name(party), "Civilians", states=(party.state, None))

    def _two_sided(self, ours: Party | None, theirs: Party | None) -> _Sides:
        """Return the dyad with the government, where there is one, as side a."""
        swap = ours is None or (ours.state is None and theirs is not None and theirs.state is not None)
        first, second = (theirs, ours) if swap else (ours, theirs)
        kind = STATE_BASED if any(p and p.category in STATE | FOREIGN for p in (first, second)) else NON_STATE
        names = [self.name(p) if p else "unknown" for p in (first, second)]
        states = tuple(p.state if p else None for p in (first, second))
        return _Sides(kind, names[0], names[1], swap, (states[0], states[1]))

    def name(self, party: Party) -> str:
        """Return an actor as UCDP names it."""
        land = country(party.state)
        if land:
            return f"Government of {self.country(land)}"
        return str(self.table["names"].get(party.name, party.name))

    def country(self, land: Country | None) -> str:
        """Return a country as UCDP names it."""
        return str(self.table["countries"].get(land.iso2, land.name)) if land else ""

    # ------------------------------------------------------------------------------------------------------ rows

    def row(self, told: Told, toll: Toll) -> Row:
        """Return an event in UCDP's columns, all but whether its dyad was active."""
        sides = self.sides(told)
        if sides is None or told.days is None:
            raise ValueError(f"{told.id} has no dyad or no days")
        made = {**self._ids(told, sides), **self._sources(told), **self._where(told), **self._when(told, told.days)}
        return {**made, **self._deaths(toll, sides), **self._states(sides)}

    def _ids(self, told: Told, sides: _Sides) -> Row:
        conflict, dyad = self._number("conflicts", sides.dyad), self._number("dyads", sides.dyad)
        first, second = self._number("sides", sides.first), self._number("sides", sides.second)
        if max(conflict, dyad, first, second) >= MADE:
            why = "only UCDP knows its numbers; those it does not have are made of the names, from 1,000,000,000 on"
            self.material.losses.lose("field", "UCDP's numbers of conflict, dyad and sides", [told.id], why=why)
        return {
            "id": number_of(told.id),
            "relid": told.id,
            "year": told.days[0].year if told.days else None,
            "active_year": None,
            "code_status": "Clear",
            "type_of_violence": sides.kind,
            "conflict_dset_id": conflict,
            "conflict_new_id": conflict,
            "conflict_name": sides.dyad,
            "dyad_dset_id": dyad,
            "dyad_new_id": dyad,
            "dyad_name": sides.dyad,
            "side_a_dset_id": first,
            "side_a_new_id": first,
            "side_a": sides.first,
            "side_b_dset_id": second,
            "side_b_new_id": second,
            "side_b": sides.second,
        }

    def _number(self, heading: str, name: str) -> int:
        """Return UCDP's number of a side, dyad or conflict where the table has it, else one made of its name."""
        known = self.table[heading].get(name)
        return short_number_of(f"{heading} {name}") if known is None else int(known)

    def _sources(self, told: Told) -> Row:
        found = told.dispatches
        return {
            "number_of_sources": told.event.sources or -1,
            "source_article": MANY.join(
                ", ".join(filter(None, (f'"{d.outlet or d.agency or d.file}"', d.published, d.title, d.url or d.file)))
                for d in found
            ),
            "source_office": MANY.join(dict.fromkeys(d.outlet or d.agency or d.file or d.id for d in found)),
            "source_date": MANY.join(d.published or "" for d in found),
            "source_headline": MANY.join(d.title or "" for d in found),
            "source_original": self.material.speakers(told),
        }

    def _where(self, told: Told) -> Row:
        place, land = told.place, told.country
        admin1, admin2 = self.material.divisions(place)
        longitude, latitude = place.point if place and place.point else (0.0, 0.0)
        return {
            "where_prec": self.table["places"][place.precision] if place else None,
            "where_coordinates": place.name if place else "",
            "where_description": f"{sentence(self.material, told)} {self.material.quotations(told.claims)}",
            "adm_1": admin1,
            "adm_2": admin2,
            "latitude": latitude,
            "longitude": longitude,
            "geom_wkt": f"POINT ({longitude:g} {latitude:g})",
            "priogrid_gid": priogrid(longitude, latitude),
            "country": self.country(land),
            "country_id": self.numbers.get(land.iso2) if land else None,
            "region": self.regions.get(land.iso2, "") if land else "",
        }

    def _when(self, told: Told, days: tuple[date, date]) -> Row:
        first, last = days
        return {
            "event_clarity": 1 if told.event.when.precision == "day" else 2,
            "date_prec": date_precision(told),
            "date_start": f"{first.isoformat()} 00:00:00.000",
            "date_end": f"{last.isoformat()} 00:00:00.000",
        }

    def _deaths(self, toll: Toll, sides: _Sides) -> Row:
        by_side = {side: toll.total(side=side) for side in ("agents", "targets", "civilians", "unknown")}
        ours, theirs = ("targets", "agents") if sides.swapped else ("agents", "targets")
        if sides.kind == ONE_SIDED:  # whoever is not of the side that acts is a civilian to UCDP
            by_side["civilians"] += by_side["targets"] + by_side["unknown"]
            by_side["targets"] = by_side["unknown"] = 0
        for part in toll.parts:
            self.material.say(part.figure, part.best)
            if part.figure.high is None or part.figure.low is None:
                why = "UCDP GED has a low and a high for every number; an open side stands as the best"
                self.material.losses.lose("field", "open bound", [part.figure.id], why=why)
        return {
            "deaths_a": by_side[ours],
            "deaths_b": by_side[theirs],
            "deaths_civilians": by_side["civilians"],
            "deaths_unknown": by_side["unknown"],
            "best": toll.total(),
            "high": toll.total("high"),
            "low": toll.total("low"),
        }

    def _states(self, sides: _Sides) -> Row:
        a, b = (self.numbers.get(code or "") for code in sides.states)
        return {"gwnoa": a, "gwnob": b}


def priogrid(longitude: float, latitude: float) -> int:
    """Return the cell of PRIO-GRID: half degrees, counted from 1 in the south-west, 720 a row (its codebook)."""
    column = min(int((longitude + 180) * 2), 719)
    row = min(int((latitude + 90) * 2), 359)
    return row * 720 + column + 1


def date_precision(told: Told) -> int:
    """Return date_prec: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 a year or a longer stretch."""
    first, last = told.days or (date.min, date.max)
    length = (last - first).days + 1
    return next((code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4)) if length <= most), 5)


def _deadly(told: Told) -> bool:
    return any(value(f) >= 1 or (f.high or 0) >= 1 for f in told.counted("killed"))


def _not_status(status: str) -> Callable[[Told], bool]:
    return lambda told: told.event.status != status


def _first(parties: tuple[Party, ...]) -> Party | None:
    """Return the side that bears arms: one that is named goes before men who are not."""
    armed = [p for p in parties if p.armed]
    return next((p for p in armed if p.category != "unidentified"), armed[0] if armed else None)
