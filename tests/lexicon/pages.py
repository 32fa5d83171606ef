"""What is found in a page around its story: lines that are no story, dates, credits and labels, columns of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onrecord.sources.compose import compose
from onrecord.sources.credits import closing_credit, dateline_of, is_byline
from onrecord.sources.dates import find
from onrecord.sources.furniture import is_caption, is_furniture, outlet_in
from onrecord.sources.header import read_header
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import Piece
from onrecord.sources.stamps import date_line
from onrecord.sources.tables import list_in, value_of

Labelled = tuple[int, int, frozenset[str]]
_FIELDS = ("text", "title", "outlet", "agency", "url", "published", "language")


def labelled(text: str) -> Iterator[Labelled]:
    """Yield each line of a text, then the text as a whole, with all that the reading of pages says of it."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line), frozenset(_of_line(line))
        start += len(line) + 1
    yield 0, len(text), frozenset(_of_text(text))


def _of_line(line: str) -> Iterator[str]:
    if is_furniture(line):
        yield "line furniture"
    if is_caption(line):
        yield "line caption"
    if is_byline(line):
        yield "line byline"
    if outlet := outlet_in(line):
        yield f"line of {outlet}"
    if credit := closing_credit(line):
        yield f"line from {credit[1]}"
    if (opening := dateline_of(line)) and opening.place:
        yield f"line sent from {opening.place}"
    for part in date_line(line) or ():
        if part.dated:
            yield f"line dated {part.dated.stamp.day_first}"
            yield f"line {part.dated.label or 'bare'} {part.dated.stamp.day_first}"
    for stamp in find(line):
        yield f"line day {stamp.weekday}"


def _of_text(text: str) -> Iterator[str]:
    header = read_header(text)
    for field in ("title", "outlet", "agency", "byline", "dateline", "url", "language"):
        yield f"page {field} {getattr(header, field)}"
    dispatch = compose(Piece("page.txt", text), order=lambda: None, options=SourceOptions())
    yield f"page published {dispatch.published}"
    if text.startswith("{"):
        row = json.loads(text)
        yield f"page rows {len(list_in(row))}"
        yield from (f"column {field}" for field in _FIELDS if value_of(row, field, {}))
