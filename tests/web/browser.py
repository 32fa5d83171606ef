"""A real browser, where this machine has one: Playwright drives the system's Chromium over a served record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from onrecord.model.records import Record
from onrecord.store.sql import open_sqlite

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def served(record: Path, *options: str) -> Iterator[str]:
    """Serve a record by the command line, and give its address once it shows the record."""
    command = [sys.executable, "-m", "onrecord", "serve", "--record", str(record), "--port", "8750", *options]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert "http://" in line, line
            until(lambda: ready(line.split()[-1]), seconds=240)  # the first map may have to compile the gazetteer
            yield line.split()[-1]
        finally:
            process.terminate()


def saved(record: Record, file: Path) -> Path:
    """Write a record as a file that can be served."""
    with closing(open_sqlite(file)) as store:
        for dispatch in record.dispatches:
            store.add(dispatch)
        store.save_record(record)
    return file


def ready(address: str) -> bool:
    """Whether the record is there, and not a page that asks to wait for it."""
    try:
        with urllib.request.urlopen(address) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


# Without a graphics card moving maps are drawn by software, which is slow; most tests go by the drawn ones.
NO_GRAPHICS = ("--disable-3d-apis",)
BY_SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")


@contextmanager
def chromium(graphics: tuple[str, ...] = NO_GRAPHICS) -> Iterator[Any]:
    """Start the browser, or skip with the reason why there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("this machine has no Chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *graphics])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """Open a page that notes what it loads (`loaded`) and what goes wrong in it (`wrong`)."""
    context = browser.new_context(**options)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.loaded, page.wrong = [], []
    page.on("request", lambda request: page.loaded.append(request.url))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.wrong.append(message.text))
    try:
        page.goto(address)
        yield page
    finally:
        context.close()


def until(found: Any, *, seconds: float = 60) -> None:
    """Wait until this is true."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it did not become so in time"
        time.sleep(0.2)
