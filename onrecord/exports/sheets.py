"""XLSX: a workbook with a sheet a table, one of them the sources; frozen headers, filters, real dates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from onrecord.exports.material import Material
from onrecord.exports.optional import load
from onrecord.exports.typed import Cell, TypedRow, typed

SHEETS: Final = ("events", "figures", "control", "statements", "entities", "sources")
_MOST: Final = 1_048_575  # rows of a sheet below its header (the limits of Excel)
_LONGEST: Final = 32_767  # characters of a cell
_MADE: Final = datetime(1980, 1, 1)
_WIDTHS: Final = {"quotations": 60, "content": 60, "title": 40, "url": 40, "place": 20, "agents": 30, "targets": 30}


def write(material: Material, path: Path) -> list[Path]:
    """Write the workbook and return its path; the same record gives the same bytes."""
    writer = load("xlsxwriter", what="xlsx")
    with writer.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"title": "Onrecord", "created": _MADE})
        styles = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
        for name in SHEETS:
            _sheet(material, book.add_worksheet(name), name, styles)
    material.finish_tables("XLSX")
    return [path]


def _sheet(material: Material, sheet: Any, name: str, styles: dict[str, Any]) -> None:
    names, rows = typed(material.record, name)
    for column, title in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(title, 14))
        sheet.write_string(0, column, title, styles["head"])
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > _MOST:
            why = f"a sheet has {_MOST:,} rows below its header"
            material.losses.lose("field", f"row of {name}", [str(row[0])], why=why)
        else:
            _row(material, sheet, last, row, styles["day"])
    sheet.autofilter(0, 0, min(last, _MOST), len(names) - 1)


def _row(material: Material, sheet: Any, number: int, row: TypedRow, day: Any) -> None:
    for column, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            if len(cell) > _LONGEST:
                why = f"a cell has {_LONGEST:,} characters; the text is cut"
                material.losses.lose("field", "long text", [str(row[0])], why=why)
            sheet.write_string(number, column, cell[:_LONGEST])
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell, day)
        else:
            _number(sheet, number, column, cell)


def _number(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    else:
        sheet.write_number(row, column, cell)
