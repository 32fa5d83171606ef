"""Parquet and DuckDB: the tables with types, for analysis in pandas, R, polars and SQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from onrecord.exports.material import Material
from onrecord.exports.optional import load
from onrecord.exports.typed import NAMES, Kind, TypedRow, kind_of, typed
from onrecord.model.records import Record

_STORAGE: Final = "v1.0.0"
_BATCH: Final = 20_000  # rows that are in memory at once


def write_parquet(material: Material, folder: Path) -> list[Path]:
    """Write each table as `NAME.parquet` into the folder and return the paths; the same record gives the same bytes."""
    arrow, parquet = load("pyarrow", what="parquet"), load("pyarrow.parquet", what="parquet")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in NAMES:
        path = folder / f"{name}.parquet"
        schema, batches = _batches(arrow, material.record, name)
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
        written.append(path)
    _finish(material, "Parquet")
    return written


def write_duckdb(material: Material, path: Path) -> list[Path]:
    """Write the tables into a DuckDB database of this path, in place of an older one, and return the path.

    The same record gives the same bytes: one thread, one name of the database whatever the file's, the storage of
    DuckDB 1.0, which gives files no random name and which every DuckDB since reads, and no compression (FSST) that
    draws lots.
    """
    arrow, duckdb = load("pyarrow", what="duckdb"), load("duckdb", what="duckdb")
    path.unlink(missing_ok=True)
    where = str(path).replace("'", "''")
    with duckdb.connect(":memory:", config={"threads": 1}) as database:
        database.execute("SET disabled_compression_methods = 'fsst'")
        database.execute(f"ATTACH '{where}' AS record (STORAGE_VERSION '{_STORAGE}')")
        for name in NAMES:
            schema, batches = _batches(arrow, material.record, name)
            rows = arrow.RecordBatchReader.from_batches(schema, batches)
            database.register("rows", rows)
            database.execute(f'CREATE TABLE record."{name}" AS SELECT * FROM rows')  # noqa: S608 - the names are ours
            database.unregister("rows")
        database.execute("CHECKPOINT record")
        database.execute("DETACH record")
    _finish(material, "DuckDB")
    return [path]


def _batches(arrow: Any, record: Record, table: str) -> tuple[Any, Iterator[Any]]:
    names, rows = typed(record, table)
    types: dict[Kind, Any] = {
        "text": arrow.string(), "number": arrow.float64(), "whole": arrow.int64(), "yes": arrow.bool_(),
        "day": arrow.date32(),
    }  # fmt: skip
    schema = arrow.schema([(name, types[kind_of(name)]) for name in names])
    return schema, _made(arrow, schema, rows)


def _made(arrow: Any, schema: Any, rows: Iterator[TypedRow]) -> Iterator[Any]:
    while part := list(islice(rows, _BATCH)):
        cells = [
            arrow.array(column, type=field.type) for column, field in zip(zip(*part, strict=True), schema, strict=True)
        ]
        yield arrow.RecordBatch.from_arrays(cells, schema=schema)


def _finish(material: Material, convention: str) -> None:
    """Note what the typed tables leave out: they hold the claims with their offsets."""
    record, lose = material.record, material.losses.lose
    disputed = [e.id for e in record.events if e.disputes] + [f.id for f in record.figures if f.disputes]
    why = f"{convention} says on which field accounts differ, not which claims hold which value"
    lose("dispute", "positions", disputed, why=why)
    why = f"{convention} has no table of what people decided; its effect is in the record"
    lose("judgement", "decision", (j.id for j in record.judgements), why=why)
