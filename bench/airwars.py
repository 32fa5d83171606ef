"""Score places and joining on Airwars' Coalition statements: `python -m bench.airwars FOLDER`; one JSON object.

FOLDER holds `official_statements.jsonl.gz` (what the Coalition said of each report of civilian harm, with the military
grid) and `incidents.jsonl.gz` (what Airwars holds of the same incidents). Each statement is read as a dispatch, without
its grid and case numbers, and so is one sentence of ours on each incident; all are reconciled into one record. In per
cent:

`placed_as_published`: statements that lie within 5 km of their grid (which the table and, in a third of them, the words
give) where the words are read as they stand, grid and all: where the record puts their events, or, where they tell of
none, the first place that they name. `placed`: the same in the record without grids; of these `placed_own_words` are
statements that say where themselves, `placed_listed` those published as entries of a list, which we head as those lists
are headed, with the day and the place that Airwars gives; `by_event` counts events only. `reachable`: Airwars' own
point lies within 5 km of the grid. `joined`: statements that have an event in common with their incident,
`joined_precision`: of all incidents so joined those that are the right one, `joined_alone`: joined among statements
whose incident is the only one of its day within 5 km.

`--half a` and `--half b` score half of the statements each, by a checksum of their codes: `a` was looked at while
mending, `b` was not. `--errors N` prints statements that are misplaced or not joined to standard error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.reading.counting import share
from bench.reading.jsonl import rows
from onrecord.extract.read import read, standard_kit
from onrecord.lexicon.gazetteer import distance
from onrecord.model.records import Dispatch, Entity, Event, Record, dispatch_id
from onrecord.reconcile.record import Knowledge, reconcile

NEAR_KM = 5.0
STATEMENTS, INCIDENTS = "official_statements.jsonl.gz", "incidents.jsonl.gz"
_SAYS_WHERE = re.compile(r"\b(?:Syria|Iraq)\b")
_CASE = re.compile(r"\b\d{1,4}\s*/\s*(?:[CRT]?S\d+\w?\b)?|\b[CRT]S\d{2,4}\w?\b|\b\d{2}\s?S\s?[A-Z]{2}\s?[\d ]{4,12}\b")
_UNSURE = frozenset({"country", "admin1", "none"})
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement or an incident, and the dispatch that tells of it."""

    row: _Row
    dispatch: Dispatch
    own_words: bool = True

    @property
    def code(self) -> str:
        """Airwars' code of the incident."""
        return str(self.row["code"])


def statements(folder: Path, *, grids: bool = False) -> list[Told]:
    """Return the Coalition's statements as dispatches, those that do not say where headed by day and place.

    Without `grids` their words lack grid references and case numbers.
    """
    return [_statement(row, grids=grids) for row in rows(folder / STATEMENTS)]


def _statement(row: _Row, *, grids: bool) -> Told:
    said = str(row["statement"])
    said = " ".join((said if grids else _CASE.sub(" ", said.replace(str(row["mgrs"]), " "))).split())
    own = bool(_SAYS_WHERE.search(said))
    text = said if own else f"{_day(row['incident_date'])}, near {row['location_en']}, Syria. {said}"
    issued = str(row["statement_date"] or "")
    published = f"{issued[:4]}-{issued[4:6]}-{issued[6:]}" if len(issued) == 8 else None
    return Told(row, Dispatch(dispatch_id(text), text, outlet="Coalition", published=published), own)


def incidents(folder: Path) -> Iterator[Told]:
    """Yield the incidents that have a day and a place, each told in a sentence of ours by Airwars."""
    for row in rows(folder / INCIDENTS):
        if row.get("date") and row.get("location_en"):
            region = f", {row['region']}" if row.get("region") else ""
            low, high = row.get("civ_killed_min"), row.get("civ_killed_max")
            killed = f" {low} to {high}" if low != high else f" {low}" if low else ""
            text = (
                f"An air strike by the {row.get('belligerent') or 'Coalition'} reportedly killed{killed} civilians in "
                f"{row['location_en']}{region}, Syria, on {_day(row['date'])}, Airwars said."
            )
            yield Told(row, Dispatch(dispatch_id(text), text, outlet="Airwars", published=row["date"]))


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day:%B} {day.day}, {day.year}"


def half_of(code: str) -> str:
    """Return the half, `a` or `b`, to which the statement of this code belongs."""
    return "ab"[crc32(code.encode()) % 2]


def scores(folder: Path, *, half: str | None = None, errors: int = 0) -> dict[str, Any]:
    """Return the scores over a folder of Airwars' tables; raises OSError where a table is missing."""
    said, held = statements(folder), list(incidents(folder))
    record = _record([t.dispatch for t in (*said, *held)])
    chosen = [t for t in said if half in (None, half_of(t.code))]
    counts, told = Counter[str](), list[str]()
    told.extend(_placed(counts, record, chosen))
    told.extend(_joined(counts, record, chosen, held))
    whole = Counter[str]()
    published = [t for t in statements(folder, grids=True) if half in (None, half_of(t.code))]
    list(_placed(whole, _record([t.dispatch for t in published]), published))
    for line in told[:errors]:
        sys.stderr.write(f"{line}\n")
    n = counts
    return {
        "statements": len(chosen),
        "with_grid": n["grid"],
        "placed_as_published": share(whole["own near"] + whole["listed near"], whole["grid"]),
        "placed": share(n["own near"] + n["listed near"], n["grid"]),
        "placed_own_words": share(n["own near"], n["own"]),
        "placed_listed": share(n["listed near"], n["listed"]),
        "by_event": share(n["event near"], n["grid"]),
        "reachable": share(n["reachable"], n["both points"]),
        "joined": share(n["joined"], n["with incident"]),
        "joined_precision": share(n["joined"], n["incidents joined"]),
        "joined_alone": share(n["alone joined"], n["alone"]),
    }


