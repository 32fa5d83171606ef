"""HXL: the record's tables with a row of hashtags below their headers, as humanitarian tools read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from onrecord.exports.material import Material
from onrecord.exports.rows import whole
from onrecord.exports.tables import TABLES, Row, Value, cell, columns
from onrecord.exports.toll import value

_PEOPLE: Final = "measures"


def write(material: Material, folder: Path) -> list[Path]:
    """Write each table as `NAME.csv` into the folder, its hashtags in the second row, and return the paths.

    The table of events has a column more for each measure that HXL has a tag for: the number of the event, where it
    has one that may be added up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tags = material.table("hxl")
    written = []
    for table in TABLES:
        names, rows = columns(table), TABLES[table](material.record)
        if table == "events":
            names, rows = (*names, *tags[_PEOPLE]), _with_people(material, rows)
        path = folder / f"{table}.csv"
        path.write_text(_tagged(names, {**tags[_PEOPLE], **tags[table]}, rows), encoding="utf-8", newline="")
        written.append(path)
    material.finish_tables("HXL")
    return written


def _with_people(material: Material, rows: list[Row]) -> list[Row]:
    """Return the rows of events with the numbers that HXL has columns for."""
    measures = material.table("hxl")[_PEOPLE]
    made = []
    for row, told in zip(rows, material.events, strict=True):
        more: dict[str, Value] = {}
        for measure in measures:
            own = [f for f in told.counted(measure) if f.mode == "event"]
            more[measure] = whole(value(own[0])) if len(own) == 1 else None
        made.append({**row, **more})
    return made


def _tagged(names: tuple[str, ...], tags: dict[str, str], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerow([tags.get(name, "") for name in names])
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    return out.getvalue()
