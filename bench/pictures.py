"""Take the pictures of the workspace that the documentation shows, from the example dispatches.

    python -m bench.pictures [--out docs/img] [PAGE …]

Reads examples/ into a record in a temporary folder, decides a few things on it, serves it, and photographs each page in
Chromium at 1440 by 900. Moving maps are drawn by software where there is no graphics card. Needs what `make assets` and
`make install-dev` bring, and Chromium. The pictures are kept with a palette of 256 colours, which makes them a third.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from onrecord.model.records import Record
from onrecord.project import Project, open_project

_SIZE = {"width": 1440, "height": 900}
_GRAPHICS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
_MAPS_S = 240  # that a moving map may take until it is drawn by software, on a machine that is busy
_ROOT = Path(__file__).parents[1]


def pages(record: Record) -> dict[str, str]:
    """Return the address of each page by the name of its picture."""
    event = max(record.events, key=lambda e: (len(e.disputes), len(e.claims)))
    figure = max(record.figures, key=lambda f: (len(f.claims), f.id))
    place = next(e for e in record.entities if e.name == "Raqqa")
    told = [c.dispatch for c in record.claims if c.kind == "figure"]
    dispatch = max(sorted(set(told)), key=told.count)
    mark = next(c for c in record.claims if c.dispatch == dispatch and c.kind == "figure")
    return {
        "overview": "/", "dispatches": "/dispatches", "dispatch": f"/dispatches/{dispatch}#c-{mark.id}",
        "timeline": "/timeline", "events": "/events", "event": f"/events/{event.id}", "figures": "/figures",
        "figure": f"/figures/{figure.id}", "names": "/entities", "entity": f"/entities/{place.id}",
        "control": "/control", "map": "/map", "sources": "/sources?kind=speaker", "search": "/search?q=hospital",
        "search-map": "/search?q=killed&view=map", "review": "/review", "decisions": "/decisions", "report": "/report",
        "claim": f"/claims/{event.claims[0]}",
    }  # fmt: skip


def decided(project: Project) -> None:
    """Decide a few things, so that the page of decisions shows some."""
    event = max(project.record.events, key=lambda e: (len(e.claims), e.id))
    doubtful = min(project.record.claims, key=lambda c: (c.score, c.id))
    project.judge("right", event.claims[0], by="amal", note="Told by two who were there.")
    project.judge("wrong", doubtful.id, by="noor")


@contextmanager
def served(record: Path) -> Iterator[str]:
    """Serve a record, and give its address once it shows the record."""
    command = [sys.executable, "-m", "onrecord", "serve", "--record", str(record), "--port", "8760"]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT, env=env) as process:
        try:
            address = (process.stdout.readline() if process.stdout else "").split()[-1].rstrip("/")
            while not _ready(address):
                time.sleep(1)
            yield address
        finally:
            process.terminate()


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 -- our own server
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


def taken(page: Page, address: str) -> bytes:
    """Return the picture of a page, as PNG with a palette."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if page.locator("[data-map]").count():
        page.locator(".live[data-shown]").first.wait_for()
        page.wait_for_load_state("networkidle")  # towns are asked for as the map comes to rest
        page.wait_for_timeout(1000)
    if "#" in address:
        page.locator("#card .card").wait_for()
    picture = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(256).save(picture, "PNG", optimize=True)
    return picture.getvalue()


def main(argv: list[str] | None = None) -> None:
    """Take the pictures, and print how large each is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", nargs="*", help="only these")
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "img")
    args = parser.parse_args(argv)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "record.db"
        with open_project(file) as project:
            project.add(_ROOT / "examples")
            decided(project)
            wanted = {n: a for n, a in pages(project.record).items() if not args.page or n in args.page}
        browser = playwright.chromium.launch(executable_path=chromium, args=_GRAPHICS)
        with served(file) as address:
            for name, path in wanted.items():  # each in a window of its own, which has not been here before
                window = browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]
                window.set_default_timeout(1000 * _MAPS_S)
                picture = taken(window, address + path)
                (args.out / f"{name}.png").write_bytes(picture)
                print(f"{name}.png: {len(picture) / 1000:.0f} kB")
                window.close()
        browser.close()


if __name__ == "__main__":
    main()
