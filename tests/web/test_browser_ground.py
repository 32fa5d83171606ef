"""A moving map over a person's own basemap, in a real browser that draws by software."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.report import land
from onrecord.web.ground import BASEMAP
from tests.web.browser import BY_SOFTWARE, chromium, opened, saved, served
from tests.web.tiles import a_basemap
from tests.web.world import a_world

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return saved(a_world(), tmp_path / "record.db")


def test_a_map_of_ones_own_is_read_from_its_file(record: Path, tmp_path: Path) -> None:
    if not (land.BUILD / "pmtiles.js").exists():
        pytest.skip("the moving map was not built: make assets")
    file = tmp_path / "mine.pmtiles"
    file.write_bytes(a_basemap(attribution='<a href="https://example.org">Made for a test</a>'))
    with chromium(BY_SOFTWARE) as browser, served(record, "--basemap", str(file)) as there:
        pieces: list[int] = []
        with opened(browser, there) as page:
            page.on("response", lambda r: pieces.extend([r.status] if r.url.endswith(BASEMAP) else []))
            page.goto(f"{there}map")
            page.get_by_text("Made for a test").wait_for()
            assert page.locator(".live canvas").count() == 1
            assert set(pieces) == {206}
            assert not [u for u in page.loaded if not u.startswith((there, "blob:", "data:"))]
            assert not page.wrong
