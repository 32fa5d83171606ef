"""Time every page of the workspace on a large record; prints one JSON object.

    python -m bench.workspace [--events 18000] [--rounds 20] [--record FILE]

The record is written straight to a store (SQLite, in a temporary folder unless FILE is named, which is used again if
it is there), not read from texts: entities, events, figures and control that refer to one another as a real record's
do. Each address is asked `rounds` times, in an order that mixes them, through the whole application. `median_ms` and
`p99_ms` are over all answers, `pages` of each address, and the `_cpu_ms` what this process worked for them, which other
programs on the machine do not lengthen; `open_s` is the first look, `decision_ms` a decision kept.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import anyio
import httpx

from bench.large import a_large_record
from onrecord.model.records import Record
from onrecord.office import Office
from onrecord.project import Project
from onrecord.store.sql import open_sqlite
from onrecord.web.app import make_app
from onrecord.web.ground import Ground

_BASE = "http://localhost"


def addresses(record: Record) -> Iterator[str]:
    """Yield the address of each kind of page, the heaviest of its kind where there are several."""
    event = max(record.events, key=lambda e: len(e.claims))
    figure = max(record.figures, key=lambda f: len(f.claims))
    place = max(record.entities, key=lambda e: sum(n for _, n in e.aliases))
    claim, (mention, _) = record.claims[0], record.mentions[0]
    yield from ("/", "/dispatches", "/dispatches?page=150", "/timeline", "/events", "/figures", "/entities", "/control")
    yield from ("/map", "/map/days", "/sources", "/sources?kind=speaker", "/review", "/decisions", "/state/seen")
    yield from (f"/dispatches/{record.dispatches[0].id}", f"/events/{event.id}", f"/events/{record.events[5].id}")
    yield from (f"/figures/{figure.id}", f"/entities/{place.id}", f"/claims/{claim.id}", f"/mentions/{mention.id}")
    yield from (f"/events?place={place.id}", "/events?type=killing&grade=weak", "/timeline?since=2017-03-01")
    yield from ("/search", "/search?q=hospital", "/search?q=convoy+-market&view=map", "/search?q=front&view=timeline")
    yield from ("/names?q=ka&kind=place", "/search?type=killed&since=2017-06-01")


def timed(record_file: Path, rounds: int) -> dict[str, object]:
    """Return the times of all pages over a record file."""
    store = open_sqlite(record_file)
    project = Project(store)
    with closing(Office(project, None)) as office:
        app = make_app(store, office=office, ground=Ground(office.towns))
        asked = list(addresses(store.record()))
        return anyio.run(_asked, app, asked, rounds)


async def _asked(app: object, asked: list[str], rounds: int) -> dict[str, object]:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=_BASE, timeout=600) as client:
        begin = time.perf_counter()
        await client.get("/")
        opened = time.perf_counter() - begin
        order = random.Random(1).sample(asked * rounds, len(asked) * rounds)  # noqa: S311 -- an order, no secret
        times: dict[str, list[float]] = {address: [] for address in asked}
        worked: list[float] = []
        for address in order:
            begin, work = time.perf_counter(), time.process_time()
            answer = await client.get(address)
            times[address].append(1000 * (time.perf_counter() - begin))
            worked.append(1000 * (time.process_time() - work))
            if answer.status_code != 200:
                raise SystemExit(f"{address} answers {answer.status_code}")
        decision = await _decision(client)
    every = [t for each in times.values() for t in each]
    pages = {a: {"median": round(statistics.median(t), 1), "worst": round(max(t), 1)} for a, t in times.items()}
    return {
        "median_ms": round(statistics.median(every), 1),
        "p99_ms": round(statistics.quantiles(every, n=100)[98], 1),
        "median_cpu_ms": round(statistics.median(worked), 1),
        "p99_cpu_ms": round(statistics.quantiles(worked, n=100)[98], 1),
        "worst_median_ms": max(page["median"] for page in pages.values()),
        "open_s": round(opened, 1),
        "decision_ms": decision,
        "pages": dict(sorted(pages.items(), key=lambda p: -p[1]["median"])),
    }


async def _decision(client: httpx.AsyncClient) -> float:
    """Return the milliseconds in which a decision is kept and answered."""
    page = (await client.get("/review?kind=dispute")).text
    form = dict(re.findall(r'name="(token|about|verdict)" value="([^"]+)"', page))
    form["verdict"] = "right"
    begin = time.perf_counter()
    answer = await client.post("/decisions", data=form)
    if answer.status_code != 303:
        raise SystemExit(f"a decision is answered {answer.status_code}")
    return round(1000 * (time.perf_counter() - begin), 1)


def main(argv: list[str] | None = None) -> None:
    """Make the record, time its pages, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=18_000, help="each told in three sentences on average")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--record", type=Path, help="keep the record in this file, or use the one that is there")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        file = args.record or Path(folder) / "large.db"
        if not file.exists():
            with closing(open_sqlite(file)) as store:
                made = a_large_record(args.events, accounts=3, places=900, names=True)
                for dispatch in made.dispatches:
                    store.add(dispatch)
                store.save_record(made)
        print(json.dumps(timed(file, args.rounds), indent=1))


if __name__ == "__main__":
    main()
