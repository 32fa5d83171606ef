"""Word lists and rules that a non-programmer edits: one TOML file each under `lexicon/data`."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256
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


# Word lists that matter only after reading, where accounts are brought together and graded.
_AFTER_READING = frozenset({"grades.toml", "likeness.toml", "reconcile.toml", "stems.toml"})


@cache
def reading_mark() -> str:
    """Return eight digits that follow from the word lists that reading uses: another mark asks for another reading."""
    lists = (p for p in (files("onrecord.lexicon") / "data").iterdir() if p.name.endswith(".toml"))
    used = sorted((p for p in lists if p.name not in _AFTER_READING), key=lambda p: p.name)
    return sha256(b"".join(sha256(p.read_bytes()).digest() for p in used)).hexdigest()[:8]
