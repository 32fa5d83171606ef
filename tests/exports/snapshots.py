"""What an export says, as a short text: heads and first rows of tables, totals of their numbers, sums of all files.

Binary files are shown by what their readers see: cells of sheets, rows of tables, members of archives.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

ROWS = 3  # of a table
LINES = 24  # of a text
LONGEST = 160  # characters of a cell
UNSTABLE = ("versions",)  # of a manifest: which program wrote it


def snapshot(folder: Path) -> str:
    """Return what all files of a folder say, by name."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return "".join(f"=== {p.relative_to(folder).as_posix()}\n{_shown(p)}" for p in files)


def _shown(path: Path) -> str:
    return "".join(f"{line}\n" for line in READERS.get(path.suffix, _text)(path))


def _sum(content: str) -> str:
    return f"sha256 {hashlib.sha256(content.encode()).hexdigest()[:16]}"


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)})"


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    """Yield the number of rows, the total of each column of numbers, the first rows field by field, the sum of all."""
    kept = [tuple(row) for row in rows]
    yield f"{len(kept)} rows: {', '.join(columns)}"
    totals = {c: _total([row[n] for row in kept]) for n, c in enumerate(columns)}
    yield "totals: " + ", ".join(f"{name} {total:g}" for name, total in totals.items() if total is not None)
    for number, row in enumerate(kept[:ROWS], 1):
        yield f"-- {number}"
        yield from (f"{c}: {_cell(v)}" for c, v in zip(columns, row, strict=True) if v not in (None, ""))
    yield _sum(repr([tuple(map(str, row)) for row in kept]))


def _total(cells: Sequence[Any]) -> float | None:
    filled = [cell for cell in cells if cell not in (None, "")]
    try:
        return sum(float(cell) for cell in filled) if filled else None
    except (TypeError, ValueError):
        return None


def _csv(path: Path) -> Iterable[str]:
    columns, *rows = csv.reader(io.StringIO(path.read_bytes().decode()))
    return _table(columns, rows)


def _text(path: Path) -> Iterable[str]:
    text = path.read_bytes().decode()
    lines = text.splitlines()
    yield f"{len(lines)} lines"
    yield from (line if len(line) <= LONGEST else f"{line[:LONGEST]}… ({len(line)})" for line in lines[:LINES])
    yield _sum(text)


def _json(path: Path) -> Iterable[str]:
    text = path.read_bytes().decode()
    lines = path.name.endswith(".ftm.json")
    yield from _tree([json.loads(line) for line in text.splitlines()] if lines else json.loads(text), "")
    yield _sum(text)


def _tree(value: Any, name: str) -> Iterable[str]:
    """Yield a tree of JSON: of a list its length and its first thing."""
    if isinstance(value, dict):
        for key in sorted(set(value) - set(UNSTABLE)):
            yield from _tree(value[key], f"{name}.{key}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{name}: {len(value)}"
        yield from _tree(value[0], f"{name}[0]")
    else:
        yield f"{name}: {_cell(json.dumps(value, ensure_ascii=False))}"


def _zip(path: Path) -> Iterable[str]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        yield f"{len(names)} files: {', '.join(names[:ROWS])} … {', '.join(n for n in names if '/' not in n)}"
        manifest = json.loads(archive.read("manifest.json"))
        sums = {name: hashlib.sha256(archive.read(name)).hexdigest()[:16] for name in names}
    yield from _tree({**manifest, "files": len(manifest["files"])}, "manifest")
    changing = ("manifest.json", "SHA256SUMS")
    yield _sum(repr({name: each for name, each in sums.items() if name not in changing}))


def _geopackage(path: Path) -> Iterable[str]:
    with closing(sqlite3.connect(path)) as database:
        for (layer,) in database.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name").fetchall():
            cursor = database.execute(f'SELECT * FROM "{layer}"')
            yield f"layer {layer}"
            yield from _table([d[0] for d in cursor.description], ([_plain(v) for v in row] for row in cursor))


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _parquet(path: Path) -> Iterable[str]:
    from pyarrow import parquet  # noqa: PLC0415 - an optional library

    table = parquet.read_table(path)
    yield ", ".join(f"{field.name} {field.type}" for field in table.schema)
    yield from _table(table.column_names, zip(*(c.to_pylist() for c in table.columns), strict=True))


def _duckdb(path: Path) -> Iterable[str]:
    import duckdb  # noqa: PLC0415 - an optional library

    with duckdb.connect(str(path), read_only=True) as database:
        for (table,) in database.execute("SHOW TABLES").fetchall():
            cursor = database.execute(f'SELECT * FROM "{table}"')
            yield f"table {table}"
            yield from _table([d[0] for d in cursor.description], cursor.fetchall())


def _workbook(path: Path) -> Iterable[str]:
    from openpyxl import load_workbook  # noqa: PLC0415 - an optional library

    for sheet in load_workbook(path):
        columns, *rows = sheet.iter_rows(values_only=True)
        yield f"sheet {sheet.title}, frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"
        yield from _table([str(c) for c in columns], rows)


READERS: dict[str, Callable[[Path], Iterable[str]]] = {
    ".csv": _csv, ".json": _json, ".jsonld": _json, ".geojson": _json, ".zip": _zip, ".gpkg": _geopackage,
    ".parquet": _parquet, ".duckdb": _duckdb, ".xlsx": _workbook,
}  # fmt: skip
