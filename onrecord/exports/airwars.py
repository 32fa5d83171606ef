"""Airwars: one row an incident, with who was killed and injured, the grade, and what the belligerent says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from onrecord.exports.material import MANY, Material, Told, fitting
from onrecord.exports.notes import sentence
from onrecord.exports.parties import Party
from onrecord.exports.rows import Row
from onrecord.exports.toll import Toll
from onrecord.model.records import Claim

_GROUPS: Final = (
    "civilian_non_combatants",
    "children",
    "women",
    "men",
    "persons_directly_participating_in_hostilities",
)
_HARMS: Final = {"killed": "killed", "injured": "wounded"}
_BOUNDS: Final = tuple(f"{group}_{harm}_{side}" for harm in _HARMS for group in _GROUPS for side in ("min", "max"))
COLUMNS: Final = (
    "code", "date_type", "date", "date_end", "country", "location_name", "region", "strike_status", "strike_type",
    "targeted_belligerent", "observation", "civilian_harm_reported", "civilian_harm_status", "cause_of_death_injury",
    "latitude", "longitude", "geolocation_accuracy", *_BOUNDS, "belligerents", "belligerent_assessment",
    "belligerent_deaths_conceded_min", "belligerent_deaths_conceded_max", "belligerent_injuries_conceded_min",
    "belligerent_injuries_conceded_max", "belligerent_statements", "sources", "source_urls", "onrecord_id",
)  # fmt: skip


def rows(material: Material) -> Iterator[Row]:
    """Yield the rows by day and id; what Airwars cannot say goes to the material's losses."""
    writer = _Writer(material)
    made = [writer.row(told) for told in fitting(material, writer.checks())]
    yield from sorted(made, key=lambda r: (str(r["date"]), str(r["code"])))
    material.finish("Airwars")


