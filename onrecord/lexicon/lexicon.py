"""Word lists and rules that a non-programmer edits: one TOML file each under `lexicon/data`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.model.errors import DataError


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table `lexicon/data/NAME.toml`, read once. Raises DataError that names the file and the line."""
    resource = files("onrecord.lexicon") / "data" / f"{name}.toml"
    try:
        return tomllib.loads(resource.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"there is no word list {name}.toml in lexicon/data") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"lexicon/data/{name}.toml is not valid TOML: {error}; mend that line") from error
