"""Reads RSS and Atom: an entry is a dispatch."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import feedparser

from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside
from onrecord.sources.html import plain_text
from onrecord.sources.pieces import Given, Item, Piece, with_title


def read_feed(data: bytes, item: Item) -> Iterator[Piece | SetAside]:
    """Yield the entries of a feed, each named FILE#ID, or FILE#NUMBER from 1 where an entry has no id.

    The text is the entry's content, else its summary, under its title. Raises SourceError ("malformed").
    """
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        why = feed.get("bozo_exception") or "it has no entries"
        raise SourceError("malformed", f"{item.name} cannot be read as a feed: {why}; fetch it anew")
    notes = ("the feed is not well-formed; entries after the fault may be missing",) if feed.bozo else ()
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(item, number, entry, feed.feed, notes)


def _entry(item: Item, number: int, entry: Any, feed: Any, notes: tuple[str, ...]) -> Piece | SetAside:
    name = f"{item.name}#{entry.get('id') or number}"
    contents = [part.get("value", "") for part in entry.get("content", [])]
    body = max([plain_text(part) for part in contents], key=len, default="") or plain_text(entry.get("summary", ""))
    title = " ".join(plain_text(entry.get("title", "")).split()) or None
    if not body and not title:
        return SetAside(name, "empty", f"entry {number} of {item.name} has neither a text nor a title; leave it out")
    if not contents:
        notes = (*notes, "the feed gives only a summary; fetch the article for the whole text")
    source = entry.get("source", {}).get("title") or feed.get("title")
    given = Given(
        title=title, outlet=source, url=entry.get("link"), published=_day(entry), language=feed.get("language")
    )
    return Piece(name, with_title(title, body).rstrip(), item.given.over(given), notes, item.local)


def _day(entry: Any) -> str | None:
    parsed = entry.get("published_parsed") or (None if entry.get("published") else entry.get("updated_parsed"))
    return time.strftime("%Y-%m-%d", parsed) if parsed else entry.get("published")