class _Writer:
    """Makes the rows of one material."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.table = material.table("airwars")

    def checks(self) -> list[tuple[Callable[[Told], bool], str, str]]:
        """Return the tests that an event must pass, each with the loss where it does not."""
        statuses = [(_not_status(s), s, why) for s, why in self.table["statuses"].items() if why]
        why = "Airwars lists incidents in which civilians may have been harmed"
        return [
            *statuses,
            (self._harmful, "no harm", why),
            (lambda t: t.event.when.known, "undated", "Airwars needs a date"),
            (lambda t: t.place is not None, "no place", "Airwars needs a place"),
        ]

    def _harmful(self, told: Told) -> bool:
        group = self.material.parties.people.group
        counted = (group(f.who) for f in told.counted("killed", "wounded"))
        harmed = any(g in ("civilians", "children", "women", "men", "everybody") for g in counted)
        kind = self.table["events"].get(told.event.type)
        strike = kind is not None and kind not in ("Ground operation", "Unknown")
        return harmed or (kind is not None and any(p.civil for p in told.targets)) or strike

    def row(self, told: Told) -> Row:
        """Return an event as an incident."""
        tolls = {harm: self.material.toll(told, measure) for harm, measure in _HARMS.items()}
        counts: Row = {}
        for harm, toll in tolls.items():
            counts |= self._counts(harm, toll)
        ends = {**self._what(told), **self._where(told)}
        made = {**ends, **counts, **self._belligerents(told), **self._harm(told, tolls["killed"], tolls["injured"])}
        return {name: made[name] for name in COLUMNS}

    def _what(self, told: Told) -> Row:
        when = told.event.when
        return {
            "code": f"OR-{told.id}",
            "date_type": "single" if when.precision == "day" else "range",
            "date": when.start or when.end,
            "date_end": when.end if when.end != when.start else None,
            "strike_status": self.table["strikes"][told.event.grade],
            "strike_type": self.table["events"].get(told.event.type, "Unknown"),
            "targeted_belligerent": MANY.join(p.name for p in told.targets if p.armed),
            "observation": f"{sentence(self.material, told)} {self.material.quotations(told.claims)}",
            "cause_of_death_injury": told.event.type.replace("_", " "),
            "sources": self.material.outlets(told),
            "source_urls": self.material.addresses(told),
            "onrecord_id": told.id,
        }

    def _where(self, told: Told) -> Row:
        place = told.place
        longitude, latitude = place.point if place and place.point else (None, None)
        return {
            "country": told.country.name if told.country else "",
            "location_name": place.name if place else "",
            "region": self.material.divisions(place)[0],
            "latitude": latitude,
            "longitude": longitude,
            "geolocation_accuracy": self.table["places"][place.precision if place else "none"],
        }

    def _counts(self, harm: str, toll: Toll) -> Row:
        """Return the bounds of each group; women, men and children are among the civilians, as Airwars has them."""
        by_group: dict[str, tuple[str, ...]] = {
            "children": ("children",),
            "women": ("women",),
            "men": ("men",),
            _GROUPS[4]: ("fighters",),
        }
        by_group[_GROUPS[0]] = ("civilians", "children", "women", "men", "everybody", "unknown")
        made: Row = {}
        for group in _GROUPS:
            parts = [p for p in toll.parts if p.group in by_group[group]]
            low, high = sum(p.low for p in parts), sum(p.high for p in parts)
            made |= {f"{group}_{harm}_min": low if parts else None, f"{group}_{harm}_max": high if parts else None}
        for part in toll.parts:
            self.material.say(part.figure, part.best)
            self._rough(part.figure.id, part.group, open_side=part.figure.high is None or part.figure.low is None)
        return made

    def _rough(self, figure: str, group: str, *, open_side: bool) -> None:
        lose = self.material.losses.lose
        if open_side:
            lose("field", "open bound", [figure], why="Airwars has a least and a most; an open side stands as the best")
        if group in ("everybody", "unknown"):
            why = (
                "nobody says whether they were civilians; they stand among the civilians, as Airwars counts by default"
            )
            lose("field", "whom it counts", [figure], why=why)

    def _harm(self, told: Told, killed: Toll, injured: Toll) -> Row:
        harmed = bool(killed) or bool(injured)
        return {
            "civilian_harm_reported": "Yes" if harmed else "No",
            "civilian_harm_status": self.table["grades"][told.event.grade],
        }

    def _belligerents(self, told: Told) -> Row:
        agents = [p for p in told.agents if p.armed]
        own = list(self._own_claims(told, agents))
        denies = [c for c in own if c.status == "denied" or self._stance(c) == "denies"]
        admits = [c for c in own if c not in denies]
        kind = "denied" if denies and not admits else "own_word" if admits else "silent"
        killed, injured = self._conceded(told, agents, "killed"), self._conceded(told, agents, "wounded")
        return {
            "belligerents": MANY.join(p.name for p in agents) or "Unknown",
            "belligerent_assessment": self.table["assessments"][kind],
            "belligerent_deaths_conceded_min": killed[0],
            "belligerent_deaths_conceded_max": killed[1],
            "belligerent_injuries_conceded_min": injured[0],
            "belligerent_injuries_conceded_max": injured[1],
            "belligerent_statements": self.material.quotations(own),
        }

    def _stance(self, claim: Claim) -> str:
        statement = self.material.statements.get(claim.statement or "")
        return statement.stance if statement else ""

    def _own_claims(self, told: Told, agents: Sequence[Party]) -> Iterator[Claim]:
        """Yield the claims of an event that a side which acted makes itself."""
        names = {p.entity.id for p in agents}
        yield from (c for c in told.claims if self._by(c, names))

    def _by(self, claim: Claim, names: Iterable[str]) -> bool:
        statement = self.material.statements.get(claim.statement or "")
        return statement is not None and bool({statement.speaker, statement.organisation} & set(names))

    def _conceded(self, told: Told, agents: Sequence[Party], measure: str) -> tuple[int | None, int | None]:
        """Return the bounds of what the side that acted says itself of those killed or wounded."""
        names = {p.entity.id for p in agents}
        claims = (self.material.claims[c] for f in told.counted(measure) for c in f.claims if c in self.material.claims)
        own = [c.amount for c in claims if c.amount and c.mode == "event" and self._by(c, names)]
        lows, highs = [a.low for a in own if a.low is not None], [a.high for a in own if a.high is not None]
        return (int(min(lows)) if lows else None, int(max(highs)) if highs else None)


def _not_status(status: str) -> Callable[[Told], bool]:
    return lambda told: told.event.status != status
