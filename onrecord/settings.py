"""How a record is concluded, as its user chose: the settings beside it, or what ships."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from onrecord.model.errors import DataError
from onrecord.model.vocabulary import RULES, Rule
from onrecord.reconcile.grades import GradeRule, grade_rules, shipped

_KEYS = ("figures", "grades")


@dataclass(frozen=True, slots=True)
class Settings:
    """The rule by which figures are concluded (one of RULES), and the rules by which events are graded."""

    figures: Rule
    grades: tuple[GradeRule, ...]


def settings_at(path: Path | None) -> Settings:
    """Return the settings in a TOML file; what it leaves out, or all where it is not there, is as it ships.

    Raises DataError that names the file and what is wrong with it.
    """
    if path is None or not path.exists():
        return Settings("widest", shipped())
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}; mend its permissions, or remove it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not valid TOML: {error}; mend that line, or remove the file") from None
    if unknown := sorted(set(given) - set(_KEYS)):
        raise DataError(f"{path}: there is no setting {unknown[0]!r}; settings are {', '.join(_KEYS)}")
    figures = given.get("figures", "widest")
    if figures not in RULES:
        raise DataError(f"{path}: figures is one of {', '.join(RULES)}, in quotes")
    grades = grade_rules(given["grades"], str(path)) if "grades" in given else shipped()
    return Settings(cast("Rule", figures), grades)
