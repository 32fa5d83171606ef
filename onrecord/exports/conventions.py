"""The tables of a convention: `lexicon/data/conventions/NAME.toml`, with what a user's file of that name changes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.lexicon.lexicon import table
from onrecord.model.errors import DataError

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conventions:
    """The tables of all conventions; `own` is the folder of the user's, which hold only what they change."""

    own: Path | None = None

    def table(self, name: str) -> Table:
        """Return the table of a convention. Raises DataError where the user's file breaks its rules."""
        ours = table(f"conventions/{name}")
        path = self.own / f"{name}.toml" if self.own else None
        if path is None or not path.exists():
            return ours
        return _merged(ours, _read(path), str(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}; mend its permissions, or remove it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not valid TOML: {error}; mend that line, or remove the file") from None


def _merged(ours: Table, theirs: Table, where: str) -> dict[str, Any]:
    """Return our table with theirs laid over it, heading by heading."""
    if unknown := sorted(set(theirs) - set(ours)):
        raise DataError(f"{where}: there is no heading {unknown[0]!r}; headings are {', '.join(sorted(ours))}")
    made = dict(ours)
    for heading, value in theirs.items():
        if isinstance(ours[heading], dict) != isinstance(value, dict):
            raise DataError(f"{where}: write {heading!r} in the way that our own table has it")
        made[heading] = {**ours[heading], **value} if isinstance(value, dict) else value
    return made


def checked(entries: Table, key: str, allowed: Iterable[str], *, where: str) -> None:
    """Raise DataError where an entry's `key` is not one of the values that the convention has."""
    known = frozenset(allowed)
    for name, entry in entries.items():
        value = entry.get(key) if isinstance(entry, Mapping) else entry
        if value is not None and value not in known:
            raise DataError(f"{where}: {name} is {value!r}, which is none of: {', '.join(sorted(known))}")


def by_country(groups: Mapping[str, str]) -> dict[str, str]:
    """Return the group of each country of a table "group = codes between spaces"."""
    return {code: group for group, codes in groups.items() for code in codes.split()}
