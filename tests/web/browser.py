"""A real browser, where this machine has one: Playwright drives the system's Chromium over a served record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def served(record: Path) -> Iterator[str]:
    """Serve a record by the command line, and give its address."""
    command = [sys.executable, "-m", "onrecord", "serve", "--record", str(record), "--port", "8750"]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert "http://" in line, line
            yield line.split()[-1]
        finally:
            process.terminate()


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser, or skip with the reason why there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("this machine has no Chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])
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
