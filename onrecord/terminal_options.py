"""Options and exit codes that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

EXIT_SET_ASIDE: Final = 3
RECORD: Final = Path("record.db")

RecordPath = Annotated[
    Path, typer.Option("--record", metavar="FILE", envvar="ONRECORD_RECORD", help="The record, a file.", dir_okay=False)
]
Workers = Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Processes that read side by side.")]
