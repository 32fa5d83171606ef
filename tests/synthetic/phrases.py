"""The sentences of `phrases.toml`, typed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _table(name: str) -> dict[str, tuple[str, ...]]:
    return {key: tuple(lines) for key, lines in _DATA[name].items()}


SAID: Final[tuple[str, ...]] = tuple(_DATA["said"])
DENIED: Final[tuple[str, ...]] = tuple(_DATA["denied"])
HOLDS: Final[tuple[str, ...]] = tuple(_DATA["holds"])
PLANS: Final[tuple[str, ...]] = tuple(_DATA["plans"])
BESIEGED: Final[tuple[str, ...]] = tuple(_DATA["besieged"])
SUMMARY: Final[tuple[str, ...]] = tuple(_DATA["summary"])
CORRECTION: Final[tuple[str, ...]] = tuple(_DATA["correction"])
COLOUR_WHO: Final[tuple[str, ...]] = tuple(_DATA["colour_who"])
COLOUR_DID: Final[tuple[str, ...]] = tuple(_DATA["colour_did"])
COLOUR_WHEN: Final[tuple[str, ...]] = tuple(_DATA["colour_when"])
BOILERPLATES: Final[tuple[str, ...]] = tuple(_DATA["boilerplates"])
LEADS: Final[dict[str, tuple[str, ...]]] = _table("leads")
AGAIN: Final[dict[str, tuple[str, ...]]] = _table("again")
TOLLS: Final[dict[str, tuple[str, ...]]] = _table("tolls")
DENIED_BY_TYPE: Final[dict[str, tuple[str, ...]]] = _table("denied_by_type")
MISTAKEN: Final[dict[str, str]] = dict(_DATA["mistaken"])
TOLL_EVENTS: Final[dict[str, str]] = dict(_DATA["toll_events"])
SYNONYMS: Final[dict[str, str]] = dict(_DATA["synonyms"])
