"""Reads JSON, JSON Lines and CSV: a row is a dispatch, its columns say what is known about it."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.lexicon.lexicon import table
from onrecord.model.errors import SourceError
from onrecord.model.records import SetAside
from onrecord.sources.options import SourceOptions
from onrecord.sources.pieces import WHOLE_LIMIT, Given, Item, Piece, Row, first_of, megabytes
from onrecord.sources.projects import lacking, project_of, project_piece
from onrecord.sources.text import decode

_PROBE = 20  # rows without a text column after which the whole file is set aside
csv.field_size_limit(2**31 - 1)  # a field may be a whole article; SourceOptions.max_bytes limits it instead


def read_table(item: Item, kind: str, options: SourceOptions) -> Iterator[Piece | SetAside]:
    """Yield the dispatches of a table (`kind` is json, jsonl or csv), each named FILE#NUMBER.

    The number is the line of a JSON Lines file, the row below the heading of a CSV file, the place in a JSON list, all
    from 1. A row that cannot be read is set aside and the rest is read; where no row has the text column, the file is.
    The tables of ACLED, UCDP GED and Airwars are known by their columns, unless a mapping is given.
    """
    missed: list[Row] = []
    found = False
    for number, row in rows(item, kind, options):
        if isinstance(row, SetAside):
            yield row
            continue
        project = None if options.mapping else project_of(row)
        piece = (
            _piece(item, number, row, options) if project is None else _of_project(item, number, row, project, options)
        )
        if isinstance(piece, Piece) or project or has_text(row, options):
            found = True
            yield piece
        elif found:
            yield piece
        else:
            missed.append(row)
            if len(missed) >= _PROBE:
                break
    if missed and not found:
        yield _no_column(item, missed, options)
    elif missed:
        yield SetAside(item.name, "no text", f"the first {len(missed)} rows of {item.name} have no text column")


def _of_project(item: Item, number: int, row: Row, project: str, options: SourceOptions) -> Piece | SetAside:
    return project_piece(project, f"{item.name}#{number}", row, local=item.local, by_day=options.day_first)


def rows(item: Item, kind: str, options: SourceOptions) -> Iterator[tuple[int, Row | SetAside]]:
    """Yield the rows of a table with their numbers; what is no row comes as SetAside. Raises SourceError."""
    readers = {"json": _json, "jsonl": _json_lines, "csv": _csv}
    yield from readers[kind](item, options)


def _json(item: Item, options: SourceOptions) -> Iterator[tuple[int, Row | SetAside]]:
    text, _ = decode(item.read(WHOLE_LIMIT), item.name, encoding=options.encoding)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            json.loads(text.splitlines()[0])
        except (ValueError, IndexError, RecursionError):
            raise SourceError("malformed", f"{item.name} is not valid JSON: {error}; mend it there") from None
        yield from _json_lines(item, options)
        return
    for number, row in enumerate(list_in(content), 1):
        yield number, row if isinstance(row, dict) else _bad_row(item, number, "is not an object with named fields")


def list_in(content: Any) -> list[Any]:
    """Return the rows of a JSON document: itself where it is a list, else the list under a known key, else one row."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        for key in table("headers")["lists"]["keys"]:
            inside = content.get(key)
            if isinstance(inside, list) and inside and isinstance(inside[0], dict):
                return inside
    return [content]


