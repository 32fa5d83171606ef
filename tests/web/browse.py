"""A browser without a screen: asks the application directly, and follows links."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import anyio
import httpx
from starlette.applications import Starlette

BASE = "http://localhost"


def get(app: Starlette, *addresses: str, method: str = "GET", host: str = "localhost") -> list[httpx.Response]:
    """The answers to these addresses, in their order."""

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"host": host}) as client:
            return [await client.request(method, address) for address in addresses]

    return anyio.run(ask)


class Reader(HTMLParser):
    """Reads a page: its text, ids, links, what it loads, and what opens and closes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.within_text: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        if tag in ("link", "script", "img", "use", "iframe", "object"):
            self.loads.append(found.get("href") or found.get("src") or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def plain(page: str) -> str:
    """The page's text, without its tags."""
    return "".join(Reader(page).text)


def crawl(app: Starlette, start: str = "/") -> Iterator[tuple[str, httpx.Response]]:
    """Every page that links lead to, from the first one on; files to keep are no pages."""
    seen, queue = {start}, [start]
    while queue:
        answers = get(app, *queue)
        found = list(zip(queue, answers, strict=True))
        yield from found
        queue = []
        for address, answer in found:
            for link in Reader(answer.text).links:
                there = urldefrag(urljoin(BASE + address, link)).url
                local = there.removeprefix(BASE)
                kept = local.startswith(("/download/", "/take/", "/report."))
                if urlsplit(there).netloc == "localhost" and local not in seen and not kept:
                    seen.add(local)
                    queue.append(local)
