"""Dispatches that are rows of another project's table: their text has a line a field, which `sources` lays out so."""

from __future__ import annotations

import re
from typing import Final

from onrecord.model.records import Dispatch

PROJECTS: Final = ("ACLED", "UCDP GED", "Airwars")
_DAY: Final = r"\d{4}-\d\d-\d\d"
_HEAD: Final = re.compile(rf"({'|'.join(PROJECTS)}) event \S[^\n]*\n\nDate: {_DAY}( to {_DAY})?\nType: \w+ \(")


def is_table_row(dispatch: Dispatch) -> bool:
    """Tell whether a dispatch is the text of such a row: its claims are exact, and it is no copy of another."""
    return dispatch.outlet in PROJECTS and bool(_HEAD.match(dispatch.text))