def _json_lines(item: Item, options: SourceOptions) -> Iterator[tuple[int, Row | SetAside]]:
    for number, line in enumerate(_text_lines(item, options), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, _bad_row(item, number, f"is not valid JSON: {error}")
            continue
        yield number, row if isinstance(row, dict) else _bad_row(item, number, "is not an object with named fields")


def _csv(item: Item, options: SourceOptions) -> Iterator[tuple[int, Row | SetAside]]:
    lines = _text_lines(item, options)
    heading = next(lines, "")
    delimiter = max(",;\t|", key=heading.count)
    reader = csv.reader(_chain(heading, lines), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(reader, [])]
        for number, values in enumerate(reader, 1):
            if any(values):
                yield number, dict(zip(names, values, strict=False))
    except csv.Error as error:
        raise SourceError("malformed", f"{item.name} is not valid CSV near line {reader.line_num}: {error}") from None
    if not any(names):
        raise SourceError("empty", f"{item.name} has no heading row; the first row names the columns")


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _text_lines(item: Item, options: SourceOptions) -> Iterator[str]:
    """Yield the lines of a table with their ends, decoded one by one, whatever its size."""
    encoding, errors = (options.encoding, "strict") if options.encoding else _encoding(item)
    with item.open() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        try:
            for line in text:
                if len(line) > WHOLE_LIMIT:
                    raise SourceError("too large", f"a line of {item.name} is over {megabytes(WHOLE_LIMIT)}; split it")
                yield line
        except UnicodeDecodeError as error:
            raise SourceError(
                "encoding", f"{item.name} is not all in {encoding} ({error}); name its encoding with --encoding"
            ) from None
        except LookupError:
            raise SourceError("encoding", f"there is no encoding {encoding}; name another with --encoding") from None


def _encoding(item: Item) -> tuple[str, str]:
    """Return the encoding of a table and what to do about errors; the bytes are read through once, piece by piece."""
    if item.head(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16", "strict"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with item.open() as stream:
        while block := stream.read(1 << 20):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                notes = " ".join(decode(block, item.name)[1])
                codec = next((name for name in ("cp1252", "cp1256") if name in notes), None)
                return (codec, "strict") if codec else ("utf-8-sig", "replace")
    return "utf-8-sig", "strict"


def _bad_row(item: Item, number: int, why: str) -> SetAside:
    return SetAside(f"{item.name}#{number}", "malformed", f"row {number} of {item.name} {why}; mend or remove it")


# ------------------------------------------------------------------------------------------------------- columns


def _flat(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def value_of(row: Row, field: str, mapping: Mapping[str, str]) -> str | None:
    """Return what a row says for one of our fields, as text; `None` where it says nothing."""
    if field in mapping:
        return _as_text(_reach(row, mapping[field]))
    by_flat = {_flat(name): value for name, value in reversed(list(row.items()))}
    return first_of(_as_text(by_flat.get(_flat(name))) for name in table("headers")["columns"][field])


def _reach(row: Row, path: str) -> Any:
    if path in row:
        return row[path]
    inside: Any = row
    for step in path.split("."):
        inside = inside.get(step) if isinstance(inside, dict) else None
    return inside


def _as_text(value: Any) -> str | None:
    if isinstance(value, dict):
        return _as_text(value.get("name") or value.get("title"))
    if isinstance(value, list):
        texts = [text for text in map(_as_text, value) if text]
        return "\n\n".join(texts) or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return text if text.strip() else None


def has_text(row: Row, options: SourceOptions) -> bool:
    """Tell whether a row has the column of the text at all, filled or not."""
    if "text" in options.mapping:
        return options.mapping["text"] in row or _reach(row, options.mapping["text"]) is not None
    known = {_flat(name) for name in table("headers")["columns"]["text"]}
    return any(_flat(name) in known for name in row)


def given_of(row: Row, mapping: Mapping[str, str]) -> Given:
    """Return what the columns of a row say about its text."""
    known = {
        name: value_of(row, name, mapping) for name in ("title", "outlet", "agency", "url", "published", "language")
    }
    return Given(**{name: " ".join(value.split()) for name, value in known.items() if value})


def _piece(item: Item, number: int, row: Row, options: SourceOptions) -> Piece | SetAside:
    name = f"{item.name}#{number}"
    text = value_of(row, "text", options.mapping)
    if not text:
        return SetAside(name, "empty", f"row {number} of {item.name} has no text; fill or remove it")
    if len(text.encode("utf-8", "surrogatepass")) > options.max_bytes:
        limit = megabytes(options.max_bytes)
        return SetAside(
            name, "too large", f"the text of row {number} is over {limit}; split it, or raise the limit with --max-mb"
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Piece(name, text, item.given.over(given_of(row, options.mapping)), local=item.local)


def _no_column(item: Item, missed: list[Row], options: SourceOptions) -> SetAside:
    seen = ", ".join(dict.fromkeys(str(name) for row in missed for name in row)) or "none"
    wanted = options.mapping.get("text")
    what = f"no column {wanted!r}" if wanted else "no column that is known to hold the text"
    advice = f"{item.name} has {what}; its columns are: {seen}; name the right one with --map text=COLUMN"
    if not wanted and (near := lacking(dict.fromkeys(str(name) for row in missed for name in row))):
        advice = f"{advice}; or mend the names of its columns, if it is one: {near}"
    return SetAside(item.name, "no text column", advice)
