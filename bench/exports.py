"""Time every export of a large record that is made up in memory: `python -m bench.exports [FORMAT ...] [--events N]`.

Prints one JSON object: for each format the seconds it took (by the clock, and of the processor alone), the peak of
memory in MB and the megabytes written. Each format runs in a process of its own, which makes the record anew; the peak
is that of the whole process, the record's own size (`record_mb`) included.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.exports.formats import FORMATS
from onrecord.exports.losses import Losses
from onrecord.exports.write import write_export
from onrecord.model.records import (
    Claim,
    Control,
    Dispatch,
    Dispute,
    Entity,
    Event,
    Figure,
    Position,
    Record,
    Statement,
    claim_id,
    dispatch_id,
    statement_id,
)
from onrecord.model.values import Amount, Span, When
from onrecord.model.vocabulary import EVENT_TYPES, MEASURES, STATUSES, Grade

EVENTS = 100_000
_A_DISPATCH = 12  # events told in one
_MB = 1024 if sys.platform != "darwin" else 1024 * 1024
_SIDES = ("Syrian Democratic Forces", "Islamic State", "Syrian army", "US-led coalition", "Ardun Front", "rebels")
_CROWDS = ("civilians", "women", "journalists", "residents")
_GROUPS = ("civilians", "children", "fighters", "people", "rebels", "SDF fighters", None)
_GRADES: tuple[Grade, ...] = ("confirmed", "fair", "weak", "contested")
_PRECISIONS = ("exact", "exact", "exact", "near", "within", "admin2", "admin1", "country", "none")


class _Maker:
    """Makes the parts of a record, the same from the same seed."""

    def __init__(self, seed: int, places: int) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret
        self.sides = [self._side(name) for name in _SIDES]
        self.crowds = [Entity(id=f"e-{n}", kind="population", name=n, aliases=((n, 3),)) for n in _CROWDS]
        self.places = [self._place(n) for n in range(places)]
        self.parts: dict[str, list[Any]] = {
            name: [] for name in ("dispatches", "statements", "claims", "events", "figures", "control")
        }

    def _side(self, name: str) -> Entity:
        aliases = ((name, 5), *((("SDF", 3),) if name.startswith("Syrian Dem") else ()))
        return Entity(id=f"e-{name}".replace(" ", "-"), kind="group", name=name, aliases=aliases)

    def _place(self, number: int) -> Entity:
        precision: Any = self.random.choice(_PRECISIONS)
        point = (round(self.random.uniform(36, 42), 4), round(self.random.uniform(32.5, 37), 4))
        known = precision != "none"
        name = f"Town {number}"
        return Entity(
            id=f"e-{number}", kind="place", name=name, aliases=((name, 1),), point=point if known else None,
            precision=precision, country="SY" if known else None,
        )  # fmt: skip

    def dispatch(self, number: int, count: int) -> None:
        """Make a dispatch that tells so many events."""
        kinds = [self.random.choice(EVENT_TYPES) for _ in range(count)]
        lines = [f"There was {kind} number {number}-{n}, it counted 14 killed." for n, kind in enumerate(kinds)]
        text = "\n".join(lines)
        name = dispatch_id(text)
        day = date(2017, 1, 1) + timedelta(days=self.random.randrange(700))
        self.parts["dispatches"].append(
            Dispatch(
                id=name, text=text, file=f"wire/{number}.txt", url=f"https://wire.example/{number}", outlet="Wire Desk",
                title=f"Dispatch {number}", published=day.isoformat(), published_basis="metadata",
            )
        )  # fmt: skip
        start = 0
        for kind, line in zip(kinds, lines, strict=True):
            self._event(kind, Span(name, start, start + len(line)), day)
            start += len(line) + 1

    def _event(self, kind: str, sentence: Span, day: date) -> None:
        random = self.random
        place = random.choice(self.places).id if random.random() < 0.9 else None
        when, status = self._when(day), random.choice((*STATUSES, "happened", "happened", "happened"))
        agents = tuple(e.id for e in random.sample(self.sides, random.choice((0, 1, 1, 2))))
        targets = tuple(e.id for e in random.sample([*self.sides, *self.crowds], random.choice((0, 1, 1, 2))))
        trigger = Span(sentence.dispatch, sentence.start + 10, sentence.start + 10 + len(kind))
        claim, said = claim_id("event", kind, trigger), statement_id(sentence, "a spokesman")
        name = f"v{claim[1:]}"
        figures = tuple(self._figure(name, sentence, place, day) for _ in range(random.choice((0, 0, 1, 1, 2))))
        self.parts["statements"].append(Statement(said, sentence, random.choice(self.sides).id, "", "asserts", False))
        self.parts["claims"].append(
            Claim(
                id=claim, kind="event", type=kind, trigger=trigger, sentence=sentence, status=status, agents=agents,
                targets=targets, place=place, when=when, statement=said, event=name,
            )
        )  # fmt: skip
        disputes = (
            (Dispute("agents", (Position("a", (claim,)),), "two sides are named"),) if random.random() < 0.1 else ()
        )
        self.parts["events"].append(
            Event(
                id=name, type=kind, agents=agents, targets=targets, place=place, when=when, status=status,
                claims=(claim,), sources=random.choice((1, 1, 2, 3)), grade=random.choice(_GRADES), disputes=disputes,
                figures=figures,
            )
        )  # fmt: skip

    def _when(self, day: date) -> When:
        iso, later = day.isoformat(), (day + timedelta(days=self.random.randrange(1, 40))).isoformat()
        stretches = (When(iso, iso), When(iso, iso), When(iso, iso), When(iso, later), When(iso[:7], iso[:7]))
        return self.random.choice((*stretches, When(iso[:4], iso[:4]), When(iso, None), When(None, iso), When()))

    def _figure(self, event: str, sentence: Span, place: str | None, day: date) -> str:
        random = self.random
        measure = random.choice((*MEASURES, "killed", "killed", "killed", "wounded"))
        words = sentence.start + 20 + random.randrange(5)
        trigger = Span(sentence.dispatch, words, words + 8 + random.randrange(4))
        low, spread = random.randrange(1, 60), random.choice((0, 0, 0, 7))
        bounds: Any = random.choice(((low, low + spread), (low, low + spread), (low, None), (None, low)))
        mode: Any = random.choice(("event", "event", "event", "cumulative"))
        claim = claim_id("figure", measure, trigger) + str(random.randrange(10**9))
        name, who = f"f{claim[1:]}", random.choice(_GROUPS)
        self.parts["claims"].append(
            Claim(
                id=claim, kind="figure", type=measure, trigger=trigger, sentence=sentence, place=place, mode=mode,
                amount=Amount(bounds[0], bounds[1], unit="people"), who=who, event=event, figure=name,
            )
        )  # fmt: skip
        self.parts["figures"].append(
            Figure(
                id=name, measure=measure, who=who, place=place, as_of=day.isoformat(), mode=mode, low=bounds[0],
                best=low, high=bounds[1], rule="widest", claims=(claim,), sources=1, event=event, unit="people",
            )
        )  # fmt: skip
        return name

    def control(self) -> None:
        """Make a stretch of control for every fifth place."""
        for place in self.places[::5]:
            claim = next((c for c in self.parts["claims"] if c.place == place.id), None)
            told = (claim.id,) if claim else ()
            state: Any = self.random.choice(("holds", "contested", "besieged"))
            holder = self.random.choice(self.sides).id if state == "holds" else None
            self.parts["control"].append(Control(place.id, holder, state, "2017-01-05", "2017-09-01", None, told))


def a_large_record(events: int = EVENTS, *, seed: int = 1, places: int = 400) -> Record:
    """Return a record of so many events, every type, status, precision and kind of figure among them."""
    maker = _Maker(seed, min(places, max(events, 1)))
    for number, start in enumerate(range(0, events, _A_DISPATCH)):
        maker.dispatch(number, min(_A_DISPATCH, events - start))
    maker.control()
    entities = (*maker.places, *maker.sides, *maker.crowds)
    parts = {name: tuple(items) for name, items in maker.parts.items()}
    return Record(entities=entities, lineage={d.id: d.id for d in parts["dispatches"]}, **parts)


def measured(name: str, events: int) -> dict[str, Any]:
    """Return what it took to export a record of so many events in a format."""
    record = a_large_record(events)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    losses = Losses()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{FORMATS[name].suffix}"
        began, worked = time.perf_counter(), time.process_time()
        written = write_export(name, record, path, losses=losses)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        size = sum(p.stat().st_size for p in written) / 1_000_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "peak_mb": round(peak),
        "record_mb": round(held),
        "written_mb": round(size, 1),
        "events_lost": losses.count("event"),
    }


def main() -> None:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "formats", nargs="*", choices=[*FORMATS, []], help="the formats to time; all where none is named"
    )
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--here", action="store_true", help="in this process, one format")
    args = parser.parse_args()
    if args.here:
        print(json.dumps(measured(args.formats[0], args.events)))
        return
    found = {}
    for name in args.formats or FORMATS:
        command = [sys.executable, "-m", "bench.exports", name, "--events", str(args.events), "--here"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found[name] = json.loads(done.stdout)
    print(json.dumps({"events": args.events, "formats": found}, indent=1))


if __name__ == "__main__":
    main()