def _record(dispatches: Iterable[Dispatch]) -> Record:
    kit = standard_kit()
    by_id = {d.id: d for d in dispatches}
    readings = [read(by_id[i], kit) for i in sorted(by_id)]
    return reconcile(by_id.values(), readings, (), knowledge=Knowledge(kit.actors, kit.gazetteer))


def _events_of(record: Record) -> dict[str, list[Event]]:
    """Return the events that each dispatch tells of, one entry a claim, in the order of its words."""
    events = {e.id: e for e in record.events}
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for claim in record.claims:
        if claim.kind == "event" and claim.event:
            found[claim.dispatch].append(events[claim.event])
    return found


# ------------------------------------------------------------------------------------------------------- places


def _placed(counts: Counter[str], record: Record, said: Iterable[Told]) -> Iterator[str]:
    """Count the statements whose event or first place lies near the grid; yields a line for each that does not."""
    entities, events, named = {e.id: e for e in record.entities}, _events_of(record), _named(record)
    for told in (t for t in said if t.row["mgrs_lat"]):
        sort = "own" if told.own_words else "listed"
        grid = (told.row["mgrs_lon"], told.row["mgrs_lat"])
        where = _of_events(events.get(told.dispatch.id, ()), entities)
        near = _near(where or next(iter(named.get(told.dispatch.id, ())), None), grid)
        counts.update(["grid", sort, *([f"{sort} near"] * near), *(["event near"] * _near(where, grid))])
        if told.row["lat"]:
            airwars = distance((told.row["lon"], told.row["lat"]), grid) <= NEAR_KM
            counts.update(["both points", *(["reachable"] * airwars)])
        if not near:
            put = where or next(iter(named.get(told.dispatch.id, ())), None)
            away = f"{distance(put.point, grid):.0f} km" if put and put.point else "nowhere"
            yield f"place {told.code} {put.name if put else None} {away} | {told.dispatch.text[:160]}"


def _near(entity: Entity | None, grid: tuple[float, float]) -> bool:
    return entity is not None and entity.point is not None and distance(entity.point, grid) <= NEAR_KM


def _of_events(events: Iterable[Event], entities: Mapping[str, Entity]) -> Entity | None:
    """Return the place at which most claims of a dispatch are put; the first of equals, narrow ones only."""
    puts = Counter(e.place for e in events if e.place and entities[e.place].precision not in _UNSURE)
    return entities[next(iter(dict(puts.most_common(1))))] if puts else None


def _named(record: Record) -> dict[str, list[Entity]]:
    """Return the places that each dispatch names in the order of its words, without countries and provinces."""
    entities = {e.id: e for e in record.entities}
    found: defaultdict[str, list[Entity]] = defaultdict(list)
    for mention, entity in record.mentions:
        if mention.kind in ("place", "facility") and entities[entity].precision not in _UNSURE:
            found[mention.span.dispatch].append(entities[entity])
    return found


# ------------------------------------------------------------------------------------------------------ joining


def _joined(counts: Counter[str], record: Record, said: Iterable[Told], held: Iterable[Told]) -> Iterator[str]:
    """Count the statements that share an event with their incident; yields a line for each that does not."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    points: defaultdict[str, list[Told]] = defaultdict(list)
    for told in held:
        codes[told.dispatch.id].add(told.code)
        points[told.row["date"]].append(told)
    mine = {told.code: told for told in held}
    events, by_event = _events_of(record), defaultdict[str, set[str]](set)
    for dispatch, happened in events.items():
        for event in happened:
            by_event[event.id] |= codes.get(dispatch, set())
    for told in (t for t in said if t.code in mine):
        found = {code for event in events.get(told.dispatch.id, ()) for code in by_event[event.id]}
        right, alone = told.code in found, _is_alone(mine[told.code], points)
        counts.update({"with incident": 1, "joined": right, "incidents joined": len(found)})
        counts.update({"alone": alone, "alone joined": alone and right})
        if not right:
            texts = [t.dispatch.text[:120] for t in (told, mine[told.code])]
            yield f"join {told.code} {sorted(found)[:4]} | {' | '.join(texts)}"


def _is_alone(told: Told, by_day: Mapping[str, list[Told]]) -> bool:
    """Tell whether no other incident of the day lies within 5 km; without a point there is no telling."""
    if not told.row.get("lat"):
        return False
    point = (told.row["lon"], told.row["lat"])
    others = [t for t in by_day[told.row["date"]] if t is not told and t.row.get("lat")]
    return all(distance((t.row["lon"], t.row["lat"]), point) > NEAR_KM for t in others)


def main(argv: list[str] | None = None) -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help=f"a folder that holds {STATEMENTS} and {INCIDENTS}")
    parser.add_argument("--half", choices=("a", "b"), help="score one half of the statements")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors to standard error")
    args = parser.parse_args(argv)
    for name in (STATEMENTS, INCIDENTS):
        if not (args.folder / name).is_file():
            parser.error(f"{args.folder} has no {name}; give a folder of Airwars' tables")
    print(json.dumps(scores(args.folder, half=args.half, errors=args.errors), indent=1))


if __name__ == "__main__":
    main()
